// The words of the arrow format: its card and its options.

export const CARD_TEXTS = {
  title: 'Arrow',
  purpose:
    'Columns as they stand in memory (Arrow IPC, Feather): for pandas, Polars, R and DuckDB.',
};

export const OPTION_TEXTS = {
  'container.title': 'Container',
  'container.help': 'A file can be read from any place; a stream is read from its start.',
  'container.file': 'File (.arrow, Feather)',
  'container.stream': 'Stream (.arrows)',
  'compression.title': 'Compression',
  'compression.help': 'How the buffers inside are packed. None is what can be mapped into memory.',
  'compression.none': 'None',
  'compression.lz4': 'LZ4: fast',
  'compression.zstd': 'Zstandard: smaller',
  'metadata.title': 'Metadata',
  'metadata.help': 'Keys and texts that stand in the schema, sorted by key.',
  'batchSize.title': 'Record batch',
  'batchSize.help': 'Rows that stand together. A batch also ends at 64 MiB.',
  'dictionary.title': 'Dictionaries',
  'dictionary.help':
    'Writes each different text of a column once. New texts follow in parts (deltas), which not every program reads; all different texts are held in memory.',
} as const;

export const PRESET_TEXTS = {
  feather: { title: 'Feather', help: 'A file packed with LZ4, as pandas and R write it.' },
  stream: { title: 'Stream', help: 'For pipes and programs that read as it comes.' },
};

export const CHECK_TEXTS = {
  repeatedName: (name: string): string =>
    `Several columns are called “${name}”: some programs read only one of them.`,
} as const;
