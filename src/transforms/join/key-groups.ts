// The rows of the sorted other side, key by key; those of one key that are too many for memory wait on a scratch file.
import type { Scratch, ScratchFile } from '../../contract/plugins.ts';
import type { RunPiece } from '../../spill/sorted-runs.ts';
import { decodeBatch, encodeBatch, FRAME_HEAD_BYTES, frameSize } from '../../table/batch-bytes.ts';
import { batchBytes, type Batch } from '../../table/batch.ts';
import type { Schema } from '../../table/data-type.ts';
import { compareBytes } from '../../table/row-key.ts';

/** A stretch of a piece whose rows have one key. */
export interface Stretch {
  batch: Batch;
  from: number;
  to: number;
}

interface GroupsContext {
  schema: Schema;
  /** Rows of a key that anybody asks for: further ones are counted only. */
  most: number;
  scratch: Scratch;
}

/** Asked for in ascending order of keys. */
export class KeyGroups {
  readonly #pieces: AsyncGenerator<RunPiece>;
  readonly #context: GroupsContext;
  #piece: RunPiece | null = null;
  #row = 0;
  #isStarted = false;
  /** The key asked for last, and its rows: those in memory, or all on the file. */
  #key: Uint8Array | null = null;
  #stretches: Stretch[] = [];
  #heldBytes = 0;
  #size = 0;
  #aside: ScratchFile | null = null;

  constructor(pieces: AsyncGenerator<RunPiece>, context: GroupsContext) {
    this.#pieces = pieces;
    this.#context = context;
  }

  /** Rows of the key if it is the one asked for last; null otherwise. */
  current(bytes: Uint8Array, start: number, end: number): number | null {
    const key = this.#key;
    if (key === null) return null;
    return compareBytes(key, 0, key.length, bytes, start, end) === 0 ? this.#size : null;
  }

  /** Goes on to the key and tells how many rows it has. */
  async find(bytes: Uint8Array, start: number, end: number): Promise<number> {
    this.#key = bytes.slice(start, end);
    this.#stretches = [];
    this.#heldBytes = 0;
    this.#size = 0;
    await this.#aside?.close();
    this.#aside = null;
    if (!this.#isStarted) {
      this.#isStarted = true;
      await this.#load();
    }
    while (this.#piece !== null) {
      const { batch, keys } = this.#piece;
      const from = this.#toKey(this.#piece, bytes, start, end);
      for (; this.#row < keys.count; this.#row++) {
        const at = this.#row === 0 ? 0 : keys.ends[this.#row - 1]!;
        if (compareBytes(keys.bytes, at, keys.ends[this.#row]!, bytes, start, end) !== 0) break;
      }
      if (this.#row > from) await this.#add({ batch, from, to: this.#row });
      if (this.#row < keys.count) break;
      // Rows of the key may go on in the next piece.
      await this.#load();
    }
    return this.#size;
  }

  /** Passes by the rows of lesser keys; the row at which it then stands. */
  #toKey({ keys }: RunPiece, bytes: Uint8Array, start: number, end: number): number {
    for (; this.#row < keys.count; this.#row++) {
      const at = this.#row === 0 ? 0 : keys.ends[this.#row - 1]!;
      if (compareBytes(keys.bytes, at, keys.ends[this.#row]!, bytes, start, end) >= 0) break;
    }
    return this.#row;
  }

  async #add(stretch: Stretch): Promise<void> {
    const { most, scratch } = this.#context;
    const { batch, from, to } = stretch;
    const isNeeded = this.#size < most;
    this.#size += to - from;
    if (!isNeeded) return;
    if (this.#aside !== null) {
      await write(this.#aside, stretch);
      return;
    }
    this.#stretches.push(stretch);
    this.#heldBytes += batchBytes(batch);
    // The piece at hand is in memory anyway.
    if (this.#stretches.length === 1 || this.#heldBytes <= scratch.memoryBytes) return;
    this.#aside = await scratch.create();
    for (const held of this.#stretches) await write(this.#aside, held);
    this.#stretches = [];
  }

  async #load(): Promise<void> {
    const { value, done } = await this.#pieces.next();
    this.#piece = done === true ? null : value;
    this.#row = 0;
  }

  /** The rows of the key asked for last, in order; null when they are on a file. */
  get held(): readonly Stretch[] | null {
    return this.#aside === null ? this.#stretches : null;
  }

  /** The same, read from the file. */
  async *read(): AsyncGenerator<Batch> {
    const file = this.#aside!;
    for (let at = 0; at < file.sizeBytes;) {
      const size = frameSize(await file.read(at, at + FRAME_HEAD_BYTES));
      yield decodeBatch(this.#context.schema, await file.read(at, at + size));
      at += size;
    }
  }

  async close(): Promise<void> {
    await this.#aside?.close();
    this.#aside = null;
  }
}

async function write(file: ScratchFile, { batch, from, to }: Stretch): Promise<void> {
  const selection = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  for (const piece of encodeBatch({ ...batch, selection })) await file.write(piece);
}
