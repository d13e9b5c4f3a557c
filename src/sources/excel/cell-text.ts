// The text of a cell: what its number means by its format, its digits as they are wanted, its text.
import type { DataType } from '../../table/data-type.ts';
import { MISFIT, parseFloat64 } from '../../table/parse-value.ts';
import { floatText } from '../../table/value-text.ts';
import { Fault } from './fault.ts';
import type { FormatKind } from './number-format.ts';
import type { ExcelOptions } from './options.ts';
import { clockText, durationText, momentOf } from './serial.ts';
import type { SharedStrings } from './shared-strings.ts';
import { ASIDE, CELL, wholeNumber, type SheetRow } from './sheet-rows.ts';
import { EXCEL_FAULTS } from './texts.ts';

/** What a cell holds. */
export type CellMeaning =
  'number' | 'bool' | 'date' | 'timestamp' | 'time' | 'duration' | 'text' | 'error' | 'no-value';

const DOT = 46;
const UPPER_E = 69;
const ONE = 49;

const TRUE = Uint8Array.of(116, 114, 117, 101);
const FALSE = Uint8Array.of(102, 97, 108, 115, 101);
/** The longest text that is made here: a number, a date with its time. */
const MADE_BYTES = 64;

/** Texts of cells of one workbook. After `read`, the text is `bytes` [start, end) and `meaning` says what it is. */
export class CellTexts {
  readonly #styles: readonly FormatKind[];
  readonly #strings: SharedStrings;
  readonly #is1904: boolean;
  readonly #made = new Uint8Array(MADE_BYTES);
  readonly #options: ExcelOptions;
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  meaning: CellMeaning = 'text';

  constructor(
    book: { styles: readonly FormatKind[]; is1904: boolean },
    strings: SharedStrings,
    options: ExcelOptions,
  ) {
    this.#styles = book.styles;
    this.#is1904 = book.is1904;
    this.#strings = strings;
    this.#options = options;
  }

  #set(bytes: Uint8Array, start: number, end: number, meaning: CellMeaning): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.meaning = meaning;
  }

  #setAscii(text: string, meaning: CellMeaning): void {
    const bytes = this.#made;
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    this.#set(bytes, 0, text.length, meaning);
  }

  /** Cell `k` of a row whose window is `bytes`, for a column of type `target`. */
  read(bytes: Uint8Array, row: SheetRow, k: number, target: DataType['kind']): void {
    const kind = row.kinds[k]!;
    const window = (kind & ASIDE) === 0 ? bytes : row.texts.bytes;
    const start = row.starts[k]!;
    const end = row.ends[k]!;
    switch (kind & ~ASIDE) {
      case CELL.number:
        this.#readNumber(window, start, end, this.#styles[row.styles[k]!] ?? 'number', target);
        return;
      case CELL.shared: {
        const strings = this.#strings;
        const index = wholeNumber(window, start, end);
        if (index >= strings.count) throw new Fault(EXCEL_FAULTS.noString(row.number + 1));
        strings.find(index);
        this.#set(strings.bytes, strings.start, strings.end, 'text');
        return;
      }
      case CELL.text:
        this.#set(row.texts.bytes, start, end, 'text');
        return;
      case CELL.bool: {
        const isTrue = end - start === 1 ? window[start] === ONE : window[start] === 116;
        this.#set(isTrue ? TRUE : FALSE, 0, isTrue ? 4 : 5, 'bool');
        return;
      }
      case CELL.error:
        this.#set(window, start, end, 'error');
        return;
      case CELL.isoDate:
        this.#readIsoDate(window, start, end, target);
        return;
      default:
        this.#set(window, 0, 0, 'no-value');
    }
  }

  #readNumber(
    window: Uint8Array,
    start: number,
    end: number,
    format: FormatKind,
    target: DataType['kind'],
  ): void {
    if (format === 'number') {
      this.#set(window, start, end, 'number');
      // Only what has the digits of any double can be shorter.
      if (end - start > 16 && this.#options.numbers === 'shortest') this.#shorten();
      return;
    }
    const value = parseFloat64(window, start, end);
    if (value === MISFIT) return this.#set(window, start, end, 'number');
    // Beyond a few million years it is no duration but a number in the wrong format.
    if (format === 'duration' && Math.abs(value) < 1e9)
      return this.#setDuration(value, window, start, end);
    const moment = format === 'duration' ? null : momentOf(value, format, this.#is1904);
    if (moment === null) return this.#set(window, start, end, 'number');
    this.#setMoment(moment, format, target);
  }

  #setMoment(
    { date, ms }: { date: string | null; ms: number },
    format: FormatKind,
    target: DataType['kind'],
  ): void {
    if (date === null) return this.#setAscii(clockText(ms), 'time');
    const isDate = ms === 0 && (target === 'date' || (format === 'date' && target !== 'timestamp'));
    if (isDate) return this.#setAscii(date, 'date');
    this.#setAscii(`${date}T${clockText(ms)}`, 'timestamp');
  }

  #setDuration(value: number, window: Uint8Array, start: number, end: number): void {
    const { durations } = this.#options;
    if (durations === 'clock') return this.#setAscii(durationText(value), 'duration');
    if (durations === 'days') {
      this.#set(window, start, end, 'number');
      if (this.#options.numbers === 'shortest') this.#shorten();
      return;
    }
    // To the millisecond, which is what such a number holds.
    this.#setAscii(floatText(Math.round(value * 86_400_000) / 1000), 'number');
  }

  /** Writes a number of 16 or 17 digits in as few as give the same. */
  #shorten(): void {
    const { bytes, start, end } = this;
    let digits = 0;
    let isFraction = false;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === DOT) isFraction = true;
      else if ((byte & ~32) === UPPER_E) break;
      else if (byte >= 48 && byte <= 57 && (digits > 0 || byte !== 48)) digits++;
    }
    if (!isFraction || digits < 16 || digits > 17) return;
    const value = parseFloat64(bytes, start, end);
    if (value !== MISFIT) this.#setAscii(floatText(value), 'number');
  }

  /** ISO 8601 as strict writers store it. */
  #readIsoDate(window: Uint8Array, start: number, end: number, target: DataType['kind']): void {
    const text = new TextDecoder('latin1').decode(window.subarray(start, end));
    const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)Z?)?$/.exec(text);
    if (found === null) {
      if (!/^T?\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z?$/.test(text))
        return this.#set(window, start, end, 'text');
      return this.#setAscii(text.replace(/[TZ]/g, ''), 'time');
    }
    const [, date, clock = '00:00:00'] = found;
    const isMidnight = /^[0:.]+$/.test(clock);
    if (isMidnight && target !== 'timestamp') return this.#setAscii(date!, 'date');
    const seconds = clock.length === 5 ? `${clock}:00` : clock;
    this.#setAscii(`${date}T${seconds.replace(/(\.\d{3})\d+$/, '$1')}`, 'timestamp');
  }
}

/** Types of columns that dates and times of a workbook have: to the millisecond, which is what its numbers hold. */
export const TIMESTAMP: DataType = { kind: 'timestamp', unit: 'ms', zone: null };
export const TIME: DataType = { kind: 'time', unit: 'ms' };
