// Date patterns (`dd.MM.yyyy HH:mm`): the letters of Unicode CLDR's date fields, written and read.
import { civilFromDays, daysFromCivil } from '../table/parse-value.ts';
import { offsetText } from '../table/zone-offset.ts';
import { DAY, type Local } from './clock.ts';

/*
 * yyyy yy  M MM MMM MMMM  d dd  E EEEE  H HH (0–23)  h hh (1–12)  m mm  s ss  S… (fraction)  a (AM PM)
 * XXX (+02:00, Z)  XX (+0200, Z)  'text' as it stands, '' a quote; every other character stands for itself
 */

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

type Token = { field: string; length: number } | { text: string };

const FIELDS = new Map<string, readonly number[]>([
  ['y', [1, 2, 4]],
  ['M', [1, 2, 3, 4]],
  ['d', [1, 2]],
  ['E', [1, 2, 3, 4]],
  ['H', [1, 2]],
  ['h', [1, 2]],
  ['m', [1, 2]],
  ['s', [1, 2]],
  ['S', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['a', [1]],
  ['X', [2, 3]],
]);

/** The tokens of a pattern; a text that says what is wrong with it. */
function readPattern(pattern: string): Token[] | string {
  const tokens: Token[] = [];
  const put = (text: string): void => {
    const last = tokens.at(-1);
    if (last && 'text' in last) last.text += text;
    else tokens.push({ text });
  };
  for (let i = 0; i < pattern.length;) {
    const letter = pattern[i]!;
    if (letter === "'") {
      const end = pattern.indexOf("'", i + 1);
      if (end < 0) return 'a quote is never closed';
      put(end === i + 1 ? "'" : pattern.slice(i + 1, end));
      i = end + 1;
      continue;
    }
    if (!/[A-Za-z]/.test(letter)) {
      put(letter);
      i++;
      continue;
    }
    let length = 1;
    while (pattern[i + length] === letter) length++;
    const field = pattern.slice(i, i + length);
    if (!FIELDS.get(letter)?.includes(length))
      return `“${field}” is no field; text stands in 'single quotes'`;
    tokens.push({ field: letter, length });
    i += length;
  }
  return tokens;
}

/** A local time with what its zone was then. */
export interface Moment extends Local {
  unitsPerSecond: number;
  offsetSeconds: number;
  isUtc: boolean;
}

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

function fieldText(field: string, length: number, moment: Moment): string {
  const days = Math.floor(moment.seconds / DAY);
  const inDay = moment.seconds - days * DAY;
  const hour = Math.floor(inDay / 3600);
  switch (field) {
    case 'y': {
      const { year } = civilFromDays(days);
      return length === 2 ? padded(((year % 100) + 100) % 100, 2) : padded(year, length);
    }
    case 'M': {
      const { month } = civilFromDays(days);
      if (length <= 2) return padded(month, length);
      const name = MONTHS[month - 1]!;
      return length === 3 ? name.slice(0, 3) : name;
    }
    case 'd':
      return padded(civilFromDays(days).day, length);
    case 'E': {
      const name = WEEKDAYS[(((days + 3) % 7) + 7) % 7]!;
      return length === 4 ? name : name.slice(0, 3);
    }
    case 'H':
      return padded(hour, length);
    case 'h':
      return padded(((hour + 11) % 12) + 1, length);
    case 'm':
      return padded(Math.floor(inDay / 60) % 60, length);
    case 's':
      return padded(inDay % 60, length);
    case 'S': {
      const digits = padded(moment.units, Math.log10(moment.unitsPerSecond) || 0);
      return (moment.unitsPerSecond === 1 ? '' : digits).padEnd(length, '0').slice(0, length);
    }
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    default: {
      const text = offsetText(moment.offsetSeconds, moment.isUtc);
      return length === 2 ? text.replace(':', '') : text;
    }
  }
}

/** What a pattern asks of the values it writes, and the writing. */
export interface DatePattern {
  /** Letters that name a time of day, an offset. */
  hasTime: boolean;
  hasOffset: boolean;
  format(moment: Moment): string;
  /** The wall clock that a text says (nanoseconds beyond the second), and its offset if it says one; null = does not fit. */
  parse(text: string): { seconds: number; nanos: number; offsetSeconds: number | null } | null;
}

/** A number of up to `most` digits (exactly, when padded) at `at`. */
function digitsAt(text: string, at: number, least: number, most: number): string {
  let end = at;
  while (end < at + most && text[end] !== undefined && /\d/.test(text[end]!)) end++;
  return end - at < least ? '' : text.slice(at, end);
}

function nameAt(text: string, at: number, names: readonly string[], isShort: boolean): number {
  const rest = text.slice(at).toLowerCase();
  return names.findIndex((name) =>
    rest.startsWith((isShort ? name.slice(0, 3) : name).toLowerCase()),
  );
}

interface Found {
  y: number;
  M: number;
  d: number;
  hour: number;
  half: number;
  m: number;
  s: number;
  nanos: number;
  offset: number | null;
}

/** Reads one field; gives how many characters it took, -1 = does not fit. */
function readField(field: string, length: number, text: string, at: number, found: Found): number {
  const number = (least: number, most: number, set: (value: number) => void): number => {
    const digits = digitsAt(text, at, least, most);
    if (digits === '') return -1;
    set(Number(digits));
    return digits.length;
  };
  switch (field) {
    case 'y':
      if (length === 2)
        // Two digits are of 1970 to 2069, as POSIX's strptime nearly has it.
        return number(2, 2, (value) => (found.y = value < 70 ? 2000 + value : 1900 + value));
      return number(length, 4, (value) => (found.y = value));
    case 'M': {
      if (length <= 2) return number(length, 2, (value) => (found.M = value));
      const month = nameAt(text, at, MONTHS, length === 3);
      if (month < 0) return -1;
      found.M = month + 1;
      return length === 3 ? 3 : MONTHS[month]!.length;
    }
    case 'd':
      return number(length, 2, (value) => (found.d = value));
    case 'E': {
      const day = nameAt(text, at, WEEKDAYS, length < 4);
      return day < 0 ? -1 : length < 4 ? 3 : WEEKDAYS[day]!.length;
    }
    case 'H':
      return number(length, 2, (value) => (found.hour = value));
    case 'h':
      return number(
        length,
        2,
        (value) => (found.hour = value >= 1 && value <= 12 ? value % 12 : 99),
      );
    case 'm':
      return number(length, 2, (value) => (found.m = value));
    case 's':
      return number(length, 2, (value) => (found.s = value));
    case 'S':
      return number(length, length, (value) => (found.nanos = value * 10 ** (9 - length)));
    case 'a': {
      const half = text.slice(at, at + 2).toUpperCase();
      if (half !== 'AM' && half !== 'PM') return -1;
      found.half = half === 'AM' ? 0 : 12;
      return 2;
    }
    default: {
      const match = (
        length === 3 ? /^(?:[zZ]|([+-])(\d\d):(\d\d))/ : /^(?:[zZ]|([+-])(\d\d)(\d\d))/
      ).exec(text.slice(at));
      if (!match) return -1;
      const size = Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60;
      found.offset = match[1] === '-' ? -size : size;
      return match[0].length;
    }
  }
}

function parseWith(tokens: readonly Token[], text: string): ReturnType<DatePattern['parse']> {
  const found: Found = {
    y: 1970,
    M: 1,
    d: 1,
    hour: 0,
    half: 0,
    m: 0,
    s: 0,
    nanos: 0,
    offset: null,
  };
  let at = 0;
  for (const token of tokens) {
    if ('text' in token) {
      if (!text.startsWith(token.text, at)) return null;
      at += token.text.length;
      continue;
    }
    const taken = readField(token.field, token.length, text, at, found);
    if (taken < 0) return null;
    at += taken;
  }
  const { y, M, d, m, s } = found;
  const hour = found.hour + found.half;
  if (at !== text.length || M < 1 || M > 12 || d < 1 || hour > 23 || m > 59 || s > 59) return null;
  const days = daysFromCivil(y, M, d);
  if (civilFromDays(days).day !== d) return null;
  return {
    seconds: days * DAY + hour * 3600 + m * 60 + s,
    nanos: found.nanos,
    offsetSeconds: found.offset,
  };
}

/** A pattern compiled; a text that says what is wrong with it. */
export function compileDatePattern(pattern: string): DatePattern | string {
  const tokens = readPattern(pattern);
  if (typeof tokens === 'string') return tokens;
  const letters = new Set(tokens.flatMap((token) => ('field' in token ? [token.field] : [])));
  return {
    hasTime: [...'HhmsSaX'].some((letter) => letters.has(letter)),
    hasOffset: letters.has('X'),
    format: (moment) =>
      tokens
        .map((token) =>
          'text' in token ? token.text : fieldText(token.field, token.length, moment),
        )
        .join(''),
    parse: (text) => parseWith(tokens, text),
  };
}
