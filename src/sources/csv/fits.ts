// Whether a field's content is a value of a type, by the same grammar that steps and typed formats read values with.
import type { DataType, TimeUnit } from '../../table/data-type.ts';
import {
  MISFIT,
  numberShape,
  parseBoolean,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  parseTimestamp,
} from '../../table/parse-value.ts';

/** Fraction digits a unit can hold. */
export const UNIT_DIGITS: Readonly<Record<TimeUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function fitsInteger(content: Uint8Array, bits: number, signed: boolean): boolean {
  const value = parseInteger(content, 0, content.length);
  if (value === MISFIT) return false;
  return signed ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value;
}

function fitsDecimal(content: Uint8Array, precision: number, scale: number): boolean {
  const value = parseDecimal(content, 0, content.length, scale);
  if (value === MISFIT) return false;
  const size = value < 0n ? -value : value;
  return size < 10n ** BigInt(precision);
}

/** `hh:mm` with optional seconds and a fraction of at most the unit's digits (trailing zeros aside). */
function fitsTime(content: Uint8Array, unit: TimeUnit): boolean {
  const found = /^([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.(\d{1,9}))?)?$/.exec(
    latin1.decode(content),
  );
  return found !== null && (found[2] ?? '').replace(/0+$/, '').length <= UNIT_DIGITS[unit];
}

function fitsTimestamp(content: Uint8Array, unit: TimeUnit, zone: string | null): boolean {
  const value = parseTimestamp(content, 0, content.length);
  if (value === MISFIT || value.zoned !== (zone !== null)) return false;
  return value.nanoseconds % 10n ** BigInt(9 - UNIT_DIGITS[unit]) === 0n;
}

function isJson(content: Uint8Array): boolean {
  try {
    JSON.parse(utf8.decode(content));
    return true;
  } catch {
    return false;
  }
}

/** Whether text can be read as this type at all: CSV has no spelling for the others. */
export function isReadableType(type: DataType): boolean {
  return !['null', 'binary', 'list', 'struct', 'map', 'dictionary'].includes(type.kind);
}

/** Whether `content` is a value of `type` without loss. Types that text cannot be read as fit nothing. */
export function fitsType(type: DataType, content: Uint8Array): boolean {
  const size = content.length;
  switch (type.kind) {
    case 'utf8':
      return true;
    case 'json':
      return isJson(content);
    case 'bool':
      return parseBoolean(content, 0, size) !== MISFIT;
    case 'int':
      // Up to 9 plain digits fit without a look at the value.
      if (type.bits === 64 && size <= 9 && numberShape(content, 0, size) === 'integer')
        return type.signed || content[0] !== 45;
      return fitsInteger(content, type.bits, type.signed);
    case 'float':
      return parseFloat64(content, 0, size) !== MISFIT;
    case 'decimal':
      return fitsDecimal(content, type.precision, type.scale);
    case 'date':
      return parseDate(content, 0, size) !== MISFIT;
    case 'time':
      return fitsTime(content, type.unit);
    case 'timestamp':
      return fitsTimestamp(content, type.unit, type.zone);
    default:
      return false;
  }
}
