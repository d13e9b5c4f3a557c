/** Packs snappy and LZ4 blocks in plain TypeScript: the reference of the kernel, one greedy search, two ways of writing. */

const HASH_BITS = 14;
/** Neither format's short copies reach further back. */
const MOST_BACK = 65_535;
/** LZ4 wants its last match to begin 12 bytes before the end, and its last 5 bytes as literals. */
const LZ4_LAST_MATCH = 12;
const LZ4_LAST_LITERALS = 5;

const table = new Int32Array(1 << HASH_BITS);

/** A sink of what the search finds: bytes [from, to) as they are, then `length` bytes from `back` bytes before. */
interface Sink {
  literals(from: number, to: number): void;
  copy(back: number, length: number): void;
}

/** Walks the input; matches begin before `lastStart` and end at `lastEnd` at the latest. Gives where the rest begins. */
function search(input: Uint8Array, lastStart: number, lastEnd: number, sink: Sink): number {
  if (lastStart <= 0) return 0;
  table.fill(-1);
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  let at = 0;
  let anchor = 0;
  // The longer nothing is found, the fewer places are looked at.
  let misses = 32;
  while (at < lastStart) {
    const word = view.getInt32(at, true);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
    const candidate = table[slot]!;
    table[slot] = at;
    if (candidate < 0 || at - candidate > MOST_BACK || view.getInt32(candidate, true) !== word) {
      at += misses++ >> 5;
      continue;
    }
    misses = 32;
    let end = at + 4;
    let other = candidate + 4;
    while (end < lastEnd && input[end] === input[other]) {
      end++;
      other++;
    }
    if (at > anchor) sink.literals(anchor, at);
    sink.copy(at - candidate, end - at);
    at = end;
    anchor = end;
    if (at < lastStart) {
      const before = view.getInt32(at - 1, true);
      table[Math.imul(before, 0x1e35a7bd) >>> (32 - HASH_BITS)] = at - 1;
    }
  }
  return anchor;
}

/** As `packSnappy` of the kernel's door documents it. */
export function packSnappyPlainly(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = input.length;
  const out = new Uint8Array(32 + size + Math.ceil(size / 6));
  let to = 0;
  for (let left = size; ; left = Math.floor(left / 128)) {
    if (left < 128) {
      out[to++] = left;
      break;
    }
    out[to++] = (left & 127) | 128;
  }
  const literals = (from: number, end: number): void => {
    const length = end - from;
    const n = length - 1;
    if (n < 60) out[to++] = n << 2;
    else {
      const bytes = n < 256 ? 1 : n < 65_536 ? 2 : n < 1 << 24 ? 3 : 4;
      out[to++] = (59 + bytes) << 2;
      for (let k = 0; k < bytes; k++) out[to++] = (n >>> (8 * k)) & 255;
    }
    if (length > 32) out.set(input.subarray(from, end), to);
    else for (let k = 0; k < length; k++) out[to + k] = input[from + k]!;
    to += length;
  };
  const copy = (back: number, length: number): void => {
    let left = length;
    // No piece is shorter than four bytes.
    while (left >= 68) {
      put2(back, 64);
      left -= 64;
    }
    if (left > 64) {
      put2(back, 60);
      left -= 60;
    }
    if (left >= 12 || back >= 2048) put2(back, left);
    else {
      out[to++] = 1 | ((left - 4) << 2) | ((back >> 8) << 5);
      out[to++] = back & 255;
    }
  };
  const put2 = (back: number, length: number): void => {
    out[to++] = 2 | ((length - 1) << 2);
    out[to++] = back & 255;
    out[to++] = back >> 8;
  };
  const rest = search(input, size - 4, size, { literals, copy });
  if (rest < size) literals(rest, size);
  return out.slice(0, to);
}

/** As `packLz4Block` of the kernel's door documents it. */
export function packLz4BlockPlainly(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = input.length;
  const out = new Uint8Array(size + Math.ceil(size / 255) + 16);
  let to = 0;
  let pending = { from: 0, to: 0 };
  const more = (length: number): void => {
    let left = length - 15;
    for (; left >= 255; left -= 255) out[to++] = 255;
    out[to++] = left;
  };
  /** A token with its literals, and the nibble of the match that follows. */
  const open = (from: number, end: number, match: number): void => {
    const length = end - from;
    out[to++] = (Math.min(length, 15) << 4) | Math.min(match, 15);
    if (length >= 15) more(length);
    if (length > 32) out.set(input.subarray(from, end), to);
    else for (let k = 0; k < length; k++) out[to + k] = input[from + k]!;
    to += length;
  };
  const rest = search(input, size - LZ4_LAST_MATCH, size - LZ4_LAST_LITERALS, {
    literals(from, end) {
      pending = { from, to: end };
    },
    copy(back, length) {
      const match = length - 4;
      open(pending.from, pending.to, match);
      pending = { from: 0, to: 0 };
      out[to++] = back & 255;
      out[to++] = back >> 8;
      if (match >= 15) more(match);
    },
  });
  open(rest, size, 0);
  return out.slice(0, to);
}
