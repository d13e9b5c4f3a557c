// A fast 64-bit hash of bytes, as two 32-bit lanes: for tables and sketches, not for secrets or proofs.

const rotl = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** MurmurHash3's final mix: every bit of the input changes half of the output's. */
function mix(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Writes the hash of the bytes [start, end) to `out` (two words, low lane first). The same bytes hash the same everywhere
 * and for ever; another `seed` gives another, independent hash.
 */
export function hashBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint32Array,
  seed = 0,
): void {
  let a = seed ^ 0x9e3779b9;
  let b = seed ^ 0x165667b1;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    a = Math.imul(rotl(a ^ Math.imul(rotl(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593), 13), 5);
    a = (a + 0xe6546b64) | 0;
    b = Math.imul(rotl((b + Math.imul(word, 0x85ebca77)) | 0, 13), 0x9e3779b1);
  }
  if (i < end) {
    let word = bytes[i]!;
    if (i + 1 < end) word |= bytes[i + 1]! << 8;
    if (i + 2 < end) word |= bytes[i + 2]! << 16;
    a ^= Math.imul(rotl(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    b = Math.imul(rotl((b + Math.imul(word, 0xc2b2ae3d)) | 0, 17), 0x27d4eb2f);
  }
  const size = end - start;
  a = mix((a ^ size) + b);
  b = mix((b ^ size) + a);
  out[0] = a + b;
  out[1] = b + Math.imul(a, 0x27d4eb2f);
}
