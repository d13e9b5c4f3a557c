// Reads Thrift's compact protocol, in which a Parquet file describes itself, never beyond the bytes given.
import { Fault, insist } from '../../contract/fault.ts';

export type ThriftValue = boolean | number | Uint8Array | ThriftValue[] | ThriftStruct;

/** A struct by field id. */
export type ThriftStruct = Map<number, ThriftValue>;

/** Levels of structs and lists inside each other; Parquet's own go to six. */
const MOST_DEPTH = 32;

/** The bytes end inside a value: there may be more of them elsewhere. */
export class CutShort extends Fault {}

/** The struct that begins at `start`, and where it ends. Throws CutShort when the bytes end before it does. */
export function readThrift(
  bytes: Uint8Array,
  start: number,
): { struct: ThriftStruct; end: number } {
  let at = start;

  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new CutShort('its description ends early');
    return value;
  };
  const varint = (): number => {
    let value = 0;
    let unit = 1;
    for (let i = 0; i < 10; i++) {
      const b = byte();
      value += (b & 127) * unit;
      if (b < 128) return value;
      unit *= 128;
    }
    throw new Fault('its description holds an endless number');
  };
  /** Beyond 2^53 digits are lost, which no count or place in a file needs; those who use them check their range. */
  const zigzag = (): number => {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const binary = (): Uint8Array => {
    const size = varint();
    if (at + size > bytes.length) throw new CutShort('its description ends early');
    at += size;
    return bytes.subarray(at - size, at);
  };
  const double = (): number => {
    if (at + 8 > bytes.length) throw new CutShort('its description ends early');
    at += 8;
    return new DataView(bytes.buffer, bytes.byteOffset + at - 8, 8).getFloat64(0, true);
  };
  const list = (depth: number): ThriftValue[] => {
    const head = byte();
    const size = head >> 4 === 15 ? varint() : head >> 4;
    // Each item takes a byte at least.
    if (size > bytes.length - at) throw new CutShort('its description ends early');
    const items: ThriftValue[] = [];
    for (let i = 0; i < size; i++) items.push(value(head & 15, depth + 1, true));
    return items;
  };
  const map = (depth: number): ThriftValue[] => {
    const size = varint();
    if (size === 0) return [];
    const types = byte();
    if (size > bytes.length - at) throw new CutShort('its description ends early');
    const items: ThriftValue[] = [];
    for (let i = 0; i < size; i++)
      items.push(value(types >> 4, depth + 1, true), value(types & 15, depth + 1, true));
    return items;
  };
  const value = (type: number, depth: number, isItem: boolean): ThriftValue => {
    insist(depth < MOST_DEPTH, 'its description is nested too deep');
    switch (type) {
      case 1:
      case 2:
        // Of a field the type says it, in a list each item is a byte.
        return isItem ? byte() === 1 : type === 1;
      case 3:
        return (byte() << 24) >> 24;
      case 4:
      case 5:
      case 6:
        return zigzag();
      case 7:
        return double();
      case 8:
        return binary();
      case 9:
      case 10:
        return list(depth);
      case 11:
        return map(depth);
      case 12:
        return struct(depth + 1);
      case 13:
        at += 15;
        byte();
        return 0;
      default:
        throw new Fault(`its description holds a value of unknown type ${type}`);
    }
  };
  const struct = (depth: number): ThriftStruct => {
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const head = byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? zigzag() : id + (head >> 4);
      fields.set(id, value(head & 15, depth, false));
    }
  };
  const root = struct(0);
  return { struct: root, end: at };
}

/** A number of a struct's field; null when it is missing or something else. */
export function numberOf(struct: ThriftStruct, id: number): number | null {
  const value = struct.get(id);
  return typeof value === 'number' ? value : null;
}

/** A count, size or place, which must be there: a whole number from 0 to 2^53. */
export function countOf(struct: ThriftStruct, id: number, what: string): number {
  const value = struct.get(id);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new Fault(`${what} is missing or wrong`);
  return value;
}

export function bytesOf(struct: ThriftStruct, id: number): Uint8Array | null {
  const value = struct.get(id);
  return value instanceof Uint8Array ? value : null;
}

export function structOf(struct: ThriftStruct, id: number): ThriftStruct | null {
  const value = struct.get(id);
  return value instanceof Map ? value : null;
}

/** The structs of a list; none when it is missing. */
export function structsOf(struct: ThriftStruct, id: number): ThriftStruct[] {
  const value = struct.get(id);
  if (!Array.isArray(value)) return [];
  return value.map((item) => {
    if (!(item instanceof Map)) throw new Fault('its description holds a wrong list');
    return item;
  });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function textOf(struct: ThriftStruct, id: number): string | null {
  const bytes = bytesOf(struct, id);
  return bytes === null ? null : decoder.decode(bytes);
}

/** The numbers of a list; none where there is no list. */
export function numbersOf(struct: ThriftStruct, id: number): number[] {
  const value = struct.get(id);
  return Array.isArray(value)
    ? value.filter((item): item is number => typeof item === 'number')
    : [];
}
