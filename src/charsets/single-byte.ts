// The single-byte charsets: which code point each byte from 0x80 up means.

// Own tables, because runtimes differ: WHATWG has `iso-8859-1` mean windows-1252, and some give `windows-1252` as Latin-1.

/** windows-1252 from 0x80 to 0x9F. The five bytes that Microsoft left empty mean the C1 control of their number, as WHATWG has it. */
const WINDOWS_1252 = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152,
  0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122,
  0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

export type SingleByteCharset = 'windows-1252' | 'iso-8859-1' | 'ascii';

/** Code points of the bytes 0x80 to 0xFF; empty where the charset ends at 0x7F. */
export function upperHalf(charset: SingleByteCharset): number[] {
  if (charset === 'ascii') return [];
  const latin1 = Array.from({ length: 128 }, (_, i) => 0x80 + i);
  return charset === 'iso-8859-1' ? latin1 : [...WINDOWS_1252, ...latin1.slice(32)];
}

/** The byte of each code point from 0x80 up that the charset has. */
export function bytesByCodePoint(charset: SingleByteCharset): Map<number, number> {
  return new Map(upperHalf(charset).map((codePoint, i) => [codePoint, 0x80 + i]));
}
