// The plain text of flat typed values (numbers, dates, times, base64), as strings and written as bytes.
import type { TypedColumn } from './batch.ts';
import { decimalAt } from './batch.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { TimeUnit } from './data-type.ts';
import { civilFromDays } from './parse-value.ts';
import { createZoneOffset, offsetText } from './zone-offset.ts';

/** Writes the value at `row`, which is not null. */
export type ValueWriter = (row: number, out: ByteWriter) => void;

/** Units of a second, and how many fraction digits they make. */
export const UNITS_PER_SECOND: Readonly<Record<TimeUnit, bigint>> = {
  s: 1n,
  ms: 1_000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
};
const FRACTION_DIGITS: Readonly<Record<TimeUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** `NaN`, `Infinity`, `-Infinity`, `-0`, else the shortest text that reads back as the same double. */
export function floatText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The shortest text that reads back as the same 32-bit float. */
export function float32Text(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Object.is(Math.fround(short), value)) return floatText(short);
  }
  return floatText(value);
}

/** An integer scaled by 10^scale as its exact digits: 1250n at scale 2 is `12.50`. */
export function decimalText(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** `YYYY-MM-DD`; years outside 0 to 9999 in the expanded form `±YYYYYY-MM-DD` of ISO 8601. */
export function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const yearText =
    year >= 0 && year <= 9999
      ? padded(year, 4)
      : `${year < 0 ? '-' : '+'}${padded(Math.abs(year), 6)}`;
  return `${yearText}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** `hh:mm:ss` with the unit's fraction digits, of `units` since midnight. */
export function timeText(units: bigint, unit: TimeUnit): string {
  const perSecond = UNITS_PER_SECOND[unit];
  const seconds = Number(units / perSecond);
  const digits = FRACTION_DIGITS[unit];
  const clock = `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}`;
  return digits === 0 ? clock : `${clock}.${(units % perSecond).toString().padStart(digits, '0')}`;
}

const isUtc = (zone: string): boolean => /^(utc|z|etc\/utc|gmt)$/i.test(zone);

/** {@link decimalText} of an integer up to 2^53 either way. */
function safeDecimalText(value: number, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * Reads integers of `words` 32-bit words a value (2: 64 bits, 4: 128) as numbers without making big integers, which cost
 * several times as much; NaN for those beyond 2^53, which a number does not hold.
 */
function createSafeReader({ type, values }: TypedColumn, words: 2 | 4): (row: number) => number {
  const { buffer, byteOffset, byteLength } = values!;
  const parts = new Int32Array(buffer, byteOffset, byteLength >> 2);
  const isUnsigned = type.kind === 'int' && !type.signed;
  const MOST_HIGH = 1 << 21;
  return (row) => {
    const at = row * words;
    const high = parts[at + 1]!;
    if (high >= MOST_HIGH || high < (isUnsigned ? 0 : -MOST_HIGH)) return Number.NaN;
    if (words === 4 && (parts[at + 2]! !== high >> 31 || parts[at + 3]! !== high >> 31))
      return Number.NaN;
    return high * 0x100000000 + (parts[at]! >>> 0);
  };
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => padded(n, 2));

/** {@link createTimestampText} of naive timestamps and instants in UTC, of units up to 2^53 either way. */
function createSafeTimestampText(unit: TimeUnit, isInstant: boolean): (units: number) => string {
  const perSecond = Number(UNITS_PER_SECOND[unit]);
  const perDay = 86_400 * perSecond;
  const digits = FRACTION_DIGITS[unit];
  let knownDay = Number.NaN;
  let knownText = '';
  return (units) => {
    let day = Math.floor(units / perDay);
    let inDay = units - day * perDay;
    // A quotient just below a whole number may be rounded up to it.
    if (inDay < 0) {
      day--;
      inDay += perDay;
    }
    if (day !== knownDay) {
      knownDay = day;
      knownText = dateText(day);
    }
    const seconds = Math.floor(inDay / perSecond);
    const minutes = Math.floor(seconds / 60);
    const clock = `${TWO_DIGITS[Math.floor(minutes / 60)]!}:${TWO_DIGITS[minutes % 60]!}:${TWO_DIGITS[seconds % 60]!}`;
    const fraction = digits === 0 ? '' : `.${padded(inDay - seconds * perSecond, digits)}`;
    return `${knownText}T${clock}${fraction}${isInstant ? 'Z' : ''}`;
  };
}

/**
 * ISO 8601 text of timestamps: `YYYY-MM-DDThh:mm:ss` with the unit's fraction digits, then nothing for a naive one
 * (`zone` null), `Z` for UTC, else the clock and offset that the zone has at that instant.
 */
export function createTimestampText(
  unit: TimeUnit,
  zone: string | null,
): (units: bigint) => string {
  const perSecond = UNITS_PER_SECOND[unit];
  const isInstant = zone !== null && isUtc(zone);
  const offsetAt = zone === null || isInstant ? null : createZoneOffset(zone);
  return (units) => {
    let seconds = units / perSecond;
    let fraction = units % perSecond;
    if (fraction < 0n) {
      fraction += perSecond;
      seconds -= 1n;
    }
    const offset = offsetAt === null ? 0 : offsetAt(Number(seconds));
    const local = seconds + BigInt(offset);
    let days = local / 86_400n;
    let inDay = local % 86_400n;
    if (inDay < 0n) {
      inDay += 86_400n;
      days -= 1n;
    }
    const clock = timeText(inDay * perSecond + fraction, unit);
    const end = zone === null ? '' : offsetText(offset, isInstant);
    return `${dateText(Number(days))}T${clock}${end}`;
  };
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648 §4, padded) of the bytes [start, end). */
export function writeBase64(source: Uint8Array, start: number, end: number, out: ByteWriter): void {
  out.reserve(Math.ceil((end - start) / 3) * 4);
  const put = (sextet: number): void => out.byte(BASE64.charCodeAt(sextet & 63));
  for (let i = start; i < end; i += 3) {
    const left = end - i;
    const a = source[i]!;
    const b = left > 1 ? source[i + 1]! : 0;
    const c = left > 2 ? source[i + 2]! : 0;
    put(a >> 2);
    put((a << 4) | (b >> 4));
    if (left > 1) put((b << 2) | (c >> 6));
    else out.byte(61);
    if (left > 2) put(c);
    else out.byte(61);
  }
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
    case 'int': {
      const values = column.values!;
      const safe = type.bits === 64 ? createSafeReader(column, 2) : null;
      if (safe === null) return (row, out) => out.ascii(String(values[row]));
      return (row, out) => {
        const value = safe(row);
        out.ascii(Number.isNaN(value) ? String(values[row]) : String(value));
      };
    }
    case 'float': {
      const values = column.values!;
      const text = type.bits === 32 ? float32Text : floatText;
      return (row, out) => out.ascii(text(values[row] as number));
    }
    case 'decimal': {
      const safe = createSafeReader(column, 4);
      return (row, out) => {
        const value = safe(row);
        out.ascii(
          Number.isNaN(value)
            ? decimalText(decimalAt(column, row), type.scale)
            : safeDecimalText(value, type.scale),
        );
      };
    }
    case 'date': {
      const values = column.values as Int32Array;
      return (row, out) => out.ascii(dateText(values[row]!));
    }
    case 'time': {
      const values = column.values as BigInt64Array;
      return (row, out) => out.ascii(timeText(values[row]!, type.unit));
    }
    case 'timestamp': {
      const values = column.values as BigInt64Array;
      const text = createTimestampText(type.unit, type.zone);
      if (type.zone !== null && !isUtc(type.zone))
        return (row, out) => out.ascii(text(values[row]!));
      const safe = createSafeReader(column, 2);
      const safeText = createSafeTimestampText(type.unit, type.zone !== null);
      return (row, out) => {
        const units = safe(row);
        out.ascii(Number.isNaN(units) ? text(values[row]!) : safeText(units));
      };
    }
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
