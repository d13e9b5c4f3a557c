// Finds the different values of a leaf: places in a dictionary instead of the values, where that is shorter.
import { wordsOf } from '../../table/gather-column.ts';
import type { LeafBuffer } from './leaf-buffer.ts';
import { bitsOf } from './runs.ts';

/** A leaf's values as places among its different ones. */
export interface Dictionary {
  /** Which values of the leaf the entries are, in the order in which they came. */
  entries: Int32Array;
  /** One a value of the leaf: the place of its entry. */
  places: Int32Array;
}

/** After so many values it is asked whether they repeat at all. */
const FIRST_LOOK = 16_384;

let table = new Int32Array(1 << 12);

/**
 * The dictionary of a leaf; null where its values would take more than `mostBytes`, or, unless `isWanted`, where it would save
 * nothing to speak of.
 */
export function findDictionary(
  leaf: LeafBuffer,
  mostBytes: number,
  isWanted: boolean,
): Dictionary | null {
  const { count } = leaf;
  if (count === 0) return null;
  const found =
    leaf.type.width === 4 || leaf.type.width === 8
      ? ofWords(leaf, mostBytes, isWanted)
      : ofBytes(leaf, mostBytes, isWanted);
  if (found === null || isWanted) return found;
  const packed = found.entryBytes + (count * bitsOf(found.entries.length - 1)) / 8;
  const plain = leaf.usedBytes + (leaf.type.width === 0 ? count * 4 : 0);
  return packed <= plain * 0.9 ? found : null;
}

interface Found extends Dictionary {
  entryBytes: number;
}

/** An empty table of at least twice as many places. */
function tableFor(entries: number): Int32Array {
  let size = 1 << 12;
  while (size < entries * 2) size *= 2;
  if (table.length < size) table = new Int32Array(size);
  const used = table.subarray(0, size);
  used.fill(-1);
  return used;
}

/** Whether so few of the values seen are alike that a dictionary is not worth the search. */
function isVaried(seen: number, entries: number): boolean {
  return seen === FIRST_LOOK && entries > FIRST_LOOK * 0.7;
}

function ofWords(leaf: LeafBuffer, mostBytes: number, isWanted: boolean): Found | null {
  const { count, type } = leaf;
  const size = type.width >> 2;
  const words = wordsOf(leaf.bytes);
  const most = Math.floor(mostBytes / type.width);
  let slots = tableFor(1 << 11);
  let mask = slots.length - 1;
  const places = new Int32Array(count);
  const entries = new Int32Array(Math.min(count, most));
  let used = 0;
  for (let i = 0; i < count; i++) {
    const low = words[i * size]!;
    const high = size === 2 ? words[i * 2 + 1]! : 0;
    let h = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
    h ^= h >>> 15;
    for (let slot = h & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!;
      if (entry < 0) {
        if (used === most) return null;
        entries[used] = i;
        places[i] = used;
        slots[slot] = used++;
        break;
      }
      const at = entries[entry]! * size;
      if (words[at] === low && (size === 1 || words[at + 1] === high)) {
        places[i] = entry;
        break;
      }
    }
    if (!isWanted && isVaried(i + 1, used)) return null;
    if (used * 2 > mask) {
      slots = tableFor(slots.length);
      mask = slots.length - 1;
      for (let entry = 0; entry < used; entry++) {
        const at = entries[entry]! * size;
        let again = Math.imul(
          words[at]! ^ Math.imul(size === 2 ? words[at + 1]! : 0, 0x85ebca6b),
          0x9e3779b1,
        );
        again ^= again >>> 15;
        let slot = again & mask;
        while (slots[slot]! >= 0) slot = (slot + 1) & mask;
        slots[slot] = entry;
      }
    }
  }
  return { entries: entries.slice(0, used), places, entryBytes: used * type.width };
}

function ofBytes(leaf: LeafBuffer, mostBytes: number, isWanted: boolean): Found | null {
  const { count, type, bytes, offsets } = leaf;
  const { width } = type;
  const headBytes = width === 0 ? 4 : 0;
  let slots = tableFor(1 << 11);
  let mask = slots.length - 1;
  const places = new Int32Array(count);
  let entries = new Int32Array(1024);
  let hashes = new Int32Array(1024);
  let used = 0;
  let entryBytes = 0;
  for (let i = 0; i < count; i++) {
    const start = width === 0 ? offsets[i]! : i * width;
    const end = width === 0 ? offsets[i + 1]! : start + width;
    const size = end - start;
    let h = size;
    for (let k = start; k < end; k++) h = Math.imul(h, 31) + bytes[k]!;
    h = Math.imul(h, 0x9e3779b1);
    h ^= h >>> 15;
    for (let slot = h & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!;
      if (entry < 0) {
        entryBytes += size + headBytes;
        if (entryBytes > mostBytes) return null;
        if (used === entries.length) {
          const more = new Int32Array(used * 2);
          more.set(entries);
          entries = more;
          const moreHashes = new Int32Array(used * 2);
          moreHashes.set(hashes);
          hashes = moreHashes;
        }
        entries[used] = i;
        hashes[used] = h;
        places[i] = used;
        slots[slot] = used++;
        break;
      }
      if (hashes[entry] !== h) continue;
      const other = entries[entry]!;
      const at = width === 0 ? offsets[other]! : other * width;
      if (width === 0 && offsets[other + 1]! - at !== size) continue;
      let k = 0;
      while (k < size && bytes[at + k] === bytes[start + k]) k++;
      if (k === size) {
        places[i] = entry;
        break;
      }
    }
    if (!isWanted && isVaried(i + 1, used)) return null;
    if (used * 2 > mask) {
      slots = tableFor(slots.length);
      mask = slots.length - 1;
      for (let entry = 0; entry < used; entry++) {
        let slot = hashes[entry]! & mask;
        while (slots[slot]! >= 0) slot = (slot + 1) & mask;
        slots[slot] = entry;
      }
    }
  }
  return { entries: entries.slice(0, used), places, entryBytes };
}
