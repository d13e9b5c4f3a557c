// Reads Avro's binary encoding (Avro 1.12, "Binary Encoding") from bytes that are all there.
import { insist } from '../../contract/fault.ts';

/** More than is there: of a file's head the rest may only not have been read yet. */
export const CUT_OFF = 'it ends in the middle of a value';

export class Cursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** A long of any size, variable-length and zig-zag. */
  readBigInt(): bigint {
    const { bytes } = this;
    let low = 0;
    let at = this.at;
    // Up to 28 bits are plain numbers.
    for (let shift = 0; shift < 28; shift += 7) {
      insist(at < bytes.length, CUT_OFF);
      const byte = bytes[at++]!;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return BigInt((low >>> 1) ^ -(low & 1));
      }
    }
    let value = BigInt(low);
    for (let shift = 28n; ; shift += 7n) {
      insist(at < bytes.length, CUT_OFF);
      insist(shift <= 63n, 'a number has more than 64 bits');
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.at = at;
    insist(value < 1n << 64n, 'a number has more than 64 bits');
    return (value >> 1n) ^ -(value & 1n);
  }

  /** A long that counts something, or an int. */
  readNumber(): number {
    const value = Number(this.readBigInt());
    insist(Number.isSafeInteger(value), 'a number is too large for what it counts');
    return value;
  }

  readInt(): number {
    const value = this.readNumber();
    insist(value === (value | 0), 'an int has more than 32 bits');
    return value;
  }

  readBoolean(): boolean {
    const byte = this.readBytes(1)[0]!;
    insist(byte <= 1, 'a boolean is neither true nor false');
    return byte === 1;
  }

  readFloat(): number {
    this.readBytes(4);
    return this.#view.getFloat32(this.at - 4, true);
  }

  readDouble(): number {
    this.readBytes(8);
    return this.#view.getFloat64(this.at - 8, true);
  }

  /** So many bytes, in the buffer that is read. */
  readBytes(count: number): Uint8Array {
    insist(count >= 0, 'a value says that it has less than no bytes');
    insist(count <= this.left, CUT_OFF);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** Bytes or a text behind their length. */
  readSized(): Uint8Array {
    return this.readBytes(this.readNumber());
  }

  /** The counts of an array's or a map's blocks, up to the empty one. `mayBeNothing`: items that take no byte. */
  *readCounts(mayBeNothing: boolean): Generator<number> {
    for (;;) {
      let count = this.readNumber();
      if (count === 0) return;
      if (count < 0) {
        count = -count;
        // Its size, for readers that skip it.
        this.readNumber();
      }
      insist(count <= (mayBeNothing ? MOST_NOTHINGS : this.left), CUT_OFF);
      yield count;
    }
  }
}

/** Items without a byte that one block may count. */
export const MOST_NOTHINGS = 1 << 20;
