// Reads a Parquet file as batches of typed columns: row group by row group, only the columns, groups and rows that count.
import { faultError, insist } from '../../contract/fault.ts';
import type { RowScreen } from '../../contract/row-screen.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch, TypedColumn } from '../../table/batch.ts';
import { gatherColumn, withoutDictionary } from '../../table/gather-column.ts';
import { nullColumn } from '../../table/null-column.ts';
import { readFooter, type RowGroup } from './footer.ts';
import type { LeafReader } from './leaf-reader.ts';
import { makeColumn } from './make-column.ts';
import { openReaders } from './open-readers.ts';
import type { ParquetOptions } from './options.ts';
import { createGroupTest } from './prune.ts';
import { readTree, type Leaf, type TreeNode } from './schema-tree.ts';
import type { Stretch } from './stretch.ts';

const MOST_ROWS = 65_536;
const BATCH_BYTES = 8 << 20;
/** Byte arrays of all columns together, where they are longer than the file's sizes let expect. */
const MOST_BATCH_BYTES = 64 << 20;

export async function* readParquet(context: ReadContext<ParquetOptions>): AsyncGenerator<Batch> {
  const { input, signal, wanted, screen } = context;
  if (input.kind !== 'bytes' || input.slices === undefined)
    throw new TypeError('the Parquet source reads slices');
  try {
    signal.throwIfAborted();
    const footer = await readFooter(input.slices, input.name);
    const { columns } = readTree(footer.elements, context.options);
    const canHold = createGroupTest(context, columns);
    const screened =
      screen === undefined
        ? null
        : splitColumns(columns, wanted ?? new Set(columns.keys()), screen);
    let row = 0;
    for (const group of footer.rowGroups) {
      signal.throwIfAborted();
      const place: GroupPlace = { columns, group, firstRow: row, end: footer.start };
      if (!canHold(group)) context.skipped?.(group.rowCount);
      else if (screened === null) yield* readGroup(context, place);
      else yield* readScreened(context, place, screen!, screened);
      row += group.rowCount;
    }
  } catch (thrown) {
    throw faultError(thrown, 'read.parquet.corrupt', input.name, 'its pages cannot be decoded');
  }
}

/** A row group and where it stands. */
export interface GroupPlace {
  columns: readonly TreeNode[];
  group: RowGroup;
  /** The group's first row in the file. */
  firstRow: number;
  /** Where the file's pages end. */
  end: number;
}

/** Batches of one row group, of at most `mostRows` rows each. */
export async function* readGroup(
  context: ReadContext<ParquetOptions>,
  { columns, group, firstRow, end }: GroupPlace,
  mostRows = Infinity,
): AsyncGenerator<Batch> {
  const { schema, wanted, signal } = context;
  const isWanted = (index: number): boolean => wanted === undefined || wanted.has(index);
  const leaves = columns.filter((_, index) => isWanted(index)).flatMap((node) => node.leaves);
  const readers = await openReaders(context, group, leaves, end);
  const rowsAtOnce = Math.min(batchRows(group, leaves), mostRows);
  let done = 0;
  while (done < group.rowCount) {
    signal.throwIfAborted();
    const { rowCount, stretches } = await readTogether(
      readers,
      Math.min(rowsAtOnce, group.rowCount - done),
    );
    const first = firstRow + done;
    const made = columns.map((node, index): TypedColumn => {
      if (!isWanted(index)) return nullColumn(node.type, rowCount);
      const column = makeColumn(context, node, stretches, (at) => first + at);
      insist(column.length === rowCount, 'a column holds fewer rows than its row group');
      return column;
    });
    done += rowCount;
    yield { schema, rowCount, selection: null, columns: made, block: null };
  }
  for (const reader of readers) reader.release();
}

/** The columns that are read of all rows, and those that are read of rows that the screen lets through. */
interface Split {
  first: ReadonlySet<number>;
  rest: ReadonlySet<number>;
}

/** Null where nothing is left to be read later. Rows inside of lists cannot be passed by, so lists are read whole. */
function splitColumns(
  columns: readonly TreeNode[],
  wanted: ReadonlySet<number>,
  screen: RowScreen,
): Split | null {
  const first = new Set<number>();
  const rest = new Set<number>();
  for (const [index, { leaves }] of columns.entries())
    if (screen.columns.has(index)) first.add(index);
    else if (wanted.has(index))
      (leaves.every(({ maxRep }) => maxRep === 0) ? rest : first).add(index);
  return rest.size === 0 ? null : { first, rest };
}

/** What the screen looks at first, then of all other columns only the rows that it lets through. */
async function* readScreened(
  context: ReadContext<ParquetOptions>,
  { columns, group, firstRow, end }: GroupPlace,
  screen: RowScreen,
  { first, rest }: Split,
): AsyncGenerator<Batch> {
  const { schema, signal } = context;
  const leavesOf = (some: ReadonlySet<number>): Leaf[] =>
    columns.flatMap((node, index) => (some.has(index) ? node.leaves : []));
  const all = [...leavesOf(first), ...leavesOf(rest)];
  const looksAt = new Set([...screen.columns].map((index) => columns[index]!.leaf));
  const readers = await openReaders(
    context,
    group,
    all,
    end,
    (leaf) => leaf.conversion === 'text' && looksAt.has(leaf),
  );
  const split = leavesOf(first).length;
  const [before, behind] = [readers.slice(0, split), readers.slice(split)];
  const rowsAtOnce = batchRows(group, all);
  let done = 0;
  while (done < group.rowCount) {
    signal.throwIfAborted();
    const looked = await readTogether(before, Math.min(rowsAtOnce, group.rowCount - done));
    const { rowCount } = looked;
    const start = firstRow + done;
    const found = columns.map((node, index): TypedColumn => {
      if (!first.has(index)) return nullColumn(node.type, 0);
      const column = makeColumn(context, node, looked.stretches, (at) => start + at);
      insist(column.length === rowCount, 'a column holds fewer rows than its row group');
      return column;
    });
    const rows =
      screen.pick({ schema, rowCount, selection: null, columns: found, block: null }) ??
      Uint32Array.from({ length: rowCount }, (_, row) => row);
    context.skipped?.(rowCount - rows.length);
    for (const reader of behind) reader.choose(rowCount, rows);
    let taken = 0;
    // Without rows there is a batch all the same: it tells of work that goes on.
    do {
      const { rowCount: count, stretches } =
        rows.length === 0 ? NO_ROWS : await readTogether(behind, rows.length - taken);
      const part = rows.subarray(taken, taken + count);
      const made = columns.map((node, index): TypedColumn => {
        if (first.has(index)) return withoutDictionary(gatherColumn(found[index]!, part));
        if (!rest.has(index) || count === 0) return nullColumn(node.type, count);
        const column = makeColumn(context, node, stretches, (at) => start + part[at]!);
        insist(column.length === count, 'a column holds fewer rows than its row group');
        return column;
      });
      taken += count;
      yield { schema, rowCount: count, selection: null, columns: made, block: null };
    } while (taken < rows.length);
    done += rowCount;
  }
  for (const reader of readers) reader.release();
}

interface Together {
  rowCount: number;
  /** By the leaf's index. */
  stretches: Stretch[];
}

const NO_ROWS: Together = { rowCount: 0, stretches: [] };

/** The next rows of several leaves: `rowCount`, or fewer where their byte arrays are long. */
async function readTogether(readers: readonly LeafReader[], mostRows: number): Promise<Together> {
  const byteArrays = readers.filter((reader) => reader.isByteArray);
  const mostBytes = Math.max(1 << 20, MOST_BATCH_BYTES / Math.max(1, byteArrays.length));
  // Byte arrays first: they decide how many rows a batch takes.
  const inOrder = [...byteArrays, ...readers.filter((reader) => !reader.isByteArray)];
  // All at once: one by one they would wait for the file in turn.
  for (const reader of inOrder) reader.prefetch();
  let rowCount = mostRows;
  const stretches: Stretch[] = [];
  for (const reader of inOrder) {
    const stretch = await reader.read(rowCount, mostBytes);
    insist(stretch.rowCount > 0, 'a column holds fewer rows than its row group');
    rowCount = stretch.rowCount;
    stretches[reader.leaf.index] = stretch;
  }
  for (const reader of inOrder) {
    const { index } = reader.leaf;
    stretches[index] = reader.putBack(stretches[index]!, rowCount);
  }
  return { rowCount, stretches };
}

/** Rows of a batch, by the sizes that the file states. */
function batchRows(group: RowGroup, leaves: readonly Leaf[]): number {
  let bytes = 0;
  for (const { index } of leaves) bytes += group.chunks[index]!.unpackedBytes;
  const perRow = bytes / Math.max(1, group.rowCount);
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(BATCH_BYTES / Math.max(perRow, 1))));
}
