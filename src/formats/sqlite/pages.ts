// The pages of a database file (SQLite's “Database File Format”): b-trees that grow by appending, in order of their keys.
import { ByteWriter } from '../../table/byte-writer.ts';

/** Where SQLite keeps its locks: the page that holds this byte is never used. */
const LOCK_BYTE = 2 ** 30;

const INTERIOR_TABLE = 5;
const LEAF_TABLE = 13;
const INTERIOR_INDEX = 2;
const LEAF_INDEX = 10;

/** Bytes of a number of at most 53 bits as SQLite's varint: seven bits each, highest first. */
export function varintSize(value: number): number {
  let size = 1;
  for (let left = value; left >= 128; left = Math.floor(left / 128)) size++;
  return size;
}

/** Writes a varint of at most 53 bits, 0 or more. */
export function putVarint(out: ByteWriter, value: number): void {
  if (value < 128) {
    out.byte(value);
    return;
  }
  const size = varintSize(value);
  out.reserve(size);
  let left = value;
  for (let at = out.length + size - 1, last = 0; at >= out.length; at--, last = 128) {
    out.bytes[at] = (left % 128) | last;
    left = Math.floor(left / 128);
  }
  out.length += size;
}

/** Writes a varint of any 64 bits; negative numbers take nine bytes, the last of which holds eight bits. */
export function putBigVarint(out: ByteWriter, value: bigint): void {
  const bits = BigInt.asUintN(64, value);
  if (bits < 2n ** 53n) {
    putVarint(out, Number(bits));
    return;
  }
  if (bits < 2n ** 56n) {
    out.reserve(8);
    for (let shift = 49n; shift >= 0n; shift -= 7n)
      out.bytes[out.length++] = Number((bits >> shift) & 127n) | (shift > 0n ? 128 : 0);
    return;
  }
  out.reserve(9);
  for (let shift = 57n; shift >= 8n; shift -= 7n)
    out.bytes[out.length++] = Number((bits >> shift) & 127n) | 128;
  out.bytes[out.length++] = Number(bits & 255n);
}

/** The pages after the first, in order as they are finished. */
export class PageFile {
  readonly pageSize: number;
  /** Pages that are finished and not yet taken away. */
  readonly out = new ByteWriter(1 << 16);
  #next = 2;

  constructor(pageSize: number) {
    this.pageSize = pageSize;
  }

  /** Pages of the whole file, the first among them. */
  get pageCount(): number {
    return this.#next - 1;
  }

  /** The number that the next page gets. */
  get nextPage(): number {
    return this.#isLock() ? this.#next + 1 : this.#next;
  }

  #isLock(): boolean {
    return this.#next === LOCK_BYTE / this.pageSize + 1;
  }

  /** Begins a page of zeros; gives its number. It is in `out.bytes` from `at` on, until another begins. */
  begin(): { page: number; at: number } {
    if (this.#isLock()) this.#add();
    return { page: this.#next, at: this.#add() };
  }

  #add(): number {
    this.out.reserve(this.pageSize);
    const at = this.out.length;
    this.out.bytes.fill(0, at, at + this.pageSize);
    this.out.length += this.pageSize;
    this.#next++;
    return at;
  }
}

/** How many bytes of a payload stand in its cell; the others in overflow pages. */
export function localSize(payload: number, pageSize: number, isTable: boolean): number {
  const most = isTable ? pageSize - 35 : Math.floor(((pageSize - 12) * 64) / 255) - 23;
  if (payload <= most) return payload;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const wanted = least + ((payload - least) % (pageSize - 4));
  return wanted <= most ? wanted : least;
}

/** Writes what has no room in a cell; gives the first of the pages. */
export function writeOverflow(
  file: PageFile,
  payload: Uint8Array,
  from: number,
  to: number,
): number {
  const room = file.pageSize - 4;
  let first = 0;
  for (let at = from; at < to; at += room) {
    const { page, at: start } = file.begin();
    if (first === 0) first = page;
    const end = Math.min(to, at + room);
    file.out.bytes.set(payload.subarray(at, end), start + 4);
    if (end < to) file.out.view.setUint32(start, file.nextPage);
  }
  return first;
}

/** A page below another: its number, and the cell that stands for it there (of a table: the largest row id in it). */
interface Child {
  page: number;
  cell: Uint8Array;
}

/** Cells on their way to one page. */
interface Cells {
  bytes: ByteWriter;
  /** Ends of the cells in `bytes`. */
  ends: number[];
}

/** Writes a page of cells; `right` is the last child of an interior page. `offset`: bytes of the file's header before it. */
export function layPage(
  target: Uint8Array,
  at: number,
  pageSize: number,
  kind: number,
  { bytes, ends }: Cells,
  right: number | null,
  offset = 0,
): void {
  const view = new DataView(target.buffer, target.byteOffset + at, pageSize);
  const size = ends.at(-1) ?? 0;
  const head = offset + (right === null ? 8 : 12);
  view.setUint8(offset, kind);
  view.setUint16(offset + 3, ends.length);
  // 65,536 is written as 0.
  view.setUint16(offset + 5, (pageSize - size) & 0xffff);
  if (right !== null) view.setUint32(offset + 8, right);
  // Cells stand from the page's end downward, as SQLite itself would put them.
  let end = pageSize;
  let from = 0;
  for (const [i, to] of ends.entries()) {
    end -= to - from;
    target.set(bytes.bytes.subarray(from, to), at + end);
    view.setUint16(head + i * 2, end);
    from = to;
  }
}

/** One level of interior pages: the page that grows, and the full one before it, which may have to give up a child. */
interface Level {
  before: Child[] | null;
  children: Child[];
  size: number;
}

/**
 * A b-tree whose cells come in order. Of a table, cells of leaves are rows, and those of interior pages are row ids; of an
 * index, each entry stands once, in a leaf or between two of them.
 */
export class TreeWriter {
  readonly #file: PageFile;
  readonly #isTable: boolean;
  readonly #room: number;
  readonly #cells: Cells = { bytes: new ByteWriter(1 << 12), ends: [] };
  readonly #levels: Level[] = [];
  #lastRowId: number | bigint = 0;
  /** Of an index: the entry that will stand between the leaf that is full and the next, if there is another. */
  #between: Uint8Array | null = null;

  /** `reserved`: bytes that every page leaves free, so that any of them may be the first of the file. */
  constructor(file: PageFile, isTable: boolean, reserved = 0) {
    this.#file = file;
    this.#isTable = isTable;
    this.#room = file.pageSize - reserved;
  }

  /** The cell of the next row, whose id is larger than all before, or of the next entry of an index. */
  add(cell: Uint8Array, rowId: number | bigint = 0): void {
    const { bytes, ends } = this.#cells;
    if (this.#between !== null) {
      this.#endLeaf(this.#between);
      this.#between = null;
    } else if (
      ends.length > 0 &&
      8 + bytes.length + cell.length + 2 * (ends.length + 1) > this.#room
    ) {
      if (!this.#isTable) {
        this.#between = cell.slice();
        return;
      }
      this.#endLeaf(rowIdBytes(this.#lastRowId));
    }
    bytes.put(cell);
    ends.push(bytes.length);
    this.#lastRowId = rowId;
  }

  #endLeaf(above: Uint8Array): void {
    const { page, at } = this.#file.begin();
    const kind = this.#isTable ? LEAF_TABLE : LEAF_INDEX;
    layPage(this.#file.out.bytes, at, this.#file.pageSize, kind, this.#cells, null);
    this.#cells.bytes.clear();
    this.#cells.ends.length = 0;
    this.#place(0, { page, cell: above });
  }

  /** Puts a finished page below the page of a level that grows. */
  #place(depth: number, child: Child): void {
    const level = (this.#levels[depth] ??= { before: null, children: [], size: 0 });
    const size = 4 + child.cell.length + 2;
    // The last child needs no cell, but it is not known to be the last.
    if (level.children.length > 1 && 12 + level.size + size > this.#room) {
      if (level.before !== null) this.#endInterior(depth, level.before);
      level.before = level.children;
      level.children = [];
      level.size = 0;
    }
    level.children.push(child);
    level.size += size;
  }

  #endInterior(depth: number, children: readonly Child[]): void {
    const { page, at } = this.#file.begin();
    this.#layInterior(this.#file.out.bytes, at, children, 0);
    this.#place(depth + 1, { page, cell: children.at(-1)!.cell });
  }

  #layInterior(target: Uint8Array, at: number, children: readonly Child[], offset: number): void {
    const cells: Cells = { bytes: new ByteWriter(1 << 12), ends: [] };
    for (const { page, cell } of children.slice(0, -1)) {
      cells.bytes.reserve(4);
      cells.bytes.view.setUint32(cells.bytes.length, page);
      cells.bytes.length += 4;
      cells.bytes.put(cell);
      cells.ends.push(cells.bytes.length);
    }
    const kind = this.#isTable ? INTERIOR_TABLE : INTERIOR_INDEX;
    const { pageSize } = this.#file;
    layPage(target, at, pageSize, kind, cells, children.at(-1)!.page, offset);
  }

  #endLastLeaf(): void {
    const { bytes, ends } = this.#cells;
    const between = this.#between;
    if (between !== null) {
      // Behind the last entry between leaves there must be one more: it goes there itself, and the one before takes its place.
      const from = ends.at(-2)!;
      const last = bytes.bytes.slice(from, bytes.length);
      ends.pop();
      bytes.length = from;
      this.#endLeaf(last);
      bytes.put(between);
      ends.push(bytes.length);
      this.#between = null;
    }
    if (ends.length > 0 || this.#levels.length === 0) this.#endLeaf(rowIdBytes(this.#lastRowId));
  }

  /** Ends the tree; the number of its root. */
  end(): number {
    this.#endLastLeaf();
    for (let depth = 0; ; depth++) {
      const last = this.#endLevel(depth);
      if (last !== null) return last.page;
    }
  }

  /** Ends a table's tree, whose pages leave so much room, with its root in the file's first page, behind `offset` bytes. */
  endInFirst(first: Uint8Array, offset: number): void {
    if (this.#levels.length === 0) {
      layPage(first, 0, this.#file.pageSize, LEAF_TABLE, this.#cells, null, offset);
      return;
    }
    this.#endLastLeaf();
    for (let depth = 0; ; depth++) {
      const level = this.#levels[depth]!;
      const isTop = level.before === null && this.#levels[depth + 1] === undefined;
      if (isTop) {
        this.#layInterior(first, 0, level.children, offset);
        return;
      }
      this.#endLevel(depth);
    }
  }

  /** Ends the pages of a level; its only page, where that is the root. */
  #endLevel(depth: number): Child | null {
    const level = this.#levels[depth]!;
    if (level.before === null && this.#levels[depth + 1] === undefined) {
      if (level.children.length === 1) return level.children[0]!;
    } else if (level.children.length === 1 && level.before !== null)
      // An interior page has two children at least.
      level.children.unshift(level.before.pop()!);
    if (level.before !== null) this.#endInterior(depth, level.before);
    this.#endInterior(depth, level.children);
    return null;
  }
}

function rowIdBytes(rowId: number | bigint): Uint8Array {
  const out = new ByteWriter(16);
  putBigVarint(out, BigInt(rowId));
  return out.take();
}
