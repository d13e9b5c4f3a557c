// The shape of pivot tables in the options of the excel format.
import { z } from 'zod';
import { columnSchema } from '../../../contract/column-ref.schema.ts';
import { PIVOT_FUNCTIONS, PIVOT_LAYOUTS, PIVOT_TOTALS } from './model.ts';

/** One stands for a list of it. */
const columns = z
  .preprocess(
    (value) =>
      value === undefined || value === null || Array.isArray(value) ? (value ?? []) : [value],
    z.array(columnSchema).max(64),
  )
  .default([]);

const value = z.strictObject({
  column: columnSchema,
  function: z.enum(PIVOT_FUNCTIONS).default('sum'),
  name: z.string().max(255).optional(),
  numberFormat: z.string().max(255).default(''),
});

/** A column's name alone stands for its sum. */
const valueOrName = z.preprocess(
  (given) => (typeof given === 'string' ? { column: given } : given),
  value,
);

const pivot = z.strictObject({
  sheet: z.string().default('Pivot'),
  /** The data set whose rows are summed up; missing = the first. */
  dataset: z.string().optional(),
  rows: columns,
  columns,
  filters: columns,
  values: z.preprocess(
    (given) => (Array.isArray(given) ? given : [given]),
    z.array(valueOrName).min(1, 'needs at least one column of values').max(64),
  ),
  layout: z.enum(PIVOT_LAYOUTS).default('compact'),
  subtotals: z.boolean().default(true),
  grandTotals: z.enum(PIVOT_TOTALS).default('both'),
  /** Writes the sums into cells too, for programs that do not refresh it. */
  writeValues: z.boolean().default(true),
  style: z
    .string()
    .regex(
      /^PivotStyle(?:Light|Medium|Dark)(?:1?\d|2[0-8])$/,
      'is no style, such as PivotStyleLight16',
    )
    .default('PivotStyleLight16'),
});

/** None by default; one stands for a list of it. */
export const pivotsSchema = z
  .preprocess(
    (given) =>
      typeof given === 'object' && given !== null && !Array.isArray(given) ? [given] : given,
    z.array(pivot).max(50),
  )
  .default([])
  .meta({ kind: 'json', panel: true });

export type PivotOptions = z.output<typeof pivot>;
