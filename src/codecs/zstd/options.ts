// The options of the zstd codec.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const ZSTD_OPTIONS = defineOptions(
  z.object({
    level: z.int().min(1).max(19).default(3),
  }),
  OPTION_TEXTS,
);

export type ZstdOptions = (typeof ZSTD_OPTIONS)['defaults'];
