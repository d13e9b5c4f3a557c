// Whether a field's content is a value of a type, by the same grammar that steps and typed formats read values with.
import type { DataType, TimeUnit } from './data-type.ts';
import {
  MISFIT,
  parseBoolean,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  parseTimestamp,
} from './parse-value.ts';

/** Fraction digits a unit can hold. */
const UNIT_DIGITS: Readonly<Record<TimeUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const ZERO = 48;
const DOT = 46;
const MINUS = 45;
const PLUS = 43;

/** Tells whether the content bytes [start, end) are a value of the check's type, without loss. */
export type TypeCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9;

const afterSign = (bytes: Uint8Array, start: number): number =>
  bytes[start] === MINUS || bytes[start] === PLUS ? start + 1 : start;

function integerCheck(bits: number, signed: boolean): TypeCheck {
  // So many digits fit whatever they are.
  const safeDigits = String((1n << BigInt(signed ? bits - 1 : bits)) - 1n).length - 1;
  return (bytes, start, end) => {
    const from = afterSign(bytes, start);
    if (end - from <= safeDigits && end > from && (signed || bytes[start] !== MINUS)) {
      for (let i = from; i < end; i++) if (!isDigit(bytes[i]!)) return false;
      return true;
    }
    const value = parseInteger(bytes, start, end);
    if (value === MISFIT) return false;
    return signed ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value;
  };
}

function decimalCheck(precision: number, scale: number): TypeCheck {
  const limit = 10n ** BigInt(precision);
  return (bytes, start, end) => {
    // Few enough digits on both sides of the point need no arithmetic.
    const from = afterSign(bytes, start);
    let i = from;
    while (i < end && isDigit(bytes[i]!)) i++;
    const whole = i - from;
    if (i < end && bytes[i] === DOT) i++;
    const fractionFrom = i;
    while (i < end && isDigit(bytes[i]!)) i++;
    if (i === end && whole > 0 && whole <= precision - scale && end - fractionFrom <= scale)
      return true;
    const value = parseDecimal(bytes, start, end, scale);
    return value !== MISFIT && (value < 0n ? -value : value) < limit;
  };
}

/** `hh:mm` with optional seconds and a fraction of at most the unit's digits (trailing zeros aside). */
function timeCheck(unit: TimeUnit): TypeCheck {
  return (bytes, start, end) => {
    const found = /^([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.(\d{1,9}))?)?$/.exec(
      latin1.decode(bytes.subarray(start, end)),
    );
    return found !== null && (found[2] ?? '').replace(/0+$/, '').length <= UNIT_DIGITS[unit];
  };
}

function timestampCheck(unit: TimeUnit, zone: string | null): TypeCheck {
  const digits = UNIT_DIGITS[unit];
  const step = 10n ** BigInt(9 - digits);
  return (bytes, start, end) => {
    const value = parseTimestamp(bytes, start, end);
    if (value === MISFIT || value.zoned !== (zone !== null)) return false;
    if (value.fractionDigits > digits && value.nanoseconds % step !== 0n) return false;
    // Nanoseconds in 64 bits reach from 1677 to 2262 only.
    return unit !== 'ns' || BigInt.asIntN(64, value.nanoseconds) === value.nanoseconds;
  };
}

function isJson(bytes: Uint8Array, start: number, end: number): boolean {
  try {
    JSON.parse(utf8.decode(bytes.subarray(start, end)));
    return true;
  } catch {
    return false;
  }
}

/** Whether text can be read as this type at all: CSV has no spelling for the others. */
export function isReadableType(type: DataType): boolean {
  return !['null', 'binary', 'list', 'struct', 'map', 'dictionary'].includes(type.kind);
}

/** The check of a type. Types that text cannot be read as fit nothing. */
export function createTypeCheck(type: DataType): TypeCheck {
  switch (type.kind) {
    case 'utf8':
      return () => true;
    case 'json':
      return isJson;
    case 'bool':
      return (bytes, start, end) => parseBoolean(bytes, start, end) !== MISFIT;
    case 'int':
      return integerCheck(type.bits, type.signed);
    case 'float':
      return (bytes, start, end) => parseFloat64(bytes, start, end) !== MISFIT;
    case 'decimal':
      return decimalCheck(type.precision, type.scale);
    case 'date':
      return (bytes, start, end) => parseDate(bytes, start, end) !== MISFIT;
    case 'time':
      return timeCheck(type.unit);
    case 'timestamp':
      return timestampCheck(type.unit, type.zone);
    default:
      return () => false;
  }
}
