// Wall clocks and calendars: dates and timestamps as local seconds and back, in a zone.
import type { TimeStep } from '../contract/expression.ts';
import type { DataType, TimeUnit } from '../table/data-type.ts';
import { civilFromDays, daysFromCivil } from '../table/parse-value.ts';
import { createZoneOffset, localToInstant } from '../table/zone-offset.ts';
import { addWhole, divideWhole, multiplyWhole, type Whole } from './whole.ts';

export const UNITS_PER_SECOND: Readonly<Record<TimeUnit, number>> = {
  s: 1,
  ms: 1e3,
  us: 1e6,
  ns: 1e9,
};

export const DAY = 86_400;

/** A wall clock's reading: seconds since 1970-01-01T00:00 of that clock, and units beyond the second. */
export interface Local {
  seconds: number;
  units: number;
}

/** Units as whole seconds and what is left. */
export function splitUnits(value: Whole, perSecond: number): Local {
  if (typeof value === 'number') {
    const rest = value % perSecond;
    const units = rest < 0 ? rest + perSecond : rest;
    return { seconds: (value - units) / perSecond + 0, units: units + 0 };
  }
  const per = BigInt(perSecond);
  const rest = value % per;
  const units = rest < 0n ? rest + per : rest;
  return { seconds: Number((value - units) / per), units: Number(units) };
}

/** Reads values of a date or timestamp type as wall clocks and makes them of wall clocks. */
export interface Clock {
  unitsPerSecond: number;
  local(value: Whole): Local;
  value(local: Local): Whole;
  /** Whether values are instants, so that hours count and are not read off the clock. */
  isInstant: boolean;
}

/** The zone whose clock an instant is read by: its type's own, the config's for those in UTC. */
export function zoneOf(zone: string, timeZone: string): string {
  return /^(utc|z|etc\/utc|gmt)$/i.test(zone) ? timeZone : zone;
}

/** The clock of a type; days have midnight. Throws RangeError for a zone the runtime does not know. */
export function clockOf(type: DataType & { kind: 'date' | 'timestamp' }, timeZone: string): Clock {
  if (type.kind === 'date')
    return {
      unitsPerSecond: 1,
      isInstant: false,
      local: (days) => ({ seconds: Number(days) * DAY, units: 0 }),
      value: ({ seconds }) => Math.floor(seconds / DAY),
    };
  const perSecond = UNITS_PER_SECOND[type.unit];
  const toValue = ({ seconds, units }: Local): Whole =>
    addWhole(multiplyWhole(seconds, perSecond), units);
  if (type.zone === null)
    return {
      unitsPerSecond: perSecond,
      isInstant: false,
      local: (value) => splitUnits(value, perSecond),
      value: toValue,
    };
  const offset = createZoneOffset(zoneOf(type.zone, timeZone));
  return {
    unitsPerSecond: perSecond,
    isInstant: true,
    local(value) {
      const split = splitUnits(value, perSecond);
      return { seconds: split.seconds + offset(split.seconds), units: split.units };
    },
    value: (local) => toValue({ ...local, seconds: localToInstant(offset, local.seconds) }),
  };
}

/** Seconds of the steps that are always as long. */
export const FIXED_SECONDS: ReadonlyMap<TimeStep, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', DAY],
  ['week', 7 * DAY],
]);
const STEP_MONTHS: ReadonlyMap<TimeStep, number> = new Map([
  ['month', 1],
  ['quarter', 3],
  ['year', 12],
]);

/** Months of a step that is counted in months; undefined for the others. */
export const monthsOf = (unit: TimeStep): number | undefined => STEP_MONTHS.get(unit);

/** 1970-01-01 was a Thursday: the Monday before it. */
const MONDAY = -3 * DAY;

/** The local second at which the step that holds `seconds` begins; `count` steps make one, counted from a Monday in 1969, or from the year 0. */
export function stepStart(seconds: number, unit: TimeStep, count = 1): number {
  const months = monthsOf(unit);
  if (months !== undefined) {
    const { year, month } = civilFromDays(Math.floor(seconds / DAY));
    const size = months * count;
    const first = Math.floor((year * 12 + month - 1) / size) * size;
    return daysFromCivil(Math.floor(first / 12), (((first % 12) + 12) % 12) + 1, 1) * DAY;
  }
  const size = FIXED_SECONDS.get(unit)! * count;
  const origin = unit === 'week' ? MONDAY : 0;
  return Math.floor((seconds - origin) / size) * size + origin;
}

const monthLength = (year: number, month: number): number =>
  daysFromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) -
  daysFromCivil(year, month, 1);

/** A wall clock some steps later; a day that the month does not have becomes its last. */
export function addSteps(seconds: number, unit: TimeStep, count: number): number {
  const months = monthsOf(unit);
  if (months === undefined) return seconds + FIXED_SECONDS.get(unit)! * count;
  const days = Math.floor(seconds / DAY);
  const { year, month, day } = civilFromDays(days);
  const to = year * 12 + month - 1 + months * count;
  const toYear = Math.floor(to / 12);
  const toMonth = to - toYear * 12 + 1;
  const toDay = Math.min(day, monthLength(toYear, toMonth));
  return daysFromCivil(toYear, toMonth, toDay) * DAY + (seconds - days * DAY);
}

/** A value some steps later: days and longer by the wall clock, hours and shorter by elapsed time. */
export function addToValue(clock: Clock, value: Whole, unit: TimeStep, count: number): Whole {
  const isShort = unit === 'second' || unit === 'minute' || unit === 'hour';
  if (isShort && clock.isInstant)
    return addWhole(value, multiplyWhole(FIXED_SECONDS.get(unit)! * clock.unitsPerSecond, count));
  const { seconds, units } = clock.local(value);
  return clock.value({ seconds: addSteps(seconds, unit, count), units });
}

/** The run's clock as a value of a type: today of the zone for dates, the moment otherwise (a wall clock in the zone for naive ones). */
export function nowOf(
  type: DataType & { kind: 'date' | 'timestamp' },
  startedAtMs: number,
  timeZone: string,
): Whole {
  const instant = { kind: 'timestamp', unit: 'ms', zone: timeZone } as const;
  const now = clockOf(instant, timeZone).local(startedAtMs);
  if (type.kind === 'date') return Math.floor(now.seconds / DAY);
  const perSecond = UNITS_PER_SECOND[type.unit];
  const units = Math.floor((now.units * perSecond) / 1000);
  const seconds = type.zone === null ? now.seconds : splitUnits(startedAtMs, 1000).seconds;
  return addWhole(multiplyWhole(seconds, perSecond), units);
}

/** A value in another unit; the rest of a coarser one is cut off (towards the past). */
export function changeUnit(value: Whole, from: TimeUnit, to: TimeUnit): Whole {
  const a = UNITS_PER_SECOND[from];
  const b = UNITS_PER_SECOND[to];
  if (b >= a) return multiplyWhole(value, b / a);
  return divideWhole(value, a / b, 'floor');
}
