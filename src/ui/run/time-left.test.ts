// Share and time left: what is unknown stays unknown, and forecasts that agree are sure.
import { expect, test } from 'vitest';
import type { Progress } from '../../contract/report.ts';
import { foretell, shareOf, spreadOf } from './time-left.ts';

const progress = (part: Partial<Progress>): Progress => ({
  jobId: 'job',
  phase: 'reading',
  rowsIn: 0,
  rowsOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  bytesTotal: null,
  elapsedMs: 0,
  bytesPerSecond: 0,
  rowsPerSecond: 0,
  etaMs: null,
  ...part,
});

test('the share goes by bytes, else by rows of a known number, else it is unknown', () => {
  const known = { rows: 10, isExact: true };
  expect(shareOf(null, known)).toBeUndefined();
  expect(shareOf(progress({ rowsIn: 5 }), null)).toBeUndefined();
  expect(shareOf(progress({ rowsIn: 5 }), { rows: 10, isExact: false })).toBeUndefined();
  expect(shareOf(progress({ rowsIn: 5 }), known)).toBe(0.5);
  expect(shareOf(progress({ rowsIn: 5, bytesIn: 30, bytesTotal: 40 }), known)).toBe(0.75);
  expect(shareOf(progress({ bytesIn: 50, bytesTotal: 40 }), null)).toBe(1);
});

test('the spread is half of what the last forecasts differ by, and old ones are forgotten', () => {
  let foretold: readonly number[] = [];
  const at = (elapsedMs: number, etaMs: number | null) => {
    foretold = foretell(foretold, progress({ elapsedMs, etaMs }));
  };
  at(0, null);
  expect(foretold).toEqual([]);
  at(100, 9900);
  at(200, 4800);
  at(300, 4700);
  at(400, 4600);
  expect(spreadOf(foretold)).toBeNull();
  at(500, 4500);
  expect(spreadOf(foretold)).toBe(2500);
  for (let i = 0; i < 30; i++) at(600 + i, 4400 - i);
  expect(spreadOf(foretold)).toBe(0);
});
