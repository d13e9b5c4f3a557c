// What the options of the parquet format do, shown on the sample table: lines of what a reader says of the file.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const PARQUET_EXAMPLES: OptionExamples = {
  compression: [
    { options: { compression: 'none' }, columns: ['order'], shows: 'chunk order UNCOMPRESSED' },
    { options: { compression: 'gzip' }, columns: ['order', 'city'], shows: 'chunk city GZIP' },
    { options: { compression: 'brotli' }, columns: ['order', 'city'], shows: 'chunk city BROTLI' },
    { options: { compression: 'lz4' }, columns: ['order', 'city'], shows: 'chunk city LZ4_RAW' },
    { options: { compression: 'zstd' }, columns: ['order', 'city'], shows: 'chunk city ZSTD' },
    { options: { compression: 'lzo' }, columns: ['order', 'city'], shows: 'chunk city ZSTD' },
  ],
  compressionLevel: [
    {
      options: { compression: 'brotli', compressionLevel: 0, dictionary: false },
      columns: ['order', 'city', 'note', 'placed'],
      times: 300,
      shows: 'page DATA_PAGE of 160 bytes',
    },
  ],
  schema: [
    {
      options: { schema: [{ column: 'note', type: 'enum', required: true, id: 7 }] },
      columns: ['order', 'note'],
      shows: 'schema note BYTE_ARRAY REQUIRED {"type":"ENUM"} id 7',
    },
    {
      options: { schema: [{ column: 'price', type: 'decimal(20,4)' }] },
      columns: ['price'],
      shows:
        'schema price FIXED_LEN_BYTE_ARRAY OPTIONAL {"type":"DECIMAL","scale":4,"precision":20}',
      finds: {
        cells: [
          { row: 0, column: 0, value: '12.5000' },
          { row: 1, column: 0, value: '0.9900' },
        ],
      },
    },
  ],
  metadata: [
    {
      options: { metadata: { owner: 'sales', about: 'orders' } },
      columns: ['order'],
      shows: 'metadata about=orders\nmetadata owner=sales',
    },
  ],
  rowGroupSize: [
    { options: { rowGroupSize: 2 }, columns: ['order', 'city'], shows: 'group of 2 rows' },
  ],
  rowGroupBytes: [
    {
      options: { rowGroupBytes: 1024 },
      columns: ['order'],
      times: 50,
      shows: 'group of 128 rows',
    },
  ],
  writerVersion: [
    {
      options: { writerVersion: '2.0' },
      columns: ['order', 'ratio'],
      shows: 'page DATA_PAGE_V2',
    },
  ],
  statistics: [
    {
      options: { statistics: 'none' },
      columns: ['order'],
      shows: 'chunk order SNAPPY PLAIN+RLE no statistics',
    },
    { options: { statistics: 'page' }, columns: ['order'], shows: 'column index' },
  ],
  dictionary: [
    {
      options: { dictionary: false },
      columns: ['city'],
      times: 20,
      shows: 'chunk city SNAPPY PLAIN+RLE',
    },
  ],
  dictionaryPageSize: [
    {
      options: { dictionaryPageSize: 16 },
      columns: ['note'],
      times: 20,
      shows: 'chunk note SNAPPY PLAIN+RLE',
    },
  ],
  pageSize: [
    {
      options: { pageSize: 1024, encodings: { order: 'plain' }, compression: 'none' },
      columns: ['order'],
      times: 50,
      shows: 'page DATA_PAGE of 1031 bytes',
    },
  ],
  encodings: [
    {
      options: { encodings: { order: 'delta' } },
      columns: ['order'],
      shows: 'chunk order SNAPPY RLE+DELTA_BINARY_PACKED',
    },
    {
      options: { encodings: { ratio: 'split' } },
      columns: ['order', 'ratio'],
      shows: 'BYTE_STREAM_SPLIT',
    },
    {
      options: { encodings: { note: 'delta-length' } },
      columns: ['note'],
      shows: 'DELTA_LENGTH_BYTE_ARRAY',
    },
    {
      options: { encodings: { note: 'delta-prefix' } },
      columns: ['note'],
      shows: 'DELTA_BYTE_ARRAY',
    },
    {
      options: { encodings: { city: 'dictionary' } },
      columns: ['city'],
      shows: 'page DICTIONARY_PAGE',
    },
  ],
  pageChecksums: [{ options: { pageChecksums: true }, columns: ['order'], shows: ' with crc' }],
};
