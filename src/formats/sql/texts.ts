// The words of the sql format: its card, its options, its losses and conflicts.
import { figures } from '../../contract/type-evidence.ts';

export const CARD_TEXTS = {
  title: 'SQL',
  purpose:
    'A script that creates a table and fills it, for ten databases: INSERT, upsert, MERGE, UPDATE or COPY.',
};

export const OPTION_TEXTS = {
  'dialect.title': 'Database',
  'dialect.help':
    'Whose SQL is written. The scripts for PostgreSQL, MariaDB, SQLite and DuckDB are tried in those databases, the others against their documentation.',
  'dialect.postgresql': 'PostgreSQL',
  'dialect.mysql': 'MySQL',
  'dialect.mariadb': 'MariaDB',
  'dialect.sqlite': 'SQLite',
  'dialect.sqlserver': 'SQL Server',
  'dialect.oracle': 'Oracle',
  'dialect.duckdb': 'DuckDB',
  'dialect.clickhouse': 'ClickHouse',
  'dialect.snowflake': 'Snowflake',
  'dialect.bigquery': 'BigQuery',
  'table.title': 'Table',
  'table.help':
    'The table’s name, with its schema before a dot: sales.orders. Dots inside of a name stand in double quotes. Empty: the name of the file.',
  'mode.title': 'Rows are',
  'mode.help':
    'The statement that writes the rows. All but INSERT, REPLACE and COPY need key columns.',
  'mode.insert': 'Added: INSERT',
  'mode.upsert': 'Added, or changed where the key exists: upsert',
  'mode.replace': 'Added, or put in place of those with the key: REPLACE',
  'mode.merge': 'Added or changed by MERGE',
  'mode.update': 'Changed by key: UPDATE',
  'mode.copy': 'Added by COPY … FROM stdin (PostgreSQL)',
  'keyColumns.title': 'Key columns',
  'keyColumns.help':
    'Columns that name a row. A table that is created has them as its primary key.',
  'create.title': 'Create the table',
  'create.help':
    'Whether the script makes the table, with types that hold every value of the columns.',
  'create.none': 'No, it is there',
  'create.if-missing': 'If it is missing',
  'create.replace': 'Anew: DROP TABLE, then CREATE TABLE',
  'transaction.title': 'One transaction',
  'transaction.help':
    'Either all rows are loaded or none. Tables are created outside of it where the database wants that; ClickHouse has no transactions.',
  'rowsPerStatement.title': 'Rows per statement',
  'rowsPerStatement.help':
    'At most, and never more than the database takes. Empty: 1000 for most, 500 for SQLite and BigQuery, 100 for Oracle, 10,000 for ClickHouse.',
  'maxStatementBytes.title': 'Longest statement',
  'maxStatementBytes.help':
    'A statement ends before it grows beyond this, such as MySQL’s max_allowed_packet. Empty: only rows are counted.',
  'quoteIdentifiers.title': 'Quotes around names',
  'quoteIdentifiers.help': 'Whether names of tables and columns stand in quotes.',
  'quoteIdentifiers.always': 'Always',
  'quoteIdentifiers.needed': 'Where a name needs them',
  'quoteIdentifiers.never': 'Never: other names are changed',
  'identifierCase.title': 'Case of names',
  'identifierCase.help': 'How names of columns are spelt; the table’s too where it is the file’s.',
  'identifierCase.keep': 'As they are',
  'identifierCase.lower': 'lower case',
  'identifierCase.upper': 'UPPER CASE',
  'identifierCase.snake': 'snake_case',
  'columnTypes.title': 'Types of columns',
  'columnTypes.help':
    'Types to create columns with in place of the found ones, by column: city = varchar(40).',
  'textLength.title': 'Longest text',
  'textLength.help':
    'Creates text columns as VARCHAR of this length; a longer text stops the run. Empty: types without a limit.',
  'emptyText.title': 'Empty text',
  'emptyText.help': 'How text without a character is written. Oracle takes it for NULL always.',
  'emptyText.keep': 'As empty text',
  'emptyText.null': 'As NULL',
  'booleans.title': 'Booleans',
  'booleans.help': 'How true and false are written where the database has a type for them.',
  'booleans.native': 'As booleans',
  'booleans.numbers': 'As 1 and 0',
  'zonedTimes.title': 'Times with a zone',
  'zonedTimes.help':
    'What instants become. MySQL and MariaDB have no type with a zone: there UTC is written.',
  'zonedTimes.native': 'The database’s type with a zone',
  'zonedTimes.utc': 'Timestamps in UTC',
  'zonedTimes.text': 'ISO 8601 text',
  'nested.title': 'Nested values',
  'nested.help': 'What lists and structures become.',
  'nested.json': 'The database’s JSON type',
  'nested.text': 'JSON as text',
  'unheldValues.title': 'Values the database lacks',
  'unheldValues.help':
    'What NaN and infinity become where there are none, and dates beyond the years that can be held; each is counted.',
  'unheldValues.null': 'NULL',
  'unheldValues.fail': 'Stop with an error',
  'nulCharacters.title': 'NUL characters',
  'nulCharacters.help':
    'What is written for U+0000, which PostgreSQL cannot hold; each is counted.',
  'nulCharacters.replace': 'As �',
  'nulCharacters.remove': 'Nothing',
  'nulCharacters.fail': 'Stop with an error',
  'backslashes.title': 'Backslashes',
  'backslashes.help': 'Whether the server takes a backslash in text for an escape.',
  'backslashes.escape': 'It does: \\\\',
  'backslashes.literal': 'It does not (NO_BACKSLASH_ESCAPES)',
  'multiRow.title': 'Several rows at once',
  'multiRow.help': 'The form of an INSERT of several rows.',
  'multiRow.all': 'INSERT ALL (any version)',
  'multiRow.values': 'VALUES (Oracle 23ai)',
  'multiRow.none': 'One INSERT for each row',
  'terminator.title': 'End of a statement',
  'terminator.help': 'What the database’s own client runs a statement at.',
  'terminator.semicolon': 'Semicolon',
  'terminator.batch': 'A line GO (SQL Server) or / (Oracle)',
  'session.title': 'Settings first',
  'session.help':
    'Begins the script with the settings that its meaning rests on: the charset, how text is read, no variables of the client.',
  'comments.title': 'Comments',
  'comments.help':
    'Begins the script with where the rows come from, and names columns that were renamed.',
} as const;

export const PRESET_TEXTS = {
  postgresql: { title: 'PostgreSQL', help: 'INSERT of 1000 rows each, in one transaction.' },
  copy: { title: 'PostgreSQL COPY', help: 'The fastest way in: for psql -f.' },
  mysql: {
    title: 'MySQL',
    help: 'INSERT statements of at most 1 MB, for every server’s packet size.',
  },
  sqlite: { title: 'SQLite', help: 'For sqlite3 new.db < file.sql.' },
  sqlserver: {
    title: 'SQL Server',
    help: 'Batches of 1000 rows, ended by GO, for sqlcmd and SSMS.',
  },
  oracle: { title: 'Oracle', help: 'INSERT ALL, for SQL*Plus and SQLcl.' },
  duckdb: { title: 'DuckDB', help: 'For duckdb new.db < file.sql.' },
  warehouse: { title: 'BigQuery', help: 'Statements below 1 MB.' },
};

export const LOSS_TEXTS = {
  'sql.nul-replaced': 'NUL characters, which PostgreSQL cannot hold, were replaced by �.',
  'sql.nul-removed': 'NUL characters, which PostgreSQL cannot hold, were left out.',
  'sql.unheld-as-null': 'Values that the database cannot hold were written as NULL.',
  'sql.empty-as-null': 'Empty text was written as NULL.',
  'sql.fraction-cut': 'Digits of seconds that the database cannot hold were cut off.',
} as const;

export type CountedLoss = keyof typeof LOSS_TEXTS;

export const REMEDY_TEXTS = {
  stop: 'Stop at the first instead',
  keepEmpty: 'Keep empty text',
  timesAsText: 'Write times with a zone as text',
  nestedAsText: 'Write nested values as text',
} as const;

export const CHECK_TEXTS = {
  noColumns: 'A table needs a column.',
  manyColumns: (title: string, most: number, count: number): string =>
    `A table of ${title} has ${figures(most)} columns at most, not ${figures(count)}.`,
  noMode: (title: string, mode: string): string => `${title} has no ${mode.toUpperCase()}.`,
  otherMode: (mode: string): string => `Use ${mode.toUpperCase()}`,
  noKey: 'Rows are found by their key: name the columns that are the key.',
  unknownKey: (name: string): string => `There is no column “${name}” to be the key.`,
  onlyKeys: 'There is nothing to change beside the key.',
  badTable: 'A table’s name is one to four names with dots between them.',
  unknownColumn: (name: string): string => `There is no column “${name}” to give a type.`,
  badType: (type: string): string => `“${type}” is no type of a column.`,
  nameChanged: (name: string, as: string): string => `“${name}” is written as “${as}”.`,
  nameRepeated: (name: string, as: string): string => `A second “${name}” is written as “${as}”.`,
  charset: (charset: string): string =>
    `In ${charset} a byte of one character can be taken for a quote or backslash. SQL is written in UTF-8 or a charset where it cannot.`,
  zoneAsUtc: (name: string, title: string): string =>
    `${title} has no type with a zone: “${name}” is written in UTC.`,
  numberAsText: (name: string, title: string): string =>
    `${title} has no exact type for all numbers of “${name}”: they are written as text.`,
  jsonRespelt: (name: string): string =>
    `MySQL sorts the members of “${name}” and reads its numbers as doubles.`,
  emptyAsNull: 'Oracle takes empty text for NULL.',
  keyLength: (name: string, most: number): string =>
    `A key of text has a limit: “${name}” holds at most ${most} characters, and a longer one stops the run.`,
} as const;
