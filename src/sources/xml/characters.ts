// Which bytes XML 1.0 (fifth edition) allows in text and in names.

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
