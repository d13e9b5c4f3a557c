// What the options of the avro format do, shown on the sample table: lines of what a reader says of the file.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const AVRO_EXAMPLES: OptionExamples = {
  codec: [
    { options: { codec: 'none' }, columns: ['order'], shows: 'codec null' },
    { options: { codec: 'snappy' }, columns: ['order', 'city'], shows: 'codec snappy' },
    { options: { codec: 'zstandard' }, columns: ['order', 'city'], shows: 'codec zstandard' },
  ],
  level: [
    {
      options: { level: 1 },
      columns: ['order', 'city', 'note', 'placed'],
      times: 300,
      shows: 'block of 900 rows, 237 of 19200',
    },
  ],
  recordName: [{ options: { recordName: 'Order' }, columns: ['order'], shows: 'record /Order' }],
  namespace: [
    {
      options: { namespace: 'com.example' },
      columns: ['order'],
      shows: 'record com.example/data',
    },
  ],
  decimals: [
    {
      options: { decimals: 'text' },
      columns: ['price'],
      shows: 'field {"name":"price","type":["null","string"],"default":null}',
    },
    {
      options: { decimals: 'double' },
      columns: ['price'],
      shows: 'field {"name":"price","type":["null","double"],"default":null}',
      finds: { cells: [{ row: 0, column: 0, value: '12.5' }] },
    },
  ],
  timestampUnit: [
    {
      options: { timestampUnit: 'us' },
      columns: ['placed'],
      shows: '{"type":"long","logicalType":"timestamp-micros"}',
    },
    {
      options: { timestampUnit: 'ms' },
      columns: ['nanos'],
      shows: '{"type":"long","logicalType":"local-timestamp-millis"}',
      finds: { cells: [{ row: 0, column: 0, value: 'local 1000000' }] },
    },
  ],
  nested: [
    {
      options: { nested: 'json' },
      columns: ['marks'],
      shows: 'field {"name":"marks","type":["null","string"],"default":null}',
      finds: {
        cells: [
          { row: 0, column: 0, value: '[1,2]' },
          { row: 1, column: 0, value: '[]' },
        ],
      },
    },
  ],
  uuidColumns: [
    {
      options: { uuidColumns: ['city'] },
      columns: ['city'],
      shows: '{"type":"string","logicalType":"uuid"}',
    },
  ],
  blockSize: [
    {
      options: { blockSize: 1, codec: 'none' },
      columns: ['order', 'city'],
      times: 100,
      shows: 'block of 110 rows, 1032 of 1032',
    },
  ],
  metadata: [
    { options: { metadata: { owner: 'sales' } }, columns: ['order'], shows: 'owner = sales' },
  ],
  schemaFile: [
    {
      options: { schemaFile: true },
      columns: ['order'],
      finds: { beside: '{\n  "type": "record",\n  "name": "data",' },
    },
  ],
};
