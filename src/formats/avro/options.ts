// The options of the avro format.
import { z } from 'zod';
import { columnNameSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { AVRO_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const AVRO_OPTIONS = defineOptions(
  z.object({
    codec: z.enum(['none', 'deflate', 'snappy', 'zstandard']).default('deflate'),
    level: z
      .int()
      .min(1)
      .max(9)
      .default(6)
      .meta({ advanced: true, showIf: { option: 'codec', equals: ['deflate', 'zstandard'] } }),
    recordName: z.string().default(''),
    namespace: z.string().default(''),
    decimals: z.enum(['decimal', 'text', 'double']).default('decimal'),
    timestampUnit: z.enum(['source', 'ms', 'us']).default('source'),
    nested: z.enum(['native', 'json']).default('native'),
    uuidColumns: z.array(columnNameSchema).default([]).meta({ advanced: true }),
    blockSize: z.int().min(1).max(16_384).default(64).meta({ advanced: true, unit: 'KiB' }),
    metadata: z.record(z.string(), z.string()).default({}).meta({ advanced: true }),
    schemaFile: z.boolean().default(false).meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  AVRO_EXAMPLES,
);

export type AvroOptions = (typeof AVRO_OPTIONS)['defaults'];
