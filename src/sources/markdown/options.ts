// The options of the Markdown source: what the texts of its cells are.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { MARKDOWN_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  inline: z.enum(['text', 'source']).default('text'),
  nullText: z.string().default(''),
  raggedRows: z.enum(['pad', 'reject', 'fail']).default('pad'),
  skipColumns: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .meta({ advanced: true, unit: 'columns' }),
});

export type MarkdownOptions = z.output<typeof schema>;

export const markdownOptions = defineOptions(schema, MARKDOWN_OPTION_TEXTS);
