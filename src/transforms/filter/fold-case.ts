// Case folding for `ignoring case`: each code point by its own lower case, without regard to language or position.

// So Σ and σ are one, ς is another; İ becomes i with a dot above; ß and ss differ.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
let scratch = new Uint8Array(1024);
let length = 0;

/** A text with every code point in lower case. */
export function foldText(text: string): string {
  let out = '';
  for (const character of text) out += character.toLowerCase();
  return out;
}

/** Folds the UTF-8 bytes [start, end) into a buffer that the next call overwrites; {@link foldedLength} of it counts. */
export function foldBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  // One code point grows to three times its bytes at most (İ: two to three; U+023A: two to three).
  if ((end - start) * 3 > scratch.length) scratch = new Uint8Array((end - start) * 3);
  let n = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) {
      const text = foldText(decoder.decode(bytes.subarray(start, end)));
      length = encoder.encodeInto(text, scratch).written;
      return scratch;
    }
    scratch[n++] = byte >= 65 && byte <= 90 ? byte | 32 : byte;
  }
  length = n;
  return scratch;
}

/** Bytes that the last {@link foldBytes} wrote. */
export function foldedLength(): number {
  return length;
}
