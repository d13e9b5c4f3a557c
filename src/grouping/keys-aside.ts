// Keys put aside without number and given back in order: what a measure holds when it is more than memory.
import type { Scratch } from '../contract/scratch.ts';
import { createExternalSorter, type ExternalSorter } from '../spill/external-sorter.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import type { Schema } from '../table/data-type.ts';
import { withRoom } from './accumulator.ts';

const NOTHING: Schema = { fields: [] };

/** Bytes of a group's number in front of its keys, in the order of numbers. */
export const GROUP_BYTES = 4;

/** Bytes [start, end) of a key; they change with the next. */
export type TakeKey = (bytes: Uint8Array, start: number, end: number) => void;

export class KeysAside {
  readonly #sorter: ExternalSorter;
  readonly #waiting = new ByteWriter(64 * 1024);
  #ends = new Uint32Array(1024);
  #count = 0;

  constructor(scratch: Scratch, signal: AbortSignal) {
    this.#sorter = createExternalSorter(
      NOTHING,
      {
        begin() {},
        write: (row, out) =>
          out.put(this.#waiting.bytes, row === 0 ? 0 : this.#ends[row - 1]!, this.#ends[row]!),
      },
      scratch,
      signal,
    );
  }

  /** It waits in memory until `flush`. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#waiting.put(bytes, start, end);
    this.#ends = withRoom(this.#ends, this.#count + 1) as Uint32Array<ArrayBuffer>;
    this.#ends[this.#count++] = this.#waiting.length;
  }

  async flush(): Promise<void> {
    await this.#sorter.add({
      schema: NOTHING,
      rowCount: this.#count,
      selection: null,
      columns: [],
      block: null,
    });
    this.#waiting.clear();
    this.#count = 0;
  }

  /** All keys in the order of their bytes, equal ones each time. Once. */
  async each(take: TakeKey): Promise<void> {
    await this.flush();
    for await (const { keys } of this.#sorter.sorted()) {
      let start = 0;
      for (let n = 0; n < keys.count; n++) {
        const end = keys.ends[n]!;
        take(keys.bytes, start, end);
        start = end;
      }
    }
    await this.close();
  }

  close(): Promise<void> {
    return this.#sorter.close();
  }
}

/** A group's number as the first bytes of a key. */
export function putGroup(group: number, out: ByteWriter): void {
  out.reserve(GROUP_BYTES);
  out.view.setUint32(out.length, group);
  out.length += GROUP_BYTES;
}

/** The number back. */
export function groupAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  );
}
