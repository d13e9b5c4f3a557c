// What columns the measures take that the editor offers.

/** Measures of numbers alone. */
export const OF_NUMBERS: ReadonlySet<string> = new Set([
  'sum',
  'avg',
  'median',
  'percentile',
  'approx-percentile',
  'stddev',
  'stddev-pop',
  'variance',
  'variance-pop',
]);

/** Measures that say which percentile. */
export const OF_PERCENT: ReadonlySet<string> = new Set(['percentile', 'approx-percentile']);
