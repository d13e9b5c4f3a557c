// One type that holds the values of several columns as they are written.
import { FLOAT64, INT64, UTF8, typeName, type DataType } from '../../table/data-type.ts';
import { widen } from '../../table/widen-types.ts';

const MOST_DIGITS = 38;
const INT_DIGITS = { 8: 3, 16: 5, 32: 10, 64: 19 } as const;
const UINT64_DIGITS = 20;

const plain = (type: DataType): DataType => (type.kind === 'dictionary' ? plain(type.value) : type);

/** Exact where all are numbers that some type holds exactly, a double beside floats, else text; null where one is nested. */
export function commonType(types: readonly DataType[]): DataType | null {
  const kinds = types.map(plain).filter((type) => type.kind !== 'null');
  const [first] = kinds;
  if (first === undefined) return { kind: 'null' };
  if (kinds.every((type) => typeName(type) === typeName(first)))
    return kinds.reduce<DataType>(widen, first);
  if (kinds.some(({ kind }) => kind === 'list' || kind === 'struct' || kind === 'map')) return null;
  if (!kinds.every(({ kind }) => kind === 'int' || kind === 'decimal' || kind === 'float'))
    return UTF8;
  if (kinds.some(({ kind }) => kind === 'float')) return FLOAT64;
  let scale = 0;
  let whole = 0;
  for (const type of kinds) {
    if (type.kind === 'decimal') {
      scale = Math.max(scale, type.scale);
      whole = Math.max(whole, type.precision - type.scale);
    } else if (type.kind === 'int')
      whole = Math.max(
        whole,
        type.bits === 64 && !type.signed ? UINT64_DIGITS : INT_DIGITS[type.bits],
      );
  }
  if (whole <= INT_DIGITS[64] && kinds.every(({ kind }) => kind === 'int')) return INT64;
  if (whole + scale > MOST_DIGITS) return UTF8;
  return { kind: 'decimal', precision: whole + scale, scale };
}
