// Which bytes and code points XML 1.0 (fifth edition) allows in text and in names.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Bytes of a name: 1 = a character of its own, 2 = begins a character of several bytes, 0 = none. */
export const NAME_START = new Uint8Array(256);
export const NAME = new Uint8Array(256);
for (const letter of `${LETTERS}_:`) NAME_START[letter.charCodeAt(0)] = 1;
NAME_START.fill(2, 0xc2, 0xf5);
NAME.set(NAME_START);
for (const other of '-.0123456789') NAME[other.charCodeAt(0)] = 1;

/** Bytes that end the plain run of a text: controls, `<`, `&`, `]`, and the first of U+FFFE and U+FFFF. */
export const STOPS_TEXT = new Uint8Array(256);
/** The same of an attribute's value, where white space is told too. */
export const STOPS_VALUE = new Uint8Array(256);
/** The same where only characters are looked at: in comments, CDATA and processing instructions. */
export const STOPS_SPAN = new Uint8Array(256);
for (const stops of [STOPS_TEXT, STOPS_VALUE, STOPS_SPAN]) {
  stops.fill(1, 0, 32);
  stops[0xef] = 1;
}
for (const stops of [STOPS_TEXT, STOPS_SPAN]) stops[9] = stops[10] = 0;
for (const byte of [60, 38]) STOPS_TEXT[byte] = STOPS_VALUE[byte] = 1;
STOPS_TEXT[93] = 1;
for (const byte of [34, 39]) STOPS_VALUE[byte] = 1;

/** White space: space, tab, LF, CR. */
export const SPACE = new Uint8Array(256);
for (const byte of [32, 9, 10, 13]) SPACE[byte] = 1;

/** Whether XML allows the character (production 2). */
export function isCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

/** First and last code points beyond ASCII that begin names (production 4). */
const STARTS: readonly number[] = [
  ...[0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d],
  ...[0x2070, 0x218f, 0x2c00, 0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd],
  ...[0x10000, 0xeffff],
];
/** Those that stand in names only further on (production 4a). */
const FOLLOWS: readonly number[] = [0xb7, 0xb7, 0x300, 0x36f, 0x203f, 0x2040];

function isWithin(ranges: readonly number[], code: number): boolean {
  for (let i = 0; i < ranges.length; i += 2)
    if (code >= ranges[i]! && code <= ranges[i + 1]!) return true;
  return false;
}

/** Whether a character beyond ASCII may stand in a name. */
export function isNameCharacter(code: number, isFirst: boolean): boolean {
  return isWithin(STARTS, code) || (!isFirst && isWithin(FOLLOWS, code));
}

/** How many bytes the character has that begins with this byte. */
export function characterSize(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** The code point at `at`; -1 where the bytes are no UTF-8. */
export function codePointAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const size = characterSize(first);
  let code = size === 1 ? first : first & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i]!;
    if ((next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 0x3f);
  }
  return code;
}
