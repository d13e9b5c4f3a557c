// The options of the aggregate step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { filterSchema } from '../../contract/filter.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { MEASURE_OPS } from '../../grouping/measures.ts';
import { groupsOfText, measuresOfText } from './short-form.ts';
import { AGGREGATE_TEXTS } from './texts.ts';

const group = z.strictObject({
  column: columnSchema,
  as: z.string().optional(),
});

const groupOrName = z.preprocess(
  (value) => (typeof value === 'string' ? { column: value } : value),
  group,
);

const measure = z
  .strictObject({
    op: z.enum(MEASURE_OPS),
    column: columnSchema.optional(),
    as: z.string().optional(),
  })
  .refine(({ op, column }) => op === 'count' || column !== undefined, 'needs a column');

export type GroupOption = z.output<typeof group>;
export type MeasureOption = z.output<typeof measure>;

export const aggregateOptions = defineOptions(
  z.object({
    groups: z.preprocess(groupsOfText, z.array(groupOrName)).default([]).meta({ kind: 'json' }),
    measures: z.preprocess(measuresOfText, z.array(measure)).default([]).meta({ kind: 'json' }),
    having: filterSchema,
  }),
  AGGREGATE_TEXTS,
);

export type AggregateOptions = typeof aggregateOptions.defaults;
