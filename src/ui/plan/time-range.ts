// Stretches of time as filters: relative ones move with the run's clock, a range has two ends, half-open.
import type { ColumnRef, FilterExpression } from '../../contract/filter.ts';
import { timeWords } from './data-words.en.ts';

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

/** Ends of a range as the filter has them; empty = open. */
export interface Ends {
  from: string;
  to: string;
}

/** What a stored step says of a column. */
export interface StoredStretch {
  column: ColumnRef;
  stretch: Stretch;
  /** Of a range only. */
  ends: Ends | null;
}

/** The filter of a stretch that is relative to now, for a column of dates or of timestamps; null for all and for a range. */
export function relativeTo(
  stretch: Stretch,
  column: ColumnRef,
  isDate: boolean,
): FilterExpression | null {
  switch (stretch) {
    case 'day':
      // Of dates those of which any hour may lie so: today and the day before.
      return isDate
        ? { op: 'in-last', column, count: 2, unit: 'day' }
        : { op: 'in-last', column, count: 24, unit: 'hour' };
    case 'week':
      return { op: 'in-last', column, count: 7, unit: 'day' };
    case 'month':
      return { op: 'in-last', column, count: 30, unit: 'day' };
    case 'this-month':
      return { op: 'in-period', column, unit: 'month', offset: 0 };
    case 'last-month':
      return { op: 'in-period', column, unit: 'month', offset: -1 };
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

/** What a step holds; null for a condition that is no stretch of time offered here. */
export function readStretch(where: unknown): StoredStretch | null {
  if (where === null || typeof where !== 'object') return null;
  const each = where as FilterExpression;
  if (each.op === 'in-range') {
    const ends = { from: String(each.from ?? ''), to: String(each.to ?? '') };
    return { column: each.column, stretch: 'range', ends };
  }
  if (each.op !== 'in-last' && each.op !== 'in-period') return null;
  const { column } = each;
  const said = JSON.stringify(each);
  const found = STRETCHES.find((stretch) =>
    [true, false].some((isDate) => isSame(relativeTo(stretch, column, isDate), said)),
  );
  return found === undefined ? null : { column, stretch: found, ends: null };
}

/** In words: `Last month`, `2026-01-01 to 2026-02-01`. */
export function saysOf({ stretch, ends }: StoredStretch): string {
  const words = timeWords;
  return ends === null ? words.stretches[stretch] : words.says(ends);
}

/** Whether two conditions say the same, whatever the order of their keys. */
function isSame(one: FilterExpression | null, other: string): boolean {
  const sorted = (value: object): string =>
    JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return one !== null && sorted(one) === sorted(JSON.parse(other) as object);
}
