// The card of the parquet format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkParquet } from './check.ts';
import { PARQUET_OPTIONS, type ParquetOptions } from './options.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackParquet } from './read-back.ts';

export const parquetFormat: FormatCard<ParquetOptions> = {
  id: 'parquet',
  ...CARD_TEXTS,
  family: 'analytics',
  extension: '.parquet',
  alsoNamed: [
    { extension: '.parq', options: {} },
    { extension: '.pq', options: {} },
  ],
  mediaType: 'application/vnd.apache.parquet',
  isText: false,
  parallel: 'stream',
  holds: { nulls: true, emptyText: true, types: true, nested: true, exactNumbers: true },
  options: PARQUET_OPTIONS,
  packsBy: 'compression',
  presets: [
    {
      id: 'analytics',
      ...PRESET_TEXTS.analytics,
      options: { compression: 'zstd', statistics: 'page' },
    },
    {
      id: 'compatible',
      ...PRESET_TEXTS.compatible,
      options: { compression: 'snappy', writerVersion: '1.0' },
    },
    {
      id: 'spark',
      ...PRESET_TEXTS.spark,
      options: { compression: 'snappy', rowGroupSize: 1_000_000, rowGroupBytes: 128 * 2 ** 20 },
    },
    { id: 'seed', ...PRESET_TEXTS.seed, options: { compression: 'snappy', rowGroupSize: 5_000 } },
  ],
  losses: [
    {
      code: 'parquet.lzo-as-zstd',
      kind: 'changed',
      isCounted: false,
      option: 'compression',
      remedy: { title: CHECK_TEXTS.useZstd, options: { compression: 'zstd' } },
    },
    { code: 'parquet.zone', kind: 'lost', isCounted: false },
  ],
  check: ({ options, schema }) => checkParquet(options, schema),
  readBack: readBackParquet,
  load: async () => (await import('./encode.ts')).parquetModule,
};
