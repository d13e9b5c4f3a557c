// The distinct step: one row of each key, the wanted one, in order, whether the keys fit into memory or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { FLOAT64, INT64, UTF8, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { distinctOptions } from './options.ts';

async function distinct(
  batches: Batch[],
  options: Record<string, unknown>,
  memoryBytes = 1 << 28,
): Promise<{ rows: (string | null)[][]; filtered: number }> {
  const parsed = distinctOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  let left = 0;
  const transform = open(
    transformContext(parsed.value, batches[0]!.schema, {
      scratch: memoryScratch(memoryBytes),
      filtered: (rowCount) => (left += rowCount),
    }),
  );
  const rows: (string | null)[][] = [];
  const input = (async function* () {
    yield* batches;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  return { rows, filtered: left };
}

const schema = schemaOf([
  ['k', UTF8],
  ['n', FLOAT64],
  ['i', INT64],
]);

describe('distinct', () => {
  it('tells null from empty text, and not -0 from 0 or NaN from NaN', async () => {
    const rows: Value[][] = [
      ['', 0, 0n],
      [null, 0, 1n],
      ['', -0, 2n],
      [null, NaN, 3n],
      [null, NaN, 4n],
    ];
    const { rows: kept, filtered } = await distinct([batchOf(schema, rows)], { by: ['k', 'n'] });
    expect(kept.map((row) => row[2])).toEqual(['0', '1', '3']);
    expect(filtered).toBe(2);
  });

  it('compares texts of a number column as numbers and gives them as they were spelt', async () => {
    const typed: Schema = {
      fields: [{ name: 'x', type: INT64, nullable: true, origin: 'inferred' }],
    };
    const batch: Batch = {
      schema: typed,
      rowCount: 4,
      selection: null,
      columns: [{ storage: 'text', index: 0 }],
      block: textBlockOf([['7'], ['007'], ['8'], ['+8']], 1),
    };
    expect((await distinct([batch], {})).rows).toEqual([['7'], ['8']]);
    expect((await distinct([batch], { keep: 'last' })).rows).toEqual([['007'], ['+8']]);
  });

  it('keeps the first or the last, in order, rows put aside or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.option(fc.constantFrom('', 'a', 'b', 'a\0')), fc.constantFrom(0, 1, 2, 3)),
          {
            maxLength: 150,
          },
        ),
        fc.constantFrom('first' as const, 'last' as const),
        async (cells, keep) => {
          const rows = cells.map((row, i): Value[] => [...row, BigInt(i)]);
          const batches = [0, 40, 80, 120].map((at) => batchOf(schema, rows.slice(at, at + 40)));
          const options = { by: ['k', 'n'], keep };
          const inMemory = await distinct(batches, options);
          expect(await distinct(batches, options, 2_000)).toEqual(inMemory);
          const chosen = new Map<string, number>();
          for (const [i, row] of cells.entries()) {
            const key = JSON.stringify(row);
            if (keep === 'last' || !chosen.has(key)) chosen.set(key, i);
          }
          const wanted = [...chosen.values()].toSorted((a, b) => a - b);
          expect(inMemory.rows.map((row) => Number(row[2]))).toEqual(wanted);
          expect(inMemory.filtered).toBe(rows.length - wanted.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
