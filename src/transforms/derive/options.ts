// Options of the derive step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { expressionSchema, shallowSchema } from '../../contract/expression.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { texts } from './texts.ts';

const column = z
  .strictObject({
    name: z.string(),
    /** The text form, or the tree. */
    expression: shallowSchema.pipe(z.union([z.string(), expressionSchema])),
    before: columnSchema.optional(),
    after: columnSchema.optional(),
    /** `true`: the column of its own name. */
    replace: z.union([z.literal(true), columnSchema]).optional(),
  })
  .refine(
    ({ before, after, replace }) =>
      [before, after, replace].filter((place) => place !== undefined).length <= 1,
    'can have one of “before”, “after” and “replace”',
  );

export type DerivedColumn = z.output<typeof column>;

/** A map of names to expressions is a short form of the list; entries() keeps hostile keys like `__proto__` as labels. */
function listOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([name, expression]) => ({
    name,
    expression: expression as unknown,
  }));
}

export const deriveOptions = defineOptions(
  z.object({
    columns: z.preprocess(listOfMap, z.array(column)).default([]).meta({ kind: 'json' }),
    onError: z.enum(['reject', 'null', 'fail']).default('reject'),
  }),
  texts,
);

export type DeriveOptions = typeof deriveOptions.defaults;
