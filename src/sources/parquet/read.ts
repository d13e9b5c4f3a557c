// Reads a Parquet file as batches of typed columns: row group by row group, only the columns and groups that count.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/plugins.ts';
import type { Batch, TypedColumn } from '../../table/batch.ts';
import { isBytesType } from '../../table/fixed-values.ts';
import { assemble } from './assemble.ts';
import { firstInvalidJson, firstInvalidText, replaceInvalidText } from '../../table/valid-text.ts';
import { codecName, loadUnpack, type Unpack } from './codecs.ts';
import { TimestampRange } from './convert.ts';
import { readFooter, type Footer, type RowGroup } from './footer.ts';
import { faultError, insist } from '../../contract/fault.ts';
import { LeafReader, type Stretch } from './leaf-reader.ts';
import { nullColumn } from '../../table/null-column.ts';
import type { ParquetOptions } from './options.ts';
import { openPages } from './pages.ts';
import { createGroupTest } from './prune.ts';
import { readTree, type Leaf, type TreeNode } from './schema-tree.ts';
import { LOSS_SENTENCES } from './texts.ts';

const MOST_ROWS = 65_536;
const BATCH_BYTES = 8 << 20;
/** Byte arrays of all columns together, where they are longer than the file's sizes let expect. */
const MOST_BATCH_BYTES = 64 << 20;
/** What is read ahead in the file, of all columns together, and of one. */
const WINDOWS_BYTES = 8 << 20;
const MOST_WINDOW_BYTES = 1 << 20;
const LEAST_WINDOW_BYTES = 64 << 10;

export async function* readParquet(context: ReadContext<ParquetOptions>): AsyncGenerator<Batch> {
  const { input, signal } = context;
  if (input.kind !== 'bytes' || input.slices === undefined)
    throw new TypeError('the Parquet source reads slices');
  try {
    signal.throwIfAborted();
    const footer = await readFooter(input.slices, input.name);
    const tree = readTree(footer.elements, context.options);
    const canHold = createGroupTest(context, tree.columns);
    let row = 0;
    for (const group of footer.rowGroups) {
      signal.throwIfAborted();
      if (canHold(group)) yield* readGroup(context, footer, tree.columns, group, row);
      else context.skipped?.(group.rowCount);
      row += group.rowCount;
    }
  } catch (thrown) {
    throw faultError(thrown, 'read.parquet.corrupt', input.name, 'its pages cannot be decoded');
  }
}

/** Batches of one row group, of at most `mostRows` rows each. */
export async function* readGroup(
  context: ReadContext<ParquetOptions>,
  footer: Footer,
  columns: readonly TreeNode[],
  group: RowGroup,
  firstRow: number,
  mostRows = Infinity,
): AsyncGenerator<Batch> {
  const { schema, wanted, signal } = context;
  const isWanted = (index: number): boolean => wanted === undefined || wanted.has(index);
  const leaves = columns.filter((_, index) => isWanted(index)).flatMap((node) => node.leaves);
  const readers = await openReaders(context, footer, group, leaves);
  // Byte arrays first: they decide how many rows a batch takes.
  const inOrder = [...readers].sort((a, b) => Number(b.isByteArray) - Number(a.isByteArray));
  const rowsAtOnce = Math.min(batchRows(group, leaves), mostRows);
  const mostBytes = Math.max(
    1 << 20,
    MOST_BATCH_BYTES / Math.max(1, readers.filter((reader) => reader.isByteArray).length),
  );
  let done = 0;
  while (done < group.rowCount) {
    signal.throwIfAborted();
    let rowCount = Math.min(rowsAtOnce, group.rowCount - done);
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
    const made = columns.map((node, index): TypedColumn => {
      if (!isWanted(index)) return nullColumn(node.type, rowCount);
      const column = makeColumn(context, node, stretches, firstRow + done);
      insist(column.length === rowCount, 'a column holds fewer rows than its row group');
      return column;
    });
    done += rowCount;
    yield { schema, rowCount, selection: null, columns: made, block: null };
  }
}

async function openReaders(
  context: ReadContext<ParquetOptions>,
  footer: Footer,
  group: RowGroup,
  leaves: readonly Leaf[],
): Promise<LeafReader[]> {
  const { input } = context;
  const slices = 'slices' in input ? input.slices! : null;
  const windowBytes = Math.max(
    LEAST_WINDOW_BYTES,
    Math.min(MOST_WINDOW_BYTES, Math.floor(WINDOWS_BYTES / Math.max(1, leaves.length))),
  );
  const unpackers = new Map<number, Unpack>();
  const readers: LeafReader[] = [];
  for (const leaf of leaves) {
    const chunk = group.chunks[leaf.index]!;
    const { codec } = chunk;
    insist(
      leaf.maxRep > 0 || chunk.valueCount === group.rowCount,
      'a column holds another number of rows than its row group',
    );
    let unpack = unpackers.get(codec);
    if (unpack === undefined) {
      const found = await loadUnpack(codec);
      if (found === null)
        throw new ExportError('read.parquet.unsupported', {
          name: input.name,
          what: `compression ${codecName(codec)}`,
          column: shorten(leaf.path),
        });
      unpack = found;
      unpackers.set(codec, unpack);
    }
    const pages = openPages(slices!, chunk, leaf, unpack, footer.start, windowBytes);
    readers.push(new LeafReader(leaf, pages));
  }
  return readers;
}

/** Rows of a batch, by the sizes that the file states. */
function batchRows(group: RowGroup, leaves: readonly Leaf[]): number {
  let bytes = 0;
  for (const { index } of leaves) bytes += group.chunks[index]!.unpackedBytes;
  const perRow = bytes / Math.max(1, group.rowCount);
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(BATCH_BYTES / Math.max(perRow, 1))));
}

function makeColumn(
  context: ReadContext<ParquetOptions>,
  node: TreeNode,
  stretches: readonly Stretch[],
  firstRow: number,
): TypedColumn {
  const { name } = context.input;
  try {
    return assemble(node, {
      stretchOf: (leaf) => stretches[leaf.index]!,
      onCut: (leaf) => (count) =>
        context.lose({
          code: 'parquet.timestamp-cut',
          column: leaf.path,
          count,
          sentence: LOSS_SENTENCES['parquet.timestamp-cut'],
        }),
      lookAt: (leaf, column) => checkTexts(context, leaf, column, firstRow),
    });
  } catch (thrown) {
    if (thrown instanceof TimestampRange)
      throw new ExportError('read.parquet.timestamp-range', {
        name,
        column: shorten(thrown.column),
      });
    throw thrown;
  }
}

function checkTexts(
  context: ReadContext<ParquetOptions>,
  leaf: Leaf,
  column: TypedColumn,
  firstRow: number,
): TypedColumn {
  const { conversion } = leaf;
  if ((conversion !== 'text' && conversion !== 'json') || !isBytesType(column.type)) return column;
  const fail = (index: number, kind: string): never => {
    // Below lists a value's place is not its row's.
    const row = leaf.maxRep === 0 ? String(firstRow + index + 1) : `${firstRow + 1} or later`;
    throw new ExportError('read.parquet.invalid-text', {
      name: context.input.name,
      column: shorten(leaf.path),
      row,
      kind,
    });
  };
  let checked = column;
  const invalid = firstInvalidText(column);
  if (invalid >= 0) {
    if (context.options.invalidText === 'fail') fail(invalid, 'UTF-8');
    const replaced = replaceInvalidText(column);
    checked = replaced.column;
    context.lose({
      code: 'parquet.text-replaced',
      column: leaf.path,
      count: replaced.changed,
      sentence: LOSS_SENTENCES['parquet.text-replaced'],
    });
  }
  if (conversion === 'json') {
    const wrong = firstInvalidJson(checked);
    if (wrong >= 0) fail(wrong, 'JSON');
  }
  return checked;
}
