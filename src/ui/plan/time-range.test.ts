// Tests of the stretches of time: what is stored, and that it is read back as it was.
import { describe, expect, it } from 'vitest';
import { rangeOf, readStretch, relativeTo, STRETCHES } from './time-range.ts';

const AT = { name: 'at', nth: 1 };

describe('relative stretches', () => {
  it('move with the clock: no instant is stored', () => {
    expect(relativeTo('day', AT, false)).toEqual({
      op: 'in-last',
      column: AT,
      count: 24,
      unit: 'hour',
    });
    expect(relativeTo('last-month', AT, true)).toEqual({
      op: 'in-period',
      column: AT,
      unit: 'month',
      offset: -1,
    });
  });

  it('are known again, for dates and for times', () => {
    for (const stretch of STRETCHES)
      for (const isDate of [true, false]) {
        const where = relativeTo(stretch, AT, isDate);
        if (where === null) expect(['all', 'range']).toContain(stretch);
        else expect(readStretch(where)).toEqual({ column: AT, stretch, ends: null });
      }
    expect(readStretch({ unit: 'day', count: 7, column: AT, op: 'in-last' })?.stretch).toBe('week');
  });

  it('are not taken for others', () => {
    expect(readStretch({ op: 'in-last', column: AT, count: 8, unit: 'day' })).toBeNull();
    expect(readStretch({ op: 'is-null', column: AT })).toBeNull();
    expect(readStretch("at > '2026'")).toBeNull();
  });
});

describe('a range', () => {
  it('is read back as it was', () => {
    const ends = { from: '2026-01-01', to: '' };
    const range = rangeOf(AT, ends);
    expect(range).toEqual({ op: 'in-range', column: AT, from: '2026-01-01' });
    expect(readStretch(range)).toEqual({ column: AT, stretch: 'range', ends });
    expect(rangeOf({ name: 'at' }, { from: '', to: '' })).toBeNull();
  });
});
