// Remembers the best keys of each group, so that most rows are known to be none of the first without being kept.
import { createKeyTable } from '../../table/key-table.ts';
import { compareBytes } from '../../table/row-key.ts';

/** Beside the bytes of a key. */
const BYTES_PER_KEY = 64;

export interface BestKeys {
  /** Whether a row with this key may be among the first of its group: false is certain. Rows come in order. */
  mayStay(group: Uint8Array, groupEnd: number, key: Uint8Array, keyEnd: number): boolean;
}

/** `count` keys a group; groups and keys beyond `mostBytes` are not remembered, their rows may all stay. */
export function createBestKeys(count: number, mostBytes: number): BestKeys {
  const table = createKeyTable();
  /** Of each group its best keys, the worst of them on top. */
  const heaps: Uint8Array[][] = [];
  let bytes = 0;
  return {
    mayStay(group, groupEnd, key, keyEnd) {
      const isFull = bytes > mostBytes;
      const number = isFull ? table.find(group, 0, groupEnd) : table.findOrAdd(group, 0, groupEnd);
      if (number < 0) return true;
      let heap = heaps[number];
      if (heap === undefined) {
        heap = [];
        heaps.push(heap);
        bytes += groupEnd + BYTES_PER_KEY;
      }
      if (heap.length < count) {
        // A heap that is not full says nothing, so it can stay as it is.
        if (isFull) return true;
        bytes += keyEnd + BYTES_PER_KEY;
        heap.push(key.slice(0, keyEnd));
        rise(heap);
        return true;
      }
      const worst = heap[0]!;
      // An equal one came before.
      if (compareBytes(key, 0, keyEnd, worst, 0, worst.length) >= 0) return false;
      heap[0] = key.slice(0, keyEnd);
      sink(heap);
      return true;
    },
  };
}

function isWorse(a: Uint8Array, b: Uint8Array): boolean {
  return compareBytes(a, 0, a.length, b, 0, b.length) > 0;
}

function rise(heap: Uint8Array[]): void {
  for (let at = heap.length - 1; at > 0;) {
    const parent = (at - 1) >> 1;
    if (!isWorse(heap[at]!, heap[parent]!)) return;
    [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
    at = parent;
  }
}

function sink(heap: Uint8Array[]): void {
  for (let at = 0; ;) {
    let worst = at;
    for (const child of [at * 2 + 1, at * 2 + 2])
      if (child < heap.length && isWorse(heap[child]!, heap[worst]!)) worst = child;
    if (worst === at) return;
    [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
    at = worst;
  }
}
