// Exact arithmetic on whole numbers of any size: doubles while they are exact, big integers beyond.

/** A number within ±(2^53 − 1), a bigint beyond, never otherwise: equal values are `===`. */
export type Whole = number | bigint;

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** The plain form of a big integer. */
export function whole(value: bigint): Whole {
  return value <= MOST && value >= -MOST ? Number(value) : value;
}

export function addWhole(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return whole(BigInt(a) + BigInt(b));
}

export function multiplyWhole(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // A product beyond 2^53 is not rounded below it, so a safe one is exact; minus zero is none of ours.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return whole(BigInt(a) * BigInt(b));
}

export const negateWhole = (a: Whole): Whole => (typeof a === 'number' ? 0 - a : whole(-a));

const POWERS = Array.from({ length: 16 }, (_, n) => 10 ** n);

/** 10^n, n from 0. */
export const powerOfTen = (n: number): Whole => POWERS[n] ?? 10n ** BigInt(n);

/** How a quotient that is no whole number becomes one. `half-up` takes halves away from zero. */
export type Rounding = 'half-up' | 'half-even' | 'floor' | 'ceil' | 'trunc';

/** What is added to the truncated quotient `q` with remainder `r` (sign of the dividend) of a division by `b`. */
function step(isOdd: boolean, twice: Whole, size: Whole, sign: number, mode: Rounding): number {
  switch (mode) {
    case 'trunc':
      return 0;
    case 'floor':
      return sign < 0 ? -1 : 0;
    case 'ceil':
      return sign > 0 ? 1 : 0;
    case 'half-up':
      return twice >= size ? sign : 0;
    case 'half-even':
      return twice > size || (twice === size && isOdd) ? sign : 0;
  }
}

/** a / b as a whole number; b is not 0. */
export function divideWhole(a: Whole, b: Whole, mode: Rounding): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    const quotient = (a - rest) / b + 0;
    if (rest === 0) return quotient;
    const sign = a < 0 === b < 0 ? 1 : -1;
    const twice = Math.abs(rest) * 2;
    return quotient + step(quotient % 2 !== 0, twice, Math.abs(b), sign, mode) + 0;
  }
  const x = BigInt(a);
  const y = BigInt(b);
  const rest = x % y;
  const quotient = x / y;
  if (rest === 0n) return whole(quotient);
  const sign = x < 0n === y < 0n ? 1 : -1;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const more = step(quotient % 2n !== 0n, twice, y < 0n ? -y : y, sign, mode);
  return whole(quotient + BigInt(more));
}

/** The remainder of the truncated division, with the sign of `a`; b is not 0. */
export function remainderWhole(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
  return whole(BigInt(a) % BigInt(b));
}

/** The value at another scale: exact upwards, rounded downwards. */
export function rescale(value: Whole, from: number, to: number, mode: Rounding): Whole {
  if (to === from) return value;
  return to > from
    ? multiplyWhole(value, powerOfTen(to - from))
    : divideWhole(value, powerOfTen(from - to), mode);
}

/** -1, 0 or 1; numbers and big integers compare exactly with each other. */
export const compareWhole = (a: Whole, b: Whole): number => (a < b ? -1 : a > b ? 1 : 0);
