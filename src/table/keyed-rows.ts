// Keys of those rows of a batch that have one: a null in it is equal to nothing.
import { selectedCount, selectedRow, type Batch } from './batch.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Schema } from './data-type.ts';
import { createKeyWriter, VALUE_MARK, type KeyOptions } from './row-key.ts';

/** The keys of a batch's selected rows. */
export interface KeyedRows {
  /** Physical rows without a null among their key columns, in order. */
  rows: Uint32Array;
  /** Key i is bytes [ends[i - 1], ends[i]); a window that the next batch writes over. */
  bytes: Uint8Array;
  ends: Uint32Array;
  /** The other selected rows. */
  keyless: Uint32Array;
}

/**
 * Tells the keys of one batch after the other, over the columns at these positions of the schema; equal values have equal
 * bytes (see `createKeyWriter`). A text that is no value of its type goes to `onMisfit`, which throws or lets it count as null.
 */
export function createKeyedRows(
  schema: Schema,
  columns: readonly number[],
  onMisfit: KeyOptions['onMisfit'],
): (batch: Batch) => KeyedRows {
  const writers = columns.map((column) =>
    createKeyWriter(schema, [column], { mode: 'equal', onMisfit }),
  );
  const out = new ByteWriter(64 * 1024);
  return (batch) => {
    const count = selectedCount(batch);
    const rows = new Uint32Array(count);
    const keyless = new Uint32Array(count);
    const ends = new Uint32Array(count);
    let rowCount = 0;
    let keylessCount = 0;
    for (const writer of writers) writer.begin(batch);
    out.clear();
    for (let i = 0; i < count; i++) {
      const row = selectedRow(batch, i);
      const from = out.length;
      let isWhole = true;
      for (let k = 0; k < writers.length && isWhole; k++) {
        const at = out.length;
        writers[k]!.write(row, out);
        isWhole = out.bytes[at] === VALUE_MARK;
      }
      if (isWhole) {
        ends[rowCount] = out.length;
        rows[rowCount++] = row;
      } else {
        out.length = from;
        keyless[keylessCount++] = row;
      }
    }
    return {
      rows: rows.subarray(0, rowCount),
      bytes: out.written(),
      ends: ends.subarray(0, rowCount),
      keyless: keyless.subarray(0, keylessCount),
    };
  };
}
