/**
 * Packs blocks as snappy (google/snappy format_description.txt) and LZ4 (lz4_Block_format.md), byte for byte as pack-blocks-twin.ts.
 * AssemblyScript, compiled by build.mjs; the typed door to it is pack-blocks.ts.
 */

/** The table of places seen, by hash; everything below belongs to the compiler. */
const TABLE: usize = 65536;
const HASH_BITS: u32 = 14;
const TABLE_BYTES: usize = (1 << HASH_BITS) * 4;
const INPUT: usize = TABLE + TABLE_BYTES;
/** Loads and stores reach this much too far. */
const PAD: usize = 64;

const MOST_BACK: i32 = 65535;
const LZ4_LAST_MATCH: i32 = 12;
const LZ4_LAST_LITERALS: i32 = 5;

let to: usize = 0;

/** Address of the input. */
export function inputAddress(): usize {
  return INPUT;
}

/** Address of the output of an input of so many bytes. */
export function outputAddress(inputSize: usize): usize {
  return (INPUT + inputSize + PAD + 15) & ~15;
}

/** Grows the memory to hold an input and whatever it becomes; false when it cannot be had. */
export function reserve(inputSize: usize): bool {
  if (__heap_base > TABLE) return false;
  const end = outputAddress(inputSize) + inputSize + inputSize / 6 + 64 + PAD;
  const pages = <i32>((end + 65535) >>> 16);
  return pages <= memory.size() || memory.grow(pages - memory.size()) >= 0;
}

/** Copies `length` bytes and up to 15 more; the areas lie apart. */
function copyApart(target: usize, from: usize, length: usize): void {
  if (length > 256) {
    memory.copy(target, from, length);
    return;
  }
  for (let done: usize = 0; done < length; done += 16)
    v128.store(target + done, v128.load(from + done));
}

function slotOf(word: u32): usize {
  return TABLE + ((<usize>((word * 0x1e35a7bd) >>> (32 - HASH_BITS))) << 2);
}

/** Where bytes [at, lastEnd) end to be those from `other` on. */
function matchEnd(at: i32, other: i32, lastEnd: i32): i32 {
  while (at + 8 <= lastEnd) {
    const differing = load<u64>(INPUT + at) ^ load<u64>(INPUT + other);
    if (differing != 0) return at + <i32>(ctz(differing) >>> 3);
    at += 8;
    other += 8;
  }
  while (at < lastEnd && load<u8>(INPUT + at) == load<u8>(INPUT + other)) {
    at++;
    other++;
  }
  return at;
}

/** An element of bytes as they are. */
function snappyLiterals(from: i32, end: i32): void {
  const length = end - from;
  const n = length - 1;
  if (n < 60) store<u8>(to++, n << 2);
  else {
    const bytes = n < 256 ? 1 : n < 65536 ? 2 : n < 1 << 24 ? 3 : 4;
    store<u8>(to++, (59 + bytes) << 2);
    for (let k = 0; k < bytes; k++) store<u8>(to++, n >>> (8 * k));
  }
  copyApart(to, INPUT + from, length);
  to += length;
}

function snappyCopy2(back: i32, length: i32): void {
  store<u8>(to, 2 | ((length - 1) << 2));
  store<u16>(to + 1, back);
  to += 3;
}

function snappyCopy(back: i32, length: i32): void {
  while (length >= 68) {
    snappyCopy2(back, 64);
    length -= 64;
  }
  if (length > 64) {
    snappyCopy2(back, 60);
    length -= 60;
  }
  if (length >= 12 || back >= 2048) snappyCopy2(back, length);
  else {
    store<u8>(to, 1 | ((length - 4) << 2) | ((back >> 8) << 5));
    store<u8>(to + 1, back);
    to += 2;
  }
}

function lz4More(length: i32): void {
  length -= 15;
  for (; length >= 255; length -= 255) store<u8>(to++, 255);
  store<u8>(to++, length);
}

/** A token with its literals, and the nibble of the match that follows. */
function lz4Open(from: i32, end: i32, match: i32): void {
  const length = end - from;
  store<u8>(to++, (min(length, 15) << 4) | min(match, 15));
  if (length >= 15) lz4More(length);
  copyApart(to, INPUT + from, length);
  to += length;
}

/** Walks the input and writes what it finds; gives where the rest begins. */
function search(size: i32, lastStart: i32, lastEnd: i32, isSnappy: bool): i32 {
  if (lastStart <= 0) return 0;
  memory.fill(TABLE, 255, TABLE_BYTES);
  let at = 0;
  let anchor = 0;
  let misses = 32;
  while (at < lastStart) {
    const word = load<u32>(INPUT + at);
    const slot = slotOf(word);
    const candidate = load<i32>(slot);
    store<i32>(slot, at);
    if (candidate < 0 || at - candidate > MOST_BACK || load<u32>(INPUT + candidate) != word) {
      at += misses >> 5;
      misses++;
      continue;
    }
    misses = 32;
    const end = matchEnd(at + 4, candidate + 4, lastEnd);
    if (isSnappy) {
      if (at > anchor) snappyLiterals(anchor, at);
      snappyCopy(at - candidate, end - at);
    } else {
      const match = end - at - 4;
      lz4Open(anchor, at, match);
      store<u16>(to, at - candidate);
      to += 2;
      if (match >= 15) lz4More(match);
    }
    at = end;
    anchor = end;
    if (at < lastStart) store<i32>(slotOf(load<u32>(INPUT + at - 1)), at - 1);
  }
  return anchor;
}

/** Packs the input as snappy, behind its size; gives the output's size. */
export function snappy(size: i32): i32 {
  const start = outputAddress(size);
  to = start;
  let left: u32 = size;
  while (left >= 128) {
    store<u8>(to++, left | 128);
    left >>>= 7;
  }
  store<u8>(to++, left);
  const rest = search(size, size - 4, size, true);
  if (rest < size) snappyLiterals(rest, size);
  return <i32>(to - start);
}

/** Packs the input as an LZ4 block; gives the output's size. */
export function lz4(size: i32): i32 {
  const start = outputAddress(size);
  to = start;
  const rest = search(size, size - LZ4_LAST_MATCH, size - LZ4_LAST_LITERALS, false);
  lz4Open(rest, size, 0);
  return <i32>(to - start);
}
