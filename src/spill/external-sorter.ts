// Puts rows in the order of their keys: in memory as far as they fit, else in sorted runs on scratch files that are merged.
import type { Scratch } from '../contract/scratch.ts';
import { batchBytes, selectedCount, type Batch } from '../table/batch.ts';
import { giveBlock } from '../table/buffer-pool.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import type { Schema } from '../table/data-type.ts';
import { compact, createGatherer } from '../table/gather.ts';
import { compareBytes } from '../table/row-key.ts';
import { NO_KEYS, orderOfKeys, type CompareKeys, type KeyBlock } from './order-keys.ts';
import { openSortedRuns, type RunPiece } from './sorted-runs.ts';

/** What the rows are ordered by. */
export interface SorterKeys {
  begin(batch: Batch): void;
  /** Appends the key of a row of that batch. */
  write(row: number, out: ByteWriter): void;
  /** Missing: the keys' bytes as they stand. */
  compare?: CompareKeys;
  /** Numbers of the keys in ascending order, equal ones in theirs; comes with `compare`. */
  orderOf?(keys: KeyBlock): Uint32Array;
}

export interface ExternalSorter {
  /** The selected rows of a batch. One without a selection is the sorter's from then on. */
  add(batch: Batch): Promise<void>;
  /** All rows added, in order, equal keys in the order they came; pieces of about 1 MiB. Once. */
  sorted(): AsyncGenerator<RunPiece>;
  /** The same without the keys. */
  sortedRows(): AsyncGenerator<Batch>;
  /** Gives up everything held. Safe at any moment, also twice. */
  close(): Promise<void>;
}

/** Of the memory: joining the batches and gathering the rows take as much again each. */
const HELD_SHARE = 1 / 3;
const OUTPUT_BYTES = 1024 * 1024;
/** A run's piece: as many of them are held while merging as there are runs. */
const PIECE_BYTES = 256 * 1024;

/** `signal` ends the work between pieces. */
export function createExternalSorter(
  schema: Schema,
  keys: SorterKeys,
  scratch: Scratch,
  signal: AbortSignal,
): ExternalSorter {
  const { compare = compareBytes, orderOf = orderOfKeys } = keys;
  const most = scratch.memoryBytes * HELD_SHARE;
  const held = new Held();
  const runs = openSortedRuns(schema, scratch);
  let rowBytes = 1;

  /** The held rows in order. */
  function* inOrder(bytesAtOnce: number, wantsKeys: boolean): Generator<RunPiece> {
    const { count, ends } = held;
    if (count === 0) return;
    const bytes = held.keys.written();
    const order = orderOf({ bytes, ends, count });
    rowBytes = held.rowBytes;
    const rowsAtOnce = rowsWithin(bytesAtOnce, rowBytes);
    const gather = createGatherer(schema, held.batches);
    for (let from = 0; from < count; from += rowsAtOnce) {
      signal.throwIfAborted();
      const rows = order.subarray(from, from + rowsAtOnce);
      yield { batch: gather(rows), keys: wantsKeys ? gatherKeys(bytes, ends, rows) : NO_KEYS };
    }
  }

  async function* pieces(wantsKeys: boolean): AsyncGenerator<RunPiece> {
    if (runs.count === 0) {
      yield* inOrder(OUTPUT_BYTES, wantsKeys);
      return;
    }
    if (held.count > 0) await putAside();
    yield* runs.merge(compare, rowsWithin(OUTPUT_BYTES, rowBytes), wantsKeys);
  }

  async function putAside(): Promise<void> {
    await runs.add(inOrder(PIECE_BYTES, true));
    held.batches.forEach(giveBlock);
    held.clear();
  }

  return {
    async add(batch) {
      if (selectedCount(batch) === 0) return;
      // Nothing is held that cannot come out.
      const rows = compact(batch);
      held.add(rows, keys);
      if (held.bytes > most) await putAside();
    },
    sorted: () => pieces(true),
    async *sortedRows() {
      for await (const { batch } of pieces(false)) yield batch;
    },
    async close() {
      held.clear();
      await runs.close();
    },
  };
}

/** Rows that are about `bytes` long together. */
function rowsWithin(bytes: number, rowBytes: number): number {
  return Math.max(1, Math.min(65_536, Math.floor(bytes / Math.max(1, rowBytes))));
}

/** What is held until it is sorted. */
class Held {
  batches: Batch[] = [];
  readonly keys = new ByteWriter(64 * 1024);
  ends = new Uint32Array(1024);
  count = 0;
  #batchBytes = 0;

  get bytes(): number {
    return this.#batchBytes + this.keys.length + this.count * 16;
  }

  get rowBytes(): number {
    return this.#batchBytes / Math.max(1, this.count);
  }

  add(batch: Batch, keys: SorterKeys): void {
    this.batches.push(batch);
    this.#batchBytes += batchBytes(batch);
    keys.begin(batch);
    if (this.count + batch.rowCount > this.ends.length) {
      const grown = new Uint32Array(Math.max(this.ends.length * 2, this.count + batch.rowCount));
      grown.set(this.ends);
      this.ends = grown;
    }
    for (let row = 0; row < batch.rowCount; row++) {
      keys.write(row, this.keys);
      this.ends[this.count++] = this.keys.length;
    }
  }

  clear(): void {
    this.batches = [];
    this.keys.clear();
    this.count = 0;
    this.#batchBytes = 0;
  }
}

/** The keys of the rows, in their order, one after the other. */
function gatherKeys(bytes: Uint8Array, ends: Uint32Array, rows: Uint32Array): KeyBlock {
  const out = new ByteWriter(rows.length * 16);
  const outEnds = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    out.put(bytes, row === 0 ? 0 : ends[row - 1]!, ends[row]!);
    outEnds[i] = out.length;
  }
  return { bytes: out.take(), ends: outEnds, count: rows.length };
}
