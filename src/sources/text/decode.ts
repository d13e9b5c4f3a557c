// Takes the escapes of a target off a value.
import type { SourceTarget } from './options.ts';
import { LATEX_WORDS, standsAt } from './tokens.ts';

const AMPERSAND = 38;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const PERCENT = 37;
const QUOTE = 34;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const encoder = new TextEncoder();

/** What is left of the written bytes [start, end): a part of them, bytes of its own, or null where they cannot be read. */
export type Decode = (bytes: Uint8Array, start: number, end: number) => Uint8Array | null;

const plain: Decode = (bytes, start, end) => bytes.subarray(start, end);

/** Only values that have the byte `lead` are taken apart. */
const where =
  (lead: number, decode: (text: string) => string): Decode =>
  (bytes, start, end) => {
    const written = bytes.subarray(start, end);
    return written.includes(lead) ? encoder.encode(decode(decoder.decode(written))) : written;
  };

const json: Decode = (bytes, start, end) => {
  if (bytes[start] !== QUOTE) return bytes.subarray(start, end);
  const inside = bytes.subarray(start + 1, end - 1);
  if (!inside.includes(BACKSLASH)) return inside;
  try {
    return encoder.encode(JSON.parse(decoder.decode(bytes.subarray(start, end))) as string);
  } catch {
    return null;
  }
};

/** Escapes of MySQL's literals; any other sign stands for itself. */
const MYSQL = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['0', '\0'],
  ['Z', '\u001a'],
]);

const sqlInside = (backslashes: boolean): Decode => {
  const doubles = where(APOSTROPHE, (text) => text.replaceAll("''", "'"));
  if (!backslashes) return doubles;
  const escapes = where(BACKSLASH, (text) =>
    text.replaceAll(/''|\\([^])/g, (pair, sign: string | undefined) =>
      sign === undefined ? pair[0]! : (MYSQL.get(sign) ?? sign),
    ),
  );
  return (bytes, start, end) =>
    bytes.subarray(start, end).includes(BACKSLASH)
      ? escapes(bytes, start, end)
      : doubles(bytes, start, end);
};

const sql = (backslashes: boolean): Decode => {
  const inside = sqlInside(backslashes);
  return (bytes, start, end) => {
    if (bytes[start] === APOSTROPHE) return inside(bytes, start + 1, end - 1);
    const written = bytes.subarray(start, end);
    // TRUE and FALSE; numbers have an E at most.
    return written[0]! >= 65 ? encoder.encode(decoder.decode(written).toLowerCase()) : written;
  };
};

const unquote = where(QUOTE, (text) => text.replaceAll('""', '"'));

const csv: Decode = (bytes, start, end) =>
  bytes[start] === QUOTE ? unquote(bytes, start + 1, end - 1) : bytes.subarray(start, end);

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

const markup = where(AMPERSAND, (text) =>
  text.replaceAll(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]+));/g,
    (reference, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? reference;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : reference;
    },
  ),
);

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
  (lead: number, pattern: RegExp): Decode =>
  (bytes, start, end) => {
    const written = bytes.subarray(start, end);
    if (!written.includes(lead)) return written;
    // What is no text in UTF-8 stays as it is written.
    return withBytes(decoder.decode(written), pattern) ?? written;
  };

const markdown: Decode = (() => {
  const escapes = where(BACKSLASH, (text) =>
    text.replaceAll(/\\([!-/:-@[-`{-~])|<br>/g, unescaped),
  );
  const breaks = where(60, (text) => text.replaceAll('<br>', '\n'));
  return (bytes: Uint8Array, start: number, end: number) =>
    bytes.subarray(start, end).includes(BACKSLASH)
      ? escapes(bytes, start, end)
      : breaks(bytes, start, end);
})();

function unescaped(_: string, sign: string | undefined): string {
  return sign ?? '\n';
}

const latex = (): Decode => (bytes, start, end) => {
  const written = bytes.subarray(start, end);
  if (!written.includes(BACKSLASH)) return written;
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
  csv,
  json,
  html: markup,
  xml: markup,
  sql: sql(false),
  mysql: sql(true),
  url: bytesBehind(PERCENT, /%([\da-fA-F]{2})/g),
  markdown,
  latex: latex(),
  log: bytesBehind(BACKSLASH, /\\(?:x([\da-fA-F]{2})|["\\ntrbv])/g),
};
