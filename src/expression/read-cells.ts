// Reads the cells of a batch's columns, and of texts that are to be another type, exactly.
import { ExportError, shorten } from '../contract/errors.ts';
import { decimalAt, isNullValue, valueBytes, type TypedColumn } from '../table/batch.ts';
import { typeName, type DataType } from '../table/data-type.ts';
import { materialise } from '../table/materialise.ts';
import { readValues } from '../table/read-values.ts';
import {
  contentAt,
  fieldEnd,
  fieldStart,
  isNullAt,
  lineOfRow,
  type TextBlock,
} from '../table/text-block.ts';
import type { Cell, Frame } from './cells.ts';
import { whole, type Whole } from './whole.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

const TWO_32 = 2 ** 32;
/** An upper half within ±2^21 means a number within ±2^53. */
const SMALL_HALF = 2 ** 21;

/** 64-bit numbers every `step` words: by halves, so that no big integer is made of a small one. */
function longReader(
  values: BigInt64Array | BigUint64Array,
  step: 1 | 2,
  big: (row: number) => bigint,
): (row: number) => Whole {
  const { buffer, byteOffset, length } = values;
  const low = new Uint32Array(buffer, byteOffset, length * 2);
  const high =
    values instanceof BigUint64Array ? low : new Int32Array(buffer, byteOffset, length * 2);
  return (row) => {
    const at = row * step * 2;
    const upper = high[at + 1]!;
    if (upper >= SMALL_HALF || upper < 1 - SMALL_HALF) return whole(big(row));
    if (step === 2) {
      const sign = upper >> 31;
      if (high[at + 2] !== sign || high[at + 3] !== sign) return whole(big(row));
    }
    return upper * TWO_32 + low[at]!;
  };
}

/** Reads the value at a row of a typed column, which is not null. Throws TypeError for nested types. */
function typedReader(column: TypedColumn): (row: number) => Cell {
  const { type, values } = column;
  switch (type.kind) {
    case 'null':
      return () => null;
    case 'bool': {
      const bits = values as Uint8Array;
      return (row) => ((bits[row >> 3]! >> (row & 7)) & 1) === 1;
    }
    case 'decimal':
      return longReader(values as BigInt64Array, 2, (row) => decimalAt(column, row));
    case 'utf8':
    case 'json':
      return (row) => decoder.decode(valueBytes(column, row));
    case 'binary':
      return (row) => valueBytes(column, row);
    case 'list':
    case 'struct':
    case 'map':
    case 'dictionary':
      throw new TypeError(`no cells of ${type.kind}`);
    default:
      if (values instanceof BigInt64Array || values instanceof BigUint64Array)
        return longReader(values, 1, (row) => values[row]!);
      return (row) => values![row] as number;
  }
}

function typedCells(column: TypedColumn, { rows, count }: Pick<Frame, 'rows' | 'count'>): Cell[] {
  const out: Cell[] = [];
  let read: (row: number) => Cell;
  if (column.dictionary === null) read = typedReader(column);
  else {
    const { dictionary, values } = column;
    const entry = typedReader(dictionary);
    const entries = Array.from({ length: dictionary.length }, (_, i) =>
      isNullValue(dictionary, i) ? null : entry(i),
    );
    read = (row) => entries[Number(values![row])]!;
  }
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    out.push(isNullValue(column, row) ? null : read(row));
  }
  return out;
}

/** One character a byte: right where all bytes are ASCII. */
const byteDecoder = new TextDecoder('latin1');
const blockTexts = new WeakMap<TextBlock, string>();

/** Most bytes of a field that are looked through for others than ASCII. */
const MOST_SCANNED = 200;

/** The block as one string of a character a byte, of which short fields are slices; decoding each would cost more. */
function textOfBlock(block: TextBlock): string {
  let text = blockTexts.get(block);
  if (text === undefined) {
    text = byteDecoder.decode(block.bytes);
    blockTexts.set(block, text);
  }
  return text;
}

/** The field at [start, end), which is not quoted. */
function plainText({ bytes }: TextBlock, all: string, start: number, end: number): string {
  let seen = end - start <= MOST_SCANNED ? 0 : 128;
  if (seen === 0) for (let i = start; i < end; i++) seen |= bytes[i]!;
  return seen < 128 ? all.slice(start, end) : decoder.decode(bytes.subarray(start, end));
}

/** The contents of a text column as strings. */
function textCells({ batch, rows, count }: Frame, index: number): Cell[] {
  const block = batch.block!;
  const all = textOfBlock(block);
  const { quote } = block.dialect;
  const out: Cell[] = [];
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const start = fieldStart(block, row, index);
    const end = fieldEnd(block, row, index);
    if (isNullAt(block, start, end)) out.push(null);
    else if (end > start && block.bytes[start] === quote)
      out.push(decoder.decode(contentAt(block, start, end)));
    else out.push(plainText(block, all, start, end));
  }
  return out;
}

/** Whether a column's cells are its text as it stands. */
function isPlainText(type: DataType): boolean {
  const { kind } = type.kind === 'dictionary' ? type.value : type;
  return kind === 'utf8' || kind === 'json';
}

/** The cells of column `at`; throws `step.misfit` for a field that is no value of its column's type. */
export function readCells(frame: Frame, at: number): Cell[] {
  const known = frame.cells.get(at);
  if (known) return known;
  const { batch, rows, count } = frame;
  const column = batch.columns[at]!;
  const field = batch.schema.fields[at]!;
  let cells: Cell[];
  if (column.storage === 'typed') cells = typedCells(column, frame);
  else if (isPlainText(field.type)) cells = textCells(frame, column.index);
  else {
    const asked = { ...batch, selection: rows.subarray(0, count) };
    const typed = materialise(asked, at, (row, text) => {
      throw new ExportError('step.misfit', {
        value: shorten(text),
        line: lineOfRow(batch.block!, row),
        type: typeName(field.type),
        column: shorten(field.name),
      });
    });
    cells = typedCells(typed, frame);
  }
  frame.cells.set(at, cells);
  return cells;
}

/** Whether each cell of a column is null; looks at no value. */
export function readNulls(frame: Frame, at: number): boolean[] {
  const { batch, rows, count } = frame;
  const column = batch.columns[at]!;
  const out: boolean[] = [];
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    if (column.storage === 'text') {
      const block = batch.block!;
      const start = fieldStart(block, row, column.index);
      out.push(isNullAt(block, start, fieldEnd(block, row, column.index)));
    } else
      out.push(
        column.type.kind === 'null' ||
          isNullValue(column, row) ||
          (column.dictionary !== null &&
            isNullValue(column.dictionary, Number(column.values![row]))),
      );
  }
  return out;
}

/** The texts as values of a bool, number, date or time type; null for other types. A text that is none is told and null. */
export function readTexts(
  texts: readonly Cell[],
  type: DataType,
  onUnfit: (at: number) => void,
): Cell[] | null {
  const count = texts.length;
  const starts = new Int32Array(count).fill(-1);
  const ends = new Int32Array(count);
  const validity = new Uint8Array((count + 7) >> 3);
  let room = 0;
  for (const text of texts) if (text !== null) room += (text as string).length * 3;
  const bytes = new Uint8Array(room);
  let used = 0;
  for (let i = 0; i < count; i++) {
    const text = texts[i]!;
    if (text === null) continue;
    starts[i] = used;
    used += encoder.encodeInto(text as string, bytes.subarray(used)).written;
    ends[i] = used;
    validity[i >> 3]! |= 1 << (i & 7);
  }
  const values = readValues(type, bytes, { starts, ends, validity, nullCount: 1 }, (at) => {
    validity[at >> 3]! &= ~(1 << (at & 7));
    onUnfit(at);
  });
  if (values === null) return null;
  const column: TypedColumn = {
    storage: 'typed',
    type,
    length: count,
    validity,
    values,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
  return typedCells(column, { rows: Uint32Array.from({ length: count }, (_, i) => i), count });
}
