// What is said of cutting an export into files.
export const splitWords = {
  bytes: {
    title: 'Size a file',
    help: 'No file is larger, packed as it is: each is tried and measured. A zip becomes one zip for each part.',
    unit: 'MB',
  },
  anySize: 'Any size',
  columns: 'A file for each',
  columnsHelp:
    'Rows with other values go into other files; each keeps the order of its rows. Up to 1,000 combinations.',
  add: 'Add a column…',
  whole: 'value',
  part: (column: string): string => `What of ${column}`,
  parts: { year: 'year', month: 'month', day: 'day', hour: 'hour' },
  remove: (column: string): string => `Remove ${column}`,
  layout: 'Values stand in',
  hive: 'Hive folders',
  folders: 'Folders',
  names: 'File names',
  layoutHelp: {
    hive: 'country=DE/orders.csv, as Hive, Spark, DuckDB and Athena read it.',
    folders: 'DE/orders.csv',
    names: 'orders-DE.csv',
  },
  keep: 'Keep these columns in the files',
  manifestTitle: 'Manifest',
  manifest: 'Add a file that lists the others with rows, bytes and SHA-256',
} as const;
