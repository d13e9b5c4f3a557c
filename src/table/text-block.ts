// A stretch of delimited source text with the positions of its separators: how text rows travel until someone needs a value.

/** How the fields of a block are written. All characters are single UTF-8 bytes. */
export interface BlockDialect {
  /** Byte between two fields. */
  delimiter: number;
  /** Byte that opens and closes a quoted field, or -1 when nothing is ever quoted. Inside, it is doubled. */
  quote: number;
  /** An unquoted field with exactly these bytes is null (usually none: empty unquoted = null). A quoted field never is. */
  nullText: Uint8Array;
}

/**
 * Up to about 1 MiB of UTF-8 source bytes and where its fields end, row-major.
 *
 * Field k of row r ends (exclusive) at `ends[r * columnCount + k]`, which is the position of the separator byte after it
 * (delimiter, or LF for a row's last field). It starts one after the end before it, the very first at `start`.
 * A row always has `columnCount` fields and its last separator is always LF; a CR right before that LF belongs to the line end.
 * A field is quoted when its first byte is the quote; doubled quotes are undone only when the field is read.
 * Readers of other spellings (backslash escapes, comments, ragged rows, lone CR line ends) write a block in this normal form.
 */
export interface TextBlock {
  bytes: Uint8Array;
  /** Length rowCount × columnCount; may be a view into a larger recycled buffer. */
  ends: Uint32Array;
  /** Byte offset of the first field. */
  start: number;
  rowCount: number;
  columnCount: number;
  dialect: BlockDialect;
  /** 0-based number of the block's first row among the source's data rows (rejected rows counted). */
  firstRow: number;
  /** 1-based line of the source on which row 0 starts. */
  firstLine: number;
  /** 1-based source line of every row, in blocks that were rewritten in normal form (lines dropped or joined). */
  lines?: Uint32Array;
}

const LF = 10;
const CR = 13;

/** Byte offset where field `column` of `row` starts. */
export function fieldStart(block: TextBlock, row: number, column: number): number {
  const i = row * block.columnCount + column;
  return i === 0 ? block.start : block.ends[i - 1]! + 1;
}

/** Byte offset (exclusive) where the field ends, a CR of the line end cut off. */
export function fieldEnd(block: TextBlock, row: number, column: number): number {
  const end = block.ends[row * block.columnCount + column]!;
  if (column === block.columnCount - 1) {
    const start = fieldStart(block, row, column);
    if (end > start && block.bytes[end - 1] === CR) return end - 1;
  }
  return end;
}

/** Whether the bytes [start, end) of a field mean null. */
export function isNullAt(block: TextBlock, start: number, end: number): boolean {
  const { nullText } = block.dialect;
  if (end - start !== nullText.length) return false;
  for (let i = 0; i < nullText.length; i++)
    if (block.bytes[start + i] !== nullText[i]) return false;
  return true;
}

/** Whether field `column` of `row` is null. */
export function isNullField(block: TextBlock, row: number, column: number): boolean {
  return isNullAt(block, fieldStart(block, row, column), fieldEnd(block, row, column));
}

/**
 * The content bytes of the field at [start, end): quotes taken off, doubled quotes undone.
 * A view into the block where nothing had to be undone.
 */
export function contentAt(block: TextBlock, start: number, end: number): Uint8Array {
  const { bytes, dialect } = block;
  const { quote } = dialect;
  if (quote < 0 || end === start || bytes[start] !== quote) return bytes.subarray(start, end);
  const from = start + 1;
  const to = end - 1;
  const at = bytes.subarray(from, to).indexOf(quote);
  if (at < 0) return bytes.subarray(from, to);
  const out = new Uint8Array(to - from);
  let n = 0;
  for (let i = from; i < to; i++) {
    const b = bytes[i]!;
    out[n++] = b;
    if (b === quote && bytes[i + 1] === quote) i++;
  }
  return out.subarray(0, n);
}

/** The content bytes of a field; null when the field is null. */
export function fieldContent(block: TextBlock, row: number, column: number): Uint8Array | null {
  const start = fieldStart(block, row, column);
  const end = fieldEnd(block, row, column);
  return isNullAt(block, start, end) ? null : contentAt(block, start, end);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The field as a string; null when the field is null. */
export function fieldText(block: TextBlock, row: number, column: number): string | null {
  const content = fieldContent(block, row, column);
  return content === null ? null : decoder.decode(content);
}

/** 1-based source line on which `row` starts, for error messages; costs a scan of the block up to there. */
export function lineOfRow(block: TextBlock, row: number): number {
  if (block.lines) return block.lines[row]!;
  const to = fieldStart(block, row, 0);
  let line = block.firstLine;
  for (let i = block.start; i < to; i++) if (block.bytes[i] === LF) line++;
  return line;
}

/** A block from rows of cells (null = null), in the plainest dialect: for tests and for sources that make their own text. */
export function textBlockOf(
  rows: readonly (readonly (string | null)[])[],
  columnCount: number,
  options: { delimiter?: string; quote?: string; quoteAll?: boolean } = {},
): TextBlock {
  const delimiter = options.delimiter ?? ',';
  const quote = options.quote ?? '"';
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const ends = new Uint32Array(rows.length * columnCount);
  let size = 0;
  let n = 0;
  for (const row of rows) {
    for (let c = 0; c < columnCount; c++) {
      const cell = row[c] ?? null;
      const needsQuotes =
        cell !== null &&
        (options.quoteAll === true ||
          cell === '' ||
          cell.includes(delimiter) ||
          cell.includes(quote) ||
          /[\r\n]/.test(cell));
      const text =
        cell === null
          ? ''
          : needsQuotes
            ? quote + cell.replaceAll(quote, quote + quote) + quote
            : cell;
      const bytes = encoder.encode(text + (c === columnCount - 1 ? '\n' : delimiter));
      parts.push(bytes);
      size += bytes.length;
      ends[n++] = size - 1;
    }
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return {
    bytes,
    ends,
    start: 0,
    rowCount: rows.length,
    columnCount,
    dialect: {
      delimiter: delimiter.charCodeAt(0),
      quote: quote.charCodeAt(0),
      nullText: new Uint8Array(0),
    },
    firstRow: 0,
    firstLine: 1,
  };
}
