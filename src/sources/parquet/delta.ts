// Reads integers that stand as differences in bit-packed blocks (Encodings.md, DELTA_BINARY_PACKED = 5).
import { Fault, insist } from '../../contract/fault.ts';

export interface DeltaReader {
  /** Values in all. */
  readonly count: number;
  /** The next `count` values to out[at…], of two words (low, high) each when the reader is wide. */
  read(out: Int32Array, at: number, count: number): void;
  /** Where the bytes behind the values begin, once all are read. */
  end(): number;
}

/** Far above what writers use (128 values a block); bounds what a few bytes can claim to be. */
const MOST_BLOCK_VALUES = 1 << 16;

/** Bits [bit, bit + width) from byte `p` on, width ≤ 32. */
function bitsAt(bytes: Uint8Array, p: number, bit: number, width: number): number {
  const word = bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
  let value = word >>> bit;
  if (bit + width > 32) value |= bytes[p + 4]! << (32 - bit);
  return width === 32 ? value | 0 : value & ((1 << width) - 1);
}

/** Integers of 32 bits, or with `isWide` of 64, which wrap around as the format wants. */
export function openDelta(
  bytes: Uint8Array,
  start: number,
  end: number,
  isWide: boolean,
): DeltaReader {
  let at = start;
  const byte = (): number => {
    if (at >= end) throw new Fault('a page holds fewer values than it says');
    return bytes[at++]!;
  };
  const count = (what: string): number => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const b = byte();
      value += (b & 127) * unit;
      insist(value <= 0x7fffffff, `${what} is out of range`);
      if (b < 128) return value;
    }
  };
  let low = 0;
  let high = 0;
  /** A zigzag number of up to 64 bits to `low` and `high`. */
  const zigzag = (): void => {
    low = 0;
    high = 0;
    for (let shift = 0; ; shift += 7) {
      insist(shift < 70, 'a number is out of range');
      const b = byte();
      const bits = b & 127;
      if (shift < 32) low |= bits << shift;
      if (shift > 25 && shift < 32) high |= bits >>> (32 - shift);
      if (shift >= 32) high |= bits << (shift - 32);
      if (b < 128) break;
    }
    const sign = -(low & 1);
    low = ((low >>> 1) | (high << 31)) ^ sign;
    high = (high >>> 1) ^ sign;
  };

  const blockValues = count('a block size');
  const miniBlocks = count('a number of blocks');
  const total = count('a number of values');
  insist(
    blockValues > 0 &&
      blockValues <= MOST_BLOCK_VALUES &&
      miniBlocks > 0 &&
      blockValues % miniBlocks === 0,
    'a block size is out of range',
  );
  const miniValues = blockValues / miniBlocks;
  zigzag();
  let lastLow = low;
  let lastHigh = high;
  let isFirst = true;
  let left = total;
  let leastLow = 0;
  let leastHigh = 0;
  let widthsAt = 0;
  let mini = miniBlocks;
  let miniLeft = 0;
  let width = 0;
  let packedAt = at;
  let packedBit = 0;

  const nextMini = (): void => {
    if (mini === miniBlocks) {
      zigzag();
      leastLow = low;
      leastHigh = high;
      widthsAt = at;
      at += miniBlocks;
      insist(at <= end, 'a page holds fewer values than it says');
      mini = 0;
    }
    width = bytes[widthsAt + mini]!;
    insist(width <= (isWide ? 64 : 32), 'a bit width is out of range');
    mini++;
    miniLeft = miniValues;
    packedAt = at;
    packedBit = 0;
    at += (miniValues * width) / 8;
    // The last one may be cut off where the page ends: what is needed of it must be there.
    const needed = Math.ceil((Math.min(miniValues, left) * width) / 8);
    insist(packedAt + needed <= end, 'a page holds fewer values than it says');
  };

  return {
    count: total,
    read(out, to, wanted) {
      insist(wanted <= left, 'a page holds fewer values than it says');
      for (let i = 0; i < wanted; i++) {
        if (isFirst) isFirst = false;
        else {
          if (miniLeft === 0) nextMini();
          miniLeft--;
          let deltaLow = 0;
          let deltaHigh = 0;
          if (width > 0) {
            const first = Math.min(width, 32);
            deltaLow = bitsAt(bytes, packedAt, packedBit, first);
            packedBit += first;
            packedAt += packedBit >> 3;
            packedBit &= 7;
            if (width > 32) {
              deltaHigh = bitsAt(bytes, packedAt, packedBit, width - 32);
              packedBit += width - 32;
              packedAt += packedBit >> 3;
              packedBit &= 7;
            }
          }
          if (isWide) {
            const sum = (lastLow >>> 0) + (deltaLow >>> 0) + (leastLow >>> 0);
            lastHigh = (lastHigh + deltaHigh + leastHigh + Math.floor(sum / 0x100000000)) | 0;
            lastLow = sum | 0;
          } else lastLow = (lastLow + deltaLow + leastLow) | 0;
        }
        left--;
        if (isWide) {
          out[(to + i) * 2] = lastLow;
          out[(to + i) * 2 + 1] = lastHigh;
        } else out[to + i] = lastLow;
      }
    },
    end: () => Math.min(at, end),
  };
}
