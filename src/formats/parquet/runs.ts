// Writes levels and dictionary places as Parquet's hybrid of runs and packed bits (Encodings.md, RLE = 3).
import type { ByteWriter } from '../../table/byte-writer.ts';

/** Bits that numbers up to `most` take. */
export function bitsOf(most: number): number {
  return most === 0 ? 0 : 32 - Math.clz32(most);
}

/** Below it packed bits are shorter than a run. */
const LEAST_RUN = 8;

/**
 * Appends values [from, to), each of at most `width` bits (0 to 31). Repeats of 8 and more become runs, all else groups of eight
 * packed values; the last group is filled up with zeros.
 */
export function putRuns(
  out: ByteWriter,
  values: Uint8Array | Int32Array,
  from: number,
  to: number,
  width: number,
): void {
  let packedFrom = from;
  let at = from;
  while (at < to) {
    const value = values[at]!;
    let end = at + 1;
    while (end < to && values[end] === value) end++;
    // A group that has begun is filled first.
    const missing = (8 - ((at - packedFrom) & 7)) & 7;
    if (end - at - missing >= LEAST_RUN) {
      const start = at + missing;
      putPacked(out, values, packedFrom, start, width);
      putVarint(out, (end - start) * 2);
      for (let bits = 0, rest = value; bits < width; bits += 8, rest >>>= 8) out.byte(rest & 255);
      packedFrom = end;
    }
    at = end;
  }
  putPacked(out, values, packedFrom, to, width);
}

function putPacked(
  out: ByteWriter,
  values: Uint8Array | Int32Array,
  from: number,
  to: number,
  width: number,
): void {
  if (to === from) return;
  const groups = (to - from + 7) >> 3;
  putVarint(out, groups * 2 + 1);
  putBits(out, values, from, to, width);
  // Zeros up to the end of the last group.
  const wanted = groups * width;
  const done = Math.ceil(((to - from) * width) / 8);
  for (let k = done; k < wanted; k++) out.byte(0);
}

/** Appends values as bits, lowest first, and fills the last byte with zeros. */
export function putBits(
  out: ByteWriter,
  values: Uint8Array | Int32Array,
  from: number,
  to: number,
  width: number,
): void {
  out.reserve(Math.ceil(((to - from) * width) / 8) + 8);
  const { bytes } = out;
  let at = out.length;
  let pending = 0;
  let held = 0;
  for (let i = from; i < to; i++) {
    let value = values[i]!;
    let left = width;
    while (left > 0) {
      const room = 8 - held;
      pending |= (value << held) & 255;
      if (left < room) {
        held += left;
        break;
      }
      bytes[at++] = pending;
      pending = 0;
      held = 0;
      value >>>= room;
      left -= room;
    }
  }
  if (held > 0) bytes[at++] = pending;
  out.length = at;
}

/** An unsigned number in groups of seven bits. */
export function putVarint(out: ByteWriter, value: number): void {
  let left = value;
  while (left >= 128) {
    out.byte((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  out.byte(left);
}
