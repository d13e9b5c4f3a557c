// What the values of an Arrow field mean: its type as one of ours, and in which way its buffers become a column.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { DataType, Field, TimeUnit } from '../../table/data-type.ts';
import { createZoneOffset } from '../../table/zone-offset.ts';
import { insist } from '../../contract/fault.ts';
import type { ArrowField } from './metadata.ts';

/** How buffers become a column; see read-column.ts. */
export type Way =
  | { kind: 'null' }
  | { kind: 'bits' }
  /** Values as they stand, of `width` bytes. */
  | { kind: 'fixed'; width: number }
  | { kind: 'half' }
  /** 32-bit integers to 64 bits. */
  | { kind: 'widen' }
  | { kind: 'days-of-ms' }
  /** Two's complement of `width` bytes to 16. */
  | { kind: 'decimal'; width: number }
  /** Each value of `width` bytes as a text. */
  | { kind: 'text-of'; width: number; textOf: (view: DataView, at: number) => string }
  | { kind: 'fixed-bytes'; width: number }
  | { kind: 'bytes'; isLarge: boolean }
  | { kind: 'view' }
  | { kind: 'list'; isLarge: boolean }
  | { kind: 'list-view'; isLarge: boolean }
  | { kind: 'fixed-list'; size: number }
  | { kind: 'struct' }
  | { kind: 'runs' };

/** A field with its type and way; a dictionary's field says so beside those of its values. */
export interface ColumnPlan {
  name: string;
  nullable: boolean;
  path: string;
  type: DataType;
  way: Way;
  children: ColumnPlan[];
  dictionary: ArrowField['dictionary'];
}

const UTF8: DataType = { kind: 'utf8' };
const UNITS: TimeUnit[] = ['s', 'ms', 'us', 'ns'];
const MOST_DIGITS = 38;

/** Plans the columns of a schema. Throws `read.arrow.unsupported` for types that no column of ours can hold. */
export function planColumns(fields: readonly ArrowField[], name: string): ColumnPlan[] {
  const planned = (field: ArrowField, path: string): ColumnPlan => {
    const here = path === '' ? field.name : `${path}.${field.name}`;
    const unsupported = (what: string): never => {
      throw new ExportError('read.arrow.unsupported', { name, what, column: shorten(here) });
    };
    const children = field.children.map((child) => planned(child, here));
    const { type, way } = typeAndWay(field, children, unsupported);
    const { nullable, dictionary } = field;
    return { name: field.name, nullable, path: here, type, way, children, dictionary };
  };
  return fields.map((field) => planned(field, ''));
}

export function schemaFields(plans: readonly ColumnPlan[]): Field[] {
  return plans.map(({ name, type, nullable }) => ({ name, type, nullable, origin: 'native' }));
}

const childCount = (children: readonly ColumnPlan[], wanted: number): void =>
  insist(children.length === wanted, 'a nested column has the wrong number of children');

function typeAndWay(
  { typeId, type }: ArrowField,
  children: ColumnPlan[],
  unsupported: (what: string) => never,
): { type: DataType; way: Way } {
  const int = (slot: number, missing: number): number => type?.int(slot, missing) ?? missing;
  const short = (slot: number, missing: number): number => type?.short(slot, missing) ?? missing;
  const unit = (missing: number): TimeUnit => {
    const found = UNITS[short(0, missing)];
    insist(found !== undefined, 'a time has an unknown unit');
    return found;
  };
  switch (typeId) {
    case 1:
      return { type: { kind: 'null' }, way: { kind: 'null' } };
    case 2: {
      const bits = int(0, 0);
      insist(
        bits === 8 || bits === 16 || bits === 32 || bits === 64,
        'an integer has an unknown size',
      );
      const signed = (type?.byte(1, 0) ?? 0) !== 0;
      return { type: { kind: 'int', bits, signed }, way: { kind: 'fixed', width: bits >> 3 } };
    }
    case 3: {
      const precision = short(0, 0);
      if (precision === 0) return { type: { kind: 'float', bits: 32 }, way: { kind: 'half' } };
      const bits = precision === 1 ? 32 : 64;
      return { type: { kind: 'float', bits }, way: { kind: 'fixed', width: bits >> 3 } };
    }
    case 4:
    case 19:
      return { type: { kind: 'binary' }, way: { kind: 'bytes', isLarge: typeId === 19 } };
    case 5:
    case 20:
      return { type: UTF8, way: { kind: 'bytes', isLarge: typeId === 20 } };
    case 6:
      return { type: { kind: 'bool' }, way: { kind: 'bits' } };
    case 7:
      return decimal(int(0, 0), int(1, 0), int(2, 128));
    case 8:
      return short(0, 1) === 0
        ? { type: { kind: 'date' }, way: { kind: 'fixed', width: 4 } }
        : { type: { kind: 'date' }, way: { kind: 'days-of-ms' } };
    case 9: {
      const isShort = int(1, 32) === 32;
      return {
        type: { kind: 'time', unit: unit(1) },
        way: isShort ? { kind: 'widen' } : { kind: 'fixed', width: 8 },
      };
    }
    case 10: {
      const zone = type?.text(1) ?? '';
      try {
        if (zone !== '') createZoneOffset(zone);
      } catch {
        unsupported(`the time zone “${shorten(zone)}”`);
      }
      return {
        type: { kind: 'timestamp', unit: unit(0), zone: zone === '' ? null : zone },
        way: { kind: 'fixed', width: 8 },
      };
    }
    case 11:
      return { type: UTF8, way: intervalWay(short(0, 0)) };
    case 12:
    case 21:
      childCount(children, 1);
      return {
        type: { kind: 'list', item: children[0]!.type },
        way: { kind: 'list', isLarge: typeId === 21 },
      };
    case 13:
      return {
        type: { kind: 'struct', fields: schemaFields(children) },
        way: { kind: 'struct' },
      };
    case 14:
      return unsupported('a union, whose values are of several types,');
    case 15: {
      const width = int(0, 0);
      insist(width >= 0 && width < 1 << 24, 'a fixed length is out of range');
      return { type: { kind: 'binary' }, way: { kind: 'fixed-bytes', width } };
    }
    case 16: {
      const size = int(0, 0);
      insist(size >= 0 && size < 1 << 24, 'a fixed length is out of range');
      childCount(children, 1);
      return { type: { kind: 'list', item: children[0]!.type }, way: { kind: 'fixed-list', size } };
    }
    case 17: {
      childCount(children, 1);
      const entry = children[0]!;
      childCount(entry.children, 2);
      const [key, value] = entry.children;
      return {
        type: { kind: 'map', key: key!.type, value: value!.type },
        way: { kind: 'list', isLarge: false },
      };
    }
    case 18: {
      const perSecond = 1_000n ** BigInt(UNITS.indexOf(unit(1)));
      return {
        type: UTF8,
        way: {
          kind: 'text-of',
          width: 8,
          textOf: (view, at) => durationText('', view.getBigInt64(at, true), perSecond),
        },
      };
    }
    case 22:
      childCount(children, 2);
      return { type: children[1]!.type, way: { kind: 'runs' } };
    case 23:
      return { type: { kind: 'binary' }, way: { kind: 'view' } };
    case 24:
      return { type: UTF8, way: { kind: 'view' } };
    case 25:
    case 26:
      childCount(children, 1);
      return {
        type: { kind: 'list', item: children[0]!.type },
        way: { kind: 'list-view', isLarge: typeId === 26 },
      };
    default:
      return unsupported(`type number ${typeId}`);
  }
}

/** Decimals that ours cannot hold (more than 38 digits, digits before the point alone) become exact texts. */
function decimal(precision: number, scale: number, bits: number): { type: DataType; way: Way } {
  insist([32, 64, 128, 256].includes(bits), 'a decimal has an unknown size');
  insist(Math.abs(scale) <= 1_000, 'a decimal has digits out of range');
  const width = bits >> 3;
  const digits = Math.max(precision, scale);
  if (scale < 0 || digits > MOST_DIGITS)
    return {
      type: UTF8,
      way: { kind: 'text-of', width, textOf: (view, at) => decimalText(view, at, width, scale) },
    };
  return {
    type: { kind: 'decimal', precision: Math.max(1, digits), scale },
    way: width === 16 ? { kind: 'fixed', width } : { kind: 'decimal', width },
  };
}

function decimalText(view: DataView, at: number, width: number, scale: number): string {
  let value = 0n;
  for (let k = width - 4; k >= 0; k -= 4) {
    const word = k === width - 4 ? view.getInt32(at + k, true) : view.getUint32(at + k, true);
    value = (value << 32n) + BigInt(word);
  }
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString();
  if (scale <= 0) return value === 0n ? '0' : `${sign}${digits}${'0'.repeat(-scale)}`;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** ISO 8601; `date` is what stands before the T. */
function durationText(date: string, units: bigint, perSecond: bigint): string {
  if (units === 0n) return date === '' ? 'PT0S' : `P${date}`;
  const size = units < 0n ? -units : units;
  const rest = size % perSecond;
  const digits = perSecond.toString().length - 1;
  const fraction =
    rest === 0n ? '' : `.${rest.toString().padStart(digits, '0').replace(/0+$/, '')}`;
  return `P${date}T${units < 0n ? '-' : ''}${size / perSecond}${fraction}S`;
}

function intervalWay(unit: number): Way {
  const part = (n: number, letter: string): string => (n === 0 ? '' : `${n}${letter}`);
  switch (unit) {
    case 0:
      return {
        kind: 'text-of',
        width: 4,
        textOf: (view, at) => `P${view.getInt32(at, true)}M`,
      };
    case 1:
      return {
        kind: 'text-of',
        width: 8,
        textOf: (view, at) =>
          durationText(
            part(view.getInt32(at, true), 'D'),
            BigInt(view.getInt32(at + 4, true)),
            1_000n,
          ),
      };
    default:
      return {
        kind: 'text-of',
        width: 16,
        textOf: (view, at) =>
          durationText(
            part(view.getInt32(at, true), 'M') + part(view.getInt32(at + 4, true), 'D'),
            view.getBigInt64(at + 8, true),
            1_000_000_000n,
          ),
      };
  }
}
