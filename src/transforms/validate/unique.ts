// Finds rows whose key came before, exactly: with a table of keys in memory as long as that fits, by sorting beyond it.
import { resolveColumn } from '../../contract/columns.ts';
import { shorten } from '../../contract/errors.ts';
import type { ColumnRef } from '../../contract/expression.ts';
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { createExternalSorter, type ExternalSorter } from '../../spill/external-sorter.ts';
import { NUMBER_BYTES, numberAt, putNumber } from '../../spill/row-number.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { cellText } from '../../table/cell-text.ts';
import { createKeyTable } from '../../table/key-table.ts';
import { createKeyedRows, type KeyedRows } from '../../table/keyed-rows.ts';
import { compareBytes } from '../../table/row-key.ts';
import type { ValidateOptions } from './options.ts';
import { tell, type Verdict } from './outcome.ts';
import { RULE_SAYS } from './texts.ts';

/** Rows of which no two have the same key; what breaks that is told. */
export async function* keepUnique(
  batches: AsyncIterable<Batch>,
  key: readonly ColumnRef[],
  context: TransformContext<ValidateOptions>,
): AsyncGenerator<Batch> {
  const { schema, options, scratch, signal } = context;
  const columns = key.map((ref) => resolveColumn(schema, ref));
  const verdict = verdictOf(columns, context);
  // What is no value of its type was told already, and is the same as nothing.
  const keysOf = createKeyedRows(schema, columns, () => {});
  const share = scratch.memoryBytes / Math.max(1, options.unique.length);
  const third = { ...scratch, memoryBytes: share / 3 };
  const removes = options.action === 'reject';
  const table = createKeyTable();
  let rowsBefore = 0;
  let next = 0;
  let late: { byKey: ExternalSorter; byNumber: ExternalSorter } | null = null;
  let keyed: KeyedRows;
  /** Of the rows that are about to be put aside: their numbers in order, and in the source. */
  let numbers: number[] = [];
  let sourceRows: number[] = [];
  const openLate = () => ({
    byKey: createExternalSorter(
      schema,
      {
        begin() {},
        write(row, out) {
          out.put(keyed.bytes, row === 0 ? 0 : keyed.ends[row - 1]!, keyed.ends[row]!);
          putPlace(row, out);
        },
      },
      third,
      signal,
    ),
    byNumber: createExternalSorter(
      schema,
      { begin() {}, write: (row, out) => putNumber(numbers[row]!, out) },
      third,
      signal,
    ),
  });
  const putPlace = (row: number, out: ByteWriter): void => {
    putNumber(numbers[row]!, out);
    putNumber(sourceRows[row]!, out);
  };

  try {
    for await (const batch of batches) {
      signal.throwIfAborted();
      keyed = keysOf(batch);
      const alone = keyed.keyless;
      const first = batch.block?.firstRow ?? rowsBefore;
      rowsBefore += batch.rowCount;
      const broken: number[] = [];
      const waiting: number[] = [];
      for (let i = 0; i < keyed.rows.length; i++) {
        const start = i === 0 ? 0 : keyed.ends[i - 1]!;
        const size = table.size;
        if (late !== null) {
          if (table.find(keyed.bytes, start, keyed.ends[i]!) < 0) waiting.push(i);
          else broken.push(keyed.rows[i]!);
        } else if (table.findOrAdd(keyed.bytes, start, keyed.ends[i]!) < size)
          broken.push(keyed.rows[i]!);
      }
      tell(batch, verdicts(broken, verdict), (row) => first + row, context);
      if (late === null) {
        const kept = removes ? without(batch, broken) : batch;
        if (selectedCount(kept) > 0) yield kept;
        if (table.memoryBytes > share / 3) late = openLate();
        continue;
      }
      const placeOf = places(batch);
      const before = next;
      next += selectedCount(batch);
      const noted = (rows: ArrayLike<number>): void => {
        numbers = Array.from(rows, (row) => before + placeOf(row));
        sourceRows = Array.from(rows, (row) => first + row);
      };
      // Their keys stand close together, as the sorter asks for them by turn.
      keyed = picked(keyed, waiting);
      noted(keyed.rows);
      await late.byKey.add({ ...batch, selection: keyed.rows });
      if (!removes) yield batch;
      else {
        noted(alone);
        await late.byNumber.add({ ...batch, selection: alone });
      }
    }
    if (late === null) return;
    let last: Uint8Array | null = null;
    for await (const { batch, keys: block } of late.byKey.sorted()) {
      const broken: number[] = [];
      const kept: number[] = [];
      const rowOf = new Map<number, number>();
      numbers = [];
      for (let row = 0; row < block.count; row++) {
        const start = row === 0 ? 0 : block.ends[row - 1]!;
        const end = block.ends[row]! - 2 * NUMBER_BYTES;
        const isSame: boolean =
          last !== null && compareBytes(last, 0, last.length, block.bytes, start, end) === 0;
        if (isSame) {
          broken.push(row);
          rowOf.set(row, numberAt(block.bytes, end + NUMBER_BYTES));
          continue;
        }
        last = block.bytes.slice(start, end);
        kept.push(row);
        numbers.push(numberAt(block.bytes, end));
      }
      tell(batch, verdicts(broken, verdict), (row) => rowOf.get(row)!, context);
      if (removes) await late.byNumber.add({ ...batch, selection: Uint32Array.from(kept) });
    }
    if (removes) yield* late.byNumber.sortedRows();
  } finally {
    await late?.byKey.close();
    await late?.byNumber.close();
  }
}

function verdictOf(
  columns: readonly number[],
  { schema }: TransformContext<ValidateOptions>,
): Verdict {
  const names = columns.map((column) => shorten(schema.fields[column]!.name)).join(', ');
  return {
    code: 'validate.unique',
    column: names,
    all: RULE_SAYS.uniqueAll,
    say(batch, row) {
      const texts = columns.map((column) => cellText(batch, row, column) ?? '');
      const value = shorten(texts.join(', '), 40);
      return { sentence: RULE_SAYS.unique(names, value), value };
    },
  };
}

const verdicts = (rows: readonly number[], verdict: Verdict) =>
  rows.map((row) => ({ row, verdict }));

/** The keys at these places, one after the other. */
function picked({ rows, bytes, ends }: KeyedRows, at: readonly number[]): KeyedRows {
  const startOf = (i: number): number => (i === 0 ? 0 : ends[i - 1]!);
  const size = at.reduce((sum, i) => sum + ends[i]! - startOf(i), 0);
  const outBytes = new Uint8Array(size);
  const outEnds = new Uint32Array(at.length);
  let used = 0;
  for (const [n, i] of at.entries()) {
    outBytes.set(bytes.subarray(startOf(i), ends[i]!), used);
    used += ends[i]! - startOf(i);
    outEnds[n] = used;
  }
  return {
    rows: Uint32Array.from(at, (i) => rows[i]!),
    bytes: outBytes,
    ends: outEnds,
    keyless: new Uint32Array(0),
  };
}

/** How many selected rows of a batch stand before a selected row. */
function places(batch: Batch): (row: number) => number {
  if (batch.selection === null) return (row) => row;
  const found = new Uint32Array(batch.rowCount);
  for (let i = 0; i < selectedCount(batch); i++) found[selectedRow(batch, i)] = i;
  return (row) => found[row]!;
}

/** The batch without these rows. */
export function without(batch: Batch, gone: readonly number[]): Batch {
  if (gone.length === 0) return batch;
  const left = new Set(gone);
  const rows = batch.selection ?? Uint32Array.from({ length: batch.rowCount }, (_, row) => row);
  return { ...batch, selection: rows.filter((row) => !left.has(row)) };
}
