// The plain text of single values (numbers, dates, times), as strings, and base64.
import type { ByteWriter } from './byte-writer.ts';
import type { TimeUnit } from './data-type.ts';
import { civilFromDays } from './parse-value.ts';
import { createZoneOffset, offsetText } from './zone-offset.ts';

/** Units of a second, and how many fraction digits they make. */
export const UNITS_PER_SECOND: Readonly<Record<TimeUnit, bigint>> = {
  s: 1n,
  ms: 1_000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
};
/** Digits of a second's fraction. */
export const FRACTION_DIGITS: Readonly<Record<TimeUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

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

/** Whether a zone is UTC by one of its names. */
export const isUtc = (zone: string): boolean => /^(utc|z|etc\/utc|gmt)$/i.test(zone);

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
