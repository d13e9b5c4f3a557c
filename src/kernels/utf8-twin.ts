/** UTF-8 in plain TypeScript (Unicode 16, §3.9, table 3-7): the kernel's twin, its fallback, and the one that finds what is wrong. */

/**
 * Length in bytes of the well-formed sequence at `at` (1 to 4; `at` < `end`). 0 = the bytes end inside a sequence that was well-formed so far.
 * Negative = ill-formed, and that many bytes belong together (a maximal subpart), as one replacement character stands for.
 */
export function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const wanted = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte's range keeps out overlong forms, surrogates, and what lies beyond U+10FFFF.
  let least = 0x80;
  let most = 0xbf;
  if (lead === 0xe0) least = 0xa0;
  else if (lead === 0xed) most = 0x9f;
  else if (lead === 0xf0) least = 0x90;
  else if (lead === 0xf4) most = 0x8f;
  for (let k = 1; k < wanted; k++) {
    if (at + k >= end) return 0;
    const byte = bytes[at + k]!;
    if (byte < least || byte > most) return -k;
    least = 0x80;
    most = 0xbf;
  }
  return wanted;
}

/** What a walk over UTF-8 found. */
export interface Utf8Scan {
  /** Where the well-formed part ends: the end, or where a sequence is ill-formed or cut. */
  end: number;
  /** Line feeds before `end`. */
  lines: number;
  /** What {@link sequenceLength} says at `end`; 1 at the end of the bytes. */
  sequence: number;
  /** Whether all before `end` is ASCII. */
  isAscii: boolean;
}

/** Words looked at together; their four lanes of counts stay below 256. */
const BLOCK_WORDS = 128;
const HIGH_BITS = 0x80808080 | 0;
const LOW_ONES = 0x01010101;
const NO_WORDS = new Int32Array(0);

/**
 * Walks the well-formed UTF-8 of `bytes` from `start`, where a character begins, towards `end` (both are byte offsets,
 * 0 ≤ start ≤ end ≤ bytes.length). Stretches of ASCII are looked at four bytes at once: high bits are or-ed together,
 * and a lane of (word ^ 0A0A0A0A) + 7F7F7F7F keeps its high bit clear for a line feed only.
 */
export function scanUtf8Plainly(bytes: Uint8Array, start: number, end: number): Utf8Scan {
  const firstWord = start + (-(bytes.byteOffset + start) & 3);
  const wordCount = Math.max(0, (end - firstWord) >> 2);
  const words =
    wordCount === 0
      ? NO_WORDS
      : new Int32Array(bytes.buffer, bytes.byteOffset + firstWord, wordCount);
  let at = start;
  let lines = 0;
  let isAscii = true;
  // Word by word and byte by byte up to here, then by blocks again.
  let limit = Math.min(end, firstWord);
  for (;;) {
    while (at < limit) {
      if (((at - firstWord) & 3) === 0 && at + 4 <= limit) {
        const value = words[(at - firstWord) >> 2]!;
        if ((value & HIGH_BITS) === 0) {
          const others = (((value ^ 0x0a0a0a0a) + 0x7f7f7f7f) >>> 7) & LOW_ONES;
          if (others !== LOW_ONES) lines += 4 - (Math.imul(others, LOW_ONES) >>> 24);
          at += 4;
          continue;
        }
      }
      const byte = bytes[at]!;
      if (byte < 0x80) {
        if (byte === 10) lines++;
        at++;
        continue;
      }
      const sequence = sequenceLength(bytes, at, end);
      if (sequence <= 0) return { end: at, lines, sequence, isAscii };
      isAscii = false;
      at += sequence;
    }
    if (at >= end) return { end: at, lines, sequence: 1, isAscii };
    // A sequence may have reached into a word.
    const misaligned = (at - firstWord) & 3;
    if (misaligned !== 0) {
      limit = Math.min(end, at + 4 - misaligned);
      continue;
    }
    limit = end;
    for (let word = (at - firstWord) >> 2; word < wordCount;) {
      const blockEnd = Math.min(wordCount, word + BLOCK_WORDS);
      let bits = 0;
      let others = 0;
      for (let w = word; w < blockEnd; w++) {
        const value = words[w]!;
        bits |= value;
        others = (others + ((((value ^ 0x0a0a0a0a) + 0x7f7f7f7f) >>> 7) & LOW_ONES)) | 0;
      }
      if ((bits & HIGH_BITS) !== 0) {
        limit = firstWord + blockEnd * 4;
        break;
      }
      const count =
        (others & 0xff) + ((others >>> 8) & 0xff) + ((others >>> 16) & 0xff) + (others >>> 24);
      lines += (blockEnd - word) * 4 - count;
      word = blockEnd;
      at = firstWord + word * 4;
    }
  }
}
