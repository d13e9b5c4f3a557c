// The card of the SQL source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { sqlOptions, type SqlScriptOptions } from './options.ts';
import { hasStatements } from './recognise.ts';
import { SQL_CARD } from './texts.ts';

export const sqlSource: SourceCard<SqlScriptOptions> = {
  id: 'sql',
  ...SQL_CARD,
  input: 'bytes',
  reads: 'text',
  hasTables: true,
  extensions: ['sql'],
  trustsName: true,
  mediaTypes: ['application/sql', 'text/x-sql'],
  recognise: (head) => (hasStatements(head) ? 2 : 0),
  options: sqlOptions,
  async load() {
    const [{ inspectSql }, { readSql }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return { inspect: inspectSql, read: readSql };
  },
};
