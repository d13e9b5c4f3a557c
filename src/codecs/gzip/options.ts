// The options of the gzip codec.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const GZIP_OPTIONS = defineOptions(
  z.object({
    level: z.int().min(1).max(9).default(6),
  }),
  OPTION_TEXTS,
);

export type GzipOptions = (typeof GZIP_OPTIONS)['defaults'];
