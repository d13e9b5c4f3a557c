// The options of the path delivery.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const PATH_OPTIONS = defineOptions(
  z.object({
    path: z
      .string()
      .min(1, 'must not be empty')
      .refine((path) => !path.includes('\0'), 'must not contain a NUL')
      .default('.'),
  }),
  OPTION_TEXTS,
);

export type PathOptions = (typeof PATH_OPTIONS)['defaults'];
