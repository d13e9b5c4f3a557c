// Rows of which one for each key comes out when all of them are there, in the order they came: by sorting twice.
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { createExternalSorter } from '../../spill/external-sorter.ts';
import { MOST_NUMBER, NUMBER_BYTES, numberAt, putNumber } from '../../spill/row-number.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import { compareBytes, type KeyWriter } from '../../table/row-key.ts';
import type { DistinctOptions } from './options.ts';

export interface LateRows {
  add(batch: Batch): Promise<void>;
  /** One row of each key; the others were filtered. */
  settled(): AsyncGenerator<Batch>;
  close(): Promise<void>;
}

export function openLateRows(
  context: TransformContext<DistinctOptions>,
  keys: KeyWriter,
): LateRows {
  const { schema, options, scratch, signal, filtered } = context;
  // Both hold rows at the same time.
  const half = { ...scratch, memoryBytes: scratch.memoryBytes / 2 };
  let next = 0;
  /** By key, of each the row that stays before the others. */
  const byKey = createExternalSorter(
    schema,
    {
      begin: (batch) => keys.begin(batch),
      write(row, out) {
        keys.write(row, out);
        const number = next++;
        putNumber(options.keep === 'first' ? number : MOST_NUMBER - number, out);
      },
    },
    half,
    signal,
  );
  /** Numbers of the rows that are about to be added below. */
  let numbers: number[] = [];
  const byNumber = createExternalSorter(
    schema,
    { begin() {}, write: (row, out) => putNumber(numbers[row]!, out) },
    half,
    signal,
  );
  return {
    add: (batch) => byKey.add(batch),
    async *settled() {
      let last: Uint8Array | null = null;
      for await (const { batch, keys: block } of byKey.sorted()) {
        const kept: number[] = [];
        numbers = [];
        for (let row = 0; row < block.count; row++) {
          const start = row === 0 ? 0 : block.ends[row - 1]!;
          const end = block.ends[row]! - NUMBER_BYTES;
          const { bytes } = block;
          if (last !== null && compareBytes(last, 0, last.length, bytes, start, end) === 0)
            continue;
          last = bytes.subarray(start, end);
          kept.push(row);
          const number = numberAt(bytes, end);
          numbers.push(options.keep === 'first' ? number : MOST_NUMBER - number);
        }
        filtered(selectedCount(batch) - kept.length);
        if (kept.length > 0) await byNumber.add({ ...batch, selection: Uint32Array.from(kept) });
        // The piece's bytes go with it.
        last = last?.slice() ?? null;
      }
      yield* byNumber.sortedRows();
    },
    async close() {
      await byKey.close();
      await byNumber.close();
    },
  };
}
