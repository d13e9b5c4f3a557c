// Sees to it that text columns hold UTF-8 and JSON columns JSON, since everything behind relies on it.
import { scanUtf8 } from '../kernels/utf8.ts';
import { isNullValue, valueBytes, type TypedColumn } from './batch.ts';
import { createFlatBuilder } from './flat-builder.ts';

/** The first value of a utf8 or json column that is no well-formed UTF-8; -1 when all are. What stands under nulls is none. */
export function firstInvalidText(column: TypedColumn): number {
  const { offsets, bytes, length } = column;
  const start = offsets![0]!;
  const end = offsets![length]!;
  const found = scanUtf8(bytes!, start, end);
  if (found.end === end && (found.isAscii || !beginsInside(column))) return -1;
  for (let row = 0; row < length; row++)
    if (!isNullValue(column, row) && !isUtf8(bytes!, offsets![row]!, offsets![row + 1]!))
      return row;
  return -1;
}

/** Whether a value begins inside a character: all of them in a row may be valid and yet not each alone. */
function beginsInside({ offsets, bytes, length }: TypedColumn): boolean {
  const end = offsets![length]!;
  for (let row = 0; row < length; row++) {
    const at = offsets![row]!;
    if (at < end && (bytes![at]! & 0xc0) === 0x80) return true;
  }
  return false;
}

const isUtf8 = (bytes: Uint8Array, start: number, end: number): boolean =>
  scanUtf8(bytes, start, end).end === end;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The column with every wrong byte replaced by U+FFFD, and how many values were changed. */
export function replaceInvalidText(column: TypedColumn): { column: TypedColumn; changed: number } {
  const builder = createFlatBuilder(column.type, column.length);
  let changed = 0;
  for (let row = 0; row < column.length; row++) {
    if (isNullValue(column, row)) {
      builder.append(null);
      continue;
    }
    const bytes = valueBytes(column, row);
    if (isUtf8(bytes, 0, bytes.length)) builder.append(bytes);
    else {
      changed++;
      builder.append(decoder.decode(bytes));
    }
  }
  return { column: builder.finish(), changed };
}

/** The first value of a json column that is no JSON (RFC 8259); -1 when all are. */
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
