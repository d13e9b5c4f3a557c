// Writes Thrift's compact protocol, in which a Parquet file describes itself.
import { ByteWriter } from '../../table/byte-writer.ts';

/** Types of list items, as the protocol numbers them. */
export const ITEM = { bool: 1, i32: 5, i64: 6, binary: 8, struct: 12 } as const;

const BYTE = 3;
const I16 = 4;
const LIST = 9;

/** Fields are written in ascending order of their ids, each struct closed by {@link end}. */
export class ThriftWriter {
  readonly out = new ByteWriter(1024);
  #lastId = 0;
  readonly #outer: number[] = [];

  bool(id: number, value: boolean): void {
    this.#field(id, value ? 1 : 2);
  }

  /** A byte on its own (`i8`). */
  i8(id: number, value: number): void {
    this.#field(id, BYTE);
    this.out.byte(value & 255);
  }

  i16(id: number, value: number): void {
    this.#field(id, I16);
    this.itemNumber(value);
  }

  i32(id: number, value: number): void {
    this.#field(id, ITEM.i32);
    this.itemNumber(value);
  }

  /** Numbers up to 2^52. */
  i64(id: number, value: number): void {
    this.#field(id, ITEM.i64);
    this.itemNumber(value);
  }

  binary(id: number, bytes: Uint8Array): void {
    this.#field(id, ITEM.binary);
    this.itemBinary(bytes);
  }

  text(id: number, text: string): void {
    this.binary(id, new TextEncoder().encode(text));
  }

  /** A struct in a field; `write` writes its fields. */
  struct(id: number, write: () => void = () => {}): void {
    this.#field(id, ITEM.struct);
    this.itemStruct(write);
  }

  /** A list in a field; `write` is called for each item and writes it with one of the item methods. */
  list<T>(id: number, type: number, items: readonly T[], write: (item: T) => void): void {
    this.#field(id, LIST);
    if (items.length < 15) this.out.byte((items.length << 4) | type);
    else {
      this.out.byte(0xf0 | type);
      this.#varint(items.length);
    }
    for (const item of items) write(item);
  }

  itemNumber(value: number): void {
    this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  itemBool(value: boolean): void {
    this.out.byte(value ? 1 : 2);
  }

  itemBinary(bytes: Uint8Array): void {
    this.#varint(bytes.length);
    this.out.put(bytes);
  }

  itemText(text: string): void {
    this.itemBinary(new TextEncoder().encode(text));
  }

  itemStruct(write: () => void): void {
    this.#outer.push(this.#lastId);
    this.#lastId = 0;
    write();
    this.out.byte(0);
    this.#lastId = this.#outer.pop()!;
  }

  /** Ends the outermost struct and gives its bytes. */
  end(): Uint8Array {
    this.out.byte(0);
    this.#lastId = 0;
    return this.out.take();
  }

  #field(id: number, type: number): void {
    const step = id - this.#lastId;
    this.#lastId = id;
    if (step > 0 && step < 16) this.out.byte((step << 4) | type);
    else {
      this.out.byte(type);
      this.itemNumber(id);
    }
  }

  #varint(value: number): void {
    let left = value;
    while (left >= 128) {
      this.out.byte((left % 128) | 128);
      left = Math.floor(left / 128);
    }
    this.out.byte(left);
  }
}
