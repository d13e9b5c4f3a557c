// Reads the rows of one column chunk one stretch after the other, all of them or chosen ones alone.
import { Fault, insist } from '../../contract/fault.ts';
import { ByteSink } from './byte-sink.ts';
import { BYTE_ARRAY, widthOf } from './logical-type.ts';
import {
  isTextDictionary,
  openByteValues,
  openFixedValues,
  readDictionary,
} from './open-values.ts';
import type { DataPage, PageWalk } from './pages.ts';
import type { Leaf } from './schema-tree.ts';
import { countEqual, spellOut, splitStretch, wholeWords, type Stretch } from './stretch.ts';
import type { BytesReader, Dictionary, FixedReader } from './values.ts';

/** Entries whose levels are read at once. */
const LEVELS = 2048;

/** Room made ahead of the bytes themselves. */
const MOST_EXPECTED_BYTES = 8 << 20;

/** Entries of a dictionary that is kept: looking at each of them must cost less than looking at the rows. */
const MOST_KEPT_ENTRIES = 4096;

/** Entries of one row: more are a few bytes that say so. */
const MOST_ROW_ENTRIES = 1 << 24;

/** A row has one entry at least; what comes of more is room that grows as it fills. */
const roomFor = (rowCount: number): number => Math.min(rowCount, 1 << 16);

export class LeafReader {
  readonly leaf: Leaf;
  readonly #pages: PageWalk;
  readonly #width: number;
  /** Whether texts stay places in a dictionary where the file has them so. */
  readonly #keepsCodes: boolean;
  #dictionary: Dictionary | null = null;
  #canKeepDictionary = false;
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
  // The rows that count of those to come, and how far they are read.
  #chosen: Uint32Array | null = null;
  #chosenAt = 0;
  #chosenRows = 0;
  #rowAt = 0;
  /** Rows before those to come that nobody chose: passed by when the next ones are read, which may be never. */
  #owed = 0;
  readonly #places = new Int32Array(LEVELS);

  constructor(leaf: Leaf, pages: PageWalk, keepsCodes = false) {
    this.leaf = leaf;
    this.#pages = pages;
    this.#width = widthOf(leaf.element);
    this.#keepsCodes = keepsCodes && this.isByteArray && leaf.maxRep === 0;
  }

  get isByteArray(): boolean {
    return this.leaf.element.physical === BYTE_ARRAY;
  }

  /**
   * Of the next `rowCount` rows only `rows` (ascending, counted from the first of them) count from here on: `read` gives
   * these alone, and whoever asked has to take them all before choosing again. For leaves outside of lists.
   */
  choose(rowCount: number, rows: Uint32Array): void {
    if (this.#chosen !== null) this.#owed += this.#chosenRows - this.#rowAt;
    this.#chosen = null;
    if (rows.length === rowCount) return;
    this.#chosen = rows;
    this.#chosenAt = 0;
    this.#chosenRows = rowCount;
    this.#rowAt = 0;
  }

  /** The next `rowCount` rows; fewer, but one at least, where their byte arrays come to more than `mostBytes`. */
  async read(rowCount: number, mostBytes: number): Promise<Stretch> {
    if (this.#owed > 0) await this.#skip(this.#owed);
    this.#owed = 0;
    const out = this.#begin(rowCount);
    if (this.#chosen !== null) await this.#readChosen(out, rowCount, mostBytes, this.#chosen);
    else if (this.leaf.maxRep === 0) await this.#readFlat(out, rowCount, mostBytes);
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

  /** Begins to read what the next rows stand in. */
  prefetch(): void {
    if (this.#pageLeft === 0) this.#pages.prefetch();
  }

  /** All that anybody wants of it was read. */
  release(): void {
    this.#pages.release();
  }

  #split(stretch: Stretch, rowCount: number): [Stretch, Stretch] {
    return splitStretch(stretch, rowCount, this.leaf.maxDef, this.#width);
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
    const expected = this.#keepsCodes ? 0 : this.#expectedBytes(room);
    return {
      rowCount: 0,
      entryCount: 0,
      reps: maxRep > 0 ? new Uint8Array(room) : null,
      defs: maxDef > 0 ? new Uint8Array(room) : null,
      valueCount: 0,
      fixed: this.isByteArray ? null : new Uint8Array(wholeWords(room * this.#width)),
      sink: this.isByteArray ? new ByteSink(this.#keepsCodes ? 0 : room, expected) : null,
      codes: this.#keepsCodes ? new Int32Array(room) : null,
      dictionary: null,
    };
  }

  #expectedBytes(rowCount: number): number {
    return Math.min(MOST_EXPECTED_BYTES, Math.ceil(rowCount * this.#bytesPerRow * 1.05) + 64);
  }

  /** Rows to be read at once so that their byte arrays come to `mostBytes` at most, but one. */
  #rowsFitting(mostBytes: number): number {
    if (!this.isByteArray) return Infinity;
    const { longest } = this.#bytes!;
    const fitting = longest === 0 ? LEVELS : Math.floor(mostBytes / longest);
    return Math.min(LEVELS, Math.max(1, fitting));
  }

  async #readFlat(out: Stretch, rowCount: number, mostBytes: number): Promise<void> {
    while (out.rowCount < rowCount && this.#carried === null) {
      if (out.sink !== null && out.rowCount > 0 && out.sink.length >= mostBytes) return;
      if (this.#pageLeft === 0) await this.#nextPage();
      const most = Math.min(rowCount - out.rowCount, this.#pageLeft);
      const count = Math.min(most, this.#rowsFitting(mostBytes));
      this.#grow(out, count);
      let valueCount = count;
      const { defs } = this.#page!;
      if (defs !== null) {
        const { maxDef } = this.leaf;
        if (defs.takeEqual(maxDef, count))
          out.defs!.fill(maxDef, out.entryCount, out.entryCount + count);
        else {
          defs.read(out.defs!, out.entryCount, count);
          valueCount = countEqual(out.defs!, out.entryCount, count, maxDef);
        }
      }
      this.#readValues(out, valueCount);
      out.entryCount += count;
      out.rowCount += count;
      this.#pageLeft -= count;
    }
  }

  async #readChosen(
    out: Stretch,
    rowCount: number,
    mostBytes: number,
    chosen: Uint32Array,
  ): Promise<void> {
    const places = this.#places;
    while (out.rowCount < rowCount && this.#carried === null) {
      if (out.sink !== null && out.rowCount > 0 && out.sink.length >= mostBytes) return;
      const next = chosen[this.#chosenAt]!;
      await this.#skip(next - this.#rowAt);
      this.#rowAt = next;
      if (this.#pageLeft === 0) await this.#nextPage();
      const span = Math.min(LEVELS, this.#pageLeft);
      const most = Math.min(rowCount - out.rowCount, this.#rowsFitting(mostBytes));
      const first = this.#chosenAt;
      const end = Math.min(chosen.length, first + most);
      let found = 0;
      for (let i = first; i < end && chosen[i]! - this.#rowAt < span; i++)
        places[found++] = chosen[i]! - this.#rowAt;
      const count = places[found - 1]! + 1;
      this.#grow(out, found);
      this.#takeChosen(out, found, count);
      out.entryCount += found;
      out.rowCount += found;
      this.#chosenAt += found;
      this.#rowAt += count;
      this.#pageLeft -= count;
    }
  }

  /** The rows at the first `found` places of the next `count`, all in the page. */
  #takeChosen(out: Stretch, found: number, count: number): void {
    const places = this.#places;
    const { maxDef } = this.leaf;
    const { defs } = this.#page!;
    let valueCount = count;
    let wanted = found;
    if (defs !== null && defs.takeEqual(maxDef, count))
      out.defs!.fill(maxDef, out.entryCount, out.entryCount + found);
    else if (defs !== null) {
      const levels = this.#defs;
      defs.read(levels, 0, count);
      valueCount = 0;
      wanted = 0;
      let next = 0;
      for (let i = 0; i < count; i++) {
        const level = levels[i]!;
        if (places[next] === i) {
          out.defs![out.entryCount + next] = level;
          next++;
          // Never ahead of what is still to be read of the places.
          if (level === maxDef) places[wanted++] = valueCount;
        }
        if (level === maxDef) valueCount++;
      }
    }
    if (valueCount > 0) {
      if (out.sink !== null) this.#bytes!.pick(out.sink, places, wanted, valueCount);
      else this.#fixed!.pick(out.fixed!, out.valueCount, places, wanted, valueCount);
    }
    out.valueCount += wanted;
  }

  /** Goes past so many rows. */
  async #skip(rowCount: number): Promise<void> {
    let left = rowCount;
    while (left > 0) {
      if (this.#pageLeft === 0) {
        const page = await this.#pages.next(left);
        insist(page !== null, 'a column holds fewer rows than its row group');
        if (page.kind === 'skipped') left -= page.valueCount;
        else this.#take(page);
        continue;
      }
      const count = Math.min(left, this.#pageLeft, LEVELS);
      const { defs } = this.#page!;
      const { maxDef } = this.leaf;
      let valueCount = count;
      if (defs !== null && !defs.takeEqual(maxDef, count)) {
        defs.read(this.#defs, 0, count);
        valueCount = countEqual(this.#defs, 0, count, maxDef);
      }
      if (valueCount > 0) {
        if (this.isByteArray) this.#bytes!.pick(NOWHERE, this.#places, 0, valueCount);
        else this.#fixed!.pick(NOTHING, 0, this.#places, 0, valueCount);
      }
      this.#pageLeft -= count;
      left -= count;
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
        insist(
          out.rowCount > 1 || out.entryCount + count <= MOST_ROW_ENTRIES,
          `a row of “${this.leaf.path}” holds more than ${MOST_ROW_ENTRIES} values`,
        );
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
      if (out.sink === null) this.#fixed!.read(out.fixed!, out.valueCount, count);
      else if (out.codes !== null && this.#staysCoded(out))
        this.#bytes!.readCodes!(out.codes, out.valueCount, count);
      else this.#bytes!.read(out.sink, count);
    }
    out.valueCount += count;
  }

  /** Whether the page's values can be codes as those before them are; if not, those are spelt out. */
  #staysCoded(out: Stretch): boolean {
    const isCoded = this.#canKeepDictionary && this.#bytes!.readCodes !== undefined;
    if (isCoded && (out.valueCount === 0 || out.dictionary === this.#dictionary)) {
      out.dictionary = this.#dictionary;
      return true;
    }
    spellOut(out);
    return false;
  }

  #grow(out: Stretch, more: number): void {
    const entries = out.entryCount + more;
    if (out.reps !== null && out.reps.length < entries) out.reps = grown(out.reps, entries);
    if (out.defs !== null && out.defs.length < entries) out.defs = grown(out.defs, entries);
    if (out.fixed !== null) {
      const size = wholeWords((out.valueCount + more) * this.#width);
      if (out.fixed.length < size) out.fixed = grown(out.fixed, size);
    }
    if (out.codes !== null && out.codes.length < out.valueCount + more) {
      const codes = new Int32Array(Math.max(out.valueCount + more, out.codes.length * 2));
      codes.set(out.codes);
      out.codes = codes;
    }
  }

  async #nextPage(): Promise<void> {
    if (!(await this.#tryNextPage()))
      throw new Fault('a column holds fewer rows than its row group');
  }

  async #tryNextPage(): Promise<boolean> {
    while (this.#pageLeft === 0) {
      const page = await this.#pages.next();
      if (page === null) return false;
      this.#take(page);
    }
    return true;
  }

  #take(page: NonNullable<Awaited<ReturnType<PageWalk['next']>>>): void {
    if (page.kind === 'dictionary') {
      this.#dictionary = readDictionary(this.leaf, page);
      this.#canKeepDictionary =
        this.#keepsCodes &&
        page.valueCount <= MOST_KEPT_ENTRIES &&
        isTextDictionary(this.#dictionary);
    } else if (page.kind === 'data') {
      this.#page = page;
      this.#pageLeft = page.valueCount;
      if (this.isByteArray) this.#bytes = openByteValues(page, this.#dictionary);
      else this.#fixed = openFixedValues(this.leaf, page, this.#dictionary);
    }
  }
}

/** Where nothing is put. */
const NOWHERE = new ByteSink(0, 0);
const NOTHING = new Uint8Array(0);

function grown(bytes: Uint8Array, least: number): Uint8Array {
  const more = new Uint8Array(wholeWords(Math.max(least, bytes.length * 2)));
  more.set(bytes);
  return more;
}
