// The single-byte charsets: which code point each byte from 0x80 up means.

// Own tables, because runtimes differ: WHATWG has `iso-8859-1` mean windows-1252, and some give `windows-1252` as Latin-1.
import { singleByteIndexes } from './indexes/single-byte.ts';

const NOTHING = 0xfffd;

/** Whether a charset has one byte for each character. */
export const isSingleByte = (charset: string): boolean =>
  charset === 'ascii' || charset === 'iso-8859-1' || singleByteIndexes.has(charset);

/** Code points of the bytes 0x80 to 0xFF, undefined where a byte means nothing; empty where the charset ends at 0x7F. */
export function upperHalf(charset: string): (number | undefined)[] {
  if (charset === 'ascii') return [];
  if (charset === 'iso-8859-1') return Array.from({ length: 128 }, (_, i) => 0x80 + i);
  return Array.from(singleByteIndexes.get(charset)!, (character) => {
    const codePoint = character.codePointAt(0)!;
    return codePoint === NOTHING ? undefined : codePoint;
  });
}

/** The byte of each code point from 0x80 up that the charset has. */
export function bytesByCodePoint(charset: string): Map<number, number> {
  return new Map(
    upperHalf(charset).flatMap((codePoint, i): [number, number][] =>
      codePoint === undefined ? [] : [[codePoint, 0x80 + i]],
    ),
  );
}
