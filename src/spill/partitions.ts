// Rows put aside on scratch files, parted by a number of the caller's, each part read back in the order its rows came.
import type { Scratch, ScratchFile } from '../contract/scratch.ts';
import { decodeBatch, encodeBatch, FRAME_HEAD_BYTES, frameSize } from '../table/batch-bytes.ts';
import { batchBytes, selectedCount, selectedRow, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import { concatBatches, gatherRows } from '../table/gather.ts';

export interface Partitions {
  /** Puts the selected rows aside, physical row r in part `parts[r]` (below the number of parts). */
  add(batch: Batch, parts: Uint8Array): Promise<void>;
  rowCount(part: number): number;
  /** The rows of a part in the order they came, with the schema. Nothing may be added any more. */
  read(part: number): AsyncGenerator<Batch>;
  /** Removes what was put aside in a part. */
  drop(part: number): Promise<void>;
  /** Gives up everything. Safe at any moment, also twice. */
  close(): Promise<void>;
}

/** A part's rows wait in memory until they are worth a write. */
const WAITING_BYTES = 128 * 1024;

interface Part {
  waiting: Batch[];
  waitingBytes: number;
  rowCount: number;
  file: ScratchFile | null;
}

export function createPartitions(schema: Schema, count: number, scratch: Scratch): Partitions {
  const parts = Array.from({ length: count }, (): Part => ({
    waiting: [],
    waitingBytes: 0,
    rowCount: 0,
    file: null,
  }));
  const write = async (part: Part): Promise<void> => {
    if (part.waiting.length === 0) return;
    const whole = concatBatches(schema, part.waiting);
    part.waiting = [];
    part.waitingBytes = 0;
    part.file ??= await scratch.create();
    for (const piece of encodeBatch(whole)) await part.file.write(piece);
  };
  const drop = async (part: Part): Promise<void> => {
    part.waiting = [];
    part.waitingBytes = 0;
    part.rowCount = 0;
    await part.file?.close();
    part.file = null;
  };
  return {
    async add(batch, partOf) {
      const total = selectedCount(batch);
      const counts = new Uint32Array(count);
      for (let i = 0; i < total; i++) counts[partOf[selectedRow(batch, i)]!]!++;
      const rows = Array.from(counts, (size) => new Uint32Array(size));
      counts.fill(0);
      for (let i = 0; i < total; i++) {
        const row = selectedRow(batch, i);
        const part = partOf[row]!;
        rows[part]![counts[part]!++] = row;
      }
      for (const [p, part] of parts.entries()) {
        if (counts[p] === 0) continue;
        const held = gatherRows(batch, rows[p]!);
        part.waiting.push(held);
        part.waitingBytes += batchBytes(held);
        part.rowCount += counts[p]!;
        if (part.waitingBytes > WAITING_BYTES) await write(part);
      }
    },
    rowCount: (part) => parts[part]!.rowCount,
    async *read(number) {
      const part = parts[number]!;
      const { file } = part;
      for (let at = 0; file !== null && at < file.sizeBytes;) {
        const size = frameSize(await file.read(at, at + FRAME_HEAD_BYTES));
        yield decodeBatch(schema, await file.read(at, at + size));
        at += size;
      }
      for (const batch of part.waiting) yield { ...batch, schema };
    },
    drop: (part) => drop(parts[part]!),
    async close() {
      await Promise.all(parts.map(drop));
    },
  };
}
