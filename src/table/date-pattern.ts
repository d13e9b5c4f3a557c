// Dates and times as people write them: a pattern reads them from text, exactly, and writes them.
import { MISFIT, daysFromCivil, type Misfit } from './parse-value.ts';
import { parsePattern, type PatternDialect } from './pattern-dialects.ts';
import {
  FIELDS,
  fieldValue,
  firstWeekStart,
  MONTHS,
  weekdayOf,
  type FieldName,
  type NumberPart,
  type Part,
} from './pattern-parts.ts';

/** A day and a time of day on one clock, and how far that clock is from UTC where it says so. */
export interface ClockTime {
  /** Days since 1970-01-01; 0 where the pattern has no date. */
  days: number;
  /** Seconds since midnight, 0 to 86,399; 0 where the pattern has no time. */
  seconds: number;
  /** 0 to 999,999,999. */
  nanos: number;
  /** Seconds east of UTC; null = the text does not say. */
  offsetSeconds: number | null;
}

/** A compiled pattern. Month and weekday names are English, read in any letter case. */
export interface DatePattern {
  /** What a text in this pattern says. */
  hasDate: boolean;
  hasTime: boolean;
  hasOffset: boolean;
  /** It says a point in time: with an offset, or as seconds since 1970. */
  saysInstant: boolean;
  /** Fraction digits of a second that it writes; a finer time is cut off. */
  fractionDigits: number;
  /** Why the pattern cannot be read, only written: it has parts of a date but no year, or a 12-hour clock without AM/PM. */
  unreadable: 'no-year' | 'no-half-of-day' | null;
  /**
   * Reads the whole of [start, end) into `into`; false = a misfit: it looks otherwise, there is no such day or time, parts
   * contradict each other (a weekday that it was not), or the pattern is `unreadable`. Two-digit years are 1969 to 2068.
   */
  read(bytes: Uint8Array, start: number, end: number, into: ClockTime): boolean;
  /** {@link read} for a string. */
  parse(text: string): ClockTime | Misfit;
  /**
   * Writes a time; years outside 0 to 9999 with sign and six digits. Throws RangeError when the pattern has an offset and
   * the time none.
   */
  format(time: ClockTime): string;
}

const COUNT = FIELDS.length;
const INDEX = Object.fromEntries(FIELDS.map((field, i) => [field, i])) as Record<FieldName, number>;
const DATE_FIELDS = FIELDS.slice(0, INDEX.hour);
const encoder = new TextEncoder();

/** Compiles a pattern; throws PatternError with the position of a token that the dialect lacks. */
export function compilePattern(text: string, dialect: PatternDialect): DatePattern {
  const parts = parsePattern(text, dialect);
  const fields = new Set(parts.flatMap(fieldsOf));
  const has = (...names: FieldName[]): boolean => names.some((field) => fields.has(field));
  const hasEpoch = parts.some((part) => part.kind === 'epoch');
  const saysDate = has(...DATE_FIELDS);
  const hasFraction = parts.some((part) => part.kind === 'fraction');
  const hasTime = hasEpoch || hasFraction || has('hour', 'hour12', 'minute', 'second');
  const hasYear = has('year', 'year2') || has('isoYear', 'isoYear2') || has('usYear', 'usYear2');
  const unreadable =
    saysDate && !hasYear && !hasEpoch
      ? 'no-year'
      : has('hour12') && !has('hour', 'meridiem') && !hasEpoch
        ? 'no-half-of-day'
        : null;
  const steps = parts.map((part, p) => ({ part, reserved: reservedDigits(parts, p) }));
  const state = createState();

  const read: DatePattern['read'] = (bytes, start, end, into) => {
    if (unreadable !== null) return false;
    state.clear();
    let at = start;
    for (const { part, reserved } of steps) {
      at = readPart(part, reserved, bytes, at, end, state);
      if (at < 0) return false;
    }
    return at === end && resolve(state, into);
  };

  return {
    hasDate: saysDate || hasEpoch,
    hasTime,
    hasOffset: parts.some((part) => part.kind === 'offset'),
    saysInstant: parts.some((part) => part.kind === 'offset' || part.kind === 'epoch'),
    fractionDigits: Math.max(0, ...parts.map(fractionOf)),
    unreadable,
    read,
    parse(written) {
      const bytes = encoder.encode(written);
      const time: ClockTime = { days: 0, seconds: 0, nanos: 0, offsetSeconds: null };
      return read(bytes, 0, bytes.length, time) ? time : MISFIT;
    },
    format: (time) => parts.map((part) => formatPart(part, time)).join(''),
  };
}

function fieldsOf(part: Part): FieldName[] {
  if (part.kind === 'number' || part.kind === 'name') return [part.field];
  return part.kind === 'meridiem' ? ['meridiem'] : [];
}

function fractionOf(part: Part): number {
  if (part.kind === 'epoch') return part.unit === 'ms' ? 3 : 0;
  return part.kind === 'fraction' ? part.width : 0;
}

/** Digits that the numbers right behind a part need at least: it leaves them, so that `Hmm` reads `930`. */
function reservedDigits(parts: readonly Part[], p: number): number {
  let digits = 0;
  for (let next = p + 1; next < parts.length; next++) {
    const part = parts[next]!;
    if (part.kind !== 'number' && part.kind !== 'fraction') break;
    digits += part.least;
    if (part.kind === 'number' && part.isOrdinal) break;
  }
  return digits;
}

// ---------------------------------------------------------------- reading

/** What was read so far; NaN = nothing yet. */
function createState() {
  const values = new Float64Array(COUNT);
  const state = {
    nanos: Number.NaN,
    offset: Number.NaN,
    epochSeconds: Number.NaN,
    clear(): void {
      values.fill(Number.NaN);
      state.nanos = Number.NaN;
      state.offset = Number.NaN;
      state.epochSeconds = Number.NaN;
    },
    get: (field: FieldName): number => values[INDEX[field]]!,
    has: (field: FieldName): boolean => !Number.isNaN(values[INDEX[field]]!),
    /** False when the field has another value already. */
    set(field: FieldName, value: number): boolean {
      const i = INDEX[field];
      if (!Number.isNaN(values[i]!)) return values[i] === value;
      values[i] = value;
      return true;
    },
  };
  return state;
}
type State = ReturnType<typeof createState>;

/** Where the digits from `at` on end. */
function digitsEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i]! >= 48 && bytes[i]! <= 57) i++;
  return i;
}

function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + bytes[i]! - 48;
  return value;
}

/** Reads one part; gives where it ends, -1 when it is not there. */
function readPart(
  part: Part,
  reserved: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  state: State,
): number {
  switch (part.kind) {
    case 'literal': {
      const { bytes: wanted } = part;
      if (end - at < wanted.length) return -1;
      for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return -1;
      return at + wanted.length;
    }
    case 'number':
      return readNumber(part, reserved, bytes, at, end, state);
    case 'name': {
      const place = nameAt(part.names, bytes, at, end);
      if (place < 0) return -1;
      const value = part.field === 'month' ? place + 1 : place;
      return state.set(part.field, value) ? at + part.names[place]!.length : -1;
    }
    case 'meridiem': {
      const place = nameAt(['am', 'pm'], bytes, at, end);
      return place >= 0 && state.set('meridiem', place) ? at + 2 : -1;
    }
    case 'fraction': {
      const to = Math.min(digitsEnd(bytes, at, end), at + part.most);
      if (to - at < part.least) return -1;
      const nanos = numberAt(bytes, at, to) * 10 ** (9 - (to - at));
      if (!Number.isNaN(state.nanos) && state.nanos !== nanos) return -1;
      state.nanos = nanos;
      return to;
    }
    case 'offset':
      return readOffset(part.style, part.zero, bytes, at, end, state);
    case 'epoch':
      return readEpoch(part.unit, bytes, at, end, state);
  }
}

/** Which of the names stands there, the longest one first; -1 = none. */
function nameAt(names: readonly string[], bytes: Uint8Array, at: number, end: number): number {
  let best = -1;
  for (let n = 0; n < names.length; n++) {
    const name = names[n]!;
    if (at + name.length > end || (best >= 0 && names[best]!.length >= name.length)) continue;
    let i = 0;
    while (i < name.length && (bytes[at + i]! | 32) === (name.charCodeAt(i) | 32)) i++;
    if (i === name.length) best = n;
  }
  return best;
}

function readNumber(
  part: NumberPart,
  reserved: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  state: State,
): number {
  let from = at;
  const sign = bytes[from];
  const isYear = part.face === 'year' || part.face === 'expanded-year';
  if (isYear && from < end && (sign === 43 || sign === 45)) {
    const to = digitsEnd(bytes, from + 1, Math.min(end, from + 7));
    if (to - from !== 7) return -1;
    const size = numberAt(bytes, from + 1, to);
    return state.set(part.field, sign === 45 ? -size : size) ? to : -1;
  }
  if (part.face === 'expanded-year') return -1;
  if (part.pad === ' ')
    while (from < end && from - at < part.width - 1 && bytes[from] === 32) from++;
  const last = digitsEnd(bytes, from, end);
  const most = Math.max(
    Math.min(part.most, last - from - reserved),
    Math.min(part.least, part.most),
  );
  const to = Math.min(last, from + most);
  if (to === from || (from === at && to - from < part.least)) return -1;
  const shown = numberAt(bytes, from, to);
  const value = unfaced(part, shown);
  if (value < 0 || !state.set(part.field, value)) return -1;
  if (!part.isOrdinal) return to;
  return nameAt([ordinalEnd(shown)], bytes, to, end) < 0 ? -1 : to + 2;
}

/** The field's value of a number as it is shown, -1 = out of range. */
function unfaced(part: NumberPart, shown: number): number {
  switch (part.face) {
    case 'seven':
      return shown >= 1 && shown <= 7 ? shown % 7 : -1;
    case 'twelve':
      return shown >= 1 && shown <= 12 ? shown % 12 : -1;
    case 'twenty-four':
      return shown >= 1 && shown <= 24 ? shown % 24 : -1;
    default:
      return shown;
  }
}

function readOffset(
  style: 'hh' | 'hhmm' | 'hh:mm',
  zero: 'Z' | null,
  bytes: Uint8Array,
  at: number,
  end: number,
  state: State,
): number {
  if (zero === 'Z' && at < end && (bytes[at]! | 32) === 122) {
    state.offset = 0;
    return at + 1;
  }
  const sign = bytes[at];
  if (at + 3 > end || (sign !== 43 && sign !== 45)) return -1;
  const afterHours = digitsEnd(bytes, at + 1, at + 3);
  if (afterHours !== at + 3) return -1;
  const hours = numberAt(bytes, at + 1, at + 3);
  let minutes = 0;
  let to = at + 3;
  // What is written with a colon or without, or only as hours, is read either way: there is no doubt what it means.
  const from = to < end && bytes[to] === 58 ? to + 1 : to;
  const hasMinutes = from + 2 <= end && digitsEnd(bytes, from, from + 2) === from + 2;
  if (hasMinutes) {
    minutes = numberAt(bytes, from, from + 2);
    to = from + 2;
  } else if (style !== 'hh') return -1;
  if (hours > 23 || minutes > 59) return -1;
  const size = hours * 3600 + minutes * 60;
  state.offset = sign === 45 ? -size : size;
  return to;
}

function readEpoch(
  unit: 's' | 'ms',
  bytes: Uint8Array,
  at: number,
  end: number,
  state: State,
): number {
  const isNegative = bytes[at] === 45 && at < end;
  const from = isNegative ? at + 1 : at;
  let to = digitsEnd(bytes, from, end);
  if (to === from || to - from > 15) return -1;
  const whole = numberAt(bytes, from, to);
  const perSecond = unit === 's' ? 1 : 1000;
  let seconds = Math.floor(whole / perSecond);
  let nanos = (whole % perSecond) * (1e9 / perSecond);
  if (unit === 's' && to < end && bytes[to] === 46) {
    const stop = Math.min(digitsEnd(bytes, to + 1, end), to + 10);
    if (stop === to + 1) return -1;
    nanos = numberAt(bytes, to + 1, stop) * 10 ** (9 - (stop - to - 1));
    to = stop;
  }
  if (isNegative) {
    seconds = -seconds - (nanos > 0 ? 1 : 0);
    nanos = nanos > 0 ? 1e9 - nanos : 0;
  }
  state.epochSeconds = seconds + 0;
  state.nanos = nanos;
  return to;
}

/** The whole year behind its last two digits: 69 to 99 are of the 1900s, as in POSIX and moment. */
const wholeYear = (two: number): number => (two > 68 ? 1900 + two : 2000 + two);

/** Puts what was read together; false when there is no such time or parts contradict it. */
function resolve(state: State, into: ClockTime): boolean {
  if (!Number.isNaN(state.epochSeconds)) {
    into.days = Math.floor(state.epochSeconds / 86_400);
    into.seconds = state.epochSeconds - into.days * 86_400;
    into.nanos = state.nanos;
    into.offsetSeconds = 0;
    return !FIELDS.some(
      (field) =>
        state.has(field) && state.get(field) !== fieldValue(field, into.days, into.seconds),
    );
  }
  const days = dayOf(state);
  const or = (field: FieldName, value: number): number =>
    state.has(field) ? state.get(field) : value;
  const hour = or('hour', or('hour12', 0) + or('meridiem', 0) * 12);
  const minute = or('minute', 0);
  const second = or('second', 0);
  if (hour > 23 || minute > 59 || second > 59) return false;
  const seconds = hour * 3600 + minute * 60 + second;
  const hasHour = state.has('hour') || state.has('hour12');
  // Every part must be what the day and the time make of it: so there is no February 30 and no wrong weekday.
  for (const field of FIELDS) {
    if (!state.has(field) || (field === 'meridiem' && !hasHour)) continue;
    if (fieldValue(field, days, seconds) !== state.get(field)) return false;
  }
  into.days = days;
  into.seconds = seconds;
  into.nanos = Number.isNaN(state.nanos) ? 0 : state.nanos;
  into.offsetSeconds = Number.isNaN(state.offset) ? null : state.offset;
  return true;
}

/** The year that a whole or a two-digit field says; NaN without. */
function yearOf(state: State, whole: FieldName, two: FieldName): number {
  if (state.has(whole)) return state.get(whole);
  if (!state.has(two)) return Number.NaN;
  if (two === 'year2' && state.has('century')) return state.get('century') * 100 + state.get(two);
  return wholeYear(state.get(two));
}

function dayOf(state: State): number {
  const year = yearOf(state, 'year', 'year2');
  const weekday = state.has('weekday') ? state.get('weekday') : Number.NaN;
  if (!Number.isNaN(year)) {
    if (state.has('dayOfYear')) return daysFromCivil(year, 1, 1) + state.get('dayOfYear') - 1;
    const hasMonth = state.has('month') || state.has('quarter') || state.has('day');
    for (const [field, firstDay] of [
      ['sundayWeek', 0],
      ['mondayWeek', 1],
    ] as const) {
      if (hasMonth || !state.has(field)) continue;
      const newYear = daysFromCivil(year, 1, 1);
      const first = newYear + ((firstDay - weekdayOf(newYear) + 7) % 7);
      const inWeek = Number.isNaN(weekday) ? 0 : (weekday - firstDay + 7) % 7;
      return first + (state.get(field) - 1) * 7 + inWeek;
    }
    const month = state.has('month')
      ? state.get('month')
      : state.has('quarter')
        ? state.get('quarter') * 3 - 2
        : 1;
    return daysFromCivil(year, month, state.has('day') ? state.get('day') : 1);
  }
  for (const [whole, two, week, firstDay, leastDays] of [
    ['isoYear', 'isoYear2', 'isoWeek', 1, 4],
    ['usYear', 'usYear2', 'usWeek', 0, 1],
  ] as const) {
    const weekYear = yearOf(state, whole, two);
    if (Number.isNaN(weekYear)) continue;
    const inWeek = Number.isNaN(weekday) ? 0 : (weekday - firstDay + 7) % 7;
    const weeks = state.has(week) ? state.get(week) - 1 : 0;
    return firstWeekStart(weekYear, firstDay, leastDays) + weeks * 7 + inWeek;
  }
  return 0;
}

// ---------------------------------------------------------------- writing

const ordinalEnd = (value: number): string =>
  Math.floor(value / 10) % 10 === 1
    ? 'th'
    : (['th', 'st', 'nd', 'rd'] as const)[Math.min(value % 10, 4) % 4]!;

function formatPart(part: Part, time: ClockTime): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'number':
      return formatNumber(part, fieldValue(part.field, time.days, time.seconds));
    case 'name': {
      const value = fieldValue(part.field, time.days, time.seconds);
      return part.names[part.names.length === MONTHS.length ? value - 1 : value]!;
    }
    case 'meridiem': {
      const half = time.seconds < 43_200 ? 'AM' : 'PM';
      return part.isUpper ? half : half.toLowerCase();
    }
    case 'fraction':
      return String(time.nanos).padStart(9, '0').slice(0, part.width);
    case 'offset':
      return formatOffset(part.style, part.zero, time.offsetSeconds);
    case 'epoch': {
      const seconds = time.days * 86_400 + time.seconds - (time.offsetSeconds ?? 0);
      if (part.unit === 's') return String(seconds);
      return String(seconds * 1000 + Math.floor(time.nanos / 1e6));
    }
  }
}

function formatNumber(part: NumberPart, value: number): string {
  const { face } = part;
  if (face === 'expanded-year' || (face === 'year' && (value < 0 || value > 9999)))
    return `${value < 0 ? '-' : '+'}${String(Math.abs(value)).padStart(6, '0')}`;
  const shown =
    value !== 0
      ? value
      : face === 'seven'
        ? 7
        : face === 'twelve'
          ? 12
          : face === 'twenty-four'
            ? 24
            : 0;
  return String(shown).padStart(part.width, part.pad) + (part.isOrdinal ? ordinalEnd(shown) : '');
}

function formatOffset(
  style: 'hh' | 'hhmm' | 'hh:mm',
  zero: 'Z' | null,
  offsetSeconds: number | null,
): string {
  if (offsetSeconds === null) throw new RangeError('the time has no offset to write');
  if (offsetSeconds === 0 && zero !== null) return zero;
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = (offsetSeconds < 0 ? '-' : '+') + two(Math.floor(minutes / 60));
  if (style === 'hh' && minutes % 60 === 0) return hours;
  return `${hours}${style === 'hh:mm' ? ':' : ''}${two(minutes % 60)}`;
}
