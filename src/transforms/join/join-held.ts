// Joins rows as they come with those of the other side, which are held by key.
import type { TransformContext } from '../../contract/plugins.ts';
import { batchBuffers, type Batch } from '../../table/batch.ts';
import { giveBlock } from '../../table/buffer-pool.ts';
import { NO_ROW } from '../../table/gather-column.ts';
import { gatherBeside, gatherRows } from '../../table/gather.ts';
import type { SideKeys } from './join-keys.ts';
import type { JoinPlan } from './join-plan.ts';
import type { JoinOptions } from './options.ts';
import type { HeldRows } from './other-side.ts';

/** A batch that comes out has as many bytes at most; what comes in, with some columns more, has fewer. */
const MOST_BYTES = 4 * 1024 * 1024;

const bytesOf = (batch: Batch): number =>
  batchBuffers(batch).reduce((sum, buffer) => sum + buffer.byteLength, 0);

export async function* joinHeld(
  batches: AsyncIterable<Batch>,
  held: HeldRows,
  keys: SideKeys,
  plan: JoinPlan,
  { signal, filtered, added }: TransformContext<JoinOptions>,
): AsyncGenerator<Batch> {
  const { kind } = plan;
  const heldRowBytes = bytesOf(held.batch) / Math.max(1, held.batch.rowCount);
  for await (const batch of batches) {
    signal.throwIfAborted();
    const found = lookUp(batch, held, keys, plan);
    filtered(found.unmatched);
    if (found.rows.length === 0) continue;
    if (kind === 'semi' || kind === 'anti') {
      yield { ...batch, selection: found.rows };
      continue;
    }
    if (found.extra === 0 && (batch.block === null || held.batch.block === null)) {
      yield inPlace(batch, held.batch, found, plan);
      continue;
    }
    added(found.extra);
    const rowBytes = bytesOf(batch) / Math.max(1, batch.rowCount) + heldRowBytes;
    const most = Math.max(1, Math.min(65_536, Math.floor(MOST_BYTES / rowBytes)));
    yield* pieces(batch, held.batch, found, plan, most);
    giveBlock(batch);
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
}

function lookUp(
  batch: Batch,
  { keys: table, byKey }: HeldRows,
  keys: SideKeys,
  { kind, many, refuseMany }: JoinPlan,
): Found {
  const { rows: keyed, bytes, ends, keyless } = keys.of(batch);
  const isTest = kind === 'semi' || kind === 'anti';
  const keepsUnmatched = kind === 'left' || kind === 'anti';
  let rows = new Uint32Array(keyed.length + keyless.length);
  let matches = new Uint32Array(isTest ? 0 : rows.length);
  let count = 0;
  let unmatched = 0;
  let extra = 0;
  const put = (row: number, match: number): void => {
    if (count === rows.length) {
      const moreRows = new Uint32Array(count * 2);
      moreRows.set(rows);
      rows = moreRows;
      const moreMatches = new Uint32Array(count * 2);
      moreMatches.set(matches);
      matches = moreMatches;
    }
    rows[count] = row;
    if (!isTest) matches[count] = match;
    count++;
  };
  const found = new Int32Array(keyed.length);
  table.findAll(bytes, ends, found);
  let nextKeyless = 0;
  const putKeyless = (before: number): void => {
    for (; nextKeyless < keyless.length && keyless[nextKeyless]! < before; nextKeyless++) {
      if (keepsUnmatched) put(keyless[nextKeyless]!, NO_ROW);
      else unmatched++;
    }
  };
  for (let i = 0; i < keyed.length; i++) {
    const row = keyed[i]!;
    putKeyless(row);
    const key = found[i]!;
    if (key < 0 || isTest) {
      // Whether a row is found is all that a test asks.
      const comesOut = key < 0 ? keepsUnmatched : kind === 'semi';
      if (comesOut) put(row, NO_ROW);
      else unmatched++;
      continue;
    }
    if (byKey === null) {
      put(row, key);
      continue;
    }
    const from = byKey.starts[key]!;
    const to = byKey.starts[key + 1]!;
    if (to - from > 1 && many === 'fail') throw refuseMany(batch, row);
    const end = many === 'first' ? from + 1 : to;
    for (let k = from; k < end; k++) put(row, byKey.rows[k]!);
    extra += end - from - 1;
  }
  putKeyless(Infinity);
  return { rows: rows.subarray(0, count), matches: matches.subarray(0, count), unmatched, extra };
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
