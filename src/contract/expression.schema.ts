// Checks expressions given as JSON trees: their shape, their numbers, and that they are not too deep to walk.
import { z } from 'zod';
import { parseTypeName } from '../table/data-type.ts';
import { columnSchema } from './column-ref.schema.ts';
import { TIME_STEPS, type Expression } from './expression.ts';

/** Most levels of a tree, of objects and lists. */
const MAX_DEPTH = 500;

/** Refuses trees too deep to walk before anything walks them; to be piped into the schema of the tree. */
export const shallowSchema = z.unknown().refine(isShallow, {
  error: `is nested more than ${MAX_DEPTH} levels deep`,
  abort: true,
});

function isShallow(root: unknown): boolean {
  let level: object[] = typeof root === 'object' && root !== null ? [root] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((node) =>
      Object.values(node).filter((value) => typeof value === 'object' && value !== null),
    );
  }
  return true;
}

/** The switches of folding, to be spread into conditions. */
export const foldingShape = {
  ignoreCase: z.boolean().optional(),
  ignoreAccents: z.boolean().optional(),
};

export const timeStepSchema = z.enum(TIME_STEPS as [(typeof TIME_STEPS)[number]]);
export const stepCountSchema = z.int().min(1).max(999_999);
export const periodOffsetSchema = z.union([z.literal(-1), z.literal(0), z.literal(1)]);

const of = z.lazy(() => expressionSchema);
const list = z.array(of);
const [left, right, low, high, value] = [of, of, of, of, of];

/** An expression as JSON; a column may be a plain name. */
export const expressionSchema: z.ZodType<Expression, unknown> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({
      op: z.literal('number'),
      value: z
        .string()
        .regex(/^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/, 'must be digits as text, such as "1.10"'),
    }),
    z.strictObject({ op: z.literal('text'), value: z.string() }),
    z.strictObject({ op: z.literal('bool'), value: z.boolean() }),
    z.strictObject({ op: z.literal('null') }),
    z.strictObject({
      op: z.literal('interval'),
      count: z.int().min(-999_999).max(999_999),
      unit: timeStepSchema,
    }),
    z.strictObject({ op: z.literal('column'), column: columnSchema }),
    z.strictObject({ op: z.enum(['negate', 'not', 'is-null']), of }),
    z.strictObject({ op: z.enum(['+', '-', '*', '/', '%', '||']), left, right }),
    z.strictObject({ op: z.enum(['=', '!=', '<', '<=', '>', '>=']), left, right, ...foldingShape }),
    z.strictObject({ op: z.enum(['and', 'or']), of: list }),
    z.strictObject({ op: z.literal('between'), of, low, high }),
    z.strictObject({
      op: z.literal('in-range'),
      of,
      from: of.optional(),
      to: of.optional(),
    }),
    z.strictObject({ op: z.literal('in'), of, values: list, ...foldingShape }),
    z.strictObject({
      op: z.enum(['contains', 'starts-with', 'ends-with', 'matches']),
      of,
      value,
      ...foldingShape,
    }),
    z.strictObject({
      op: z.enum(['in-last', 'in-next']),
      of,
      count: stepCountSchema,
      unit: timeStepSchema,
    }),
    z.strictObject({
      op: z.literal('in-period'),
      of,
      unit: timeStepSchema,
      offset: periodOffsetSchema,
    }),
    z.strictObject({
      op: z.literal('case'),
      of: of.optional(),
      when: z.array(z.strictObject({ if: of, then: of })).min(1, 'must have a branch'),
      else: of.optional(),
    }),
    z.strictObject({
      op: z.literal('cast'),
      of,
      to: z.string().refine((name) => parseTypeName(name) !== null, 'is not a type such as int64'),
      onMisfit: z.literal('null').optional(),
    }),
    z.strictObject({
      op: z.literal('call'),
      name: z.string().regex(/^[\p{Ll}_][\p{L}\p{N}_.$]*$/u, 'must be a function name'),
      of: list,
    }),
  ]),
);
