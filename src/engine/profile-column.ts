// Looks at every value of one column once and keeps what a profile tells of them, in bounded memory.
import { shorten } from '../contract/errors.ts';
import type { InvalidValue, ProfiledColumn } from '../contract/profile.ts';
import { doublesOf } from '../grouping/value-keys.ts';
import { decimalAt, isNullValue, type FixedValues, type TypedColumn } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { typeName, type DataType, type Field } from '../table/data-type.ts';
import { createValues, isBytesType } from '../table/fixed-values.ts';
import { createValueWriter } from '../table/write-value.ts';
import { NumberSpread } from './profile-spread.ts';
import { ValueCounts } from './profile-values.ts';

const TOP_VALUES = 10;
const LISTED_INVALID = 20;
/** Bytes of a value that a text shown of it is made from. */
const SHOWN_BYTES = 400;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const shown = (bytes: Uint8Array): string =>
  shorten(decoder.decode(bytes.subarray(0, SHOWN_BYTES)));

/** Kinds whose values stand on a line. */
const PLACED = new Set<DataType['kind']>(['int', 'float', 'decimal', 'date', 'time', 'timestamp']);
/** Kinds whose values are numbers to reckon with. */
const NUMBERS = new Set<DataType['kind']>(['int', 'float', 'decimal']);
const NESTED = new Set<DataType['kind']>(['list', 'struct', 'map', 'null']);

/** The least or the greatest value met. */
interface Extreme {
  place: number;
  exact: bigint | null;
  text: string;
}

export class ColumnSummary {
  readonly #field: Field;
  readonly #type: DataType;
  readonly #values: ValueCounts;
  readonly #spread: NumberSpread;
  readonly #invalid: InvalidValue[] = [];
  #invalidCount = 0;
  #nullCount = 0;
  #emptyCount = 0;
  #notFiniteCount = 0;
  #least: Extreme | null = null;
  #greatest: Extreme | null = null;
  #first: Uint8Array | null = null;
  #last: Uint8Array | null = null;
  #longest: { characters: number; value: string } | null = null;
  #shortest: { characters: number; value: string } | null = null;
  readonly #text = new ByteWriter(64);
  readonly #key = new Uint8Array(16);

  /** `mostValues`: different values that are held at a time. */
  constructor(field: Field, mostValues: number) {
    this.#field = field;
    this.#type = field.type.kind === 'dictionary' ? field.type.value : field.type;
    this.#values = new ValueCounts(mostValues);
    this.#spread = new NumberSpread(this.#type.kind !== 'float' && this.#type.kind !== 'decimal');
  }

  /** Notes a value that does not fit; `add` is then given null in its place. */
  addInvalid(invalid: InvalidValue): void {
    this.#invalidCount++;
    if (this.#invalid.length < LISTED_INVALID) this.#invalid.push(invalid);
  }

  /** Takes the column's values in the rows, in their order. */
  add(column: TypedColumn, rows: Uint32Array | null, count: number): void {
    const { dictionary } = column;
    const values = dictionary ?? column;
    if (values.type.kind === 'null') {
      this.#nullCount += count;
      return;
    }
    const take = this.#taker(values);
    for (let i = 0; i < count; i++) {
      const row = rows === null ? i : rows[i]!;
      const at = dictionary === null ? row : Number(column.values![row]);
      if (isNullValue(column, row) || (dictionary !== null && isNullValue(dictionary, at)))
        this.#nullCount++;
      else take(at);
    }
  }

  #taker(column: TypedColumn): (at: number) => void {
    const out = this.#text;
    const write = createValueWriter(column);
    const textAt = (at: number): Uint8Array => {
      out.clear();
      write(at, out);
      return out.written();
    };
    if (isBytesType(column.type)) return this.#bytesTaker(column, textAt);
    if (PLACED.has(column.type.kind)) return this.#placesTaker(column, textAt);
    if (column.type.kind === 'bool')
      return (at) => {
        const text = textAt(at);
        this.#values.add(text, 0, text.length, () => decoder.decode(text));
        this.#compare(text, 0, text.length);
      };
    return (at) => {
      const text = textAt(at);
      this.#values.add(text, 0, text.length, () => shown(text));
    };
  }

  /** Texts, and what is written like them. */
  #bytesTaker(column: TypedColumn, textAt: (at: number) => Uint8Array): (at: number) => void {
    const bytes = column.bytes!;
    const offsets = column.offsets!;
    const isText = column.type.kind !== 'binary';
    let current = 0;
    const text = (): string => shown(textAt(current));
    return (at) => {
      const start = offsets[at]!;
      const end = offsets[at + 1]!;
      current = at;
      this.#values.add(bytes, start, end, text);
      this.#compare(bytes, start, end);
      if (!isText) return;
      if (start === end) this.#emptyCount++;
      let characters = 0;
      for (let i = start; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) characters++;
      if (this.#longest === null || characters > this.#longest.characters)
        this.#longest = { characters, value: text() };
      if (this.#shortest === null || characters < this.#shortest.characters)
        this.#shortest = { characters, value: text() };
    };
  }

  /** Notes the least and the greatest of values by their bytes. */
  #compare(bytes: Uint8Array, start: number, end: number): void {
    if (this.#first === null || compareBytes(bytes, start, end, this.#first) < 0)
      this.#first = bytes.slice(start, end);
    if (this.#last === null || compareBytes(bytes, start, end, this.#last) > 0)
      this.#last = bytes.slice(start, end);
  }

  /** Numbers, dates and times. */
  #placesTaker(column: TypedColumn, textAt: (at: number) => Uint8Array): (at: number) => void {
    const places = doublesOf(column);
    const values = column.values!;
    const size = values.BYTES_PER_ELEMENT * (column.type.kind === 'decimal' ? 2 : 1);
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const isFloat = column.type.kind === 'float';
    const exactAt = exactReader(column);
    let current = 0;
    const text = (): string => shown(textAt(current));
    return (at) => {
      const place = places[at]!;
      current = at;
      if (isFloat && (place === 0 || Number.isNaN(place)))
        // Both zeros are one value, and so are all that are no number.
        this.#values.add(this.#key, place === 0 ? 0 : 1, place === 0 ? size : size - 1, text);
      else this.#values.add(raw, at * size, (at + 1) * size, text);
      if (!Number.isFinite(place)) {
        this.#notFiniteCount++;
        return;
      }
      this.#spread.add(place);
      if (isBeyond(this.#least, place, exactAt, at, -1))
        this.#least = { place, exact: exactAt?.(at) ?? null, text: text() };
      if (isBeyond(this.#greatest, place, exactAt, at, 1))
        this.#greatest = { place, exact: exactAt?.(at) ?? null, text: text() };
    };
  }

  /** `nth`: which of the columns of its name it is. */
  finish(nth: number, sentence: string): ProfiledColumn {
    const { name } = this.#field;
    const isNumber = NUMBERS.has(this.#type.kind) && this.#spread.count > 0;
    const isBinary = this.#type.kind === 'binary';
    const textOf = (bytes: Uint8Array | null): string | null =>
      bytes === null ? null : isBinary ? hexOf(bytes) : shown(bytes);
    return {
      name,
      nth,
      type: typeName(this.#field.type),
      sentence,
      nullCount: this.#nullCount - this.#invalidCount,
      emptyCount: this.#emptyCount,
      notFiniteCount: this.#notFiniteCount,
      distinct: this.#values.distinct(),
      min: this.#least?.text ?? textOf(this.#first),
      max: this.#greatest?.text ?? textOf(this.#last),
      mean: isNumber ? this.#spread.mean : null,
      stddev: isNumber ? this.#spread.stddev : null,
      top: NESTED.has(this.#type.kind) ? [] : this.#values.top(TOP_VALUES),
      histogram: this.#histogram(),
      longest: this.#longest,
      shortest: this.#shortest,
      invalidCount: this.#invalidCount,
      invalid: this.#invalid,
    };
  }

  #histogram(): ProfiledColumn['histogram'] {
    const bins = this.#spread.bins();
    if (bins === null) return null;
    const { from, width, counts } = bins;
    const to = from + width * counts.length;
    return {
      kind: 'range',
      counts,
      from: edgeText(this.#type, from),
      to: edgeText(this.#type, to),
    };
  }
}

/** Exact values of types whose places may be rounded; null for the others. */
function exactReader(column: TypedColumn): ((at: number) => bigint) | null {
  if (column.type.kind === 'decimal') return (at) => decimalAt(column, at);
  const { values } = column;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return (at) => values[at]!;
  return null;
}

/** Whether a value lies beyond the extreme so far; `side`: -1 below, 1 above. */
function isBeyond(
  extreme: Extreme | null,
  place: number,
  exactAt: ((at: number) => bigint) | null,
  at: number,
  side: -1 | 1,
): boolean {
  if (extreme === null) return true;
  if (place !== extreme.place) return side < 0 ? place < extreme.place : place > extreme.place;
  // Rounded places keep their order, but different values may share one.
  if (exactAt === null) return false;
  const exact = exactAt(at);
  return side < 0 ? exact < extreme.exact! : exact > extreme.exact!;
}

/** The text of a place between values, in the form of its type. */
function edgeText(type: DataType, place: number): string {
  if (NUMBERS.has(type.kind)) return String(place);
  const whole = Math.round(place);
  const values: FixedValues = createValues(type, 1)!;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    values[0] = BigInt.asIntN(64, BigInt(whole));
  else values[0] = whole;
  const column: TypedColumn = {
    storage: 'typed',
    type,
    length: 1,
    validity: null,
    values,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
  const out = new ByteWriter(64);
  createValueWriter(column)(0, out);
  return decoder.decode(out.written());
}

function compareBytes(a: Uint8Array, start: number, end: number, b: Uint8Array): number {
  const size = Math.min(end - start, b.length);
  for (let i = 0; i < size; i++) if (a[start + i] !== b[i]) return a[start + i]! - b[i]!;
  return end - start - b.length;
}

function hexOf(bytes: Uint8Array): string {
  return shorten([...bytes.subarray(0, 40)].map((b) => b.toString(16).padStart(2, '0')).join(''));
}
