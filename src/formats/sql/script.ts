// What stands around the rows of a script: comments, settings, the transaction, and the table's own statements.
import type { EncoderContext } from '../../contract/encoder.ts';
import { dialectOf, type SqlColumn } from './layout.ts';
import type { SqlOptions } from './options.ts';
import { terminatorOf } from './statements.ts';

/** What databases call the charsets of a script. */
const CHARSETS: ReadonlyMap<string, { postgresql: string; mysql: string }> = new Map([
  ['utf-8', { postgresql: 'UTF8', mysql: 'utf8mb4' }],
  ['windows-1250', { postgresql: 'WIN1250', mysql: 'cp1250' }],
  ['windows-1251', { postgresql: 'WIN1251', mysql: 'cp1251' }],
  ['windows-1252', { postgresql: 'WIN1252', mysql: 'latin1' }],
  ['windows-1257', { postgresql: 'WIN1257', mysql: 'cp1257' }],
  ['iso-8859-2', { postgresql: 'LATIN2', mysql: 'latin2' }],
  ['koi8-r', { postgresql: 'KOI8R', mysql: 'koi8r' }],
  ['euc-jp', { postgresql: 'EUC_JP', mysql: 'ujis' }],
]);

/** Whether the database reads such a script right: the script names its charset, or the client is told of it. */
export function isReadable(charset: string, { dialect, session }: SqlOptions): boolean {
  if (charset === 'utf-8') return true;
  switch (dialect) {
    case 'postgresql':
    case 'mysql':
    case 'mariadb':
      return session && CHARSETS.has(charset);
    // In others a byte of a character could be taken for a quote or backslash.
    case 'sqlserver':
      return /^(windows-|iso-8859-|utf-16le)/.test(charset);
    case 'oracle':
      return /^(windows-|iso-8859-)/.test(charset);
    default:
      return false;
  }
}

/** One line of a comment: nothing in a name can end it. */
function comment(text: string): string {
  // oxlint-disable-next-line no-control-regex -- no such character may end the line
  return `-- ${text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, ' ')}\n`;
}

function sessionOf(options: SqlOptions, charset: string): string {
  const names = CHARSETS.get(charset);
  switch (options.dialect) {
    case 'postgresql':
      return `SET client_encoding = '${names!.postgresql}';\nSET standard_conforming_strings = on;\n`;
    case 'mysql':
    case 'mariadb': {
      const mode =
        options.backslashes === 'literal'
          ? "CONCAT(@@SESSION.sql_mode, ',NO_BACKSLASH_ESCAPES')"
          : "REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '')";
      return `SET NAMES ${names!.mysql};\nSET SESSION sql_mode = ${mode};\n`;
    }
    case 'sqlserver':
      return 'SET NOCOUNT ON;\nSET XACT_ABORT ON;\nSET QUOTED_IDENTIFIER ON;\n';
    case 'oracle':
      return 'SET DEFINE OFF\nSET SQLBLANKLINES ON\n';
    default:
      return '';
  }
}

/** What begins the script: where it comes from, settings, and the transaction where it holds the tables' statements too. */
export function scriptHead(context: EncoderContext<SqlOptions>): string {
  const { options, sourceName, startedAtMs, charset } = context;
  const { title } = dialectOf(options);
  const about = options.comments
    ? comment(
        `${title} script written by Export Studio on ${new Date(startedAtMs).toISOString()}`,
      ) + comment(`Source: ${sourceName}`)
    : '';
  return about + (options.session ? sessionOf(options, charset.id) : '');
}

/** What begins and ends the transaction; empty where there is none. */
export function transactionOf(options: SqlOptions): { begin: string; commit: string } {
  const { transaction } = dialectOf(options);
  if (!options.transaction || transaction === null) return { begin: '', commit: '' };
  const end = terminatorOf(options);
  return {
    begin: transaction.begin === '' ? '' : transaction.begin + end,
    commit: transaction.commit + end,
  };
}

/** A statement that Oracle runs only where nothing stands in its way. */
function unlessOracle(statement: string, allowedError: number): string {
  return (
    `BEGIN\n  EXECUTE IMMEDIATE '${statement.replaceAll("'", "''")}';\nEXCEPTION\n` +
    `  WHEN OTHERS THEN\n    IF SQLCODE != ${allowedError} THEN RAISE; END IF;\nEND;\n/\n`
  );
}

function columnLine(column: SqlColumn, options: SqlOptions): string {
  const { identifier, type, isRequired } = column;
  if (options.dialect === 'clickhouse')
    return `  ${identifier} ${isRequired ? type : `Nullable(${type})`}`;
  return `  ${identifier} ${type}${isRequired ? ' NOT NULL' : ''}`;
}

/** The CREATE TABLE itself, without its end. `words` stand before the name. */
function createStatement(
  words: string,
  table: string,
  columns: readonly SqlColumn[],
  options: SqlOptions,
): string {
  const keys = columns.filter(({ isKey }) => isKey).map(({ identifier }) => identifier);
  const lines = columns.map((column) => columnLine(column, options));
  const isClickHouse = options.dialect === 'clickhouse';
  if (keys.length > 0 && !isClickHouse)
    lines.push(
      `  PRIMARY KEY (${keys.join(', ')})${options.dialect === 'bigquery' ? ' NOT ENFORCED' : ''}`,
    );
  let tail = '';
  if (isClickHouse)
    tail = ` ENGINE = MergeTree ORDER BY ${keys.length > 0 ? `(${keys.join(', ')})` : 'tuple()'}`;
  else if (options.dialect === 'mysql' || options.dialect === 'mariadb')
    tail = ' DEFAULT CHARSET=utf8mb4';
  return `CREATE TABLE ${words}${table} (\n${lines.join(',\n')}\n)${tail}`;
}

/** The statements that make the table; empty where it is there. `part` counts the parts of a split output. */
export function definitionOf(
  table: string,
  columns: readonly SqlColumn[],
  options: SqlOptions,
  part: number,
): string {
  if (options.create === 'none') return '';
  const end = terminatorOf(options);
  // A further part finds the rows of those before it in the table.
  const isAnew = options.create === 'replace' && part === 0;
  const renamed = options.comments
    ? columns
        .filter(({ name, fitted }) => name !== fitted)
        .map(({ name, identifier }) => comment(`${identifier} is “${name}”`))
        .join('')
    : '';
  switch (options.dialect) {
    case 'oracle': {
      const create = createStatement('', table, columns, options);
      return (
        renamed +
        (isAnew ? unlessOracle(`DROP TABLE ${table}`, -942) : '') +
        unlessOracle(create, -955)
      );
    }
    case 'sqlserver': {
      const create = createStatement('', table, columns, options);
      return (
        renamed +
        (isAnew
          ? `DROP TABLE IF EXISTS ${table}${end}${create}${end}`
          : `IF OBJECT_ID(N'${table.replaceAll("'", "''")}', N'U') IS NULL\n${create}${end}`)
      );
    }
    default:
      return (
        renamed +
        (isAnew
          ? `DROP TABLE IF EXISTS ${table}${end}${createStatement('', table, columns, options)}${end}`
          : `${createStatement('IF NOT EXISTS ', table, columns, options)}${end}`)
      );
  }
}
