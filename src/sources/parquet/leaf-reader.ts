// Reads the rows of one column chunk one stretch after the other: levels, and the values that are not null side by side.
import { ByteSink, ByteStore } from './byte-sink.ts';
import { Fault, insist } from '../../contract/fault.ts';
import { BOOLEAN, BYTE_ARRAY, widthOf } from './logical-type.ts';
import type { DataPage, DictionaryPage, PageWalk } from './pages.ts';
import type { Leaf } from './schema-tree.ts';
import {
  openBytesIndices,
  openDeltaFixed,
  openFixedIndices,
  openFixedOfBytes,
  openFrontCoded,
  openLengthsThenBytes,
  openPlainBits,
  openPlainBytes,
  openPlainFixed,
  openRunBits,
  openSplit,
  type BytesReader,
  type Dictionary,
  type FixedReader,
} from './values.ts';

/** Some rows of a leaf. */
export interface Stretch {
  rowCount: number;
  /** Entries: one a row, more where lists are in between. */
  entryCount: number;
  reps: Uint8Array | null;
  defs: Uint8Array | null;
  valueCount: number;
  /** `valueCount` values of the leaf's width (booleans: a byte each), in a buffer of their own. */
  fixed: Uint8Array | null;
  /** `valueCount` byte arrays. */
  sink: ByteSink | null;
}

/** Entries whose levels are read at once. */
const LEVELS = 2048;

/** Room made ahead of the bytes themselves. */
const MOST_EXPECTED_BYTES = 8 << 20;

/** A row has one entry at least; what comes of more is room that grows as it fills. */
const roomFor = (rowCount: number): number => Math.min(rowCount, 1 << 16);

export class LeafReader {
  readonly leaf: Leaf;
  readonly #pages: PageWalk;
  readonly #width: number;
  #dictionary: Dictionary | null = null;
  #page: DataPage | null = null;
  #pageLeft = 0;
  #fixed: FixedReader | null = null;
  #bytes: BytesReader | null = null;
  // Levels read from the page and not yet used.
  readonly #reps = new Uint8Array(LEVELS);
  readonly #defs = new Uint8Array(LEVELS);
  #levelAt = 0;
  #levelEnd = 0;
  #carried: Stretch | null = null;
  /** Of the last stretch: the next one is likely to be like it, and growing costs copies. */
  #bytesPerRow = 8;

  constructor(leaf: Leaf, pages: PageWalk) {
    this.leaf = leaf;
    this.#pages = pages;
    this.#width = widthOf(leaf.element);
  }

  get isByteArray(): boolean {
    return this.leaf.element.physical === BYTE_ARRAY;
  }

  /** Loads the first page, so that `longest` is known. */
  async open(): Promise<void> {
    await this.#nextPage();
  }

  /** The next `rowCount` rows; fewer, but one at least, where their byte arrays come to more than `mostBytes`. */
  async read(rowCount: number, mostBytes: number): Promise<Stretch> {
    const out = this.#begin(rowCount);
    const { maxRep } = this.leaf;
    if (maxRep === 0) await this.#readFlat(out, rowCount, mostBytes);
    else await this.#readNested(out, rowCount, mostBytes);
    if (out.sink !== null) this.#bytesPerRow = out.sink.length / Math.max(1, out.rowCount);
    return out;
  }

  /** Gives back all but the first `rowCount` rows of the last stretch. */
  putBack(stretch: Stretch, rowCount: number): Stretch {
    if (rowCount === stretch.rowCount) return stretch;
    const [kept, rest] = this.#split(stretch, rowCount);
    this.#carried = rest;
    return kept;
  }

  #begin(rowCount: number): Stretch {
    const carried = this.#carried;
    if (carried !== null) {
      this.#carried = null;
      if (carried.rowCount <= rowCount) return carried;
      const [kept, rest] = this.#split(carried, rowCount);
      this.#carried = rest;
      return kept;
    }
    const { maxRep, maxDef } = this.leaf;
    const room = roomFor(rowCount);
    return {
      rowCount: 0,
      entryCount: 0,
      reps: maxRep > 0 ? new Uint8Array(room) : null,
      defs: maxDef > 0 ? new Uint8Array(room) : null,
      valueCount: 0,
      fixed: this.isByteArray ? null : new Uint8Array(this.#sized(room)),
      sink: this.isByteArray ? new ByteSink(room, this.#expectedBytes(room)) : null,
    };
  }

  #expectedBytes(rowCount: number): number {
    return Math.min(MOST_EXPECTED_BYTES, Math.ceil(rowCount * this.#bytesPerRow * 1.05) + 64);
  }

  /** Bytes of `count` values, in whole words. */
  #sized(count: number): number {
    return (count * this.#width + 7) & ~7;
  }

  async #readFlat(out: Stretch, rowCount: number, mostBytes: number): Promise<void> {
    while (out.rowCount < rowCount && this.#carried === null) {
      if (out.sink !== null && out.rowCount > 0 && out.sink.length >= mostBytes) return;
      if (this.#pageLeft === 0) await this.#nextPage();
      let count = Math.min(rowCount - out.rowCount, this.#pageLeft);
      if (out.sink !== null) {
        const longest = this.#bytes!.longest;
        const fitting = longest === 0 ? LEVELS : Math.floor(mostBytes / longest);
        count = Math.min(count, LEVELS, Math.max(1, fitting));
      }
      this.#grow(out, count);
      let valueCount = count;
      const { defs } = this.#page!;
      if (defs !== null) {
        defs.read(out.defs!, out.entryCount, count);
        valueCount = countEqual(out.defs!, out.entryCount, count, this.leaf.maxDef);
      }
      this.#readValues(out, valueCount);
      out.entryCount += count;
      out.rowCount += count;
      this.#pageLeft -= count;
    }
  }

  async #readNested(out: Stretch, rowCount: number, mostBytes: number): Promise<void> {
    let wanted = rowCount;
    for (;;) {
      if (this.#carried !== null) return;
      if (this.#levelAt === this.#levelEnd) {
        if (this.#pageLeft === 0 && !(await this.#tryNextPage())) {
          insist(out.rowCount === wanted, 'a column holds fewer rows than its row group');
          return;
        }
        this.#fillLevels();
      }
      // A row ends where the next one begins.
      const reps = this.#reps;
      let end = this.#levelAt;
      for (; end < this.#levelEnd; end++)
        if (reps[end] === 0) {
          if (out.rowCount === wanted) break;
          out.rowCount++;
        }
      const count = end - this.#levelAt;
      if (count > 0) {
        insist(out.rowCount > 0, 'a column begins inside a row');
        this.#grow(out, count);
        out.reps!.set(reps.subarray(this.#levelAt, end), out.entryCount);
        let valueCount = count;
        if (out.defs !== null) {
          out.defs.set(this.#defs.subarray(this.#levelAt, end), out.entryCount);
          valueCount = countEqual(this.#defs, this.#levelAt, count, this.leaf.maxDef);
        }
        this.#readValues(out, valueCount);
        out.entryCount += count;
        this.#levelAt = end;
      }
      if (end < this.#levelEnd) return;
      if (out.sink !== null && out.sink.length >= mostBytes) wanted = out.rowCount;
    }
  }

  #fillLevels(): void {
    const count = Math.min(LEVELS, this.#pageLeft);
    const { reps, defs } = this.#page!;
    reps!.read(this.#reps, 0, count);
    defs?.read(this.#defs, 0, count);
    this.#pageLeft -= count;
    this.#levelAt = 0;
    this.#levelEnd = count;
  }

  #readValues(out: Stretch, count: number): void {
    if (count > 0) {
      if (out.sink !== null) this.#bytes!.read(out.sink, count);
      else this.#fixed!.read(out.fixed!, out.valueCount, count);
    }
    out.valueCount += count;
  }

  #grow(out: Stretch, more: number): void {
    const entries = out.entryCount + more;
    if (out.reps !== null && out.reps.length < entries) out.reps = grown(out.reps, entries);
    if (out.defs !== null && out.defs.length < entries) out.defs = grown(out.defs, entries);
    if (out.fixed !== null) {
      const size = this.#sized(out.valueCount + more);
      if (out.fixed.length < size) out.fixed = grown(out.fixed, size);
    }
  }

  async #nextPage(): Promise<void> {
    if (!(await this.#tryNextPage()))
      throw new Fault('a column holds fewer rows than its row group');
  }

  async #tryNextPage(): Promise<boolean> {
    for (;;) {
      const page = await this.#pages.next();
      if (page === null) return false;
      if (page.kind === 'dictionary') this.#dictionary = this.#readDictionary(page);
      else {
        this.#page = page;
        this.#pageLeft = page.valueCount;
        this.#openValues(page);
        return true;
      }
    }
  }

  #readDictionary({ valueCount, bytes }: DictionaryPage): Dictionary {
    if (this.isByteArray) {
      insist(valueCount * 4 <= bytes.length, 'a dictionary holds fewer values than it says');
      const sink = new ByteSink(valueCount, bytes.length);
      openPlainBytes(bytes, 0, bytes.length).read(sink, valueCount);
      let longest = 1;
      for (let i = 0; i < valueCount; i++)
        longest = Math.max(longest, sink.offsets[i + 1]! - sink.offsets[i]!);
      return {
        count: valueCount,
        fixed: null,
        offsets: sink.offsets,
        store: new ByteStore(sink.bytes),
        longest,
      };
    }
    const size = valueCount * this.#width;
    insist(
      this.leaf.element.physical !== BOOLEAN && size <= bytes.length,
      'a dictionary holds fewer values than it says',
    );
    // Of its own: the page may begin at any byte.
    const fixed = new Uint8Array(this.#sized(valueCount));
    fixed.set(bytes.subarray(0, size));
    return { count: valueCount, fixed, offsets: null, store: null, longest: 0 };
  }

  #openValues({ encoding, bytes, start, end }: DataPage): void {
    const isIndexed = encoding === 2 || encoding === 8;
    const dictionary = this.#dictionary;
    if (isIndexed) insist(dictionary !== null, 'a page refers to a dictionary that is not there');
    if (this.isByteArray) {
      this.#bytes = isIndexed
        ? openBytesIndices(bytes, start, end, dictionary!)
        : openBytes(encoding, bytes, start, end);
      return;
    }
    this.#fixed = isIndexed
      ? openFixedIndices(bytes, start, end, dictionary!, this.#width)
      : this.#openFixed(encoding, bytes, start, end);
  }

  #openFixed(encoding: number, bytes: Uint8Array, start: number, end: number): FixedReader {
    const width = this.#width;
    const isBoolean = this.leaf.element.physical === BOOLEAN;
    switch (encoding) {
      case 0:
        return isBoolean
          ? openPlainBits(bytes, start, end)
          : openPlainFixed(bytes, start, end, width);
      case 3:
        if (isBoolean) return openRunBits(bytes, start, end);
        break;
      case 5:
        if (!isBoolean) return openDeltaFixed(bytes, start, end, width);
        break;
      case 7:
        return openFixedOfBytes(
          openFrontCoded(bytes, start, end),
          width,
          () => new ByteSink(64, 64 * width),
        );
      case 9:
        if (!isBoolean) return openSplit(bytes, start, end, width);
    }
    throw new Fault(
      `a page of “${this.leaf.path}” has encoding ${encoding}, which does not fit its type`,
    );
  }

  #split(stretch: Stretch, rowCount: number): [Stretch, Stretch] {
    const { reps, defs, entryCount, valueCount, fixed, sink } = stretch;
    let entries = rowCount;
    if (reps !== null) {
      let rows = 0;
      for (entries = 0; entries < entryCount; entries++)
        if (reps[entries] === 0 && rows++ === rowCount) break;
    }
    const values = defs === null ? entries : countEqual(defs, 0, entries, this.leaf.maxDef);
    const kept: Stretch = { ...stretch, rowCount, entryCount: entries, valueCount: values };
    const rest: Stretch = {
      rowCount: stretch.rowCount - rowCount,
      entryCount: entryCount - entries,
      reps: reps?.slice(entries, entryCount) ?? null,
      defs: defs?.slice(entries, entryCount) ?? null,
      valueCount: valueCount - values,
      fixed: null,
      sink: null,
    };
    if (fixed !== null) {
      rest.fixed = new Uint8Array(this.#sized(rest.valueCount));
      rest.fixed.set(fixed.subarray(values * this.#width, valueCount * this.#width));
    }
    if (sink !== null) {
      const from = sink.offsets[values]!;
      rest.sink = new ByteSink(rest.valueCount, sink.length - from);
      const store = new ByteStore(sink.bytes);
      for (let i = values; i < valueCount; i++)
        rest.sink.append(store, sink.offsets[i]!, sink.offsets[i + 1]!);
      kept.sink = sink;
      sink.count = values;
      sink.length = from;
    }
    return [kept, rest];
  }
}

function openBytes(encoding: number, bytes: Uint8Array, start: number, end: number): BytesReader {
  if (encoding === 0) return openPlainBytes(bytes, start, end);
  if (encoding === 6) return openLengthsThenBytes(bytes, start, end);
  if (encoding === 7) return openFrontCoded(bytes, start, end);
  throw new Fault(`a page has encoding ${encoding}, which does not fit byte arrays`);
}

function countEqual(levels: Uint8Array, from: number, count: number, level: number): number {
  let found = 0;
  for (let i = from; i < from + count; i++) if (levels[i] === level) found++;
  return found;
}

function grown(bytes: Uint8Array, least: number): Uint8Array {
  const more = new Uint8Array((Math.max(least, bytes.length * 2) + 7) & ~7);
  more.set(bytes);
  return more;
}
