// The values of one leaf of the schema for one row group: its levels, and what is not null in its physical form.
import type { TypedColumn } from '../../table/batch.ts';
import { wordsOf } from '../../table/gather-column.ts';
import type { LeafType } from './leaf-type.ts';

/** Room a leaf starts with. */
const FIRST_VALUES = 1024;

/** Where a value that its physical form has no room for stands: thrown with the row of its column. */
export class LeafMisfit extends Error {
  readonly row: number;
  readonly reason: 'range' | 'uuid' | 'null';

  constructor(row: number, reason: LeafMisfit['reason']) {
    super(`row ${row}: ${reason}`);
    this.row = row;
    this.reason = reason;
  }
}

/** Takes the value of a row that is not null. */
type Take = (row: number) => void;

/** Filled again for every row group: its room stays. */
export class LeafBuffer {
  readonly type: LeafType;
  readonly path: readonly string[];
  readonly maxDefinition: number;
  readonly maxRepetition: number;
  /** Levels of each place, null or not; empty arrays where the most is 0. */
  definitions = new Uint8Array(0);
  repetitions = new Uint8Array(0);
  levelCount = 0;
  /** Values that are not null: `count` of them, `width` bytes each or between `offsets`. */
  bytes = new Uint8Array(0);
  offsets = new Int32Array(1);
  count = 0;
  #words: Int32Array = new Int32Array(0);

  constructor(
    type: LeafType,
    path: readonly string[],
    maxDefinition: number,
    maxRepetition: number,
  ) {
    this.type = type;
    this.path = path;
    this.maxDefinition = maxDefinition;
    this.maxRepetition = maxRepetition;
  }

  get usedBytes(): number {
    return this.type.width === 0 ? this.offsets[this.count]! : this.count * this.type.width;
  }

  clear(): void {
    this.levelCount = 0;
    this.count = 0;
  }

  /** A place of these levels, without a value. */
  addLevel(repetition: number, definition: number): void {
    if (this.levelCount >= this.definitions.length) this.#growLevels(1);
    this.definitions[this.levelCount] = definition;
    if (this.maxRepetition > 0) this.repetitions[this.levelCount] = repetition;
    this.levelCount++;
  }

  /** Rows [from, to) of a flat column at the top of the schema. Throws {@link LeafMisfit}. */
  addRows(column: TypedColumn, from: number, to: number): void {
    const { validity } = column;
    const { maxDefinition } = this;
    const length = to - from;
    this.#growLevels(length);
    this.#growValues(length);
    const isNone = this.type.taking === 'none';
    if (validity === null && !isNone) {
      this.definitions.fill(maxDefinition, this.levelCount, this.levelCount + length);
      this.levelCount += length;
      if (this.#copyRows(column, from, to)) return;
      const take = this.taker(column);
      for (let row = from; row < to; row++) take(row);
      return;
    }
    const take = isNone ? null : this.taker(column);
    let at = this.levelCount;
    for (let row = from; row < to; row++) {
      const isValid =
        take !== null && (validity === null || ((validity[row >> 3]! >> (row & 7)) & 1) === 1);
      if (isValid) take(row);
      else if (maxDefinition === 0) throw new LeafMisfit(row, 'null');
      if (maxDefinition > 0) this.definitions[at] = isValid ? maxDefinition : maxDefinition - 1;
      at++;
    }
    this.levelCount = at;
  }

  /** Appends values of a column, which must have room for one more each time. */
  taker(column: TypedColumn): Take {
    const { width } = this.type;
    const values = column.values;
    switch (this.type.taking) {
      case 'none':
        return () => {};
      case 'bool':
        return (row) => {
          this.#growValues(1);
          this.bytes[this.count++] = ((values as Uint8Array)[row >> 3]! >> (row & 7)) & 1;
        };
      case 'bytes': {
        const offsets = column.offsets!;
        const source = column.bytes!;
        return (row) => this.#addBytes(source, offsets[row]!, offsets[row + 1]!);
      }
      case 'uuid': {
        const offsets = column.offsets!;
        const source = column.bytes!;
        const isText = column.type.kind !== 'binary';
        return (row) => {
          this.#growValues(1);
          const [start, end] = [offsets[row]!, offsets[row + 1]!];
          const to = this.count * width;
          const fits = isText
            ? readUuid(source, start, end, this.bytes, to)
            : end - start === width;
          if (!fits) throw new LeafMisfit(row, 'uuid');
          if (!isText) this.bytes.set(source.subarray(start, end), to);
          this.count++;
        };
      }
      case 'word': {
        const words = wordsOf(values!);
        return (row) => {
          this.#growValues(1);
          this.#words[this.count++] = words[row]!;
        };
      }
      case 'widen':
        return (row) => {
          this.#growValues(1);
          this.#words[this.count++] = values![row] as number;
        };
      case 'pair': {
        const words = wordsOf(values!);
        return (row) => {
          this.#growValues(1);
          const to = this.count++ * 2;
          this.#words[to] = words[row * 2]!;
          this.#words[to + 1] = words[row * 2 + 1]!;
        };
      }
      case 'low-word':
      case 'low-word-ms': {
        const words = wordsOf(values!);
        const unit = this.type.taking === 'low-word' ? 1 : 1000;
        return (row) => {
          this.#growValues(1);
          this.#words[this.count++] = words[row * 2]! * unit;
        };
      }
      case 'pair-ms': {
        const units = values as BigInt64Array;
        return (row) => {
          this.#growValues(1);
          const value = units[row]! * 1000n;
          if (BigInt.asIntN(64, value) !== value) throw new LeafMisfit(row, 'range');
          const to = this.count++ * 2;
          this.#words[to] = Number(BigInt.asIntN(32, value));
          this.#words[to + 1] = Number(value >> 32n);
        };
      }
      case 'decimal-word': {
        const words = wordsOf(values!);
        return (row) => {
          this.#growValues(1);
          this.#words[this.count++] = words[row * 4]!;
        };
      }
      case 'decimal-pair': {
        const words = wordsOf(values!);
        return (row) => {
          this.#growValues(1);
          const to = this.count++ * 2;
          this.#words[to] = words[row * 4]!;
          this.#words[to + 1] = words[row * 4 + 1]!;
        };
      }
      case 'decimal-fixed': {
        const source = new Uint8Array(values!.buffer, values!.byteOffset, values!.byteLength);
        return (row) => {
          this.#growValues(1);
          const to = this.count++ * width;
          const last = row * 16 + width - 1;
          for (let k = 0; k < width; k++) this.bytes[to + k] = source[last - k]!;
        };
      }
    }
  }

  /** Rows without a null in one go, where the values stand as they will be written. */
  #copyRows(column: TypedColumn, from: number, to: number): boolean {
    const { taking } = this.type;
    const { values } = column;
    if (taking === 'word' || taking === 'pair') {
      const size = taking === 'word' ? 1 : 2;
      this.#words.set(wordsOf(values!).subarray(from * size, to * size), this.count * size);
    } else if (taking === 'bytes') {
      const source = column.offsets!;
      const start = source[from]!;
      const end = source[to]!;
      const used = this.offsets[this.count]!;
      this.#growBytes(used + end - start);
      this.bytes.set(column.bytes!.subarray(start, end), used);
      const shift = used - start;
      for (let row = from, at = this.count; row < to;) this.offsets[++at] = source[++row]! + shift;
    } else return false;
    this.count += to - from;
    return true;
  }

  #addBytes(source: Uint8Array, start: number, end: number): void {
    this.#growValues(1);
    const used = this.offsets[this.count]!;
    const size = end - start;
    this.#growBytes(used + size);
    if (size > 24) this.bytes.set(source.subarray(start, end), used);
    else for (let k = 0; k < size; k++) this.bytes[used + k] = source[start + k]!;
    this.offsets[++this.count] = used + size;
  }

  #growLevels(more: number): void {
    const wanted = this.levelCount + more;
    if (this.definitions.length >= wanted) return;
    const room = Math.max(wanted, this.definitions.length * 2, FIRST_VALUES);
    const definitions = new Uint8Array(room);
    definitions.set(this.definitions.subarray(0, this.levelCount));
    this.definitions = definitions;
    if (this.maxRepetition === 0) return;
    const repetitions = new Uint8Array(room);
    repetitions.set(this.repetitions.subarray(0, this.levelCount));
    this.repetitions = repetitions;
  }

  #growValues(more: number): void {
    const { width } = this.type;
    const wanted = this.count + more;
    if (width === 0) {
      if (this.offsets.length > wanted) return;
      const offsets = new Int32Array(Math.max(wanted, this.offsets.length * 2, FIRST_VALUES) + 1);
      offsets.set(this.offsets.subarray(0, this.count + 1));
      this.offsets = offsets;
    } else this.#growBytes(wanted * width);
  }

  #growBytes(wanted: number): void {
    if (this.bytes.length >= wanted) return;
    // Whole words, so that values can be written as such.
    const room = (Math.max(wanted, this.bytes.length * 2, FIRST_VALUES * 8) + 7) & ~7;
    const bytes = new Uint8Array(room);
    bytes.set(this.bytes.subarray(0, this.usedBytes));
    this.bytes = bytes;
    this.#words = wordsOf(bytes);
  }
}

/** Reads a UUID's 36 characters, braces around them or not, as its 16 bytes; false when it is none. */
export function readUuid(
  source: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  to: number,
): boolean {
  const isBraced = end - start === 38 && source[start] === 123 && source[end - 1] === 125;
  let at = isBraced ? start + 1 : start;
  const isPlain = end - start === 32;
  if (!isBraced && !isPlain && end - start !== 36) return false;
  for (let k = 0; k < 16; k++) {
    if (!isPlain && (k === 4 || k === 6 || k === 8 || k === 10) && source[at++] !== 45)
      return false;
    const high = digitOf(source[at++]!);
    const low = digitOf(source[at++]!);
    if (high < 0 || low < 0) return false;
    out[to + k] = (high << 4) | low;
  }
  return true;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
