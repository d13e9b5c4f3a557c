// Copies chosen rows of text blocks into one new block: fields keep their bytes, so their spelling, wherever they can.
import { NO_ROW } from './gather-column.ts';
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

/** Rows of one block on their way into another: which, and which of its columns stand where. */
export interface TextPart {
  block: TextBlock;
  /** Rows of the block in output order; {@link NO_ROW} = a row of nulls; null = all. */
  rows: Uint32Array | null;
  /** Per output column the column of the block. */
  columns: readonly number[];
}

function isSameDialect(a: BlockDialect, b: BlockDialect): boolean {
  return (
    a.delimiter === b.delimiter &&
    a.quote === b.quote &&
    a.nullText.length === b.nullText.length &&
    a.nullText.every((byte, i) => byte === b.nullText[i])
  );
}

/** The 1-based source line of every row of a block. */
function linesOf(block: TextBlock): Uint32Array {
  if (block.lines) return block.lines;
  const { bytes, ends, columnCount, rowCount } = block;
  const lines = new Uint32Array(rowCount);
  let line = block.firstLine;
  let next = bytes.indexOf(LF, block.start);
  for (let row = 0; row < rowCount; row++) {
    lines[row] = line;
    const end = ends[(row + 1) * columnCount - 1]!;
    while (next >= 0 && next <= end) {
      line++;
      next = bytes.indexOf(LF, next + 1);
    }
  }
  return lines;
}

/** Bytes and separators of a block being written. */
interface Draft {
  bytes: Uint8Array;
  length: number;
  ends: Uint32Array;
  endCount: number;
}

function reserve(draft: Draft, more: number): void {
  const needed = draft.length + more;
  if (needed <= draft.bytes.length) return;
  if (needed > 0x7fffffff) throw new RangeError('more than 2 GiB of text in one block');
  const grown = new Uint8Array(Math.min(Math.max(draft.bytes.length * 2, needed), 0x7fffffff));
  grown.set(draft.bytes.subarray(0, draft.length));
  draft.bytes = grown;
}

function put(draft: Draft, source: Uint8Array, start: number, end: number): void {
  const { bytes, length } = draft;
  if (end - start > 48) bytes.set(source.subarray(start, end), length);
  else for (let i = start; i < end; i++) bytes[length + i - start] = source[i]!;
  draft.length += end - start;
}

/** Ends a field that began at `from`: a CR of its own before the line end gets the one that readers take off. */
function endField(draft: Draft, from: number, separator: number): void {
  if (separator === LF && draft.length > from && draft.bytes[draft.length - 1] === CR)
    draft.bytes[draft.length++] = CR;
  draft.ends[draft.endCount++] = draft.length;
  draft.bytes[draft.length++] = separator;
}

/** Writes a whole row whose columns stay as they are. */
function copyRow(draft: Draft, block: TextBlock, row: number): void {
  const { ends, columnCount } = block;
  const last = columnCount - 1;
  const start = fieldStart(block, row, 0);
  const end = fieldEnd(block, row, last);
  reserve(draft, end - start + 2);
  const shift = draft.length - start;
  put(draft, block.bytes, start, end);
  for (let c = 0; c < last; c++)
    draft.ends[draft.endCount++] = ends[row * columnCount + c]! + shift;
  endField(draft, fieldStart(block, row, last) + shift, LF);
}

function copyField(
  draft: Draft,
  block: TextBlock,
  row: number,
  column: number,
  separator: number,
): void {
  const start = fieldStart(block, row, column);
  const end = fieldEnd(block, row, column);
  reserve(draft, end - start + 2);
  const from = draft.length;
  put(draft, block.bytes, start, end);
  endField(draft, from, separator);
}

/** Writes a field of any dialect in the plain one. */
function respellField(
  draft: Draft,
  block: TextBlock,
  row: number,
  column: number,
  separator: number,
): void {
  const start = fieldStart(block, row, column);
  const end = fieldEnd(block, row, column);
  if (isNullAt(block, start, end)) {
    writeNull(draft, PLAIN, separator);
    return;
  }
  const content = contentAt(block, start, end);
  reserve(draft, content.length * 2 + 4);
  const { bytes } = draft;
  const from = draft.length;
  let needsQuotes = content.length === 0;
  for (let i = 0; i < content.length && !needsQuotes; i++) {
    const b = content[i]!;
    needsQuotes = b === PLAIN.delimiter || b === PLAIN.quote || b === LF || b === CR;
  }
  if (!needsQuotes) put(draft, content, 0, content.length);
  else {
    let n = from;
    bytes[n++] = PLAIN.quote;
    for (let i = 0; i < content.length; i++) {
      const b = content[i]!;
      bytes[n++] = b;
      if (b === PLAIN.quote) bytes[n++] = b;
    }
    bytes[n++] = PLAIN.quote;
    draft.length = n;
  }
  endField(draft, from, separator);
}

function writeNull(draft: Draft, dialect: BlockDialect, separator: number): void {
  const { nullText } = dialect;
  reserve(draft, nullText.length + 2);
  const from = draft.length;
  put(draft, nullText, 0, nullText.length);
  endField(draft, from, separator);
}

/**
 * One block with the rows of all parts (at least one), one after the other. Parts of one dialect keep their fields byte for
 * byte; those that differ are written with comma and double quote, unquoted empty = null. Rows keep their source lines.
 */
export function gatherBlock(parts: readonly TextPart[]): TextBlock {
  const first = parts[0]!;
  const isVerbatim = parts.every(({ block }) => isSameDialect(block.dialect, first.block.dialect));
  const dialect = isVerbatim ? first.block.dialect : PLAIN;
  const columnCount = first.columns.length;
  const counts = parts.map(({ block, rows }) => (rows === null ? block.rowCount : rows.length));
  const rowCount = counts.reduce((sum, count) => sum + count, 0);
  const size = parts.reduce(
    (sum, { block }, p) => sum + sizeOf(block) * Math.min(1, counts[p]! / (block.rowCount || 1)),
    0,
  );
  const draft: Draft = {
    bytes: new Uint8Array(Math.ceil(size) + 64),
    length: 0,
    ends: new Uint32Array(rowCount * columnCount),
    endCount: 0,
  };
  const lines = new Uint32Array(rowCount);
  let row = 0;
  parts.forEach(({ block, rows, columns }, p) => {
    const lineOf = linesOf(block);
    const isWhole =
      isVerbatim && columnCount === block.columnCount && columns.every((c, i) => c === i);
    const write = isVerbatim ? copyField : respellField;
    for (let i = 0; i < counts[p]!; i++, row++) {
      const from = rows === null ? i : rows[i]!;
      if (from === NO_ROW) {
        for (let c = 0; c < columnCount; c++)
          writeNull(draft, dialect, c === columnCount - 1 ? LF : dialect.delimiter);
        continue;
      }
      lines[row] = lineOf[from]!;
      if (isWhole) copyRow(draft, block, from);
      else
        for (let c = 0; c < columnCount; c++)
          write(draft, block, from, columns[c]!, c === columnCount - 1 ? LF : dialect.delimiter);
    }
  });
  const firstFrom = first.rows === null ? 0 : (first.rows[0] ?? 0);
  return {
    bytes: draft.bytes.subarray(0, draft.length),
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
  const isVerbatim = parts.every(({ block }) => isSameDialect(block.dialect, first.block.dialect));
  const dialect = isVerbatim ? first.block.dialect : PLAIN;
  const write = isVerbatim ? copyField : respellField;
  const columnCount = parts.reduce((sum, { columns }) => sum + columns.length, 0);
  const size = parts.reduce(
    (sum, { block }) => sum + (sizeOf(block) / (block.rowCount || 1)) * rowCount,
    0,
  );
  const draft: Draft = {
    bytes: new Uint8Array(Math.ceil(size) + 64),
    length: 0,
    ends: new Uint32Array(rowCount * columnCount),
    endCount: 0,
  };
  const lines = new Uint32Array(rowCount);
  const lineOf = linesOf(first.block);
  for (let i = 0; i < rowCount; i++) {
    const line = first.rows[i]!;
    if (line !== NO_ROW) lines[i] = lineOf[line]!;
    let left = columnCount;
    for (const { block, rows, columns } of parts) {
      const from = rows[i]!;
      for (const column of columns) {
        const separator = --left === 0 ? LF : dialect.delimiter;
        if (from === NO_ROW) writeNull(draft, dialect, separator);
        else write(draft, block, from, column, separator);
      }
    }
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

/** Bytes that a block's rows take up. */
function sizeOf(block: TextBlock): number {
  const { rowCount, columnCount, ends, start } = block;
  return rowCount === 0 ? 0 : ends[rowCount * columnCount - 1]! + 1 - start;
}
