// Writes the cells of one column: as a number, a date, a boolean or text, as its type and the options say.
import { ExportError, shorten } from '../../contract/errors.ts';
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createContentReader, isNullCell } from '../../table/cell-content.ts';
import type { DataType } from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { createFloatWriter } from '../../table/put-floats.ts';
import { contentAt } from '../../table/text-block.ts';
import { locateFields } from '../../table/text-fields.ts';
import { createValueWriter } from '../../table/write-value.ts';
import { cutOf, isTrimmed, LONGEST_CELL, markedCut, putCellText } from './cell-text.ts';
import type { ExcelOptions } from './options.ts';
import { createTimestampSerial, daySerial, timeSerial } from './serial.ts';
import type { CountedLoss } from './texts.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** Significant digits that spreadsheets keep. */
const KEPT_DIGITS = 15;
const ZERO = 48;
const NINE = 57;

/** What a column's cells are. */
export type CellKind =
  'text' | 'number' | 'long-number' | 'float' | 'bool' | 'date' | 'time' | 'timestamp';

/** How values of a type stand in cells; types in dictionaries are those of their values. */
export function cellKind(type: DataType, options: Pick<ExcelOptions, 'dates' | 'zones'>): CellKind {
  switch (type.kind) {
    case 'dictionary':
      return cellKind(type.value, options);
    case 'int':
      return type.bits === 64 ? 'long-number' : 'number';
    case 'decimal':
      return type.precision > KEPT_DIGITS ? 'long-number' : 'number';
    case 'float':
    case 'bool':
      return type.kind;
    case 'date':
    case 'time':
      return options.dates === 'text' ? 'text' : type.kind;
    case 'timestamp':
      return options.dates === 'text' || (type.zone !== null && options.zones === 'text')
        ? 'text'
        : 'timestamp';
    default:
      return 'text';
  }
}

/** Where a cell's column stands and what is around its value. */
export interface CellFrame {
  /** `A`. */
  letters: string;
  style: number;
  /** Nulls are cells too, as their style shows. */
  styleOfBlank: boolean;
}

export interface CellTools {
  options: ExcelOptions;
  out: ByteWriter;
  /** Counts what becomes of the value in the current row and column. */
  count(code: CountedLoss, column: number): void;
  /** The current row, from 1, for errors. */
  row(): number;
}

/** Writes the cell of a physical row into the row whose number is given as digits; nothing where it has none. */
export type CellWriter = (row: number, digits: Uint8Array) => void;

/** Significant digits of a plain number: neither zeros in front nor at the end. */
function significantDigits(bytes: Uint8Array, start: number, end: number): number {
  let first = -1;
  let last = -1;
  let digits = 0;
  for (let i = start; i < end; i++) {
    const b = bytes[i]!;
    if (b < ZERO || b > NINE) continue;
    digits++;
    if (b === ZERO) continue;
    if (first < 0) first = digits;
    last = digits;
  }
  return first < 0 ? 0 : last - first + 1;
}

/** Opens cells of one column: what stands around values of each kind. */
function createFrame({ letters, style, styleOfBlank }: CellFrame, out: ByteWriter) {
  const head = bytesOf(`<c r="${letters}`);
  const styled = style === 0 ? '"' : `" s="${style}"`;
  const number = bytesOf(`${styled}><v>`);
  const bool = bytesOf(`${styled} t="b"><v>`);
  const error = bytesOf(`${styled} t="e"><v>`);
  const text = bytesOf(`${styled} t="inlineStr"><is><t>`);
  const spaced = bytesOf(`${styled} t="inlineStr"><is><t xml:space="preserve">`);
  const blank = bytesOf(`${styled}/>`);
  const valueEnd = bytesOf('</v></c>');
  const textEnd = bytesOf('</t></is></c>');
  const open = (digits: Uint8Array, kind: Uint8Array): void => {
    out.reserve(head.length + digits.length + kind.length);
    const { bytes } = out;
    let to = out.length;
    for (let i = 0; i < head.length; i++) bytes[to++] = head[i]!;
    for (let i = 0; i < digits.length; i++) bytes[to++] = digits[i]!;
    for (let i = 0; i < kind.length; i++) bytes[to++] = kind[i]!;
    out.length = to;
  };
  return {
    openNumber: (digits: Uint8Array): void => open(digits, number),
    closeValue: (): void => out.put(valueEnd),
    ascii(digits: Uint8Array, value: string, kind: 'number' | 'bool' | 'error'): void {
      open(digits, kind === 'number' ? number : kind === 'bool' ? bool : error);
      out.ascii(value);
      out.put(valueEnd);
    },
    text(digits: Uint8Array, value: Uint8Array, start: number, end: number): void {
      open(digits, isTrimmed(value, start, end) ? spaced : text);
      putCellText(value, start, end, out);
      out.put(textEnd);
    },
    blank(digits: Uint8Array): void {
      if (styleOfBlank) open(digits, blank);
    },
  };
}

/** The values of a column that may be a dictionary. */
function plainColumn(column: TypedColumn): { column: TypedColumn; at: (row: number) => number } {
  if (column.type.kind !== 'dictionary') return { column, at: (row) => row };
  const { values } = column;
  return { column: column.dictionary!, at: (row) => Number(values![row]) };
}

/** Gives the bytes [start, end) of a row's text to `put`; whether there was one. */
type TextReader = (
  row: number,
  digits: Uint8Array,
  put: (digits: Uint8Array, value: Uint8Array, start: number, end: number) => void,
) => boolean;

function createTextReader(batch: Batch, position: number): TextReader {
  const column = batch.columns[position]!;
  const isPlain = batch.schema.fields[position]!.type.kind !== 'json';
  if (column.storage === 'text' && isPlain) {
    const block = batch.block!;
    const { bytes, dialect } = block;
    const { starts, ends } = locateFields(block, column.index, batch.rowCount, batch.selection);
    return (row, digits, put) => {
      const start = starts[row]!;
      if (start < 0) return false;
      const end = ends[row]!;
      if (end > start && bytes[start] === dialect.quote) {
        const content = contentAt(block, start, end);
        put(digits, content, 0, content.length);
      } else put(digits, bytes, start, end);
      return true;
    };
  }
  if (column.storage === 'typed' && column.type.kind === 'utf8') {
    const { bytes, offsets } = column;
    return (row, digits, put) => {
      if (isNullCell(column, row)) return false;
      put(digits, bytes!, offsets![row]!, offsets![row + 1]!);
      return true;
    };
  }
  const read = createContentReader(batch, position);
  return (row, digits, put) => {
    const value = read(row);
    if (value !== null) put(digits, value, 0, value.length);
    return value !== null;
  };
}

/** The writer of a column's cells in a batch. */
export function createCellWriter(
  batch: Batch,
  position: number,
  cell: CellFrame,
  { options, out, count, row: currentRow }: CellTools,
): CellWriter {
  const field = batch.schema.fields[position]!;
  const frame = createFrame(cell, out);
  const kind = cellKind(field.type, options);
  const nullText = options.nullText === '' ? null : bytesOf(options.nullText);
  const none = (digits: Uint8Array): void => {
    if (nullText === null) frame.blank(digits);
    else frame.text(digits, nullText, 0, nullText.length);
  };
  if (kind === 'text') {
    const read = createTextReader(batch, position);
    const text = (digits: Uint8Array, value: Uint8Array, start: number, end: number): void => {
      const cut = cutOf(value, start, end);
      if (cut < end) {
        if (options.longText === 'fail')
          throw new ExportError('encode.excel.text-too-long', {
            column: shorten(field.name),
            row: currentRow(),
            limit: LONGEST_CELL,
          });
        if (options.longText === 'blank') {
          count('excel.text-left', position);
          return none(digits);
        }
        count('excel.text-cut', position);
        if (options.longText === 'mark') {
          const marked = markedCut(value, start, end);
          return frame.text(digits, marked, 0, marked.length);
        }
      }
      frame.text(digits, value, start, cut);
    };
    return (row, digits) => {
      if (!read(row, digits, text)) none(digits);
    };
  }

  const typed = materialise(batch, position, (row, found) => {
    throw new MisfitError(position, row, found);
  });
  const { column, at } = plainColumn(typed);
  const write = createValueWriter(column);
  const unlessNull =
    (cellOf: CellWriter): CellWriter =>
    (row, digits) => {
      if (isNullCell(typed, row)) none(digits);
      else cellOf(row, digits);
    };
  /** What a value is in words, for those that are no numbers of Excel. */
  const spelt = (row: number): Uint8Array => {
    const scratch = new ByteWriter(64);
    write(at(row), scratch);
    return scratch.take();
  };
  const asText = (row: number, digits: Uint8Array): void => {
    const value = spelt(row);
    frame.text(digits, value, 0, value.length);
  };
  /** A number as it is spelt, unless `fits` says of its bytes that it is none of Excel's. */
  const number = (
    fits?: (bytes: Uint8Array, start: number, end: number) => boolean,
    otherwise?: CellWriter,
  ): CellWriter =>
    unlessNull((row, digits) => {
      const before = out.length;
      frame.openNumber(digits);
      const start = out.length;
      write(at(row), out);
      if (fits === undefined || fits(out.bytes, start, out.length)) frame.closeValue();
      else {
        out.length = before;
        otherwise!(row, digits);
      }
    });
  const serial = (serialOf: (row: number) => number): CellWriter => {
    const put = createFloatWriter(1e15, String, (double, value) => double === value);
    return unlessNull((row, digits) => {
      const value = serialOf(at(row));
      if (Number.isNaN(value)) {
        if (options.earlyDates === 'fail')
          throw new ExportError('encode.excel.no-such-day', {
            value: new TextDecoder().decode(spelt(row)),
            column: shorten(field.name),
            row: currentRow(),
          });
        const isLeft = options.earlyDates === 'blank';
        count(isLeft ? 'excel.date-left' : 'excel.date-as-text', position);
        return isLeft ? none(digits) : asText(row, digits);
      }
      frame.openNumber(digits);
      put(value, out);
      frame.closeValue();
    });
  };
  const { type } = column;
  switch (kind) {
    case 'bool': {
      const bits = column.values as Uint8Array;
      return unlessNull((row, digits) => {
        const n = at(row);
        frame.ascii(digits, (bits[n >> 3]! >> (n & 7)) & 1 ? '1' : '0', 'bool');
      });
    }
    case 'date': {
      const days = column.values as Int32Array;
      return serial((n) => daySerial(days[n]!, options.dateSystem));
    }
    case 'time': {
      const units = column.values as BigInt64Array;
      const { unit } = type as DataType & { kind: 'time' };
      return serial((n) => timeSerial(units[n]!, unit));
    }
    case 'timestamp': {
      const units = column.values as BigInt64Array;
      const { unit, zone } = type as DataType & { kind: 'timestamp' };
      const serialOf = createTimestampSerial(unit, zone, options.dateSystem);
      return serial((n) => serialOf(units[n]!));
    }
    case 'float':
      return number(
        (bytes, _start, end) => bytes[end - 1]! >= ZERO && bytes[end - 1]! <= NINE,
        (row, digits) => {
          const isLeft = options.notFinite === 'blank';
          count(isLeft ? 'excel.not-finite-left' : 'excel.not-finite', position);
          if (options.notFinite === 'text') asText(row, digits);
          else if (options.notFinite === 'error') frame.ascii(digits, '#NUM!', 'error');
          else if (isLeft) none(digits);
          else
            throw new ExportError('encode.excel.not-a-number', {
              value: new TextDecoder().decode(spelt(row)),
              column: shorten(field.name),
              row: currentRow(),
            });
        },
      );
    case 'long-number': {
      const isKept = (bytes: Uint8Array, start: number, end: number): boolean =>
        end - start <= KEPT_DIGITS || significantDigits(bytes, start, end) <= KEPT_DIGITS;
      if (options.longNumbers === 'text')
        return number(isKept, (row, digits) => {
          count('excel.number-as-text', position);
          asText(row, digits);
        });
      return number((bytes, start, end) => {
        if (!isKept(bytes, start, end)) count('excel.digits-lost', position);
        return true;
      });
    }
    default:
      return number();
  }
}
