// Rows gathered from text blocks: any columns of them, one block below the other and side by side, cell for cell.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyDialect, withCr, word } from './any-batch.suite.ts';
import { NO_ROW } from './gather-column.ts';
import { gatherBlock, gatherBlockBeside, type TextPart } from './gather-text.ts';
import { fieldText, lineOfRow, textBlockOf, type TextBlock } from './text-block.ts';

const COLUMNS = 4;

/** A block, some long texts in it, behind bytes that are none of its own. */
const anyBlock = fc
  .record({
    rows: fc.array(
      fc.array(fc.option(fc.oneof(word, fc.constantFrom('é'.repeat(150), 'x\ny'.repeat(90)))), {
        minLength: COLUMNS,
        maxLength: COLUMNS,
      }),
      { minLength: 1, maxLength: 6 },
    ),
    dialect: anyDialect,
    isAlike: fc.boolean(),
    before: fc.nat(3),
  })
  .map(({ rows, dialect, isAlike, before }): TextBlock => {
    const plain = isAlike
      ? textBlockOf(rows, COLUMNS, { quoteAll: dialect.quoteAll })
      : textBlockOf(rows, COLUMNS, dialect);
    const block = dialect.crlf ? withCr(plain) : plain;
    const bytes = new Uint8Array(block.bytes.length + before);
    bytes.set(block.bytes, before);
    return { ...block, bytes, ends: block.ends.map((end) => end + before), start: before };
  });

const picksOf = fc.array(fc.option(fc.nat(), { freq: 8 }), { maxLength: 8 });
const columnsOf = (count: number) =>
  fc.oneof(
    fc.constantFrom([0, 1, 2, 3].slice(0, count), [3, 2, 1, 0].slice(0, count)),
    fc.array(fc.nat(COLUMNS - 1), { minLength: count, maxLength: count }),
  );

const rowsOf = (block: TextBlock, picks: readonly (number | null)[]): Uint32Array =>
  Uint32Array.from(picks, (pick) => (pick === null ? NO_ROW : pick % block.rowCount));

const cells = ({ block, columns }: TextPart, row: number): (string | null)[] =>
  columns.map((column) => (row === NO_ROW ? null : fieldText(block, row, column)));

const cellsOf = (block: TextBlock): (string | null)[][] =>
  Array.from({ length: block.rowCount }, (_, row) =>
    Array.from({ length: block.columnCount }, (_value, column) => fieldText(block, row, column)),
  );

it('puts blocks of any dialect one below the other', () => {
  const anyParts = fc.integer({ min: 1, max: COLUMNS }).chain((count) =>
    fc.array(fc.tuple(anyBlock, fc.option(picksOf), columnsOf(count)), {
      minLength: 1,
      maxLength: 3,
    }),
  );
  fc.assert(
    fc.property(anyParts, (given) => {
      const parts = given.map(([block, picks, columns]): TextPart => ({
        block,
        rows: picks === null ? null : rowsOf(block, picks),
        columns,
      }));
      const all = parts.flatMap((part) =>
        Array.from(part.rows ?? part.block.ends.slice(0, part.block.rowCount).keys(), (row) => ({
          part,
          row,
        })),
      );
      const gathered = gatherBlock(parts);
      expect(cellsOf(gathered)).toEqual(all.map(({ part, row }) => cells(part, row)));
      all.forEach(({ part, row }, i) => {
        if (row !== NO_ROW) expect(lineOfRow(gathered, i)).toBe(lineOfRow(part.block, row));
      });
    }),
    { numRuns: 200 },
  );
});

it('puts rows of several blocks side by side', () => {
  const side = fc.tuple(anyBlock, columnsOf(2));
  const both = fc.array(fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())), { maxLength: 8 });
  fc.assert(
    fc.property(side, side, both, ([a, ofA], [b, ofB], picks) => {
      const left = {
        block: a,
        rows: rowsOf(
          a,
          picks.map(([pick]) => pick),
        ),
        columns: ofA,
      };
      const right = {
        block: b,
        rows: rowsOf(
          b,
          picks.map(([, pick]) => pick),
        ),
        columns: ofB,
      };
      expect(cellsOf(gatherBlockBeside([left, right]))).toEqual(
        picks.map((_, i) => [...cells(left, left.rows[i]!), ...cells(right, right.rows[i]!)]),
      );
    }),
    { numRuns: 200 },
  );
});
