// Orders keys that stand one after the other in bytes, by sorting four of their bytes at once.
import { compareBytes } from '../table/row-key.ts';

/** Keys by number: key n is bytes [ends[n - 1], ends[n]). */
export interface KeyBlock {
  bytes: Uint8Array;
  ends: Uint32Array;
  count: number;
}

/** Where nobody asks for keys. */
export const NO_KEYS: KeyBlock = { bytes: new Uint8Array(0), ends: new Uint32Array(0), count: 0 };

/** Compares two keys that share their first `from` bytes. */
export type CompareKeys = (
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
) => number;

/** Stretches up to here are sorted by comparing whole keys. */
const FEW = 24;

const startOf = (keys: KeyBlock, n: number): number => (n === 0 ? 0 : keys.ends[n - 1]!);

/** The key numbers in ascending order of their bytes; equal keys keep their order. */
export function orderOfKeys(keys: KeyBlock): Uint32Array {
  const { bytes, ends, count } = keys;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const pairs = new BigUint64Array(count);
  const halves = new Uint32Array(pairs.buffer);
  const compare = (a: number, b: number, depth: number): number =>
    compareBytes(
      bytes,
      startOf(keys, a) + depth,
      ends[a]!,
      bytes,
      startOf(keys, b) + depth,
      ends[b]!,
    ) || a - b;
  /** Stretches of `order` whose keys are the same in their first `depth` bytes. */
  const stretches: [from: number, to: number, depth: number][] = [[0, count, 0]];
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const [from, to, depth] = stretch;
    if (to - from <= FEW) {
      order.subarray(from, to).sort((a, b) => compare(a, b, depth));
      continue;
    }
    // The next four bytes above the key's number: sorted as whole numbers, without a comparison of ours.
    for (let i = from; i < to; i++) {
      const n = order[i]!;
      const at = startOf(keys, n) + depth;
      const end = ends[n]!;
      let prefix: number;
      if (at + 4 <= end)
        prefix =
          (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
      else {
        prefix = 0;
        for (let k = 0; k < 4; k++) prefix = (prefix << 8) | (at + k < end ? bytes[at + k]! : 0);
      }
      halves[i * 2] = n;
      halves[i * 2 + 1] = prefix >>> 0;
    }
    pairs.subarray(from, to).sort();
    let same = from;
    for (let i = from; i < to; i++) {
      order[i] = halves[i * 2]!;
      const isLast = i + 1 === to || halves[i * 2 + 3] !== halves[i * 2 + 1];
      if (!isLast) continue;
      if (i > same) settle(same, i + 1, depth + 4);
      same = i + 1;
    }
  }
  return order;

  /** Keys [from, to) of the order agree so far; a key that ends there is padded with zeros others may have for real. */
  function settle(from: number, to: number, depth: number): void {
    let someEnd = false;
    for (let i = from; i < to && !someEnd; i++)
      someEnd = ends[order[i]!]! - startOf(keys, order[i]!) < depth;
    if (!someEnd) stretches.push([from, to, depth]);
    else order.subarray(from, to).sort((a, b) => compare(a, b, 0));
  }
}
