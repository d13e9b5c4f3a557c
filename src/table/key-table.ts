// A hash table from key bytes to dense numbers, for grouping, distinct and joins: no string or object per key.
import { hashBytes } from './hash-bytes.ts';

/** Keys numbered 0, 1, 2, … in the order in which they first came. */
export interface KeyTable {
  /** Number of keys; the next new one gets this number. */
  readonly size: number;
  /** Bytes that the table holds at the moment. */
  readonly memoryBytes: number;
  /** The number of the key [start, end), which is added when it is new (then the result is the former `size`). */
  findOrAdd(bytes: Uint8Array, start: number, end: number): number;
  /** The number of the key, -1 when it is not there. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /** The bytes of a key by number: a view that holds until the next `findOrAdd` or `clear`. */
  keyAt(number: number): Uint8Array;
  /** Forgets all keys and most of the memory. */
  clear(): void;
}

/** The most bytes that keys may take up together; the table throws a RangeError beyond. */
const MOST_KEY_BYTES = 0xffffffff;
/** From here on buffers grow by half, not to twice their size. */
const LARGE_BYTES = 64 * 1024 * 1024;

function grownSize(size: number, needed: number): number {
  const grown = size < LARGE_BYTES ? size * 2 : size + size / 2;
  return Math.max(needed, Math.min(Math.ceil(grown), MOST_KEY_BYTES));
}

/** A table with room for about `expectedKeys` keys at first; it grows. */
export function createKeyTable(expectedKeys = 1024): KeyTable {
  const firstSlots = 2 ** Math.max(6, Math.ceil(Math.log2(Math.max(expectedKeys, 1) * 1.5)));
  /** Key number + 1, or 0 for a free slot; open addressing, linear. */
  let slots = new Uint32Array(firstSlots);
  let mask = firstSlots - 1;
  /** Low hash lane and end of each key by number; it starts where the one before ends. */
  let hashes = new Uint32Array(64);
  let ends = new Uint32Array(64);
  let keys = new Uint8Array(1024);
  let size = 0;
  let used = 0;
  const hash = new Uint32Array(2);

  const isKey = (number: number, bytes: Uint8Array, start: number, end: number): boolean => {
    const from = number === 0 ? 0 : ends[number - 1]!;
    if (ends[number]! - from !== end - start) return false;
    for (let i = start, k = from; i < end; i++, k++) if (keys[k] !== bytes[i]) return false;
    return true;
  };

  /** The slot of the key, or the free one where it belongs; `hash` is set. */
  const slotOf = (bytes: Uint8Array, start: number, end: number): number => {
    hashBytes(bytes, start, end, hash);
    const low = hash[0]!;
    let slot = low & mask;
    for (;;) {
      const held = slots[slot]!;
      if (held === 0) return slot;
      if (hashes[held - 1] === low && isKey(held - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  const growSlots = (): void => {
    slots = new Uint32Array(slots.length * 2);
    mask = slots.length - 1;
    for (let number = 0; number < size; number++) {
      let slot = hashes[number]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
  };

  const add = (bytes: Uint8Array, start: number, end: number): void => {
    const needed = used + end - start;
    if (needed > MOST_KEY_BYTES) throw new RangeError('more than 4 GiB of keys');
    if (needed > keys.length) {
      const grown = new Uint8Array(grownSize(keys.length, needed));
      grown.set(keys.subarray(0, used));
      keys = grown;
    }
    if (size === ends.length) {
      const room = size < LARGE_BYTES / 4 ? size * 2 : Math.ceil(size * 1.5);
      const moreEnds = new Uint32Array(room);
      moreEnds.set(ends);
      ends = moreEnds;
      const moreHashes = new Uint32Array(room);
      moreHashes.set(hashes);
      hashes = moreHashes;
    }
    for (let i = start; i < end; i++) keys[used++] = bytes[i]!;
    ends[size] = used;
    hashes[size] = hash[0]!;
    size++;
  };

  return {
    get size() {
      return size;
    },
    get memoryBytes() {
      return slots.byteLength + hashes.byteLength + ends.byteLength + keys.byteLength;
    },
    findOrAdd(bytes, start, end) {
      const slot = slotOf(bytes, start, end);
      const held = slots[slot]!;
      if (held !== 0) return held - 1;
      add(bytes, start, end);
      slots[slot] = size;
      // Two thirds full: runs of neighbours stay short.
      if (size * 3 > slots.length * 2) growSlots();
      return size - 1;
    },
    find(bytes, start, end) {
      return slots[slotOf(bytes, start, end)]! - 1;
    },
    keyAt(number) {
      return keys.subarray(number === 0 ? 0 : ends[number - 1]!, ends[number]!);
    },
    clear() {
      slots = new Uint32Array(firstSlots);
      mask = firstSlots - 1;
      hashes = new Uint32Array(64);
      ends = new Uint32Array(64);
      keys = new Uint8Array(1024);
      size = 0;
      used = 0;
    },
  };
}
