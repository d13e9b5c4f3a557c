// The cells of one column in a batch: text copied or checked, typed values, JSON, and values in a format of their own.
import { MisfitError } from '../../contract/misfit.ts';
import { createFormatWriter, type ValueFormat, writeNumber } from '../../contract/value-format.ts';
import { type Batch, isNullValue, type TypedColumn, valueBytes } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { DataType, Field } from '../../table/data-type.ts';
import { unescapeJson } from '../../table/json-unescape.ts';
import { materialise } from '../../table/materialise.ts';
import {
  contentAt,
  fieldContent,
  fieldEnd,
  fieldStart,
  isNullAt,
  type TextBlock,
} from '../../table/text-block.ts';
import { createTypeCheck, isReadableType } from '../../table/type-check.ts';
import type { ValueWriter } from '../../table/write-flat.ts';
import { createValueWriter } from '../../table/write-value.ts';
import type { CellWriter } from './cell.ts';
import { isTextual, valueType } from './dialect.ts';
import type { LossCounter } from './losses.ts';

const CR = 13;
const JSON_QUOTE = 34;
const utf8 = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Writes the cell of one output column for a row. */
export type CellOfRow = (row: number) => void;

function textCell(
  block: TextBlock,
  index: number,
  column: number,
  cells: CellWriter,
  isVerbatim: boolean,
): CellOfRow {
  const { bytes, ends, columnCount } = block;
  const { quote } = block.dialect;
  const isLast = index === columnCount - 1;
  return (row) => {
    const field = row * columnCount + index;
    const start = field === 0 ? block.start : ends[field - 1]! + 1;
    let end = ends[field]!;
    if (isLast && end > start && bytes[end - 1] === CR) end--;
    if (isNullAt(block, start, end)) cells.writeNull(column);
    else if (isVerbatim && cells.writeAsItIs(bytes, start, end)) return;
    else if (end > start && bytes[start] === quote) {
      let at = start + 1;
      while (at < end - 1 && bytes[at] !== quote) at++;
      if (at === end - 1) cells.write(bytes, start + 1, end - 1, column, true, true);
      else {
        const content = contentAt(block, start, end);
        cells.write(content, 0, content.length, column, true, true);
      }
    } else cells.write(bytes, start, end, column, false, true);
  };
}

/**
 * A cell of JSON: a string is written as the text it stands for, as a column of texts and numbers side by side is wanted in
 * a table; everything else as its JSON.
 */
function jsonCell(batch: Batch, position: number, cells: CellWriter): CellOfRow {
  const column = batch.columns[position]!;
  let text = new Uint8Array(256);
  return (row) => {
    const content =
      column.storage === 'text'
        ? fieldContent(batch.block!, row, column.index)
        : isNullValue(column, row)
          ? null
          : valueBytes(column, row);
    if (content === null) cells.writeNull(position);
    else if (content[0] !== JSON_QUOTE)
      cells.write(content, 0, content.length, position, false, true);
    else {
      if (content.length > text.length) text = new Uint8Array(content.length * 2);
      const end = unescapeJson(content, 1, content.length - 1, text, 0, false);
      cells.write(text, 0, end, position, false, true);
    }
  };
}

/** What the texts of numbers, dates and times are made of: `-1.5e+300`, `2026-11-01T12:00:00.5Z`, `Infinity`, `true`. */
const PLAIN_BYTES = utf8.encode('0123456789+-.:TZeINafintyrulsE');
const PLAIN_KINDS = new Set(['bool', 'int', 'float', 'decimal', 'date', 'time', 'timestamp']);

/** The writer of values that never need quotes; null where they may. */
export function plainWriter(
  column: TypedColumn,
  position: number,
  cells: CellWriter,
): ValueWriter | null {
  const isPlain = PLAIN_KINDS.has(column.type.kind) && cells.standPlain(PLAIN_BYTES, position);
  return isPlain ? createValueWriter(column) : null;
}

function typedCell(
  column: TypedColumn,
  position: number,
  cells: CellWriter,
  out: ByteWriter,
  format: ValueFormat | null,
  losses: LossCounter,
): CellOfRow {
  if (format !== null) {
    const scratch = new ByteWriter(64);
    const write = createFormatWriter(column, format, () =>
      losses.count('csv.digits-cut', position, scratch.bytes, 0, scratch.length),
    );
    return valueCell(column, position, cells, write, scratch);
  }
  const plain = plainWriter(column, position, cells);
  if (plain !== null)
    return (row) => {
      if (isNullValue(column, row)) cells.writeNull(position);
      else {
        plain(row, out);
        cells.wrotePlain();
      }
    };
  if (column.type.kind === 'utf8') {
    const bytes = column.bytes!;
    const offsets = column.offsets!;
    return (row) => {
      if (isNullValue(column, row)) cells.writeNull(position);
      else cells.write(bytes, offsets[row]!, offsets[row + 1]!, position, false, true);
    };
  }
  return valueCell(column, position, cells, createValueWriter(column), new ByteWriter(64));
}

/** A cell whose text is made in `scratch` first. */
function valueCell(
  column: TypedColumn,
  position: number,
  cells: CellWriter,
  write: ValueWriter,
  scratch: ByteWriter,
): CellOfRow {
  const isText = isTextual(column.type);
  return (row) => {
    if (column.type.kind === 'null' || isNullValue(column, row)) {
      cells.writeNull(position);
      return;
    }
    if (column.type.kind === 'dictionary') {
      const entry = Number(column.values![row]);
      if (isNullValue(column.dictionary!, entry)) {
        cells.writeNull(position);
        return;
      }
    }
    scratch.clear();
    write(row, scratch);
    cells.write(scratch.bytes, 0, scratch.length, position, false, isText);
  };
}

/** What a column asks for beyond its values as they are. */
export interface ColumnForm {
  /** How its values are written; null: as they are. */
  format: ValueFormat | null;
  /** Whether texts must be values of its type. */
  isChecked: boolean;
}

/** A column of text whose fields must be values of its type; numbers in their format. */
function checkedCell(
  block: TextBlock,
  index: number,
  position: number,
  type: DataType,
  cells: CellWriter,
  { format }: ColumnForm,
  losses: LossCounter,
): CellOfRow {
  const check = isReadableType(type) ? createTypeCheck(type) : () => true;
  const numbers = format?.numbers;
  const { quote } = block.dialect;
  const scratch = new ByteWriter(64);
  return (row) => {
    const start = fieldStart(block, row, index);
    const end = fieldEnd(block, row, index);
    if (isNullAt(block, start, end)) {
      cells.writeNull(position);
      return;
    }
    const content = contentAt(block, start, end);
    if (!check(content, 0, content.length))
      throw new MisfitError(position, row, decoder.decode(content));
    const isQuoted = block.bytes[start] === quote;
    if (numbers === undefined) {
      cells.write(content, 0, content.length, position, isQuoted, true);
      return;
    }
    scratch.clear();
    if (!writeNumber(content, 0, content.length, numbers, scratch))
      losses.count('csv.digits-cut', position, content, 0, content.length);
    cells.write(scratch.bytes, 0, scratch.length, position, isQuoted, false);
  };
}

/** The writer of a column's cells in a batch. `isVerbatim`: its texts stand in the output's own dialect. */
export function createColumnCell(
  batch: Batch,
  position: number,
  field: Field,
  form: ColumnForm,
  { cells, out, losses }: { cells: CellWriter; out: ByteWriter; losses: LossCounter },
  isVerbatim: boolean,
): CellOfRow {
  const column = batch.columns[position]!;
  if (field.type.kind === 'json') return jsonCell(batch, position, cells);
  const { format, isChecked } = form;
  if (column.storage === 'typed') return typedCell(column, position, cells, out, format, losses);
  const type = valueType(field.type);
  if (format !== null && format.numbers === undefined) {
    const typed = materialise(batch, position, (row, text) => {
      throw new MisfitError(position, row, text);
    });
    return typedCell(typed, position, cells, out, format, losses);
  }
  return format === null && !isChecked
    ? textCell(batch.block!, column.index, position, cells, isVerbatim)
    : checkedCell(batch.block!, column.index, position, type, cells, form, losses);
}
