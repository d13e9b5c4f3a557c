// Batches come back from their bytes as they were.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyBatch, cellsOf, MIXED_SCHEMA, selectedCells } from './any-batch.suite.ts';
import type { Batch } from './batch.ts';
import { decodeBatch, encodeBatch, FRAME_HEAD_BYTES, frameSize } from './batch-bytes.ts';
import { batchOf, schemaOf } from './builders.ts';
import { compact } from './gather.ts';
import { lineOfRow } from './text-block.ts';

function joined(pieces: readonly Uint8Array[], offset = 0): Uint8Array {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = new Uint8Array(offset + size);
  let at = offset;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.subarray(offset);
}

it('brings back every kind of column, from any place in a file', () => {
  fc.assert(
    fc.property(anyBatch, fc.nat(9), (made, offset) => {
      const bytes = joined(encodeBatch(made.batch), offset);
      expect(frameSize(bytes)).toBe(bytes.length);
      const back = decodeBatch(MIXED_SCHEMA, bytes);
      expect(back.schema).toBe(MIXED_SCHEMA);
      expect(cellsOf(back)).toEqual(selectedCells(made));
      const small = compact(made.batch);
      expect(back.columns.map((c) => c.storage)).toEqual(small.columns.map((c) => c.storage));
      if (small.block !== null) {
        expect(back.block!.dialect).toEqual(small.block.dialect);
        for (let row = 0; row < small.rowCount; row++)
          expect(lineOfRow(back.block!, row)).toBe(lineOfRow(small.block, row));
      }
      // What it gives can be written again, the same.
      expect(joined(encodeBatch(back))).toEqual(joined(encodeBatch(small)));
    }),
    { numRuns: 300 },
  );
});

it('keeps the arrays that values stand in', () => {
  const words = batchOf(schemaOf([['w', { kind: 'utf8' }]]), [['a'], ['b']]);
  const batch: Batch = {
    schema: schemaOf([['w', { kind: 'dictionary', index: 8, value: { kind: 'utf8' } }]]),
    rowCount: 3,
    selection: null,
    columns: [
      {
        storage: 'typed',
        type: { kind: 'dictionary', index: 8, value: { kind: 'utf8' } },
        length: 3,
        validity: null,
        values: Uint8Array.of(1, 0, 1),
        offsets: null,
        bytes: null,
        children: [],
        dictionary: words.columns[0] as never,
      },
    ],
    block: null,
  };
  const back = decodeBatch(batch.schema, joined(encodeBatch(batch)));
  expect(back.columns).toEqual(batch.columns);
  expect(back.isShared).toBe(undefined);
});

it('takes a block that does not begin at the start of its bytes', () => {
  fc.assert(
    fc.property(anyBatch, (made) => {
      const { block } = made.batch;
      fc.pre(block !== null);
      const moved: Batch = {
        ...made.batch,
        block: {
          ...block,
          bytes: Uint8Array.of(1, 10, 3, 10, 5, ...block.bytes),
          ends: block.ends.map((end) => end + 5),
          start: 5,
        },
      };
      const back = decodeBatch(MIXED_SCHEMA, joined(encodeBatch(moved)));
      expect(cellsOf(back)).toEqual(selectedCells(made));
    }),
    { numRuns: 50 },
  );
});

it('refuses a frame that is cut off', () => {
  const schema = schemaOf([['w', { kind: 'utf8' }]]);
  const bytes = joined(encodeBatch(batchOf(schema, [['a']])));
  for (const size of [0, FRAME_HEAD_BYTES, bytes.length - 1])
    expect(() => decodeBatch(schema, bytes.subarray(0, size))).toThrow(RangeError);
});
