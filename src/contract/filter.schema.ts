// Checks filters given as JSON trees: their shape, and that they are not too deep to walk.
import { z } from 'zod';
import { columnSchema } from './column-ref.schema.ts';
import {
  expressionSchema,
  foldingShape,
  periodOffsetSchema,
  shallowSchema,
  stepCountSchema,
  timeStepSchema,
} from './expression.schema.ts';
import type { FilterExpression } from './filter.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const column = columnSchema;

const expression: z.ZodType<FilterExpression, unknown> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.enum(['and', 'or']), of: z.array(expression) }),
    z.strictObject({ op: z.literal('not'), of: expression }),
    z.strictObject({
      op: z.enum(['=', '!=', '<', '<=', '>', '>=']),
      column,
      value,
      ...foldingShape,
    }),
    z.strictObject({ op: z.literal('between'), column, low: value, high: value }),
    z.strictObject({
      op: z.literal('in-range'),
      column,
      from: value.optional(),
      to: value.optional(),
    }),
    z.strictObject({ op: z.literal('in'), column, values: z.array(value), ...foldingShape }),
    z.strictObject({
      op: z.enum(['contains', 'starts-with', 'ends-with', 'matches']),
      column,
      value: z.string(),
      ...foldingShape,
    }),
    z.strictObject({ op: z.literal('is-null'), column }),
    z.strictObject({
      op: z.literal('compare'),
      left: expressionSchema,
      is: z.enum(['=', '!=', '<', '<=', '>', '>=']),
      right: expressionSchema,
      ...foldingShape,
    }),
    z.strictObject({
      op: z.enum(['in-last', 'in-next']),
      column,
      count: stepCountSchema,
      unit: timeStepSchema,
    }),
    z.strictObject({
      op: z.literal('in-period'),
      column,
      unit: timeStepSchema,
      offset: periodOffsetSchema,
    }),
    z.strictObject({ op: z.literal('is-true'), of: expressionSchema }),
  ]),
);

/** A filter as text or as a tree; null: none. */
export const filterSchema = shallowSchema
  .pipe(z.union([z.string(), expression]).nullable())
  .default(null)
  .meta({ kind: 'json' });
