// The least or the greatest value by group, of any type that has an order.
import type { TypedColumn } from '../table/batch.ts';
import type { DataType } from '../table/data-type.ts';
import { createValues, isBytesType } from '../table/fixed-values.ts';
import { wordsOf } from '../table/gather-column.ts';
import { compareBytes } from '../table/row-key.ts';
import {
  columnOf,
  isValid,
  withRoom,
  type Accumulator,
  type GroupedRows,
  type Measure,
} from './accumulator.ts';

/** Bytes of a text that is held are not known before. */
const TEXT_BYTES = 96;

/** `wantsLeast`: the least, else the greatest. NaN is above all numbers. */
export function createExtremes(type: DataType, wantsLeast: boolean): Accumulator & Measure {
  if (isBytesType(type)) return new TextExtremes(type, wantsLeast);
  if (type.kind === 'decimal') return new WordExtremes(type, wantsLeast, 4, true);
  if (type.kind === 'time' || type.kind === 'timestamp')
    return new WordExtremes(type, wantsLeast, 2, true);
  if (type.kind === 'int' && type.bits === 64)
    return new WordExtremes(type, wantsLeast, 2, type.signed);
  return new NumberExtremes(type, wantsLeast);
}

class NumberExtremes implements Accumulator, Measure {
  readonly bytesPerGroup = 9;
  readonly type: DataType;
  readonly #wantsLeast: boolean;
  #best = new Float64Array(64);
  #has = new Uint8Array(64);

  constructor(type: DataType, wantsLeast: boolean) {
    this.type = type;
    this.#wantsLeast = wantsLeast;
  }

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#best = withRoom(this.#best, groupCount);
    this.#has = withRoom(this.#has, groupCount);
    if (this.type.kind === 'null') return;
    const best = this.#best;
    const has = this.#has;
    const isLeast = this.#wantsLeast;
    const isBool = this.type.kind === 'bool';
    const { validity } = column!;
    const values = column!.values as Float64Array;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      const value = isBool ? (values[row >> 3]! >> (row & 7)) & 1 : values[row]!;
      const held = best[group]!;
      if (has[group] === 0) {
        has[group] = 1;
        best[group] = value;
      } else if (isLeast ? isLess(value, held) : isLess(held, value)) best[group] = value;
    }
  }

  finish(groupCount: number): TypedColumn {
    const values = createValues(this.type, groupCount);
    const isSet = (g: number): boolean => this.#has[g] === 1;
    for (let g = 0; g < groupCount; g++) {
      if (!isSet(g)) continue;
      if (this.type.kind === 'bool') (values as Uint8Array)[g >> 3]! |= this.#best[g]! << (g & 7);
      else (values as Float64Array)[g] = this.#best[g]!;
    }
    return columnOf(this.type, groupCount, values, isSet);
  }
}

function isLess(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}

/** Integers of several words, low word first. */
class WordExtremes implements Accumulator, Measure {
  readonly bytesPerGroup: number;
  readonly type: DataType;
  readonly #wantsLeast: boolean;
  readonly #width: 2 | 4;
  /** Turns the order of the highest word into that of unsigned ones. */
  readonly #flip: number;
  #best: Int32Array;
  #has = new Uint8Array(64);

  constructor(type: DataType, wantsLeast: boolean, width: 2 | 4, isSigned: boolean) {
    this.type = type;
    this.#wantsLeast = wantsLeast;
    this.#width = width;
    this.#flip = isSigned ? 0x80000000 | 0 : 0;
    this.#best = new Int32Array(64 * width);
    this.bytesPerGroup = width * 4 + 1;
  }

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    const width = this.#width;
    this.#best = withRoom(this.#best, groupCount * width);
    this.#has = withRoom(this.#has, groupCount);
    const best = this.#best;
    const has = this.#has;
    const flip = this.#flip;
    const sign = this.#wantsLeast ? 1 : -1;
    const { validity } = column!;
    const words = wordsOf(column!.values!);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      const from = row * width;
      const to = group * width;
      if (has[group] === 1) {
        let k = width - 1;
        let value = (words[from + k]! ^ flip) >>> 0;
        let held = (best[to + k]! ^ flip) >>> 0;
        while (value === held && k > 0) {
          k--;
          value = words[from + k]! >>> 0;
          held = best[to + k]! >>> 0;
        }
        if ((value - held) * sign >= 0) continue;
      } else has[group] = 1;
      for (let k = 0; k < width; k++) best[to + k] = words[from + k]!;
    }
  }

  finish(groupCount: number): TypedColumn {
    const values = createValues(this.type, groupCount)!;
    const words = this.#best.subarray(0, groupCount * this.#width);
    wordsOf(values).set(words);
    return columnOf(this.type, groupCount, values, (g) => this.#has[g] === 1);
  }
}

/** Texts by code point, binary by byte. */
class TextExtremes implements Accumulator, Measure {
  readonly bytesPerGroup = TEXT_BYTES;
  readonly type: DataType;
  readonly #wantsLeast: boolean;
  readonly #best: (Uint8Array | undefined)[] = [];

  constructor(type: DataType, wantsLeast: boolean) {
    this.type = type;
    this.#wantsLeast = wantsLeast;
  }

  add(column: TypedColumn | null, { rows, groups, count }: GroupedRows): void {
    const best = this.#best;
    const sign = this.#wantsLeast ? 1 : -1;
    const { validity } = column!;
    const offsets = column!.offsets!;
    const bytes = column!.bytes!;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (!isValid(validity, row)) continue;
      const group = groups[i]!;
      const start = offsets[row]!;
      const end = offsets[row + 1]!;
      const held = best[group];
      if (held === undefined || compareBytes(bytes, start, end, held, 0, held.length) * sign < 0)
        best[group] = bytes.slice(start, end);
    }
  }

  finish(groupCount: number): TypedColumn {
    return bytesColumn(this.type, groupCount, (g) => this.#best[g]);
  }
}

/** A column of texts or bytes; undefined = null. */
export function bytesColumn(
  type: DataType,
  length: number,
  valueAt: (group: number) => Uint8Array | undefined,
): TypedColumn {
  const offsets = new Int32Array(length + 1);
  let total = 0;
  for (let g = 0; g < length; g++) {
    total += valueAt(g)?.length ?? 0;
    if (total > 0x7fffffff) throw new RangeError('more than 2 GiB of text in one column');
    offsets[g + 1] = total;
  }
  const bytes = new Uint8Array(total);
  for (let g = 0; g < length; g++) {
    const value = valueAt(g);
    if (value !== undefined) bytes.set(value, offsets[g]!);
  }
  return { ...columnOf(type, length, null, (g) => valueAt(g) !== undefined), offsets, bytes };
}
