// The sorter gives what a stable sort in memory gives, whatever number of runs the rows came to stand in.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryScratch } from '../engine/scratch.ts';
import type { Batch } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';
import { schemaOf } from '../table/builders.ts';
import { UTF8 } from '../table/data-type.ts';
import { compareBytes, createKeyWriter } from '../table/row-key.ts';
import { textBlockOf } from '../table/text-block.ts';
import { createExternalSorter } from './external-sorter.ts';

const SCHEMA = schemaOf([
  ['key', UTF8],
  ['place', UTF8],
]);

const utf8 = new TextEncoder();

function batchOfTexts(rows: (string | null)[][]): Batch {
  return {
    schema: SCHEMA,
    rowCount: rows.length,
    selection: null,
    columns: [0, 1].map((index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, 2),
  };
}

it('orders rows over any number of runs, with and without their keys', async () => {
  const key = fc.constantFrom('', 'a', 'ab', 'b', 'é', 'x'.repeat(40));
  const sizes = fc.array(fc.array(key, { minLength: 1, maxLength: 9 }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), async (batches, isPutAside) => {
      let place = 0;
      const numbered = batches.map((keys) => keys.map((text) => [text, String(place++)]));
      const sorter = () =>
        createExternalSorter(
          SCHEMA,
          createKeyWriter(SCHEMA, [0], { mode: 'ordered' }),
          // Nothing fits: each batch is a run of its own.
          memoryScratch(isPutAside ? 1 : 1 << 20),
          new AbortController().signal,
        );
      const [withKeys, rowsOnly] = [sorter(), sorter()];
      for (const rows of numbered) {
        await withKeys.add(batchOfTexts(rows));
        await rowsOnly.add(batchOfTexts(rows));
      }
      const cells = (batch: Batch): (string | null)[][] =>
        Array.from({ length: batch.rowCount }, (_, row) =>
          [0, 1].map((column) => cellText(batch, row, column)),
        );
      const expected = numbered.flat().sort(([a], [b]) => {
        const [left, right] = [utf8.encode(a), utf8.encode(b)];
        return compareBytes(left, 0, left.length, right, 0, right.length);
      });
      const found: (string | null)[][] = [];
      for await (const { batch, keys } of withKeys.sorted()) {
        expect(keys.count).toBe(batch.rowCount);
        found.push(...cells(batch));
      }
      expect(found).toEqual(expected);
      const again: (string | null)[][] = [];
      for await (const batch of rowsOnly.sortedRows()) again.push(...cells(batch));
      expect(again).toEqual(expected);
      await withKeys.close();
      await rowsOnly.close();
    }),
    { numRuns: 150 },
  );
});
