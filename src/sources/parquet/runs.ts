// Reads the runs in which levels, dictionary indices and booleans stand: repeated values and bit-packed groups in turn.
import { Fault, insist } from '../../contract/fault.ts';

/** Small numbers read one stretch after the other. */
export interface LevelReader {
  /** The next `count` numbers to out[at…]. Throws a Fault when there are not that many. */
  read(out: Uint8Array | Int32Array, at: number, count: number): void;
  /** Passes by the next `count` numbers if they are sure to be `value`; false, and nothing is passed by, where it cannot tell. */
  takeEqual(value: number, count: number): boolean;
}

/** RLE/bit-packing hybrid of `width` bits (0 to 32) in bytes [start, end) (Encodings.md, RLE = 3). */
export function openRuns(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
): LevelReader {
  insist(width <= 32, 'a bit width is out of range');
  if (width === 0)
    return {
      read: (out, at, count) => void out.fill(0, at, at + count),
      takeEqual: (value) => value === 0,
    };
  const valueBytes = (width + 7) >> 3;
  let at = start;
  let left = 0;
  let isPacked = false;
  let repeated = 0;
  let packedAt = 0;
  let packedBit = 0;

  const next = (): void => {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw new Fault('a page holds fewer values than it says');
      const b = bytes[at++]!;
      head += (b & 127) * 2 ** shift;
      if (b < 128) break;
    }
    isPacked = head % 2 === 1;
    const count = Math.floor(head / 2);
    if (isPacked) {
      left = count * 8;
      packedAt = at;
      packedBit = 0;
      // The last group may be cut off where the page ends.
      const size = Math.min(count * width, end - at);
      left = Math.min(left, Math.floor((size * 8) / width));
      at += size;
    } else {
      insist(at + valueBytes <= end, 'a page holds fewer values than it says');
      repeated = 0;
      for (let i = 0; i < valueBytes; i++) repeated |= bytes[at + i]! << (8 * i);
      at += valueBytes;
      left = count;
    }
  };

  const unpack = (out: Uint8Array | Int32Array, to: number, count: number): void => {
    const mask = width === 32 ? -1 : (1 << width) - 1;
    let p = packedAt;
    let bit = packedBit;
    if (width === 1) {
      for (let i = 0; i < count; i++) {
        out[to + i] = (bytes[p]! >> bit) & 1;
        bit++;
        if (bit === 8) {
          bit = 0;
          p++;
        }
      }
    } else if (width === 8) {
      for (let i = 0; i < count; i++) out[to + i] = bytes[p++]!;
    } else if (width <= 9) {
      for (let i = 0; i < count; i++) {
        out[to + i] = ((bytes[p]! | (bytes[p + 1]! << 8)) >> bit) & mask;
        bit += width;
        p += bit >> 3;
        bit &= 7;
      }
    } else if (width <= 24) {
      for (let i = 0; i < count; i++) {
        const word =
          bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
        out[to + i] = (word >>> bit) & mask;
        bit += width;
        p += bit >> 3;
        bit &= 7;
      }
    } else {
      for (let i = 0; i < count; i++) {
        const word =
          bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
        let value = word >>> bit;
        if (bit + width > 32) value |= bytes[p + 4]! << (32 - bit);
        out[to + i] = value & mask;
        bit += width;
        p += bit >> 3;
        bit &= 7;
      }
    }
    packedAt = p;
    packedBit = bit;
  };

  return {
    read(out, to, count) {
      while (count > 0) {
        while (left === 0) next();
        const take = Math.min(left, count);
        if (isPacked) unpack(out, to, take);
        else out.fill(repeated, to, to + take);
        to += take;
        count -= take;
        left -= take;
      }
    },
    takeEqual(value, count) {
      while (left === 0) next();
      if (isPacked || repeated !== value || left < count) return false;
      left -= count;
      return true;
    },
  };
}

/** The old bit packing of levels, most significant bit first (Encodings.md, BIT_PACKED = 4). */
export function openOldPacking(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
): LevelReader {
  let bit = start * 8;
  return {
    read(out, at, count) {
      insist(bit + count * width <= end * 8, 'a page holds fewer values than it says');
      for (let i = 0; i < count; i++) {
        let value = 0;
        for (let k = 0; k < width; k++, bit++)
          value = (value << 1) | ((bytes[Math.floor(bit / 8)]! >> (7 - (bit % 8))) & 1);
        out[at + i] = value;
      }
    },
    takeEqual: () => false,
  };
}
