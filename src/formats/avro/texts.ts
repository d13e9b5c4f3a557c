// The words of the avro format: its card, its options, its losses and conflicts.

export const CARD_TEXTS = {
  title: 'Avro',
  purpose:
    'An Avro object container file, typed and compact: for Kafka, Spark, Hadoop and BigQuery.',
};

export const OPTION_TEXTS = {
  'codec.title': 'Compression',
  'codec.help':
    'How the blocks of the file are packed. Every reader knows Deflate, most know Snappy.',
  'codec.none': 'None',
  'codec.deflate': 'Deflate',
  'codec.snappy': 'Snappy',
  'codec.zstandard': 'Zstandard',
  'level.title': 'Level',
  'level.help': 'Higher packs smaller and slower.',
  'blockSize.title': 'Block size',
  'blockSize.help':
    'About how much of unpacked data stands between two marks, at which readers can begin.',
  'recordName.title': 'Record name',
  'recordName.help': 'The name of the schema’s record; empty takes that of the data set.',
  'namespace.title': 'Namespace',
  'namespace.help': 'Stands before the record name, such as com.example.orders.',
  'decimals.title': 'Decimals',
  'decimals.help': 'How numbers with fixed digits are written.',
  'decimals.decimal': 'As decimals of bytes, exact',
  'decimals.text': 'As text, exact',
  'decimals.double': 'As double-precision numbers',
  'timestampUnit.title': 'Timestamps',
  'timestampUnit.help':
    'The unit in which timestamps are written; what is finer is cut off and counted.',
  'timestampUnit.source': 'As in the source',
  'timestampUnit.ms': 'Milliseconds',
  'timestampUnit.us': 'Microseconds',
  'nested.title': 'Nested values',
  'nested.help': 'How lists, structures and maps are written.',
  'nested.native': 'As arrays, records and maps',
  'nested.json': 'As JSON text',
  'uuidColumns.title': 'UUID columns',
  'uuidColumns.help': 'Names of text columns that the schema calls UUIDs.',
  'metadata.title': 'Metadata',
  'metadata.help':
    'Further keys and values for the file’s header; keys that begin with avro. are the standard’s.',
  'schemaFile.title': 'Schema file',
  'schemaFile.help': 'Writes the schema into a file of its own beside the data too.',
} as const;

export const PRESET_TEXTS = {
  bigquery: { title: 'BigQuery', help: 'Snappy, timestamps in microseconds.' },
  small: { title: 'Small', help: 'Zstandard, as small as it gets.' },
};

export const LOSS_TEXTS = {
  'avro.time-cut': 'Digits of a time beyond the written unit were cut off.',
} as const;

export const CHECK_TEXTS = {
  badNamespace: 'A namespace has names of letters, digits and _ with dots between them.',
  noNamespace: 'Write no namespace',
  badKey: (key: string): string => `The metadata key “${key}” belongs to the standard.`,
  unknownColumn: (name: string): string => `There is no column “${name}” of UUIDs.`,
  notText: (name: string): string => `Column “${name}” is no text and cannot hold UUIDs.`,
  nameChanged: (name: string, written: string): string =>
    `“${name}” is no name in Avro and is written as “${written}”, with its own name as doc.`,
  zone: (zone: string): string => `Instants are kept, but that they are shown in ${zone} is not.`,
  double: 'Decimals become double-precision numbers, which hold about 15 digits.',
  exactDecimals: 'Write exact decimals',
  sourceUnit: 'Write the unit of the source',
  unsigned: 'Numbers beyond 64 bits with sign are written as decimals of 20 digits.',
  json: 'JSON is written as text.',
} as const;
