// Dates and times that stand as numbers: days since the workbook's first day, as text in ISO 8601.
import { dateText } from '../../table/value-text.ts';
import type { FormatKind } from './number-format.ts';

const MS_PER_DAY = 86_400_000;
/** The number of 1970-01-01 in workbooks that count from 1900. */
const UNIX_DAY = 25_569;
/** Days that workbooks which count from 1904 are behind. */
const LATER_DAYS = 1_462;
/** The number of 10000-01-01, the first day that is none (counted from 1900). */
const END_DAY = 2_958_466;
/** 29 February 1900, which never was: whoever began counted it, and all keep to that. */
const FALSE_LEAP_DAY = 60;

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `hh:mm:ss`, with milliseconds where there are any; hours go beyond 24. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const rest = ms % 1000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? clock : `${clock}.${String(rest).padStart(3, '0')}`;
}

/** A duration of so many days, negative ones too, to the millisecond. */
export function durationText(days: number): string {
  const ms = Math.round(Math.abs(days) * MS_PER_DAY);
  return (days < 0 && ms > 0 ? '-' : '') + clockText(ms);
}

/** Dates made before, by their number: most sheets hold few. */
const madeDates = new Map<number, string>();
const MOST_MADE = 20_000;

/** The day as a date; null for what is none. */
function dayText(day: number, is1904: boolean): string | null {
  const serial = is1904 ? day + LATER_DAYS : day;
  if (serial >= END_DAY || serial < 0) return null;
  if (is1904 || serial > FALSE_LEAP_DAY) {
    let text = madeDates.get(serial);
    if (text === undefined) {
      if (madeDates.size === MOST_MADE) madeDates.clear();
      madeDates.set(serial, (text = dateText(serial - UNIX_DAY)));
    }
    return text;
  }
  // As programs show them: there are no such days.
  if (serial === FALSE_LEAP_DAY) return '1900-02-29';
  if (serial === 0) return '1900-01-00';
  return dateText(serial - UNIX_DAY + 1);
}

/** A date and time taken apart. */
export interface Moment {
  /** `YYYY-MM-DD`; null for a time of day. */
  date: string | null;
  /** Milliseconds since midnight. */
  ms: number;
}

/** What a number means in a date or time format; null where it is none (negative, beyond the year 9999). */
export function momentOf(
  value: number,
  format: Exclude<FormatKind, 'number' | 'duration'>,
  is1904: boolean,
): Moment | null {
  if (!(value >= 0) || value >= END_DAY) return null;
  let day = Math.floor(value);
  let ms = Math.round((value - day) * MS_PER_DAY);
  if (ms === MS_PER_DAY) {
    day++;
    ms = 0;
  }
  // Day 0 is no day where 1900 began, so that a number below 1 is a time whatever its format says.
  const isTime = day === 0 && (format === 'clock' || (!is1904 && ms > 0));
  if (isTime) return { date: null, ms };
  const date = dayText(day, is1904);
  return date === null ? null : { date, ms };
}
