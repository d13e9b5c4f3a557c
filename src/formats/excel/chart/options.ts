// The shape of charts in the options of the excel format.
import { z } from 'zod';
import { columnSchema } from '../../../contract/column-ref.schema.ts';
import { CHART_GROUPINGS, CHART_KINDS, COMBINES, LEGEND_PLACES } from './model.ts';

const color = z
  .string()
  .regex(/^#?[\dA-Fa-f]{6}$/, 'is no color: six hexadecimal digits, such as #2f6fde')
  .transform((text) => text.replace('#', '').toUpperCase());

const series = z.strictObject({
  column: columnSchema,
  name: z.string().optional(),
  color: color.optional(),
  /** In combined charts: as a line. Without any, the last series is one. */
  line: z.boolean().optional(),
  secondAxis: z.boolean().default(false),
});

/** A column's name alone stands for a series of it. */
const seriesOrName = z.preprocess(
  (value) => (typeof value === 'string' ? { column: value } : value),
  series,
);

/** One stands for a list of it. */
const seriesList = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]),
  z.array(seriesOrName).min(1, 'needs at least one column of values').max(255),
);

const anchor = z
  .string()
  .regex(/^[A-Za-z]{1,3}[1-9]\d{0,6}$/, 'is no cell, such as F2')
  .transform((text) => text.toUpperCase());

const size = z.int().min(80).max(4000);

const chart = z.strictObject({
  kind: z.enum(CHART_KINDS).default('column'),
  title: z.string().default(''),
  /** The data set whose rows are drawn; missing = the first. */
  dataset: z.string().optional(),
  category: columnSchema.optional(),
  values: seriesList,
  /** Rows of one category as one point; their sums stand on a sheet of their own. */
  combine: z.enum(COMBINES).default('none'),
  grouping: z.enum(CHART_GROUPINGS).default('clustered'),
  categoryTitle: z.string().default(''),
  valueTitle: z.string().default(''),
  secondTitle: z.string().default(''),
  /** Missing: at the right where there is more than one thing to tell apart. */
  legend: z.enum(LEGEND_PLACES).optional(),
  labels: z.boolean().default(false),
  numberFormat: z.string().max(255).default(''),
  /** A sheet of its own, which charts share that name the same; empty = beside the rows. */
  sheet: z.string().default(''),
  cell: anchor.optional(),
  width: size.default(640),
  height: size.default(360),
});

/** None by default; one stands for a list of it. */
export const chartsSchema = z
  .preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value,
    z.array(chart).max(100),
  )
  .default([])
  .meta({ kind: 'json', panel: true });

export type ChartOptions = z.output<typeof chart>;
