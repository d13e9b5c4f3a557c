// One JavaScript value of a host's record: which column type holds it, and how it goes into that column.
import type { Value } from '../table/builders.ts';
import { BOOL, FLOAT64, INT64, JSON_TEXT, UTF8, type DataType } from '../table/data-type.ts';

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const INSTANT_MS: DataType = { kind: 'timestamp', unit: 'ms', zone: 'UTC' };
const BIG_INTEGER: DataType = { kind: 'decimal', precision: 38, scale: 0 };
const PER_MS = new Map([
  ['s', 0n],
  ['ms', 1n],
  ['us', 1_000n],
  ['ns', 1_000_000n],
]);

/**
 * boolean → bool, number → float64, bigint → int64 (decimal(38,0) beyond 64 bits), string → utf8, Date → timestamp(ms, UTC),
 * Uint8Array → binary, any other object → json; null and undefined tell nothing (null).
 */
export function typeOfHostValue(value: unknown): DataType | null {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
      return BOOL;
    case 'number':
      return FLOAT64;
    case 'bigint':
      return value >= INT64_MIN && value <= INT64_MAX ? INT64 : BIG_INTEGER;
    case 'object':
      if (value instanceof Date) return INSTANT_MS;
      return value instanceof Uint8Array ? { kind: 'binary' } : JSON_TEXT;
    default:
      return UTF8;
  }
}

/** The value as the column's builder takes it; undefined when the column cannot hold it exactly. */
export function readHostValue(value: unknown, type: DataType): Value | undefined {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'utf8':
      return readText(value);
    case 'json':
      return (
        JSON.stringify(value, (_, inner: unknown) =>
          typeof inner === 'bigint' ? String(inner) : inner,
        ) ?? undefined
      );
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'float':
      return typeof value === 'number' ? value : undefined;
    case 'int':
      return readInteger(value, type.bits, type.signed);
    case 'decimal':
      if (typeof value === 'bigint') return value * 10n ** BigInt(type.scale);
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? BigInt(value) * 10n ** BigInt(type.scale)
        : undefined;
    case 'timestamp': {
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
      const per = PER_MS.get(type.unit)!;
      const ms = BigInt(value.getTime());
      if (per > 0n) return ms * per;
      return ms % 1000n === 0n ? ms / 1000n : undefined;
    }
    case 'date': {
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
      const days = value.getTime() / 86_400_000;
      return Number.isInteger(days) ? days : undefined;
    }
    case 'binary':
      return value instanceof Uint8Array ? value : undefined;
    default:
      return undefined;
  }
}

function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value) ?? undefined;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

function readInteger(value: unknown, bits: number, isSigned: boolean): bigint | undefined {
  const integer =
    typeof value === 'bigint'
      ? value
      : typeof value === 'number' && Number.isInteger(value)
        ? BigInt(value)
        : null;
  if (integer === null) return undefined;
  const fits = isSigned
    ? BigInt.asIntN(bits, integer) === integer
    : BigInt.asUintN(bits, integer) === integer;
  return fits ? integer : undefined;
}
