// Turns the plain values of a leaf into a column of its type, and makes room in it for nulls.
import type { FixedValues, TypedColumn } from '../../table/batch.ts';
import type { DataType } from '../../table/data-type.ts';
import { decimalText } from '../../table/value-text.ts';
import { ByteSink, ByteStore } from './byte-sink.ts';
import { Fault, insist } from '../../contract/fault.ts';
import type { Stretch } from './stretch.ts';
import { scaleOf } from './logical-type.ts';
import type { Leaf } from './schema-tree.ts';

/** Told of values that lost digits. */
export type OnCut = (count: number) => void;

/** Where the values go: slot i holds a value where `isValid[i]` is 1; null = every slot does. */
export interface Slots {
  count: number;
  isValid: Uint8Array | null;
}

/** The column of a leaf's values in its slots. Texts are not looked at. */
export function leafColumn(leaf: Leaf, stretch: Stretch, slots: Slots, onCut: OnCut): TypedColumn {
  const { type, conversion } = leaf;
  const { valueCount } = stretch;
  const column: TypedColumn = {
    storage: 'typed',
    type,
    length: slots.count,
    validity: slots.isValid === null ? null : packBits(slots.isValid, slots.count),
    values: null,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
  if (conversion === 'null') {
    column.validity ??= new Uint8Array((slots.count + 7) >> 3);
    column.validity.fill(0);
    return column;
  }
  if (stretch.codes !== null && stretch.dictionary !== null)
    return codedColumn(column, stretch, slots);
  const sink = textSink(leaf, stretch);
  if (sink !== null) {
    column.offsets = spreadOffsets(sink.offsets, slots);
    column.bytes = sink.bytes.subarray(0, sink.length);
    return column;
  }
  if (conversion === 'bool') {
    const bits = stretch.fixed!.subarray(0, Math.max(valueCount, slots.count));
    const room = bits.length < slots.count ? new Uint8Array(slots.count) : bits;
    if (room !== bits) room.set(bits);
    spread(room, 1, valueCount, slots);
    column.values = packBits(room, slots.count);
    return column;
  }
  const wordsEach = type.kind === 'decimal' ? 2 : 1;
  const values = fixedValues(leaf, stretch, slots.count * wordsEach, onCut);
  spread(values, wordsEach, valueCount, slots);
  column.values = values;
  return column;
}

/** Texts as places in their dictionary. */
function codedColumn(
  column: TypedColumn,
  { codes, dictionary, valueCount }: Stretch,
  slots: Slots,
): TypedColumn {
  const { type } = column;
  const { count, offsets, store } = dictionary!;
  const values = codes!.length < slots.count ? new Int32Array(slots.count) : codes!;
  if (values !== codes) values.set(codes!.subarray(0, valueCount));
  spread(values, 1, valueCount, slots);
  return {
    ...column,
    type: { kind: 'dictionary', index: 32, value: type },
    values: values.subarray(0, slots.count),
    dictionary: {
      ...column,
      length: count,
      validity: null,
      offsets: offsets!.subarray(0, count + 1),
      bytes: store!.bytes,
    },
  };
}

/** Moves the first `count` values (of `each` elements) to the slots that hold one, from the back, where they stand. */
function spread(
  values: FixedValues,
  each: number,
  count: number,
  { count: slots, isValid }: Slots,
): void {
  if (isValid === null || count === slots) return;
  const items = values as Float64Array;
  let from = count - 1;
  for (let slot = slots - 1; slot >= 0; slot--) {
    if (isValid[slot] === 1) {
      for (let k = 0; k < each; k++) items[slot * each + k] = items[from * each + k]!;
      from--;
    } else
      for (let k = 0; k < each; k++)
        items[slot * each + k] = (typeof items[0] === 'bigint' ? 0n : 0) as number;
  }
}

function spreadOffsets(offsets: Int32Array, { count, isValid }: Slots): Int32Array {
  if (isValid === null) return offsets.subarray(0, count + 1);
  const out = new Int32Array(count + 1);
  let at = 0;
  for (let slot = 0; slot < count; slot++) {
    at += isValid[slot]!;
    out[slot + 1] = offsets[at]!;
  }
  return out;
}

/** Bits, LSB first, of bytes that are 0 or 1. */
export function packBits(bytes: Uint8Array, count: number): Uint8Array {
  const bits = new Uint8Array((count + 7) >> 3);
  for (let i = 0; i < count; i++) bits[i >> 3]! |= (bytes[i]! & 1) << (i & 7);
  return bits;
}

/** An array of the type over the stretch's own bytes where there is room for all slots, else over a copy. */
function viewAs(
  type: DataType,
  bytes: Uint8Array,
  width: number,
  used: number,
  length: number,
): FixedValues {
  let own = bytes;
  if (own.length < length * width) {
    own = new Uint8Array(length * width);
    own.set(bytes.subarray(0, used * width));
  }
  const { buffer } = own;
  switch (type.kind) {
    case 'int':
      if (type.bits === 32)
        return type.signed ? new Int32Array(buffer, 0, length) : new Uint32Array(buffer, 0, length);
      return type.signed
        ? new BigInt64Array(buffer, 0, length)
        : new BigUint64Array(buffer, 0, length);
    case 'float':
      return type.bits === 32
        ? new Float32Array(buffer, 0, length)
        : new Float64Array(buffer, 0, length);
    case 'date':
      return new Int32Array(buffer, 0, length);
    default:
      return new BigInt64Array(buffer, 0, length);
  }
}

function fixedValues(leaf: Leaf, stretch: Stretch, length: number, onCut: OnCut): FixedValues {
  const { type, conversion, element } = leaf;
  const { valueCount: count } = stretch;
  switch (conversion) {
    case 'same': {
      const width =
        (type.kind === 'int' || type.kind === 'float') && type.bits === 32
          ? 4
          : type.kind === 'date'
            ? 4
            : 8;
      return viewAs(type, stretch.fixed!, width, count, length);
    }
    case 'narrow':
      return narrow(type as DataType & { kind: 'int' }, words32(stretch), count, length);
    case 'widen': {
      const values = new BigInt64Array(length);
      const words = new Int32Array(values.buffer);
      const from = words32(stretch);
      for (let i = 0; i < count; i++) {
        words[i * 2] = from[i]!;
        words[i * 2 + 1] = from[i]! >> 31;
      }
      return values;
    }
    case 'half': {
      const values = new Float32Array(length);
      const halves = new Uint16Array(stretch.fixed!.buffer, 0, count);
      for (let i = 0; i < count; i++) values[i] = halfToFloat(halves[i]!);
      return values;
    }
    case 'int96':
      return int96Values(type as DataType & { kind: 'timestamp' }, leaf, stretch, length, onCut);
    case 'decimal-int32':
    case 'decimal-int64': {
      const values = new BigInt64Array(length);
      const words = new Int32Array(values.buffer);
      const from = words32(stretch);
      const step = conversion === 'decimal-int32' ? 1 : 2;
      for (let i = 0; i < count; i++) {
        const low = from[i * step]!;
        const high = step === 1 ? low >> 31 : from[i * 2 + 1]!;
        words[i * 4] = low;
        words[i * 4 + 1] = high;
        words[i * 4 + 2] = high >> 31;
        words[i * 4 + 3] = high >> 31;
      }
      return values;
    }
    case 'decimal-fixed': {
      const values = new BigInt64Array(length);
      const target = new Uint8Array(values.buffer);
      const { typeLength } = element;
      for (let i = 0; i < count; i++)
        putDecimal(stretch.fixed!, i * typeLength, (i + 1) * typeLength, target, i * 16);
      return values;
    }
    case 'decimal-bytes': {
      const values = new BigInt64Array(length);
      const target = new Uint8Array(values.buffer);
      const { offsets, bytes } = stretch.sink!;
      for (let i = 0; i < count; i++)
        putDecimal(bytes, offsets[i]!, offsets[i + 1]!, target, i * 16);
      return values;
    }
    default:
      throw new Fault('a column has no known type');
  }
}

const words32 = ({ fixed }: Stretch): Int32Array =>
  new Int32Array(fixed!.buffer, fixed!.byteOffset, fixed!.length >> 2);

function narrow(
  { bits, signed }: DataType & { kind: 'int' },
  from: Int32Array,
  count: number,
  length: number,
): FixedValues {
  const values =
    bits === 8
      ? signed
        ? new Int8Array(length)
        : new Uint8Array(length)
      : signed
        ? new Int16Array(length)
        : new Uint16Array(length);
  for (let i = 0; i < count; i++) {
    values[i] = from[i]!;
    // Some writers fill the word with the sign of what is unsigned.
    if (values[i] !== from[i]! && values[i] !== (from[i]! & (bits === 8 ? 0xff : 0xffff)))
      throw new Fault(`${from[i]} does not fit ${bits} bits`);
  }
  return values;
}

/** A big-endian two's complement number of any length to 16 bytes, little-endian. */
function putDecimal(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (start === end) return;
  const sign = source[start]! & 128 ? 255 : 0;
  let k = 0;
  for (let i = end - 1; i >= start; i--, k++) {
    if (k < 16) target[at + k] = source[i]!;
    else insist(source[i] === sign, 'a decimal has more digits than its type');
  }
  if (k > 16)
    insist((target[at + 15]! & 128) === (sign & 128), 'a decimal has more digits than its type');
  for (; k < 16; k++) target[at + k] = sign;
}

/** The value of an IEEE 754 half. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const JULIAN_EPOCH = 2_440_588n;
const DAY_NS = 86_400_000_000_000n;
const MOST = 2n ** 63n - 1n;

function int96Values(
  { unit }: DataType & { kind: 'timestamp' },
  leaf: Leaf,
  { fixed, valueCount }: Stretch,
  length: number,
  onCut: OnCut,
): BigInt64Array {
  const values = new BigInt64Array(length);
  const view = new DataView(fixed!.buffer, fixed!.byteOffset, fixed!.length);
  const each = unit === 'ns' ? 1n : unit === 'us' ? 1_000n : 1_000_000n;
  let cut = 0;
  for (let i = 0; i < valueCount; i++) {
    const days = BigInt(view.getInt32(i * 12 + 8, true)) - JULIAN_EPOCH;
    const nanoseconds = days * DAY_NS + view.getBigInt64(i * 12, true);
    const rest = nanoseconds % each;
    if (rest !== 0n) cut++;
    // Towards the past, as clocks are cut.
    const value = (nanoseconds - rest) / each - (rest < 0n ? 1n : 0n);
    if (value > MOST || value < -MOST - 1n) throw new TimestampRange(leaf.path);
    values[i] = value;
  }
  if (cut > 0) onCut(cut);
  return values;
}

/** A timestamp that its unit cannot hold. */
export class TimestampRange extends Error {
  readonly column: string;

  constructor(column: string) {
    super('timestamp out of range');
    this.column = column;
  }
}

/** The byte arrays of a leaf, made where the file holds something else; null for leaves that are no byte arrays. */
function textSink({ conversion, element }: Leaf, stretch: Stretch): ByteSink | null {
  const { valueCount: count, fixed, sink } = stretch;
  switch (conversion) {
    case 'text':
    case 'json':
    case 'bytes':
      return sink;
    case 'fixed': {
      const width = element.typeLength;
      insist(count * width <= 0x7fffffff, 'the values of one batch are too long');
      const out = new ByteSink(count, 0);
      for (let i = 1; i <= count; i++) out.offsets[i] = i * width;
      out.bytes = fixed!;
      out.length = count * width;
      return out;
    }
    case 'uuid':
      return texts(count, 36, (i) => uuidText(fixed!, i * 16));
    case 'interval':
      return texts(count, 16, (i) => intervalText(fixed!, i * 12));
    case 'decimal-text': {
      const scale = scaleOf(element);
      return texts(count, 48, (i) => {
        const [start, end] =
          sink === null
            ? [i * element.typeLength, (i + 1) * element.typeLength]
            : [sink.offsets[i]!, sink.offsets[i + 1]!];
        return decimalText(bigEndian((sink?.bytes ?? fixed)!, start, end), scale);
      });
    }
    default:
      return null;
  }
}

const encoder = new TextEncoder();

function texts(count: number, sizeEach: number, textOf: (i: number) => string): ByteSink {
  const out = new ByteSink(count, count * sizeEach);
  for (let i = 0; i < count; i++) {
    const bytes = encoder.encode(textOf(i));
    out.append(new ByteStore(bytes), 0, bytes.length);
  }
  return out;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function uuidText(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let k = 0; k < 16; k++)
    text += (k === 4 || k === 6 || k === 8 || k === 10 ? '-' : '') + HEX[bytes[at + k]!]!;
  return text;
}

/** ISO 8601: months, days and milliseconds, which are three things. */
function intervalText(bytes: Uint8Array, at: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 12);
  const months = view.getUint32(0, true);
  const days = view.getUint32(4, true);
  const ms = view.getUint32(8, true);
  const date = `${months > 0 ? `${months}M` : ''}${days > 0 ? `${days}D` : ''}`;
  if (ms === 0) return date === '' ? 'PT0S' : `P${date}`;
  const rest = ms % 1000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `P${date}T${Math.floor(ms / 1000)}${fraction}S`;
}

function bigEndian(bytes: Uint8Array, start: number, end: number): bigint {
  let value = start < end && bytes[start]! & 128 ? -1n : 0n;
  for (let i = start; i < end; i++) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}
