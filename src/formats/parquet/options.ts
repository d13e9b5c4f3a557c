// The options of the parquet format.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { ENCODINGS } from './encodings.ts';
import { PARQUET_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

const LEVELLED = ['gzip', 'brotli', 'zstd', 'lzo'];

const schemaEntry = z.strictObject({
  column: columnSchema,
  type: z.string().optional(),
  required: z.boolean().optional(),
  id: z.int().min(0).max(0x7fffffff).optional(),
});

/** What the option `schema` says of one column. */
export type SchemaEntry = z.output<typeof schemaEntry>;

export const PARQUET_OPTIONS = defineOptions(
  z.object({
    compression: z
      .enum(['none', 'snappy', 'gzip', 'brotli', 'lz4', 'zstd', 'lzo'])
      .default('snappy'),
    compressionLevel: z
      .int()
      .min(0)
      .max(22)
      .nullable()
      .default(null)
      .meta({ showIf: { option: 'compression', equals: LEVELLED } }),
    schema: z.array(schemaEntry).default([]).meta({ kind: 'json', panel: true }),
    metadata: z.record(z.string(), z.string()).default({}),
    rowGroupSize: z.int().min(1).max(10_000_000).default(100_000).meta({ unit: 'rows' }),
    rowGroupBytes: z
      .int()
      .min(1024)
      .max(2 ** 30)
      .default(64 * 2 ** 20)
      .meta({ unit: 'bytes', advanced: true }),
    writerVersion: z.enum(['1.0', '2.0']).default('1.0').meta({ advanced: true }),
    statistics: z.enum(['none', 'chunk', 'page']).default('chunk').meta({ advanced: true }),
    dictionary: z.boolean().default(true).meta({ advanced: true }),
    dictionaryPageSize: z
      .int()
      .min(16)
      .max(64 * 2 ** 20)
      .default(2 ** 20)
      .meta({
        unit: 'bytes',
        advanced: true,
        showIf: { option: 'dictionary', equals: [true] },
      }),
    pageSize: z
      .int()
      .min(1024)
      .max(64 * 2 ** 20)
      .default(2 ** 20)
      .meta({ unit: 'bytes', advanced: true }),
    encodings: z
      .record(z.string(), z.enum(ENCODINGS))
      .default({})
      .meta({ kind: 'column-map', advanced: true }),
    pageChecksums: z.boolean().default(false).meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  PARQUET_EXAMPLES,
);

export type ParquetOptions = (typeof PARQUET_OPTIONS)['defaults'];
