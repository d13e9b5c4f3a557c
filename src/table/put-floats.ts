// Floating-point numbers as the shortest digits that read back as the same, most of them without a string in between.
import type { ByteWriter } from './byte-writer.ts';
import { putPadded, putWhole } from './put-digits.ts';

const POWERS = Float64Array.from({ length: 23 }, (_, n) => 10 ** n);

/** Room for what is put without a string: a sign, 15 digits, and zeros and a point before them. */
const ROOM = 40;

/**
 * A writer of numbers that mostly have so few digits after the point, as columns of measures and amounts do.
 *
 * x · 10^k rounded to a whole number below `most` is a decimal of at most as many digits as any decimal may have that the
 * type tells apart from all others of as many (15 for doubles, 6 for floats): if it reads back as x it is the one shortest
 * text, which `textOf` would find too. What it reads back as is exact, as both the number and the power are doubles.
 *
 * @param textOf the shortest text of any number, for all others
 * @param isSame whether a double reads as this number of the type
 */
export function createFloatWriter(
  most: number,
  textOf: (value: number) => string,
  isSame: (double: number, value: number) => boolean,
): (value: number, out: ByteWriter) => void {
  let places = 0;
  return (value, out) => {
    const size = Math.abs(value);
    // Below 10^-6 texts have an exponent; zeros have signs.
    if (size >= 1e-6 && size < most) {
      const power = POWERS[places]!;
      const scaled = Math.floor(size * power + 0.5);
      if (scaled < most && isSame(scaled / power, size)) {
        out.reserve(ROOM);
        out.length = put(out.bytes, out.length, value < 0, scaled, places);
        return;
      }
      const text = textOf(value);
      out.ascii(text);
      const point = text.indexOf('.');
      const found = point < 0 ? 0 : text.length - point - 1;
      if (found < POWERS.length && !text.includes('e')) places = found;
      return;
    }
    out.ascii(textOf(value));
  };
}

/** scaled / 10^places without zeros at the end of its fraction. */
function put(
  bytes: Uint8Array,
  at: number,
  isNegative: boolean,
  scaled: number,
  places: number,
): number {
  let to = at;
  if (isNegative) bytes[to++] = 45;
  const power = POWERS[places]!;
  let whole = Math.floor(scaled / power);
  let fraction = scaled - whole * power;
  // A quotient just below a whole number may be rounded up to it.
  if (fraction < 0) {
    whole--;
    fraction += power;
  }
  to = putWhole(bytes, to, whole);
  if (fraction === 0) return to;
  bytes[to] = 46;
  to = putPadded(bytes, to + 1, fraction, places);
  while (bytes[to - 1] === 48) to--;
  return to;
}
