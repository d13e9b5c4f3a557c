// Records (SQLite's “Database File Format”, §2.1): a header of serial types, then the values.
import { ByteWriter } from '../../table/byte-writer.ts';
import {
  localSize,
  type PageFile,
  putBigVarint,
  putVarint,
  varintSize,
  writeOverflow,
} from './pages.ts';

const INT_48 = 2 ** 47;

export interface RecordMark {
  head: number;
  body: number;
}

/** Puts values together to one record after the other. */
export class RecordWriter {
  readonly #head = new ByteWriter(256);
  readonly #body = new ByteWriter(4096);
  readonly #payload = new ByteWriter(4096);

  clear(): void {
    this.#head.clear();
    this.#body.clear();
  }

  none(): void {
    this.#head.byte(0);
  }

  /** A whole number of at most 53 bits. */
  integer(value: number): void {
    const reserved = this.#serial(value);
    if (reserved === 0) return;
    const body = this.#body;
    body.reserve(8);
    let left = value;
    for (let at = body.length + reserved - 1; at >= body.length; at--) {
      body.bytes[at] = left & 255;
      left = Math.floor(left / 256);
    }
    body.length += reserved;
  }

  /** Writes the serial type; gives the bytes of the value. */
  #serial(value: number): number {
    const size = value < 0 ? -value - 1 : value;
    if (value === 0 || value === 1) {
      this.#head.byte(8 + value);
      return 0;
    }
    const reserved =
      size < 128
        ? 1
        : size < 32768
          ? 2
          : size < 2 ** 23
            ? 3
            : size < 2 ** 31
              ? 4
              : size < INT_48
                ? 6
                : 8;
    this.#head.byte(reserved === 6 ? 5 : reserved === 8 ? 6 : reserved);
    return reserved;
  }

  bigInteger(value: bigint): void {
    if (value > -INT_48 && value < INT_48) {
      this.integer(Number(value));
      return;
    }
    this.#head.byte(6);
    this.#body.reserve(8);
    this.#body.view.setBigInt64(this.#body.length, value);
    this.#body.length += 8;
  }

  real(value: number): void {
    this.#head.byte(7);
    this.#body.reserve(8);
    this.#body.view.setFloat64(this.#body.length, value);
    this.#body.length += 8;
  }

  text(bytes: Uint8Array, start = 0, end = bytes.length): void {
    putVarint(this.#head, 13 + 2 * (end - start));
    this.#body.put(bytes, start, end);
  }

  blob(bytes: Uint8Array, start: number, end: number): void {
    putVarint(this.#head, 12 + 2 * (end - start));
    this.#body.put(bytes, start, end);
  }

  /** Where the record ends so far, for {@link since}. */
  mark(): RecordMark {
    return { head: this.#head.length, body: this.#body.length };
  }

  /** A copy of what one value put since then: its serial type, and its bytes. */
  since({ head, body }: RecordMark): Uint8Array<ArrayBuffer> {
    const size = this.#head.length - head;
    const entry = new Uint8Array(size + this.#body.length - body);
    entry.set(this.#head.bytes.subarray(head, this.#head.length));
    entry.set(this.#body.bytes.subarray(body, this.#body.length), size);
    return entry;
  }

  /** A value as {@link since} gave it. */
  entry(entry: Uint8Array): void {
    let size = 1;
    while (entry[size - 1]! >= 128) size++;
    this.#head.put(entry, 0, size);
    this.#body.put(entry, size);
  }

  /** Bytes of the record as it stands. */
  get size(): number {
    return this.#finish().length;
  }

  #finish(): ByteWriter {
    const head = this.#head.length;
    let size = head + 1;
    // The size counts itself.
    if (varintSize(size) > 1) size = head + varintSize(head + 2);
    const payload = this.#payload;
    payload.clear();
    putVarint(payload, size);
    payload.put(this.#head.bytes, 0, head);
    payload.put(this.#body.bytes, 0, this.#body.length);
    return payload;
  }

  /** Writes the record as a cell of a table's leaf to `cell`. */
  putRow(cell: ByteWriter, rowId: number | bigint, file: PageFile): void {
    const payload = this.#finish();
    putVarint(cell, payload.length);
    if (typeof rowId === 'number' && rowId >= 0) putVarint(cell, rowId);
    else putBigVarint(cell, BigInt(rowId));
    putLocal(cell, payload, file, true);
  }

  /** Writes the record as a cell of an index to `cell`. */
  putEntry(cell: ByteWriter, file: PageFile): void {
    const payload = this.#finish();
    putVarint(cell, payload.length);
    putLocal(cell, payload, file, false);
  }
}

function putLocal(cell: ByteWriter, payload: ByteWriter, file: PageFile, isTable: boolean): void {
  const local = localSize(payload.length, file.pageSize, isTable);
  cell.put(payload.bytes, 0, local);
  if (local === payload.length) return;
  const page = writeOverflow(file, payload.bytes, local, payload.length);
  cell.reserve(4);
  cell.view.setUint32(cell.length, page);
  cell.length += 4;
}
