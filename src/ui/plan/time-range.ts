// Stretches of time, half-open, as fixed instants of the plan's zone UTC.
import type { FilterExpression, ColumnRef } from '../../contract/filter.ts';

export type Stretch = 'all' | 'day' | 'week' | 'month' | 'this-month' | 'last-month' | 'range';

export const STRETCHES: readonly Stretch[] = [
  'all',
  'day',
  'week',
  'month',
  'this-month',
  'last-month',
  'range',
];

/** Ends of a stretch as the filter has them; empty = open. */
export interface Ends {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

/** The stretch as it lies now, for a column of dates or of timestamps; null for those that have no ends of their own. */
export function endsOf(stretch: Stretch, nowMs: number, isDate: boolean): Ends | null {
  const now = new Date(nowMs);
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const write = (ms: number): string => {
    const text = new Date(ms).toISOString();
    return isDate ? text.slice(0, 10) : text.slice(0, 19);
  };
  const back = (days: number): Ends =>
    isDate
      ? // Whole days: the day of today counts, so the end is tomorrow.
        { from: write(nowMs - (days - 1) * DAY_MS), to: write(nowMs + DAY_MS) }
      : { from: write(nowMs - days * DAY_MS), to: write(nowMs) };
  switch (stretch) {
    case 'day':
      return isDate ? back(2) : back(1);
    case 'week':
      return back(7);
    case 'month':
      return back(30);
    case 'this-month':
      return { from: write(Date.UTC(year, month, 1)), to: write(Date.UTC(year, month + 1, 1)) };
    case 'last-month':
      return { from: write(Date.UTC(year, month - 1, 1)), to: write(Date.UTC(year, month, 1)) };
    default:
      return null;
  }
}

/** null when both ends are open. */
export function rangeOf(column: ColumnRef, { from, to }: Ends): FilterExpression | null {
  if (from === '' && to === '') return null;
  return {
    op: 'in-range',
    column,
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
  };
}

/** Column and ends of a stored stretch; null when the step holds something else. */
export function readRange(where: unknown): { column: ColumnRef; ends: Ends } | null {
  if (where === null || typeof where !== 'object') return null;
  const each = where as FilterExpression;
  if (each.op !== 'in-range') return null;
  return {
    column: each.column,
    ends: { from: String(each.from ?? ''), to: String(each.to ?? '') },
  };
}
