// The shapes of groups and measures in options: lists, or their short text forms.
import { z } from 'zod';
import { createZoneOffset } from '../table/zone-offset.ts';
import { columnSchema } from './column-ref.schema.ts';
import { shorten } from './errors.ts';
import { MEASURE_OPS } from './measure.ts';
import { groupsOfText, measuresOfText } from './measure-text.ts';
import { nearestNames } from './nearest-names.ts';
import { TIME_STEPS, type TimeStep } from './expression.ts';

const isZone = (zone: string): boolean => {
  try {
    createZoneOffset(zone);
    return true;
  } catch {
    return false;
  }
};

function noMeasure(op: unknown): string {
  if (typeof op !== 'string') return `must name a measure; there are ${MEASURE_OPS.join(', ')}`;
  const near = nearestNames(op, MEASURE_OPS);
  return `“${shorten(op, 40)}” is no measure; ${near.length > 0 ? `did you mean ${near.join(' or ')}` : `there are ${MEASURE_OPS.join(', ')}`}`;
}

const bucket = z.strictObject({
  unit: z.enum(TIME_STEPS as [TimeStep, ...TimeStep[]]),
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
    op: z.enum(MEASURE_OPS, { error: ({ input }) => noMeasure(input) }),
    column: columnSchema.optional(),
    p: z.number().min(0).max(100).optional(),
    as: z.string().optional(),
  })
  .refine(({ op, column }) => op === 'count' || column !== undefined, 'needs a column')
  .refine(
    ({ op, p }) => (p !== undefined) === op.endsWith('percentile'),
    'of a percentile has “p” from 0 to 100, any other measure has none',
  );

/** None by default. */
export const groupsSchema = z
  .preprocess(groupsOfText, z.array(groupOrName))
  .default([])
  .meta({ kind: 'json' });

/** None by default. */
export const measuresSchema = z
  .preprocess(measuresOfText, z.array(measure))
  .default([])
  .meta({ kind: 'json' });
