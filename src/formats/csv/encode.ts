// The csv encoder: opens the writers for a batch's columns and writes header and rows.
import { ExportError } from '../../contract/errors.ts';
import type { Encoder, EncoderContext, FormatModule } from '../../contract/plugins.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import {
  type Batch,
  isNullValue,
  selectedCount,
  selectedRow,
  type TextColumn,
  type TypedColumn,
  valueBytes,
} from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { unescapeJson } from '../../table/json-unescape.ts';
import { contentAt, fieldContent, isNullAt, type TextBlock } from '../../table/text-block.ts';
import type { ValueWriter } from '../../table/write-flat.ts';
import { createValueWriter } from '../../table/write-value.ts';
import { type CellWriter, createCellWriter } from './cell.ts';
import { optionErrors } from './check.ts';
import { compileDialect } from './dialect.ts';
import { createLossCounter } from './losses.ts';
import type { CsvOptions } from './options.ts';
import { canRespell, writeRespelled } from './respell.ts';
import { canWriteTyped, writeTypedRows } from './typed-rows.ts';
import { isSameDialect, spansOf, writeVerbatim } from './verbatim.ts';

const CR = 13;
const JSON_QUOTE = 34;
const utf8 = new TextEncoder();

/** Writes the cell of one output column for a row. */
type CellOfRow = (row: number) => void;

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

/** Whether the guard looks at a typed column: its cells are text, not numbers or times. */
function isTextual(column: TypedColumn): boolean {
  const kind = column.type.kind === 'dictionary' ? column.dictionary!.type.kind : column.type.kind;
  return kind === 'utf8' || kind === 'json' || kind === 'binary';
}

/** What the texts of numbers, dates and times are made of: `-1.5e+300`, `2026-11-01T12:00:00.5Z`, `Infinity`, `true`. */
const PLAIN_BYTES = utf8.encode('0123456789+-.:TZeINafintyrulsE');
const PLAIN_KINDS = new Set(['bool', 'int', 'float', 'decimal', 'date', 'time', 'timestamp']);

/** The writer of values that never need quotes; null where they may. */
function plainWriter(column: TypedColumn, cells: CellWriter): ValueWriter | null {
  const isPlain = PLAIN_KINDS.has(column.type.kind) && cells.standPlain(PLAIN_BYTES);
  return isPlain ? createValueWriter(column) : null;
}

function typedCell(
  column: TypedColumn,
  position: number,
  cells: CellWriter,
  out: ByteWriter,
): CellOfRow {
  const plain = plainWriter(column, cells);
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
  const write = createValueWriter(column);
  const scratch = new ByteWriter(64);
  const isText = isTextual(column);
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

function openEncoder(context: EncoderContext<CsvOptions>): Encoder {
  const { options, schema } = context;
  rejectFindings(optionErrors(options, schema));
  const dialect = compileDialect(options);
  const names = schema.fields.map((f) => f.name);
  const columnCount = names.length;
  const losses = createLossCounter(names);
  const out = new ByteWriter(1 << 16);
  const hasJson = schema.fields.some((field) => field.type.kind === 'json');
  let rowNumber = 0;
  const cells = createCellWriter(dialect, out, columnCount, losses, (column) => {
    throw new ExportError('encode.csv.needs-quotes', { row: rowNumber, column: names[column]! });
  });

  const writeHeader = (): void => {
    const texts = Array.isArray(options.headers) ? options.headers : names;
    cells.expectFileStart();
    texts.forEach((text, column) => {
      if (column > 0) out.put(dialect.delimiter);
      const bytes = utf8.encode(text);
      cells.write(bytes, 0, bytes.length, column, false, true);
    });
    out.put(dialect.lineEnd);
  };

  const writeBatch = (batch: Batch, at: { firstRow: number; isFirst: boolean }): void => {
    const { block, columns, selection } = batch;
    const isVerbatim = block !== null && isSameDialect(block, dialect);
    const writers = columns.map((column, position) =>
      schema.fields[position]!.type.kind === 'json'
        ? jsonCell(batch, position, cells)
        : column.storage === 'text'
          ? textCell(block!, column.index, position, cells, isVerbatim)
          : typedCell(column, position, cells, out),
    );
    const { delimiter, lineEnd } = dialect;
    const writeRow = (row: number): void => {
      for (let c = 0; c < columnCount; c++) {
        if (c > 0) out.put(delimiter);
        writers[c]!(row);
      }
      out.put(lineEnd);
    };
    const count = selectedCount(batch);
    let first = 0;
    if (at.isFirst && options.headers === false && count > 0) {
      // Alone, because its first cell may start with what readers take for a byte order mark.
      cells.expectFileStart();
      rowNumber = at.firstRow + 1;
      writeRow(selectedRow(batch, 0));
      first = 1;
    }
    if (block !== null && !hasJson && columns.every((c) => c.storage === 'text')) {
      const texts = columns as TextColumn[];
      if (isVerbatim) {
        writeVerbatim(batch, first, block, spansOf(texts), dialect, out, writeRow);
        return;
      }
      if (canRespell(block, dialect)) {
        writeRespelled(batch, first, block, texts, dialect, out, (column, row) =>
          writers[column]!(row),
        );
        return;
      }
    }
    if (block === null && canWriteTyped(dialect)) {
      const typed = columns as TypedColumn[];
      const plain = typed.map((column) => plainWriter(column, cells));
      writeTypedRows(batch, first, typed, plain, dialect, out, (column, row) =>
        writers[column]!(row),
      );
      return;
    }
    for (let i = first; i < count; i++) {
      rowNumber = at.firstRow + i + 1;
      writeRow(selection === null ? i : selection[i]!);
    }
  };

  return {
    begin() {
      if (options.headers === false || columnCount === 0) return [];
      writeHeader();
      losses.take();
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      if (columnCount === 0) return { segments: [], losses: [] };
      if (at.isFirst && options.headers !== false && selectedCount(batch) > 0) {
        // Written once more for its losses alone: `begin` has no way to tell them.
        writeHeader();
        out.clear();
      }
      writeBatch(batch, at);
      const bytes = out.take();
      return { segments: bytes.length === 0 ? [] : [{ bytes }], losses: losses.take() };
    },
    end: () => [],
  };
}

export const csvModule: FormatModule<CsvOptions> = { openEncoder };
