// The shape of column references in options: plain names, or a name with its number among equal names.
import { z } from 'zod';
import type { ColumnRef } from './filter.ts';

/** `{name, nth?}`; `nth` is a whole number from 0. */
export const columnRefSchema: z.ZodType<ColumnRef, ColumnRef> = z.strictObject({
  name: z.string(),
  nth: z.int().min(0).optional(),
});

/** A plain name, or `{name, nth?}`. A plain name comes out as `{name}`. */
export const columnSchema: z.ZodType<ColumnRef, ColumnRef | string> = z
  .union([z.string().transform((name): ColumnRef => ({ name })), columnRefSchema])
  .meta({ kind: 'column', numbered: true });

/** A column's plain name: the first of that name. */
export const columnNameSchema = z.string().meta({ kind: 'column' });
