// Reads one JSON text as a value of a nested type, strictly and with exact numbers, for the builders.
import type { DataType } from './data-type.ts';
import type { NestedValue } from './flat-builder.ts';
import {
  MISFIT,
  type Misfit,
  numberShape,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  parseTimestamp,
} from './parse-value.ts';
import { UNITS_PER_SECOND } from './value-text.ts';
import { uniqueNames } from './write-json.ts';

/** Reads the JSON text [start, end) of `bytes`; a misfit when it is no JSON or no value of the type. */
export type JsonValueReader = (
  bytes: Uint8Array,
  start: number,
  end: number,
) => NestedValue | Misfit;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Thrown and caught in here only: what does not fit ends the whole reading. */
const UNFIT = new Error('misfit');

interface Cursor {
  bytes: Uint8Array;
  at: number;
  end: number;
}

/** Reads the value at the cursor, which stands on its first byte. */
type Read = (cursor: Cursor) => NestedValue;

function skipSpace(cursor: Cursor): void {
  const { bytes, end } = cursor;
  while (cursor.at < end) {
    const b = bytes[cursor.at]!;
    if (b !== 32 && b !== 10 && b !== 13 && b !== 9) return;
    cursor.at++;
  }
}

/** The next byte after white space, -1 at the end. */
function peek(cursor: Cursor): number {
  skipSpace(cursor);
  return cursor.at < cursor.end ? cursor.bytes[cursor.at]! : -1;
}

function expectByte(cursor: Cursor, byte: number): void {
  if (peek(cursor) !== byte) throw UNFIT;
  cursor.at++;
}

/** Steps over the string at the cursor; whether it holds escapes. The content lies between the quotes. */
function passString(cursor: Cursor): boolean {
  if (cursor.bytes[cursor.at] !== 34 || cursor.at >= cursor.end) throw UNFIT;
  let hasEscapes = false;
  for (let i = cursor.at + 1; i < cursor.end; i++) {
    const b = cursor.bytes[i]!;
    if (b === 34) {
      cursor.at = i + 1;
      return hasEscapes;
    }
    if (b < 32) throw UNFIT;
    if (b === 92) {
      hasEscapes = true;
      i++;
    }
  }
  throw UNFIT;
}

function readString(cursor: Cursor): string {
  const from = cursor.at;
  const hasEscapes = passString(cursor);
  const { bytes, at } = cursor;
  if (!hasEscapes) return decoder.decode(bytes.subarray(from + 1, at - 1));
  try {
    return JSON.parse(decoder.decode(bytes.subarray(from, at))) as string;
  } catch {
    throw UNFIT;
  }
}

function passWord(cursor: Cursor, word: string): void {
  for (let i = 0; i < word.length; i++)
    if (cursor.bytes[cursor.at + i] !== word.charCodeAt(i)) throw UNFIT;
  cursor.at += word.length;
  if (cursor.at > cursor.end) throw UNFIT;
}

/** Steps over a number token, which must be one by the JSON grammar. */
function passNumber(cursor: Cursor): void {
  const from = cursor.at;
  let i = from;
  while (i < cursor.end) {
    const b = cursor.bytes[i]!;
    if ((b < 48 || b > 57) && b !== 45 && b !== 43 && b !== 46 && b !== 101 && b !== 69) break;
    i++;
  }
  if (numberShape(cursor.bytes, from, i) === 'none') throw UNFIT;
  cursor.at = i;
}

/** Steps over any value; deep nesting costs no stack. */
function passValue(cursor: Cursor): void {
  // One entry for each open container: its closing byte.
  const open: number[] = [];
  for (;;) {
    const b = peek(cursor);
    let isOpened = false;
    if (b === 123 || b === 91) {
      cursor.at++;
      open.push(b + 2);
      if (peek(cursor) === b + 2) {
        cursor.at++;
        open.pop();
      } else isOpened = true;
    } else if (b === 34) readString(cursor);
    else if (b === 116) passWord(cursor, 'true');
    else if (b === 102) passWord(cursor, 'false');
    else if (b === 110) passWord(cursor, 'null');
    else passNumber(cursor);
    while (!isOpened) {
      if (open.length === 0) return;
      const next = peek(cursor);
      cursor.at++;
      if (next === 44) break;
      if (next !== open.at(-1)) throw UNFIT;
      open.pop();
    }
    if (open.at(-1) === 125) {
      skipSpace(cursor);
      readString(cursor);
      expectByte(cursor, 58);
    }
  }
}

/** A reader of scalars that stand as numbers or, where exactness or their kind asks for it, as strings. */
function scalar(
  wants: 'number' | 'string' | 'either',
  parse: (bytes: Uint8Array, start: number, end: number) => NestedValue | Misfit,
): Read {
  return (cursor) => {
    const from = cursor.at;
    let value: NestedValue | Misfit;
    if (cursor.bytes[from] === 34) {
      if (wants === 'number') throw UNFIT;
      const text = encoder.encode(readString(cursor));
      value = parse(text, 0, text.length);
    } else {
      if (wants === 'string') throw UNFIT;
      passNumber(cursor);
      value = parse(cursor.bytes, from, cursor.at);
    }
    if (value === MISFIT) throw UNFIT;
    return value;
  };
}

const NOT_FINITE = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** The bytes of a Base64 text (RFC 4648 §4, with or without padding), or a misfit. */
export function parseBase64(bytes: Uint8Array, start: number, end: number): Uint8Array | Misfit {
  let last = end;
  while (last > start && end - last < 2 && bytes[last - 1] === 61) last--;
  const size = last - start;
  if (size % 4 === 1 || (last < end && (end - start) % 4 !== 0)) return MISFIT;
  const out = new Uint8Array(Math.floor((size * 3) / 4));
  let bits = 0;
  let held = 0;
  let n = 0;
  for (let i = start; i < last; i++) {
    const sextet = SEXTETS[bytes[i]!]!;
    if (sextet > 63) return MISFIT;
    bits = ((bits << 6) | sextet) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[n++] = (bits >> held) & 255;
    }
  }
  // Bits that no byte took up would be lost.
  return (bits & ((1 << held) - 1)) === 0 ? out : MISFIT;
}

const SEXTETS = new Uint8Array(256).fill(255);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((char, i) => {
  SEXTETS[char.charCodeAt(0)] = i;
});

const CLOCK_PREFIX = '1970-01-01T';

function scalarReader(type: DataType): Read {
  switch (type.kind) {
    case 'bool':
      return (cursor) => {
        const isTrue = cursor.bytes[cursor.at] === 116;
        passWord(cursor, isTrue ? 'true' : 'false');
        return isTrue;
      };
    case 'int': {
      const least = type.signed ? -(1n << BigInt(type.bits - 1)) : 0n;
      const most = type.signed ? -least - 1n : (1n << BigInt(type.bits)) - 1n;
      return scalar('either', (bytes, start, end) => {
        const value = parseInteger(bytes, start, end);
        if (value === MISFIT || value < least || value > most) return MISFIT;
        return type.bits === 64 ? value : Number(value);
      });
    }
    case 'decimal': {
      const beyond = 10n ** BigInt(type.precision);
      return scalar('either', (bytes, start, end) => {
        const value = parseDecimal(bytes, start, end, type.scale);
        return value === MISFIT || value >= beyond || value <= -beyond ? MISFIT : value;
      });
    }
    case 'float':
      return scalar('either', (bytes, start, end) => {
        const special = NOT_FINITE.get(decoder.decode(bytes.subarray(start, end)));
        if (special !== undefined) return special;
        const value = parseFloat64(bytes, start, end);
        if (value === MISFIT || type.bits === 64) return value;
        return Number.isFinite(Math.fround(value)) ? value : MISFIT;
      });
    case 'utf8':
      return readString;
    case 'json':
      return (cursor) => {
        const from = cursor.at;
        passValue(cursor);
        return cursor.bytes.subarray(from, cursor.at);
      };
    case 'binary':
      return scalar('string', parseBase64);
    case 'date':
      return scalar('string', parseDate);
    case 'time':
    case 'timestamp': {
      const perSecond = UNITS_PER_SECOND[type.unit];
      const nanosPerUnit = 1_000_000_000n / perSecond;
      const isInstant = type.kind === 'timestamp' && type.zone !== null;
      return scalar('string', (bytes, start, end) => {
        const text =
          type.kind === 'time'
            ? encoder.encode(CLOCK_PREFIX + decoder.decode(bytes.subarray(start, end)))
            : bytes.subarray(start, end);
        const value = parseTimestamp(text, 0, text.length);
        if (value === MISFIT || value.zoned !== isInstant) return MISFIT;
        const units = value.nanoseconds / nanosPerUnit;
        const fits = value.nanoseconds % nanosPerUnit === 0n && units === BigInt.asIntN(64, units);
        return fits ? units : MISFIT;
      });
    }
    default:
      // Only null is of the type null, and it is read before.
      return () => {
        throw UNFIT;
      };
  }
}

/** Reads items up to the closing byte, the opening one being passed. */
function readItems(cursor: Cursor, closing: number, readItem: () => void): void {
  if (peek(cursor) === closing) {
    cursor.at++;
    return;
  }
  for (;;) {
    readItem();
    const next = peek(cursor);
    cursor.at++;
    if (next === closing) return;
    if (next !== 44) throw UNFIT;
  }
}

function reader(type: DataType): Read {
  const read = presentReader(type);
  return (cursor) => {
    if (peek(cursor) === 110) {
      passWord(cursor, 'null');
      return null;
    }
    skipSpace(cursor);
    return read(cursor);
  };
}

function presentReader(type: DataType): Read {
  switch (type.kind) {
    case 'list': {
      const item = reader(type.item);
      return (cursor) => {
        const items: NestedValue[] = [];
        expectByte(cursor, 91);
        readItems(cursor, 93, () => items.push(item(cursor)));
        return items;
      };
    }
    case 'struct': {
      const places = new Map(uniqueNames(type.fields.map((f) => f.name)).map((n, i) => [n, i]));
      const parts = type.fields.map((field) => reader(field.type));
      return (cursor) => {
        const values: NestedValue[] = parts.map(() => null);
        const seen = new Uint8Array(parts.length);
        expectByte(cursor, 123);
        readItems(cursor, 125, () => {
          skipSpace(cursor);
          const place = places.get(readString(cursor));
          // A name that is unknown or comes twice would lose its value.
          if (place === undefined || seen[place] === 1) throw UNFIT;
          seen[place] = 1;
          expectByte(cursor, 58);
          values[place] = parts[place]!(cursor);
        });
        return values;
      };
    }
    case 'map': {
      const key = reader(type.key);
      const value = reader(type.value);
      const takesNames = type.key.kind === 'utf8';
      return (cursor) => {
        const pairs: NestedValue[] = [];
        if (takesNames && peek(cursor) === 123) {
          cursor.at++;
          readItems(cursor, 125, () => {
            skipSpace(cursor);
            const name = readString(cursor);
            expectByte(cursor, 58);
            pairs.push([name, value(cursor)]);
          });
          return pairs;
        }
        expectByte(cursor, 91);
        readItems(cursor, 93, () => {
          expectByte(cursor, 91);
          const name = key(cursor);
          expectByte(cursor, 44);
          pairs.push([name, value(cursor)]);
          expectByte(cursor, 93);
        });
        return pairs;
      };
    }
    case 'dictionary':
      return presentReader(type.value);
    default:
      return scalarReader(type);
  }
}

/**
 * A reader of JSON texts (RFC 8259) as values of `type`. Structs are objects: missing names are null, unknown or repeated
 * ones misfits. Maps are lists of pairs, or objects where the key is text. 64-bit integers, decimals and floats may stand as
 * strings too; dates, times and binary (Base64) are strings. Nothing is rounded.
 */
export function createJsonValueReader(type: DataType): JsonValueReader {
  const read = reader(type);
  return (bytes, start, end) => {
    const cursor: Cursor = { bytes, at: start, end };
    try {
      const value = read(cursor);
      skipSpace(cursor);
      return cursor.at === end ? value : MISFIT;
    } catch (error) {
      if (error === UNFIT) return MISFIT;
      throw error;
    }
  };
}
