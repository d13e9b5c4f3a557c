// Sorts rows: in memory as far as they fit, else in runs on scratch files that are merged.
import type { Transform, TransformContext } from '../../contract/plugins.ts';
import { batchBuffers, selectedCount, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { compact, concatBatches, gatherRows } from '../../table/gather.ts';
import type { SortOptions } from './options.ts';
import { createSortKeys } from './sort-keys.ts';
import { openSortedRuns, rowsWithin, type RunPiece } from './sorted-runs.ts';

/** Of the memory: joining the batches and gathering the rows take as much again each. */
const HELD_SHARE = 1 / 3;
const OUTPUT_BYTES = 1024 * 1024;
/** A run's piece: as many of them are held while merging as there are runs. */
const PIECE_BYTES = 256 * 1024;

/** What is held until it is sorted. */
class Held {
  batches: Batch[] = [];
  readonly keys = new ByteWriter(64 * 1024);
  #ends = new Uint32Array(1024);
  count = 0;
  #batchBytes = 0;

  get bytes(): number {
    return this.#batchBytes + this.keys.length + this.count * 16;
  }

  get rowBytes(): number {
    return this.#batchBytes / Math.max(1, this.count);
  }

  add(batch: Batch): void {
    this.batches.push(batch);
    this.#batchBytes += batchBuffers(batch).reduce((sum, buffer) => sum + buffer.byteLength, 0);
  }

  /** A row's key was written. */
  endKey(): void {
    if (this.count === this.#ends.length) {
      const grown = new Uint32Array(this.#ends.length * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[this.count++] = this.keys.length;
  }

  get ends(): Uint32Array {
    return this.#ends;
  }

  clear(): void {
    this.batches = [];
    this.keys.clear();
    this.count = 0;
    this.#batchBytes = 0;
  }
}

export function open(context: TransformContext<SortOptions>): Transform {
  const { schema, options, scratch, signal } = context;
  const keys = createSortKeys(schema, options);
  const most = scratch.memoryBytes * HELD_SHARE;

  /** The held rows in order, with their keys where they are wanted. */
  function* sorted(held: Held, bytesAtOnce: number, withKeys: boolean): Generator<RunPiece> {
    const { count, ends } = held;
    const bytes = held.keys.written();
    const order = keys.orderOf({ bytes, ends, count });
    const rowsAtOnce = rowsWithin(bytesAtOnce, held.rowBytes * count, count);
    const all = concatBatches(schema, held.batches);
    // Those that were joined are not needed any more.
    held.batches = [];
    for (let from = 0; from < count; from += rowsAtOnce) {
      signal.throwIfAborted();
      const rows = order.subarray(from, from + rowsAtOnce);
      const batch = gatherRows(all, rows);
      yield { batch, keys: withKeys ? gatherKeys(bytes, ends, rows) : NO_KEYS };
    }
  }

  return {
    schema,
    needs: (wanted) => new Set([...wanted, ...keys.columns]),
    async *apply(batches) {
      if (options.by.length === 0) {
        yield* batches;
        return;
      }
      const held = new Held();
      const runs = openSortedRuns(schema, scratch);
      let pieceRows = 1;
      try {
        for await (const whole of batches) {
          if (selectedCount(whole) === 0) continue;
          // Nothing is held that cannot come out.
          const batch = compact(whole);
          held.add(batch);
          keys.begin(batch);
          for (let row = 0; row < batch.rowCount; row++) {
            keys.write(row, held.keys);
            held.endKey();
          }
          if (held.bytes > most) {
            pieceRows = rowsWithin(OUTPUT_BYTES, held.rowBytes * held.count, held.count);
            await runs.add(sorted(held, PIECE_BYTES, true));
            held.clear();
          }
        }
        if (runs.count === 0) {
          for (const piece of held.count > 0 ? sorted(held, OUTPUT_BYTES, false) : [])
            yield piece.batch;
          return;
        }
        if (held.count > 0) await runs.add(sorted(held, PIECE_BYTES, true));
        held.clear();
        yield* runs.merge(keys.compare, pieceRows);
      } finally {
        await runs.close();
      }
    },
  };
}

const NO_KEYS = { bytes: new Uint8Array(0), ends: new Uint32Array(0), count: 0 };

/** The keys of the rows, in their order, one after the other. */
function gatherKeys(bytes: Uint8Array, ends: Uint32Array, rows: Uint32Array): RunPiece['keys'] {
  const out = new ByteWriter(rows.length * 16);
  const outEnds = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    out.put(bytes, row === 0 ? 0 : ends[row - 1]!, ends[row]!);
    outEnds[i] = out.length;
  }
  return { bytes: out.take(), ends: outEnds, count: rows.length };
}
