// Reads FlatBuffers tables, in which Arrow describes itself, in place; reading beyond the bytes throws a RangeError.
import { Fault, insist } from '../../contract/fault.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A table by the slots of its fields, in the order of the schema file; a missing field has its default. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #fields: number;
  readonly #fieldsSize: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#fields = at - view.getInt32(at, true);
    this.#fieldsSize = view.getUint16(this.#fields, true);
  }

  /** The root table of a buffer. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Where a field stands; 0 when it is missing. */
  #place(slot: number): number {
    const entry = 4 + slot * 2;
    if (entry + 2 > this.#fieldsSize) return 0;
    const offset = this.#view.getUint16(this.#fields + entry, true);
    return offset === 0 ? 0 : this.#at + offset;
  }

  #target(slot: number): number {
    const place = this.#place(slot);
    return place === 0 ? 0 : place + this.#view.getUint32(place, true);
  }

  byte(slot: number, missing: number): number {
    const place = this.#place(slot);
    return place === 0 ? missing : this.#view.getUint8(place);
  }

  short(slot: number, missing: number): number {
    const place = this.#place(slot);
    return place === 0 ? missing : this.#view.getInt16(place, true);
  }

  int(slot: number, missing: number): number {
    const place = this.#place(slot);
    return place === 0 ? missing : this.#view.getInt32(place, true);
  }

  /** A count, size or place: from 0 to 2^53. */
  count(slot: number): number {
    const place = this.#place(slot);
    return place === 0 ? 0 : countAt(this.#view, place);
  }

  /** 64 bits by their digits, for what is only told apart. */
  id(slot: number): string {
    const place = this.#place(slot);
    return place === 0 ? '0' : String(this.#view.getBigInt64(place, true));
  }

  text(slot: number): string {
    const target = this.#target(slot);
    if (target === 0) return '';
    const size = this.#view.getUint32(target, true);
    insist(target + 4 + size <= this.#view.byteLength, 'its description ends early');
    return decoder.decode(
      new Uint8Array(this.#view.buffer, this.#view.byteOffset + target + 4, size),
    );
  }

  table(slot: number): FlatTable | null {
    const target = this.#target(slot);
    return target === 0 ? null : new FlatTable(this.#view, target);
  }

  tables(slot: number): FlatTable[] {
    return this.#vector(
      slot,
      4,
      (at) => new FlatTable(this.#view, at + this.#view.getUint32(at, true)),
    );
  }

  /** Structs of `size` bytes, each as `read` reads it with the place of its first byte. */
  structs<T>(slot: number, size: number, read: (view: DataView, at: number) => T): T[] {
    return this.#vector(slot, size, (at) => read(this.#view, at));
  }

  #vector<T>(slot: number, size: number, read: (at: number) => T): T[] {
    const target = this.#target(slot);
    if (target === 0) return [];
    const count = this.#view.getUint32(target, true);
    insist(target + 4 + count * size <= this.#view.byteLength, 'its description ends early');
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(read(target + 4 + i * size));
    return items;
  }
}

/** 64 bits that must be a count, size or place. */
export function countAt(view: DataView, at: number): number {
  const low = view.getUint32(at, true);
  const high = view.getInt32(at + 4, true);
  if (high < 0 || high >= 1 << 21) throw new Fault('a number of its description is out of range');
  return high * 2 ** 32 + low;
}
