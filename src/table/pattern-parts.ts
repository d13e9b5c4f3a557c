// What a date pattern is made of, whichever dialect it was written in, and the values that its parts stand for.
import { civilFromDays, daysFromCivil } from './parse-value.ts';

/** A pattern's fault: at which character, and what stands there. */
export class PatternError extends Error {
  /** 0-based position in the pattern, in UTF-16 units. */
  readonly position: number;
  /** The characters that no token is. */
  readonly token: string;

  constructor(position: number, token: string, message: string) {
    super(message);
    this.name = 'PatternError';
    this.position = position;
    this.token = token;
  }
}

/**
 * What parts say about a date and a time of day. Years come as whole or as their last two digits, of the calendar, of ISO
 * weeks or of North American weeks (which begin on Sunday, week 1 holding January 1); `weekday` counts from Sunday = 0;
 * `sundayWeek` and `mondayWeek` count the year's Sundays or Mondays so far; `hour12` is 0 to 11, `meridiem` 0 or 1.
 */
export const FIELDS = [
  'year',
  'year2',
  'century',
  'isoYear',
  'isoYear2',
  'usYear',
  'usYear2',
  'quarter',
  'month',
  'day',
  'dayOfYear',
  'isoWeek',
  'usWeek',
  'sundayWeek',
  'mondayWeek',
  'weekday',
  'hour',
  'hour12',
  'meridiem',
  'minute',
  'second',
] as const;
export type FieldName = (typeof FIELDS)[number];

/** How a field's number is shown: as it is, a year with its sign, or with another name for zero. */
export type Face = 'plain' | 'year' | 'expanded-year' | 'seven' | 'twelve' | 'twenty-four';

export interface NumberPart {
  kind: 'number';
  field: FieldName;
  /** Width that it is padded to when written. */
  width: number;
  /** Fewest and most digits when read. */
  least: number;
  most: number;
  pad: '0' | ' ';
  face: Face;
  /** `1st`, `2nd`, `3rd`. */
  isOrdinal: boolean;
}

export type Part =
  | { kind: 'literal'; text: string; bytes: Uint8Array }
  | NumberPart
  | { kind: 'name'; field: 'month' | 'weekday'; names: readonly string[] }
  | { kind: 'meridiem'; isUpper: boolean }
  | { kind: 'fraction'; width: number; least: number; most: number }
  | { kind: 'offset'; style: 'hh' | 'hhmm' | 'hh:mm'; zero: 'Z' | null }
  | { kind: 'epoch'; unit: 's' | 'ms' };

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];

/** The first letters of each name. */
export function shortened(names: readonly string[], length: number): string[] {
  return names.map((name) => name.slice(0, length));
}

const encoder = new TextEncoder();

export function literal(text: string): Part {
  return { kind: 'literal', text, bytes: encoder.encode(text) };
}

const MOST_DIGITS: Partial<Record<FieldName, number>> = {
  year: 4,
  isoYear: 4,
  usYear: 4,
  dayOfYear: 3,
  quarter: 1,
  weekday: 1,
};

/** A number: `width` 1 is written without padding; more than 1 is read with exactly that many digits, unless told. */
export function number(
  field: FieldName,
  width: number,
  more: Partial<Omit<NumberPart, 'kind' | 'field' | 'width'>> = {},
): Part {
  const most = MOST_DIGITS[field] ?? 2;
  return {
    kind: 'number',
    field,
    width,
    least: width,
    most: width > 1 ? width : most,
    pad: '0',
    face: field === 'year' || field === 'isoYear' || field === 'usYear' ? 'year' : 'plain',
    isOrdinal: false,
    ...more,
  };
}

/** 0 = Sunday of a day since 1970-01-01, which was a Thursday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** The day on which week 1 of a week year begins; weeks begin on `firstDay`, week 1 holds at least `leastDays` of the year. */
export function firstWeekStart(year: number, firstDay: number, leastDays: number): number {
  const newYear = daysFromCivil(year, 1, 1);
  const before = (weekdayOf(newYear) - firstDay + 7) % 7;
  return newYear - before + (7 - before < leastDays ? 7 : 0);
}

function weekOf(days: number, firstDay: number, leastDays: number): [year: number, week: number] {
  let { year } = civilFromDays(days);
  if (days >= firstWeekStart(year + 1, firstDay, leastDays)) year++;
  else if (days < firstWeekStart(year, firstDay, leastDays)) year--;
  return [year, Math.floor((days - firstWeekStart(year, firstDay, leastDays)) / 7) + 1];
}

const lastTwo = (year: number): number => ((year % 100) + 100) % 100;

/** The value of a field on a day and at a second of it. */
export function fieldValue(field: FieldName, days: number, seconds: number): number {
  switch (field) {
    case 'year':
      return civilFromDays(days).year;
    case 'year2':
      return lastTwo(civilFromDays(days).year);
    case 'century':
      return Math.floor(civilFromDays(days).year / 100);
    case 'isoYear':
      return weekOf(days, 1, 4)[0];
    case 'isoYear2':
      return lastTwo(weekOf(days, 1, 4)[0]);
    case 'usYear':
      return weekOf(days, 0, 1)[0];
    case 'usYear2':
      return lastTwo(weekOf(days, 0, 1)[0]);
    case 'quarter':
      return Math.ceil(civilFromDays(days).month / 3);
    case 'month':
      return civilFromDays(days).month;
    case 'day':
      return civilFromDays(days).day;
    case 'dayOfYear':
      return days - daysFromCivil(civilFromDays(days).year, 1, 1) + 1;
    case 'isoWeek':
      return weekOf(days, 1, 4)[1];
    case 'usWeek':
      return weekOf(days, 0, 1)[1];
    case 'sundayWeek':
      return Math.floor((fieldValue('dayOfYear', days, 0) + 6 - weekdayOf(days)) / 7);
    case 'mondayWeek':
      return Math.floor((fieldValue('dayOfYear', days, 0) + 6 - ((weekdayOf(days) + 6) % 7)) / 7);
    case 'weekday':
      return weekdayOf(days);
    case 'hour':
      return Math.floor(seconds / 3600);
    case 'hour12':
      return Math.floor(seconds / 3600) % 12;
    case 'meridiem':
      return seconds < 43_200 ? 0 : 1;
    case 'minute':
      return Math.floor(seconds / 60) % 60;
    case 'second':
      return seconds % 60;
  }
}
