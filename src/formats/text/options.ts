// The options of the text format.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { TARGET_IDS } from '../../contract/template-text.ts';
import { TEXT_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const TEXT_OPTIONS = defineOptions(
  z.object({
    row: z.string().default('{*}').meta({ multiline: true }),
    separator: z.string().default('\n').meta({ kind: 'character', longest: 1000 }),
    prefix: z.string().default('').meta({ multiline: true }),
    suffix: z.string().default('\n').meta({ multiline: true }),
    target: z.enum(TARGET_IDS).default('none'),
    nullText: z.string().default(''),
    onError: z.enum(['fail', 'null']).default('fail').meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  TEXT_EXAMPLES,
);

export type TextOptions = (typeof TEXT_OPTIONS)['defaults'];
