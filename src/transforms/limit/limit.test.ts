// Tests of the limit step: which rows, and how much is read for them.
import { describe, expect, it } from 'vitest';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { INT64 } from '../../table/data-type.ts';
import { open } from './apply.ts';
import { limitOptions } from './options.ts';
import { transformContext } from '../transform.suite.ts';

const schema = schemaOf([['n', INT64]]);

/** Kept values of batches of three rows (0–2, 3–5, …), and how many batches were pulled. */
async function run(limit: number | null, offset: number) {
  let pulled = 0;
  let isClosed = false;
  const input = (async function* () {
    try {
      for (let b = 0; b < 4; b++) {
        pulled++;
        yield batchOf(schema, [[b * 3], [b * 3 + 1], [b * 3 + 2]]);
      }
    } finally {
      isClosed = true;
    }
  })();
  const transform = open(transformContext({ limit, offset }, schema));
  const kept: number[] = [];
  for await (const batch of transform.apply(input)) {
    const { values } = batch.columns[0] as { values: BigInt64Array };
    for (let i = 0; i < selectedCount(batch); i++) kept.push(Number(values[selectedRow(batch, i)]));
  }
  return { kept, pulled, isClosed };
}

describe('limit', () => {
  it('keeps a stretch of the rows', async () => {
    expect((await run(4, 2)).kept).toEqual([2, 3, 4, 5]);
    expect((await run(null, 10)).kept).toEqual([10, 11]);
    expect((await run(100, 0)).kept).toHaveLength(12);
    expect((await run(5, 50)).kept).toEqual([]);
  });

  it('ends reading with the last row it needs', async () => {
    expect(await run(6, 0)).toEqual({ kept: [0, 1, 2, 3, 4, 5], pulled: 2, isClosed: true });
    expect(await run(1, 3)).toEqual({ kept: [3], pulled: 2, isClosed: true });
    expect((await run(0, 0)).pulled).toBe(0);
  });

  it('takes whole numbers from 0 only', () => {
    for (const options of [
      { limit: -1 },
      { limit: 1.5 },
      { offset: -1 },
      { limit: '5' },
      { top: 1 },
    ])
      expect(limitOptions.parse(options).issues).toBeDefined();
  });
});
