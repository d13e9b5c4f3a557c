// Rounds numbers as they are written, digit by digit: never through a double.

/** A number with so many digits after the point, and whether digits other than zero were cut off. */
export interface Rounded {
  text: string;
  isCut: boolean;
}

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Exponents beyond this are left alone: their zeros are no help to anybody. */
const MOST_EXPONENT = 400;

/**
 * The number `text` (`-1234.5`, `1e-7`) with exactly `decimals` (0 or more) digits after the point, halves away from zero.
 * Zero has no sign. What is no number in the plain spelling (`NaN`) stays as it is.
 */
export function roundPlain(text: string, decimals: number): Rounded {
  const match = PLAIN.exec(text);
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match ?? [];
  const exponent = Number(exponentText);
  if (match === null || whole + fraction === '' || Math.abs(exponent) > MOST_EXPONENT)
    return { text, isCut: false };
  // All digits, the point standing behind `point` of them.
  let digits = whole + fraction;
  let point = whole.length + exponent;
  if (point < 0) {
    digits = '0'.repeat(-point) + digits;
    point = 0;
  }
  digits = digits.padEnd(point + decimals + 1, '0');
  const kept = digits.slice(0, point + decimals);
  const rest = digits.slice(point + decimals);
  const isUp = rest.charCodeAt(0) >= 53;
  const value = isUp ? increased(kept) : kept;
  const size = value.length - decimals;
  const head = value.slice(0, size).replace(/^0+(?=\d)/, '') || '0';
  const body = decimals === 0 ? head : `${head}.${value.slice(size)}`;
  const isZero = /^[0.]*$/.test(body);
  return { text: (sign === '-' && !isZero ? '-' : '') + body, isCut: /[1-9]/.test(rest) };
}

/** The digits of a whole number plus one; one digit more where all are nines. */
function increased(digits: string): string {
  let at = digits.length - 1;
  while (at >= 0 && digits[at] === '9') at--;
  const nines = '0'.repeat(digits.length - 1 - at);
  return at < 0 ? `1${nines}` : digits.slice(0, at) + String(Number(digits[at]) + 1) + nines;
}
