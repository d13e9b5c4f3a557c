// The options of the HTML source: what of a table is its header, and what the texts of its cells are.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { HTML_OPTION_TEXTS } from './texts.ts';

const ofHeader = { option: 'header', equals: ['auto', 'present'] };

const schema = z.object({
  header: z.enum(['auto', 'present', 'absent']).default('auto'),
  headerRows: z
    .number()
    .int()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .meta({ advanced: true, showIf: ofHeader }),
  headerJoin: z.string().max(100).default(' ').meta({ advanced: true, showIf: ofHeader }),
  whitespace: z.enum(['auto', 'collapse', 'keep']).default('auto'),
  nullText: z.string().default(''),
  emptyValues: z.enum(['auto', 'null', 'text']).default('auto'),
  nullClass: z.string().max(200).default('null').meta({ advanced: true }),
  mergedCells: z.enum(['fill', 'first']).default('fill'),
  raggedRows: z.enum(['pad', 'reject', 'fail']).default('pad'),
  footer: z.enum(['skip', 'rows']).default('skip'),
  hidden: z.enum(['skip', 'include']).default('skip').meta({ advanced: true }),
  skipColumns: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .nullable()
    .default(null)
    .meta({ advanced: true, unit: 'columns' }),
});

export type HtmlOptions = z.output<typeof schema>;

export const htmlOptions = defineOptions(schema, HTML_OPTION_TEXTS);
