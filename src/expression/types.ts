// The rules of types: which fit each other, what a common one is, and how values get there without losing anything.
import { shorten } from '../contract/errors.ts';
import {
  INT64,
  FLOAT64,
  UTF8,
  typeName,
  type DataType,
  type TimeUnit,
} from '../table/data-type.ts';
import { MISFIT, readTimestamp, type TimestampParts } from '../table/parse-value.ts';
import { createZoneOffset, localToInstant } from '../table/zone-offset.ts';
import { decimalText } from '../table/value-text.ts';
import { constantPart, mapPart, type Cell, type CellStep, type Part } from './cells.ts';
import { changeUnit, clockOf, UNITS_PER_SECOND, zoneOf } from './clock.ts';
import { readTexts } from './read-cells.ts';
import { wordOf, wrongType, type Scope } from './scope.ts';
import { addWhole, divideWhole, multiplyWhole, rescale, whole, type Whole } from './whole.ts';

export type Exact = DataType & { kind: 'int' | 'decimal' };

/** Most digits a decimal has. */
export const MOST_DIGITS = 38;

const INTEGER_DIGITS = { 8: 3, 16: 5, 32: 10, 64: 19 } as const;

export const isExact = (type: DataType): type is Exact =>
  type.kind === 'int' || type.kind === 'decimal';
export const isNumber = (type: DataType): boolean => isExact(type) || type.kind === 'float';
export const isText = (type: DataType): boolean => type.kind === 'utf8' || type.kind === 'json';

/** Digits, and how many of them stand after the point. */
export function digitsOf(type: Exact): { precision: number; scale: number } {
  if (type.kind === 'decimal') return type;
  return {
    precision: INTEGER_DIGITS[type.bits] + (type.bits === 64 && !type.signed ? 1 : 0),
    scale: 0,
  };
}

export const scaleOf = (type: DataType): number => (type.kind === 'decimal' ? type.scale : 0);

/** Integers that int64 holds. */
export const isInt64 = (type: DataType): boolean =>
  type.kind === 'int' && (type.signed || type.bits < 64);

export const decimalType = (precision: number, scale: number): DataType => ({
  kind: 'decimal',
  precision: Math.min(MOST_DIGITS, Math.max(precision, scale, 1)),
  scale,
});

const finer = (a: TimeUnit, b: TimeUnit): TimeUnit =>
  UNITS_PER_SECOND[a] >= UNITS_PER_SECOND[b] ? a : b;

/** The type that holds the values of both; null when there is none. */
export function commonType(a: DataType, b: DataType): DataType | null {
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (isText(a) && isText(b)) return UTF8;
  if (isNumber(a) && isNumber(b)) {
    if (!isExact(a) || !isExact(b)) return FLOAT64;
    if (isInt64(a) && isInt64(b)) return INT64;
    const x = digitsOf(a);
    const y = digitsOf(b);
    const scale = Math.max(x.scale, y.scale);
    return decimalType(Math.max(x.precision - x.scale, y.precision - y.scale) + scale, scale);
  }
  if (a.kind === 'date' && b.kind === 'timestamp') return b;
  if (b.kind === 'date' && a.kind === 'timestamp') return a;
  if (a.kind === 'time' && b.kind === 'time') return { kind: 'time', unit: finer(a.unit, b.unit) };
  if (a.kind === 'timestamp' && b.kind === 'timestamp')
    return (a.zone === null) === (b.zone === null) ? { ...a, unit: finer(a.unit, b.unit) } : null;
  return typeName(a) === typeName(b) ? a : null;
}

/** An exact number as the nearest double. */
export function toDouble(value: Whole, scale: number): number {
  if (scale === 0) return Number(value);
  if (typeof value === 'number' && scale <= 22) return value / 10 ** scale;
  return Number(decimalText(BigInt(value), scale));
}

/** The steps that turn a value of one type into the same value of another that holds it; null where nothing is to be done. */
function widening(from: DataType, to: DataType, { timeZone }: Scope): CellStep | null {
  if (isExact(from) && to.kind === 'float') {
    const scale = scaleOf(from);
    return (cell: Whole) => toDouble(cell, scale);
  }
  if (isExact(from) && isExact(to)) {
    const a = scaleOf(from);
    const b = scaleOf(to);
    return a === b ? null : (cell: Whole) => rescale(cell, a, b, 'half-up');
  }
  if (from.kind === 'date' && to.kind === 'timestamp') {
    const days = clockOf(from, timeZone);
    const clock = clockOf(to, timeZone);
    return (cell: Whole) => clock.value(days.local(cell));
  }
  if (
    (from.kind === 'timestamp' && to.kind === 'timestamp') ||
    (from.kind === 'time' && to.kind === 'time')
  )
    return from.unit === to.unit ? null : (cell: Whole) => changeUnit(cell, from.unit, to.unit);
  return null;
}

/** The part with its values in a type that holds them. */
export function widen(part: Part, to: DataType, scope: Scope): Part {
  if (part.type.kind === 'null') return constantPart(part.source, to, null);
  const step = widening(part.type, to, scope);
  if (step === null) return { ...part, type: to };
  if (part.constant !== undefined)
    return constantPart(part.source, to, part.constant === null ? null : step(part.constant));
  return mapPart(part.source, to, part, step);
}

const encoder = new TextEncoder();
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A number's text as an exact value with its own digits; null when it is none, or too long. */
export function exactOf(text: string): { value: Whole; type: Exact } | null {
  const match = NUMBER.exec(text);
  const fraction = match?.[3] ?? '';
  const digits = (match?.[2] ?? '') + fraction;
  if (!match || digits === '' || match[4] !== undefined) return null;
  const significant = digits.replace(/^0+/, '').length;
  if (Math.max(significant, fraction.length) > MOST_DIGITS) return null;
  const big = BigInt(digits) * (match[1] === '-' ? -1n : 1n);
  return { value: whole(big), type: decimalType(significant, fraction.length) as Exact };
}

/** A timestamp's text for a type; without an offset it is a wall clock, in the zone where the type holds instants. */
export function timestampOf(
  text: string,
  type: DataType & { kind: 'timestamp' },
  timeZone: string,
): Whole | null {
  const bytes = encoder.encode(text.length === 10 ? `${text}T00:00` : text);
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  if (!readTimestamp(bytes, 0, bytes.length, parts)) return null;
  if (parts.zoned && type.zone === null) return null;
  const seconds =
    parts.zoned || type.zone === null
      ? parts.seconds
      : localToInstant(createZoneOffset(zoneOf(type.zone, timeZone)), parts.seconds);
  const perSecond = UNITS_PER_SECOND[type.unit];
  if (!Number.isInteger(parts.nanos / (1e9 / perSecond))) return null;
  return addWhole(
    multiplyWhole(seconds, perSecond),
    divideWhole(parts.nanos, 1e9 / perSecond, 'trunc'),
  );
}

/** A constant text as a value of the type of what it stands beside: `'2026-11-01'` beside a date. */
function readConstant(part: Part, type: DataType, scope: Scope): Part {
  const text = part.constant as string;
  let cell: Cell | typeof MISFIT = MISFIT;
  let to = type;
  if (isExact(type)) {
    const exact = exactOf(text);
    if (exact) {
      cell = exact.value;
      to = exact.type;
    }
  } else if (type.kind === 'float' && /^(NaN|[+-]?Infinity)$/.test(text)) cell = Number(text);
  else if (type.kind === 'timestamp') {
    // Finer than the column: the comparison is made in the finer unit.
    for (const unit of [type.unit, 'us', 'ns'] as const) {
      const found = timestampOf(text, { ...type, unit }, scope.timeZone);
      if (found === null) continue;
      cell = found;
      to = { ...type, unit };
      break;
    }
  } else {
    let fits = true;
    const read = readTexts([text], type, () => (fits = false));
    if (read !== null && fits) cell = read[0]!;
  }
  if (cell === MISFIT)
    throw wrongType(
      part.source,
      `“${shorten(text)}” is not of type ${wordOf(type)}`,
      type.kind === 'timestamp' && type.zone === null
        ? 'Write it as 2026-11-01 or 2026-11-01T08:00, without an offset.'
        : `Give a value of type ${wordOf(type)}.`,
    );
  return constantPart(part.source, to, cell);
}

const isConstantText = (part: Part): boolean =>
  part.type.kind === 'utf8' && typeof part.constant === 'string' && part.source.op === 'text';

/**
 * The parts in one type that holds the values of all. Constant texts are read as what they stand beside. Throws
 * `expression.wrong-type` where there is no such type.
 */
export function unify(parts: readonly Part[], scope: Scope): { type: DataType; parts: Part[] } {
  const other = parts.find((part) => part.type.kind !== 'null' && !isConstantText(part));
  const read = parts.map((part) =>
    other && isConstantText(part) && !isText(other.type)
      ? readConstant(part, other.type, scope)
      : part,
  );
  let type: DataType = { kind: 'null' };
  for (const part of read) {
    const common = commonType(type, part.type);
    if (common === null) throw unlike(part, type);
    type = common;
  }
  return { type, parts: read.map((part) => widen(part, type, scope)) };
}

function unlike(part: Part, type: DataType): Error {
  const isClock = part.type.kind === 'timestamp' && type.kind === 'timestamp';
  return wrongType(
    part.source,
    `A value of type ${wordOf(part.type)} cannot stand beside one of type ${wordOf(type)}`,
    isClock
      ? 'Make a wall clock of the instant with wall_clock(x), or an instant of the wall clock with instant(x).'
      : `Bring both to one type with cast(… as ${wordOf(type)}).`,
  );
}

/** The part as it is asked for; a constant text is read as it. Throws `expression.wrong-type`. */
export function needType(part: Part, type: DataType, scope: Scope): Part {
  const read = isConstantText(part) && !isText(type) ? readConstant(part, type, scope) : part;
  const common = commonType(type, read.type);
  if (common === null || common.kind !== type.kind)
    throw wrongType(
      part.source,
      `A value of type ${wordOf(type)} is needed, but this is ${wordOf(part.type)}`,
      `Make it ${wordOf(type)} with cast(… as ${wordOf(type)}).`,
    );
  return widen(read, type, scope);
}
