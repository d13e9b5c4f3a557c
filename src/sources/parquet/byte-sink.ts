// Collects byte arrays side by side, with the offsets between them.
import { copyWords, viewOf } from '../../table/copy-words.ts';
import { Fault } from '../../contract/fault.ts';

/** Copying by words may reach so much too far. */
const SLACK_BYTES = 4;
/** Offsets are 32-bit. */
const MOST_BYTES = 0x7fffffff - SLACK_BYTES;
/** Above it one call is faster than words. */
const LONG = 192;

/** Bytes that byte arrays are taken from. */
export class ByteStore {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }
}

export class ByteSink {
  offsets: Int32Array;
  bytes: Uint8Array;
  #view: DataView;
  count = 0;
  length = 0;

  constructor(count: number, bytes: number) {
    this.offsets = new Int32Array(count + 1);
    this.bytes = new Uint8Array(bytes + SLACK_BYTES);
    this.#view = viewOf(this.bytes);
  }

  /** Makes room for `more` bytes and one value. */
  #reserve(more: number): void {
    if (this.count + 1 >= this.offsets.length) {
      const grown = new Int32Array(this.offsets.length * 2 + 64);
      grown.set(this.offsets);
      this.offsets = grown;
    }
    const need = this.length + more + SLACK_BYTES;
    if (need <= this.bytes.length) return;
    if (need > MOST_BYTES) throw new Fault('the texts of one row are longer than 2 GiB');
    const grown = new Uint8Array(Math.min(MOST_BYTES, Math.max(need, this.bytes.length * 2, 1024)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.#view = viewOf(grown);
  }

  #copy({ bytes, view }: ByteStore, start: number, end: number): void {
    const size = end - start;
    const to = this.length;
    if (size > LONG) this.bytes.set(bytes.subarray(start, end), to);
    else if (end + SLACK_BYTES <= bytes.length) copyWords(view, start, size, this.#view, to);
    else for (let k = 0; k < size; k++) this.bytes[to + k] = bytes[start + k]!;
    this.length = to + size;
  }

  /** A value: the bytes [start, end) of `source`. */
  append(source: ByteStore, start: number, end: number): void {
    this.#reserve(end - start);
    this.#copy(source, start, end);
    this.offsets[++this.count] = this.length;
  }

  /** A value of two pieces. */
  appendTwo(
    first: ByteStore,
    start: number,
    end: number,
    second: ByteStore,
    from: number,
    to: number,
  ): void {
    this.#reserve(end - start + to - from);
    this.#copy(first, start, end);
    this.#copy(second, from, to);
    this.offsets[++this.count] = this.length;
  }

  /** A value that begins with `size` of the sink's own bytes, from `own` on. */
  repeat(own: number, size: number, second: ByteStore, from: number, to: number): void {
    this.#reserve(size + to - from);
    this.bytes.copyWithin(this.length, own, own + size);
    this.length += size;
    this.#copy(second, from, to);
    this.offsets[++this.count] = this.length;
  }
}
