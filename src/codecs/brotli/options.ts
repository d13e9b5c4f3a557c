// The options of the brotli codec.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const BROTLI_OPTIONS = defineOptions(
  z.object({
    level: z.int().min(0).max(11).default(5),
  }),
  OPTION_TEXTS,
);

export type BrotliOptions = (typeof BROTLI_OPTIONS)['defaults'];
