// Null counts are the same whichever way they are counted.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sliceSelected, type Batch } from './batch.ts';
import { batchOf, schemaOf } from './builders.ts';
import { UTF8 } from './data-type.ts';
import { addNullCounts } from './null-counts.ts';
import { textBlockOf } from './text-block.ts';

it('counts the nulls of text and typed columns, of all rows and of a selection', () => {
  const cell = fc.constantFrom(null, '', 'a', '\r', 'x,y');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 20 }),
      fc.nat(20),
      fc.boolean(),
      (rows, from, isReordered) => {
        const schema = schemaOf([
          ['a', UTF8],
          ['b', UTF8],
          ['c', UTF8],
        ]);
        const order = isReordered ? [2, 0, 1] : [0, 1, 2];
        const text: Batch = {
          schema,
          rowCount: rows.length,
          selection: null,
          columns: order.map((index) => ({ storage: 'text', index })),
          block: textBlockOf(rows, 3),
        };
        const typed = batchOf(
          schema,
          rows.map((row) => order.map((index) => row[index]!)),
        );
        for (const batch of [text, typed]) {
          for (const start of [0, from]) {
            const counts = new Float64Array(3);
            addNullCounts(sliceSelected(batch, start, rows.length), counts);
            const left = rows.slice(start);
            expect([...counts]).toEqual(
              order.map((index) => left.filter((row) => row[index] === null).length),
            );
          }
        }
      },
    ),
  );
});
