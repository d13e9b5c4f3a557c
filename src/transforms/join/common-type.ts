// The type in which the keys of two sides are compared.
import { typeName, type DataType, type TimeUnit } from '../../table/data-type.ts';
import { widen } from '../../table/widen-types.ts';

const UNITS: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns'];

const finer = (a: TimeUnit, b: TimeUnit): TimeUnit =>
  UNITS[Math.max(UNITS.indexOf(a), UNITS.indexOf(b))]!;

/** A dictionary's values. */
export function plainType(type: DataType): DataType {
  return type.kind === 'dictionary' ? plainType(type.value) : type;
}

/**
 * The type that holds the values of both without loss, so that equal values are equal in it; null where there is none: texts
 * and numbers, floats and exact numbers, dates and timestamps, wall clocks and instants.
 */
export function commonType(left: DataType, right: DataType): DataType | null {
  const a = plainType(left);
  const b = plainType(right);
  if (typeName(a) === typeName(b)) return a;
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (a.kind === 'time' && b.kind === 'time') return { kind: 'time', unit: finer(a.unit, b.unit) };
  if (a.kind === 'timestamp' && b.kind === 'timestamp')
    return (a.zone === null) === (b.zone === null)
      ? { kind: 'timestamp', unit: finer(a.unit, b.unit), zone: a.zone }
      : null;
  const wide = widen(a, b);
  return ['int', 'decimal', 'float'].includes(wide.kind) ? wide : null;
}

/** Whether the keys of a column of this type are those of the common type as they are. */
export function sharesKeys(type: DataType, common: DataType): boolean {
  const plain = plainType(type);
  if (typeName(plain) === typeName(common)) return true;
  if (plain.kind === 'float' && common.kind === 'float') return true;
  if (plain.kind !== 'int' || common.kind !== 'int') return false;
  // Unsigned 64-bit integers have keys of their own.
  return common.signed || common.bits < 64;
}
