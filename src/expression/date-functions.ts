// Functions on dates, times and timestamps. An instant's clock is that of its type's zone, or of the config where that is UTC.
import { TIME_STEPS, type TimeStep } from '../contract/expression.ts';
import { shorten } from '../contract/errors.ts';
import { DATE, INT64, UTF8, type DataType, type TimeUnit } from '../table/data-type.ts';
import { compilePattern as compileDatePattern, type DatePattern } from '../table/date-pattern.ts';
import { civilFromDays, daysFromCivil, MISFIT } from '../table/parse-value.ts';
import type { PatternDialect } from '../table/pattern-dialects.ts';
import { PatternError } from '../table/pattern-parts.ts';
import { patternProblem } from '../table/read-spelt.ts';
import { createZoneOffset } from '../table/zone-offset.ts';
import { shiftPart } from './arithmetic.ts';
import { constantPart, RowProblem, type Cell, type Part } from './cells.ts';
import {
  addSteps,
  changeUnit,
  clockOf,
  DAY,
  FIXED_SECONDS,
  monthsOf,
  nowOf,
  splitUnits,
  stepStart,
  UNITS_PER_SECOND,
  zoneOf,
  type Clock,
  type Local,
} from './clock.ts';
import type { Call, FunctionDefinition } from './define-function.ts';
import { wordOf, wrongType } from './scope.ts';
import { needType, unify, widen } from './types.ts';
import { addWhole, multiplyWhole, type Whole } from './whole.ts';

type Clocked = DataType & { kind: 'date' | 'timestamp' };

const WALL: Clocked = { kind: 'timestamp', unit: 'us', zone: null };

/** The value at a place as a date or timestamp; a constant text is read as one. */
function clocked(call: Call, at: number): Part & { type: Clocked } {
  let part = call.parts[at]!;
  if (part.source.op === 'text' && typeof part.constant === 'string')
    part = needType(part, part.constant.length === 10 ? DATE : WALL, call.scope);
  if (part.type.kind === 'null') part = needType(part, DATE, call.scope);
  if (part.type.kind !== 'date' && part.type.kind !== 'timestamp')
    throw wrongType(
      part.source,
      `A date or timestamp is needed, but this is ${wordOf(part.type)}`,
      'Set the column’s type to date or timestamp, or make one with cast(… as date) or parse_date.',
    );
  return part as Part & { type: Clocked };
}

function unitAt(call: Call, at: number): TimeStep {
  const text = call.constantText(at, 'the unit').toLowerCase();
  const unit = TIME_STEPS.find((step) => text === step || text === `${step}s`);
  if (unit === undefined)
    throw wrongType(
      call.parts[at]!.source,
      `“${shorten(text, 40)}” is no unit`,
      `Use one of ${TIME_STEPS.join(', ')}.`,
    );
  return unit;
}

const weekdayOf = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

/** ISO 8601 week: the year that holds its Thursday, and its number there. */
function isoWeek(days: number): { year: number; week: number } {
  const thursday = days - weekdayOf(days) + 4;
  const { year } = civilFromDays(thursday);
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}

const inDayOf = (seconds: number): number => seconds - Math.floor(seconds / DAY) * DAY;
const dayOf = (seconds: number): number => Math.floor(seconds / DAY);

const PARTS: ReadonlyMap<string, (local: Local) => number> = new Map([
  ['year', ({ seconds }) => civilFromDays(dayOf(seconds)).year],
  ['quarter', ({ seconds }) => Math.ceil(civilFromDays(dayOf(seconds)).month / 3)],
  ['month', ({ seconds }) => civilFromDays(dayOf(seconds)).month],
  ['week', ({ seconds }) => isoWeek(dayOf(seconds)).week],
  ['week_year', ({ seconds }) => isoWeek(dayOf(seconds)).year],
  ['day', ({ seconds }) => civilFromDays(dayOf(seconds)).day],
  ['weekday', ({ seconds }) => weekdayOf(dayOf(seconds))],
  [
    'year_day',
    ({ seconds }) => {
      const days = dayOf(seconds);
      return days - daysFromCivil(civilFromDays(days).year, 1, 1) + 1;
    },
  ],
  ['hour', ({ seconds }) => Math.floor(inDayOf(seconds) / 3600)],
  ['minute', ({ seconds }) => Math.floor(inDayOf(seconds) / 60) % 60],
  ['second', ({ seconds }) => inDayOf(seconds) % 60],
]);

function datePart(call: Call, name: string, at: number): Part {
  const read = PARTS.get(name);
  if (read === undefined)
    throw wrongType(
      call.parts[0]!.source,
      `“${shorten(name, 40)}” is no part of a date`,
      `Use one of ${[...PARTS.keys()].join(', ')}.`,
    );
  const of = clocked(call, at);
  const clock = clockOf(of.type, call.scope.timeZone);
  return call.map(INT64, [of], (value: Whole) => read(clock.local(value)));
}

const onePart = (name: string): FunctionDefinition => ({
  least: 1,
  most: 1,
  compile: (call) => datePart(call, name, 0),
});

/** The beginning of the step, or of the `count` steps, that a value stands in. */
function truncated(call: Call, of: Part & { type: Clocked }, unit: TimeStep, count: number): Part {
  const { type } = of;
  if (type.kind === 'date' && (FIXED_SECONDS.get(unit) ?? DAY) < DAY)
    throw wrongType(of.source, `A date has no ${unit}s`, 'Use day, week, month, quarter or year.');
  const clock = clockOf(type, call.scope.timeZone);
  const isElapsed = clock.isInstant && (FIXED_SECONDS.get(unit) ?? DAY) < DAY;
  return call.map(type, [of], (value: Whole) => {
    const { seconds } = clock.local(value);
    const start = stepStart(seconds, unit, count);
    // Within an hour that the clock has twice, going back by elapsed time stays in the same of the two.
    if (isElapsed) {
      const split = splitUnits(value, clock.unitsPerSecond);
      return multiplyWhole(split.seconds - (seconds - start), clock.unitsPerSecond);
    }
    return clock.value({ seconds: start, units: 0 });
  });
}

/** Whole steps from one wall clock to another, towards zero. */
function stepsBetween(a: Local, b: Local, unit: TimeStep): number {
  const months = monthsOf(unit);
  const isBack = b.seconds < a.seconds || (b.seconds === a.seconds && b.units < a.units);
  if (isBack) return 0 - stepsBetween(b, a, unit);
  if (months === undefined) {
    const elapsed = b.seconds - a.seconds - (b.units < a.units ? 1 : 0);
    return Math.floor(elapsed / FIXED_SECONDS.get(unit)!);
  }
  const from = civilFromDays(dayOf(a.seconds));
  const to = civilFromDays(dayOf(b.seconds));
  let steps = Math.floor((to.year * 12 + to.month - from.year * 12 - from.month) / months);
  const reached = addSteps(a.seconds, unit, steps);
  if (reached > b.seconds || (reached === b.seconds && a.units > b.units)) steps--;
  return steps;
}

function difference(call: Call): Part {
  const unit = unitAt(call, 0);
  const { type, parts } = unify([clocked(call, 1), clocked(call, 2)], call.scope);
  const clock = clockOf(type as Clocked, call.scope.timeZone);
  const isShort = (FIXED_SECONDS.get(unit) ?? DAY) < DAY;
  const read = (value: Whole): Local =>
    isShort && clock.isInstant ? splitUnits(value, clock.unitsPerSecond) : clock.local(value);
  return call.map(INT64, parts, (a: Whole, b: Whole) => stepsBetween(read(a), read(b), unit));
}

const DIALECTS: readonly PatternDialect[] = ['cldr', 'moment', 'strftime'];

/** The pattern at a place, in the token set named behind it; one with % is strftime's. */
function patternAt(call: Call, at: number): DatePattern {
  const text = call.constantText(at, 'the pattern');
  const named = call.parts.length > at + 1 ? call.constantText(at + 1, 'the token set') : null;
  const dialect = DIALECTS.find((each) => each === named);
  if (named !== null && dialect === undefined)
    throw wrongType(
      call.parts[at + 1]!.source,
      `“${shorten(named, 40)}” is no set of tokens`,
      `Use one of ${DIALECTS.join(', ')}.`,
    );
  try {
    return compileDatePattern(text, dialect ?? (text.includes('%') ? 'strftime' : 'cldr'));
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    throw wrongType(
      call.parts[at]!.source,
      `The date pattern cannot be read: ${thrown.message}`,
      "Use yyyy MM dd HH mm ss SSS, MMM, EEE, a, XXX; text stands in 'single quotes'.",
    );
  }
}

function formatted(call: Call): Part {
  const of = clocked(call, 0);
  const pattern = patternAt(call, 1);
  const { type } = of;
  if (pattern.hasOffset && (type.kind === 'date' || type.zone === null))
    throw wrongType(
      call.parts[1]!.source,
      `The pattern asks for an offset, and ${wordOf(type)} has none`,
      'Leave the offset out, or make an instant with instant(x).',
    );
  const clock: Clock = clockOf(type, call.scope.timeZone);
  const nanosPerUnit = 1e9 / clock.unitsPerSecond;
  return call.map(UTF8, [of], (value: Whole) => {
    const { seconds, units } = clock.local(value);
    const offsetSeconds = clock.isInstant
      ? seconds - splitUnits(value, clock.unitsPerSecond).seconds
      : null;
    return pattern.format({
      days: dayOf(seconds),
      seconds: inDayOf(seconds),
      nanos: units * nanosPerUnit,
      offsetSeconds,
    });
  });
}

function parsed(call: Call, isDate: boolean): Part {
  const text = call.text(0);
  const pattern = patternAt(call, 1);
  const shown = String(call.parts[1]!.constant);
  const unit: TimeUnit = pattern.fractionDigits > 6 ? 'ns' : 'us';
  const perSecond = UNITS_PER_SECOND[unit];
  const type: Clocked = isDate
    ? { kind: 'date' }
    : pattern.saysInstant
      ? { kind: 'timestamp', unit, zone: 'UTC' }
      : { kind: 'timestamp', unit, zone: null };
  const problem = patternProblem(isDate && pattern.hasDate ? DATE : type, pattern);
  if (problem !== null)
    throw wrongType(
      call.parts[1]!.source,
      `No ${isDate ? 'date' : 'timestamp'} can be read by this pattern: ${PATTERN_PROBLEMS[problem]}`,
      'Give a pattern that says the whole of it.',
    );
  return call.map(type, [text], (value: string): Cell => {
    const found = pattern.parse(value);
    if (found === MISFIT)
      throw new RowProblem(`“${shorten(value, 40)}” does not fit the pattern ${shown}.`);
    if (isDate) return found.days;
    const seconds = found.days * DAY + found.seconds - (found.offsetSeconds ?? 0);
    return addWhole(multiplyWhole(seconds, perSecond), found.nanos / (1e9 / perSecond));
  });
}

const PATTERN_PROBLEMS: Readonly<Record<Exclude<ReturnType<typeof patternProblem>, null>, string>> =
  {
    'not-a-time': 'it says neither a date nor a time',
    'no-date': 'it says no date',
    'no-time': 'it says no time',
    'has-date': 'it says a date',
    'has-offset': 'it says an offset',
    'no-year': 'it says no year',
    'no-half-of-day': 'it has a 12-hour clock without AM or PM',
  };

/** A zone given as text; throws where there is none of that name. */
function zoneAt(call: Call, at: number): string {
  const zone = call.constantText(at, 'the time zone');
  try {
    createZoneOffset(zone);
  } catch {
    throw wrongType(
      call.parts[at]!.source,
      `“${shorten(zone, 40)}” is no time zone`,
      'Use a name such as Europe/Berlin, UTC, or an offset such as +02:00.',
    );
  }
  return zone;
}

/** A timestamp that is an instant (`wants` true) or a wall clock. */
function timestampAt(call: Call, at: number, wants: boolean): Part & { type: { unit: TimeUnit } } {
  const part = clocked(call, at);
  const { type } = part;
  if (!wants && type.kind === 'date')
    return widen(part, { kind: 'timestamp', unit: 's', zone: null }, call.scope) as never;
  if (type.kind !== 'timestamp' || (type.zone !== null) !== wants)
    throw wrongType(
      part.source,
      wants
        ? `An instant is needed, but ${wordOf(type)} is a wall clock`
        : `A wall clock is needed, but ${wordOf(type)} is an instant`,
      wants ? 'Make one with instant(x).' : 'Make one with wall_clock(x).',
    );
  return part as never;
}

const now = (type: Clocked): FunctionDefinition => ({
  least: 0,
  most: 0,
  compile: ({ source, scope }) =>
    constantPart(source, type, nowOf(type, scope.startedAtMs, scope.timeZone)),
});

const UNIX_UNITS = new Map<string, TimeUnit>([
  ['s', 's'],
  ['ms', 'ms'],
  ['us', 'us'],
  ['ns', 'ns'],
]);

function unixUnit(call: Call): TimeUnit {
  if (call.parts.length < 2) return 's';
  const text = call.constantText(1, 'the unit');
  const unit = UNIX_UNITS.get(text);
  if (unit === undefined)
    throw wrongType(
      call.parts[1]!.source,
      `“${shorten(text, 40)}” is no unit`,
      'Use s, ms, us or ns.',
    );
  return unit;
}

export const DATE_FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map<
  string,
  FunctionDefinition
>([
  ['now', now({ kind: 'timestamp', unit: 'ms', zone: 'UTC' })],
  ['today', now({ kind: 'date' })],
  ...['year', 'quarter', 'month', 'week', 'day', 'weekday', 'hour', 'minute', 'second'].map(
    (name): [string, FunctionDefinition] => [name, onePart(name)],
  ),
  [
    'date_part',
    {
      least: 2,
      most: 2,
      compile: (call) => datePart(call, call.constantText(0, 'the part').toLowerCase(), 1),
    },
  ],
  [
    'date_trunc',
    {
      least: 2,
      most: 2,
      compile: (call) => truncated(call, clocked(call, 1), unitAt(call, 0), 1),
    },
  ],
  [
    'date_bucket',
    {
      least: 3,
      most: 3,
      compile(call) {
        const count = call.constantInteger(1, 'the number of units', 1);
        if (count < 1 || count > 1_000_000)
          throw wrongType(
            call.parts[1]!.source,
            `A bucket cannot have ${count} units`,
            'Give a number from 1 to 1000000.',
          );
        return truncated(call, clocked(call, 0), unitAt(call, 2), count);
      },
    },
  ],
  [
    'date_add',
    {
      least: 3,
      most: 3,
      compile: (call) =>
        shiftPart(call.source, clocked(call, 0), unitAt(call, 2), call.integer(1), call.scope),
    },
  ],
  ['date_diff', { least: 3, most: 3, compile: difference }],
  ['format', { least: 2, most: 3, compile: formatted }],
  ['parse_date', { least: 2, most: 3, compile: (call) => parsed(call, true) }],
  ['parse_timestamp', { least: 2, most: 3, compile: (call) => parsed(call, false) }],
  [
    'make_date',
    {
      least: 3,
      most: 3,
      compile: (call) =>
        call.map(
          DATE,
          [call.integer(0), call.integer(1), call.integer(2)],
          (year: number, month: number, day: number) => {
            const isIn =
              Math.abs(year) <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
            const days = isIn ? daysFromCivil(year, month, day) : 0;
            if (!isIn || civilFromDays(days).day !== day)
              throw new RowProblem(`There is no day ${year}-${month}-${day}.`);
            return days;
          },
        ),
    },
  ],
  [
    'to_zone',
    {
      least: 2,
      most: 2,
      compile(call) {
        const of = timestampAt(call, 0, true);
        const type: DataType = { kind: 'timestamp', unit: of.type.unit, zone: zoneAt(call, 1) };
        return call.map(type, [of], (value: Whole) => value);
      },
    },
  ],
  [
    'wall_clock',
    {
      least: 1,
      most: 2,
      compile(call) {
        const of = timestampAt(call, 0, true);
        const type = of.type as DataType & { kind: 'timestamp' };
        const zone =
          call.parts.length > 1 ? zoneAt(call, 1) : zoneOf(type.zone!, call.scope.timeZone);
        const from = clockOf({ ...type, zone }, zone);
        const to: Clocked = { ...type, zone: null };
        const clock = clockOf(to, zone);
        return call.map(to, [of], (value: Whole) => clock.value(from.local(value)));
      },
    },
  ],
  [
    'instant',
    {
      least: 1,
      most: 2,
      compile(call) {
        const of = timestampAt(call, 0, false);
        const zone = call.parts.length > 1 ? zoneAt(call, 1) : call.scope.timeZone;
        const wall: Clocked = { kind: 'timestamp', unit: of.type.unit, zone: null };
        const to: Clocked = { ...wall, zone };
        const from = clockOf(wall, zone);
        const clock = clockOf(to, zone);
        return call.map(to, [of], (value: Whole) => clock.value(from.local(value)));
      },
    },
  ],
  [
    'from_unix',
    {
      least: 1,
      most: 2,
      compile(call) {
        const unit = unixUnit(call);
        return call.map(
          { kind: 'timestamp', unit, zone: 'UTC' },
          [call.integer(0)],
          (value: Whole) => value,
        );
      },
    },
  ],
  [
    'to_unix',
    {
      least: 1,
      most: 2,
      compile(call) {
        const of = timestampAt(call, 0, true);
        const unit = unixUnit(call);
        return call.map(INT64, [of], (value: Whole) => changeUnit(value, of.type.unit, unit));
      },
    },
  ],
]);
