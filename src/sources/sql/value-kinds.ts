// What values are: their kinds, and the kinds that the names of types and the words for numbers stand for.

/** What a value is. `bare`: its bytes as COPY has them. `unknown`: an expression, whose words its bytes are. */
export const KIND = {
  null: 0,
  text: 1,
  number: 2,
  bool: 3,
  binary: 4,
  date: 5,
  time: 6,
  timestamp: 7,
  json: 8,
  bare: 9,
  unknown: 10,
} as const;

export type Kind = (typeof KIND)[keyof typeof KIND];

const encoder = new TextEncoder();

const NAN = encoder.encode('NaN');
export const INFINITY = encoder.encode('Infinity');
export const MINUS_INFINITY = encoder.encode('-Infinity');

export const SPECIAL: ReadonlyMap<string, Uint8Array> = new Map([
  ['nan', NAN],
  ['inf', INFINITY],
  ['infinity', INFINITY],
  ['binary_double_nan', NAN],
  ['binary_float_nan', NAN],
  ['binary_double_infinity', INFINITY],
  ['binary_float_infinity', INFINITY],
]);

/** What a value of a type is, by the type’s first word; missing = as it stands. */
export const KIND_OF_TYPE: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['date', KIND.date],
  ['date32', KIND.date],
  ['time', KIND.time],
  ['timetz', KIND.time],
  ['timestamp', KIND.timestamp],
  ['timestamptz', KIND.timestamp],
  ['timestamp_ntz', KIND.timestamp],
  ['timestamp_tz', KIND.timestamp],
  ['timestamp_ltz', KIND.timestamp],
  ['datetime', KIND.timestamp],
  ['datetime2', KIND.timestamp],
  ['datetime64', KIND.timestamp],
  ['smalldatetime', KIND.timestamp],
  ['datetimeoffset', KIND.timestamp],
  ['json', KIND.json],
  ['jsonb', KIND.json],
  ['variant', KIND.json],
  ...[
    'int int2 int4 int8 integer smallint bigint tinyint mediumint int16 int32 int64 uint8 uint16 uint32 uint64 numeric decimal',
    'number bignumeric bigdecimal real float float4 float8 float32 float64 double hugeint unsigned signed money smallmoney',
    'binary_double binary_float',
  ]
    .join(' ')
    .split(' ')
    .map((name): [string, Kind] => [name, KIND.number]),
  ...'bool boolean bit'.split(' ').map((name): [string, Kind] => [name, KIND.bool]),
  ...'bytea blob binary varbinary bytes image raw longblob'
    .split(' ')
    .map((name): [string, Kind] => [name, KIND.binary]),
  ...'text varchar char nvarchar nchar string clob nclob character bpchar varchar2 nvarchar2 longtext ntext uuid uniqueidentifier xml citext'
    .split(' ')
    .map((name): [string, Kind] => [name, KIND.text]),
]);

/** Types whose name before a text makes a literal of it. */
export const LITERAL_TYPES: ReadonlySet<string> = new Set(
  'date time timetz timestamp timestamptz datetime numeric decimal bignumeric bigdecimal json jsonb bytea uuid'.split(
    ' ',
  ),
);
