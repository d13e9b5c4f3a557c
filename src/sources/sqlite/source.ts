// The card of the SQLite source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { sqliteOptions, type SqliteOptions } from './options.ts';
import { SQLITE_CARD } from './texts.ts';

/** How every database file begins (file format §1.3.1). */
const MAGIC = 'SQLite format 3\0';

export const sqliteSource: SourceCard<SqliteOptions> = {
  id: 'sqlite',
  ...SQLITE_CARD,
  input: 'bytes',
  reads: 'slices',
  needsNow: true,
  hasTables: true,
  extensions: ['sqlite', 'sqlite3', 'db', 'db3'],
  mediaTypes: ['application/vnd.sqlite3', 'application/x-sqlite3'],
  options: sqliteOptions,
  recognise: (head) =>
    [...MAGIC].every((character, i) => head[i] === character.charCodeAt(0)) ? 3 : 0,
  async load() {
    const [{ inspectSqlite }, { readSqlite }, { spreadSqlite }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./spread.ts'),
    ]);
    return {
      inspect: inspectSqlite,
      read: readSqlite,
      spread: spreadSqlite,
      describe: async (context) => (await import('./describe.ts')).describeSqlite(context),
    };
  },
};
