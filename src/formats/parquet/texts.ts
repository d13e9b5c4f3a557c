// The words of the parquet format: its card, its options, its losses and conflicts.

export const CARD_TEXTS = {
  title: 'Parquet',
  purpose: 'Columns with types, packed: for DuckDB, Spark, pandas, BigQuery and data lakes.',
};

export const OPTION_TEXTS = {
  'compression.title': 'Compression',
  'compression.help':
    'How the pages inside the file are packed. The file needs no further packing.',
  'compression.none': 'None',
  'compression.snappy': 'Snappy: fast, read by everything',
  'compression.gzip': 'gzip: smaller, slower',
  'compression.brotli': 'Brotli: smallest, slowest',
  'compression.lz4': 'LZ4 (raw): fastest to read',
  'compression.zstd': 'Zstandard: small and fast',
  'compression.lzo': 'LZO: no program writes or reads it, Zstandard is written',
  'compressionLevel.title': 'Compression level',
  'compressionLevel.help':
    'Higher is smaller and slower: gzip 1 to 9, Brotli 0 to 11, Zstandard 1 to 22. Empty: a good middle (6, 5, 3).',
  'schema.title': 'Schema',
  'schema.help':
    'Types by column: [{"column": "id", "type": "uuid", "required": true, "id": 1}]. Types: bool, int8 … uint64, float32, float64, decimal(p,s), string, enum, uuid, json, binary, date, time(unit), timestamp(unit) or timestamp(unit, UTC), with units s, ms, us, ns. Columns that are not named keep their types.',
  'metadata.title': 'Metadata',
  'metadata.help': 'Keys and texts that stand in the file’s footer, sorted by key.',
  'rowGroupSize.title': 'Row group',
  'rowGroupSize.help':
    'Rows that stand together and are read together. Small groups make large files and slow readers.',
  'rowGroupBytes.title': 'Row group, bytes',
  'rowGroupBytes.help':
    'A row group also ends before its values, not yet packed, take more than this. It bounds the memory of writer and readers.',
  'writerVersion.title': 'Version',
  'writerVersion.help':
    'Pages and encodings. The second version packs tighter; not every reader knows it.',
  'writerVersion.1.0': '1.0: read by everything',
  'writerVersion.2.0': '2.0: differences and split floats where there is no dictionary',
  'statistics.title': 'Statistics',
  'statistics.help': 'Least and greatest value and the number of nulls, with which readers skip.',
  'statistics.none': 'None',
  'statistics.chunk': 'Of each column of a row group',
  'statistics.page': 'Of each page too, with page indexes',
  'dictionary.title': 'Dictionary',
  'dictionary.help':
    'Writes repeated values once for each row group, wherever that makes the column smaller.',
  'dictionaryPageSize.title': 'Dictionary, bytes',
  'dictionaryPageSize.help': 'A column whose different values take more is written without one.',
  'pageSize.title': 'Page, bytes',
  'pageSize.help': 'Values of a column that are packed together, before packing.',
  'encodings.title': 'Encodings',
  'encodings.help':
    'How values of a column are written; columns that are not named get what suits them.',
  'encodings.plain': 'Plain',
  'encodings.dictionary': 'Dictionary',
  'encodings.delta': 'Delta: whole numbers',
  'encodings.delta-length': 'Delta of lengths: texts',
  'encodings.delta-prefix': 'Shared beginnings: texts',
  'encodings.split': 'Split bytes: floats',
  'pageChecksums.title': 'Page checksums',
  'pageChecksums.help': 'Writes a CRC-32 of each page, with which readers notice damage.',
} as const;

export const PRESET_TEXTS = {
  analytics: {
    title: 'Analytics',
    help: 'Zstandard, with page indexes, for DuckDB, Polars, ClickHouse and new readers.',
  },
  compatible: {
    title: 'Widest compatibility',
    help: 'Snappy, version 1.0: read by every program that reads Parquet.',
  },
  spark: {
    title: 'Spark, Hive',
    help: 'Snappy, row groups of up to 128 MiB and a million rows, as HDFS likes them.',
  },
  seed: {
    title: 'Small row groups',
    help: 'Row groups of 5,000 rows, as some older tools expect; larger and slower to read.',
  },
};

export const CHECK_TEXTS = {
  lzo: 'No program reads or writes Parquet with LZO: Zstandard is written instead.',
  useZstd: 'Choose Zstandard',
  useSnappy: 'Choose Snappy',
  smallGroups: (rows: number): string =>
    `Row groups of ${rows.toLocaleString('en-US')} rows make the file larger and slower to read; 100,000 are usual.`,
  largerGroups: 'Use 100,000 rows',
  levelOutOfRange: (codec: string, least: number, most: number): string =>
    `${codec} has levels from ${least} to ${most}.`,
  usualLevel: 'Use the usual level',
  unknownColumn: (name: string): string => `There is no column “${name}”.`,
  unknownType: (name: string): string =>
    `“${name}” is no type; there are bool, int8 to int64, uint8 to uint64, float32, float64, decimal(p,s), string, enum, uuid, json, binary, date, time(unit) and timestamp(unit, zone).`,
  twice: (name: string): string => `“${name}” stands in the schema twice.`,
  nestedType: (name: string): string =>
    `The column “${name}” holds lists or structures, whose types stand as they are.`,
  wrongEncoding: (name: string, encoding: string, type: string): string =>
    `“${name}” is of type ${type} and cannot be written as ${encoding}.`,
  emptyStruct: (name: string): string =>
    `“${name}” holds structures without fields, for which Parquet has no place.`,
  noColumns: 'A file without columns is valid, but few programs open it.',
  repeatedName: (name: string): string =>
    `Several columns are called “${name}”: some programs read only one of them.`,
  zone: (zone: string): string =>
    `The instants stay; that they were shown in ${zone} is not written: readers show UTC.`,
} as const;

export const LOSS_TEXTS = {
  'parquet.lzo-as-zstd': CHECK_TEXTS.lzo,
} as const;
