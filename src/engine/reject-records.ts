// Gives rejects the text of their records, which whoever rejects a row of a batch need not see to.
import type { Reject } from '../contract/report.ts';
import type { Batch } from '../table/batch.ts';
import { recordText } from '../table/record-text.ts';

/** Remembers the batch that is worked on. */
export interface RejectRecords {
  watch(batches: AsyncIterable<Batch>): AsyncIterable<Batch>;
  /** The reject with its record, where the batch still holds the text of it. */
  complete(reject: Reject): Reject;
}

export function createRejectRecords(): RejectRecords {
  let current: Batch | null = null;
  return {
    async *watch(batches) {
      for await (const batch of batches) {
        current = batch;
        yield batch;
      }
    },
    complete(reject) {
      const block = current?.block ?? null;
      if (reject.record !== undefined || block === null) return reject;
      const row = reject.row - block.firstRow;
      if (!(row >= 0 && row < block.rowCount)) return reject;
      return { ...reject, record: recordText(block, row) };
    },
  };
}
