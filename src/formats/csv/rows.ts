// Header, types row and rows, cell by cell, whatever the cells are written with.
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { type Schema, typeName } from '../../table/data-type.ts';
import type { CellWriter } from './cell.ts';
import { type CellOfRow, type ColumnForm, createColumnCell } from './column-cells.ts';
import type { LossCounter } from './losses.ts';
import type { CsvOptions } from './options.ts';

const utf8 = new TextEncoder();

export interface RowParts {
  options: CsvOptions;
  schema: Schema;
  forms: readonly ColumnForm[];
  out: ByteWriter;
  losses: LossCounter;
  cells: CellWriter;
  /** For names and types. */
  heads: CellWriter;
  /** Around and between the cells of a row. */
  before: Uint8Array;
  between: Uint8Array;
  after: Uint8Array;
}

export interface Rows {
  /** The lines before the first row; nothing where there are none. */
  writeHeader(): void;
  /** Writers of the columns' cells in a batch. `isVerbatim`: its texts stand in the output's own dialect. */
  cellsOf(batch: Batch, isVerbatim: boolean): CellOfRow[];
  /** One physical row. */
  writeRow(cells: readonly CellOfRow[], row: number): void;
  /** The selected rows from the `first`-th on; `onRow` is told of each before it is written, 0-based. */
  writeRows(
    batch: Batch,
    cells: readonly CellOfRow[],
    first: number,
    onRow: (i: number) => void,
  ): void;
}

/** Whether any line stands before the first row. */
export function hasHeader({ headers, typesRow }: CsvOptions): boolean {
  return headers !== false || typesRow;
}

export function createRows(parts: RowParts): Rows {
  const { options, schema, forms, out, losses, cells, heads, before, between, after } = parts;
  const columnCount = schema.fields.length;

  const writeTexts = (texts: readonly string[], isText: boolean): void => {
    out.put(before);
    texts.forEach((text, column) => {
      if (column > 0) out.put(between);
      const bytes = utf8.encode(text);
      heads.write(bytes, 0, bytes.length, column, false, isText);
    });
    out.put(after);
  };
  const writeRow: Rows['writeRow'] = (writers, row) => {
    out.put(before);
    for (let c = 0; c < columnCount; c++) {
      if (c > 0) out.put(between);
      writers[c]!(row);
    }
    out.put(after);
  };

  return {
    writeHeader() {
      heads.expectFileStart();
      const { headers } = options;
      if (headers !== false)
        writeTexts(Array.isArray(headers) ? headers : schema.fields.map((f) => f.name), true);
      if (options.typesRow)
        writeTexts(
          schema.fields.map((f) => typeName(f.type)),
          false,
        );
    },
    cellsOf: (batch, isVerbatim) =>
      batch.columns.map((_column, position) =>
        createColumnCell(
          batch,
          position,
          schema.fields[position]!,
          forms[position]!,
          { cells, out, losses },
          isVerbatim,
        ),
      ),
    writeRow,
    writeRows(batch, writers, first, onRow) {
      const count = selectedCount(batch);
      for (let i = first; i < count; i++) {
        onRow(i);
        writeRow(writers, selectedRow(batch, i));
      }
    },
  };
}
