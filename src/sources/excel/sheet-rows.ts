// Walks through the rows of a sheet as they are unpacked, cell by cell, in constant memory.
import type { Limits } from '../../contract/config.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { MOST_COLUMNS, MOST_ROWS, parseRange, type CellRange } from './cell-range.ts';
import { Fault, faultError } from './fault.ts';
import type { Package } from './package.ts';
import { appendText, readRichText } from './rich-text.ts';
import { EXCEL_FAULTS } from './texts.ts';
import type { XmlScan } from './xml-scan.ts';
import { XmlStream } from './xml-stream.ts';

/** What the bytes of a cell are. */
export const CELL = {
  /** A number in the window. */
  number: 0,
  /** The number of a shared text, in the window. */
  shared: 1,
  /** `1` or `0` in the window. */
  bool: 2,
  /** `#N/A` and the like, in the window. */
  error: 3,
  /** A text among `texts`. */
  text: 4,
  /** An ISO 8601 date or timestamp in the window. */
  isoDate: 5,
  /** A formula whose value was not stored. */
  noValue: 6,
} as const;

/** Beside a kind: its bytes are among `texts`, not in the window. */
export const ASIDE = 8;

const LOWER_R = 114;
const LOWER_S = 115;
const LOWER_T = 116;
const LOWER_B = 98;
const LOWER_C = 99;
const LOWER_D = 100;
const LOWER_E = 101;
const LOWER_F = 102;
const LOWER_I = 105;
const LOWER_N = 110;
const LOWER_V = 118;

/** One row's cells that are not empty, in the order of their columns. */
export class SheetRow {
  /** From 0 on. */
  number = -1;
  isHidden = false;
  count = 0;
  columns = new Int32Array(64);
  kinds = new Uint8Array(64);
  /** Number of the cell format. */
  styles = new Int32Array(64);
  /** Where its bytes are: in the window, of texts in `texts`. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  readonly texts = new ByteWriter(4096);

  add(column: number, kind: number, style: number, start: number, end: number): void {
    let i = this.count;
    if (i === this.columns.length) this.#grow();
    const { columns, kinds, styles, starts, ends } = this;
    // Out of order only where a writer did not keep to the rules; the last of two at one place counts.
    while (i > 0 && columns[i - 1]! > column) i--;
    if (i > 0 && columns[i - 1] === column) i--;
    else {
      if (i < this.count) for (const list of [columns, kinds, styles, starts, ends]) shift(list, i);
      this.count++;
    }
    columns[i] = column;
    kinds[i] = kind;
    styles[i] = style;
    starts[i] = start;
    ends[i] = end;
  }

  #grow(): void {
    const size = this.columns.length * 2;
    const wider = (list: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(size);
      grown.set(list);
      return grown;
    };
    const kinds = new Uint8Array(size);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.columns = wider(this.columns);
    this.styles = wider(this.styles);
    this.starts = wider(this.starts);
    this.ends = wider(this.ends);
  }
}

function shift(list: Int32Array | Uint8Array, from: number): void {
  list.copyWithin(from + 1, from, list.length - 1);
}

/** Columns [first, last] that are hidden. */
interface HiddenColumns {
  first: number;
  last: number;
}

/** Reads one sheet from its start. */
export class SheetRows {
  readonly row = new SheetRow();
  readonly stream: XmlStream;
  /** Where the sheet says that its cells are; null when it does not. Known from the first `next` on that gives a row. */
  dimension: CellRange | null = null;
  readonly hiddenColumns: HiddenColumns[] = [];
  readonly #name: string;
  readonly #part: string;
  /** Number of the row that is read, from 1 on. */
  #reading = 0;
  #state: 'head' | 'rows' | 'end' = 'head';
  #rowsAreHidden = false;

  constructor(parts: Package, part: string, limits: Limits) {
    this.#name = parts.name;
    this.#part = part;
    this.stream = new XmlStream(parts.name, parts.open(part), limits.recordBytes);
  }

  get scan(): XmlScan {
    return this.stream.scan;
  }

  /** The next row of the sheet into `row`; `more` = call `more` and ask again. */
  next(): 'row' | 'more' | 'end' {
    try {
      while (this.#state === 'head') {
        const { scan } = this.stream;
        const from = scan.at;
        const found = scan.next();
        if (found === 'more') {
          scan.at = from;
          return 'more';
        }
        if (found === 'open') this.#readHead(scan);
        else if (scan.is('worksheet')) this.#state = 'end';
      }
      return this.#state === 'end' ? 'end' : this.#nextRow();
    } catch (thrown) {
      throw faultError(thrown, this.#name, this.#part);
    }
  }

  /** Takes further bytes in. */
  async more(): Promise<void> {
    try {
      await this.stream.more();
    } catch (thrown) {
      throw faultError(thrown, this.#name, this.#part);
    }
  }

  close(): Promise<void> {
    return this.stream.close();
  }

  #readHead(scan: XmlScan): void {
    if (scan.is('sheetData')) this.#state = scan.isEmpty ? 'end' : 'rows';
    else if (scan.is('dimension')) this.dimension = parseRange(scan.attribute('ref') ?? '');
    else if (scan.is('sheetFormatPr')) this.#rowsAreHidden = scan.flag('zeroHeight');
    else if (scan.is('col') && scan.flag('hidden')) {
      const first = scan.number('min');
      const last = scan.number('max');
      if (first !== null && last !== null && first > 0)
        this.hiddenColumns.push({ first: first - 1, last: last - 1 });
    }
  }

  #nextRow(): 'row' | 'more' | 'end' {
    const { scan } = this.stream;
    for (;;) {
      const from = scan.at;
      const found = scan.next();
      if (found === 'more') {
        scan.at = from;
        return 'more';
      }
      if (found === 'close') {
        if (!scan.is('sheetData')) continue;
        this.#state = 'end';
        return 'end';
      }
      if (!scan.is('row')) continue;
      const { row } = this;
      const given = scan.number('r');
      const number = given === null ? row.number + 1 : given - 1;
      if (number <= row.number) throw new Fault(EXCEL_FAULTS.rowOrder(number + 1));
      if (number >= MOST_ROWS) throw new Fault(EXCEL_FAULTS.tooManyRows);
      this.#reading = number + 1;
      row.count = 0;
      row.texts.clear();
      const isHidden = scan.flag('hidden', this.#rowsAreHidden);
      if (!scan.isEmpty && !this.#readCells(scan)) {
        scan.at = from;
        return 'more';
      }
      row.number = number;
      row.isHidden = isHidden;
      return 'row';
    }
  }

  /** The cells up to the end of the row; false when the bytes end before. */
  #readCells(scan: XmlScan): boolean {
    const { bytes, attributes } = scan;
    let column = -1;
    for (;;) {
      const found = scan.next();
      if (found === 'more') return false;
      const size = scan.nameEnd - scan.nameStart;
      if (found === 'close') {
        if (size === 3 && scan.is('row')) return true;
        continue;
      }
      if (size !== 1 || bytes[scan.nameStart] !== LOWER_C) continue;
      column++;
      let style = 0;
      let type = LOWER_N;
      let typeLength = 1;
      for (let k = 0; k < scan.attributeCount * 4; k += 4) {
        if (attributes[k + 1]! - attributes[k]! !== 1) continue;
        const from = attributes[k + 2]!;
        const to = attributes[k + 3]!;
        const name = bytes[attributes[k]!];
        if (name === LOWER_R) column = columnOf(bytes, from, to);
        else if (name === LOWER_S) style = wholeNumber(bytes, from, to);
        else if (name === LOWER_T) {
          type = bytes[from]!;
          typeLength = to - from;
        }
      }
      if (column >= MOST_COLUMNS) throw new Fault(EXCEL_FAULTS.tooManyColumns);
      // Some writers say so that a text is there and has no character.
      if (type === LOWER_I) this.row.add(column, CELL.text, style, 0, 0);
      if (!scan.isEmpty && !this.#readCell(scan, column, style, type, typeLength)) return false;
    }
  }

  /** One cell behind its opening tag; false when the bytes end before it does. */
  #readCell(
    scan: XmlScan,
    column: number,
    style: number,
    type: number,
    typeLength: number,
  ): boolean {
    const { bytes } = scan;
    const { row } = this;
    let hasFormula = false;
    let hasValue = false;
    let start = -1;
    for (;;) {
      const found = scan.next();
      if (found === 'more') return false;
      const size = scan.nameEnd - scan.nameStart;
      const first = bytes[scan.nameStart];
      if (found === 'open') {
        if (size === 1 && first === LOWER_V) {
          hasValue = true;
          start = scan.isEmpty ? -1 : scan.at;
          if (scan.isEmpty) this.#addValue(scan, column, style, type, typeLength, scan.at, scan.at);
        } else if (size === 1 && first === LOWER_F) hasFormula = true;
        else if (size === 2 && first === LOWER_I && scan.is('is')) {
          hasValue = true;
          const from = row.texts.length;
          if (!scan.isEmpty && !readRichText(scan, 'is', row.texts)) return false;
          row.add(column, CELL.text, style, from, row.texts.length);
        }
        continue;
      }
      if (size !== 1) continue;
      if (first === LOWER_V && start >= 0) {
        this.#addValue(scan, column, style, type, typeLength, start, scan.tagStart);
        start = -1;
      } else if (first === LOWER_C) {
        if (hasFormula && !hasValue) row.add(column, CELL.noValue, style, 0, 0);
        return true;
      }
    }
  }

  #addValue(
    scan: XmlScan,
    column: number,
    style: number,
    type: number,
    typeLength: number,
    from: number,
    to: number,
  ): void {
    const { bytes } = scan;
    const { row } = this;
    if (type === LOWER_I || (type === LOWER_S && typeLength > 1)) {
      // `str`: the text a formula gave.
      const at = row.texts.length;
      appendText(scan, from, to, scan.hasMarked, row.texts);
      row.add(column, CELL.text, style, at, row.texts.length);
      return;
    }
    let start = from;
    let end = to;
    while (start < end && bytes[start]! <= 32) start++;
    while (start < end && bytes[end - 1]! <= 32) end--;
    if (start === end) {
      // A formula whose value is not there: some writers leave the tag and nothing in it.
      row.add(column, CELL.noValue, style, 0, 0);
      return;
    }
    const kind =
      type === LOWER_S
        ? CELL.shared
        : type === LOWER_B
          ? CELL.bool
          : type === LOWER_E
            ? CELL.error
            : type === LOWER_D
              ? CELL.isoDate
              : CELL.number;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      // No number, error or date has anything of this.
      if (byte <= 32 || byte >= 127 || byte === 38 || byte === 60 || byte === 34 || byte === 44)
        throw new Fault(EXCEL_FAULTS.noNumber(this.#reading));
    }
    row.add(column, kind, style, start, end);
  }
}

/** The column of a place such as `AB12`. */
function columnOf(bytes: Uint8Array, start: number, end: number): number {
  let column = 0;
  let i = start;
  for (; i < end; i++) {
    const letter = bytes[i]! & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  if (i === start || i - start > 3) throw new Fault(EXCEL_FAULTS.noPlace);
  return column - 1;
}

/** A whole number of up to 9 digits; a Fault for anything else. */
export function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) throw new Fault(EXCEL_FAULTS.noIndex);
    value = value * 10 + digit;
  }
  if (end - start > 9 || end === start) throw new Fault(EXCEL_FAULTS.noIndex);
  return value;
}
