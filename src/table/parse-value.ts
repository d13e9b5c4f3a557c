// Reads numbers, booleans, dates and timestamps out of field bytes, exactly and without strings where that is possible.

/** Marks bytes that are not a value of the wanted type. */
export const MISFIT: unique symbol = Symbol('misfit');
export type Misfit = typeof MISFIT;

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const PLUS = 43;
const DOT = 46;

const isDigit = (b: number | undefined): boolean => b !== undefined && b >= ZERO && b <= NINE;

const decoder = new TextDecoder('latin1');

/** 10^0 to 10^22: the powers of ten that doubles hold exactly. Raising each time was the largest cost of a float. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Shape of the bytes [start, end) by the JSON number grammar (RFC 8259 §6): `integer` (no leading zeros, no `+`),
 * `decimal` (with a fraction, no exponent), `float` (with an exponent), else `none`.
 */
export function numberShape(
  bytes: Uint8Array,
  start: number,
  end: number,
): 'integer' | 'decimal' | 'float' | 'none' {
  let i = start;
  if (bytes[i] === MINUS) i++;
  if (i >= end || !isDigit(bytes[i])) return 'none';
  if (bytes[i] === ZERO && i + 1 < end && isDigit(bytes[i + 1])) return 'none';
  while (i < end && isDigit(bytes[i])) i++;
  if (i === end) return 'integer';
  let shape: 'decimal' | 'float' = 'float';
  if (bytes[i] === DOT) {
    const from = ++i;
    while (i < end && isDigit(bytes[i])) i++;
    if (i === from) return 'none';
    shape = 'decimal';
    if (i === end) return shape;
  }
  if (bytes[i] !== 101 && bytes[i] !== 69) return 'none';
  i++;
  if (bytes[i] === PLUS || bytes[i] === MINUS) i++;
  const from = i;
  while (i < end && isDigit(bytes[i])) i++;
  return i === end && i > from ? 'float' : 'none';
}

/** The integer in [start, end) (optional sign, digits only), any size, exactly. */
export function parseInteger(bytes: Uint8Array, start: number, end: number): bigint | Misfit {
  let i = start;
  if (bytes[i] === MINUS || bytes[i] === PLUS) i++;
  if (i >= end) return MISFIT;
  for (let k = i; k < end; k++) if (!isDigit(bytes[k])) return MISFIT;
  const text = decoder.decode(bytes.subarray(i, end));
  const value = BigInt(text);
  return bytes[start] === MINUS ? -value : value;
}

/**
 * The decimal in [start, end) as an integer scaled by 10^scale, exactly: `12.5` at scale 2 is 1250n.
 * A misfit when it has more fraction digits than `scale` (unless those are zeros) or an exponent.
 */
export function parseDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  scale: number,
): bigint | Misfit {
  let i = start;
  if (bytes[i] === MINUS || bytes[i] === PLUS) i++;
  let digits = 0;
  let fraction = -1;
  let zeros = 0;
  let text = '';
  for (; i < end; i++) {
    const b = bytes[i]!;
    if (b === DOT && fraction < 0) {
      fraction = 0;
      continue;
    }
    if (!isDigit(b)) return MISFIT;
    digits++;
    if (fraction >= scale) {
      if (b !== ZERO) return MISFIT;
      zeros++;
    } else {
      text += String.fromCharCode(b);
      if (fraction >= 0) fraction++;
    }
  }
  if (digits === 0 || (text === '' && zeros === 0)) return MISFIT;
  const value = BigInt((text || '0') + '0'.repeat(scale - Math.max(fraction, 0)));
  return bytes[start] === MINUS ? -value : value;
}

/** The number in [start, end) as the nearest double (what `Number` gives); NaN and infinities are misfits. */
export function parseFloat64(bytes: Uint8Array, start: number, end: number): number | Misfit {
  let i = start;
  if (bytes[i] === MINUS || bytes[i] === PLUS) i++;
  let mantissa = 0;
  let digits = 0;
  let fraction = -1;
  for (; i < end; i++) {
    const b = bytes[i]!;
    if (b >= ZERO && b <= NINE) {
      mantissa = mantissa * 10 + (b - ZERO);
      digits++;
      if (fraction >= 0) fraction++;
    } else if (b === DOT && fraction < 0) fraction = 0;
    else break;
  }
  if (digits === 0) return MISFIT;
  // Below 2^53 and with up to 22 fraction digits both operands are exact doubles, so one division rounds correctly.
  if (i === end && mantissa < 2 ** 53 && fraction <= 22) {
    const value = fraction > 0 ? mantissa / POWERS[fraction]! : mantissa;
    return bytes[start] === MINUS ? -value : value;
  }
  const text = decoder.decode(bytes.subarray(start, end));
  if (i < end && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return MISFIT;
  const value = Number(text);
  return Number.isFinite(value) ? value : MISFIT;
}

/** `true`/`false` in any letter case. */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): boolean | Misfit {
  const length = end - start;
  if (length !== 4 && length !== 5) return MISFIT;
  const word = length === 4 ? 'true' : 'false';
  for (let i = 0; i < length; i++)
    if ((bytes[start + i]! | 32) !== word.charCodeAt(i)) return MISFIT;
  return length === 4;
}

/** Days since 1970-01-01 of a proleptic Gregorian date (era formula; every year from -9999 to 9999). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The civil date of a day number: the inverse of {@link daysFromCivil}. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function twoDigits(bytes: Uint8Array, at: number): number {
  const a = bytes[at]!;
  const b = bytes[at + 1]!;
  return a >= ZERO && a <= NINE && b >= ZERO && b <= NINE ? (a - ZERO) * 10 + b - ZERO : -1;
}

/** Days since 1970-01-01 of an ISO 8601 calendar date `YYYY-MM-DD`; impossible dates are misfits. */
export function parseDate(bytes: Uint8Array, start: number, end: number): number | Misfit {
  if (end - start !== 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return MISFIT;
  const century = twoDigits(bytes, start);
  const rest = twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  if (century < 0 || rest < 0 || month < 1 || month > 12 || day < 1) return MISFIT;
  const year = century * 100 + rest;
  const leap = month === 2 && (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0);
  if (day > MONTH_DAYS[month - 1]! + Number(leap)) return MISFIT;
  return daysFromCivil(year, month, day);
}

/** A timestamp as read: nanoseconds since 1970-01-01T00:00 of its own clock, moved to UTC when an offset was given. */
export interface ParsedTimestamp {
  nanoseconds: bigint;
  /** Whether `Z` or an offset was given; false = naive. */
  zoned: boolean;
  /** Fraction digits written, 0 to 9. */
  fractionDigits: number;
}

/** A timestamp's parts as numbers, all exact: no big integer is made for a value that is only compared. */
export interface TimestampParts {
  /** Whole seconds since 1970-01-01T00:00 of its own clock, moved to UTC when an offset was given. */
  seconds: number;
  /** 0 to 999,999,999, counted forward from `seconds`. */
  nanos: number;
  zoned: boolean;
  fractionDigits: number;
}

/**
 * An ISO 8601 / RFC 3339 timestamp: `YYYY-MM-DD`, `T` or one space, `hh:mm`, optional `:ss`, optional fraction of 1 to 9 digits,
 * optional `Z` or `±hh:mm` / `±hhmm` / `±hh`. Hours 0–23, seconds 0–59 (no leap second). Else a misfit.
 */
export function parseTimestamp(
  bytes: Uint8Array,
  start: number,
  end: number,
): ParsedTimestamp | Misfit {
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  if (!readTimestamp(bytes, start, end, parts)) return MISFIT;
  const { seconds, nanos, zoned, fractionDigits } = parts;
  return { nanoseconds: BigInt(seconds) * 1_000_000_000n + BigInt(nanos), zoned, fractionDigits };
}

/** Like {@link parseTimestamp}, into `parts`; false = misfit (`parts` is then undefined). */
export function readTimestamp(
  bytes: Uint8Array,
  start: number,
  end: number,
  parts: TimestampParts,
): boolean {
  if (end - start < 16) return false;
  const separator = bytes[start + 10];
  if (separator !== 84 && separator !== 32 && separator !== 116) return false;
  const days = parseDate(bytes, start, start + 10);
  if (days === MISFIT) return false;
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || bytes[start + 13] !== 58) return false;
  let i = start + 16;
  let second = 0;
  let fraction = 0;
  let fractionDigits = 0;
  if (bytes[i] === 58 && i < end) {
    if (i + 3 > end) return false;
    second = twoDigits(bytes, i + 1);
    if (second < 0 || second > 59) return false;
    i += 3;
    if (i < end && bytes[i] === DOT) {
      i++;
      while (i < end && isDigit(bytes[i]) && fractionDigits < 9) {
        fraction = fraction * 10 + bytes[i]! - ZERO;
        fractionDigits++;
        i++;
      }
      if (fractionDigits === 0) return false;
    }
  }
  let offsetMinutes = 0;
  let zoned = false;
  if (i < end) {
    const sign = bytes[i]!;
    if ((sign === 90 || sign === 122) && i + 1 === end) zoned = true;
    else if (sign === PLUS || sign === MINUS) {
      const length = end - i;
      const hours = twoDigits(bytes, i + 1);
      const colon = bytes[i + 3] === 58;
      const minutes = length === 3 ? 0 : twoDigits(bytes, i + (colon ? 4 : 3));
      if (length !== 3 && length !== (colon ? 6 : 5)) return false;
      if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
      offsetMinutes = (hours * 60 + minutes) * (sign === MINUS ? -1 : 1);
      zoned = true;
    } else return false;
  }
  parts.seconds = days * 86400 + hour * 3600 + (minute - offsetMinutes) * 60 + second;
  parts.nanos = fraction * POWERS[9 - fractionDigits]!;
  parts.zoned = zoned;
  parts.fractionDigits = fractionDigits;
  return true;
}
