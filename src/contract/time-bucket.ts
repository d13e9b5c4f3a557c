// Buckets of time as configs name them.

/** How long a bucket of time is. */
export type BucketUnit =
  'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export const BUCKET_UNITS: readonly BucketUnit[] = [
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
];

export type WeekStart = 'monday' | 'sunday' | 'saturday';

/** Stretches of `count` units (at least 1) on the calendar of `zone` (missing: the config's). Weeks begin on Monday by default. */
export interface BucketSize {
  unit: BucketUnit;
  count: number;
  zone?: string;
  weekStart?: WeekStart;
}
