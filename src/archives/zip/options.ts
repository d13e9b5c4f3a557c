// The options of the zip archive.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const ZIP_OPTIONS = defineOptions(
  z.object({
    level: z.int().min(0).max(9).default(6),
    times: z.enum(['none', 'export']).default('none').meta({ advanced: true }),
    password: z
      .strictObject({ secret: z.string().min(1) })
      .nullable()
      .default(null)
      .meta({ kind: 'json', secret: true }),
  }),
  OPTION_TEXTS,
);

export type ZipOptions = (typeof ZIP_OPTIONS)['defaults'];
