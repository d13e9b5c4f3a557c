// What the options of the arrow format do, shown on the sample table: lines of what a reader says of the file.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const ARROW_EXAMPLES: OptionExamples = {
  container: [{ options: { container: 'stream' }, columns: ['order'], shows: 'a stream' }],
  compression: [
    { options: { compression: 'lz4' }, columns: ['note'], times: 50, shows: 'packed with LZ4' },
    { options: { compression: 'zstd' }, columns: ['note'], times: 50, shows: 'packed with ZSTD' },
  ],
  metadata: [
    {
      options: { metadata: { owner: 'sales', about: 'orders' } },
      columns: ['order'],
      shows: 'metadata about=orders\nmetadata owner=sales',
    },
  ],
  batchSize: [{ options: { batchSize: 2 }, columns: ['order', 'city'], shows: 'batch of 2 rows' }],
  dictionary: [
    {
      options: { dictionary: true },
      columns: ['order', 'city'],
      shows: 'city Dictionary<Int32, Utf8>',
    },
  ],
};
