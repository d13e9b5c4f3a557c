// Joins two sides that are sorted by key, and puts the rows that come out back in the order of the left ones.
import type { TransformContext } from '../../contract/plugins.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { createExternalSorter, type ExternalSorter } from '../../spill/external-sorter.ts';
import { NUMBER_BYTES, numberAt, putNumber } from '../../spill/row-number.ts';
import type { RunPiece } from '../../spill/sorted-runs.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { NO_ROW } from '../../table/gather-column.ts';
import { concatBatches, gatherBeside } from '../../table/gather.ts';
import type { KeyedRows } from '../../table/keyed-rows.ts';
import { nullColumn } from '../../table/null-column.ts';
import { compareBytes } from '../../table/row-key.ts';
import type { SideKeys } from './join-keys.ts';
import type { JoinPlan } from './join-plan.ts';
import type { JoinOptions } from './options.ts';

/** Rows that come out of one piece at once. */
const ROWS_AT_ONCE = 16_384;

export async function* joinSorted(
  batches: AsyncIterable<Batch>,
  right: ExternalSorter,
  keys: SideKeys,
  plan: JoinPlan,
  context: TransformContext<JoinOptions>,
): AsyncGenerator<Batch> {
  const { kind, many } = plan;
  const { scratch, signal, filtered, added } = context;
  const isTest = kind === 'semi' || kind === 'anti';
  const keepsUnmatched = kind === 'left' || kind === 'anti';
  const third = { ...scratch, memoryBytes: scratch.memoryBytes / 3 };
  let keyed: KeyedRows;
  /** Numbers of the rows that are about to be added to either sorter. */
  let numbers: ArrayLike<number> = [];
  const left = createExternalSorter(
    context.schema,
    {
      begin() {},
      write(row, out) {
        out.put(keyed.bytes, row === 0 ? 0 : keyed.ends[row - 1]!, keyed.ends[row]!);
        putNumber(numbers[row]!, out);
      },
    },
    third,
    signal,
  );
  const result = createExternalSorter(
    plan.schema,
    { begin() {}, write: (row, out) => putNumber(numbers[row]!, out) },
    third,
    signal,
  );

  /** Rows of a left batch beside rows of the pieces of the other side; then they are those of the result. */
  async function give(batch: Batch, joined: Joined): Promise<void> {
    if (joined.rows.length === 0) return;
    ({ numbers } = joined);
    const rows = Uint32Array.from(joined.rows);
    if (isTest) {
      await result.add({ ...batch, selection: rows });
      return;
    }
    const other =
      joined.parts.size === 0
        ? null
        : concatBatches(plan.takenSchema, [...joined.parts.keys()], failOnMisfit);
    await result.add(
      gatherBeside(plan.schema, [
        { batch, rows },
        {
          batch: other ?? emptyBatch(plan),
          rows: Uint32Array.from(joined.matches),
        },
      ]),
    );
  }

  try {
    let next = 0;
    for await (const batch of batches) {
      signal.throwIfAborted();
      keyed = keys.of(batch);
      const first = next;
      const placeOf = placesOf(batch);
      next += selectedCount(batch);
      numbers = Array.from(keyed.rows, (row) => first + placeOf(row));
      await left.add({ ...batch, selection: keyed.rows });
      if (!keepsUnmatched) {
        filtered(keyed.keyless.length);
        continue;
      }
      const alone = new Joined();
      for (const row of keyed.keyless) alone.put(row, NO_ROW, first + placeOf(row));
      await give(batch, alone);
    }

    const groups = new Groups(right.sorted());
    for await (const { batch, keys: block } of left.sorted()) {
      signal.throwIfAborted();
      let joined = new Joined();
      for (let row = 0; row < block.count; row++) {
        const start = row === 0 ? 0 : block.ends[row - 1]!;
        const end = block.ends[row]! - NUMBER_BYTES;
        const number = numberAt(block.bytes, end);
        // A key at hand needs no waiting.
        const known = groups.current(block.bytes, start, end);
        const size = known ?? (await groups.find(block.bytes, start, end));
        if (size === 0 || isTest) {
          if (size === 0 ? keepsUnmatched : kind === 'semi') joined.put(row, NO_ROW, number);
          else filtered(1);
          continue;
        }
        if (size > 1 && many === 'fail') throw plan.refuseMany(batch, row);
        const count = many === 'first' ? 1 : size;
        added(count - 1);
        for (let k = 0; k < count; k++) {
          joined.putMatch(row, number, groups, k);
          if (joined.rows.length < ROWS_AT_ONCE) continue;
          await give(batch, joined);
          joined = new Joined();
        }
      }
      await give(batch, joined);
    }
    yield* result.sortedRows();
  } finally {
    await left.close();
    await result.close();
  }
}

/** Nobody's rows: for rows that stand alone. */
function emptyBatch({ takenSchema }: JoinPlan): Batch {
  return {
    schema: takenSchema,
    rowCount: 0,
    selection: null,
    columns: takenSchema.fields.map(({ type }) => nullColumn(type, 0)),
    block: null,
  };
}

/** How many selected rows of a batch stand before a selected row. */
function placesOf(batch: Batch): (row: number) => number {
  if (batch.selection === null) return (row) => row;
  const places = new Uint32Array(batch.rowCount);
  for (let i = 0; i < selectedCount(batch); i++) places[selectedRow(batch, i)] = i;
  return (row) => places[row]!;
}

/** Rows that come out, with what stands beside them. */
class Joined {
  readonly rows: number[] = [];
  /** Parallel: rows of all parts one after the other. */
  readonly matches: number[] = [];
  readonly numbers: number[] = [];
  /** Pieces of the other side, each with the number of rows before it. */
  readonly parts = new Map<Batch, number>();
  #partRows = 0;

  put(row: number, match: number, number: number): void {
    this.rows.push(row);
    this.matches.push(match);
    this.numbers.push(number);
  }

  /** Match k of the group at hand. */
  putMatch(row: number, number: number, groups: Groups, k: number): void {
    const { batch, row: match } = groups.at(k);
    let before = this.parts.get(batch);
    if (before === undefined) {
      before = this.#partRows;
      this.parts.set(batch, before);
      this.#partRows += batch.rowCount;
    }
    this.put(row, before + match, number);
  }
}

/** A stretch of a piece whose rows have one key. */
interface Stretch {
  batch: Batch;
  from: number;
  to: number;
}

/** The rows of the other side, key by key, asked for in ascending order of keys. */
class Groups {
  readonly #pieces: AsyncGenerator<RunPiece>;
  #piece: RunPiece | null = null;
  #row = 0;
  #isStarted = false;
  /** The key asked for last, and its rows. */
  #key: Uint8Array | null = null;
  #stretches: Stretch[] = [];
  #size = 0;

  constructor(pieces: AsyncGenerator<RunPiece>) {
    this.#pieces = pieces;
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
    this.#size = 0;
    if (!this.#isStarted) {
      this.#isStarted = true;
      await this.#load();
    }
    while (this.#piece !== null) {
      const { batch, keys } = this.#piece;
      for (; this.#row < keys.count; this.#row++) {
        const at = this.#row === 0 ? 0 : keys.ends[this.#row - 1]!;
        const order = compareBytes(keys.bytes, at, keys.ends[this.#row]!, bytes, start, end);
        if (order > 0) break;
        if (order === 0) this.#add(batch, this.#row);
      }
      if (this.#row < keys.count) return this.#size;
      // Rows of the key may go on in the next piece.
      await this.#load();
    }
    return this.#size;
  }

  #add(batch: Batch, row: number): void {
    const last = this.#stretches.at(-1);
    if (last?.batch === batch) last.to = row + 1;
    else this.#stretches.push({ batch, from: row, to: row + 1 });
    this.#size++;
  }

  async #load(): Promise<void> {
    const { value, done } = await this.#pieces.next();
    this.#piece = done === true ? null : value;
    this.#row = 0;
  }

  /** Row k of the key asked for last. */
  at(k: number): { batch: Batch; row: number } {
    let left = k;
    for (const { batch, from, to } of this.#stretches) {
      if (left < to - from) return { batch, row: from + left };
      left -= to - from;
    }
    throw new RangeError(`no row ${k} of the key`);
  }
}
