// The options of the replace-values step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { REPLACE_TEXTS } from './texts.ts';

const text = z.string().nullable();

/** A map of texts is a short form of the list; entries() keeps hostile keys like `__proto__` as texts. */
function listOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([from, to]) => ({ from, to: to as unknown }));
}

const column = z.strictObject({
  column: columnSchema,
  values: z.preprocess(listOfMap, z.array(z.strictObject({ from: text, to: text }))),
  other: z.enum(['keep', 'null', 'fail']).default('keep'),
  match: z.enum(['text', 'value']).default('text'),
});

export type ReplacedColumn = z.output<typeof column>;

/** `{status: {a: 'Active'}}` is short for a list of columns with their values. */
function columnsOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([name, values]) => ({
    column: name,
    values: values as unknown,
  }));
}

export const replaceOptions = defineOptions(
  z.object({
    columns: z.preprocess(columnsOfMap, z.array(column)).default([]).meta({ kind: 'json' }),
  }),
  REPLACE_TEXTS,
);

export type ReplaceOptions = typeof replaceOptions.defaults;
