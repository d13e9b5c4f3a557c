// How values of a column's type stand in a Parquet file: their physical type and what it is said to mean.
import type { DataType, TimeUnit } from '../../table/data-type.ts';

/** Numbers of parquet.thrift. */
export const PHYSICAL = {
  bool: 0,
  int32: 1,
  int64: 2,
  float: 4,
  double: 5,
  bytes: 6,
  fixed: 7,
} as const;

/** What a physical value means: the union `LogicalType`, and the older `ConvertedType` beside it. */
export type Meaning =
  | { kind: 'string' | 'enum' | 'json' | 'uuid' | 'date' | 'unknown' | 'list' | 'map' }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'time' | 'timestamp'; unit: Exclude<TimeUnit, 's'>; isInstant: boolean }
  | { kind: 'int'; bits: number; signed: boolean };

/** A way of taking values out of a column of ours. */
export type Taking =
  | 'none'
  | 'bool'
  | 'bytes'
  | 'uuid'
  /** Four bytes as they stand. */
  | 'word'
  /** Integers of fewer bytes, to four. */
  | 'widen'
  /** Eight bytes as they stand. */
  | 'pair'
  /** Eight bytes that fit into four. */
  | 'low-word'
  /** Seconds to milliseconds, in four or eight bytes. */
  | 'low-word-ms'
  | 'pair-ms'
  /** 128-bit decimals to four, eight, or `width` big-endian bytes. */
  | 'decimal-word'
  | 'decimal-pair'
  | 'decimal-fixed';

/** How one leaf of the schema is written. */
export interface LeafType {
  physical: number;
  /** Bytes of a value; 0 where each has its own length, 1 of a boolean (as it is kept, a bit when written). */
  width: number;
  meaning: Meaning | null;
  taking: Taking;
  /** How values compare: the order of statistics. */
  order: 'signed' | 'unsigned' | 'float' | 'bytes' | 'signed-bytes' | 'none';
}

/** Bytes that hold every decimal of so many digits: the fewest of two's complement. */
function decimalBytes(precision: number): number {
  return Math.ceil((Math.log2(10) * precision + 1) / 8);
}

/** The leaf of a flat type. Throws TypeError for a nested one. */
export function leafTypeOf(type: DataType): LeafType {
  switch (type.kind) {
    case 'null':
      return {
        physical: PHYSICAL.int32,
        width: 4,
        meaning: { kind: 'unknown' },
        taking: 'none',
        order: 'none',
      };
    case 'bool':
      return {
        physical: PHYSICAL.bool,
        width: 1,
        meaning: null,
        taking: 'bool',
        order: 'unsigned',
      };
    case 'int': {
      const { bits, signed } = type;
      const isPlain = signed && bits >= 32;
      return {
        physical: bits === 64 ? PHYSICAL.int64 : PHYSICAL.int32,
        width: bits === 64 ? 8 : 4,
        // A plain integer needs no word.
        meaning: isPlain ? null : { kind: 'int', bits, signed },
        taking: bits === 64 ? 'pair' : bits === 32 ? 'word' : 'widen',
        order: signed ? 'signed' : 'unsigned',
      };
    }
    case 'float':
      return type.bits === 32
        ? { physical: PHYSICAL.float, width: 4, meaning: null, taking: 'word', order: 'float' }
        : { physical: PHYSICAL.double, width: 8, meaning: null, taking: 'pair', order: 'float' };
    case 'decimal': {
      const { precision, scale } = type;
      const meaning: Meaning = { kind: 'decimal', precision, scale };
      if (precision <= 9)
        return {
          physical: PHYSICAL.int32,
          width: 4,
          meaning,
          taking: 'decimal-word',
          order: 'signed',
        };
      if (precision <= 18)
        return {
          physical: PHYSICAL.int64,
          width: 8,
          meaning,
          taking: 'decimal-pair',
          order: 'signed',
        };
      return {
        physical: PHYSICAL.fixed,
        width: decimalBytes(precision),
        meaning,
        taking: 'decimal-fixed',
        order: 'signed-bytes',
      };
    }
    case 'date':
      return {
        physical: PHYSICAL.int32,
        width: 4,
        meaning: { kind: 'date' },
        taking: 'word',
        order: 'signed',
      };
    case 'time': {
      const unit = type.unit === 's' ? 'ms' : type.unit;
      const isShort = unit === 'ms';
      return {
        physical: isShort ? PHYSICAL.int32 : PHYSICAL.int64,
        width: isShort ? 4 : 8,
        meaning: { kind: 'time', unit, isInstant: false },
        taking: type.unit === 's' ? 'low-word-ms' : isShort ? 'low-word' : 'pair',
        order: 'signed',
      };
    }
    case 'timestamp': {
      const unit = type.unit === 's' ? 'ms' : type.unit;
      return {
        physical: PHYSICAL.int64,
        width: 8,
        meaning: { kind: 'timestamp', unit, isInstant: type.zone !== null },
        taking: type.unit === 's' ? 'pair-ms' : 'pair',
        order: 'signed',
      };
    }
    case 'utf8':
      if (type.meaning === 'uuid') return UUID_LEAF;
      if (type.meaning === 'enum') return ENUM_LEAF;
      return { ...ENUM_LEAF, meaning: { kind: 'string' } };
    case 'json':
    case 'binary':
      return {
        physical: PHYSICAL.bytes,
        width: 0,
        meaning: type.kind === 'binary' ? null : { kind: 'json' },
        taking: 'bytes',
        order: 'bytes',
      };
    default:
      throw new TypeError(`${type.kind} is no flat type`);
  }
}

export const ENUM_LEAF: LeafType = {
  physical: PHYSICAL.bytes,
  width: 0,
  meaning: { kind: 'enum' },
  taking: 'bytes',
  order: 'bytes',
};

export const UUID_LEAF: LeafType = {
  physical: PHYSICAL.fixed,
  width: 16,
  meaning: { kind: 'uuid' },
  taking: 'uuid',
  order: 'bytes',
};
