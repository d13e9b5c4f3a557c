// The English words of the SQLite source.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { figures } from '../../contract/type-evidence.ts';

export const SQLITE_CARD = {
  title: 'SQLite database',
  purpose: 'A table or view of a SQLite database file, or the rows of a query on it.',
};

export const SQLITE_OPTION_TEXTS: OptionTexts = {
  'query.title': 'Query',
  'query.help':
    'One SELECT on the database, which is only read. Empty: all rows of the chosen table, in its own order.',
};

export const SQLITE_WARNINGS = {
  wal: (name: string): string =>
    `${name} was last written through a write-ahead log: changes that still stand in a file ${name}-wal beside it are not seen here. Close the program that uses it first, or run “PRAGMA wal_checkpoint(TRUNCATE)” with sqlite3.`,
} as const;

export const SQLITE_EVIDENCE = {
  onlyTable: (name: string): string => `“${name}” is the only table.`,
  firstTable: (name: string, count: number): string =>
    `“${name}” is the first of ${count} tables and views.`,
  declared: (type: string): string => `Declared as ${type}; no values in the first rows.`,
  undeclared: 'No declared type and no values in the first rows.',
  values: (kinds: string, declared: string): string =>
    declared === ''
      ? `The first rows hold ${kinds}.`
      : `Declared as ${declared}; the first rows hold ${kinds}.`,
};

export const SQLITE_FACTS = {
  pages: 'Pages',
  pagesOf: (pages: number, size: number): string => `${figures(pages)} of ${figures(size)} bytes`,
  version: 'user_version',
  tables: 'Tables',
  table: 'Table',
  rows: 'Rows',
  madeBy: (type: string, name: string): string =>
    `${type[0]!.toUpperCase()}${type.slice(1)} ${name}`,
};
