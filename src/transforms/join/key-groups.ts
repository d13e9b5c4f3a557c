// The rows of the sorted other side, key by key; those of one key that are too many for memory wait on a scratch file.
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import type { RunPiece } from '../../spill/sorted-runs.ts';
import { decodeBatch, encodeBatch, FRAME_HEAD_BYTES, frameSize } from '../../table/batch-bytes.ts';
import { batchBytes, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
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
  readonly #key = new ByteWriter(256);
  #hasKey = false;
  readonly #stretches: Stretch[] = [];
  #heldBytes = 0;
  #size = 0;
  #aside: ScratchFile | null = null;

  constructor(pieces: AsyncGenerator<RunPiece>, context: GroupsContext) {
    this.#pieces = pieces;
    this.#context = context;
  }

  /** Rows of the key if it is the one asked for last; null otherwise. */
  current(bytes: Uint8Array, start: number, end: number): number | null {
    const { bytes: key, length } = this.#key;
    return this.#hasKey && compareBytes(key, 0, length, bytes, start, end) === 0
      ? this.#size
      : null;
  }

  /** Goes on to the key and tells how many rows it has: at once when they end in the piece at hand, as most do. */
  find(bytes: Uint8Array, start: number, end: number): number | Promise<number> {
    this.#key.clear();
    this.#key.put(bytes, start, end);
    this.#hasKey = true;
    this.#stretches.length = 0;
    this.#heldBytes = 0;
    this.#size = 0;
    if (this.#aside !== null || !this.#isStarted) return this.#findOn();
    if (this.#piece === null) return 0;
    const stretch = this.#pass(this.#piece);
    if (this.#row === this.#piece.keys.count) return this.#findOn(stretch);
    if (stretch !== null) this.#hold(stretch);
    return this.#size;
  }

  async #findOn(first: Stretch | null = null): Promise<number> {
    if (first !== null) await this.#add(first);
    else await this.#dropAside();
    if (!this.#isStarted) {
      this.#isStarted = true;
      await this.#load();
    }
    while (this.#piece !== null) {
      const stretch = this.#pass(this.#piece);
      if (stretch !== null) await this.#add(stretch);
      if (this.#row < this.#piece.keys.count) break;
      // Rows of the key may go on in the next piece.
      await this.#load();
    }
    return this.#size;
  }

  /** Passes by the rows of lesser keys and those of the key; the latter. */
  #pass({ batch, keys }: RunPiece): Stretch | null {
    const { bytes, length } = this.#key;
    let from = -1;
    for (; this.#row < keys.count; this.#row++) {
      const at = this.#row === 0 ? 0 : keys.ends[this.#row - 1]!;
      const order = compareBytes(keys.bytes, at, keys.ends[this.#row]!, bytes, 0, length);
      if (order > 0) break;
      if (order === 0 && from < 0) from = this.#row;
    }
    return from < 0 ? null : { batch, from, to: this.#row };
  }

  /** Remembers rows of the key; whether they were asked for. */
  #hold(stretch: Stretch): boolean {
    const isNeeded = this.#size < this.#context.most;
    this.#size += stretch.to - stretch.from;
    if (isNeeded && this.#aside === null) this.#stretches.push(stretch);
    return isNeeded;
  }

  async #add(stretch: Stretch): Promise<void> {
    const { scratch } = this.#context;
    if (!this.#hold(stretch)) return;
    if (this.#aside !== null) {
      await write(this.#aside, stretch);
      return;
    }
    this.#heldBytes += batchBytes(stretch.batch);
    // The piece at hand is in memory anyway.
    if (this.#stretches.length === 1 || this.#heldBytes <= scratch.memoryBytes) return;
    this.#aside = await scratch.create();
    for (const held of this.#stretches) await write(this.#aside, held);
    this.#stretches.length = 0;
  }

  async #load(): Promise<void> {
    const { value, done } = await this.#pieces.next();
    this.#piece = done === true ? null : value;
    this.#row = 0;
  }

  async #dropAside(): Promise<void> {
    await this.#aside?.close();
    this.#aside = null;
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

  close(): Promise<void> {
    return this.#dropAside();
  }
}

async function write(file: ScratchFile, { batch, from, to }: Stretch): Promise<void> {
  const selection = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  for (const piece of encodeBatch({ ...batch, selection })) await file.write(piece);
}
