// Rows written as they come: values between delimiters, or padded to a fixed width.
import { ExportError } from '../../contract/errors.ts';
import type { Encoder, EncoderContext, Segment } from '../../contract/encoder.ts';
import { settleFormats } from '../../contract/value-format.ts';
import {
  selectedCount,
  selectedRow,
  type Batch,
  type TextColumn,
  type TypedColumn,
} from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { Schema } from '../../table/data-type.ts';
import { createCellWriter } from './cell.ts';
import { type ColumnForm, plainWriter } from './column-cells.ts';
import { compileDialect, isNumeric, isTextual, lineEndOf, quotedColumns } from './dialect.ts';
import { noteLines, sepLine } from './frame.ts';
import { createLossCounter } from './losses.ts';
import type { CsvOptions } from './options.ts';
import { createFixedCells, placesOf } from './padded.ts';
import { canRespell, writeRespelled } from './respell.ts';
import { createRows, hasHeader, type Rows } from './rows.ts';
import { canWriteTyped, writeTypedRows } from './typed-rows.ts';
import { isSameDialect, spansOf, writeVerbatim } from './verbatim.ts';

const utf8 = new TextEncoder();

/** What each column asks for beyond its values as they are. */
export function formsOf(options: CsvOptions, schema: Schema): ColumnForm[] {
  const { formats } = settleFormats(options, schema);
  const { quotes, typesRow } = options;
  return schema.fields.map(({ type }, position) => ({
    format: formats[position]!,
    // Where quotes tell text from other values, and where the types are named, guesses must hold.
    isChecked:
      ((quotes === 'strings' || typesRow) && !isTextual(type)) ||
      (quotes === 'non-numeric' && isNumeric(type)),
  }));
}

/** An encoder whose first bytes may name the number of rows. */
export interface FramedEncoder extends Encoder {
  begin(rowCount?: number): Segment[];
}

/** Opens an encoder for the layouts `delimited` and `fixed`. */
export function openDelimited(context: EncoderContext<CsvOptions>): FramedEncoder {
  const { options, schema } = context;
  const names = schema.fields.map((f) => f.name);
  const columnCount = names.length;
  const losses = createLossCounter(names);
  const out = new ByteWriter(1 << 16);
  const forms = formsOf(options, schema);
  const dialect = compileDialect(options);
  let rowNumber = 0;
  const isFixed = options.layout === 'fixed';

  const createParts = () => {
    if (isFixed) {
      const facts = { losses, names, rowNumber: () => rowNumber };
      const cells = createFixedCells(options, placesOf(options, schema), out, facts);
      return { cells, heads: cells, between: utf8.encode(options.gap) };
    }
    const { values, header } = quotedColumns(options, schema);
    const unquotable = (column: number): never => {
      throw new ExportError('encode.csv.needs-quotes', { row: rowNumber, column: names[column]! });
    };
    return {
      cells: createCellWriter(dialect, out, values, losses, unquotable),
      heads: createCellWriter(dialect, out, header, losses, unquotable),
      between: dialect.delimiter,
    };
  };
  const parts = createParts();
  const rows = createRows({
    options,
    schema,
    forms,
    out,
    losses,
    ...parts,
    before: utf8.encode(options.rowPrefix),
    after: utf8.encode(options.rowSuffix + lineEndOf(options)),
  });
  const isBare = !isFixed && options.rowPrefix === '' && options.rowSuffix === '';
  const writeQuickly = isBare
    ? createQuickPaths(options, schema, forms, dialect, rows, out, parts.cells)
    : null;
  const isFirstLine =
    !hasHeader(options) && !options.sepLine && options.preamble === '' && options.rowPrefix === '';

  const writeBatch = (batch: Batch, at: { firstRow: number; isFirst: boolean }): void => {
    const { block } = batch;
    const isVerbatim = !isFixed && block !== null && isSameDialect(block, dialect);
    const writers = rows.cellsOf(batch, isVerbatim);
    let first = 0;
    if (at.isFirst && isFirstLine && selectedCount(batch) > 0) {
      // Alone, because its first cell may start with what readers take for a byte order mark.
      parts.cells.expectFileStart();
      rowNumber = at.firstRow + 1;
      rows.writeRow(writers, selectedRow(batch, 0));
      first = 1;
    }
    if (writeQuickly?.(batch, writers, first, isVerbatim)) return;
    rows.writeRows(batch, writers, first, (i) => {
      rowNumber = at.firstRow + i + 1;
    });
  };

  return {
    begin(rowCount = 0) {
      if (columnCount === 0) return [];
      rowNumber = 0;
      out.clear();
      out.put(sepLine(options));
      out.put(noteLines(options.preamble, context, rowCount));
      rows.writeHeader();
      losses.take();
      return out.length === 0 ? [] : [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      if (columnCount === 0) return { segments: [], losses: [] };
      if (at.isFirst && selectedCount(batch) > 0) {
        // Written once more for its losses alone: `begin` has no way to tell them.
        rowNumber = 0;
        rows.writeHeader();
        out.clear();
      }
      writeBatch(batch, at);
      const bytes = out.take();
      return { segments: bytes.length === 0 ? [] : [{ bytes }], losses: losses.take() };
    },
    end({ rowCount }) {
      const bytes = columnCount === 0 ? null : noteLines(options.trailer, context, rowCount);
      return bytes === null || bytes.length === 0 ? [] : [{ bytes }];
    },
  };
}

/** Paths for whole batches; false: the batch is none of theirs. */
function createQuickPaths(
  options: CsvOptions,
  schema: Schema,
  forms: readonly ColumnForm[],
  dialect: ReturnType<typeof compileDialect>,
  rows: Rows,
  out: ByteWriter,
  cells: ReturnType<typeof createCellWriter>,
) {
  const formed = Uint8Array.from(forms, ({ format, isChecked }) =>
    Number(format !== null || isChecked),
  );
  const hasForms = formed.includes(1);
  const hasJson = schema.fields.some((field) => field.type.kind === 'json');
  const must = quotedColumns(options, schema).values;
  return (
    batch: Batch,
    writers: ReturnType<Rows['cellsOf']>,
    first: number,
    isVerbatim: boolean,
  ): boolean => {
    const { block, columns } = batch;
    const writeCell = (column: number, row: number): void => writers[column]!(row);
    if (block === null) {
      if (!canWriteTyped(dialect)) return false;
      const typed = columns as TypedColumn[];
      const plain = typed.map((column, position) =>
        formed[position] === 1 ? null : plainWriter(column, position, cells),
      );
      writeTypedRows(batch, first, typed, plain, dialect, out, writeCell);
      return true;
    }
    if (hasJson || !columns.every((column) => column.storage === 'text')) return false;
    const texts = columns as TextColumn[];
    if (isVerbatim && !hasForms) {
      const writeRow = (row: number): void => rows.writeRow(writers, row);
      writeVerbatim(batch, first, block, spansOf(texts), dialect, out, writeRow);
      return true;
    }
    if (!canRespell(block, dialect)) return false;
    writeRespelled(batch, first, block, texts, { dialect, must, formed }, out, writeCell);
    return true;
  };
}
