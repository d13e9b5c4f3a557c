// What the values of a Parquet leaf mean: its physical, converted and logical type as one of ours, and how to get there.
import type { DataType, TimeUnit } from '../../table/data-type.ts';
import type { SchemaElement } from './footer.ts';
import { insist } from '../../contract/fault.ts';
import type { ParquetOptions } from './options.ts';
import { numberOf, structOf } from './thrift.ts';

/** How plain values become a column; see convert.ts. */
export type Conversion =
  | 'same'
  | 'bool'
  | 'narrow'
  | 'widen'
  | 'half'
  | 'int96'
  | 'decimal-int32'
  | 'decimal-int64'
  | 'decimal-fixed'
  | 'decimal-bytes'
  | 'decimal-text'
  | 'uuid'
  | 'interval'
  | 'fixed'
  | 'text'
  | 'json'
  | 'bytes'
  | 'null';

export interface LeafType {
  type: DataType;
  conversion: Conversion;
}

export const BOOLEAN = 0;
export const INT32 = 1;
export const INT64 = 2;
export const INT96 = 3;
export const FLOAT = 4;
export const DOUBLE = 5;
export const BYTE_ARRAY = 6;
export const FIXED = 7;

/** Digits our decimals hold. */
const MOST_DIGITS = 38;
const UTF8: DataType = { kind: 'utf8' };
const UUID: DataType = { kind: 'utf8', meaning: 'uuid' };
const ENUM: DataType = { kind: 'utf8', meaning: 'enum' };
const UNITS: TimeUnit[] = ['ms', 'us', 'ns'];

/** Bytes of one plain value; 0 for byte arrays. Booleans take one each once they are read. */
export function widthOf(element: SchemaElement): number {
  return [1, 4, 8, 12, 4, 8, 0, element.typeLength][element.physical!]!;
}

const int = (bits: 8 | 16 | 32 | 64, signed: boolean): DataType => ({ kind: 'int', bits, signed });

/** The type of a leaf. What the file says about it and does not fit its physical type is left aside, as readers do. */
export function leafType(element: SchemaElement, options: ParquetOptions): LeafType {
  const { physical, converted, logical } = element;
  insist(
    physical !== null && physical >= BOOLEAN && physical <= FIXED,
    'a column has no known type',
  );
  const is = (logicalId: number, convertedId: number): boolean =>
    logical?.has(logicalId) === true || (logical === null && converted === convertedId);
  if (logical?.has(11)) return { type: { kind: 'null' }, conversion: 'null' };
  if (is(5, 5)) {
    const found = decimalType(element);
    if (found !== null) return found;
  }
  switch (physical) {
    case BOOLEAN:
      return { type: { kind: 'bool' }, conversion: 'bool' };
    case INT32:
      if (is(6, 6)) return { type: { kind: 'date' }, conversion: 'same' };
      if (is(7, 7)) return { type: { kind: 'time', unit: 'ms' }, conversion: 'widen' };
      return smallInt(element);
    case INT64:
      return int64Type(element);
    case INT96:
      return {
        type: { kind: 'timestamp', unit: options.int96, zone: null },
        conversion: 'int96',
      };
    case FLOAT:
      return { type: { kind: 'float', bits: 32 }, conversion: 'same' };
    case DOUBLE:
      return { type: { kind: 'float', bits: 64 }, conversion: 'same' };
    case BYTE_ARRAY: {
      if (is(4, 4)) return { type: ENUM, conversion: 'text' };
      if (is(1, 0)) return { type: UTF8, conversion: 'text' };
      if (is(12, 19)) return { type: { kind: 'json' }, conversion: 'json' };
      const isBare = logical === null && converted === null;
      if (isBare && options.bareBytes === 'text') return { type: UTF8, conversion: 'text' };
      return { type: { kind: 'binary' }, conversion: 'bytes' };
    }
    default: {
      const { typeLength } = element;
      insist(typeLength >= 0 && typeLength < 1 << 24, 'a fixed length is out of range');
      if (is(14, -1) && typeLength === 16) return { type: UUID, conversion: 'uuid' };
      if (is(15, -1) && typeLength === 2)
        return { type: { kind: 'float', bits: 32 }, conversion: 'half' };
      if (is(-1, 21) && typeLength === 12) return { type: UTF8, conversion: 'interval' };
      return { type: { kind: 'binary' }, conversion: 'fixed' };
    }
  }
}

/** Beyond 38 digits as exact text. Null where the digits make no sense. */
function decimalType({
  physical,
  precision,
  scale,
  logical,
  typeLength,
}: SchemaElement): LeafType | null {
  const said = logical === null ? null : structOf(logical, 5);
  const digits = (said && numberOf(said, 2)) ?? precision;
  const places = (said && numberOf(said, 1)) ?? scale;
  if (digits < 1 || places < 0 || places > digits || digits > 1_000) return null;
  const type: DataType =
    digits > MOST_DIGITS ? UTF8 : { kind: 'decimal', precision: digits, scale: places };
  switch (physical) {
    case INT32:
      return digits > MOST_DIGITS ? null : { type, conversion: 'decimal-int32' };
    case INT64:
      return digits > MOST_DIGITS ? null : { type, conversion: 'decimal-int64' };
    case BYTE_ARRAY:
      return { type, conversion: digits > MOST_DIGITS ? 'decimal-text' : 'decimal-bytes' };
    case FIXED:
      if (typeLength < 1 || typeLength > 4_096) return null;
      return { type, conversion: digits > MOST_DIGITS ? 'decimal-text' : 'decimal-fixed' };
    default:
      return null;
  }
}

/** Digits after the point of a decimal leaf. */
export function scaleOf({ logical, scale }: SchemaElement): number {
  const said = logical === null ? null : structOf(logical, 5);
  return (said && numberOf(said, 1)) ?? scale;
}

const CONVERTED_INTS = new Map<number, { bits: 8 | 16 | 32 | 64; signed: boolean }>([
  [11, { bits: 8, signed: false }],
  [12, { bits: 16, signed: false }],
  [13, { bits: 32, signed: false }],
  [14, { bits: 64, signed: false }],
  [15, { bits: 8, signed: true }],
  [16, { bits: 16, signed: true }],
]);

function saidInt({ logical, converted }: SchemaElement): { bits: number; signed: boolean } | null {
  const said = logical === null ? null : structOf(logical, 10);
  if (said) return { bits: numberOf(said, 1) ?? 0, signed: said.get(2) !== false };
  return logical === null && converted !== null ? (CONVERTED_INTS.get(converted) ?? null) : null;
}

function smallInt(element: SchemaElement): LeafType {
  const said = saidInt(element);
  if (said?.bits === 8 || said?.bits === 16)
    return { type: int(said.bits, said.signed), conversion: 'narrow' };
  return { type: int(32, said?.bits === 32 ? said.signed : true), conversion: 'same' };
}

function int64Type(element: SchemaElement): LeafType {
  const { logical, converted } = element;
  const time = logical === null ? null : structOf(logical, 7);
  const stamp = logical === null ? null : structOf(logical, 8);
  const unit = (struct: typeof time): TimeUnit | undefined => {
    const said = struct && structOf(struct, 2);
    return said ? UNITS[[1, 2, 3].findIndex((id) => said.has(id))] : undefined;
  };
  const timeUnit = unit(time);
  if (timeUnit === 'us' || timeUnit === 'ns')
    return { type: { kind: 'time', unit: timeUnit }, conversion: 'same' };
  const stampUnit = unit(stamp);
  if (stampUnit) {
    const zone = stamp!.get(1) === true ? 'UTC' : null;
    return { type: { kind: 'timestamp', unit: stampUnit, zone }, conversion: 'same' };
  }
  if (logical === null && converted === 8)
    return { type: { kind: 'time', unit: 'us' }, conversion: 'same' };
  // The old types are instants (LogicalTypes.md).
  if (logical === null && (converted === 9 || converted === 10))
    return {
      type: { kind: 'timestamp', unit: converted === 9 ? 'ms' : 'us', zone: 'UTC' },
      conversion: 'same',
    };
  const said = saidInt(element);
  return { type: int(64, said?.bits === 64 ? said.signed : true), conversion: 'same' };
}
