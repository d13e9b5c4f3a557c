// Writes batches to bytes and reads them back, for files that a run puts rows aside in; the form lives no longer than the run.
import type { Batch, Column, FixedValues, TypedColumn } from './batch.ts';
import type { DataType, Schema } from './data-type.ts';
import { compact } from './gather.ts';
import type { TextBlock } from './text-block.ts';

/*
 * A frame: its size in bytes (u32, little-endian), the size of its outline (u32), the outline (JSON, UTF-8) padded to 8
 * bytes, then the buffers, each padded to 8 bytes. The outline names buffers by [place, byteLength], places counted from the
 * end of the outline.
 */

/** Bytes that tell how long a frame is. */
export const FRAME_HEAD_BYTES = 8;

type Range = [place: number, byteLength: number] | null;

/** The arrays that values stand in; the frame names them by place. */
const ARRAYS = [
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
] as const;

interface ColumnOutline {
  type: DataType;
  length: number;
  validity: Range;
  values: Range;
  /** Which of {@link ARRAYS} the values are; -1 without. */
  array: number;
  offsets: Range;
  bytes: Range;
  children: ColumnOutline[];
  dictionary: ColumnOutline | null;
}

interface BlockOutline {
  bytes: Range;
  ends: Range;
  lines: Range;
  nullText: Range;
  start: number;
  rowCount: number;
  columnCount: number;
  delimiter: number;
  quote: number;
  firstRow: number;
  firstLine: number;
}

interface Outline {
  rowCount: number;
  columns: (ColumnOutline | number)[];
  block: BlockOutline | null;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const padded = (size: number): number => (size + 7) & ~7;

/**
 * The selected rows of a batch as one frame, in pieces to be written one after the other: views into the batch's buffers
 * where nothing had to be copied. Every kind of column is kept as it is, text blocks with their dialect and lines.
 * Throws RangeError for 4 GiB or more.
 */
export function encodeBatch(batch: Batch): Uint8Array[] {
  const { rowCount, columns, block } = compact(batch);
  const pieces: Uint8Array[] = [];
  let place = 0;
  const put = (view: ArrayBufferView | null | undefined): Range => {
    if (!view) return null;
    const range: Range = [place, view.byteLength];
    const size = padded(view.byteLength);
    if (view.byteLength > 0)
      pieces.push(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    if (size > view.byteLength) pieces.push(new Uint8Array(size - view.byteLength));
    place += size;
    return range;
  };
  const outlineOf = (column: TypedColumn): ColumnOutline => ({
    type: column.type,
    length: column.length,
    validity: put(column.validity?.subarray(0, (column.length + 7) >> 3)),
    values: put(valuesInUse(column)),
    array: ARRAYS.findIndex((array) => column.values instanceof array),
    offsets: put(column.offsets?.subarray(0, column.length + 1)),
    bytes: put(column.bytes),
    children: column.children.map(outlineOf),
    dictionary: column.dictionary && outlineOf(column.dictionary),
  });
  const outline: Outline = {
    rowCount,
    columns: columns.map((column) =>
      column.storage === 'text' ? column.index : outlineOf(column),
    ),
    block: block && blockOutline(block, put),
  };
  const text = encoder.encode(JSON.stringify(outline));
  const head = new Uint8Array(FRAME_HEAD_BYTES + padded(text.length));
  const total = head.length + place;
  if (total > 0xffffffff) throw new RangeError('a batch of 4 GiB or more');
  const view = new DataView(head.buffer);
  view.setUint32(0, total, true);
  view.setUint32(4, text.length, true);
  head.set(text, FRAME_HEAD_BYTES);
  return [head, ...pieces];
}

function valuesInUse({ type, values, length }: TypedColumn): FixedValues | null {
  if (values === null) return null;
  if (type.kind === 'bool') return values.subarray(0, (length + 7) >> 3);
  return values.subarray(0, type.kind === 'decimal' ? length * 2 : length);
}

function blockOutline(
  block: TextBlock,
  put: (view: ArrayBufferView | null | undefined) => Range,
): BlockOutline {
  const { dialect, rowCount, columnCount, start } = block;
  const count = rowCount * columnCount;
  const ends = block.ends.subarray(0, count);
  const stop = count === 0 ? start : ends[count - 1]! + 1;
  return {
    bytes: put(block.bytes.subarray(start, stop)),
    ends: put(start === 0 ? ends : ends.map((end) => end - start)),
    lines: put(block.lines?.subarray(0, rowCount)),
    nullText: put(dialect.nullText),
    start: 0,
    rowCount,
    columnCount,
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    firstRow: block.firstRow,
    firstLine: block.firstLine,
  };
}

/** Size in bytes of the frame that begins with these {@link FRAME_HEAD_BYTES} bytes (more may follow), head included. */
export function frameSize(head: Uint8Array): number {
  return new DataView(head.buffer, head.byteOffset, FRAME_HEAD_BYTES).getUint32(0, true);
}

/**
 * The batch of one whole frame, with `schema`; its buffers are views into the bytes, which belong to it; when
 * they are part of a larger buffer the batch `isShared`. Throws RangeError when bytes are missing.
 */
export function decodeBatch(schema: Schema, bytes: Uint8Array): Batch {
  if (bytes.length < FRAME_HEAD_BYTES || bytes.length < frameSize(bytes))
    throw new RangeError('the frame is cut off');
  // Views on words need aligned bytes.
  const frame = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(frame.buffer, frame.byteOffset, FRAME_HEAD_BYTES);
  const outlineSize = view.getUint32(4, true);
  const text = frame.subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + outlineSize);
  const outline = JSON.parse(decoder.decode(text)) as Outline;
  const base = FRAME_HEAD_BYTES + padded(outlineSize);
  const bytesAt = (range: Range): Uint8Array | null =>
    range && frame.subarray(base + range[0], base + range[0] + range[1]);
  const offsetsAt = (range: Range): Int32Array | null => {
    const found = bytesAt(range);
    return found && new Int32Array(found.buffer, found.byteOffset, found.length >> 2);
  };
  const wordsAt = (range: Range): Uint32Array | null => {
    const found = bytesAt(range);
    return found && new Uint32Array(found.buffer, found.byteOffset, found.length >> 2);
  };
  const columnOf = (column: ColumnOutline): TypedColumn => ({
    storage: 'typed',
    type: column.type,
    length: column.length,
    validity: bytesAt(column.validity),
    values: valuesAt(column.array, bytesAt(column.values)),
    offsets: offsetsAt(column.offsets),
    bytes: bytesAt(column.bytes),
    children: column.children.map(columnOf),
    dictionary: column.dictionary && columnOf(column.dictionary),
  });
  const { block } = outline;
  const lines = block && wordsAt(block.lines);
  const batch: Batch = {
    schema,
    rowCount: outline.rowCount,
    selection: null,
    columns: outline.columns.map((column): Column =>
      typeof column === 'number' ? { storage: 'text', index: column } : columnOf(column),
    ),
    block: block && {
      bytes: bytesAt(block.bytes)!,
      ends: wordsAt(block.ends)!,
      start: block.start,
      rowCount: block.rowCount,
      columnCount: block.columnCount,
      dialect: {
        delimiter: block.delimiter,
        quote: block.quote,
        nullText: bytesAt(block.nullText)!,
      },
      firstRow: block.firstRow,
      firstLine: block.firstLine,
      ...(lines && { lines }),
    },
  };
  if (frame.length !== frame.buffer.byteLength) batch.isShared = true;
  return batch;
}

function valuesAt(array: number, bytes: Uint8Array | null): FixedValues | null {
  if (bytes === null) return null;
  const View = ARRAYS[array]!;
  return new View(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset,
    bytes.length / View.BYTES_PER_ELEMENT,
  );
}
