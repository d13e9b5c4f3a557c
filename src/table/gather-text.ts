// Copies chosen rows of text blocks into one new block: fields keep their bytes, so their spelling, wherever they can.
import { takeBuffer } from './buffer-pool.ts';
import { copyWords, viewOf } from './copy-words.ts';
import { NO_ROW } from './gather-column.ts';
import { linesOf } from './source-lines.ts';
import {
  contentAt,
  fieldEnd,
  fieldStart,
  isNullAt,
  type BlockDialect,
  type TextBlock,
} from './text-block.ts';

const LF = 10;
const CR = 13;
const PLAIN: BlockDialect = { delimiter: 44, quote: 34, nullText: new Uint8Array(0) };

/** Longer runs of bytes are copied by the engine's own means. */
const LONG_BYTES = 200;
/** Copies by words run over by so much. */
const SLACK_BYTES = 4;
const MOST_BYTES = 0x7fffffff;

/** Rows of one block on their way into another: which, and which of its columns stand where. */
export interface TextPart {
  block: TextBlock;
  /** Rows of the block in output order; {@link NO_ROW} = a row of nulls; null = all. */
  rows: Uint32Array | null;
  /** Per output column the column of the block. */
  columns: readonly number[];
}

function rowCountOf({ block, rows }: Pick<TextPart, 'block' | 'rows'>): number {
  return rows === null ? block.rowCount : rows.length;
}

function isSameDialect(a: BlockDialect, b: BlockDialect): boolean {
  return (
    a.delimiter === b.delimiter &&
    a.quote === b.quote &&
    a.nullText.length === b.nullText.length &&
    a.nullText.every((byte, i) => byte === b.nullText[i])
  );
}

/** The dialect that the fields of all parts can stand in: theirs where it is one. */
function commonDialect(parts: readonly PartColumns[]): {
  dialect: BlockDialect;
  isVerbatim: boolean;
} {
  const { dialect } = parts[0]!.block;
  const isVerbatim = parts.every(({ block }) => isSameDialect(block.dialect, dialect));
  return { dialect: isVerbatim ? dialect : PLAIN, isVerbatim };
}

/** Bytes and separators of a block being written. */
interface Draft {
  bytes: Uint8Array;
  view: DataView;
  length: number;
  ends: Uint32Array;
  endCount: number;
}

function draftOf(buffer: ArrayBuffer, ends: Uint32Array): Draft {
  const bytes = new Uint8Array(buffer);
  return { bytes, view: viewOf(bytes), length: 0, ends, endCount: 0 };
}

/** A draft for a block that goes on at once, in buffers that are used again. */
function passingDraft(size: number, endCount: number): Draft {
  const ends = new Uint32Array(takeBuffer(endCount * 4), 0, endCount);
  return draftOf(takeBuffer(checkedSize(size + SLACK_BYTES)), ends);
}

function reserve(draft: Draft, more: number): void {
  const needed = draft.length + more + SLACK_BYTES;
  if (needed <= draft.bytes.length) return;
  const grown = new Uint8Array(checkedSize(Math.max(draft.bytes.length * 2, needed)));
  grown.set(draft.bytes.subarray(0, draft.length));
  draft.bytes = grown;
  draft.view = viewOf(grown);
}

function checkedSize(size: number): number {
  if (size > MOST_BYTES) throw new RangeError('more than 2 GiB of text in one block');
  return size;
}

/** Ends a field that began at `from`: a CR of its own before the line end gets the one that readers take off. */
function endField(draft: Draft, from: number, separator: number): void {
  const { bytes } = draft;
  if (separator === LF && draft.length > from && bytes[draft.length - 1] === CR)
    bytes[draft.length++] = CR;
  draft.ends[draft.endCount++] = draft.length;
  bytes[draft.length++] = separator;
}

/** Neighbouring columns of a block that stand side by side in the output too: one copy for all of them. */
interface Spans {
  count: number;
  /** Column numbers of the block, `to` included. */
  from: Int32Array;
  to: Int32Array;
}

function spansOf(columns: readonly number[]): Spans {
  const from: number[] = [];
  const to: number[] = [];
  for (const column of columns) {
    if (to.length > 0 && to.at(-1)! + 1 === column) to[to.length - 1] = column;
    else {
      from.push(column);
      to.push(column);
    }
  }
  return { count: from.length, from: Int32Array.from(from), to: Int32Array.from(to) };
}

type PartColumns = Pick<TextPart, 'block' | 'columns'>;

/** Tells the most bytes that a row takes up when its fields keep theirs. */
function rowSizes({ block, columns }: PartColumns): (row: number) => number {
  const { ends, columnCount, start } = block;
  const { count, from, to } = spansOf(columns);
  const ofNulls = columns.length * (block.dialect.nullText.length + 1) + 1;
  return (row) => {
    if (row === NO_ROW) return ofNulls;
    const field = row * columnCount;
    let size = 0;
    for (let s = 0; s < count; s++) {
      const first = field + from[s]!;
      // The separator too, and a CR that a line end may need.
      size += ends[field + to[s]!]! - (first === 0 ? start : ends[first - 1]! + 1) + 2;
    }
    return size;
  };
}

function partSize(part: TextPart): number {
  const sizeOf = rowSizes(part);
  const count = rowCountOf(part);
  let size = 0;
  for (let i = 0; i < count; i++) size += sizeOf(part.rows === null ? i : part.rows[i]!);
  return size;
}

/** Writes the columns of a part for one of its rows; the draft has room where fields keep their bytes. */
type CopyRow = (row: number) => void;

/** `end`: the separator behind the part's last column. */
function verbatimCopy(draft: Draft, { block, columns }: PartColumns, end: number): CopyRow {
  const { bytes, ends, columnCount, dialect, start: blockStart } = block;
  const { delimiter, nullText } = dialect;
  const { count: spanCount, from: spanFrom, to: spanTo } = spansOf(columns);
  const { bytes: target, view: targetView, ends: targetEnds } = draft;
  const source = viewOf(bytes);
  const lastWord = bytes.length - SLACK_BYTES;
  return (row) => {
    if (row === NO_ROW) {
      for (let c = 1; c <= columns.length; c++)
        writeNull(draft, nullText, c === columns.length ? end : delimiter);
      return;
    }
    const field = row * columnCount;
    for (let s = 0; s < spanCount; s++) {
      const first = field + spanFrom[s]!;
      const last = field + spanTo[s]!;
      const start = first === 0 ? blockStart : ends[first - 1]! + 1;
      const lastStart = last === 0 ? blockStart : ends[last - 1]! + 1;
      let stop = ends[last]!;
      if (spanTo[s]! === columnCount - 1 && stop > lastStart && bytes[stop - 1] === CR) stop--;
      const at = draft.length;
      const size = stop - start;
      if (size < LONG_BYTES && stop <= lastWord) copyWords(source, start, size, targetView, at);
      else target.set(bytes.subarray(start, stop), at);
      const shift = at - start;
      let n = draft.endCount;
      for (let f = first; f < last; f++) targetEnds[n++] = ends[f]! + shift;
      draft.endCount = n;
      draft.length = at + size;
      endField(draft, lastStart + shift, s === spanCount - 1 ? end : delimiter);
    }
  };
}

/** Writes fields of any dialect in the plain one. */
function respellCopy(draft: Draft, { block, columns }: PartColumns, end: number): CopyRow {
  return (row) => {
    for (let c = 0; c < columns.length; c++) {
      const separator = c === columns.length - 1 ? end : PLAIN.delimiter;
      if (row === NO_ROW) {
        reserve(draft, 2);
        writeNull(draft, PLAIN.nullText, separator);
      } else respellField(draft, block, row, columns[c]!, separator);
    }
  };
}

function respellField(
  draft: Draft,
  block: TextBlock,
  row: number,
  column: number,
  separator: number,
): void {
  const start = fieldStart(block, row, column);
  const end = fieldEnd(block, row, column);
  reserve(draft, (end - start) * 2 + 4);
  if (isNullAt(block, start, end)) {
    writeNull(draft, PLAIN.nullText, separator);
    return;
  }
  const content = contentAt(block, start, end);
  const { bytes } = draft;
  const from = draft.length;
  let needsQuotes = content.length === 0;
  for (let i = 0; i < content.length && !needsQuotes; i++) {
    const b = content[i]!;
    needsQuotes = b === PLAIN.delimiter || b === PLAIN.quote || b === LF || b === CR;
  }
  let n = from;
  if (needsQuotes) bytes[n++] = PLAIN.quote;
  for (let i = 0; i < content.length; i++) {
    const b = content[i]!;
    bytes[n++] = b;
    if (b === PLAIN.quote) bytes[n++] = b;
  }
  if (needsQuotes) bytes[n++] = PLAIN.quote;
  draft.length = n;
  endField(draft, from, separator);
}

function writeNull(draft: Draft, nullText: Uint8Array, separator: number): void {
  const from = draft.length;
  draft.bytes.set(nullText, from);
  draft.length += nullText.length;
  endField(draft, from, separator);
}

/** Writes all rows of a block whose columns stay as they are, line ends too. */
function copyBlock(draft: Draft, block: TextBlock): void {
  const { bytes, ends, start, rowCount, columnCount } = block;
  const count = rowCount * columnCount;
  if (count === 0) return;
  const stop = ends[count - 1]! + 1;
  draft.bytes.set(bytes.subarray(start, stop), draft.length);
  const shift = draft.length - start;
  for (let f = 0, n = draft.endCount; f < count; f++) draft.ends[n++] = ends[f]! + shift;
  draft.endCount += count;
  draft.length += stop - start;
}

/**
 * One block with the rows of all parts (at least one), one after the other. Parts of one dialect keep their fields byte for
 * byte; those that differ are written with comma and double quote, unquoted empty = null. Rows keep their source lines.
 */
export function gatherBlock(parts: readonly TextPart[]): TextBlock {
  const first = parts[0]!;
  const { dialect, isVerbatim } = commonDialect(parts);
  const columnCount = first.columns.length;
  const rowCount = parts.reduce((sum, part) => sum + rowCountOf(part), 0);
  const size = parts.reduce((sum, part) => sum + partSize(part), 0);
  const draft = draftOf(
    new ArrayBuffer(checkedSize(size + SLACK_BYTES)),
    new Uint32Array(rowCount * columnCount),
  );
  const lines = new Uint32Array(rowCount);
  let row = 0;
  for (const part of parts) {
    const { block, rows, columns } = part;
    const lineOf = linesOf(block);
    const count = rowCountOf(part);
    for (let i = 0; i < count; i++) {
      const from = rows === null ? i : rows[i]!;
      if (from !== NO_ROW) lines[row + i] = lineOf[from]!;
    }
    row += count;
    const isWhole = columnCount === block.columnCount && columns.every((c, i) => c === i);
    if (isVerbatim && isWhole && rows === null) {
      copyBlock(draft, block);
      continue;
    }
    const copy = (isVerbatim ? verbatimCopy : respellCopy)(draft, part, LF);
    for (let i = 0; i < count; i++) copy(rows === null ? i : rows[i]!);
  }
  const firstFrom = first.rows === null ? 0 : (first.rows[0] ?? 0);
  const written = draft.bytes.subarray(0, draft.length);
  return {
    // Whoever holds the block should hold no more than that.
    bytes: draft.length * 1.5 < draft.bytes.length ? written.slice() : written,
    ends: draft.ends,
    start: 0,
    rowCount,
    columnCount,
    dialect,
    firstRow: first.block.firstRow + (firstFrom === NO_ROW ? 0 : firstFrom),
    firstLine: lines[0] ?? first.block.firstLine,
    lines,
  };
}

/**
 * One block whose row n has the fields of row n of each part (at least one, all with `rows` of one length), side by side.
 * Parts of one dialect keep their fields byte for byte, as in {@link gatherBlock}. Lines are those of the first part.
 */
export function gatherBlockBeside(parts: readonly (TextPart & { rows: Uint32Array })[]): TextBlock {
  const first = parts[0]!;
  const rowCount = first.rows.length;
  const { dialect, isVerbatim } = commonDialect(parts);
  const columnCount = parts.reduce((sum, { columns }) => sum + columns.length, 0);
  const size = parts.reduce((sum, part) => sum + partSize(part), 0);
  const draft = passingDraft(size, rowCount * columnCount);
  const copies = parts.map((part, p) =>
    (isVerbatim ? verbatimCopy : respellCopy)(
      draft,
      part,
      p === parts.length - 1 ? LF : dialect.delimiter,
    ),
  );
  const lines = new Uint32Array(rowCount);
  const lineOf = linesOf(first.block);
  for (let i = 0; i < rowCount; i++) {
    const line = first.rows[i]!;
    if (line !== NO_ROW) lines[i] = lineOf[line]!;
    for (let p = 0; p < copies.length; p++) copies[p]!(parts[p]!.rows[i]!);
  }
  return {
    bytes: draft.bytes.subarray(0, draft.length),
    ends: draft.ends,
    start: 0,
    rowCount,
    columnCount,
    dialect,
    firstRow: first.block.firstRow,
    firstLine: lines[0] ?? first.block.firstLine,
    lines,
  };
}

/**
 * One block whose row n has the fields of row `rows[n]` of part `from[n]` (at least one part, all with as many columns), in
 * buffers that are used again when somebody gives them back. Parts of one dialect keep their fields byte for byte, as in
 * {@link gatherBlock}. Rows keep their source lines.
 */
export function gatherBlockAcross(
  parts: readonly PartColumns[],
  from: Uint32Array,
  rows: Uint32Array,
): TextBlock {
  const { dialect, isVerbatim } = commonDialect(parts);
  const columnCount = parts[0]!.columns.length;
  const rowCount = rows.length;
  const sizes = parts.map(rowSizes);
  let size = 0;
  for (let i = 0; i < rowCount; i++) size += sizes[from[i]!]!(rows[i]!);
  const draft = passingDraft(size, rowCount * columnCount);
  const copies = parts.map((part) => (isVerbatim ? verbatimCopy : respellCopy)(draft, part, LF));
  const lineOf = parts.map(({ block }) => linesOf(block));
  const lines = new Uint32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const part = from[i]!;
    lines[i] = lineOf[part]![rows[i]!]!;
    copies[part]!(rows[i]!);
  }
  const first = parts[from[0] ?? 0]!.block;
  return {
    bytes: draft.bytes.subarray(0, draft.length),
    ends: draft.ends,
    start: 0,
    rowCount,
    columnCount,
    dialect,
    firstRow: first.firstRow + (rows[0] ?? 0),
    firstLine: lines[0] ?? first.firstLine,
    lines,
  };
}
