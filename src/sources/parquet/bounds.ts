// Reads the bounds that a file states of a column, and the constants they are held against, exactly.
import type { FilterValue } from '../../contract/filter.ts';
import { MISFIT, parseDate, parseTimestamp } from '../../table/parse-value.ts';
import { UNITS_PER_SECOND } from '../../table/value-text.ts';
import { halfToFloat } from './convert.ts';
import type { ChunkStatistics } from './footer.ts';
import type { Leaf } from './schema-tree.ts';

/** A number value / 10^scale, a double, or the bytes of a text. Only the same kinds are ever compared. */
export type Comparable =
  | { kind: 'exact'; value: bigint; scale: number }
  | { kind: 'double'; value: number }
  | { kind: 'text'; bytes: Uint8Array };

/** Below, equal or above. */
export function compareBounds(a: Comparable, b: Comparable): number {
  if (a.kind === 'exact' && b.kind === 'exact') {
    const left = a.value * 10n ** BigInt(b.scale);
    const right = b.value * 10n ** BigInt(a.scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.kind === 'double' && b.kind === 'double')
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  if (a.kind === 'text' && b.kind === 'text') return compareBytes(a.bytes, b.bytes);
  throw new TypeError('bounds of different kinds');
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const size = Math.min(a.length, b.length);
  for (let i = 0; i < size; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

const encoder = new TextEncoder();

/** The constant as it is compared with the leaf's values; null where that is not said here. */
export function constantOf({ type, conversion }: Leaf, value: FilterValue): Comparable | null {
  switch (type.kind) {
    case 'int':
    case 'decimal':
      return typeof value === 'boolean' ? null : exactNumber(String(value).trim());
    case 'float': {
      if (typeof value === 'boolean' || (typeof value === 'string' && value.trim() === ''))
        return null;
      const number = type.bits === 32 ? Math.fround(Number(value)) : Number(value);
      return Number.isFinite(number) ? { kind: 'double', value: number } : null;
    }
    case 'bool':
      return typeof value === 'boolean' ? exact(value ? 1n : 0n) : null;
    case 'utf8':
      return conversion === 'text' && typeof value === 'string'
        ? { kind: 'text', bytes: encoder.encode(value) }
        : null;
    case 'date': {
      if (typeof value !== 'string') return null;
      const bytes = encoder.encode(value);
      const days = parseDate(bytes, 0, bytes.length);
      return days === MISFIT ? null : exact(BigInt(days));
    }
    case 'timestamp': {
      if (typeof value !== 'string') return null;
      const bytes = encoder.encode(value);
      const found = parseTimestamp(bytes, 0, bytes.length);
      // What a wall clock means of an instant depends on a zone that is not known here.
      if (found === MISFIT || found.zoned !== (type.zone !== null)) return null;
      return exact(found.nanoseconds);
    }
    default:
      return null;
  }
}

const exact = (value: bigint, scale = 0): Comparable => ({ kind: 'exact', value, scale });

/** Exponents beyond are not worth their digits. */
const MOST_EXPONENT = 400;

function exactNumber(text: string): Comparable | null {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,4}))?$/i.exec(text);
  if (!found) return null;
  const [, sign, whole, fraction = '', exponent = '0'] = found;
  const power = Number(exponent);
  if (Math.abs(power) > MOST_EXPONENT) return null;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - power;
  return scale >= 0 ? exact(digits, scale) : exact(digits * 10n ** BigInt(-scale));
}

export function minOf(leaf: Leaf, statistics: ChunkStatistics): Comparable | null {
  return statistics.min === null ? null : boundOf(leaf, statistics.min, statistics.isOld);
}

/** NaN counts as the greatest, but no statistics hold it. */
export function maxOf(leaf: Leaf, statistics: ChunkStatistics): Comparable | null {
  if (statistics.max === null || leaf.type.kind === 'float') return null;
  return boundOf(leaf, statistics.max, statistics.isOld);
}

function boundOf(
  { type, conversion, element }: Leaf,
  bytes: Uint8Array,
  isOld: boolean,
): Comparable | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { length } = bytes;
  switch (conversion) {
    case 'same':
    case 'narrow': {
      if (type.kind === 'float') {
        if (length !== type.bits >> 3) return null;
        const value = type.bits === 32 ? view.getFloat32(0, true) : view.getFloat64(0, true);
        return Number.isNaN(value) ? null : { kind: 'double', value };
      }
      const isUnsigned = type.kind === 'int' && !type.signed;
      // The old fields compare as signed.
      if (isUnsigned && isOld) return null;
      if (length === 4 && element.physical === 1)
        return exact(BigInt(isUnsigned ? view.getUint32(0, true) : view.getInt32(0, true)));
      if (length !== 8 || element.physical !== 2) return null;
      const value = isUnsigned ? view.getBigUint64(0, true) : view.getBigInt64(0, true);
      if (type.kind !== 'timestamp') return type.kind === 'time' ? null : exact(value);
      return exact(value * (1_000_000_000n / UNITS_PER_SECOND[type.unit]));
    }
    case 'bool':
      return length === 1 ? exact(BigInt(bytes[0]! & 1)) : null;
    case 'half': {
      const value = length === 2 ? halfToFloat(view.getUint16(0, true)) : NaN;
      return Number.isNaN(value) ? null : { kind: 'double', value };
    }
    case 'decimal-int32':
      return length === 4 && type.kind === 'decimal'
        ? exact(BigInt(view.getInt32(0, true)), type.scale)
        : null;
    case 'decimal-int64':
      return length === 8 && type.kind === 'decimal'
        ? exact(view.getBigInt64(0, true), type.scale)
        : null;
    case 'decimal-fixed':
    case 'decimal-bytes': {
      if (isOld || length === 0 || length > 16 || type.kind !== 'decimal') return null;
      let value = bytes[0]! & 128 ? -1n : 0n;
      for (const byte of bytes) value = (value << 8n) | BigInt(byte);
      return exact(value, type.scale);
    }
    case 'text':
      // The old fields compare bytes as signed.
      return isOld ? null : { kind: 'text', bytes };
    default:
      return null;
  }
}
