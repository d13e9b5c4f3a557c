// The measures of groups that there are.

/** Ids of the measures: they stand in users' configs. */
export const MEASURE_OPS = [
  'count',
  'count-distinct',
  'approx-count-distinct',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'percentile',
  'approx-percentile',
  'stddev',
  'stddev-pop',
  'variance',
  'variance-pop',
  'first',
  'last',
  'mode',
  'list',
] as const;

export type MeasureOp = (typeof MEASURE_OPS)[number];
