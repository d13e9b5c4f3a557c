// Key bytes of rows: cells of any type as bytes that are equal, or ordered, exactly as the values are.
import { isNullValue, type Batch, type TypedColumn } from './batch.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { DataType, Schema } from './data-type.ts';
import { wordsOf } from './gather-column.ts';
import { materialiseAs } from './materialise.ts';
import { contentAt } from './text-block.ts';
import { locateFields } from './text-fields.ts';

/**
 * What keys are for. `equal`: two keys are the same bytes when SQL's IS NOT DISTINCT FROM holds for every cell (null equals
 * null, NaN equals NaN, -0 equals 0, empty text is not null). `ordered`: that, and comparing bytes (shorter first) orders as
 * the values do; these keys are somewhat longer for text.
 */
export interface KeyOptions {
  mode: 'equal' | 'ordered';
  /** Per key column, `ordered` only: greatest values first. Missing = ascending. */
  descending?: readonly boolean[];
  /** Per key column, `ordered` only: where nulls stand, whatever the direction. Missing = last. */
  nulls?: readonly ('first' | 'last')[];
  /**
   * A text that is no value of its column's type (`column` = position in the schema): throws, or the cell counts as null.
   * Missing = a RangeError.
   */
  onMisfit?: (batch: Batch, column: number, row: number, text: string) => void;
}

/** Writes the keys of one batch after the other; keys of all batches compare with each other. */
export interface KeyWriter {
  /** Prepares the key columns of a batch (its selected rows): texts of number, date, … columns are read here. */
  begin(batch: Batch): void;
  /** Appends the key of a physical row of that batch. */
  write(row: number, out: ByteWriter): void;
}

/** Appends a cell with its null mark. */
type CellKey = (row: number, out: ByteWriter) => void;

interface Form {
  isOrdered: boolean;
  nullMark: number;
}

const SIGN = 0x80000000 | 0;
/** The first byte of a cell's key where the cell is not null; another where it is. */
export const VALUE_MARK = 1;
const NULLS_FIRST = 0;
const NULLS_LAST = 2;
/** Lengths from here on take four more bytes. */
const LONG = 255;

/**
 * A writer of keys over the given columns (positions in the schema). Values order by their type: numbers by value with NaN
 * above all others, false before true, text by code point, binary by byte, json by its text as it stands, lists and structs
 * element by element (null elements first, a shorter list before a longer one), maps as lists of pairs, dictionaries by
 * their value. Signed integers of all widths and unsigned ones up to 32 bits have keys in common, so have both floats, and
 * text with or without a dictionary; other types compare with their own kind (unit, scale) only.
 */
export function createKeyWriter(
  schema: Schema,
  columns: readonly number[],
  options: KeyOptions,
): KeyWriter {
  const isOrdered = options.mode === 'ordered';
  let cells: CellKey[] = [];
  return {
    begin(batch) {
      cells = columns.map((column, k) => {
        const nullMark = options.nulls?.[k] === 'first' ? NULLS_FIRST : NULLS_LAST;
        const cell = cellKey(schema, batch, column, { isOrdered, nullMark }, options.onMisfit);
        return isOrdered && options.descending?.[k] === true ? inverted(cell) : cell;
      });
    },
    write(row, out) {
      for (let k = 0; k < cells.length; k++) cells[k]!(row, out);
    },
  };
}

/** Turns the order of values round; the null mark stays. */
function inverted(cell: CellKey): CellKey {
  return (row, out) => {
    const from = out.length + 1;
    cell(row, out);
    const { bytes, length } = out;
    for (let i = from; i < length; i++) bytes[i] = ~bytes[i]! & 255;
  };
}

function plainType(type: DataType): DataType {
  return type.kind === 'dictionary' ? plainType(type.value) : type;
}

function cellKey(
  schema: Schema,
  batch: Batch,
  column: number,
  form: Form,
  onMisfit: KeyOptions['onMisfit'],
): CellKey {
  const found = batch.columns[column]!;
  if (found.storage === 'typed') return typedKey(found, form);
  const type = plainType(schema.fields[column]!.type);
  if (type.kind === 'utf8' || type.kind === 'json') return textKey(batch, found.index, form);
  const told = onMisfit && ((row: number, text: string) => onMisfit(batch, column, row, text));
  return typedKey(materialiseAs(batch, column, type, told), form);
}

/** Text where it stands in the block. */
function textKey(batch: Batch, index: number, form: Form): CellKey {
  const block = batch.block!;
  const { bytes } = block;
  const { quote } = block.dialect;
  const { starts, ends } = locateFields(block, index, batch.rowCount, batch.selection);
  const put = form.isOrdered ? putOrderedBytes : putSizedBytes;
  return (row, out) => {
    const start = starts[row]!;
    if (start < 0) {
      out.byte(form.nullMark);
      return;
    }
    const end = ends[row]!;
    const size = end - start;
    const isQuoted = size > 0 && bytes[start] === quote;
    if (!form.isOrdered && !isQuoted && size < LONG) {
      // As below, at once: most texts are of this kind.
      out.reserve(size + 2);
      const { bytes: target, length } = out;
      target[length] = VALUE_MARK;
      target[length + 1] = size;
      for (let i = 0; i < size; i++) target[length + 2 + i] = bytes[start + i]!;
      out.length = length + 2 + size;
      return;
    }
    out.byte(VALUE_MARK);
    if (isQuoted) {
      const content = contentAt(block, start, end);
      put(content, 0, content.length, out);
    } else put(bytes, start, end, out);
  };
}

function typedKey(column: TypedColumn, form: Form): CellKey {
  if (column.dictionary !== null) {
    const entry = typedKey(column.dictionary, form);
    const indices = column.values!;
    return (row, out) => {
      if (isNullValue(column, row)) out.byte(form.nullMark);
      else entry(Number(indices[row]), out);
    };
  }
  const { validity } = column;
  if (column.type.kind === 'null') return (_row, out) => out.byte(form.nullMark);
  const value = valueKey(column, form);
  return (row, out) => {
    if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) {
      out.byte(form.nullMark);
      return;
    }
    out.byte(VALUE_MARK);
    value(row, out);
  };
}

/** Appends the value of a row that is not null. */
function valueKey(column: TypedColumn, form: Form): CellKey {
  const { type, offsets, children } = column;
  switch (type.kind) {
    case 'bool': {
      const bits = column.values as Uint8Array;
      return (row, out) => out.byte((bits[row >> 3]! >> (row & 7)) & 1);
    }
    case 'int':
      if (type.bits < 64) {
        const values = column.values as Int32Array;
        return (row, out) => putWhole(values[row]!, out);
      }
      return wordsKey(column, type.signed ? SIGN : 0, 2);
    case 'date': {
      const values = column.values as Int32Array;
      return (row, out) => {
        out.reserve(4);
        out.view.setInt32(out.length, values[row]! ^ SIGN);
        out.length += 4;
      };
    }
    case 'time':
    case 'timestamp':
      return wordsKey(column, SIGN, 2);
    case 'decimal':
      return wordsKey(column, SIGN, 4);
    case 'float': {
      const values = column.values as Float64Array;
      return (row, out) => putFloat(values[row]!, out);
    }
    case 'utf8':
    case 'json':
    case 'binary': {
      const put = form.isOrdered ? putOrderedBytes : putSizedBytes;
      return (row, out) => put(column.bytes!, offsets![row]!, offsets![row + 1]!, out);
    }
    case 'list':
    case 'map': {
      const items = children.map((child) => typedKey(child, { ...form, nullMark: NULLS_FIRST }));
      return (row, out) => {
        for (let i = offsets![row]!; i < offsets![row + 1]!; i++) {
          out.byte(1);
          for (const item of items) item(i, out);
        }
        out.byte(0);
      };
    }
    case 'struct': {
      const parts = children.map((child) => typedKey(child, { ...form, nullMark: NULLS_FIRST }));
      return (row, out) => {
        for (const part of parts) part(row, out);
      };
    }
    default:
      throw new TypeError(`no keys of ${type.kind}`);
  }
}

/** Two's complement of `width` 32-bit words, low word first in memory, as big-endian bytes. */
function wordsKey(column: TypedColumn, flip: number, width: 2 | 4): CellKey {
  const words = wordsOf(column.values!);
  return (row, out) => {
    out.reserve(width * 4);
    const { view } = out;
    let at = out.length;
    let word = row * width + width - 1;
    view.setInt32(at, words[word]! ^ flip);
    for (let k = 1; k < width; k++) {
      at += 4;
      word--;
      view.setInt32(at, words[word]!);
    }
    out.length = at + 4;
  };
}

/** An integer of up to 33 bits as the key that a 64-bit one has. */
function putWhole(value: number, out: ByteWriter): void {
  out.reserve(8);
  out.view.setInt32(out.length, (value < 0 ? -1 : 0) ^ SIGN);
  out.view.setInt32(out.length + 4, value | 0);
  out.length += 8;
}

/** A double as 8 bytes in the order of values: negative ones turned round, NaN above infinity, one zero. */
function putFloat(value: number, out: ByteWriter): void {
  out.reserve(8);
  const { view, length } = out;
  // Adding 0 makes -0 to 0; every NaN becomes the same.
  view.setFloat64(length, Number.isNaN(value) ? Number.NaN : value + 0);
  const high = view.getInt32(length);
  if (high < 0) {
    view.setInt32(length, ~high);
    view.setInt32(length + 4, ~view.getInt32(length + 4));
  } else view.setInt32(length, high ^ SIGN);
  out.length = length + 8;
}

function putSizedBytes(bytes: Uint8Array, start: number, end: number, out: ByteWriter): void {
  const size = end - start;
  if (size < LONG) out.byte(size);
  else {
    out.reserve(5);
    out.view.setUint8(out.length, LONG);
    out.view.setUint32(out.length + 1, size);
    out.length += 5;
  }
  out.put(bytes, start, end);
}

/** Bytes so that a shorter one stands before those it begins: zeros as `00 ff`, the end as `00 00`. */
function putOrderedBytes(bytes: Uint8Array, start: number, end: number, out: ByteWriter): void {
  out.reserve((end - start) * 2 + 2);
  const target = out.bytes;
  let n = out.length;
  for (let i = start; i < end; i++) {
    const b = bytes[i]!;
    target[n++] = b;
    if (b === 0) target[n++] = 255;
  }
  target[n++] = 0;
  target[n++] = 0;
  out.length = n;
}

/** Compares two byte ranges as unsigned bytes, the shorter first when one begins the other: <0, 0 or >0. */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const shared = Math.min(aEnd - aStart, bEnd - bStart);
  for (let i = 0; i < shared; i++) {
    const difference = a[aStart + i]! - b[bStart + i]!;
    if (difference !== 0) return difference;
  }
  return aEnd - aStart - (bEnd - bStart);
}
