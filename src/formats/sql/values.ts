// Writes the value of one column in each row as a literal; a value that is no value of its type never reaches the script.
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, isNullValue, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { viewOf } from '../../table/copy-words.ts';
import type { DataType } from '../../table/data-type.ts';
import { materialise, materialiseAs } from '../../table/materialise.ts';
import {
  MISFIT,
  numberShape,
  parseDecimal,
  parseFloat64,
  parseInteger,
} from '../../table/parse-value.ts';
import { contentAt, isNullAt } from '../../table/text-block.ts';
import { decimalText, floatText } from '../../table/value-text.ts';
import { createFlatWriter } from '../../table/write-flat.ts';
import { createValueWriter } from '../../table/write-value.ts';
import type { FloatWords, TimeForm } from './dialect.ts';
import type { SqlColumn } from './layout.ts';
import { type TextWriter, writeHex } from './text-literals.ts';

const encoder = new TextEncoder();

/** Writes the literal of a row; false, and nothing is written, where it is null. */
export type CellOfRow = (row: number, out: ByteWriter) => boolean;

/** How literals are spelt, and who is told of what cannot be. */
export interface Literals {
  text: TextWriter;
  /** Around numbers and times that stand as text. */
  quote: string;
  /** Whether words stand before a quoted literal (COPY has none). */
  hasWords: boolean;
  floats: FloatWords;
  bools: readonly [string, string];
  binary: { before: string; after: string; mostBytes?: number };
  emptyIsNull: boolean;
  isInUnits: boolean;
  onEmptyAsNull(): void;
  onUnheld(value: string): void;
  onFractionCut(): void;
  onTooLong(what: string, most: number): never;
}

/** Writes the value whose text is [start, end) of `source`; false for null. */
type ContentWriter = (
  source: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  out: ByteWriter,
) => boolean;

/** How many characters the UTF-8 text has, or UTF-16 units. */
function lengthOf(source: Uint8Array, start: number, end: number, isInUnits: boolean): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const b = source[i]!;
    if ((b & 0xc0) !== 0x80) count += isInUnits && b >= 0xf0 ? 2 : 1;
  }
  return count;
}

function textContent({ mostCharacters }: SqlColumn, literals: Literals): ContentWriter {
  const { text, emptyIsNull, isInUnits } = literals;
  const most = mostCharacters ?? Infinity;
  return (source, view, start, end, out) => {
    if (start === end && emptyIsNull) {
      literals.onEmptyAsNull();
      return false;
    }
    if (end - start > most && lengthOf(source, start, end, isInUnits) > most)
      literals.onTooLong('characters', most);
    text(source, view, start, end, out);
    return true;
  };
}

/** What a number in a text field is written as; null when it is none of the type. */
type NumberReader = (source: Uint8Array, start: number, end: number) => string | null;

/** Whether the bytes may stand in SQL as they are: a number as JSON spells it, of this type. */
type PlainNumber = (source: Uint8Array, start: number, end: number) => boolean;

/** The greatest int64; the least has one more at its end, which is read the longer way. */
const MOST_DIGITS = encoder.encode('9223372036854775807');

/** Whether as many digits from `start` on are no more than {@link MOST_DIGITS}. */
function isWithin(source: Uint8Array, start: number): boolean {
  for (let i = 0; i < MOST_DIGITS.length; i++) {
    const difference = source[start + i]! - MOST_DIGITS[i]!;
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function numberReaders(type: DataType): { isPlain: PlainNumber; read: NumberReader } {
  switch (type.kind) {
    case 'int': {
      const least = type.signed ? -(1n << BigInt(type.bits - 1)) : 0n;
      const most = type.signed ? -least - 1n : (1n << BigInt(type.bits)) - 1n;
      const isWide = type.bits === 64;
      return {
        isPlain(source, start, end) {
          if (!isWide || numberShape(source, start, end) !== 'integer') return false;
          const isNegative = source[start] === 45;
          if (isNegative && !type.signed) return false;
          const digits = end - start - (isNegative ? 1 : 0);
          return (
            digits < MOST_DIGITS.length ||
            (digits === MOST_DIGITS.length && isWithin(source, end - digits))
          );
        },
        read(source, start, end) {
          const value = parseInteger(source, start, end);
          return value === MISFIT || value < least || value > most ? null : String(value);
        },
      };
    }
    case 'decimal': {
      const { precision, scale } = type;
      const beyond = 10n ** BigInt(precision);
      return {
        isPlain(source, start, end) {
          const shape = numberShape(source, start, end);
          if (shape !== 'integer' && shape !== 'decimal') return false;
          let point = start;
          while (point < end && source[point] !== 46) point++;
          const whole = point - start - (source[start] === 45 ? 1 : 0);
          return whole <= precision - scale && end - point - 1 <= scale;
        },
        read(source, start, end) {
          const value = parseDecimal(source, start, end, scale);
          return value === MISFIT || value >= beyond || value <= -beyond
            ? null
            : decimalText(value, scale);
        },
      };
    }
    default:
      return {
        // A float32 holds less than the text may say.
        isPlain: () => false,
        read(source, start, end) {
          const value = parseFloat64(source, start, end);
          if (value === MISFIT) return null;
          if (!Number.isFinite(value)) return null;
          if (type.kind === 'float' && type.bits === 32 && !Number.isFinite(Math.fround(value)))
            return null;
          // The digits stay as they were written where SQL reads them.
          return numberShape(source, start, end) === 'none'
            ? floatText(value)
            : String.fromCharCode(...source.subarray(start, end));
        },
      };
  }
}

/** A number whose text is `text`, as a double from the first. */
function putFloat(text: string, floats: FloatWords, out: ByteWriter): void {
  const { prefix, suffix, minusZero } = floats;
  if (/^-0*(?:\.0*)?(?:[eE].*)?$/.test(text)) out.ascii(minusZero);
  else if (suffix !== 'e0') out.ascii(prefix + text + suffix);
  else out.ascii(/[eE]/.test(text) ? text : text + suffix);
}

/** The words around a number: none, or a quote with the type's word before it. */
function around({ form }: SqlColumn, { quote, hasWords }: Literals): [string, string] {
  if (form.as !== 'quoted') return ['', ''];
  return [(hasWords ? form.before : '') + quote, quote];
}

/** How many digits of a number's text count. */
function digitsOf(source: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++)
    if (source[i]! >= 48 && source[i]! <= 57 && (count > 0 || source[i] !== 48)) count++;
  return count;
}

/** The cell of numbers that still stand as text. */
function numberContent(
  column: SqlColumn,
  type: DataType,
  literals: Literals,
  misfit: (text: string) => never,
): ContentWriter {
  const { isPlain, read } = numberReaders(type);
  const isFloat = column.form.as === 'float';
  const [before, after] = around(column, literals);
  const mostDigits = column.mostDigits ?? Infinity;
  return (source, _view, start, end, out) => {
    if (end - start > mostDigits && digitsOf(source, start, end) > mostDigits)
      misfit(String.fromCharCode(...source.subarray(start, end)));
    if (!isFloat && isPlain(source, start, end)) {
      out.ascii(before);
      out.put(source, start, end);
      out.ascii(after);
      return true;
    }
    const text = read(source, start, end);
    if (text === null) misfit(String.fromCharCode(...source.subarray(start, end)));
    if (isFloat) putFloat(text!, literals.floats, out);
    else out.ascii(before + text! + after);
    return true;
  };
}

/** The cell of a column that stands in the batch's text block and is not read first. */
function blockCell(batch: Batch, index: number, write: ContentWriter): CellOfRow {
  const block = batch.block!;
  const { bytes, ends, columnCount, dialect } = block;
  const { quote } = dialect;
  const view = viewOf(bytes);
  const isLast = index === columnCount - 1;
  return (row, out) => {
    const i = row * columnCount + index;
    let start = i === 0 ? block.start : ends[i - 1]! + 1;
    let end = ends[i]!;
    if (isLast && end > start && bytes[end - 1] === 13) end--;
    if (isNullAt(block, start, end)) return false;
    if (end > start && bytes[start] === quote) {
      let k = start + 1;
      while (k < end - 1 && bytes[k] !== quote) k++;
      if (k < end - 1) {
        const content = contentAt(block, start, end);
        return write(content, viewOf(content), 0, content.length, out);
      }
      start++;
      end--;
    }
    return write(bytes, view, start, end, out);
  };
}

/** The cell of a column of texts, plain or JSON. */
function bytesCell(column: TypedColumn, write: ContentWriter): CellOfRow {
  const bytes = column.bytes!;
  const offsets = column.offsets!;
  const view = viewOf(bytes);
  return (row, out) => {
    if (isNullValue(column, row)) return false;
    return write(bytes, view, offsets[row]!, offsets[row + 1]!, out);
  };
}

/** Zeros where digits were cut off: whether any of [start, end) is another digit. */
function hasDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 48) return true;
  return false;
}

/** A date or timestamp of ISO 8601 as the database spells it; null where it cannot hold the year. */
function respellTime(iso: string, time: TimeForm, onCut: () => void): string | null {
  const parts =
    /^([+-]?)(\d{4,6})-(\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d(?::\d\d)?)?)?$/.exec(
      iso,
    );
  if (parts === null) return null;
  const [, sign, digits, monthAndDay, clock, fraction = '', zone = ''] = parts;
  const year = Number(digits) * (sign === '-' ? -1 : 1);
  const kept = fraction.slice(0, time.mostDigits);
  if (/[1-9]/.test(fraction.slice(time.mostDigits))) onCut();
  if (time.years !== null && (year < time.years[0] || year > time.years[1])) return null;
  const isBefore = time.years !== null && year < 1;
  const shown = isBefore ? 1 - year : year;
  let text =
    time.years === null
      ? `${sign}${digits}-${monthAndDay}`
      : `${String(shown).padStart(4, '0')}-${monthAndDay}`;
  if (isBefore && time.beforeChrist === 'date') text += ' (BC)';
  if (clock !== undefined) {
    text += time.separator + clock + (kept === '' ? '' : `.${kept}`);
    if (time.zone === 'offset' && zone !== '')
      text += (time.beforeZone ?? '') + (zone === 'Z' ? '+00:00' : zone);
  }
  return isBefore && time.beforeChrist === 'end' ? `${text} BC` : text;
}

/** The cell of dates, times and timestamps. */
function timeCell(
  column: TypedColumn,
  time: TimeForm,
  before: string,
  after: string,
  literals: Literals,
): CellOfRow {
  const { type } = column;
  const isZoned = type.kind === 'timestamp' && type.zone !== null;
  const read: TypedColumn =
    isZoned && time.zone === 'utc' ? { ...column, type: { ...type, zone: 'UTC' } } : column;
  const write = createFlatWriter(read);
  const separator = time.separator.charCodeAt(0);
  const hasClockOnly = type.kind === 'time';
  const [from, to] = time.years ?? [0, 9999];
  /** Digits of the fraction, when the text is as long as it should be. */
  const units = type.kind === 'time' || type.kind === 'timestamp' ? type.unit : 's';
  const fraction = { s: 0, ms: 3, us: 6, ns: 9 }[units];
  const cut = Math.max(0, fraction - time.mostDigits);
  const clockEnd = (hasClockOnly ? 8 : 19) + (fraction === 0 ? 0 : fraction + 1);

  return (row, out) => {
    if (isNullValue(column, row)) return false;
    const mark = out.length;
    out.ascii(before);
    const start = out.length;
    write(row, out);
    const { bytes } = out;
    if (hasClockOnly) {
      const end = start + clockEnd;
      if (hasDigits(bytes, end - cut, end)) literals.onFractionCut();
      out.length = end - cut;
      out.ascii(after);
      return true;
    }
    const year =
      (bytes[start]! - 48) * 1000 +
      (bytes[start + 1]! - 48) * 100 +
      (bytes[start + 2]! - 48) * 10 +
      bytes[start + 3]! -
      48;
    const isOrdinary =
      bytes[start + 4] === 45 && bytes[start]! >= 48 && year >= Math.max(1, from) && year <= to;
    if (!isOrdinary) {
      const iso = String.fromCharCode(...bytes.subarray(start, out.length));
      const text = respellTime(iso, time, literals.onFractionCut);
      out.length = mark;
      if (text === null) {
        literals.onUnheld(iso);
        return false;
      }
      out.ascii(before + text + after);
      return true;
    }
    if (type.kind === 'timestamp') {
      bytes[start + 10] = separator;
      const end = start + clockEnd;
      const zone =
        time.zone === 'offset' && isZoned
          ? String.fromCharCode(...bytes.subarray(end, out.length))
          : '';
      if (cut > 0 && hasDigits(bytes, end - cut, end)) literals.onFractionCut();
      // Without its fraction the clock needs no point.
      out.length = cut > 0 && time.mostDigits === 0 ? end - cut - 1 : end - cut;
      if (zone !== '') out.ascii((time.beforeZone ?? '') + (zone === 'Z' ? '+00:00' : zone));
    }
    out.ascii(after);
    return true;
  };
}

function floatCell(column: TypedColumn, { floats, onUnheld }: Literals): CellOfRow {
  const values = column.values as Float64Array;
  const write = createFlatWriter(column);
  const { prefix, suffix, minusZero } = floats;
  return (row, out) => {
    if (isNullValue(column, row)) return false;
    const value = values[row]!;
    if (!Number.isFinite(value)) {
      const word = Number.isNaN(value)
        ? floats.nan
        : value > 0
          ? floats.infinity
          : floats.minusInfinity;
      if (word === null) {
        onUnheld(String(value));
        return false;
      }
      out.ascii(word);
      return true;
    }
    if (Object.is(value, -0)) out.ascii(minusZero);
    else {
      out.ascii(prefix);
      const start = out.length;
      write(row, out);
      if (suffix !== '') {
        const hasExponent = out.bytes.subarray(start, out.length).includes(101);
        if (suffix !== 'e0' || !hasExponent) out.ascii(suffix);
      }
    }
    return true;
  };
}

function binaryCell(column: TypedColumn, { binary, onTooLong }: Literals): CellOfRow {
  const { before, after, mostBytes = Infinity } = binary;
  return bytesCell(column, (source, _view, start, end, out) => {
    if (end - start > mostBytes) onTooLong('bytes', mostBytes);
    out.ascii(before);
    writeHex(source, start, end, out);
    out.ascii(after);
    return true;
  });
}

/** The cell of a column of typed values. */
function typedCell(column: TypedColumn, place: SqlColumn, literals: Literals): CellOfRow {
  const { type } = column;
  const { form } = place;
  if (type.kind === 'null') return () => false;
  if (type.kind === 'dictionary') {
    const cell = typedCell(column.dictionary!, place, literals);
    const indices = column.values!;
    return (row, out) => !isNullValue(column, row) && cell(Number(indices[row]), out);
  }
  switch (form.as) {
    case 'text':
      return bytesCell(column, textContent(place, literals));
    case 'bool': {
      const bits = column.values as Uint8Array;
      const [no, yes] = literals.bools;
      return (row, out) => {
        if (isNullValue(column, row)) return false;
        out.ascii((bits[row >> 3]! >> (row & 7)) & 1 ? yes : no);
        return true;
      };
    }
    case 'float':
      return floatCell(column, literals);
    case 'binary':
      return binaryCell(column, literals);
    case 'time': {
      const before = (literals.hasWords ? form.before : '') + literals.quote;
      return timeCell(column, form.time, before, literals.quote, literals);
    }
    case 'json': {
      const [before, after] = literals.hasWords ? [form.before, form.after] : ['', ''];
      const write: ContentWriter = (source, view, start, end, out) => {
        out.ascii(before);
        literals.text(source, view, start, end, out);
        out.ascii(after);
        return true;
      };
      if (type.kind === 'json') return bytesCell(column, write);
      const value = createValueWriter(column);
      const scratch = new ByteWriter(256);
      return (row, out) => {
        if (isNullValue(column, row)) return false;
        scratch.clear();
        value(row, scratch);
        return write(scratch.bytes, scratch.view, 0, scratch.length, out);
      };
    }
    default: {
      const [open, close] = around(place, literals).map((text) => encoder.encode(text));
      const write = createFlatWriter(column);
      const mostDigits = place.mostDigits ?? Infinity;
      return (row, out) => {
        if (isNullValue(column, row)) return false;
        out.put(open!);
        const start = out.length;
        write(row, out);
        if (out.length - start > mostDigits && digitsOf(out.bytes, start, out.length) > mostDigits)
          throw new MisfitError(
            place.position,
            row,
            String.fromCharCode(...out.bytes.subarray(start, out.length)),
          );
        out.put(close!);
        return true;
      };
    }
  }
}

/** The cell of a column in a batch. Throws MisfitError for text that is no value of its type. */
export function createCell(batch: Batch, place: SqlColumn, literals: Literals): CellOfRow {
  const { position, form } = place;
  const found = batch.columns[position]!;
  const { type } = batch.schema.fields[position]!;
  const onMisfit = (row: number, text: string): never => {
    throw new MisfitError(position, row, text);
  };
  if (found.storage === 'typed') return typedCell(found, place, literals);
  const { index } = found;
  if (form.as === 'text' && type.kind !== 'dictionary' && type.kind !== 'null')
    return blockCell(batch, index, textContent(place, literals));
  let row = 0;
  const number =
    type.kind === 'int' || type.kind === 'decimal' || type.kind === 'float'
      ? blockCell(
          batch,
          index,
          numberContent(place, type, literals, (text) => onMisfit(row, text)),
        )
      : null;
  if (number !== null)
    return (at, out) => {
      row = at;
      return number(at, out);
    };
  // The text of a nested value is moved as it stands; that it is JSON has to be seen.
  if (form.as === 'json')
    return typedCell(materialiseAs(batch, position, { kind: 'json' }, onMisfit), place, literals);
  return typedCell(materialise(batch, position, onMisfit), place, literals);
}
