// A growing byte buffer for encoders: it is filled again and again, and what it holds is handed out as exact copies.

const encoder = new TextEncoder();

/**
 * Bytes being put together. Hot loops may call {@link reserve}, write `bytes` from `length` on themselves and set `length`;
 * `bytes` is replaced when it grows, so it is read again after every `reserve`.
 */
export class ByteWriter {
  bytes: Uint8Array;
  /** Bytes written so far. */
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for at least `more` further bytes. */
  reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.grow(more);
  }

  private grow(more: number): void {
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
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

  /** What was written since the last `clear`, as a view that the next write may change. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** What was written since the last `take`, as a copy in a buffer of its own; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  /** Forgets what was written. */
  clear(): void {
    this.length = 0;
  }
}
