// The card of the sqlite format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkSqlite } from './check.ts';
import { SQLITE_OPTIONS, type SqliteOptions } from './options.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackSqlite } from './read-back.ts';

const ISO_DATES = { title: CHECK_TEXTS.isoDates, options: { dates: 'iso' } };

export const sqliteFormat: FormatCard<SqliteOptions> = {
  id: 'sqlite',
  ...CARD_TEXTS,
  family: 'databases',
  extension: '.sqlite',
  alsoNamed: [
    { extension: '.sqlite3', options: {} },
    { extension: '.db', options: {} },
    { extension: '.db3', options: {} },
  ],
  mediaType: 'application/vnd.sqlite3',
  isText: false,
  parallel: 'stream',
  holds: { nulls: true, emptyText: true, types: true, nested: false, exactNumbers: true },
  takesMany: {},
  options: SQLITE_OPTIONS,
  presets: [{ id: 'strict', ...PRESET_TEXTS.strict, options: { strict: true } }],
  losses: [
    { code: 'sqlite.nan-as-null', kind: 'lost', isCounted: true },
    {
      code: 'sqlite.time-cut',
      kind: 'lost',
      isCounted: true,
      option: 'dates',
      remedy: ISO_DATES,
    },
    { code: 'sqlite.name-changed', kind: 'changed', isCounted: false },
    { code: 'sqlite.unsigned-as-text', kind: 'changed', isCounted: false },
    { code: 'sqlite.bool-as-integer', kind: 'changed', isCounted: false },
    {
      code: 'sqlite.decimal-as-real',
      kind: 'lost',
      isCounted: false,
      option: 'decimals',
      remedy: { title: CHECK_TEXTS.exactDecimals, options: { decimals: 'text' } },
    },
    { code: 'sqlite.zone', kind: 'lost', isCounted: false, option: 'dates', remedy: ISO_DATES },
    { code: 'sqlite.nested-as-json', kind: 'changed', isCounted: false },
  ],
  check: ({ options, schema, tables }) =>
    checkSqlite(
      options,
      schema,
      tables?.map((table) => table.schema),
    ),
  readBack: readBackSqlite,
  load: async () => (await import('./encode.ts')).sqliteModule,
};
