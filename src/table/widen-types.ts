// The type that holds the values of two: what columns of one name in several tables are read as.
import { typeName, withoutMeaning, type DataType } from './data-type.ts';

/** Digits that every 64-bit integer fits. */
const INTEGER_DIGITS: Readonly<Record<number, number>> = { 8: 3, 16: 5, 32: 10, 64: 20 };
const MOST_DIGITS = 38;

/**
 * Equal types stay; integers become the width and sign that hold both, or a decimal; integers and decimals a decimal of the
 * digits of both (up to 38); floats the wider one; null the other; lists, structs, maps and JSON of several kinds are JSON.
 * Everything else is text, in which nothing is lost.
 */
export function widen(a: DataType, b: DataType): DataType {
  if (typeName(a) === typeName(b)) return withCommonMeaning(a, b);
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (a.kind === 'int' && b.kind === 'int') {
    if (a.signed === b.signed) return a.bits > b.bits ? a : b;
    const [signed, unsigned] = a.signed ? [a, b] : [b, a];
    if (signed.bits > unsigned.bits) return signed;
    if (unsigned.bits < 64)
      return { kind: 'int', bits: unsigned.bits === 32 ? 64 : 32, signed: true };
    return { kind: 'decimal', precision: 20, scale: 0 };
  }
  const [left, right] = [digitsOf(a), digitsOf(b)];
  if (left !== null && right !== null) {
    const scale = Math.max(left.scale, right.scale);
    const precision = scale + Math.max(left.whole, right.whole);
    return precision <= MOST_DIGITS ? { kind: 'decimal', precision, scale } : { kind: 'utf8' };
  }
  if (a.kind === 'float' && b.kind === 'float') return { kind: 'float', bits: 64 };
  return { kind: isNested(a) && isNested(b) ? 'json' : 'utf8' };
}

/** Types of one name: what is said of the values of one alone holds for both no more. */
function withCommonMeaning(a: DataType, b: DataType): DataType {
  const plain = withoutMeaning(a);
  const isSaid = plain !== a || withoutMeaning(b) !== b;
  return isSaid && JSON.stringify(a) !== JSON.stringify(b) ? plain : a;
}

const isNested = ({ kind }: DataType): boolean =>
  kind === 'json' || kind === 'list' || kind === 'struct' || kind === 'map';

function digitsOf(type: DataType): { whole: number; scale: number } | null {
  if (type.kind === 'int') return { whole: INTEGER_DIGITS[type.bits]!, scale: 0 };
  if (type.kind === 'decimal') return { whole: type.precision - type.scale, scale: type.scale };
  return null;
}
