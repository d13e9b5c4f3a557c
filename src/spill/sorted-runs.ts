// Rows in sorted stretches on scratch files, and the one order they make together.
import type { Scratch, ScratchFile } from '../contract/scratch.ts';
import { decodeBatch, encodeBatch } from '../table/batch-bytes.ts';
import type { Batch } from '../table/batch.ts';
import { giveBlock } from '../table/buffer-pool.ts';
import type { Schema } from '../table/data-type.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { createGatherer } from '../table/gather.ts';
import { NO_KEYS, type CompareKeys, type KeyBlock } from './order-keys.ts';

/** A stretch of a run: its rows and their keys. */
export interface RunPiece {
  batch: Batch;
  keys: KeyBlock;
}

interface PieceAt {
  from: number;
  keysEnd: number;
  batchEnd: number;
  rowCount: number;
}

/** A sorted run on a file, read piece by piece. */
interface Run {
  file: ScratchFile;
  pieces: PieceAt[];
}

export interface SortedRuns {
  readonly count: number;
  /** Writes a run: pieces in order, each in order, which are not to be used any more. */
  add(pieces: Iterable<RunPiece>): Promise<void>;
  /**
   * All rows in order, about `rowsAtOnce` in a piece; of equal keys those of earlier runs first. The pieces come without keys
   * (none, not even of their rows) unless these are wanted.
   */
  merge(compare: CompareKeys, rowsAtOnce: number, wantsKeys: boolean): AsyncGenerator<RunPiece>;
  close(): Promise<void>;
}

export function openSortedRuns(schema: Schema, scratch: Scratch): SortedRuns {
  const runs: Run[] = [];
  return {
    get count() {
      return runs.length;
    },
    async add(pieces) {
      const file = await scratch.create();
      const run: Run = { file, pieces: [] };
      runs.push(run);
      for (const { batch, keys } of pieces) {
        const from = file.sizeBytes;
        const { ends, bytes, count } = keys;
        await file.write(new Uint8Array(ends.buffer, ends.byteOffset, count * 4));
        await file.write(bytes.subarray(0, count === 0 ? 0 : ends[count - 1]!));
        const keysEnd = file.sizeBytes;
        for (const piece of encodeBatch(batch)) await file.write(piece);
        giveBlock(batch);
        run.pieces.push({ from, keysEnd, batchEnd: file.sizeBytes, rowCount: count });
      }
    },
    merge: (compare, rowsAtOnce, wantsKeys) => merge(schema, runs, compare, rowsAtOnce, wantsKeys),
    async close() {
      await Promise.all(runs.splice(0).map(({ file }) => file.close()));
    },
  };
}

/** Where a run stands: the piece at hand and the next of its rows. */
class Cursor {
  readonly #run: Run;
  readonly #schema: Schema;
  #next = 0;
  piece!: RunPiece;
  row = 0;
  start = 0;
  end = 0;
  /** The piece among the picks it was last picked for. */
  part: PickedPart | null = null;
  pickedFor: Picks | null = null;

  constructor(run: Run, schema: Schema) {
    this.#run = run;
    this.#schema = schema;
  }

  /** Whether the next row is in the piece at hand. */
  step(): boolean {
    this.row++;
    return this.#place();
  }

  #place(): boolean {
    const { keys } = this.piece;
    if (this.row >= keys.count) return false;
    this.start = this.row === 0 ? 0 : keys.ends[this.row - 1]!;
    this.end = keys.ends[this.row]!;
    return true;
  }

  /** Reads the next piece; false behind the last. */
  async load(): Promise<boolean> {
    const at = this.#run.pieces[this.#next++];
    if (at === undefined) return false;
    const { file } = this.#run;
    const [keys, frame] = await Promise.all([
      file.read(at.from, at.keysEnd),
      file.read(at.keysEnd, at.batchEnd),
    ]);
    const count = at.rowCount;
    const ends = new Uint32Array(keys.slice(0, count * 4).buffer);
    this.piece = {
      batch: decodeBatch(this.#schema, frame),
      keys: { bytes: keys.subarray(count * 4), ends, count },
    };
    this.row = 0;
    this.pickedFor = null;
    return this.#place();
  }
}

/** A piece of which rows are picked: `count` of them from `first` on. */
interface PickedPart {
  batch: Batch;
  number: number;
  first: number;
  count: number;
}

async function* merge(
  schema: Schema,
  runs: readonly Run[],
  compare: CompareKeys,
  rowsAtOnce: number,
  wantsKeys: boolean,
): AsyncGenerator<RunPiece> {
  if (runs.length === 0) return;
  const isBefore = (a: number, b: number): boolean => {
    if (isOver[a] === 1 || isOver[b] === 1) return isOver[a]! < isOver[b]!;
    const left = cursors[a]!;
    const right = cursors[b]!;
    const order = compare(
      left.piece.keys.bytes,
      left.start,
      left.end,
      right.piece.keys.bytes,
      right.start,
      right.end,
    );
    return order < 0 || (order === 0 && a < b);
  };
  const cursors = runs.map((run) => new Cursor(run, schema));
  const isOver = new Uint8Array(runs.length);
  for (const [n, cursor] of cursors.entries()) if (!(await cursor.load())) isOver[n] = 1;
  const tree = new Contest(runs.length, isBefore);
  let picked = new Picks(schema, rowsAtOnce, wantsKeys);
  for (let first = tree.winner; isOver[first] === 0; first = tree.again()) {
    const cursor = cursors[first]!;
    picked.add(cursor);
    if (!cursor.step() && !(await cursor.load())) isOver[first] = 1;
    if (picked.count === rowsAtOnce) {
      yield picked.take();
      picked = new Picks(schema, rowsAtOnce, wantsKeys);
    }
  }
  if (picked.count > 0) yield picked.take();
}

/** Finds the first of several contestants again and again, of which only the first changes in between: a tree of losers. */
class Contest {
  readonly #isBefore: (a: number, b: number) => boolean;
  /** Node n has the children 2n and 2n + 1, the contestants are the leaves; the loser of each match stays at its node. */
  readonly #losers: Uint32Array;
  winner: number;

  /** `count` of at least 1. */
  constructor(count: number, isBefore: (a: number, b: number) => boolean) {
    this.#isBefore = isBefore;
    this.#losers = new Uint32Array(count);
    const winners = Uint32Array.from({ length: count * 2 }, (_, n) => (n < count ? 0 : n - count));
    for (let node = count - 1; node > 0; node--) {
      const [a, b] = [winners[node * 2]!, winners[node * 2 + 1]!];
      const isA = isBefore(a, b);
      winners[node] = isA ? a : b;
      this.#losers[node] = isA ? b : a;
    }
    this.winner = winners[1]!;
  }

  /** The first, now that the last winner stands elsewhere. */
  again(): number {
    const losers = this.#losers;
    let { winner } = this;
    for (let node = (winner + losers.length) >> 1; node > 0; node >>= 1) {
      const other = losers[node]!;
      if (!this.#isBefore(other, winner)) continue;
      losers[node] = winner;
      winner = other;
    }
    this.winner = winner;
    return winner;
  }
}

/** Rows of several batches in an order of their own; of each batch they come one after the other. */
class Picks {
  readonly #schema: Schema;
  readonly #parts: PickedPart[] = [];
  readonly #part: Uint32Array;
  readonly #place: Uint32Array;
  readonly #keys = new ByteWriter(4096);
  readonly #keyEnds: Uint32Array;
  readonly #wantsKeys: boolean;
  count = 0;

  constructor(schema: Schema, most: number, wantsKeys: boolean) {
    this.#schema = schema;
    this.#wantsKeys = wantsKeys;
    this.#part = new Uint32Array(most);
    this.#place = new Uint32Array(most);
    this.#keyEnds = new Uint32Array(most);
  }

  add(cursor: Cursor): void {
    const { piece, row, start, end } = cursor;
    if (this.#wantsKeys) {
      this.#keys.put(piece.keys.bytes, start, end);
      this.#keyEnds[this.count] = this.#keys.length;
    }
    if (cursor.pickedFor !== this) {
      cursor.pickedFor = this;
      cursor.part = { batch: piece.batch, number: this.#parts.length, first: row, count: 0 };
      this.#parts.push(cursor.part);
    }
    const part = cursor.part!;
    this.#part[this.count] = part.number;
    this.#place[this.count++] = part.count++;
  }

  take(): RunPiece {
    const offsets: number[] = [];
    let offset = 0;
    const parts = this.#parts.map(({ batch, first, count }): Batch => {
      offsets.push(offset);
      offset += count;
      const selection = Uint32Array.from({ length: count }, (_, i) => first + i);
      return { ...batch, selection };
    });
    const order = new Uint32Array(this.count);
    for (let i = 0; i < order.length; i++) order[i] = offsets[this.#part[i]!]! + this.#place[i]!;
    return {
      batch: createGatherer(this.#schema, parts)(order),
      keys: this.#wantsKeys
        ? {
            bytes: this.#keys.take(),
            ends: this.#keyEnds.slice(0, this.count),
            count: this.count,
          }
        : NO_KEYS,
    };
  }
}
