// Options of the filter step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import type { FilterExpression } from '../../contract/filter.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { texts } from './texts.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const column = columnSchema;
const ignoreCase = z.boolean().optional();

const expression: z.ZodType<FilterExpression, unknown> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.enum(['and', 'or']), of: z.array(expression) }),
    z.strictObject({ op: z.literal('not'), of: expression }),
    z.strictObject({ op: z.enum(['=', '!=', '<', '<=', '>', '>=']), column, value, ignoreCase }),
    z.strictObject({ op: z.literal('between'), column, low: value, high: value }),
    z.strictObject({
      op: z.literal('in-range'),
      column,
      from: value.optional(),
      to: value.optional(),
    }),
    z.strictObject({ op: z.literal('in'), column, values: z.array(value), ignoreCase }),
    z.strictObject({
      op: z.enum(['contains', 'starts-with', 'ends-with', 'matches']),
      column,
      value: z.string(),
      ignoreCase,
    }),
    z.strictObject({ op: z.literal('is-null'), column }),
  ]),
);

const MAX_DEPTH = 500;

/** Refuses trees too deep to walk before anything walks them. */
function isShallow(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null && 'of' in node ? [node.of].flat() : [],
    );
  }
  return true;
}

const where = z
  .unknown()
  .refine(isShallow, { error: `is nested more than ${MAX_DEPTH} levels deep`, abort: true })
  .pipe(z.union([z.string(), expression]).nullable())
  .default(null)
  .meta({ kind: 'json' });

export const filterOptions = defineOptions(z.object({ where }), texts);

export type FilterOptions = typeof filterOptions.defaults;
