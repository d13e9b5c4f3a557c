// The English words of the SQL source: its card, its options, its evidence, its faults and its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count, figures } from '../../contract/type-evidence.ts';
import type { DialectName } from './dialect.ts';

export const SQL_CARD = {
  title: 'SQL script',
  purpose: 'The rows that a script or dump writes: INSERT, COPY, MERGE, UPDATE by key.',
};

export const DIALECT_TITLES: Readonly<Record<DialectName, string>> = {
  standard: 'PostgreSQL, SQLite, Oracle, DuckDB: no escapes but in E’…’',
  mysql: 'MySQL, MariaDB: backslashes are escapes',
  sqlserver: 'SQL Server: names in square brackets',
  clickhouse: 'ClickHouse',
  snowflake: 'Snowflake',
  bigquery: 'BigQuery',
};

export const SQL_OPTION_TEXTS: OptionTexts = {
  'dialect.title': 'Dialect',
  'dialect.help': 'What backslashes, double quotes and square brackets mean in the script.',
  'dialect.auto': 'Find out from the start of the file',
  ...Object.fromEntries(
    Object.entries(DIALECT_TITLES).map(([name, title]) => [`dialect.${name}`, title]),
  ),
  'statements.title': 'Rows are',
  'statements.help':
    'Which statements hold the rows. No statement is run: what changes or deletes rows is counted and has no effect.',
  'statements.auto': 'What inserts rows; what updates them where nothing inserts any',
  'statements.inserts': 'INSERT, REPLACE, MERGE and COPY',
  'statements.updates': 'UPDATE, one row by its key each',
  'badRows.title': 'Rows that cannot be read',
  'badRows.help':
    'What happens to rows with an expression that only a database could work out (now(), nextval(…)), with fewer or more values than columns, and to rows out of a query.',
  'badRows.fail': 'Stop with an error that names the line',
  'badRows.reject': 'Leave the row out and list it',
};

export const LOSS_SENTENCES = {
  'sql.columns-left-out':
    'Rows that name fewer columns than the others have nulls there; a database would put in its defaults.',
  'sql.changes-skipped':
    'Statements that change or delete rows of the table were not applied to the rows before them.',
} as const;

/** Sentences that say why an option or table was proposed. */
export const EVIDENCE = {
  dialect: (sign: string): string => `“${sign}” stands in the script.`,
  noDialect: 'Nothing speaks for escapes by backslashes.',
  onlyTable: (name: string): string => `“${name}” is the only table.`,
  firstTable: (name: string, tables: number): string =>
    `“${name}” is the first of ${figures(tables)} tables that has rows.`,
  firstTables: (name: string): string =>
    `“${name}” is the first table that has rows. Tables further down may not be listed: name one to have it looked for.`,
  updates: (rows: number): string =>
    `${count(rows, 'row is', 'rows are')} updated, and none inserted.`,
} as const;

export const FAULTS = {
  order: 'the names behind the rows are in another order than the columns',
  noColumns: 'the rows of the table name no columns',
} as const;
