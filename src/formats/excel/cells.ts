// Writes the cells of one column: as a number, a date, a boolean or text, as its type and the options say.
import { ExportError, shorten } from '../../contract/errors.ts';
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createContentReader, isNullCell } from '../../table/cell-content.ts';
import type { DataType } from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { createValueWriter } from '../../table/write-value.ts';
import { cutOf, isTrimmed, LONGEST_CELL, putCellText } from './cell-text.ts';
import type { ExcelOptions } from './options.ts';
import { createTimestampSerial, daySerial, timeSerial } from './serial.ts';
import type { CountedLoss } from './texts.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** Significant digits that spreadsheets keep. */
const KEPT_DIGITS = 15;

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
function significantDigits(bytes: Uint8Array): number {
  let first = -1;
  let last = -1;
  let digits = 0;
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i]!;
    if (b < 48 || b > 57) continue;
    digits++;
    if (b === 48) continue;
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
    out.put(head);
    out.put(digits);
    out.put(kind);
  };
  return {
    number(digits: Uint8Array, value: Uint8Array): void {
      open(digits, number);
      out.put(value);
      out.put(valueEnd);
    },
    ascii(digits: Uint8Array, value: string, kind: 'number' | 'bool' | 'error'): void {
      open(digits, kind === 'number' ? number : kind === 'bool' ? bool : error);
      out.ascii(value);
      out.put(valueEnd);
    },
    text(digits: Uint8Array, value: Uint8Array, end: number): void {
      open(digits, isTrimmed(value, 0, end) ? spaced : text);
      putCellText(value, 0, end, out);
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
    else frame.text(digits, nullText, nullText.length);
  };
  const long = (): never => {
    throw new ExportError('encode.excel.text-too-long', {
      column: shorten(field.name),
      row: currentRow(),
      limit: LONGEST_CELL,
    });
  };
  const text = (digits: Uint8Array, value: Uint8Array): void => {
    const end = cutOf(value, 0, value.length);
    if (end < value.length) {
      if (options.longText === 'fail') long();
      count('excel.text-cut', position);
    }
    frame.text(digits, value, end);
  };
  if (kind === 'text') {
    const read = createContentReader(batch, position);
    return (row, digits) => {
      const value = read(row);
      if (value === null) none(digits);
      else text(digits, value);
    };
  }

  const typed = materialise(batch, position, (row, found) => {
    throw new MisfitError(position, row, found);
  });
  const { column, at } = plainColumn(typed);
  const scratch = new ByteWriter(64);
  const write = createValueWriter(column);
  const spelt = (row: number): Uint8Array => {
    scratch.clear();
    write(at(row), scratch);
    return scratch.written();
  };
  const unlessNull =
    (cellOf: CellWriter): CellWriter =>
    (row, digits) => {
      if (isNullCell(typed, row)) none(digits);
      else cellOf(row, digits);
    };
  const serial = (serialOf: (row: number) => number): CellWriter =>
    unlessNull((row, digits) => {
      const value = serialOf(at(row));
      if (!Number.isNaN(value)) return frame.ascii(digits, String(value), 'number');
      count('excel.date-as-text', position);
      const content = spelt(row);
      frame.text(digits, content, content.length);
    });
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
      return unlessNull((row, digits) => {
        const value = spelt(row);
        const last = value[value.length - 1]!;
        if (last >= 48 && last <= 57) return frame.number(digits, value);
        count('excel.not-finite', position);
        if (options.notFinite === 'fail')
          throw new ExportError('encode.excel.not-a-number', {
            value: new TextDecoder().decode(value),
            column: shorten(field.name),
            row: currentRow(),
          });
        if (options.notFinite === 'error') frame.ascii(digits, '#NUM!', 'error');
        else if (options.notFinite === 'blank') none(digits);
        else frame.text(digits, value, value.length);
      });
    case 'long-number':
      return unlessNull((row, digits) => {
        const value = spelt(row);
        if (value.length <= KEPT_DIGITS || significantDigits(value) <= KEPT_DIGITS)
          return frame.number(digits, value);
        if (options.longNumbers === 'number') {
          count('excel.digits-lost', position);
          return frame.number(digits, value);
        }
        count('excel.number-as-text', position);
        frame.text(digits, value, value.length);
      });
    default:
      return unlessNull((row, digits) => frame.number(digits, spelt(row)));
  }
}
