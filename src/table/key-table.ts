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
  /**
   * The numbers of many keys at once, faster than one by one: key i is bytes [ends[i - 1], ends[i]), the first begins at 0.
   * `numbers` has room for them; -1 = the key is not there.
   */
  findAll(bytes: Uint8Array, ends: Uint32Array, numbers: Int32Array): void;
  /** The same, and keys that are new are added. */
  findOrAddAll(bytes: Uint8Array, ends: Uint32Array, numbers: Int32Array): void;
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
  /** Per slot the low hash lane and the key number + 1, or 0 for a free one; open addressing, linear. */
  let slots = new Uint32Array(firstSlots * 2);
  let mask = firstSlots - 1;
  /** End of each key by number; it starts where the one before ends. */
  let ends = new Uint32Array(64);
  let keys = new Uint8Array(1024);
  let size = 0;
  let used = 0;
  const hash = new Uint32Array(2);
  /** Of the keys that are looked up at once. */
  let lows = new Uint32Array(0);

  const isKey = (number: number, bytes: Uint8Array, start: number, end: number): boolean => {
    const from = number === 0 ? 0 : ends[number - 1]!;
    if (ends[number]! - from !== end - start) return false;
    for (let i = start, k = from; i < end; i++, k++) if (keys[k] !== bytes[i]) return false;
    return true;
  };

  const lowHash = (bytes: Uint8Array, start: number, end: number): number => {
    hashBytes(bytes, start, end, hash);
    return hash[0]!;
  };

  /** Where in `slots` the key with this hash stands, or the free slot where it belongs. */
  const slotOf = (low: number, bytes: Uint8Array, start: number, end: number): number => {
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot * 2 + 1]!;
      if (held === 0) return slot * 2;
      if (slots[slot * 2] === low && isKey(held - 1, bytes, start, end)) return slot * 2;
    }
  };

  const growSlots = (): void => {
    const before = slots;
    slots = new Uint32Array(before.length * 2);
    mask = before.length - 1;
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] === 0) continue;
      let slot = before[i]! & mask;
      while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      slots[slot * 2] = before[i]!;
      slots[slot * 2 + 1] = before[i + 1]!;
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
      const more = new Uint32Array(size < LARGE_BYTES / 4 ? size * 2 : Math.ceil(size * 1.5));
      more.set(ends);
      ends = more;
    }
    for (let i = start; i < end; i++) keys[used++] = bytes[i]!;
    ends[size++] = used;
  };

  const findHashed = (low: number, bytes: Uint8Array, start: number, end: number): number =>
    slots[slotOf(low, bytes, start, end) + 1]! - 1;

  const findOrAddHashed = (low: number, bytes: Uint8Array, start: number, end: number): number => {
    const slot = slotOf(low, bytes, start, end);
    const held = slots[slot + 1]!;
    if (held !== 0) return held - 1;
    add(bytes, start, end);
    slots[slot] = low;
    slots[slot + 1] = size;
    // Two thirds full: runs of neighbours stay short.
    if (size * 3 > slots.length) growSlots();
    return size - 1;
  };

  /**
   * First the hashes, then what their slots hold, then the keys themselves: each pass reads from places all over the memory,
   * which it can do for several keys at a time as none waits for another.
   */
  const numberAll = (
    bytes: Uint8Array,
    keyEnds: Uint32Array,
    numbers: Int32Array,
    numberOf: typeof findHashed,
  ): void => {
    const count = keyEnds.length;
    if (count > lows.length) lows = new Uint32Array(count);
    for (let i = 0, start = 0; i < count; i++) {
      const end = keyEnds[i]!;
      lows[i] = lowHash(bytes, start, end);
      start = end;
    }
    for (let i = 0; i < count; i++) {
      const slot = (lows[i]! & mask) * 2;
      numbers[i] = slots[slot] === lows[i] ? slots[slot + 1]! - 1 : -1;
    }
    for (let i = 0, start = 0; i < count; i++) {
      const end = keyEnds[i]!;
      const likely = numbers[i]!;
      if (likely < 0 || !isKey(likely, bytes, start, end))
        numbers[i] = numberOf(lows[i]!, bytes, start, end);
      start = end;
    }
  };

  return {
    get size() {
      return size;
    },
    get memoryBytes() {
      return slots.byteLength + ends.byteLength + keys.byteLength;
    },
    findOrAdd: (bytes, start, end) =>
      findOrAddHashed(lowHash(bytes, start, end), bytes, start, end),
    find: (bytes, start, end) => findHashed(lowHash(bytes, start, end), bytes, start, end),
    findAll: (bytes, keyEnds, numbers) => numberAll(bytes, keyEnds, numbers, findHashed),
    findOrAddAll: (bytes, keyEnds, numbers) => numberAll(bytes, keyEnds, numbers, findOrAddHashed),
    keyAt(number) {
      return keys.subarray(number === 0 ? 0 : ends[number - 1]!, ends[number]!);
    },
    clear() {
      slots = new Uint32Array(firstSlots * 2);
      mask = firstSlots - 1;
      ends = new Uint32Array(64);
      keys = new Uint8Array(1024);
      size = 0;
      used = 0;
    },
  };
}
