// The options of the Excel source: which cells are read, and how what stands in them is written.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { MOST_ROWS, parseRange } from './cell-range.ts';
import { EXCEL_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  header: z.enum(['auto', 'present', 'absent']).default('auto'),
  headerRow: z
    .number()
    .int()
    .min(1)
    .max(MOST_ROWS)
    .nullable()
    .default(null)
    .meta({ showIf: { option: 'header', equals: ['auto', 'present'] } }),
  range: z
    .string()
    .refine(
      (text) => text.trim() === '' || parseRange(text) !== null,
      'must be a range such as B3:F200, B:F or B3:F',
    )
    .default(''),
  numbers: z.enum(['shortest', 'as-written']).default('shortest'),
  errors: z.enum(['null', 'text', 'fail']).default('null'),
  durations: z.enum(['clock', 'seconds', 'days']).default('clock').meta({ advanced: true }),
  mergedCells: z.enum(['first', 'fill']).default('first').meta({ advanced: true }),
  hiddenRows: z.enum(['include', 'skip']).default('include').meta({ advanced: true }),
  hiddenColumns: z.enum(['include', 'skip']).default('include').meta({ advanced: true }),
  skipLastRows: z.number().int().min(0).max(1000).default(0).meta({ advanced: true }),
  emptyRows: z.enum(['skip', 'keep', 'all']).default('skip').meta({ advanced: true }),
});

export type ExcelOptions = z.output<typeof schema>;

export const excelOptions = defineOptions(schema, EXCEL_OPTION_TEXTS);
