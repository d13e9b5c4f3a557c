// Writes cells as a typed column of a batch: rows nobody asked for hold nothing.
import type { TypedColumn } from '../table/batch.ts';
import { createBuilder, type Value } from '../table/builders.ts';
import type { DataType } from '../table/data-type.ts';
import type { Cell } from './cells.ts';

const TWO_32 = 2 ** 32;

/** Writes a number that is exact as 64-bit two's complement: big integers are slow to make. */
function putLong(words: Int32Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = Math.floor(value / TWO_32);
}

/** A column of 64-bit or 128-bit whole numbers, `width` words of 64 bits each. */
function wholeColumn(
  type: DataType,
  width: 1 | 2,
  cells: readonly Cell[],
  rows: Uint32Array,
  length: number,
): TypedColumn {
  const values = new BigInt64Array(length * width);
  const words = new Int32Array(values.buffer);
  const validity = new Uint8Array((length + 7) >> 3);
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number | bigint | null;
    if (cell === null) continue;
    const row = rows[i]!;
    validity[row >> 3]! |= 1 << (row & 7);
    count++;
    if (typeof cell === 'number') {
      putLong(words, row * width * 2, cell);
      if (width === 2 && cell < 0) words.fill(-1, row * 4 + 2, row * 4 + 4);
    } else {
      values[row * width] = BigInt.asIntN(64, cell);
      if (width === 2) values[row * 2 + 1] = cell >> 64n;
    }
  }
  return {
    storage: 'typed',
    type,
    length,
    validity: count === length ? null : validity,
    values,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
}

/** A column of `length` rows whose row `rows[i]` holds `cells[i]`; the others are null. */
export function columnOfCells(
  type: DataType,
  cells: readonly Cell[],
  rows: Uint32Array,
  length: number,
): TypedColumn {
  if (type.kind === 'decimal') return wholeColumn(type, 2, cells, rows, length);
  const isLong = type.kind === 'int' && type.bits === 64 && type.signed;
  if (isLong || type.kind === 'time' || type.kind === 'timestamp')
    return wholeColumn(type, 1, cells, rows, length);
  const builder = createBuilder(type, length);
  let next = 0;
  for (let row = 0; row < length; row++) {
    const isAsked = next < cells.length && rows[next] === row;
    builder.append(isAsked ? (cells[next++] as Value) : null);
  }
  return builder.finish();
}
