// Turns the test of a condition into one on field bytes: reads the value exactly, as the column's type says.
import type { DataType, TimeUnit } from '../../table/data-type.ts';
import {
  MISFIT,
  parseBoolean,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  readTimestamp,
  type TimestampParts,
} from '../../table/parse-value.ts';
import { UNITS_PER_SECOND } from '../../expression/clock.ts';
import type { DoubleTest, WholeTest } from './number-tests.ts';

/** 1 = true, 0 = false, -1 = the bytes are no value of the column's type. */
export type Verdict = 1 | 0 | -1;
export type FieldTest = (bytes: Uint8Array, start: number, end: number) => Verdict;

const verdict = (passed: boolean): Verdict => (passed ? 1 : 0);

/** Digits that a double surely holds. */
const SAFE_DIGITS = 15;

function integerField(type: DataType & { kind: 'int' }, test: WholeTest): FieldTest {
  const least = type.signed ? -(1n << BigInt(type.bits - 1)) : 0n;
  const most = type.signed ? -least - 1n : (1n << BigInt(type.bits)) - 1n;
  const smallLeast = Number(least);
  const smallMost = Number(most);
  return (bytes, start, end) => {
    const first = bytes[start];
    const from = first === 45 || first === 43 ? start + 1 : start;
    const digits = end - from;
    if (digits <= 0) return -1;
    if (digits <= SAFE_DIGITS) {
      let value = 0;
      for (let i = from; i < end; i++) {
        const digit = bytes[i]! - 48;
        if (digit < 0 || digit > 9) return -1;
        value = value * 10 + digit;
      }
      if (first === 45) value = -value;
      return value < smallLeast || value > smallMost ? -1 : verdict(test.small(value));
    }
    const value = parseInteger(bytes, start, end);
    if (value === MISFIT || value < least || value > most) return -1;
    return verdict(test.big(value));
  };
}

function decimalField(type: DataType & { kind: 'decimal' }, test: WholeTest): FieldTest {
  const { scale } = type;
  const beyond = 10n ** BigInt(type.precision);
  const smallBeyond = Number(beyond);
  return (bytes, start, end) => {
    const first = bytes[start];
    let i = first === 45 || first === 43 ? start + 1 : start;
    let value = 0;
    let digits = 0;
    let fraction = -1;
    for (; i < end; i++) {
      const digit = bytes[i]! - 48;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        if (fraction >= 0) fraction++;
      } else if (digit === -2 && fraction < 0) fraction = 0;
      else return -1;
    }
    const missing = scale - Math.max(fraction, 0);
    if (digits > 0 && missing >= 0 && digits + missing <= SAFE_DIGITS) {
      for (let k = 0; k < missing; k++) value *= 10;
      if (value >= smallBeyond) return -1;
      return verdict(test.small(first === 45 ? -value : value));
    }
    const exact = parseDecimal(bytes, start, end, scale);
    if (exact === MISFIT || exact >= beyond || exact <= -beyond) return -1;
    return verdict(test.big(exact));
  };
}

/** Tests seconds and nanoseconds as units; more fraction than the unit holds is a misfit. */
function testUnits(seconds: number, nanos: number, unit: TimeUnit, test: WholeTest): Verdict {
  const perSecond = UNITS_PER_SECOND[unit];
  const part = nanos / (1e9 / perSecond);
  if (!Number.isInteger(part)) return -1;
  const value = seconds * perSecond + part;
  if (Number.isSafeInteger(value)) return verdict(test.small(value));
  return verdict(test.big(BigInt(seconds) * BigInt(perSecond) + BigInt(part)));
}

function timestampField(type: DataType & { kind: 'timestamp' }, test: WholeTest): FieldTest {
  const { unit } = type;
  const isInstant = type.zone !== null;
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  return (bytes, start, end) => {
    if (!readTimestamp(bytes, start, end, parts) || parts.zoned !== isInstant) return -1;
    return testUnits(parts.seconds, parts.nanos, unit, test);
  };
}

/** A time is read as the clock of the first day of 1970. */
function timeField(unit: TimeUnit, test: WholeTest): FieldTest {
  const prefix = new TextEncoder().encode('1970-01-01T');
  const longest = 'hh:mm:ss.nnnnnnnnn'.length;
  const clock = new Uint8Array(prefix.length + longest);
  clock.set(prefix);
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  return (bytes, start, end) => {
    const length = end - start;
    if (length > longest) return -1;
    for (let i = 0; i < length; i++) clock[prefix.length + i] = bytes[start + i]!;
    if (!readTimestamp(clock, 0, prefix.length + length, parts) || parts.zoned) return -1;
    return testUnits(parts.seconds, parts.nanos, unit, test);
  };
}

/** A test on fields that hold whole numbers of some kind. */
export function wholeField(type: DataType, test: WholeTest): FieldTest {
  switch (type.kind) {
    case 'int':
      return integerField(type, test);
    case 'decimal':
      return decimalField(type, test);
    case 'timestamp':
      return timestampField(type, test);
    case 'time':
      return timeField(type.unit, test);
    case 'date':
      return (bytes, start, end) => {
        const days = parseDate(bytes, start, end);
        return days === MISFIT ? -1 : verdict(test.small(days));
      };
    case 'bool':
      return (bytes, start, end) => {
        const flag = parseBoolean(bytes, start, end);
        return flag === MISFIT ? -1 : verdict(test.small(flag ? 1 : 0));
      };
    default:
      throw new TypeError(`no whole numbers in ${type.kind}`);
  }
}

/** A test on fields that hold floats; a float32 column's fields are rounded to float32 first. */
export function doubleField(bits: 32 | 64, test: DoubleTest): FieldTest {
  return (bytes, start, end) => {
    const value = parseFloat64(bytes, start, end);
    if (value === MISFIT) return -1;
    return verdict(test(bits === 32 ? Math.fround(value) : value));
  };
}
