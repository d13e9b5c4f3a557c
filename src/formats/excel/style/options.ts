// The shape of what the options of the excel format say about cells and columns.
import { z } from 'zod';
import { columnSchema } from '../../../contract/column-ref.schema.ts';
import { LONGEST_FORMULA } from '../row-formulas.ts';
import { TOTAL_FUNCTIONS, type TotalFunction } from '../totals.ts';

/** Styles of tables that every Excel has, of each kind some. */
export const TABLE_STYLES = [
  'TableStyleLight1',
  'TableStyleLight9',
  'TableStyleLight15',
  'TableStyleMedium1',
  'TableStyleMedium2',
  'TableStyleMedium3',
  'TableStyleMedium4',
  'TableStyleMedium7',
  'TableStyleMedium9',
  'TableStyleMedium15',
  'TableStyleDark1',
  'TableStyleDark2',
] as const;

export const color = z
  .string()
  .regex(/^#?[\dA-Fa-f]{6}$/, 'is no colour: six hexadecimal digits, such as #2f6fde')
  .transform((text) => text.replace('#', '').toUpperCase())
  .meta({ kind: 'color' });

export const styleShape = {
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  underline: z.boolean().optional(),
  font: z.string().min(1).max(31).optional(),
  size: z.number().min(1).max(409).optional(),
  color: color.optional(),
  fill: color.optional(),
  align: z.enum(['left', 'center', 'right']).optional(),
  valign: z.enum(['top', 'center', 'bottom']).optional(),
  wrap: z.boolean().optional(),
};

/** How cells look; what is not said stays as it is. */
export const cellStyle = z.strictObject(styleShape);

/** One column: how wide it is and how its cells look. */
export const columnSettings = z.strictObject({
  column: columnSchema,
  ...styleShape,
  /** In characters. */
  width: z.number().min(0).max(255).optional(),
  hidden: z.boolean().optional(),
  /** Excel's code for numbers and dates. */
  format: z.string().max(255).optional(),
});

/** A column of formulas behind those of the data. */
export const formulaColumn = z.strictObject({
  name: z.string().min(1).max(255),
  /** `{price}*{count}`: columns of the row in braces. */
  formula: z.string().min(1).max(LONGEST_FORMULA).meta({ kind: 'formula' }),
  format: z.string().max(255).optional(),
  width: z.number().min(0).max(255).optional(),
});

const functions = Object.keys(TOTAL_FUNCTIONS) as [TotalFunction, ...TotalFunction[]];

/** One column's total. */
export const total = z.strictObject({
  column: columnSchema,
  function: z.enum(functions).default('sum'),
});

/** A remark that the name of a column shows when it is pointed at. */
export const note = z.strictObject({
  column: columnSchema,
  text: z.string().min(1).max(10_000).meta({ multiline: true }),
});
