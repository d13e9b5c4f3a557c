// Writes the plain text of flat typed columns (numbers, dates, times, texts, base64) as bytes.
import { decimalAt, type TypedColumn } from './batch.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { DataType, TimeUnit } from './data-type.ts';
import { putClock, putDate, putInteger, putPadded, putWhole } from './put-digits.ts';
import { createFloatWriter } from './put-floats.ts';
import {
  createTimestampText,
  dateText,
  decimalText,
  float32Text,
  floatText,
  FRACTION_DIGITS,
  isUtc,
  timeText,
  UNITS_PER_SECOND,
  writeBase64,
} from './value-text.ts';

/** Writes the value at `row`, which is not null. */
export type ValueWriter = (row: number, out: ByteWriter) => void;

/** Room for any number, date or time that is put without a string. */
const ROOM = 48;
/** An upper half of 64 bits within ±2^21 means a number within ±2^53. */
const MOST_HIGH = 1 << 21;

/**
 * Reads integers of `words` 32-bit words a value (2: 64 bits, 4: 128) as numbers without making big integers, which cost
 * several times as much; NaN for those beyond 2^53, which a number does not hold.
 */
function createSafeReader({ type, values }: TypedColumn, words: 2 | 4): (row: number) => number {
  const { buffer, byteOffset, byteLength } = values!;
  const parts = new Int32Array(buffer, byteOffset, byteLength >> 2);
  const least = type.kind === 'int' && !type.signed ? 0 : -MOST_HIGH;
  return (row) => {
    const at = row * words;
    const high = parts[at + 1]!;
    if (high >= MOST_HIGH || high < least) return Number.NaN;
    if (words === 4 && (parts[at + 2]! !== high >> 31 || parts[at + 3]! !== high >> 31))
      return Number.NaN;
    return high * 0x100000000 + (parts[at]! >>> 0);
  };
}

/** Powers of ten up to the digits that numbers within 2^53 have. */
const POWERS = Float64Array.from({ length: 16 }, (_, n) => 10 ** n);

/** {@link decimalText} of an integer within ±2^53, of at most 15 digits after the point. */
function putDecimal(bytes: Uint8Array, at: number, value: number, scale: number): number {
  if (scale === 0) return putInteger(bytes, at, value);
  let to = at;
  if (value < 0) bytes[to++] = 45;
  const size = Math.abs(value);
  const power = POWERS[scale]!;
  let whole = Math.floor(size / power);
  let fraction = size - whole * power;
  // A quotient just below a whole number may be rounded up to it.
  if (fraction < 0) {
    whole--;
    fraction += power;
  }
  to = putWhole(bytes, to, whole);
  bytes[to] = 46;
  return putPadded(bytes, to + 1, fraction, scale);
}

function dateWriter(column: TypedColumn): ValueWriter {
  const values = column.values as Int32Array;
  return (row, out) => {
    out.reserve(ROOM);
    const end = putDate(out.bytes, out.length, values[row]!);
    if (end < 0) out.ascii(dateText(values[row]!));
    else out.length = end;
  };
}

/** The seconds and fraction of a day, of units within 2^53. */
function putTimeOfDay(
  bytes: Uint8Array,
  at: number,
  units: number,
  perSecond: number,
  digits: number,
): number {
  const seconds = Math.floor(units / perSecond);
  const to = putClock(bytes, at, seconds);
  if (digits === 0) return to;
  bytes[to] = 46;
  return putPadded(bytes, to + 1, units - seconds * perSecond, digits);
}

function timeWriter(column: TypedColumn, unit: TimeUnit): ValueWriter {
  const values = column.values as BigInt64Array;
  const safe = createSafeReader(column, 2);
  const perSecond = Number(UNITS_PER_SECOND[unit]);
  const digits = FRACTION_DIGITS[unit];
  const most = 100 * 3600 * perSecond;
  return (row, out) => {
    const units = safe(row);
    if (units >= 0 && units < most) {
      out.reserve(ROOM);
      out.length = putTimeOfDay(out.bytes, out.length, units, perSecond, digits);
    } else out.ascii(timeText(values[row]!, unit));
  };
}

function timestampWriter(
  column: TypedColumn,
  { unit, zone }: DataType & { kind: 'timestamp' },
): ValueWriter {
  const values = column.values as BigInt64Array;
  const text = createTimestampText(unit, zone);
  if (zone !== null && !isUtc(zone)) return (row, out) => out.ascii(text(values[row]!));
  const safe = createSafeReader(column, 2);
  const perSecond = Number(UNITS_PER_SECOND[unit]);
  const perDay = 86_400 * perSecond;
  const digits = FRACTION_DIGITS[unit];
  return (row, out) => {
    const units = safe(row);
    let day = Math.floor(units / perDay);
    let inDay = units - day * perDay;
    // A quotient just below a whole number may be rounded up to it.
    if (inDay < 0) {
      day--;
      inDay += perDay;
    }
    out.reserve(ROOM);
    const { bytes } = out;
    const end = Number.isNaN(units) ? -1 : putDate(bytes, out.length, day);
    if (end < 0) {
      out.ascii(text(values[row]!));
      return;
    }
    bytes[end] = 84;
    let to = putTimeOfDay(bytes, end + 1, inDay, perSecond, digits);
    if (zone !== null) bytes[to++] = 90;
    out.length = to;
  };
}

function integerWriter(column: TypedColumn, bits: number): ValueWriter {
  const values = column.values!;
  if (bits < 64) {
    const small = values as Int32Array;
    return (row, out) => {
      out.reserve(ROOM);
      out.length = putInteger(out.bytes, out.length, small[row]!);
    };
  }
  const safe = createSafeReader(column, 2);
  return (row, out) => {
    const value = safe(row);
    if (Number.isNaN(value)) out.ascii(String(values[row]));
    else {
      out.reserve(ROOM);
      out.length = putInteger(out.bytes, out.length, value);
    }
  };
}

function decimalWriter(column: TypedColumn, scale: number): ValueWriter {
  const safe = createSafeReader(column, 4);
  return (row, out) => {
    const value = safe(row);
    if (Number.isNaN(value) || scale >= POWERS.length)
      out.ascii(decimalText(decimalAt(column, row), scale));
    else {
      out.reserve(ROOM);
      out.length = putDecimal(out.bytes, out.length, value, scale);
    }
  };
}

function floatWriter(column: TypedColumn, bits: 32 | 64): ValueWriter {
  const values = column.values as Float64Array;
  const write =
    bits === 64
      ? createFloatWriter(1e15, floatText, (double, value) => double === value)
      : createFloatWriter(1e6, float32Text, (double, value) => Math.fround(double) === value);
  return (row, out) => write(values[row]!, out);
}

/**
 * The writer of a flat typed column's text. utf8 and json are their own bytes, binary is base64. Throws TypeError for
 * dictionary, list, struct and map.
 */
export function createFlatWriter(column: TypedColumn): ValueWriter {
  const { type } = column;
  switch (type.kind) {
    case 'null':
      return () => {};
    case 'bool': {
      const bits = column.values as Uint8Array;
      return (row, out) => out.ascii((bits[row >> 3]! >> (row & 7)) & 1 ? 'true' : 'false');
    }
    case 'int':
      return integerWriter(column, type.bits);
    case 'float':
      return floatWriter(column, type.bits);
    case 'decimal':
      return decimalWriter(column, type.scale);
    case 'date':
      return dateWriter(column);
    case 'time':
      return timeWriter(column, type.unit);
    case 'timestamp':
      return timestampWriter(column, type);
    case 'utf8':
    case 'json':
      return (row, out) => out.put(column.bytes!, column.offsets![row]!, column.offsets![row + 1]!);
    case 'binary':
      return (row, out) =>
        writeBase64(column.bytes!, column.offsets![row]!, column.offsets![row + 1]!, out);
    default:
      throw new TypeError(`${type.kind} has no plain text`);
  }
}
