// The options of the aggregate step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { filterSchema } from '../../contract/filter.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { BUCKET_UNITS, type BucketUnit } from '../../contract/time-bucket.ts';
import { MEASURE_OPS } from '../../grouping/measures.ts';
import { createZoneOffset } from '../../table/zone-offset.ts';
import { groupsOfText, measuresOfText } from './short-form.ts';
import { AGGREGATE_TEXTS } from './texts.ts';

const isZone = (zone: string): boolean => {
  try {
    createZoneOffset(zone);
    return true;
  } catch {
    return false;
  }
};

const bucket = z.strictObject({
  unit: z.enum(BUCKET_UNITS as [BucketUnit, ...BucketUnit[]]),
  count: z.int().min(1).max(1_000_000).default(1),
  zone: z.string().refine(isZone, 'is no time zone that is known here').optional(),
  weekStart: z.enum(['monday', 'sunday', 'saturday']).optional(),
});

const group = z.strictObject({
  column: columnSchema,
  bucket: bucket.optional(),
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
    p: z.number().min(0).max(100).optional(),
    as: z.string().optional(),
  })
  .refine(({ op, column }) => op === 'count' || column !== undefined, 'needs a column')
  .refine(
    ({ op, p }) => (p !== undefined) === op.endsWith('percentile'),
    'of a percentile has “p” from 0 to 100, any other measure has none',
  );

export type GroupOption = z.output<typeof group>;
export type MeasureOption = z.output<typeof measure>;

export const aggregateOptions = defineOptions(
  z.object({
    groups: z.preprocess(groupsOfText, z.array(groupOrName)).default([]).meta({ kind: 'json' }),
    measures: z.preprocess(measuresOfText, z.array(measure)).default([]).meta({ kind: 'json' }),
    having: filterSchema,
    subtotals: z.enum(['none', 'total', 'rollup']).default('none'),
    fillEmpty: z.boolean().default(false),
  }),
  AGGREGATE_TEXTS,
);

export type AggregateOptions = typeof aggregateOptions.defaults;
