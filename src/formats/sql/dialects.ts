// The ten dialects: what each database calls its types, spells its values and takes in one statement.
import { declareType, type TypeTable } from './declare.ts';
import type { DialectId, FloatWords, SqlDialect, TypeWishes } from './dialect.ts';
import type { NameRules } from './names.ts';
import {
  backslashStyle,
  DUCKDB_STRINGS,
  ESCAPE_STRINGS,
  ORACLE_STRINGS,
  SQL_SERVER_STRINGS,
  SQLITE_STRINGS,
} from './text-literals.ts';

const ANY_LENGTH = Number.MAX_SAFE_INTEGER;

const DOUBLE_QUOTES = {
  open: '"',
  close: '"',
  escape: (name: string) => name.replaceAll('"', '""'),
};
const BACKTICKS = {
  open: '`',
  close: '`',
  escape: (name: string) => name.replaceAll('`', '``'),
};
/** Where backslashes are escapes inside of backticks too. */
const ESCAPED_BACKTICKS = {
  ...BACKTICKS,
  escape: (name: string) => name.replace(/[\\`]/g, '\\$&'),
};

const NO_SPECIAL_FLOATS: FloatWords = {
  nan: null,
  infinity: null,
  minusInfinity: null,
  prefix: '',
  suffix: '',
  minusZero: '-0e0',
};

const TRUE_FALSE = ['FALSE', 'TRUE'] as const;
const ONE_ZERO = ['0', '1'] as const;

/** Digits that a double surely holds. */
const SQLITE_DIGITS = 15;

const anyRows = (): number => Number.MAX_SAFE_INTEGER;

function dialect(types: TypeTable, facts: Omit<SqlDialect, 'declare' | 'limitedText'>): SqlDialect {
  return {
    ...facts,
    declare: (type, wishes: TypeWishes) => declareType(type, types, wishes),
    limitedText: types.textOf,
  };
}

const POSTGRESQL = dialect(
  {
    bool: 'boolean',
    flag: 'smallint',
    int(bits, isSigned) {
      if (bits === 8) return 'smallint';
      if (bits === 16) return isSigned ? 'smallint' : 'integer';
      if (bits === 32) return isSigned ? 'integer' : 'bigint';
      return isSigned ? 'bigint' : 'numeric(20)';
    },
    float: (bits) => (bits === 32 ? 'real' : 'double precision'),
    decimal: (precision, scale) => `numeric(${precision},${scale})`,
    text: 'text',
    textOf: (length) => `varchar(${length})`,
    binary: 'bytea',
    json: 'json',
    date: 'date',
    time: () => 'time',
    timestamp: () => 'timestamp',
    zoned: () => 'timestamp with time zone',
    times: { separator: ' ', mostDigits: 6, years: [-4711, 294_275], beforeChrist: 'end' },
  },
  {
    id: 'postgresql',
    title: 'PostgreSQL',
    names: { ...DOUBLE_QUOTES, most: 63, isInBytes: true, folds: 'lower' },
    text: ESCAPE_STRINGS,
    floats: {
      nan: "'NaN'",
      infinity: "'Infinity'",
      minusInfinity: "'-Infinity'",
      prefix: '',
      suffix: '',
      minusZero: "'-0'",
    },
    bools: TRUE_FALSE,
    binary: { before: "E'\\\\x", after: "'" },
    keyText: null,
    upsert: 'conflict',
    replace: null,
    hasMerge: true,
    rows: { usual: 1000, most: anyRows },
    mostColumns: 1_600,
    transaction: { begin: 'BEGIN', commit: 'COMMIT', holdsDefinitions: true },
  },
);

const MYSQL_TYPES: TypeTable = {
  bool: 'BOOLEAN',
  flag: 'TINYINT',
  int(bits, isSigned) {
    const name = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INT', 64: 'BIGINT' }[bits];
    return isSigned ? name : `${name} UNSIGNED`;
  },
  // A FLOAT shows six digits only.
  float: () => 'DOUBLE',
  decimal: (precision, scale) => (scale <= 30 ? `DECIMAL(${precision},${scale})` : null),
  text: 'LONGTEXT',
  textOf: (length) => `VARCHAR(${length})`,
  binary: 'LONGBLOB',
  json: 'JSON',
  date: 'DATE',
  time: (digits) => (digits === 0 ? 'TIME' : `TIME(${digits})`),
  timestamp: (digits) => (digits === 0 ? 'DATETIME' : `DATETIME(${digits})`),
  zoned: () => null,
  times: { separator: ' ', mostDigits: 6, years: [1, 9999], beforeChrist: null },
};

const mysqlLike = (id: 'mysql' | 'mariadb', title: string, collation: string): SqlDialect =>
  dialect(MYSQL_TYPES, {
    id,
    title,
    names: {
      ...BACKTICKS,
      most: 64,
      // Nothing beyond the Basic Multilingual Plane, and no space at the end.
      illegal: /[\u{10000}-\u{10ffff}]|\s+$/gu,
      folds: null,
      ignoresAccents: true,
    },
    text: backslashStyle('\\0', [[26, '\\Z']]),
    floats: NO_SPECIAL_FLOATS,
    bools: TRUE_FALSE,
    binary: { before: "X'", after: "'" },
    // An index holds 3072 bytes, and up to four for a character.
    keyText: { most: (parts) => Math.floor(768 / parts), collation: ` COLLATE ${collation}` },
    upsert: 'duplicate',
    replace: 'REPLACE',
    hasMerge: false,
    rows: { usual: 1000, most: anyRows },
    mostColumns: 4_096,
    transaction: { begin: 'START TRANSACTION', commit: 'COMMIT', holdsDefinitions: false },
  });

const SQLITE = dialect(
  {
    bool: 'BOOLEAN',
    flag: 'INTEGER',
    int: (bits, isSigned) => (bits === 64 && !isSigned ? null : 'INTEGER'),
    float: () => 'REAL',
    // Numbers with a fraction are doubles there.
    decimal: (precision, scale) =>
      precision <= SQLITE_DIGITS ? `DECIMAL(${precision},${scale})` : null,
    text: 'TEXT',
    textOf: () => 'TEXT',
    binary: 'BLOB',
    json: 'TEXT',
    date: 'TEXT',
    time: () => 'TEXT',
    timestamp: () => 'TEXT',
    zoned: () => 'TEXT',
    times: { separator: ' ', mostDigits: 9, years: null, beforeChrist: null },
  },
  {
    id: 'sqlite',
    exactDigits: SQLITE_DIGITS,
    title: 'SQLite',
    names: { ...DOUBLE_QUOTES, most: ANY_LENGTH, folds: null },
    text: SQLITE_STRINGS,
    floats: {
      nan: null,
      infinity: '9e999',
      minusInfinity: '-9e999',
      prefix: '',
      suffix: '',
      minusZero: '-0.0',
    },
    bools: ONE_ZERO,
    binary: { before: "X'", after: "'" },
    keyText: null,
    upsert: 'conflict',
    replace: 'INSERT OR REPLACE',
    hasMerge: false,
    // Versions before 3.8.8 (2015) take no more.
    rows: { usual: 500, most: anyRows },
    mostColumns: 2_000,
    transaction: { begin: 'BEGIN', commit: 'COMMIT', holdsDefinitions: true },
  },
);

const SQL_SERVER = dialect(
  {
    bool: 'BIT',
    flag: 'TINYINT',
    int(bits, isSigned) {
      if (bits === 8) return isSigned ? 'SMALLINT' : 'TINYINT';
      if (bits === 16) return isSigned ? 'SMALLINT' : 'INT';
      if (bits === 32) return isSigned ? 'INT' : 'BIGINT';
      return isSigned ? 'BIGINT' : 'DECIMAL(20,0)';
    },
    float: (bits) => (bits === 32 ? 'REAL' : 'FLOAT'),
    decimal: (precision, scale) => `DECIMAL(${precision},${scale})`,
    text: 'NVARCHAR(MAX)',
    textOf: (length) => (length <= 4000 ? `NVARCHAR(${length})` : 'NVARCHAR(MAX)'),
    binary: 'VARBINARY(MAX)',
    json: 'NVARCHAR(MAX)',
    date: 'DATE',
    time: (digits) => `TIME(${digits})`,
    timestamp: (digits) => `DATETIME2(${digits})`,
    zoned: (digits) => `DATETIMEOFFSET(${digits})`,
    times: { separator: 'T', mostDigits: 7, years: [1, 9999], beforeChrist: null },
  },
  {
    id: 'sqlserver',
    title: 'SQL Server',
    names: {
      open: '[',
      close: ']',
      escape: (name) => name.replaceAll(']', ']]'),
      most: 128,
      // Variables of its client, which are put in anywhere.
      illegal: /\$(?=\()/g,
      folds: null,
    },
    text: SQL_SERVER_STRINGS,
    floats: { ...NO_SPECIAL_FLOATS, suffix: 'e0' },
    bools: ONE_ZERO,
    binary: { before: '0x', after: '' },
    // An index holds 900 bytes.
    keyText: {
      most: (parts) => Math.floor(450 / parts),
      collation: ' COLLATE Latin1_General_100_BIN2',
    },
    isInUnits: true,
    upsert: 'merge',
    replace: null,
    hasMerge: true,
    rows: { usual: 1000, most: () => 1000 },
    mostColumns: 1_024,
    transaction: {
      begin: 'BEGIN TRANSACTION',
      commit: 'COMMIT TRANSACTION',
      holdsDefinitions: true,
    },
  },
);

const ORACLE = dialect(
  {
    bool: 'NUMBER(1)',
    flag: 'NUMBER(1)',
    int: (bits, isSigned) => `NUMBER(${{ 8: 3, 16: 5, 32: 10, 64: isSigned ? 19 : 20 }[bits]})`,
    float: (bits) => (bits === 32 ? 'BINARY_FLOAT' : 'BINARY_DOUBLE'),
    decimal: (precision, scale) => `NUMBER(${precision},${scale})`,
    text: 'CLOB',
    textOf: (length) => (length <= 1000 ? `VARCHAR2(${length} CHAR)` : 'CLOB'),
    binary: 'BLOB',
    json: 'CLOB',
    date: 'DATE',
    time: () => null,
    timestamp: (digits) => `TIMESTAMP(${digits})`,
    zoned: (digits) => `TIMESTAMP(${digits}) WITH TIME ZONE`,
    words: { date: 'DATE ', time: '', timestamp: 'TIMESTAMP ', zoned: 'TIMESTAMP ' },
    times: { separator: ' ', beforeZone: ' ', mostDigits: 9, years: [1, 9999], beforeChrist: null },
  },
  {
    id: 'oracle',
    title: 'Oracle',
    names: {
      ...DOUBLE_QUOTES,
      most: 128,
      isInBytes: true,
      // A name cannot hold them, and its client puts variables in at an ampersand.
      illegal: /["&]/g,
      folds: 'upper',
    },
    text: ORACLE_STRINGS,
    floats: {
      nan: 'BINARY_DOUBLE_NAN',
      infinity: 'BINARY_DOUBLE_INFINITY',
      minusInfinity: '-BINARY_DOUBLE_INFINITY',
      prefix: '',
      suffix: 'd',
      minusZero: '-0d',
    },
    bools: ONE_ZERO,
    binary: { before: "HEXTORAW('", after: "')", mostBytes: 2000 },
    keyText: { most: (parts) => Math.floor(1000 / parts), collation: '' },
    emptyIsNull: true,
    upsert: 'merge',
    replace: null,
    hasMerge: true,
    // INSERT ALL takes at most 999 columns together.
    rows: { usual: 100, most: (columns) => Math.max(1, Math.floor(999 / columns)) },
    mostColumns: 1_000,
    transaction: { begin: '', commit: 'COMMIT', holdsDefinitions: false },
  },
);

const DUCKDB = dialect(
  {
    bool: 'BOOLEAN',
    flag: 'TINYINT',
    int(bits, isSigned) {
      const name = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[bits];
      return isSigned ? name : `U${name}`;
    },
    float: (bits) => (bits === 32 ? 'FLOAT' : 'DOUBLE'),
    decimal: (precision, scale) => `DECIMAL(${precision},${scale})`,
    text: 'VARCHAR',
    textOf: (length) => `VARCHAR(${length})`,
    binary: 'BLOB',
    json: 'JSON',
    date: 'DATE',
    time: () => 'TIME',
    timestamp: (digits) => (digits === 9 ? 'TIMESTAMP_NS' : 'TIMESTAMP'),
    zoned: () => 'TIMESTAMPTZ',
    zonedDigits: 6,
    times: { separator: ' ', mostDigits: 9, years: [-290_306, 294_246], beforeChrist: 'date' },
  },
  {
    id: 'duckdb',
    title: 'DuckDB',
    names: { ...DOUBLE_QUOTES, most: ANY_LENGTH, folds: null },
    text: DUCKDB_STRINGS,
    floats: {
      nan: "'NaN'::DOUBLE",
      infinity: "'Infinity'::DOUBLE",
      minusInfinity: "'-Infinity'::DOUBLE",
      prefix: '',
      suffix: 'e0',
      minusZero: "'-0'::DOUBLE",
    },
    bools: TRUE_FALSE,
    binary: { before: "unhex('", after: "')" },
    keyText: null,
    upsert: 'conflict',
    replace: 'INSERT OR REPLACE',
    hasMerge: true,
    rows: { usual: 1000, most: anyRows },
    mostColumns: null,
    transaction: { begin: 'BEGIN', commit: 'COMMIT', holdsDefinitions: true },
  },
);

const CLICKHOUSE = dialect(
  {
    bool: 'Bool',
    flag: 'UInt8',
    int: (bits, isSigned) => `${isSigned ? '' : 'U'}Int${bits}`,
    float: (bits) => `Float${bits}`,
    decimal: (precision, scale) => `Decimal(${precision}, ${scale})`,
    text: 'String',
    textOf: () => 'String',
    binary: 'String',
    json: 'String',
    date: 'Date32',
    time: () => null,
    timestamp: (digits) => `DateTime64(${digits})`,
    zoned: (digits) => `DateTime64(${digits}, 'UTC')`,
    zonedIsUtc: true,
    times: { separator: ' ', mostDigits: 9, years: [1900, 2261], beforeChrist: null },
  },
  {
    id: 'clickhouse',
    title: 'ClickHouse',
    names: { ...ESCAPED_BACKTICKS, most: 200, isInBytes: true, folds: null },
    text: backslashStyle('\\0'),
    floats: {
      nan: 'nan',
      infinity: 'inf',
      minusInfinity: '-inf',
      prefix: '',
      suffix: '',
      minusZero: '-0.0',
    },
    bools: ['false', 'true'],
    binary: { before: "unhex('", after: "')" },
    keyText: null,
    upsert: null,
    replace: null,
    hasMerge: false,
    rows: { usual: 10_000, most: anyRows },
    mostColumns: null,
    transaction: null,
  },
);

const SNOWFLAKE = dialect(
  {
    bool: 'BOOLEAN',
    flag: 'NUMBER(1,0)',
    int: (bits, isSigned) => `NUMBER(${{ 8: 3, 16: 5, 32: 10, 64: isSigned ? 19 : 20 }[bits]},0)`,
    float: () => 'FLOAT',
    decimal: (precision, scale) => (scale <= 37 ? `NUMBER(${precision},${scale})` : null),
    // Among VALUES numbers of several rows share one type, which may not hold them all.
    decimalBefore: () => '',
    text: 'VARCHAR',
    textOf: (length) => `VARCHAR(${length})`,
    binary: 'BINARY',
    json: 'VARIANT',
    date: 'DATE',
    time: (digits) => `TIME(${digits})`,
    timestamp: (digits) => `TIMESTAMP_NTZ(${digits})`,
    zoned: (digits) => `TIMESTAMP_TZ(${digits})`,
    times: { separator: 'T', mostDigits: 9, years: [1, 9999], beforeChrist: null },
  },
  {
    id: 'snowflake',
    title: 'Snowflake',
    names: { ...DOUBLE_QUOTES, most: 255, folds: 'upper' },
    // A NUL as octal digits would take in digits that follow it.
    text: backslashStyle('\\x00'),
    floats: {
      nan: "'NaN'",
      infinity: "'inf'",
      minusInfinity: "'-inf'",
      prefix: "'",
      suffix: "'",
      minusZero: "'-0'",
    },
    bools: TRUE_FALSE,
    binary: { before: "X'", after: "'" },
    keyText: null,
    upsert: 'merge',
    replace: null,
    hasMerge: true,
    rows: { usual: 1000, most: () => 16_384 },
    mostColumns: null,
    transaction: { begin: 'BEGIN', commit: 'COMMIT', holdsDefinitions: false },
  },
);

const isNumeric = (precision: number, scale: number): boolean =>
  scale <= 9 && precision - scale <= 29;

const BIGQUERY_NAMES: NameRules = {
  ...ESCAPED_BACKTICKS,
  most: 300,
  illegal: /[!"$()*,./;?@[\\\]^`{}~]/g,
  folds: null,
};

const BIGQUERY = dialect(
  {
    bool: 'BOOL',
    flag: 'INT64',
    int: (bits, isSigned) => (bits === 64 && !isSigned ? 'NUMERIC' : 'INT64'),
    float: () => 'FLOAT64',
    decimal(precision, scale) {
      const name = isNumeric(precision, scale) ? 'NUMERIC' : 'BIGNUMERIC';
      return `${name}(${precision}, ${scale})`;
    },
    // Its bare literals are doubles.
    decimalBefore: (precision, scale) => (isNumeric(precision, scale) ? 'NUMERIC ' : 'BIGNUMERIC '),
    text: 'STRING',
    textOf: (length) => `STRING(${length})`,
    binary: 'BYTES',
    json: 'JSON',
    jsonAround: ['JSON ', ''],
    date: 'DATE',
    time: () => 'TIME',
    timestamp: () => 'DATETIME',
    zoned: () => 'TIMESTAMP',
    words: { date: 'DATE ', time: 'TIME ', timestamp: 'DATETIME ', zoned: 'TIMESTAMP ' },
    times: { separator: ' ', mostDigits: 6, years: [1, 9999], beforeChrist: null },
  },
  {
    id: 'bigquery',
    title: 'BigQuery',
    names: BIGQUERY_NAMES,
    text: backslashStyle('\\x00'),
    floats: {
      nan: "CAST('NaN' AS FLOAT64)",
      infinity: "CAST('inf' AS FLOAT64)",
      minusInfinity: "CAST('-inf' AS FLOAT64)",
      prefix: '',
      suffix: '',
      minusZero: '-0.0',
    },
    bools: TRUE_FALSE,
    binary: { before: "FROM_HEX('", after: "')" },
    keyText: null,
    upsert: 'merge',
    replace: null,
    hasMerge: true,
    rows: { usual: 500, most: anyRows },
    mostColumns: 10_000,
    transaction: {
      begin: 'BEGIN TRANSACTION',
      commit: 'COMMIT TRANSACTION',
      holdsDefinitions: false,
    },
  },
);

export const DIALECTS: Readonly<Record<DialectId, SqlDialect>> = {
  postgresql: POSTGRESQL,
  mysql: mysqlLike('mysql', 'MySQL', 'utf8mb4_0900_bin'),
  mariadb: mysqlLike('mariadb', 'MariaDB', 'utf8mb4_nopad_bin'),
  sqlite: SQLITE,
  sqlserver: SQL_SERVER,
  oracle: ORACLE,
  duckdb: DUCKDB,
  clickhouse: CLICKHOUSE,
  snowflake: SNOWFLAKE,
  bigquery: BIGQUERY,
};
