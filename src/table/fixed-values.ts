// The typed arrays in which values of fixed width stand.
import type { FixedValues } from './batch.ts';
import type { DataType } from './data-type.ts';

/** Zeroed values for `length` values of a type (bool: bits, decimal: 2 words each); null for types without such an array. */
export function createValues(type: DataType, length: number): FixedValues | null {
  switch (type.kind) {
    case 'int':
      if (type.bits === 8) return type.signed ? new Int8Array(length) : new Uint8Array(length);
      if (type.bits === 16) return type.signed ? new Int16Array(length) : new Uint16Array(length);
      if (type.bits === 32) return type.signed ? new Int32Array(length) : new Uint32Array(length);
      return type.signed ? new BigInt64Array(length) : new BigUint64Array(length);
    case 'float':
      return type.bits === 32 ? new Float32Array(length) : new Float64Array(length);
    case 'date':
      return new Int32Array(length);
    case 'time':
    case 'timestamp':
      return new BigInt64Array(length);
    case 'decimal':
      return new BigInt64Array(length * 2);
    case 'bool':
      return new Uint8Array((length + 7) >> 3);
    case 'dictionary':
      if (type.index === 8) return new Int8Array(length);
      return type.index === 16 ? new Int16Array(length) : new Int32Array(length);
    default:
      return null;
  }
}

/** Zeroed values of the same array type. */
export function valuesLike(values: FixedValues, length: number): FixedValues {
  return new (values.constructor as new (length: number) => FixedValues)(length);
}

/** Copies values of the same array type (or the same kind of number) to `to`. */
export function copyValues(target: FixedValues, source: FixedValues, to = 0): void {
  (target as Float64Array).set(source as Float64Array, to);
}

/** Whether values of this type are bytes behind offsets. */
export function isBytesType(type: DataType): boolean {
  return type.kind === 'utf8' || type.kind === 'json' || type.kind === 'binary';
}
