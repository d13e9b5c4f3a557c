// The options of the markdown format.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { MARKDOWN_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const MARKDOWN_OPTIONS = defineOptions(
  z.object({
    layout: z.enum(['compact', 'aligned']).default('compact'),
    align: z.boolean().default(true),
    nullText: z.string().default(''),
    heading: z.string().default(''),
    rowNumbers: z.boolean().default(false),
    lineBreaks: z.enum(['br', 'space']).default('br'),
    escape: z.enum(['markup', 'pipes']).default('markup'),
    widest: z
      .int()
      .min(3)
      .max(10_000)
      .default(60)
      .meta({
        advanced: true,
        unit: 'characters',
        showIf: { option: 'layout', equals: ['aligned'] },
      }),
  }),
  OPTION_TEXTS,
  MARKDOWN_EXAMPLES,
);

export type MarkdownOptions = (typeof MARKDOWN_OPTIONS)['defaults'];
