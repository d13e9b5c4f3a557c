// Nothing that did not run counts as passed.
import { expect, it } from 'vitest';
import { settle, sumUp } from './count.mjs';

it.each([
  ['a runner that passed', 0, [3, 0, 1], [3, 0, 1]],
  ['a runner that failed tests', 1, [3, 2, 0], [3, 2, 0]],
  ['a runner that failed outside its tests', 1, [3, 0, 0], [3, 1, 0]],
  ['a runner that ran nothing', 0, [0, 0, 0], [0, 1, 0]],
  ['a runner that skipped all', 0, [0, 0, 5], [0, 1, 5]],
] as [string, number, number[], number[]][])('settles %s', (_name, code, given, expected) => {
  const toCount = ([passed = 0, failed = 0, skipped = 0]: number[]) => ({
    passed,
    failed,
    skipped,
  });
  expect(settle(code, toCount(given))).toEqual(toCount(expected));
});

it('sums up in one line', () => {
  const good = { passed: 2, failed: 0, skipped: 0 };
  expect(sumUp([good, good])).toEqual({
    line: '4 passed, 0 failed',
    skipped: '0 skipped',
    isGood: true,
  });
  expect(sumUp([good, { passed: 0, failed: 1, skipped: 2 }])).toEqual({
    line: '2 passed, 1 failed',
    skipped: '2 skipped',
    isGood: false,
  });
  expect(sumUp([]).isGood).toBe(false);
});
