// A growing byte buffer for encoders: it is filled again and again, and what it holds is handed out as exact copies.

import { giveBuffer, takeBuffer } from './buffer-pool.ts';
import { copyWords, viewOf } from './copy-words.ts';

const encoder = new TextEncoder();

/** From here on a fresh buffer is cheaper than a copy. */
const HANDED_OVER_BYTES = 64 * 1024;

/** Bytes kept free behind everything reserved, so that copies by words may run over. */
const SLACK = 8;

/**
 * Bytes being put together. Hot loops may call {@link reserve}, write `bytes` from `length` on themselves and set `length`;
 * `bytes` and `view` are replaced when they grow, so they are read again after every `reserve`.
 */
export class ByteWriter {
  bytes: Uint8Array;
  /** On `bytes`, replaced with it. */
  view: DataView;
  /** Bytes written so far. */
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = new Uint8Array(takeBuffer(capacity + SLACK));
    this.view = viewOf(this.bytes);
  }

  /** Makes room for at least `more` further bytes, and 8 beyond that a copy may run over into. */
  reserve(more: number): void {
    if (this.length + more + SLACK > this.bytes.length) this.grow(more);
  }

  private grow(more: number): void {
    const size = Math.max(this.bytes.length * 2, this.length + more + SLACK);
    const grown = new Uint8Array(takeBuffer(size));
    grown.set(this.bytes.subarray(0, this.length));
    giveBuffer(this.bytes.buffer);
    this.bytes = grown;
    this.view = viewOf(grown);
  }

  /** One byte. */
  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** The bytes [start, end) of `source`. */
  put(source: Uint8Array, start = 0, end = source.length): void {
    const size = end - start;
    this.reserve(size);
    if (size > 48) this.bytes.set(source.subarray(start, end), this.length);
    else {
      const { bytes, length } = this;
      for (let i = 0; i < size; i++) bytes[length + i] = source[start + i]!;
    }
    this.length += size;
  }

  /** The bytes [start, end) of a view that reaches at least 3 bytes further; for short runs. */
  putWords(source: DataView, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    copyWords(source, start, size, this.view, this.length);
    this.length += size;
  }

  /** Text that is known to be ASCII. */
  ascii(text: string): void {
    const size = text.length;
    this.reserve(size);
    const { bytes, length } = this;
    for (let i = 0; i < size; i++) bytes[length + i] = text.charCodeAt(i);
    this.length += size;
  }

  /** Any text, as UTF-8. */
  text(text: string): void {
    this.reserve(text.length * 3);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** What was written since the last `clear`, as a window that the next write may change. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /**
   * What was written since the last `take`; the writer is empty afterwards. Much is handed over in its own buffer, little is
   * copied out: either way it belongs to the caller.
   */
  take(): Uint8Array {
    const { bytes, length } = this;
    this.length = 0;
    if (length < HANDED_OVER_BYTES) return bytes.slice(0, length);
    this.bytes = new Uint8Array(takeBuffer(bytes.length));
    this.view = viewOf(this.bytes);
    return bytes.subarray(0, length);
  }

  /** Forgets what was written. */
  clear(): void {
    this.length = 0;
  }
}
