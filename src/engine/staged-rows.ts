// Rows of a stream put aside so that their beginning can be read more than once.
import type { Scratch, ScratchFile } from '../contract/scratch.ts';
import { decodeBatch, encodeBatch } from '../table/batch-bytes.ts';
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import { giveBlock } from '../table/buffer-pool.ts';
import type { Schema } from '../table/data-type.ts';

/** Files are given back in pieces of about this size. */
const FILE_BYTES = 16 * 1024 * 1024;

/** A batch on a file. */
interface Frame {
  file: ScratchFile;
  from: number;
  to: number;
  rowCount: number;
}

export class StagedRows {
  readonly #batches: AsyncIterator<Batch>;
  readonly #schema: Schema;
  readonly #scratch: Scratch;
  #frames: Frame[] = [];
  #file: ScratchFile | null = null;
  /** Rows of the first frame that are dropped already. */
  #skipped = 0;
  /** Rows put aside and not dropped. */
  #count = 0;
  #isOver = false;

  constructor(batches: AsyncIterable<Batch>, schema: Schema, scratch: Scratch) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#schema = schema;
    this.#scratch = scratch;
  }

  /** How many of the next `rows` rows there are. */
  async have(rows: number): Promise<number> {
    while (this.#count < rows && !this.#isOver) {
      const next = await this.#batches.next();
      if (next.done === true) this.#isOver = true;
      else await this.#add(next.value);
    }
    return Math.min(rows, this.#count);
  }

  /** The next rows, of which there are so many; each time anew. */
  async *first(rows: number): AsyncGenerator<Batch> {
    let left = rows;
    let skip = this.#skipped;
    for (const { file, from, to, rowCount } of this.#frames) {
      if (left <= 0) return;
      const batch = decodeBatch(this.#schema, await file.read(from, to));
      const end = Math.min(rowCount, skip + left);
      yield sliceSelected(batch, skip, end);
      left -= end - skip;
      skip = 0;
    }
  }

  /** Forgets the next rows. */
  async drop(rows: number): Promise<void> {
    this.#skipped += rows;
    this.#count -= rows;
    while (this.#frames.length > 0 && this.#skipped >= this.#frames[0]!.rowCount) {
      const [gone, next] = this.#frames;
      this.#skipped -= gone!.rowCount;
      this.#frames.shift();
      if (next?.file === gone!.file) continue;
      if (this.#file === gone!.file) this.#file = null;
      await gone!.file.close();
    }
  }

  async close(): Promise<void> {
    const files = new Set(this.#frames.map(({ file }) => file));
    if (this.#file !== null) files.add(this.#file);
    this.#frames = [];
    this.#file = null;
    await Promise.all([...files].map((file) => file.close()));
    await this.#batches.return?.();
  }

  async #add(batch: Batch): Promise<void> {
    const rowCount = selectedCount(batch);
    if (rowCount === 0) return;
    if (this.#file === null || this.#file.sizeBytes >= FILE_BYTES)
      this.#file = await this.#scratch.create();
    const file = this.#file;
    const from = file.sizeBytes;
    for (const piece of encodeBatch(batch)) await file.write(piece);
    giveBlock(batch);
    this.#frames.push({ file, from, to: file.sizeBytes, rowCount });
    this.#count += rowCount;
  }
}
