// The sample step: how many rows, fairly drawn, the same for the same seed, in order.
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { INT64 } from '../../table/data-type.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { sampleOptions } from './options.ts';

const schema = schemaOf([['n', INT64]]);

/** The rows 0 … rowCount − 1 that are drawn, in batches of `size`. */
async function drawn(
  rowCount: number,
  options: Record<string, unknown>,
  { size = 100, seed = 1, memoryBytes = 1 << 28 } = {},
): Promise<number[]> {
  const parsed = sampleOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  let left = 0;
  const transform = open(
    transformContext(parsed.value, schema, {
      seed,
      scratch: memoryScratch(memoryBytes),
      filtered: (count) => (left += count),
    }),
  );
  const input = (async function* () {
    for (let at = 0; at < rowCount; at += size)
      yield batchOf(
        schema,
        Array.from({ length: Math.min(size, rowCount - at) }, (_, i) => [at + i]),
      );
  })() as AsyncIterable<Batch>;
  const rows: number[] = [];
  for await (const batch of transform.apply(input)) {
    const { values } = batch.columns[0] as { values: BigInt64Array };
    for (let i = 0; i < selectedCount(batch); i++) rows.push(Number(values[selectedRow(batch, i)]));
  }
  expect(rows.length + left).toBe(rowCount);
  expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  return rows;
}

describe('sample', () => {
  it('takes every nth row, whatever the batches', async () => {
    expect(await drawn(25, { method: 'every', every: 10 }, { size: 7 })).toEqual([0, 10, 20]);
  });

  it('draws exactly so many rows, all when there are no more', async () => {
    expect(await drawn(1_000, { method: 'count', count: 37 })).toHaveLength(37);
    expect(await drawn(20, { method: 'count', count: 37 })).toHaveLength(20);
    expect(await drawn(20, { method: 'count', count: 0 })).toEqual([]);
    expect(await drawn(0, { method: 'count', count: 5 })).toEqual([]);
  });

  it.each([
    { method: 'count', count: 50 },
    { method: 'percent', percent: 20 },
  ])(
    '%o: the same for a seed whatever the batches and the memory, other for another',
    async (options) => {
      const first = await drawn(2_000, options);
      expect(await drawn(2_000, options, { size: 333 })).toEqual(first);
      expect(await drawn(2_000, options, { memoryBytes: 500 })).toEqual(first);
      expect(await drawn(2_000, options, { seed: 2 })).not.toEqual(first);
      expect(await drawn(2_000, { ...options, seed: 1 }, { seed: 2 })).toEqual(first);
    },
  );

  it('gives every row about the same chance', async () => {
    const times = new Float64Array(20);
    for (let seed = 0; seed < 2_000; seed++)
      for (const row of await drawn(20, { method: 'count', count: 5 }, { seed })) times[row]!++;
    // 500 expected; 5 standard deviations of a binomial are 97.
    for (const count of times) expect(Math.abs(count - 500)).toBeLessThan(97);
    const share = await drawn(100_000, { method: 'percent', percent: 20 });
    expect(Math.abs(share.length - 20_000)).toBeLessThan(633);
  });
});
