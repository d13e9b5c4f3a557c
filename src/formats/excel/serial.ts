// Dates and times as the numbers that spreadsheets hold: days since the start of 1900 or 1904, with fractions for the time.
import type { TimeUnit } from '../../table/data-type.ts';
import { createZoneOffset } from '../../table/zone-offset.ts';
import { UNITS_PER_SECOND } from '../../table/value-text.ts';

export type DateSystem = '1900' | '1904';

const SECONDS_OF_DAY = 86_400;
/** 1899-12-30, 1900-03-01, 1904-01-01, 9999-12-31 in days since 1970. */
const ZERO_1900 = -25_569;
const MARCH_1900 = -25_508;
const ZERO_1904 = -24_107;
const LAST = 2_932_896;

/** The number of a day since 1970; NaN for days that the system does not have. */
export function daySerial(days: number, system: DateSystem): number {
  if (days > LAST) return Number.NaN;
  if (system === '1904') return days < ZERO_1904 ? Number.NaN : days - ZERO_1904;
  if (days >= MARCH_1900) return days - ZERO_1900;
  // Spreadsheets have a 29 February 1900, which nobody else has: days before it are one nearer to the start.
  const serial = days - ZERO_1900 - 1;
  return serial < 1 ? Number.NaN : serial;
}

/** A day and a fraction of it; NaN where that would be the day behind the last one. */
function withTime(day: number, fraction: number, days: number): number {
  const serial = day + fraction;
  return days === LAST && serial >= day + 1 ? Number.NaN : serial;
}

/** The fraction of a day of units since midnight. */
export function timeSerial(units: bigint, unit: TimeUnit): number {
  return Number(units) / (SECONDS_OF_DAY * Number(UNITS_PER_SECOND[unit]));
}

/** The number of the clock that `zone` shows at an instant (null: a clock as it is); NaN as for days. */
export function createTimestampSerial(
  unit: TimeUnit,
  zone: string | null,
  system: DateSystem,
): (units: bigint) => number {
  const perSecond = UNITS_PER_SECOND[unit];
  const offsetAt = zone === null ? null : createZoneOffset(zone);
  const perDay = BigInt(SECONDS_OF_DAY) * perSecond;
  const second = Number(perSecond);
  const dayLength = Number(perDay);
  return (units) => {
    const size = Number(units);
    if (Number.isSafeInteger(size)) {
      // Much faster than big integers, and as exact: a serial has fewer digits than either.
      const clock = offsetAt === null ? size : size + offsetAt(Math.floor(size / second)) * second;
      const days = Math.floor(clock / dayLength);
      const day = daySerial(days, system);
      const inDay = clock - days * dayLength;
      return withTime(day, inDay / dayLength, days);
    }
    let local = units;
    if (offsetAt !== null) {
      let seconds = units / perSecond;
      if (units % perSecond < 0n) seconds -= 1n;
      local += BigInt(offsetAt(Number(seconds))) * perSecond;
    }
    let days = local / perDay;
    let inDay = local % perDay;
    if (inDay < 0n) {
      inDay += perDay;
      days -= 1n;
    }
    const day = daySerial(Number(days), system);
    return withTime(day, Number(inDay) / dayLength, Number(days));
  };
}

/** Whether units finer than the milliseconds that spreadsheets show are lost in this type. */
export function isFinerThanCells(unit: TimeUnit): boolean {
  return unit === 'us' || unit === 'ns';
}
