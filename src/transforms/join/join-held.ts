// Joins rows as they come with those of the other side, which are held by key.
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { batchBytes, type Batch } from '../../table/batch.ts';
import { giveBlock } from '../../table/buffer-pool.ts';
import { NO_ROW } from '../../table/gather-column.ts';
import { gatherBeside, gatherRows } from '../../table/gather.ts';
import type { SideKeys } from './join-keys.ts';
import type { JoinPlan } from './join-plan.ts';
import type { JoinOptions } from './options.ts';
import type { HeldRows } from './other-side.ts';

/** A batch that comes out has as many bytes at most; what comes in, with some columns more, has fewer. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Rows of a batch that match more are worked on in stretches. */
const MOST_PAIRS = 262_144;

export async function* joinHeld(
  batches: AsyncIterable<Batch>,
  held: HeldRows,
  keys: SideKeys,
  plan: JoinPlan,
  { signal, filtered, added }: TransformContext<JoinOptions>,
): AsyncGenerator<Batch> {
  const { kind } = plan;
  const heldRowBytes = batchBytes(held.batch) / Math.max(1, held.batch.rowCount);
  for await (const batch of batches) {
    signal.throwIfAborted();
    let isPassedOn = false;
    for (const found of lookUp(batch, held, keys, plan)) {
      signal.throwIfAborted();
      filtered(found.unmatched);
      if (found.rows.length === 0) continue;
      if (kind === 'semi' || kind === 'anti') {
        isPassedOn = true;
        yield { ...batch, selection: found.rows };
      } else if (found.isWhole && (batch.block === null || held.batch.block === null)) {
        isPassedOn = true;
        yield inPlace(batch, held.batch, found, plan);
      } else {
        added(found.extra);
        const rowBytes = batchBytes(batch) / Math.max(1, batch.rowCount) + heldRowBytes;
        const most = Math.max(1, Math.min(65_536, Math.floor(MOST_BYTES / rowBytes)));
        yield* pieces(batch, held.batch, found, plan, most);
      }
    }
    if (!isPassedOn) giveBlock(batch);
  }
}

interface Found {
  /** Rows that come out, by physical row of the batch, ascending; a row stands once for each of its matches. */
  rows: Uint32Array;
  /** Parallel: the row of the other side; {@link NO_ROW} = none. */
  matches: Uint32Array;
  /** Rows that do not come out, and how often a row comes out beyond the first time. */
  unmatched: number;
  extra: number;
  /** It is all that is found for the batch, and no row comes out twice. */
  isWhole: boolean;
}

class Pairs {
  #rows: Uint32Array;
  #matches: Uint32Array;
  count = 0;
  unmatched = 0;
  extra = 0;

  constructor(room: number) {
    this.#rows = new Uint32Array(room);
    this.#matches = new Uint32Array(room);
  }

  put(row: number, match: number): void {
    if (this.count === this.#rows.length) {
      const rows = new Uint32Array(this.count * 2);
      rows.set(this.#rows);
      this.#rows = rows;
      const matches = new Uint32Array(this.count * 2);
      matches.set(this.#matches);
      this.#matches = matches;
    }
    this.#rows[this.count] = row;
    this.#matches[this.count++] = match;
  }

  found(isAll: boolean): Found {
    const { count, unmatched, extra } = this;
    return {
      rows: this.#rows.subarray(0, count),
      matches: this.#matches.subarray(0, count),
      unmatched,
      extra,
      isWhole: isAll && extra === 0,
    };
  }
}

/** What is found for a batch, in stretches of at most as many pairs as the batch has rows, or {@link MOST_PAIRS}. */
function* lookUp(
  batch: Batch,
  { keys: table, byKey }: HeldRows,
  keys: SideKeys,
  { kind, many, refuseMany }: JoinPlan,
): Generator<Found> {
  const { rows: keyed, bytes, ends, keyless } = keys.of(batch);
  const isTest = kind === 'semi' || kind === 'anti';
  const keepsUnmatched = kind === 'left' || kind === 'anti';
  const rowCount = keyed.length + keyless.length;
  const most = Math.max(rowCount, MOST_PAIRS);
  let isFirst = true;
  let pairs = new Pairs(Math.max(1, rowCount));
  const found = new Int32Array(keyed.length);
  table.findAll(bytes, ends, found);
  let nextKeyless = 0;
  const alone = (row: number, comesOut: boolean): void => {
    if (comesOut) pairs.put(row, NO_ROW);
    else pairs.unmatched++;
  };
  for (let i = 0; i < keyed.length; i++) {
    const row = keyed[i]!;
    for (; nextKeyless < keyless.length && keyless[nextKeyless]! < row; nextKeyless++)
      alone(keyless[nextKeyless]!, keepsUnmatched);
    const key = found[i]!;
    if (key < 0 || isTest) {
      // Whether a row is found is all that a test asks.
      alone(row, key < 0 ? keepsUnmatched : kind === 'semi');
      continue;
    }
    if (byKey === null) {
      pairs.put(row, key);
      continue;
    }
    const from = byKey.starts[key]!;
    const to = byKey.starts[key + 1]!;
    if (to - from > 1 && many === 'fail') throw refuseMany(batch, row);
    const end = many === 'first' ? from + 1 : to;
    for (let k = from; k < end; k++) {
      if (pairs.count >= most) {
        yield pairs.found(false);
        isFirst = false;
        pairs = new Pairs(most);
      }
      pairs.put(row, byKey.rows[k]!);
      if (k > from) pairs.extra++;
    }
  }
  for (; nextKeyless < keyless.length; nextKeyless++) alone(keyless[nextKeyless]!, keepsUnmatched);
  yield pairs.found(isFirst);
}

/** Each row at most once, and text on one side only: the rows stay where they are, the columns taken are laid beside them. */
function inPlace(batch: Batch, other: Batch, { rows, matches }: Found, plan: JoinPlan): Batch {
  const places = new Uint32Array(batch.rowCount).fill(NO_ROW);
  for (let i = 0; i < rows.length; i++) places[rows[i]!] = matches[i]!;
  const beside = gatherRows(other, places);
  const out: Batch = {
    ...batch,
    schema: plan.schema,
    columns: [...batch.columns, ...beside.columns],
    block: beside.block ?? batch.block,
    selection: rows,
  };
  // Dictionaries are shared by all batches.
  if (beside.isShared) out.isShared = true;
  return out;
}

function* pieces(
  batch: Batch,
  other: Batch,
  { rows, matches }: Found,
  { schema }: JoinPlan,
  rowsAtOnce: number,
): Generator<Batch> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    yield gatherBeside(schema, [
      { batch, rows: rows.subarray(from, from + rowsAtOnce) },
      { batch: other, rows: matches.subarray(from, from + rowsAtOnce) },
    ]);
}
