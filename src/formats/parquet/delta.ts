// Writes whole numbers as packed differences, and texts by their sizes or what they share with the one before (Encodings.md 5–7).
import type { ByteWriter } from '../../table/byte-writer.ts';
import { wordsOf } from '../../table/gather-column.ts';
import type { LeafBuffer } from './leaf-buffer.ts';
import { putVarint } from './runs.ts';

const BLOCK = 128;
const MINIBLOCKS = 4;
const MINIBLOCK = BLOCK / MINIBLOCKS;

/** DELTA_BINARY_PACKED of 32- or 64-bit integers. */
export function putDeltas(out: ByteWriter, leaf: LeafBuffer, from: number, to: number): void {
  const words = wordsOf(leaf.bytes);
  if (leaf.type.width === 4) putDeltas32(out, words, from, to);
  else {
    const { buffer, byteOffset } = leaf.bytes;
    putDeltas64(out, new BigInt64Array(buffer, byteOffset, leaf.bytes.length >> 3), from, to);
  }
}

function putHead(out: ByteWriter, count: number): void {
  putVarint(out, BLOCK);
  putVarint(out, MINIBLOCKS);
  putVarint(out, count);
}

/** Differences wrap within 32 bits, as readers add them. */
function putDeltas32(out: ByteWriter, values: Int32Array, from: number, to: number): void {
  putHead(out, to - from);
  const first = from < to ? values[from]! : 0;
  putVarint(out, ((first << 1) ^ (first >> 31)) >>> 0);
  const deltas = new Int32Array(BLOCK);
  for (let at = from + 1; at < to; at += BLOCK) {
    const count = Math.min(BLOCK, to - at);
    let least = 0x7fffffff;
    for (let k = 0; k < count; k++) {
      const delta = (values[at + k]! - values[at + k - 1]!) | 0;
      deltas[k] = delta;
      if (delta < least) least = delta;
    }
    putVarint(out, ((least << 1) ^ (least >> 31)) >>> 0);
    const widths: number[] = [];
    for (let mini = 0; mini < MINIBLOCKS; mini++) {
      let all = 0;
      for (let k = mini * MINIBLOCK; k < Math.min(count, (mini + 1) * MINIBLOCK); k++) {
        deltas[k] = (deltas[k]! - least) | 0;
        all |= deltas[k]!;
      }
      const width = mini * MINIBLOCK < count ? 32 - Math.clz32(all) : 0;
      widths.push(width);
      out.byte(width);
    }
    deltas.fill(0, count);
    for (let mini = 0; mini < MINIBLOCKS; mini++)
      if (mini * MINIBLOCK < count)
        putWide(out, widths[mini]!, (k) => deltas[mini * MINIBLOCK + k]! >>> 0);
  }
}

/** A miniblock of numbers below 2^32, as bits. */
function putWide(out: ByteWriter, width: number, value: (k: number) => number): void {
  let pending = 0;
  let held = 0;
  for (let k = 0; k < MINIBLOCK; k++) {
    let rest = value(k);
    let left = width;
    while (left > 0) {
      const room = Math.min(8 - held, left);
      pending |= (rest & ((1 << room) - 1)) << held;
      rest >>>= room;
      left -= room;
      held += room;
      if (held === 8) {
        out.byte(pending);
        pending = 0;
        held = 0;
      }
    }
  }
}

function putDeltas64(out: ByteWriter, values: BigInt64Array, from: number, to: number): void {
  putHead(out, to - from);
  putVarint64(out, from < to ? values[from]! : 0n);
  const deltas = new BigInt64Array(BLOCK);
  const unsigned = new BigUint64Array(deltas.buffer);
  const halves = new Uint32Array(deltas.buffer);
  for (let at = from + 1; at < to; at += BLOCK) {
    const count = Math.min(BLOCK, to - at);
    let least = 0x7fffffffffffffffn;
    for (let k = 0; k < count; k++) {
      // The array wraps the difference to 64 bits.
      deltas[k] = values[at + k]! - values[at + k - 1]!;
      if (deltas[k]! < least) least = deltas[k]!;
    }
    putVarint64(out, least);
    const widths: number[] = [];
    for (let mini = 0; mini < MINIBLOCKS; mini++) {
      let low = 0;
      let high = 0;
      for (let k = mini * MINIBLOCK; k < Math.min(count, (mini + 1) * MINIBLOCK); k++) {
        unsigned[k] = deltas[k]! - least;
        low |= halves[k * 2]!;
        high |= halves[k * 2 + 1]!;
      }
      const bits = high === 0 ? 32 - Math.clz32(low) : 64 - Math.clz32(high);
      const width = mini * MINIBLOCK < count ? bits : 0;
      widths.push(width);
      out.byte(width);
    }
    deltas.fill(0n, count);
    for (let mini = 0; mini < MINIBLOCKS; mini++) {
      if (mini * MINIBLOCK >= count) continue;
      const width = widths[mini]!;
      if (width <= 32) putWide(out, width, (k) => halves[(mini * MINIBLOCK + k) * 2]!);
      else putPairs(out, width, halves, mini * MINIBLOCK);
    }
  }
}

/** A miniblock of numbers of 33 to 64 bits. */
function putPairs(out: ByteWriter, width: number, halves: Uint32Array, first: number): void {
  let pending = 0;
  let held = 0;
  for (let k = 0; k < MINIBLOCK; k++)
    for (let bit = 0; bit < width; bit++) {
      const half = halves[(first + k) * 2 + (bit >> 5)]!;
      pending |= ((half >>> (bit & 31)) & 1) << held;
      if (++held === 8) {
        out.byte(pending);
        pending = 0;
        held = 0;
      }
    }
}

function putVarint64(out: ByteWriter, value: bigint): void {
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  while (left >= 128n) {
    out.byte(Number(left & 127n) | 128);
    left >>= 7n;
  }
  out.byte(Number(left));
}

/** DELTA_LENGTH_BYTE_ARRAY: all sizes, then all bytes. */
export function putSizesFirst(out: ByteWriter, leaf: LeafBuffer, from: number, to: number): void {
  const { bytes, offsets } = leaf;
  const sizes = new Int32Array(to - from);
  for (let i = from; i < to; i++) sizes[i - from] = offsets[i + 1]! - offsets[i]!;
  putDeltas32(out, sizes, 0, sizes.length);
  out.put(bytes, offsets[from], offsets[to]);
}

/** DELTA_BYTE_ARRAY: how many bytes each shares with the one before, then what follows them. */
export function putPrefixes(out: ByteWriter, leaf: LeafBuffer, from: number, to: number): void {
  const { bytes, offsets, type } = leaf;
  const start = (i: number): number => (type.width === 0 ? offsets[i]! : i * type.width);
  const prefixes = new Int32Array(to - from);
  const sizes = new Int32Array(to - from);
  for (let i = from; i < to; i++) {
    const size = start(i + 1) - start(i);
    let shared = 0;
    if (i > from) {
      const most = Math.min(size, start(i) - start(i - 1));
      while (shared < most && bytes[start(i) + shared] === bytes[start(i - 1) + shared]) shared++;
    }
    prefixes[i - from] = shared;
    sizes[i - from] = size - shared;
  }
  putDeltas32(out, prefixes, 0, prefixes.length);
  putDeltas32(out, sizes, 0, sizes.length);
  for (let i = from; i < to; i++) out.put(bytes, start(i) + prefixes[i - from]!, start(i + 1));
}
