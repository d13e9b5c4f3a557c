// The card of the avro format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkAvro } from './check.ts';
import { AVRO_OPTIONS, type AvroOptions } from './options.ts';
import { readBackAvro } from './read-back.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';

export const avroFormat: FormatCard<AvroOptions> = {
  id: 'avro',
  ...CARD_TEXTS,
  family: 'analytics',
  extension: '.avro',
  mediaType: 'application/vnd.apache.avro',
  isText: false,
  parallel: 'stream',
  holds: { nulls: true, emptyText: true, types: true, nested: true, exactNumbers: true },
  writesBeside: ({ schemaFile }) => schemaFile,
  options: AVRO_OPTIONS,
  packsBy: 'codec',
  presets: [
    {
      id: 'bigquery',
      ...PRESET_TEXTS.bigquery,
      options: { codec: 'snappy', timestampUnit: 'us', blockSize: 1024 },
    },
    {
      id: 'small',
      ...PRESET_TEXTS.small,
      options: { codec: 'zstandard', level: 9, blockSize: 1024 },
    },
  ],
  losses: [
    {
      code: 'avro.time-cut',
      kind: 'lost',
      isCounted: true,
      option: 'timestampUnit',
      remedy: { title: CHECK_TEXTS.sourceUnit, options: { timestampUnit: 'source' } },
    },
    { code: 'avro.name-changed', kind: 'changed', isCounted: false },
    { code: 'avro.zone', kind: 'lost', isCounted: false },
    {
      code: 'avro.decimal-as-double',
      kind: 'lost',
      isCounted: false,
      option: 'decimals',
      remedy: { title: CHECK_TEXTS.exactDecimals, options: { decimals: 'decimal' } },
    },
    { code: 'avro.unsigned-as-decimal', kind: 'changed', isCounted: false },
    { code: 'avro.json-as-text', kind: 'changed', isCounted: false },
  ],
  readBack: readBackAvro,
  check: ({ options, schema }) => checkAvro(options, schema),
  load: async () => (await import('./encode.ts')).avroModule,
};
