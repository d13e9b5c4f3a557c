// The number of different values is never said to be larger than that of values.
import { expect, it } from 'vitest';
import { ValueCounts } from './profile-values.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

it.each([3_000, 10_000, 30_000])('of %i values that are all different', (size) => {
  const counts = Array.from({ length: 12 }, (_, seed) => {
    const values = new ValueCounts(1_000);
    for (let i = 0; i < size; i++) {
      const bytes = bytesOf(`${seed} ${i}`);
      values.add(bytes, 0, bytes.length, () => `${i}`);
    }
    return values.distinct();
  });
  expect(counts.every(({ isEstimate }) => isEstimate)).toBe(true);
  // An estimate errs to either side, so that some of twelve would be larger.
  for (const { count } of counts) expect(count).toBeLessThanOrEqual(size);
  for (const { count } of counts) expect(count).toBeGreaterThan(size * 0.96);
  expect(counts.some(({ count }) => count === size)).toBe(true);
});
