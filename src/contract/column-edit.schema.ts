// The shape of what users settle about a column, in configs and in steps.
import { z } from 'zod';
import { parseTypeName } from '../table/data-type.ts';

/** A type's name as `typeName` writes it. */
export const typeNameSchema = z
  .string()
  .refine((name) => parseTypeName(name) !== null, 'is not a type such as int64 or decimal(12,2)');

/** How values are read: type, pattern, number signs, texts for null, and what becomes of those that do not fit. */
export const COLUMN_READING_SHAPE = {
  type: typeNameSchema.optional(),
  onMisfit: z.enum(['reject', 'null', 'fail']).optional(),
  pattern: z
    .strictObject({ text: z.string().min(1), tokens: z.enum(['cldr', 'moment', 'strftime']) })
    .optional(),
  numbers: z
    .strictObject({
      decimalSign: z.string().length(1),
      groupSign: z.string().length(1).optional(),
    })
    .optional(),
  nullTexts: z.array(z.string()).optional(),
};
