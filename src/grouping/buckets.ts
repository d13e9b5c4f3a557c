// Which bucket of time a value lies in: stretches of the calendar, in a zone for instants, with its days of 23 and 25 hours.
import { ExportError, shorten } from '../contract/errors.ts';
import type { TimeStep } from '../contract/expression.ts';
import type { BucketSize, WeekStart } from '../contract/time-bucket.ts';
import type { TypedColumn } from '../table/batch.ts';
import { typeName, type DataType, type Field } from '../table/data-type.ts';
import { createValues } from '../table/fixed-values.ts';
import { wordsOf } from '../table/gather-column.ts';
import { UNITS_PER_SECOND } from '../table/value-text.ts';
import { createZoneOffset, localToInstant } from '../table/zone-offset.ts';

const DAY = 86_400;
const WORD = 4_294_967_296;
const CLOCK: Partial<Record<TimeStep, number>> = { second: 1, minute: 60, hour: 3600 };
const MONTHS: Partial<Record<TimeStep, number>> = { month: 1, quarter: 3, year: 12 };
/** Days since 1970 on which a week began. */
const FIRST_WEEK: Record<WeekStart, number> = { saturday: 2, sunday: 3, monday: 4 };
/** No clock is set by less. */
const SMALLEST_SHIFT = 900;

/** Buckets of one column. Starts are seconds since 1970: instants, or of a wall clock that never shifts. */
export interface Buckets {
  /** Of the starts. */
  type: DataType;
  /** The start of the bucket that holds each of the rows; other rows are null. The column has no dictionary. */
  starts(column: TypedColumn, rows: ArrayLike<number>): TypedColumn;
  /** The starts between two starts, both left out, ascending; as a column's values hold them. */
  between(from: bigint | number, to: bigint | number): Generator<bigint | number>;
  /** There are no fewer starts between two starts. */
  fewestBetween(from: bigint | number, to: bigint | number): number;
}

/** Start of the bucket of a time, and of the one behind it. */
interface Calendar {
  /** Seconds that no bucket is longer than. */
  longest: number;
  floor(seconds: number): number;
  next(start: number): number;
}

/**
 * Stretches shorter than a day are counted from midnight where they divide it, others from 1970; days from 1970, weeks from
 * the first of 1970, months and years from year 0. Throws `aggregate.wrong-type` for a column that holds no such times, and
 * `config.conflict` for a zone where there is none.
 */
export function createBuckets(field: Field, size: BucketSize, timeZone: string): Buckets {
  const type = field.type.kind === 'dictionary' ? field.type.value : field.type;
  const isShort = CLOCK[size.unit] !== undefined;
  if (type.kind !== 'timestamp' && (type.kind !== 'date' || isShort))
    throw new ExportError('aggregate.wrong-type', {
      op: `a bucket of ${size.unit}s`,
      column: shorten(field.name),
      type: typeName(type),
      needs: isShort ? 'a column of timestamps' : 'a column of dates or timestamps',
    });
  const isInstant = type.kind === 'timestamp' && type.zone !== null;
  if (size.zone !== undefined && !isInstant)
    throw new ExportError('config.conflict', {
      detail: `The times of “${shorten(field.name)}” (${typeName(type)}) belong to no time zone, so they cannot be grouped in ${shorten(size.zone)}`,
      remedy: 'Leave the zone of the bucket out: they are grouped as they stand.',
    });
  const zone = size.zone ?? timeZone;
  const calendar = calendarOf(size, isInstant ? createZoneOffset(zone) : () => 0);
  if (type.kind === 'date') return dateBuckets(calendar);
  return timestampBuckets(isInstant ? { ...type, zone } : type, calendar);
}

function calendarOf(size: BucketSize, offsetAt: (seconds: number) => number): Calendar {
  const clock = CLOCK[size.unit];
  if (clock !== undefined) return clockCalendar(clock * size.count, offsetAt);
  const months = MONTHS[size.unit];
  const instant = (days: number): number => localToInstant(offsetAt, days * DAY);
  const localDay = (seconds: number): number => Math.floor((seconds + offsetAt(seconds)) / DAY);
  if (months !== undefined) {
    const count = months * size.count;
    const monthOf = (seconds: number): number => {
      const date = new Date(localDay(seconds) * DAY * 1000);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    };
    const startOf = (month: number): number => instant(firstDay(month));
    return {
      longest: count * 31 * DAY + DAY,
      floor: (seconds) => startOf(Math.floor(monthOf(seconds) / count) * count),
      next: (start) => startOf((Math.floor(monthOf(start) / count) + 1) * count),
    };
  }
  const isWeek = size.unit === 'week';
  const days = isWeek ? 7 * size.count : size.count;
  const origin = isWeek ? FIRST_WEEK[size.weekStart ?? 'monday'] : 0;
  const number = (seconds: number): number => Math.floor((localDay(seconds) - origin) / days);
  return {
    longest: days * DAY + DAY,
    floor: (seconds) => instant(number(seconds) * days + origin),
    next: (start) => instant((number(start) + 1) * days + origin),
  };
}

/** Days since 1970 of a month counted from year 0. */
function firstDay(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime() / 1000 / DAY;
}

/** Stretches of the clock: where it is set back, an hour that comes twice is two. */
function clockCalendar(size: number, offsetAt: (seconds: number) => number): Calendar {
  const floor = (seconds: number): number => {
    const offset = offsetAt(seconds);
    const local = Math.floor((seconds + offset) / size) * size;
    const start = local - offset;
    return offsetAt(start) === offset ? start : localToInstant(offsetAt, local);
  };
  return {
    longest: size + DAY,
    floor,
    next(start) {
      for (let at = start + size; ; at += SMALLEST_SHIFT) {
        const found = floor(at);
        if (found > start) return found;
      }
    },
  };
}

/** Keeps the bucket found last: times that follow each other mostly lie in one. */
function remembering({ floor, next }: Calendar): (seconds: number) => number {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  return (seconds) => {
    if (seconds < start || seconds >= end) {
      start = floor(seconds);
      end = next(start);
    }
    return start;
  };
}

function fewest(seconds: number, { longest }: Calendar): number {
  return Math.max(0, Math.floor(seconds / longest) - 1);
}

function dateBuckets(calendar: Calendar): Buckets {
  const type: DataType = { kind: 'date' };
  const startOf = remembering(calendar);
  return {
    type,
    starts(column, rows) {
      const days = column.values as Int32Array;
      const values = new Int32Array(column.length);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        values[row] = startOf(days[row]! * DAY) / DAY;
      }
      return { ...column, type, values };
    },
    *between(from, to) {
      const end = Number(to) * DAY;
      for (let at = calendar.next(Number(from) * DAY); at < end; at = calendar.next(at))
        yield at / DAY;
    },
    fewestBetween: (from, to) => fewest((Number(to) - Number(from)) * DAY, calendar),
  };
}

function timestampBuckets(type: DataType & { kind: 'timestamp' }, calendar: Calendar): Buckets {
  const perSecond = Number(UNITS_PER_SECOND[type.unit]);
  const startOf = remembering(calendar);
  return {
    type,
    starts(column, rows) {
      const { validity } = column;
      const words = wordsOf(column.values!);
      const values = createValues(type, column.length) as BigInt64Array;
      const out = wordsOf(values);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
        const seconds = secondsOf(words[row * 2]! >>> 0, words[row * 2 + 1]!, perSecond);
        const start = startOf(seconds) * perSecond;
        if (Number.isSafeInteger(start)) {
          out[row * 2] = start;
          out[row * 2 + 1] = Math.floor(start / WORD);
        } else values[row] = BigInt(startOf(seconds)) * BigInt(perSecond);
      }
      return { ...column, type, values };
    },
    *between(from, to) {
      const seconds = (value: bigint | number): number => {
        const words = new Int32Array(new BigInt64Array([BigInt(value)]).buffer);
        return secondsOf(words[0]! >>> 0, words[1]!, perSecond);
      };
      const end = seconds(to);
      for (let at = calendar.next(seconds(from)); at < end; at = calendar.next(at))
        yield BigInt(at) * BigInt(perSecond);
    },
    fewestBetween: (from, to) => fewest(Number(BigInt(to) - BigInt(from)) / perSecond, calendar),
  };
}

/** Whole seconds, rounded down, of a count of units in two words: divided by hand, as it is more than a double holds. */
function secondsOf(low: number, high: number, perSecond: number): number {
  const first = Math.floor(high / perSecond);
  const upper = (high - first * perSecond) * 65_536 + (low >>> 16);
  const second = Math.floor(upper / perSecond);
  const lower = (upper - second * perSecond) * 65_536 + (low & 65_535);
  return first * WORD + second * 65_536 + Math.floor(lower / perSecond);
}
