// Joins two sides that are sorted by key, and puts the rows that come out back in the order of the left ones.
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { createExternalSorter, type ExternalSorter } from '../../spill/external-sorter.ts';
import { NUMBER_BYTES, numberAt, putNumber } from '../../spill/row-number.ts';
import type { RunPiece } from '../../spill/sorted-runs.ts';
import { batchBytes, selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { NO_ROW } from '../../table/gather-column.ts';
import { concatBatches, gatherBeside } from '../../table/gather.ts';
import type { KeyedRows } from '../../table/keyed-rows.ts';
import { nullColumn } from '../../table/null-column.ts';
import type { SideKeys } from './join-keys.ts';
import { KeyGroups } from './key-groups.ts';
import type { JoinPlan } from './join-plan.ts';
import type { JoinOptions } from './options.ts';

/** Rows that come out of one piece at once. */
const ROWS_AT_ONCE = 16_384;
const BYTES_AT_ONCE = 4 * 1024 * 1024;
/** Pieces of the other side that they may stand in: all of each is held. */
const PARTS_AT_ONCE = 8;
/** Of the memory, for the other side's rows of one key. */
const GROUP_SHARE = 1 / 6;

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
  // Of a key's rows on the other side.
  const most = isTest ? 0 : many === 'all' ? Infinity : 1;
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

  const groups = new KeyGroups(right.sorted(), {
    schema: plan.takenSchema,
    most,
    scratch: { ...scratch, memoryBytes: scratch.memoryBytes * GROUP_SHARE },
  });

  /** The rows beside those of the other side are rows of the result. */
  async function give(joined: Joined): Promise<void> {
    if (joined.rows.length === 0) return;
    const { batch } = joined;
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
      const alone = new Joined(batch);
      for (const row of keyed.keyless) alone.put(row, NO_ROW, first + placeOf(row));
      await give(alone);
    }

    for await (const piece of left.sorted()) {
      signal.throwIfAborted();
      await joinPiece(piece);
    }
    yield* result.sortedRows();
  } finally {
    await left.close();
    await groups.close();
    await result.close();
  }

  async function joinPiece({ batch, keys: block }: RunPiece): Promise<void> {
    let joined = new Joined(batch);
    const startOf = (row: number): number => (row === 0 ? 0 : block.ends[row - 1]!);
    const endOf = (row: number): number => block.ends[row]! - NUMBER_BYTES;
    const giveFull = async (): Promise<void> => {
      signal.throwIfAborted();
      const full = joined;
      joined = new Joined(batch);
      await give(full);
    };
    for (let row = 0; row < block.count; row++) {
      const [start, end] = [startOf(row), endOf(row)];
      // Most keys need no waiting.
      const known = groups.current(block.bytes, start, end) ?? groups.find(block.bytes, start, end);
      const size = typeof known === 'number' ? known : await known;
      if (size === 0 || isTest) {
        if (size === 0 ? keepsUnmatched : kind === 'semi')
          joined.put(row, NO_ROW, numberAt(block.bytes, end));
        else filtered(1);
        continue;
      }
      if (size > 1 && many === 'fail') throw plan.refuseMany(batch, row);
      const { held } = groups;
      if (held !== null) {
        const number = numberAt(block.bytes, end);
        let count = Math.min(size, most);
        added(count - 1);
        for (const { batch: part, from, to } of held)
          for (let at = from; at < to && count > 0; at++, count--) {
            joined.putMatch(row, number, part, at);
            if (joined.isFull) await giveFull();
          }
        continue;
      }
      // Too many for memory: they are read once for all rows of the key that are at hand.
      let behind = row + 1;
      while (
        behind < block.count &&
        groups.current(block.bytes, startOf(behind), endOf(behind)) !== null
      )
        behind++;
      added((size - 1) * (behind - row));
      for await (const part of groups.read())
        for (let each = row; each < behind; each++) {
          const number = numberAt(block.bytes, endOf(each));
          for (let at = 0; at < part.rowCount; at++) {
            joined.putMatch(each, number, part, at);
            if (joined.isFull) await giveFull();
          }
        }
      row = behind - 1;
    }
    await give(joined);
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

/** Rows of a left batch that come out, with what stands beside them. */
class Joined {
  readonly batch: Batch;
  readonly rows: number[] = [];
  /** Parallel: rows of all parts one after the other. */
  readonly matches: number[] = [];
  readonly numbers: number[] = [];
  /** Pieces of the other side, each with the number of rows before it. */
  readonly parts = new Map<Batch, number>();
  #partRows = 0;
  #bytes = 0;
  /** The piece at hand: what stands before it, and what a row with one of its rows takes. */
  #part: { batch: Batch; before: number; rowBytes: number } | null = null;

  constructor(batch: Batch) {
    this.batch = batch;
  }

  put(row: number, match: number, number: number): void {
    this.rows.push(row);
    this.matches.push(match);
    this.numbers.push(number);
  }

  putMatch(row: number, number: number, batch: Batch, match: number): void {
    if (this.#part?.batch !== batch) this.#part = this.#partOf(batch);
    this.put(row, this.#part.before + match, number);
    this.#bytes += this.#part.rowBytes;
  }

  #partOf(batch: Batch) {
    let before = this.parts.get(batch);
    if (before === undefined) {
      before = this.#partRows;
      this.parts.set(batch, before);
      this.#partRows += batch.rowCount;
    }
    return { batch, before, rowBytes: rowBytes(this.batch) + rowBytes(batch) };
  }

  get isFull(): boolean {
    return (
      this.rows.length >= ROWS_AT_ONCE ||
      this.parts.size >= PARTS_AT_ONCE ||
      this.#bytes >= BYTES_AT_ONCE
    );
  }
}

const rowBytes = (batch: Batch): number => batchBytes(batch) / Math.max(1, batch.rowCount);
