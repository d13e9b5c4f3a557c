// Counts the different values of a column in bounded memory: exact while they are few, then how many by HyperLogLog and the frequent ones within a known error.
import type { TopValue } from '../contract/profile.ts';
import { hashBytes } from '../table/hash-bytes.ts';
import { estimateDistinct, noteHash } from '../table/hyper-log-log.ts';
import { createKeyTable } from '../table/key-table.ts';

/** Longer keys are told apart by two hashes and their length. */
const LONG_KEY = 256;
/** 2^14 registers: a standard error of 0.8 %. */
const REGISTERS = 1 << 14;

export class ValueCounts {
  #table = createKeyTable(32);
  #counts = new Float64Array(32);
  #texts: string[] = [];
  #taken = 0;
  /** So often at most a value may have come without being counted. */
  #uncounted = 0;
  #registers: Uint8Array | null = null;
  readonly #most: number;
  readonly #hash = new Uint32Array(2);
  readonly #digest = new Uint8Array(LONG_KEY + 20);
  readonly #digestWords = new DataView(this.#digest.buffer);

  /** `most`: different values that are held at a time. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a value by its key bytes [start, end); `text` is asked for when it is not among the held ones. */
  add(bytes: Uint8Array, start: number, end: number, text: () => string): void {
    this.#taken++;
    if (end - start > LONG_KEY) return this.#addLong(bytes, start, end, text);
    this.#addKey(bytes, start, end, text);
  }

  #addLong(bytes: Uint8Array, start: number, end: number, text: () => string): void {
    const view = this.#digestWords;
    for (const seed of [0, 1]) {
      hashBytes(bytes, start, end, this.#hash, seed);
      view.setUint32(seed * 8, this.#hash[0]!);
      view.setUint32(seed * 8 + 4, this.#hash[1]!);
    }
    view.setUint32(16, end - start);
    // As long as no short key is.
    this.#addKey(this.#digest, 0, this.#digest.length, text);
  }

  #addKey(bytes: Uint8Array, start: number, end: number, text: () => string): void {
    const number = this.#table.findOrAdd(bytes, start, end);
    if (this.#registers !== null) this.#note(bytes, start, end);
    if (number < this.#texts.length) {
      this.#counts[number]!++;
      return;
    }
    if (number === this.#counts.length) {
      const more = new Float64Array(number * 2);
      more.set(this.#counts);
      this.#counts = more;
    }
    this.#counts[number] = 1;
    this.#texts.push(text());
    if (this.#texts.length > this.#most) this.#letGo();
  }

  /** Takes the median of the counts off all, and forgets those that nothing is left of. */
  #letGo(): void {
    const table = this.#table;
    const texts = this.#texts;
    if (this.#registers === null) {
      this.#registers = new Uint8Array(REGISTERS);
      for (let n = 0; n < texts.length; n++) {
        const key = table.keyAt(n);
        this.#note(key, 0, key.length);
      }
    }
    const counts = this.#counts.slice(0, texts.length);
    const median = counts.slice().sort()[counts.length >> 1]!;
    this.#uncounted += median;
    this.#table = createKeyTable(this.#most);
    this.#texts = [];
    for (const [n, count] of counts.entries()) {
      if (count <= median) continue;
      const key = table.keyAt(n);
      this.#counts[this.#table.findOrAdd(key, 0, key.length)] = count - median;
      this.#texts.push(texts[n]!);
    }
  }

  #note(bytes: Uint8Array, start: number, end: number): void {
    hashBytes(bytes, start, end, this.#hash);
    noteHash(this.#registers!, this.#hash);
  }

  distinct(): { count: number; isEstimate: boolean } {
    if (this.#registers === null) return { count: this.#texts.length, isEstimate: false };
    // No more values are different than there are.
    const count = Math.min(estimateDistinct(this.#registers), this.#taken);
    return { count, isEstimate: true };
  }

  /** The most frequent values. One whose number is not known within half of it is left out. */
  top(most: number): TopValue[] {
    const over = this.#uncounted;
    const found: TopValue[] = [];
    for (const [n, value] of this.#texts.entries()) {
      const counted = this.#counts[n]!;
      if (counted >= over) found.push({ value, count: counted + over, over });
    }
    return found
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : Number(a.value > b.value)))
      .slice(0, most);
  }
}
