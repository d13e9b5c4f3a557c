// How many columns of a fixed-width font a text takes: two for East Asian wide characters and most emoji, none for marks.

/** First and last code points, ascending; blocks, so that every runtime has the same ones (after Unicode 15, UAX #11). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f1e6, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

const MARKS: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff],
  [0xe0001, 0xe01ef],
];

function isWithin(code: number, ranges: readonly (readonly [number, number])[]): boolean {
  for (const [first, last] of ranges) if (code <= last) return code >= first;
  return false;
}

/** The width of UTF-8 bytes [start, end) in columns; a byte below 0x80 is one. */
export function textWidth(bytes: Uint8Array, start: number, end: number): number {
  let width = 0;
  for (let i = start; i < end; i++) {
    const b = bytes[i]!;
    if (b < 0x80) {
      width++;
      continue;
    }
    // Trailing bytes belong to the character before.
    if (b < 0xc0) continue;
    const code =
      b < 0xe0
        ? ((b & 31) << 6) | (bytes[i + 1]! & 63)
        : b < 0xf0
          ? ((b & 15) << 12) | ((bytes[i + 1]! & 63) << 6) | (bytes[i + 2]! & 63)
          : ((b & 7) << 18) |
            ((bytes[i + 1]! & 63) << 12) |
            ((bytes[i + 2]! & 63) << 6) |
            (bytes[i + 3]! & 63);
    if (isWithin(code, MARKS)) continue;
    width += isWithin(code, WIDE) ? 2 : 1;
  }
  return width;
}
