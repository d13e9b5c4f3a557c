// Functions on numbers: exact ones stay exact; floats are rounded by the digits people see of them.
import { FLOAT64, INT64, type DataType } from '../table/data-type.ts';
import { fits } from './arithmetic.ts';
import { plainDigits } from './casts.ts';
import { eachCell, RowProblem, type Cell, type Part } from './cells.ts';
import { orderOf } from './conditions.ts';
import type { Call, FunctionDefinition } from './define-function.ts';
import {
  decimalType,
  digitsOf,
  exactOf,
  isExact,
  isInt64,
  MOST_DIGITS,
  scaleOf,
  toDouble,
  unify,
  widen,
  type Exact,
} from './types.ts';
import {
  addWhole,
  divideWhole,
  multiplyWhole,
  negateWhole,
  remainderWhole,
  rescale,
  type Rounding,
  type Whole,
} from './whole.ts';

/** A float rounded to some digits, by its shortest decimal text. */
function roundDouble(value: number, digits: number, mode: Rounding): number {
  if (!Number.isFinite(value) || (Number.isInteger(value) && digits >= 0)) return value;
  const exact = exactOf(plainDigits(value));
  // Beyond 38 digits there is nothing left to round, or nothing of it left.
  if (exact === null) return Math.abs(value) < 1 ? 0 : value;
  const scale = scaleOf(exact.type);
  if (digits >= scale) return value;
  const rounded = rescale(exact.value, scale, digits, mode);
  return digits < 0
    ? Number(multiplyWhole(rounded, 10n ** BigInt(-digits)))
    : toDouble(rounded, digits);
}

/** Exact numbers at another number of digits after the point; negative digits round before it. */
function roundExact(type: Exact, digits: number, mode: Rounding) {
  const scale = scaleOf(type);
  const kept = Math.max(0, Math.min(digits, scale));
  const { precision } = digitsOf(type);
  const to: DataType =
    isInt64(type) || (kept === 0 && precision - scale + 1 <= 18)
      ? INT64
      : decimalType(precision - scale + kept + 1, kept);
  const check = fits(to);
  const step = (value: Whole): Cell => {
    if (digits >= scale) return value;
    const rounded = rescale(value, scale, digits, mode);
    return check(digits < 0 ? rescale(rounded, digits, 0, mode) : rounded);
  };
  return { to: digits >= scale ? type : to, step };
}

function rounding(call: Call, digits: number, mode: Rounding): Part {
  const of = call.number(0);
  if (!isExact(of.type))
    return call.map(of.type, [of], (value: number) => roundDouble(value, digits, mode));
  const { to, step } = roundExact(of.type, digits, mode);
  return call.map(to, [of], step);
}

const toDigits = (mode: Rounding): FunctionDefinition => ({
  least: 1,
  most: 2,
  compile(call) {
    const digits = call.constantInteger(1, 'the number of digits', 0);
    return rounding(call, Math.max(-MOST_DIGITS, Math.min(digits, MOST_DIGITS)), mode);
  },
});

const toWhole = (mode: Rounding): FunctionDefinition => ({
  least: 1,
  most: 1,
  compile: (call) => rounding(call, 0, mode),
});

/** Least or greatest of the values that are not null. */
const extreme = (isLeast: boolean): FunctionDefinition => ({
  least: 1,
  most: 1000,
  compile(call) {
    const { type, parts } = unify(call.parts, call.scope);
    const order = orderOf(type, call.source);
    return {
      source: call.source,
      type,
      evaluate(frame) {
        const all = parts.map((part) => part.evaluate(frame));
        return eachCell(frame, (i) => {
          let best: Cell = null;
          for (const cells of all) {
            const cell = cells[i]!;
            if (cell === null) continue;
            if (best === null || (isLeast ? order(cell, best) < 0 : order(cell, best) > 0))
              best = cell;
          }
          return best;
        });
      },
    };
  },
});

/** Division of two numbers to a whole one, or what it leaves; the quotient goes towards zero, or down. */
const division = (
  exact: (a: Whole, b: Whole) => Whole,
  double: (a: number, b: number) => number,
  isQuotient: boolean,
): FunctionDefinition => ({
  least: 2,
  most: 2,
  compile(call) {
    const { type, parts } = unify([call.number(0), call.number(1)], call.scope);
    const refuse = (b: Whole): void => {
      if (b === 0) throw new RowProblem('Nothing can be divided by zero.');
    };
    if (!isExact(type))
      return call.map(
        FLOAT64,
        parts.map((part) => widen(part, FLOAT64, call.scope)),
        (a: number, b: number) => {
          refuse(b);
          return double(a, b);
        },
      );
    const to = isQuotient && type.kind === 'decimal' ? decimalType(MOST_DIGITS, 0) : type;
    const check = fits(to);
    return call.map(to, parts, (a: Whole, b: Whole) => {
      refuse(b);
      return check(exact(a, b));
    });
  },
});

const sized = (
  step: (value: Whole) => Whole,
  double: (value: number) => number,
): FunctionDefinition => ({
  least: 1,
  most: 1,
  compile(call) {
    const of = call.number(0);
    if (!isExact(of.type)) return call.map(of.type, [of], double);
    const type = isInt64(of.type)
      ? INT64
      : of.type.kind === 'int'
        ? decimalType(digitsOf(of.type).precision, 0)
        : of.type;
    const check = fits(type);
    return call.map(type, [of], (value: Whole) => check(step(value)));
  },
});

const floorRemainder = (a: Whole, b: Whole): Whole => {
  const rest = remainderWhole(a, b);
  return rest !== 0 && rest < 0 !== b < 0 ? addWhole(rest, b) : rest;
};

const floorRest = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};

export const NUMBER_FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map([
  ['abs', sized((value) => (value < 0 ? negateWhole(value) : value), Math.abs)],
  [
    'sign',
    {
      least: 1,
      most: 1,
      compile: (call) =>
        call.map(INT64, [call.number(0)], (value: Whole) => {
          if (Number.isNaN(value)) throw new RowProblem('NaN has no sign.');
          return value < 0 ? -1 : value > 0 ? 1 : 0;
        }),
    },
  ],
  ['round', toDigits('half-up')],
  ['round_even', toDigits('half-even')],
  ['floor', toWhole('floor')],
  ['ceil', toWhole('ceil')],
  ['trunc', toDigits('trunc')],
  ['least', extreme(true)],
  ['greatest', extreme(false)],
  ['mod', division(floorRemainder, floorRest, false)],
  [
    'div',
    division(
      (a, b) => divideWhole(a, b, 'trunc'),
      (a, b) => Math.trunc(a / b),
      true,
    ),
  ],
  [
    'sqrt',
    {
      least: 1,
      most: 1,
      compile: (call) =>
        call.map(FLOAT64, [widen(call.number(0), FLOAT64, call.scope)], (value: number) => {
          if (value < 0) throw new RowProblem('A negative number has no square root.');
          return Math.sqrt(value);
        }),
    },
  ],
]);
