// Writes single values of a batch's columns as JSON: fields of a text block from their own bytes, typed values from the arrays.
import { isNullValue, type TypedColumn } from './batch.ts';
import type { ByteWriter } from './byte-writer.ts';
import { viewOf } from './copy-words.ts';
import type { DataType, TimeUnit } from './data-type.ts';
import { isJsonText } from './json-scan.ts';
import {
  MISFIT,
  numberShape,
  parseBoolean,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  readTimestamp,
  type TimestampParts,
} from './parse-value.ts';
import { contentAt, isNullAt, type TextBlock } from './text-block.ts';
import {
  createJsonWriter,
  type JsonForms,
  unixText,
  writeJsonOnOneLine,
  writeJsonText,
} from './write-json.ts';
import { decimalText, floatText } from './value-text.ts';

/** Writes the value at a row as one JSON value, or nothing and false when it is null. */
export type JsonCell = (row: number, out: ByteWriter) => boolean;

/** Called with the physical row and the content of a text field that is not a value of its column's type. */
export type OnMisfit = (row: number, text: string) => never;

const QUOTE = 34;
const CR = 13;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Writes the content [start, end) of a text field (`view` is on the same bytes), or returns false when it is not a value of the type. */
type ContentWriter = (
  source: Uint8Array,
  start: number,
  end: number,
  out: ByteWriter,
  view: DataView,
) => boolean;

/** Copies a short run by words where the source reaches far enough past it. */
function copy(
  source: Uint8Array,
  start: number,
  end: number,
  out: ByteWriter,
  view: DataView,
): void {
  if (end + 3 <= source.length) out.putWords(view, start, end);
  else out.put(source, start, end);
}

const TRUE = viewOf(new TextEncoder().encode('true'));
const FALSE = viewOf(new TextEncoder().encode('false   '));
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function ascii(source: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...source.subarray(start, end));
}

type NumberType = Extract<DataType, { kind: 'int' | 'float' | 'decimal' }>;

/** The JSON spelling of a number that text may have and JSON may not: `007`, `.5`, `5.`; null when it is none. */
function respelled(
  type: NumberType,
  source: Uint8Array,
  start: number,
  end: number,
): string | null {
  switch (type.kind) {
    case 'int': {
      const value = parseInteger(source, start, end);
      return value === MISFIT ? null : String(value);
    }
    case 'decimal': {
      const value = parseDecimal(source, start, end, type.scale);
      return value === MISFIT ? null : decimalText(value, type.scale);
    }
    default: {
      const value = parseFloat64(source, start, end);
      return value === MISFIT ? null : floatText(value);
    }
  }
}

const encoder = new TextEncoder();

function numberWriter(type: NumberType, forms: JsonForms, isSettled: boolean): ContentWriter {
  const { kind } = type;
  const write: ContentWriter = (source, start, end, out, view) => {
    // A plus sign is all that a number may have more than JSON allows.
    const from = source[start] === 43 && source[start + 1] !== 45 ? start + 1 : start;
    const shape = numberShape(source, from, end);
    if (shape === 'none') {
      // What a guess took for numbers stays as it is, as text; what the user calls a number is one.
      const text = isSettled ? respelled(type, source, start, end) : null;
      if (text === null) return false;
      forms.respelled?.(ascii(source, start, end));
      const bytes = encoder.encode(text);
      return write(bytes, 0, bytes.length, out, viewOf(bytes));
    }
    if (from > start) forms.respelled?.(ascii(source, start, end));
    if (kind === 'decimal' && (forms.bigNumbersAsText || end - from > 15))
      forms.bigNumber(ascii(source, from, end), out);
    else if (kind === 'int' && end - from > 15 && shape === 'integer') {
      const digits = ascii(source, from, end);
      const value = BigInt(digits);
      if (value > MAX_SAFE || value < -MAX_SAFE) forms.bigNumber(digits, out);
      else out.ascii(digits);
    } else copy(source, from, end, out, view);
    return true;
  };
  return write;
}

const SECONDS = 1_000_000_000n;
/** An ISO time's tail as it may stay: nothing, Z, or an offset with a colon. */
const ISO_TAIL = /^(?:Z|[+-]\d\d:\d\d)?$/;

/** The text of a timestamp that {@link readTimestamp} read, in ISO 8601's extended form with the digits it has. */
function isoTimestamp(text: string): string {
  const [, head, tail] = /^(.{16}(?::\d\d(?:\.\d+)?)?)(.*)$/.exec(text)!;
  const date = `${head!.slice(0, 10)}T${head!.slice(11)}`;
  if (ISO_TAIL.test(tail!)) return date + tail;
  if (tail === 'z') return `${date}Z`;
  const digits = tail!.replace(':', '').padEnd(5, '0');
  return `${date}${digits.slice(0, 3)}:${digits.slice(3)}`;
}

/** What times are counted in; null: they are text. Times in a spelling of their own are no text by the time they come here. */
function unixUnit({ time }: JsonForms): TimeUnit | null {
  return time === 'iso' || typeof time === 'function' ? null : time;
}

function timestampWriter(forms: JsonForms): ContentWriter {
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  const unit = unixUnit(forms);
  return (source, start, end, out, view) => {
    if (!readTimestamp(source, start, end, parts)) return false;
    if (unit !== null)
      out.ascii(unixText(BigInt(parts.seconds) * SECONDS + BigInt(parts.nanos), 'ns', unit));
    else {
      out.byte(QUOTE);
      if (source[start + 10] === 84 && source[end - 1] === 90) copy(source, start, end, out, view);
      else out.ascii(isoTimestamp(ascii(source, start, end)));
      out.byte(QUOTE);
    }
    return true;
  };
}

function dateWriter(forms: JsonForms): ContentWriter {
  const unit = unixUnit(forms);
  return (source, start, end, out, view) => {
    const days = parseDate(source, start, end);
    if (days === MISFIT) return false;
    if (unit !== null) out.ascii(unixText(BigInt(days * 86_400), 's', unit));
    else {
      out.byte(QUOTE);
      copy(source, start, end, out, view);
      out.byte(QUOTE);
    }
    return true;
  };
}

const writeBool: ContentWriter = (source, start, end, out) => {
  const value = parseBoolean(source, start, end);
  if (value === MISFIT) return false;
  if (value) out.putWords(TRUE, 0, 4);
  else out.putWords(FALSE, 0, 5);
  return true;
};

const writeJson: ContentWriter = (source, start, end, out) => {
  if (!isJsonText(source, start, end)) return false;
  writeJsonOnOneLine(source, start, end, out);
  return true;
};

/** JSON that begins with this byte: a list's text must be a list. */
const jsonFrom =
  (first: number): ContentWriter =>
  (source, start, end, out, view) =>
    source[start] === first && writeJson(source, start, end, out, view);

/** The writer of a type's text content; null where the content simply is a string. */
function contentWriter(type: DataType, forms: JsonForms, isSettled: boolean): ContentWriter | null {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'decimal':
      return numberWriter(type, forms, isSettled);
    case 'bool':
      return writeBool;
    case 'date':
      return dateWriter(forms);
    case 'timestamp':
      return timestampWriter(forms);
    case 'json':
    case 'map':
      return writeJson;
    case 'list':
      return jsonFrom(91);
    case 'struct':
      return jsonFrom(123);
    default:
      return null;
  }
}

/**
 * Cells of column `index` of a text block, read as `type`: numbers that are JSON numbers are copied as their own bytes,
 * text is escaped, `true`/`false` in any case becomes the literal. What does not fit goes to `onMisfit`; with `isSettled` (the type
 * is more than a guess) numbers in spellings that JSON lacks are respelled instead.
 */
export function createTextJsonCell(
  block: TextBlock,
  index: number,
  type: DataType,
  forms: JsonForms,
  onMisfit: OnMisfit,
  isSettled = false,
): JsonCell {
  const { bytes, ends, columnCount } = block;
  const { quote } = block.dialect;
  const isLast = index === columnCount - 1;
  const nullSize = block.dialect.nullText.length;
  const write = contentWriter(type, forms, isSettled);
  const view = viewOf(bytes);
  return (row, out) => {
    const field = row * columnCount + index;
    const start = field === 0 ? block.start : ends[field - 1]! + 1;
    let end = ends[field]!;
    if (isLast && end > start && bytes[end - 1] === CR) end--;
    if (end - start === nullSize && isNullAt(block, start, end)) return false;
    const isQuoted = end > start && bytes[start] === quote;
    if (write === null) {
      out.byte(QUOTE);
      if (isQuoted) writeJsonText(bytes, start + 1, end - 1, out, quote, view);
      else writeJsonText(bytes, start, end, out, -1, view);
      out.byte(QUOTE);
      return true;
    }
    if (!isQuoted) {
      if (!write(bytes, start, end, out, view))
        onMisfit(row, decoder.decode(bytes.subarray(start, end)));
      return true;
    }
    const content = contentAt(block, start, end);
    if (!write(content, 0, content.length, out, viewOf(content)))
      onMisfit(row, decoder.decode(content));
    return true;
  };
}

/** Cells of a typed column. */
export function createTypedJsonCell(column: TypedColumn, forms: JsonForms): JsonCell {
  const { type, dictionary } = column;
  if (type.kind === 'null') return () => false;
  const write = createJsonWriter(column, forms);
  if (type.kind === 'dictionary')
    return (row, out) => {
      if (isNullValue(column, row)) return false;
      if (isNullValue(dictionary!, Number(column.values![row]))) return false;
      write(row, out);
      return true;
    };
  return (row, out) => {
    if (isNullValue(column, row)) return false;
    write(row, out);
    return true;
  };
}
