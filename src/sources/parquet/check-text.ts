// Sees to it that text columns hold UTF-8 and JSON columns JSON, since everything behind relies on it.
import { scanUtf8 } from '../../kernels/utf8.ts';
import type { TypedColumn } from '../../table/batch.ts';
import { isNullValue, valueBytes } from '../../table/batch.ts';
import { ByteSink } from './byte-sink.ts';

/** The first value that is not what its column says; -1 when all are. */
export function firstInvalidText(column: TypedColumn): number {
  const { offsets, bytes, length } = column;
  const start = offsets![0]!;
  const end = offsets![length]!;
  const found = scanUtf8(bytes!, start, end);
  if (found.end === end) {
    if (found.isAscii) return -1;
    // All of them in a row are valid; each alone is, too, when none begins inside a character.
    for (let row = 0; row < length; row++) {
      const at = offsets![row]!;
      if (at < end && (bytes![at]! & 0xc0) === 0x80) return row;
    }
    return -1;
  }
  let row = 0;
  while (row < length && offsets![row + 1]! <= found.end) row++;
  // A value before may end inside a character that goes on here.
  for (let before = 0; before <= row && before < length; before++)
    if (!isUtf8(bytes!, offsets![before]!, offsets![before + 1]!)) return before;
  return Math.min(row, length - 1);
}

const isUtf8 = (bytes: Uint8Array, start: number, end: number): boolean =>
  scanUtf8(bytes, start, end).end === end;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The column with every wrong byte replaced by U+FFFD, and how many values were changed. */
export function replaceInvalidText(column: TypedColumn): { column: TypedColumn; changed: number } {
  const { offsets, bytes, length } = column;
  const sink = new ByteSink(length, bytes!.length);
  let changed = 0;
  for (let row = 0; row < length; row++) {
    const start = offsets![row]!;
    const end = offsets![row + 1]!;
    if (isUtf8(bytes!, start, end)) sink.append(bytes!, start, end);
    else {
      changed++;
      const text = encoder.encode(decoder.decode(bytes!.subarray(start, end)));
      sink.append(text, 0, text.length);
    }
  }
  const fixed = { ...column, offsets: sink.offsets, bytes: sink.bytes.subarray(0, sink.length) };
  return { column: fixed, changed };
}

/** The first value that is no JSON; -1 when all are. */
export function firstInvalidJson(column: TypedColumn): number {
  for (let row = 0; row < column.length; row++) {
    if (isNullValue(column, row)) continue;
    try {
      JSON.parse(decoder.decode(valueBytes(column, row)));
    } catch {
      return row;
    }
  }
  return -1;
}
