// Tests of the stretches of time: their ends, half-open, in UTC, whatever the machine's zone.
import { describe, expect, it } from 'vitest';
import { endsOf, rangeOf, readRange } from './time-range.ts';

const NOW = Date.UTC(2026, 0, 31, 23, 30, 15);

describe('endsOf', () => {
  it('counts back from now for timestamps', () => {
    expect(endsOf('day', NOW, false)).toEqual({
      from: '2026-01-30T23:30:15',
      to: '2026-01-31T23:30:15',
    });
    expect(endsOf('week', NOW, false)?.from).toBe('2026-01-24T23:30:15');
  });

  it('takes whole days for dates, today among them', () => {
    expect(endsOf('week', NOW, true)).toEqual({ from: '2026-01-25', to: '2026-02-01' });
    expect(endsOf('day', NOW, true)).toEqual({ from: '2026-01-30', to: '2026-02-01' });
  });

  it('knows months, over the turn of the year too', () => {
    expect(endsOf('this-month', NOW, true)).toEqual({ from: '2026-01-01', to: '2026-02-01' });
    expect(endsOf('last-month', NOW, false)).toEqual({
      from: '2025-12-01T00:00:00',
      to: '2026-01-01T00:00:00',
    });
  });

  it('has none for all and for an own range', () => {
    expect(endsOf('all', NOW, true)).toBeNull();
    expect(endsOf('range', NOW, true)).toBeNull();
  });
});

describe('the stored range', () => {
  it('is read back as it was', () => {
    const ends = { from: '2026-01-01', to: '' };
    const range = rangeOf({ name: 'at', nth: 1 }, ends);
    expect(range).toEqual({ op: 'in-range', column: { name: 'at', nth: 1 }, from: '2026-01-01' });
    expect(readRange(range)).toEqual({ column: { name: 'at', nth: 1 }, ends });
    expect(rangeOf({ name: 'at' }, { from: '', to: '' })).toBeNull();
    expect(readRange("at > '2026'")).toBeNull();
  });
});
