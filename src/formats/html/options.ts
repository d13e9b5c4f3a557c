// The options of the html format.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { HTML_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

const drawn = { option: 'styling', equals: ['block', 'inline'] };

export const HTML_OPTIONS = defineOptions(
  z.object({
    content: z.enum(['document', 'fragment']).default('document'),
    styling: z.enum(['block', 'inline', 'classes', 'none']).default('block'),
    caption: z.string().default(''),
    headers: z.boolean().default(true),
    footer: z.enum(['none', 'count', 'headers']).default('none'),
    rowNumbers: z.boolean().default(false),
    nullText: z.string().default(''),
    lineBreaks: z.enum(['keep', 'br']).default('keep'),
    links: z.boolean().default(false),
    title: z
      .string()
      .default('')
      .meta({ advanced: true, showIf: { option: 'content', equals: ['document'] } }),
    align: z.boolean().default(true).meta({ advanced: true }),
    stripes: z.boolean().default(false).meta({ advanced: true, showIf: drawn }),
    prettyPrint: z.boolean().default(false).meta({ advanced: true }),
    tableClass: z.string().default('data').meta({ advanced: true }),
    tableId: z.string().default('').meta({ advanced: true }),
    lang: z.string().default('').meta({ advanced: true }),
    dir: z.enum(['unset', 'ltr', 'rtl', 'auto']).default('unset').meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  HTML_EXAMPLES,
);

export type HtmlOptions = (typeof HTML_OPTIONS)['defaults'];
