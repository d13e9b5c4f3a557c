// The shape of what the options of the excel format say about cells and columns.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';

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
  .transform((text) => text.replace('#', '').toUpperCase());

const styleShape = {
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
