// The options of the share delivery: what goes with the files.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const SHARE_OPTIONS = defineOptions(
  z.object({
    title: z.string().max(200).default('{name}'),
    text: z.string().max(2000).default('').meta({ multiline: true }),
  }),
  OPTION_TEXTS,
);

export type ShareOptions = (typeof SHARE_OPTIONS)['defaults'];
