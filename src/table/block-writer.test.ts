// Cells that were written into blocks come back as they were.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BlockWriter, blockBatch } from './block-writer.ts';
import { cellText } from './cell-text.ts';
import { schemaOf } from './builders.ts';
import { UTF8 } from './data-type.ts';
import { lineOfRow } from './text-block.ts';

/** Lone surrogates become U+FFFD in UTF-8. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

it('gives back every cell, null and empty apart, over any number of blocks', () => {
  const anyCell = fc.option(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', ',', '"', 'a"b', '\r\n', '"a"', 'a\r'),
    ),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyCell, anyCell, anyCell), { maxLength: 30 }),
      fc.array(fc.boolean()),
      (rows, cuts) => {
        const writer = new BlockWriter(3);
        const schema = schemaOf([
          ['a', UTF8],
          ['b', UTF8],
          ['c', UTF8],
        ]);
        const read: (string | null)[][] = [];
        const take = (): void => {
          const block = writer.take();
          const batch = blockBatch(schema, block);
          expect(block.firstRow).toBe(read.length);
          for (let row = 0; row < block.rowCount; row++) {
            expect(lineOfRow(block, row)).toBe(read.length + 1);
            read.push([0, 1, 2].map((column) => cellText(batch, row, column)));
          }
        };
        for (const [i, row] of rows.entries()) {
          if (cuts[i] === true) {
            writer.addString('a row that is thought better of');
            writer.dropRow();
          }
          for (const cell of row)
            if (cell === null) writer.addNull();
            else writer.addString(cell);
          writer.endRow();
          if (cuts[i] === true) take();
        }
        take();
        expect(read).toEqual(
          rows.map((row) => row.map((cell) => (cell === null ? null : wellFormed(cell)))),
        );
      },
    ),
  );
});
