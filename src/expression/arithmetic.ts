// Compiles + - * / % and the sign: exact on integers and decimals, double where a float takes part.
import type { Expression, Operation } from '../contract/expression.ts';
import { FLOAT64, INT64, typeName, type DataType } from '../table/data-type.ts';
import { joinPart, mapPart, RowProblem, type Cell, type Part } from './cells.ts';
import { addToValue, clockOf } from './clock.ts';
import { wordOf, wrongType, type Scope } from './scope.ts';
import {
  decimalType,
  digitsOf,
  isExact,
  isInt64,
  isNumber,
  MOST_DIGITS,
  needType,
  scaleOf,
  widen,
  type Exact,
} from './types.ts';
import {
  addWhole,
  divideWhole,
  multiplyWhole,
  negateWhole,
  powerOfTen,
  remainderWhole,
  type Whole,
} from './whole.ts';

/** Digits after the point that a quotient has at least. */
const QUOTIENT_SCALE = 6;

const INT64_MOST = 2n ** 63n - 1n;
const INT64_LEAST = -(2n ** 63n);

/** Checks that a result is a value of its type; throws a RowProblem. */
export function fits(type: DataType): (value: Whole) => Whole {
  const isInteger = type.kind === 'int';
  const beyond = type.kind === 'decimal' ? powerOfTen(type.precision) : 0;
  return (value) => {
    const isIn = isInteger
      ? typeof value === 'number' || (value <= INT64_MOST && value >= INT64_LEAST)
      : value < beyond && -value < beyond;
    if (!isIn) throw new RowProblem(`The result is too large for ${typeName(type)}.`);
    return value;
  };
}

/** The type of a result of exact numbers. Throws where more than 38 digits would stand after the point. */
function resultType(source: Expression, op: Operation, a: Part, b: Part): DataType {
  if (op !== '/' && isInt64(a.type) && isInt64(b.type)) return INT64;
  const x = digitsOfPart(a);
  const y = digitsOfPart(b);
  const scale =
    op === '*' ? x.scale + y.scale : Math.max(x.scale, y.scale, op === '/' ? QUOTIENT_SCALE : 0);
  if (scale > MOST_DIGITS)
    throw wrongType(
      source,
      `The product would have ${scale} digits after the point, and ${MOST_DIGITS} are the most`,
      'Round one of them first: round(x, 6).',
    );
  const before = { x: x.precision - x.scale, y: y.precision - y.scale };
  const whole =
    op === '*'
      ? before.x + before.y
      : op === '/'
        ? before.x + y.scale
        : op === '%'
          ? Math.min(before.x, before.y)
          : Math.max(before.x, before.y) + 1;
  return decimalType(whole + scale, scale);
}

function exactStep(op: Operation, a: Exact, b: Exact, type: DataType) {
  const check = fits(type);
  const scale = scaleOf(type);
  const left = scaleOf(a);
  const right = scaleOf(b);
  const up = (value: Whole, from: number): Whole =>
    from === scale ? value : multiplyWhole(value, powerOfTen(scale - from));
  switch (op) {
    case '+':
      return (x: Whole, y: Whole): Cell => check(addWhole(up(x, left), up(y, right)));
    case '-':
      return (x: Whole, y: Whole): Cell => check(addWhole(up(x, left), negateWhole(up(y, right))));
    case '*':
      return (x: Whole, y: Whole): Cell => check(multiplyWhole(x, y));
    case '/': {
      const shift = powerOfTen(scale - left + right);
      return (x: Whole, y: Whole): Cell => {
        if (y === 0) throw new RowProblem('Nothing can be divided by zero.');
        return check(divideWhole(multiplyWhole(x, shift), y, 'half-up'));
      };
    }
    default:
      return (x: Whole, y: Whole): Cell => {
        if (y === 0) throw new RowProblem('Nothing can be divided by zero.');
        return check(remainderWhole(up(x, left), up(y, right)));
      };
  }
}

function doubleStep(op: Operation): (x: number, y: number) => number {
  switch (op) {
    case '+':
      return (x, y) => x + y;
    case '-':
      return (x, y) => x - y;
    case '*':
      return (x, y) => x * y;
    default: {
      const isQuotient = op === '/';
      return (x, y) => {
        if (y === 0) throw new RowProblem('Nothing can be divided by zero.');
        return isQuotient ? x / y : x % y;
      };
    }
  }
}

/** A date or timestamp some steps later. */
export function shiftPart(
  source: Expression,
  of: Part,
  unit: Extract<Expression, { op: 'interval' }>['unit'],
  count: Part | number,
  scope: Scope,
): Part {
  const { type } = of;
  if (type.kind !== 'date' && type.kind !== 'timestamp')
    throw wrongType(
      of.source,
      `A date or timestamp is needed, but this is ${wordOf(type)}`,
      'Give a date or a timestamp, or make one with cast(… as date).',
    );
  // Hours of a day make it a timestamp.
  const isShort = unit === 'second' || unit === 'minute' || unit === 'hour';
  const to: DataType & { kind: 'date' | 'timestamp' } =
    type.kind === 'date' && isShort ? { kind: 'timestamp', unit: 's', zone: null } : type;
  const moved = widen(of, to, scope);
  const clock = clockOf(to, scope.timeZone);
  if (typeof count === 'number')
    return mapPart(source, to, moved, (value: Whole) => addToValue(clock, value, unit, count));
  return joinPart(source, to, moved, count, (value: Whole, steps: Whole) => {
    if (typeof steps !== 'number' || Math.abs(steps) > 1e9)
      throw new RowProblem(`${steps} ${unit}s are too many.`);
    return addToValue(clock, value, unit, steps);
  });
}

/** Digits of a part's values; a constant has those it is written with, not those its type holds. */
function digitsOfPart({ type, constant }: Part): { precision: number; scale: number } {
  if (type.kind === 'int' && (typeof constant === 'number' || typeof constant === 'bigint'))
    return { precision: String(constant).replace('-', '').length, scale: 0 };
  return digitsOf(type as Exact);
}

/** Compiles an operation on two compiled parts. */
export function arithmeticPart(source: Expression & { op: Operation }, scope: Scope): Part {
  const { op, left, right } = source;
  if (right.op === 'interval' && (op === '+' || op === '-')) {
    const count = op === '+' ? right.count : -right.count;
    return shiftPart(source, scope.compile(left), right.unit, count, scope);
  }
  if (left.op === 'interval' && op === '+')
    return shiftPart(source, scope.compile(right), left.unit, left.count, scope);
  let a = scope.compile(left);
  let b = scope.compile(right);
  if (a.type.kind === 'null' && isNumber(b.type)) a = widen(a, b.type, scope);
  if (b.type.kind === 'null' && isNumber(a.type)) b = widen(b, a.type, scope);
  if (a.type.kind === 'null' && b.type.kind === 'null')
    [a, b] = [widen(a, INT64, scope), widen(b, INT64, scope)];
  if (op === '-' && a.type.kind === 'date') {
    const until = needType(b, a.type, scope);
    return joinPart(source, INT64, a, until, (x: number, y: number) => x - y);
  }
  for (const part of [a, b])
    if (!isNumber(part.type))
      throw wrongType(
        part.source,
        `“${op}” needs numbers, but this is ${wordOf(part.type)}`,
        part.type.kind === 'date' || part.type.kind === 'timestamp'
          ? "Add with “+ interval 3 days”, or count with date_diff('day', a, b)."
          : op === '+' && part.type.kind === 'utf8'
            ? 'Texts are joined with ||; a number is made of a text with cast(… as decimal(12,2)).'
            : 'Make it a number with cast(… as decimal(12,2)).',
      );
  if (isExact(a.type) && isExact(b.type)) {
    const type = resultType(source, op, a, b);
    return joinPart(source, type, a, b, exactStep(op, a.type, b.type, type));
  }
  const step = doubleStep(op);
  return joinPart(source, FLOAT64, widen(a, FLOAT64, scope), widen(b, FLOAT64, scope), step);
}

/** Compiles the sign. */
export function negatePart(source: Expression & { op: 'negate' }, scope: Scope): Part {
  const of = scope.compile(source.of);
  if (of.type.kind === 'float') return mapPart(source, of.type, of, (value: number) => -value);
  if (!isExact(of.type))
    throw wrongType(
      of.source,
      `“-” needs a number, but this is ${wordOf(of.type)}`,
      'Make it a number with cast(… as decimal(12,2)).',
    );
  const type = isInt64(of.type)
    ? INT64
    : decimalType(digitsOf(of.type).precision, scaleOf(of.type));
  const check = fits(type);
  return mapPart(source, type, of, (value: Whole) => check(negateWhole(value)));
}
