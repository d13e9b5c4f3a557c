// Buckets of time as configs name them.
import type { TimeStep } from './expression.ts';

export type WeekStart = 'monday' | 'sunday' | 'saturday';

/** Stretches of `count` units (at least 1) on the calendar of `zone` (missing: the config's). Weeks begin on Monday by default. */
export interface BucketSize {
  unit: TimeStep;
  count: number;
  zone?: string;
  weekStart?: WeekStart;
}
