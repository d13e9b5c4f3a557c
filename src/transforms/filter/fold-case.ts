// Folding of field bytes for `ignoring case` and `ignoring accents`: ASCII as bytes, the rest as text.
import { foldAccents, foldCase } from '../../expression/fold-text.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
let scratch = new Uint8Array(1024);
let length = 0;

/** What letters are compared without. */
export type Folded = 'case' | 'accents' | 'both';

/** A text without its case, its accents or both. */
export function foldText(text: string, folded: Folded): string {
  const plain = folded === 'case' ? text : foldAccents(text);
  return folded === 'accents' ? plain : foldCase(plain);
}

/** Folds the UTF-8 bytes [start, end) into a buffer that the next call overwrites; {@link foldedLength} of it counts. */
export function foldBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  folded: Folded,
): Uint8Array {
  // One code point grows to three times its bytes at most (İ: two to three; U+023A: two to three).
  if ((end - start) * 3 > scratch.length) scratch = new Uint8Array((end - start) * 3);
  const lowers = folded !== 'accents';
  let n = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) {
      const text = foldText(decoder.decode(bytes.subarray(start, end)), folded);
      length = encoder.encodeInto(text, scratch).written;
      return scratch;
    }
    scratch[n++] = lowers && byte >= 65 && byte <= 90 ? byte | 32 : byte;
  }
  length = n;
  return scratch;
}

/** Bytes that the last {@link foldBytes} wrote. */
export function foldedLength(): number {
  return length;
}
