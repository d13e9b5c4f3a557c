// Proposes a column's type from the values of a sample, with the sentence that says why, and counts them.
import { shorten } from './errors.ts';
import { createProfileCounter, spreadOfType, type ColumnProfile } from './column-profile.ts';

import {
  BOOL,
  DATE,
  FLOAT64,
  INT64,
  UTF8,
  type DataType,
  type TimeUnit,
} from '../table/data-type.ts';
import {
  MISFIT,
  numberShape,
  parseBoolean,
  parseDate,
  parseFloat64,
  parseInteger,
  parseTimestamp,
  type Misfit,
} from '../table/parse-value.ts';
import { TYPE_EVIDENCE } from './type-evidence.ts';

const EXAMPLE_BYTES = 200;

/** Digits of a double that survive a round trip. */
const FLOAT_DIGITS = 17;
const DECIMAL_DIGITS = 38;
/** The narrower of the two decimal widths, taken while it leaves room for larger values further down. */
const SHORT_DECIMAL = { precision: 18, roomyDigits: 15 };

/** What a value on its own looks like. */
export type ValueKind = 'bool' | 'int64' | 'number' | 'date' | 'timestamp' | 'text';

const UINT64: DataType = { kind: 'int', bits: 64, signed: false };
const LONG_INTEGER: DataType = { kind: 'decimal', precision: DECIMAL_DIGITS, scale: 0 };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What is known of one column after some of its values. */
export interface ColumnGuess {
  /** Takes the content of one field, null for null. `found`: what it is where the source says so, missing = what it looks like. */
  add(content: Uint8Array | null, found?: ValueKind): void;
  /** The type that holds all values so far. */
  type(): DataType;
  /** The counts, for the type that the column has in the end. */
  profile(type: DataType): ColumnProfile;
}

/** The kind of one value on its own, and why it is text when it looks like more. */
export function kindOfValue(content: Uint8Array): ValueKind {
  const size = content.length;
  const first = content[0];
  if (first === undefined) return 'text';
  const isDigitLike = (first >= 48 && first <= 57) || first === 45;
  if (!isDigitLike) return parseBoolean(content, 0, size) === MISFIT ? 'text' : 'bool';
  const shape = numberShape(content, 0, size);
  if (shape === 'integer') return 'int64';
  if (shape !== 'none') return 'number';
  if (parseDate(content, 0, size) !== MISFIT) return 'date';
  return parseTimestamp(content, 0, size) !== MISFIT ? 'timestamp' : 'text';
}

function isInt64(content: Uint8Array): boolean {
  if (content.length <= 18) return true;
  const value = parseInteger(content, 0, content.length);
  return value !== MISFIT && BigInt.asIntN(64, value) === value;
}

function isUint64(content: Uint8Array): boolean {
  const value = parseInteger(content, 0, content.length);
  return value !== MISFIT && BigInt.asUintN(64, value) === value;
}

const unitOf = (digits: number): TimeUnit =>
  digits === 0 ? 's' : digits <= 3 ? 'ms' : digits <= 6 ? 'us' : 'ns';

/** Digits of a number's first `mantissa` bytes, without the zeros before the first other one. */
function significantDigits(content: Uint8Array, mantissa: number): number {
  let count = 0;
  for (let i = 0; i < mantissa; i++) {
    const byte = content[i]!;
    if (byte >= 49 && byte <= 57) count++;
    else if (byte === 48 && count > 0) count++;
  }
  return count;
}

/**
 * `isProfiled`: values are counted too, which costs more than their type. `longIntegers`: whole numbers beyond int64 are
 * `text` (where nothing but their digits speaks for numbers), or `numbers` of a type that holds them, up to 38 digits.
 */
export function createGuess(
  isProfiled: boolean,
  longIntegers: 'text' | 'numbers' = 'text',
): ColumnGuess {
  let kind: ValueKind | null = null;
  let why = '';
  let values = 0;
  const counter = isProfiled ? createProfileCounter() : null;
  // Numbers: digits before the point, the fixed fraction (-1 = varying), whether exponents occur.
  let wholeDigits = 0;
  let mostDigits = 0;
  let fraction = 0;
  let hasExponent = false;
  let hasNegative = false;
  // Whole numbers beyond int64: the place of them all, and whether uint64 has it.
  let isLong = false;
  let fitsUint64 = true;
  let timestampDigits = 0;
  let isZoned = false;
  // Seconds, days and shorter units reach every year; nanoseconds only 1677 to 2262.
  let fitsNanoseconds = true;

  const description = () => {
    const { kinds } = TYPE_EVIDENCE;
    switch (kind) {
      case 'bool':
        return kinds.bool;
      case 'int64':
        return kinds.int64;
      case 'number':
        return hasExponent || fraction < 0 ? kinds.float64 : kinds.decimal(fraction);
      case 'date':
        return kinds.date;
      case 'timestamp':
        return isZoned ? kinds.instant : kinds.timestamp;
      default:
        return null;
    }
  };

  const place = (value: number | Misfit, content: Uint8Array): void => {
    if (value !== MISFIT) counter?.place(value, () => decoder.decode(content));
  };

  const turnToText = (content: Uint8Array, sentence?: (example: string) => string): void => {
    const example = shorten(decoder.decode(content.subarray(0, EXAMPLE_BYTES)), 40);
    why = sentence ? sentence(example) : TYPE_EVIDENCE.text(example, values - 1, description());
    kind = 'text';
  };

  const addNumber = (content: Uint8Array, found: ValueKind): void => {
    const isNegative = content[0] === 45;
    const size = content.length;
    const dot = content.indexOf(46);
    const e = content.findIndex((b) => b === 101 || b === 69);
    const mantissa = e < 0 ? size : e;
    const whole = (dot < 0 ? mantissa : dot) - (isNegative ? 1 : 0);
    const digits = dot < 0 ? 0 : mantissa - dot - 1;
    if (found === 'int64' && !isInt64(content)) {
      if (longIntegers === 'text' || whole > DECIMAL_DIGITS)
        return turnToText(content, TYPE_EVIDENCE.tooLong);
      isLong = true;
      fitsUint64 &&= isUint64(content);
    }
    hasNegative ||= isNegative;
    // A whole number has no negative zero.
    if (found === 'int64' && isNegative && content[1] === 48) return turnToText(content);
    if (e >= 0) hasExponent = true;
    if (kind === 'int64' || kind === null) {
      fraction = kind === null || digits === fraction ? digits : -1;
      kind = kind === null || found === 'number' ? found : kind;
    } else if (digits !== fraction) fraction = -1;
    if (counter !== null) place(parseFloat64(content, 0, size), content);
    wholeDigits = Math.max(wholeDigits, whole);
    mostDigits = Math.max(mostDigits, significantDigits(content, mantissa));
    if (kind !== 'number') return;
    const isFloat = hasExponent || fraction < 0;
    if (isFloat ? mostDigits > FLOAT_DIGITS : wholeDigits + fraction > DECIMAL_DIGITS)
      return turnToText(content, TYPE_EVIDENCE.tooLong);
    if (hasExponent && parseFloat64(content, 0, size) === MISFIT)
      turnToText(content, TYPE_EVIDENCE.tooLong);
  };

  const addTimestamp = (content: Uint8Array): void => {
    const value = parseTimestamp(content, 0, content.length);
    if (value === MISFIT) return turnToText(content);
    if (kind === 'timestamp' && value.zoned !== isZoned)
      return turnToText(content, () => TYPE_EVIDENCE.mixedZones);
    kind = 'timestamp';
    isZoned = value.zoned;
    timestampDigits = Math.max(timestampDigits, value.fractionDigits);
    if (counter !== null) place(Number(value.nanoseconds), content);
    fitsNanoseconds &&= BigInt.asIntN(64, value.nanoseconds) === value.nanoseconds;
    if (timestampDigits > 6 && !fitsNanoseconds) turnToText(content, TYPE_EVIDENCE.tooLong);
  };

  const learn = (content: Uint8Array, found: ValueKind): void => {
    const isNumber = found === 'int64' || found === 'number';
    const fits =
      kind === null || kind === found || (isNumber && (kind === 'int64' || kind === 'number'));
    if (!fits || found === 'text') {
      const first = content[content[0] === 45 ? 1 : 0];
      const second = content[content[0] === 45 ? 2 : 1];
      const isDigit = (b: number | undefined): boolean => b !== undefined && b >= 48 && b <= 57;
      const losesZero = (first === 48 || content[0] === 43) && isDigit(second);
      turnToText(content, found === 'text' && losesZero ? TYPE_EVIDENCE.leadingZero : undefined);
    } else if (isNumber) addNumber(content, found);
    else if (found === 'timestamp') addTimestamp(content);
    else {
      kind = found;
      if (found === 'date') place(parseDate(content, 0, content.length), content);
    }
  };

  const profileValue = (content: Uint8Array): void => {
    let characters = 0;
    for (const byte of content) if ((byte & 0xc0) !== 0x80) characters++;
    counter?.add(characters, () => decoder.decode(content.subarray(0, EXAMPLE_BYTES)));
  };

  return {
    add(content, found) {
      if (content === null) {
        counter?.addNull();
        return;
      }
      values++;
      if (counter !== null) profileValue(content);
      if (kind !== 'text') learn(content, found ?? kindOfValue(content));
    },
    type() {
      switch (kind) {
        case 'bool':
          return BOOL;
        case 'int64':
          if (!isLong) return INT64;
          return fitsUint64 && !hasNegative ? UINT64 : { ...LONG_INTEGER };
        case 'number': {
          if (hasExponent || fraction < 0) return FLOAT64;
          const isRoomy = wholeDigits + fraction <= SHORT_DECIMAL.roomyDigits;
          const precision = isRoomy ? SHORT_DECIMAL.precision : DECIMAL_DIGITS;
          return { kind: 'decimal', precision, scale: fraction };
        }
        case 'date':
          return DATE;
        case 'timestamp':
          return { kind: 'timestamp', unit: unitOf(timestampDigits), zone: isZoned ? 'UTC' : null };
        default:
          return UTF8;
      }
    },
    profile(type) {
      const sentence =
        values === 0
          ? TYPE_EVIDENCE.empty
          : kind === 'text'
            ? why
            : TYPE_EVIDENCE.all(values, description()!);
      return (counter ?? createProfileCounter()).profile(sentence, spreadOfType(type.kind));
    },
  };
}
