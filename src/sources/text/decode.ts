// Takes the escapes of a target off a value.
import { jsonStringBytes } from '../../table/json-unescape.ts';
import type { SourceTarget } from './options.ts';
import { LATEX_WORDS, standsAt } from './tokens.ts';

const AMPERSAND = 38;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const QUOTE = 34;
const SEMICOLON = 59;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const encoder = new TextEncoder();

/** What the written bytes [start, end), without their quotes, stand for; null where they cannot be read. */
export type Decode = (bytes: Uint8Array, start: number, end: number) => Uint8Array | null;

const plain: Decode = (bytes, start, end) => bytes.subarray(start, end);

/** Escapes of JSON strings (RFC 8259 §7). */
const isJsonEscape = (bytes: Uint8Array, at: number): boolean => {
  const sign = bytes[at + 1]!;
  if (sign !== 0x75) return '"\\/bfnrt'.includes(String.fromCharCode(sign));
  for (let i = at + 2; i < at + 6; i++)
    if (!/[\da-fA-F]/.test(String.fromCharCode(bytes[i]!))) return false;
  return true;
};

const json: Decode = (bytes, start, end) => {
  for (let i = start; i < end; i++) {
    if (bytes[i] !== BACKSLASH) continue;
    if (!isJsonEscape(bytes, i)) return null;
    i++;
  }
  return jsonStringBytes(bytes, start, end, true);
};

/** Signs that stand twice for one; with `backslashes` those behind one stand for another. */
const doubled =
  (sign: number, backslashes: boolean): Decode =>
  (bytes, start, end) => {
    const out = new Uint8Array(end - start);
    let n = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === sign) i++;
      if (backslashes && byte === BACKSLASH) {
        const escaped = bytes[++i]!;
        out[n++] = MYSQL.get(escaped) ?? escaped;
      } else out[n++] = byte;
    }
    return out.subarray(0, n);
  };

/** Escapes of MySQL's literals: n, t, r, b, 0, Z; any other sign stands for itself. */
const MYSQL = new Map([
  [0x6e, 10],
  [0x74, 9],
  [0x72, 13],
  [0x62, 8],
  [0x30, 0],
  [0x5a, 0x1a],
]);

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** No reference that is read is longer. */
const LONGEST_REFERENCE = 12;
const REFERENCE = /^(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]+))$/;

/** The sign that a reference without its ends stands for; null where it is none. */
function referenced(reference: string): string | null {
  const [, decimal, hex, name] = REFERENCE.exec(reference) ?? [];
  if (name !== undefined) return NAMED.get(name) ?? null;
  const code = decimal === undefined ? parseInt(hex ?? '0', 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}

const markup: Decode = (bytes, start, end) => {
  // No reference is shorter than what it stands for.
  const out = new Uint8Array(end - start);
  let n = 0;
  for (let i = start; i < end; i++) {
    out[n++] = bytes[i]!;
    if (bytes[i] !== AMPERSAND) continue;
    const most = Math.min(end, i + LONGEST_REFERENCE);
    let stop = i + 1;
    while (stop < most && bytes[stop] !== SEMICOLON) stop++;
    if (stop === most) continue;
    const sign = referenced(String.fromCharCode(...bytes.subarray(i + 1, stop)));
    if (sign === null) continue;
    n--;
    n += encoder.encodeInto(sign, out.subarray(n)).written;
    i = stop;
  }
  return out.subarray(0, n);
};

const HEX = /^[\da-fA-F]{2}$/;

/** Bytes written as two digits behind `lead`; null where they are no text then. */
function withBytes(written: string, pattern: RegExp): Uint8Array | null {
  const out: number[] = [];
  let from = 0;
  for (const { index, 0: found, 1: digits } of written.matchAll(pattern)) {
    out.push(...encoder.encode(written.slice(from, index)));
    const meaning = LOG.get(found[1]!);
    if (digits !== undefined && HEX.test(digits)) out.push(parseInt(digits, 16));
    else out.push(...encoder.encode(meaning ?? found));
    from = index + found.length;
  }
  out.push(...encoder.encode(written.slice(from)));
  const bytes = Uint8Array.from(out);
  try {
    strict.decode(bytes);
    return bytes;
  } catch {
    return null;
  }
}

const LOG = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['v', '\v'],
]);

const bytesBehind =
  (pattern: RegExp): Decode =>
  (bytes, start, end) => {
    const written = bytes.subarray(start, end);
    // What is no text in UTF-8 stays as it is written.
    return withBytes(decoder.decode(written), pattern) ?? written;
  };

const BREAK = encoder.encode('<br>');

const isPunctuation = (byte: number): boolean =>
  (byte >= 33 && byte <= 47) ||
  (byte >= 58 && byte <= 64) ||
  (byte >= 91 && byte <= 96) ||
  (byte >= 123 && byte <= 126);

const markdown: Decode = (bytes, start, end) => {
  const out = new Uint8Array(end - start);
  let n = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === BACKSLASH && i + 1 < end && isPunctuation(bytes[i + 1]!))
      out[n++] = bytes[++i]!;
    else if (i + BREAK.length <= end && standsAt(bytes, i, BREAK)) {
      out[n++] = 10;
      i += BREAK.length - 1;
    } else out[n++] = bytes[i]!;
  }
  return out.subarray(0, n);
};

const latex: Decode = (bytes, start, end) => {
  const written = bytes.subarray(start, end);
  const out: number[] = [];
  for (let i = 0; i < written.length;) {
    const word =
      written[i] === BACKSLASH && LATEX_WORDS.find(([text]) => standsAt(written, i, text));
    if (word) {
      out.push(word[1].charCodeAt(0));
      i += word[0].length;
    } else {
      const isEscape =
        written[i] === BACKSLASH && '{}$&#_%'.includes(String.fromCharCode(written[i + 1] ?? 0));
      if (isEscape) i++;
      out.push(written[i++]!);
    }
  }
  return Uint8Array.from(out);
};

export const DECODE: Readonly<Record<SourceTarget, Decode>> = {
  none: plain,
  csv: doubled(QUOTE, false),
  json,
  html: markup,
  xml: markup,
  sql: doubled(APOSTROPHE, false),
  mysql: doubled(APOSTROPHE, true),
  url: bytesBehind(/%([\da-fA-F]{2})/g),
  markdown,
  latex,
  log: bytesBehind(/\\(?:x([\da-fA-F]{2})|["\\ntrbv])/g),
};
