// The options of the arrow format.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { ARROW_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const ARROW_OPTIONS = defineOptions(
  z.object({
    container: z.enum(['file', 'stream']).default('file'),
    compression: z.enum(['none', 'lz4', 'zstd']).default('none'),
    metadata: z.record(z.string(), z.string()).default({}),
    batchSize: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(65_536)
      .meta({ unit: 'rows', advanced: true }),
    dictionary: z.boolean().default(false).meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  ARROW_EXAMPLES,
);

export type ArrowOptions = (typeof ARROW_OPTIONS)['defaults'];
