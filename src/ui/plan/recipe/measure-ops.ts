// The measures that the editor offers, and what columns they take.
import type { recipeWords } from './messages.en.ts';

export type MeasureWord = keyof typeof recipeWords.aggregate.ops;

/** In the order of the menu; each is one that the engine takes. */
export const OFFERED_MEASURES: readonly MeasureWord[] = [
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
];

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
