// The card of the Parquet source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { parquetOptions, type ParquetOptions } from './options.ts';
import { PARQUET_CARD } from './texts.ts';

export const parquetSource: SourceCard<ParquetOptions> = {
  id: 'parquet',
  ...PARQUET_CARD,
  input: 'bytes',
  reads: 'slices',
  extensions: ['parquet', 'parq', 'pq'],
  mediaTypes: ['application/vnd.apache.parquet'],
  recognise(head) {
    const magic = String.fromCharCode(...head.subarray(0, 4));
    return magic === 'PAR1' || magic === 'PARE' ? 3 : 0;
  },
  options: parquetOptions,
  async load() {
    const [{ inspectParquet }, { readParquet }, { spreadParquet }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./spread.ts'),
    ]);
    return {
      inspect: inspectParquet,
      read: readParquet,
      spread: spreadParquet,
      describe: async (context) => (await import('./describe.ts')).describeParquet(context),
    };
  },
};
