// Tests on exact whole numbers (integers, scaled decimals, days, time units) and on doubles.
import type { Comparison } from '../../contract/filter.ts';

/** Tests a whole number: as a double when it is within ±2^53, else as a big integer. */
export interface WholeTest {
  small(value: number): boolean;
  big(value: bigint): boolean;
}

/** A constant among whole numbers: its floor, and whether that is all of it (2.5 is not). */
export interface WholePoint {
  floor: bigint;
  isWhole: boolean;
}

export type PointComparison = Exclude<Comparison, '!='>;

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

function bound(value: bigint | null, open: number): number {
  if (value === null) return open;
  if (value > LARGEST) return Infinity;
  return value < -LARGEST ? -Infinity : Number(value);
}

/** lo ≤ value ≤ hi; null = no bound. */
export function intervalTest(lo: bigint | null, hi: bigint | null): WholeTest {
  const from = bound(lo, -Infinity);
  const to = bound(hi, Infinity);
  return {
    small: (value) => value >= from && value <= to,
    big: (value) => (lo === null || value >= lo) && (hi === null || value <= hi),
  };
}

const ceiling = (point: WholePoint): bigint => (point.isWhole ? point.floor : point.floor + 1n);

/** Every comparison with a constant is an interval of whole numbers. */
export function comparisonTest(op: PointComparison, point: WholePoint): WholeTest {
  switch (op) {
    case '=':
      return point.isWhole ? intervalTest(point.floor, point.floor) : intervalTest(1n, 0n);
    case '<':
      return intervalTest(null, ceiling(point) - 1n);
    case '<=':
      return intervalTest(null, point.floor);
    case '>':
      return intervalTest(point.floor + 1n, null);
    case '>=':
      return intervalTest(ceiling(point), null);
  }
}

/** low ≤ value ≤ high. */
export function betweenTest(low: WholePoint, high: WholePoint): WholeTest {
  return intervalTest(ceiling(low), high.floor);
}

/** from ≤ value < to. */
export function rangeTest(from: WholePoint | null, to: WholePoint | null): WholeTest {
  return intervalTest(from && ceiling(from), to && ceiling(to) - 1n);
}

/** Whether the value is one of the points. */
export function memberTest(points: readonly WholePoint[]): WholeTest {
  const small = new Set<number>();
  const big = new Set<bigint>();
  for (const { floor, isWhole } of points) {
    if (!isWhole) continue;
    if (floor >= -LARGEST && floor <= LARGEST) small.add(Number(floor));
    else big.add(floor);
  }
  return {
    small: (value) => small.has(value),
    big: (value) =>
      value >= -LARGEST && value <= LARGEST ? small.has(Number(value)) : big.has(value),
  };
}

export type DoubleTest = (value: number) => boolean;

/** Doubles in the order in which NaN comes last and equals itself; -0 equals 0. */
export function doubleTest(op: PointComparison, constant: number): DoubleTest {
  const isNaNConstant = Number.isNaN(constant);
  switch (op) {
    case '=':
      return isNaNConstant ? Number.isNaN : (value) => value === constant;
    case '<':
      return isNaNConstant ? (value) => !Number.isNaN(value) : (value) => value < constant;
    case '<=':
      return isNaNConstant ? () => true : (value) => value <= constant;
    case '>':
      return isNaNConstant ? () => false : (value) => !(value <= constant);
    case '>=':
      return isNaNConstant ? Number.isNaN : (value) => !(value < constant);
  }
}

/** Whether the double is one of the constants (Set counts NaN as itself and -0 as 0). */
export function doubleMemberTest(constants: readonly number[]): DoubleTest {
  const members = new Set(constants);
  return (value) => members.has(value);
}

/** Both tests at once. */
export function bothDoubles(first: DoubleTest, second: DoubleTest): DoubleTest {
  return (value) => first(value) && second(value);
}
