// The options of the fixed-width source: where the columns stand in a line, and what the lines around them are.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { parseColumns } from './columns.ts';
import { FIXED_WIDTH_OPTION_TEXTS, WRONG_COLUMN } from './texts.ts';

const ofHeader = { option: 'header', equals: ['auto', 'present'] };

const schema = z.object({
  widths: z
    .array(z.string())
    .max(100_000)
    .superRefine((texts, context) => {
      const found = parseColumns(texts);
      if (typeof found === 'number')
        context.addIssue({ code: 'custom', message: WRONG_COLUMN(texts[found]!) });
    })
    .default([]),
  measure: z.enum(['characters', 'bytes', 'wide']).default('characters'),
  header: z.enum(['auto', 'present', 'absent']).default('auto'),
  headerRows: z.number().int().min(1).max(10).default(1).meta({ advanced: true, showIf: ofHeader }),
  headerJoin: z.string().max(100).default(' ').meta({ advanced: true, showIf: ofHeader }),
  ruler: z.enum(['auto', 'present', 'absent']).default('auto').meta({ showIf: ofHeader }),
  skipLines: z.number().int().min(0).max(1_000_000).default(0).meta({ unit: 'lines' }),
  skipLastLines: z.number().int().min(0).max(10_000).default(0).meta({ unit: 'lines' }),
  trim: z.enum(['both', 'right', 'none']).default('both'),
  nullText: z.string().default(''),
  raggedRows: z.enum(['fail', 'reject', 'pad', 'fit']).default('fail'),
  outside: z.enum(['blank', 'any']).default('blank').meta({ advanced: true }),
  comment: z
    .string()
    .refine(
      (s) => s !== '' && [...s].length <= 16 && !/[\0\r\n]|\p{Cs}/u.test(s),
      'must be 1 to 16 characters, none of them a line break',
    )
    .meta({ kind: 'character', longest: 16 })
    .nullable()
    .default(null)
    .meta({ advanced: true }),
});

export type FixedWidthOptions = z.output<typeof schema>;

export const fixedWidthOptions = defineOptions(schema, FIXED_WIDTH_OPTION_TEXTS);
