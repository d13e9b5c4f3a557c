// What the characters between the quotes of a text stand for.
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { Escapes } from './dialect.ts';

const BACKSLASH = 92;

const letters = (pairs: Record<string, number>): Int16Array => {
  const table = new Int16Array(256).fill(-1);
  for (const [letter, byte] of Object.entries(pairs)) table[letter.charCodeAt(0)] = byte;
  return table;
};

const MYSQL = letters({ 0: 0, b: 8, n: 10, r: 13, t: 9, Z: 26 });
const C = letters({ a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 });
const BYTES = letters({ b: 8, f: 12, n: 10, r: 13, t: 9 });
const CLICKHOUSE = letters({ 0: 0, a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11 });
/** Those of the text form of COPY. */
const COPY = letters({ b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 });

const PERCENT = 37;
const UNDERSCORE = 95;

const isOctal = (b: number | undefined): boolean => b !== undefined && b >= 48 && b <= 55;

function hexOf(
  bytes: Uint8Array,
  from: number,
  to: number,
  most: number,
): { value: number; end: number } {
  let value = 0;
  let i = from;
  for (; i < to && i - from < most; i++) {
    const digit = Number.parseInt(String.fromCharCode(bytes[i]!), 16);
    if (Number.isNaN(digit)) break;
    value = value * 16 + digit;
  }
  return { value, end: i };
}

/** Writes the text [from, to), whose `quote`s stand twice and whose backslashes are `escapes`. */
export function unescapeText(
  bytes: Uint8Array,
  from: number,
  to: number,
  quote: number,
  escapes: Escapes,
  out: ByteWriter,
): void {
  let start = from;
  for (let i = from; i < to;) {
    const b = bytes[i]!;
    if (b === quote && bytes[i + 1] === quote) {
      out.put(bytes, start, i + 1);
      start = i += 2;
    } else if (b === BACKSLASH && escapes !== 'none') {
      out.put(bytes, start, i);
      start = i = escaped(bytes, i + 1, to, escapes, out);
    } else i++;
  }
  out.put(bytes, start, to);
}

/** Writes what the escape behind a backslash stands for; gives where it ends. */
function escaped(
  bytes: Uint8Array,
  i: number,
  to: number,
  escapes: Escapes,
  out: ByteWriter,
): number {
  const b = bytes[i]!;
  if (escapes === 'mysql') {
    const letter = MYSQL[b]!;
    // Those of LIKE keep their backslash.
    if (b === PERCENT || b === UNDERSCORE) out.byte(BACKSLASH);
    out.byte(letter < 0 ? b : letter);
    return i + 1;
  }
  const table = escapes === 'clickhouse' ? CLICKHOUSE : escapes === 'c' ? C : BYTES;
  if (table[b]! >= 0) {
    out.byte(table[b]!);
    return i + 1;
  }
  if (escapes !== 'clickhouse' && isOctal(b)) {
    let value = 0;
    let end = i;
    while (end < i + 3 && end < to && isOctal(bytes[end])) value = value * 8 + bytes[end++]! - 48;
    put(value & 255, escapes, out);
    return end;
  }
  const most = b === 120 ? 2 : b === 117 ? 4 : b === 85 ? 8 : 0;
  if (most > 0 && (most === 2 || escapes !== 'clickhouse')) {
    const { value, end } = hexOf(bytes, i + 1, to, most);
    if (end > i + 1 && (most === 2 || end === i + 1 + most) && value <= 0x10ffff) {
      if (most === 2) put(value, escapes, out);
      else out.text(String.fromCodePoint(value));
      return end;
    }
  }
  out.byte(b);
  return i + 1;
}

/** A byte by its number, or a character where numbers mean characters. */
function put(value: number, escapes: Escapes, out: ByteWriter): void {
  if (value < 0x80 || escapes !== 'c') out.byte(value);
  else out.text(String.fromCharCode(value));
}

/** Writes a field of COPY’s text form, whose backslashes are escapes. */
export function unescapeCopy(bytes: Uint8Array, from: number, to: number, out: ByteWriter): void {
  let start = from;
  for (let i = from; i < to;) {
    if (bytes[i] !== BACKSLASH || i + 1 >= to) {
      i++;
      continue;
    }
    out.put(bytes, start, i);
    const b = bytes[i + 1]!;
    if (COPY[b]! >= 0) {
      out.byte(COPY[b]!);
      i += 2;
    } else if (isOctal(b)) {
      let value = 0;
      const first = ++i;
      while (i < first + 3 && i < to && isOctal(bytes[i])) value = value * 8 + bytes[i++]! - 48;
      out.byte(value & 255);
    } else if (b === 120 && hexOf(bytes, i + 2, to, 2).end > i + 2) {
      const { value, end } = hexOf(bytes, i + 2, to, 2);
      out.byte(value);
      i = end;
    } else {
      out.byte(b);
      i += 2;
    }
    start = i;
  }
  out.put(bytes, start, to);
}

/** Writes the bytes of hexadecimal digits; false, and what was written is to be dropped, where they are none. */
export function putHex(bytes: Uint8Array, from: number, to: number, out: ByteWriter): boolean {
  if ((to - from) % 2 !== 0) return false;
  out.reserve((to - from) / 2);
  for (let i = from; i < to; i += 2) {
    const high = HEX[bytes[i]!]!;
    const low = HEX[bytes[i + 1]!]!;
    if (high < 0 || low < 0) return false;
    out.bytes[out.length++] = high * 16 + low;
  }
  return true;
}

const HEX = letters(
  Object.fromEntries([...'0123456789abcdefABCDEF'].map((d) => [d, Number.parseInt(d, 16)])),
);
