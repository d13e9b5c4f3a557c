// Collects byte arrays side by side, with the offsets between them.
import { Fault } from './fault.ts';

/** Offsets are 32-bit. */
const MOST_BYTES = 0x7fffffff;
/** Below it a loop is faster than a call. */
const SHORT = 24;

export class ByteSink {
  offsets: Int32Array;
  bytes: Uint8Array;
  count = 0;
  length = 0;

  constructor(count: number, bytes: number) {
    this.offsets = new Int32Array(count + 1);
    this.bytes = new Uint8Array(bytes);
  }

  /** Makes room for `more` bytes and one value. */
  reserve(more: number): void {
    if (this.count + 1 >= this.offsets.length) {
      const grown = new Int32Array(this.offsets.length * 2 + 64);
      grown.set(this.offsets);
      this.offsets = grown;
    }
    const need = this.length + more;
    if (need <= this.bytes.length) return;
    if (need > MOST_BYTES) throw new Fault('the texts of one row are longer than 2 GiB');
    const grown = new Uint8Array(Math.min(MOST_BYTES, Math.max(need, this.bytes.length * 2, 1024)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  #copy(source: Uint8Array, start: number, end: number): void {
    const { bytes } = this;
    let to = this.length;
    if (end - start < SHORT) for (let i = start; i < end; i++) bytes[to++] = source[i]!;
    else {
      bytes.set(source.subarray(start, end), to);
      to += end - start;
    }
    this.length = to;
  }

  /** A value: the bytes [start, end) of `source`. */
  append(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    this.#copy(source, start, end);
    this.offsets[++this.count] = this.length;
  }

  /** A value of two pieces. */
  appendTwo(
    first: Uint8Array,
    start: number,
    end: number,
    second: Uint8Array,
    from: number,
    to: number,
  ): void {
    this.reserve(end - start + to - from);
    this.#copy(first, start, end);
    this.#copy(second, from, to);
    this.offsets[++this.count] = this.length;
  }

  /** A value that begins with `size` of the sink's own bytes, from `own` on. */
  repeat(own: number, size: number, second: Uint8Array, from: number, to: number): void {
    this.reserve(size + to - from);
    this.#copy(this.bytes, own, own + size);
    this.#copy(second, from, to);
    this.offsets[++this.count] = this.length;
  }
}
