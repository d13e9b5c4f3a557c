// The options of the validate step.
import { z } from 'zod';
import { typeNameSchema } from '../../contract/column-edit.schema.ts';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { VALIDATE_TEXTS } from './texts.ts';

const bound = z.union([z.number(), z.string()]);
const length = z.int().min(0);

const column = z.strictObject({
  column: columnSchema,
  required: z.boolean().default(false),
  type: typeNameSchema.optional(),
  min: bound.optional(),
  max: bound.optional(),
  pattern: z.string().optional(),
  values: z.array(bound).min(1).optional(),
  minLength: length.optional(),
  maxLength: length.optional(),
});

export type ColumnRules = z.output<typeof column>;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A map of names to rules is a short form of the list; entries() keeps hostile keys like `__proto__` as labels. */
const columnsOfMap = (value: unknown): unknown =>
  isMap(value)
    ? Object.entries(value).map(([name, rules]) => ({ column: name, ...(rules as object) }))
    : value;

/** One column is a key of one. */
const key = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]),
  z.array(columnSchema).min(1),
);

const condition = z.strictObject({ name: z.string(), where: z.string() });

/** A map of names to conditions; a condition alone is its own name. */
const conditionsOf = (value: unknown): unknown => {
  if (isMap(value)) return Object.entries(value).map(([name, where]) => ({ name, where }));
  if (!Array.isArray(value)) return value;
  return value.map((each: unknown) =>
    typeof each === 'string' ? { name: each, where: each } : each,
  );
};

export const validateOptions = defineOptions(
  z.object({
    columns: z.preprocess(columnsOfMap, z.array(column)).default([]).meta({ kind: 'json' }),
    unique: z.array(key).default([]).meta({ kind: 'json' }),
    rules: z.preprocess(conditionsOf, z.array(condition)).default([]).meta({ kind: 'json' }),
    action: z.enum(['reject', 'report', 'fail']).default('reject'),
  }),
  VALIDATE_TEXTS,
);

export type ValidateOptions = typeof validateOptions.defaults;
