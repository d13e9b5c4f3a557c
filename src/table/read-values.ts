// Reads located text fields into the values of a typed column: one tight loop a type, validated, exact.
import type { FixedValues } from './batch.ts';
import type { DataType } from './data-type.ts';
import { createValues } from './fixed-values.ts';
import {
  MISFIT,
  parseBoolean,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  readTimestamp,
  type TimestampParts,
} from './parse-value.ts';
import type { TextFields } from './text-fields.ts';
import { UNITS_PER_SECOND } from './value-text.ts';

/** Called for a row whose bytes are no value of the type; the value then is null. */
export type OnUnfit = (row: number) => void;

/** Digits that a double surely holds. */
const SAFE_DIGITS = 15;
const WORD = 4_294_967_296;

/** Writes a whole number that a double holds as 64-bit two's complement: big integers are slow to make. */
function putWhole(words: Int32Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = Math.floor(value / WORD);
}

function readIntegers(
  type: DataType & { kind: 'int' },
  bytes: Uint8Array,
  { starts, ends }: TextFields,
  values: FixedValues,
  onUnfit: OnUnfit,
): void {
  const least = type.signed ? -(1n << BigInt(type.bits - 1)) : 0n;
  const most = type.signed ? -least - 1n : (1n << BigInt(type.bits)) - 1n;
  const smallLeast = Number(least);
  const smallMost = Number(most);
  const isWide = type.bits === 64;
  const words = isWide ? new Int32Array(values.buffer) : new Int32Array(0);
  const narrow = values as Int32Array;
  const wide = values as BigInt64Array;
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) continue;
    const end = ends[row]!;
    const first = bytes[start];
    let i = first === 45 || first === 43 ? start + 1 : start;
    if (end > i && end - i <= SAFE_DIGITS) {
      let value = 0;
      for (; i < end; i++) {
        const digit = bytes[i]! - 48;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      if (first === 45) value = -value;
      if (i < end || value < smallLeast || value > smallMost) onUnfit(row);
      else if (isWide) putWhole(words, row * 2, value);
      else narrow[row] = value;
      continue;
    }
    const value = parseInteger(bytes, start, end);
    if (value === MISFIT || value < least || value > most) onUnfit(row);
    else if (isWide) wide[row] = value;
    else narrow[row] = Number(value);
  }
}

function readDecimals(
  type: DataType & { kind: 'decimal' },
  bytes: Uint8Array,
  { starts, ends }: TextFields,
  values: BigInt64Array,
  onUnfit: OnUnfit,
): void {
  const { scale } = type;
  const beyond = 10n ** BigInt(type.precision);
  const smallBeyond = Number(beyond);
  const words = new Int32Array(values.buffer);
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) continue;
    const end = ends[row]!;
    const first = bytes[start];
    let i = first === 45 || first === 43 ? start + 1 : start;
    let value = 0;
    let digits = 0;
    let fraction = -1;
    for (; i < end; i++) {
      const digit = bytes[i]! - 48;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        if (fraction >= 0) fraction++;
      } else if (digit === -2 && fraction < 0) fraction = 0;
      else break;
    }
    const missing = scale - (fraction > 0 ? fraction : 0);
    if (i === end && digits > 0 && missing >= 0 && digits + missing <= SAFE_DIGITS) {
      for (let k = 0; k < missing; k++) value *= 10;
      if (value >= smallBeyond) {
        onUnfit(row);
        continue;
      }
      if (first === 45) value = -value;
      putWhole(words, row * 4, value);
      const sign = value < 0 ? -1 : 0;
      words[row * 4 + 2] = sign;
      words[row * 4 + 3] = sign;
      continue;
    }
    const exact = i === end ? parseDecimal(bytes, start, end, scale) : MISFIT;
    if (exact === MISFIT || exact >= beyond || exact <= -beyond) onUnfit(row);
    else {
      values[row * 2] = BigInt.asIntN(64, exact);
      values[row * 2 + 1] = exact >> 64n;
    }
  }
}

function readFloats(
  bytes: Uint8Array,
  { starts, ends }: TextFields,
  values: Float64Array | Float32Array,
  onUnfit: OnUnfit,
): void {
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) continue;
    const value = parseFloat64(bytes, start, ends[row]!);
    if (value === MISFIT) onUnfit(row);
    else {
      values[row] = value;
      // A float32 holds less: what becomes infinite in it does not fit.
      if (!Number.isFinite(values[row]!)) onUnfit(row);
    }
  }
}

/** Writes seconds and nanoseconds as units; false when the unit is too coarse for the fraction or its count too large. */
function putUnits(
  seconds: number,
  nanos: number,
  perSecond: number,
  values: BigInt64Array,
  words: Int32Array,
  row: number,
): boolean {
  const part = nanos / (1e9 / perSecond);
  if (part !== Math.floor(part)) return false;
  const value = seconds * perSecond + part;
  if (Number.isSafeInteger(value)) putWhole(words, row * 2, value);
  else {
    const exact = BigInt(seconds) * BigInt(perSecond) + BigInt(part);
    if (exact !== BigInt.asIntN(64, exact)) return false;
    values[row] = exact;
  }
  return true;
}

function readTimestamps(
  type: DataType & { kind: 'timestamp' },
  bytes: Uint8Array,
  { starts, ends }: TextFields,
  values: BigInt64Array,
  onUnfit: OnUnfit,
): void {
  const perSecond = Number(UNITS_PER_SECOND[type.unit]);
  const isInstant = type.zone !== null;
  const words = new Int32Array(values.buffer);
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) continue;
    const fits =
      readTimestamp(bytes, start, ends[row]!, parts) &&
      parts.zoned === isInstant &&
      putUnits(parts.seconds, parts.nanos, perSecond, values, words, row);
    if (!fits) onUnfit(row);
  }
}

const CLOCK_PREFIX = new TextEncoder().encode('1970-01-01T');
const LONGEST_CLOCK = 'hh:mm:ss.nnnnnnnnn'.length;

function readTimes(
  type: DataType & { kind: 'time' },
  bytes: Uint8Array,
  { starts, ends }: TextFields,
  values: BigInt64Array,
  onUnfit: OnUnfit,
): void {
  const perSecond = Number(UNITS_PER_SECOND[type.unit]);
  const words = new Int32Array(values.buffer);
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  // A time is read as the clock of the first day of 1970.
  const prefix = CLOCK_PREFIX.length;
  const clock = new Uint8Array(prefix + LONGEST_CLOCK);
  clock.set(CLOCK_PREFIX);
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) continue;
    const size = ends[row]! - start;
    let fits = size <= LONGEST_CLOCK;
    if (fits) {
      for (let i = 0; i < size; i++) clock[prefix + i] = bytes[start + i]!;
      fits =
        readTimestamp(clock, 0, prefix + size, parts) &&
        !parts.zoned &&
        putUnits(parts.seconds, parts.nanos, perSecond, values, words, row);
    }
    if (!fits) onUnfit(row);
  }
}

/**
 * The values of a bool, int, float, decimal, date, time or timestamp column of `fields` found in `bytes`; null for any
 * other type. Spellings: integers and decimals with an optional sign and leading zeros; floats also with an exponent, never
 * NaN or infinities; `true`/`false` in any case; ISO 8601 dates and times; timestamps with an offset exactly when the type
 * has a zone; no digit is ever dropped.
 */
export function readValues(
  type: DataType,
  bytes: Uint8Array,
  fields: TextFields,
  onUnfit: OnUnfit,
): FixedValues | null {
  const { starts, ends } = fields;
  const values = type.kind === 'dictionary' ? null : createValues(type, starts.length);
  switch (type.kind) {
    case 'int':
      readIntegers(type, bytes, fields, values!, onUnfit);
      return values;
    case 'decimal':
      readDecimals(type, bytes, fields, values as BigInt64Array, onUnfit);
      return values;
    case 'float':
      readFloats(bytes, fields, values as Float64Array, onUnfit);
      return values;
    case 'timestamp':
      readTimestamps(type, bytes, fields, values as BigInt64Array, onUnfit);
      return values;
    case 'time':
      readTimes(type, bytes, fields, values as BigInt64Array, onUnfit);
      return values;
    case 'date':
      for (let row = 0; row < starts.length; row++) {
        if (starts[row]! < 0) continue;
        const days = parseDate(bytes, starts[row]!, ends[row]!);
        if (days === MISFIT) onUnfit(row);
        else (values as Int32Array)[row] = days;
      }
      return values;
    case 'bool':
      for (let row = 0; row < starts.length; row++) {
        if (starts[row]! < 0) continue;
        const flag = parseBoolean(bytes, starts[row]!, ends[row]!);
        if (flag === MISFIT) onUnfit(row);
        else if (flag) (values as Uint8Array)[row >> 3]! |= 1 << (row & 7);
      }
      return values;
    default:
      return null;
  }
}
