// Intervals from samples: as wide as neighbours differ, and right about as often as they say.
import { expect, it } from 'vitest';
import { createRandom } from '../table/random.ts';
import { relativeSpread, spreadOrder } from './estimate.ts';

it('orders numbers so that each beginning is spread over all', () => {
  expect(spreadOrder(16).slice(0, 5)).toEqual([0, 8, 4, 12, 2]);
  expect(spreadOrder(1)).toEqual([0]);
  expect(spreadOrder(0)).toEqual([]);
  for (const count of [2, 3, 7, 33])
    expect(spreadOrder(count).toSorted((a, b) => a - b)).toEqual([...Array(count).keys()]);
});

it('knows the whole, and nothing of one group', () => {
  expect(relativeSpread([{ weight: 1, amount: 5 }], 1)).toBe(0);
  expect(relativeSpread([{ weight: 1, amount: 5 }], 10)).toBe(Infinity);
  const same = Array.from({ length: 16 }, () => ({ weight: 2, amount: 7 }));
  expect(relativeSpread(same, 100)).toBeCloseTo(0);
});

it('is not misled by what changes once along the source', () => {
  const step = Array.from({ length: 16 }, (_, i) => ({ weight: 1, amount: i < 8 ? 10 : 30 }));
  const mixed = Array.from({ length: 16 }, (_, i) => ({ weight: 1, amount: i % 2 ? 10 : 30 }));
  expect(relativeSpread(step, 100)).toBeLessThan(0.15);
  expect(relativeSpread(mixed, 100)).toBeGreaterThan(0.3);
});

it('holds the true total in at least 17 of 20 cases', () => {
  const random = createRandom(7);
  const next = (): number => random();
  let within = 0;
  const cases = 400;
  for (let n = 0; n < cases; n++) {
    const all = Array.from({ length: 800 }, () => 50 + 100 * next() ** 3);
    const total = all.reduce((sum, size) => sum + size, 0);
    const sample = all.filter((_, i) => i % 50 === 25);
    const scale = all.length / sample.length;
    const estimate = scale * sample.reduce((sum, size) => sum + size, 0);
    const off =
      relativeSpread(
        sample.map((amount) => ({ weight: 1, amount })),
        scale,
      ) * estimate;
    if (Math.abs(total - estimate) <= off) within++;
  }
  expect(within / cases).toBeGreaterThan(0.85);
});
