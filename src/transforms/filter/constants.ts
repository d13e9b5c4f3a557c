// Reads the constants of a condition as values of the column's type, exactly, at compile time.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { FilterValue } from '../../contract/filter.ts';
import { UNITS_PER_SECOND } from '../../expression/clock.ts';
import { typeName, type DataType, type TimeUnit } from '../../table/data-type.ts';
import {
  MISFIT,
  parseBoolean,
  parseDate,
  readTimestamp,
  type TimestampParts,
} from '../../table/parse-value.ts';
import { createZoneOffset, localToInstant } from '../../table/zone-offset.ts';
import type { WholePoint } from './number-tests.ts';

/** The column a constant is compared with. */
export interface ConstantContext {
  column: string;
  type: DataType;
  timeZone: string;
}

const encoder = new TextEncoder();

/** `filter.wrong-value` for a constant. */
export function wrongValue(value: FilterValue, { type, column }: ConstantContext): ExportError {
  const name = type.kind === 'utf8' || type.kind === 'json' ? 'text' : typeName(type);
  return new ExportError('filter.wrong-value', {
    value: shorten(String(value)),
    type: name,
    column: shorten(column),
  });
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const MAX_EXPONENT = 400;

/** The decimal number in `value` times 10^scale: its floor, and whether that is exact. */
function scaledPoint(value: FilterValue, scale: number, context: ConstantContext): WholePoint {
  if (typeof value === 'boolean') throw wrongValue(value, context);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new ExportError('config.conflict', {
      detail: `The number ${value} in the condition on “${shorten(context.column)}” is beyond 2^53 and may have been rounded.`,
      remedy: 'Give it as text, which stays exact.',
    });
  const match = NUMBER.exec(String(value));
  const digits = (match?.[2] ?? '') + (match?.[3] ?? '');
  const exponent = Number(match?.[4] ?? 0);
  if (!match || digits === '' || Math.abs(exponent) > MAX_EXPONENT)
    throw wrongValue(value, context);
  const mantissa = BigInt(digits) * (match[1] === '-' ? -1n : 1n);
  const shift = exponent - (match[3] ?? '').length + scale;
  if (shift >= 0) return { floor: mantissa * 10n ** BigInt(shift), isWhole: true };
  return divideDown(mantissa, 10n ** BigInt(-shift));
}

function divideDown(value: bigint, by: bigint): WholePoint {
  const rest = value % by;
  return { floor: value / by - (rest < 0n ? 1n : 0n), isWhole: rest === 0n };
}

/** A double; text may also be `NaN`, `Infinity`, `-Infinity`. Of a float32 column the nearest float32. */
export function readDouble(value: FilterValue, context: ConstantContext): number {
  const isWord = typeof value === 'string' && /^(NaN|[+-]?Infinity)$/.test(value);
  const isNumber =
    typeof value === 'number' || (NUMBER.test(value as string) && /\d/.test(value as string));
  if (typeof value === 'boolean' || !(isWord || isNumber)) throw wrongValue(value, context);
  const double = Number(value);
  return context.type.kind === 'float' && context.type.bits === 32 ? Math.fround(double) : double;
}

/** A point in units from parts: exact, whatever the unit. */
function unitPoint(seconds: number, nanos: number, unit: TimeUnit): WholePoint {
  const nanosPerUnit = BigInt(1e9 / UNITS_PER_SECOND[unit]);
  return divideDown(BigInt(seconds) * 1_000_000_000n + BigInt(nanos), nanosPerUnit);
}

/**
 * A timestamp or a date (its midnight). Without an offset it is a wall clock: compared as such with a naive column, read in
 * the config's time zone against an instant. With an offset it cannot be compared with a naive column.
 */
function timestampPoint(
  text: string,
  type: DataType & { kind: 'timestamp' },
  context: ConstantContext,
): WholePoint {
  const bytes = encoder.encode(text.length === 10 ? `${text}T00:00` : text);
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  if (!readTimestamp(bytes, 0, bytes.length, parts)) throw wrongValue(text, context);
  if (parts.zoned && type.zone === null)
    throw new ExportError('config.conflict', {
      detail: `“${shorten(text)}” has a time zone, but “${shorten(context.column)}” holds wall-clock times without one.`,
      remedy: 'Leave the offset off, or give the column a type with a zone.',
    });
  const seconds =
    parts.zoned || type.zone === null
      ? parts.seconds
      : localToInstant(createZoneOffset(context.timeZone), parts.seconds);
  return unitPoint(seconds, parts.nanos, type.unit);
}

/** A constant for a column of whole numbers: int, decimal, bool, date, time, timestamp. */
export function readPoint(value: FilterValue, context: ConstantContext): WholePoint {
  const { type } = context;
  if (type.kind === 'int') return scaledPoint(value, 0, context);
  if (type.kind === 'decimal') return scaledPoint(value, type.scale, context);
  if (type.kind === 'bool') {
    const bytes = encoder.encode(String(value));
    const flag = typeof value === 'number' ? MISFIT : parseBoolean(bytes, 0, bytes.length);
    if (flag === MISFIT) throw wrongValue(value, context);
    return { floor: flag ? 1n : 0n, isWhole: true };
  }
  if (typeof value !== 'string') throw wrongValue(value, context);
  const bytes = encoder.encode(value);
  if (type.kind === 'date') {
    const days = parseDate(bytes, 0, bytes.length);
    if (days === MISFIT) throw wrongValue(value, context);
    return { floor: BigInt(days), isWhole: true };
  }
  if (type.kind === 'timestamp') return timestampPoint(value, type, context);
  if (type.kind !== 'time') throw wrongValue(value, context);
  const clock = encoder.encode(`1970-01-01T${value}`);
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  if (!readTimestamp(clock, 0, clock.length, parts) || parts.zoned)
    throw wrongValue(value, context);
  return unitPoint(parts.seconds, parts.nanos, type.unit);
}
