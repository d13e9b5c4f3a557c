// Writes the rows of a sheet into text blocks: each cell in its column, as the column's type wants it.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { BlockWriter } from '../../table/block-writer.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import { columnLetters } from './cell-range.ts';
import type { CellTexts } from './cell-text.ts';
import type { SheetGrowth } from './growth.ts';
import type { LossCounts } from './loss-counts.ts';
import type { ExcelOptions } from './options.ts';
import { CELL, type SheetRow } from './sheet-rows.ts';

export interface RowWriterParts {
  block: BlockWriter;
  /** Columns of the sheet, ascending, parallel to the schema's fields. */
  columns: readonly number[];
  schema: Schema;
  wanted: ReadonlySet<number> | undefined;
  losses: LossCounts;
  growth: SheetGrowth;
  texts: CellTexts;
  errors: ExcelOptions['errors'];
  name: string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Types that hold some numbers or dates only. */
const GROWING = new Set<DataType['kind']>(['int', 'decimal', 'date']);

export class RowWriter {
  readonly #parts: RowWriterParts;
  readonly #columns: Int32Array;
  readonly #isWanted: Uint8Array;
  readonly #kinds: DataType['kind'][];
  readonly #mayGrow: Uint8Array;

  constructor(parts: RowWriterParts) {
    this.#parts = parts;
    this.#columns = Int32Array.from(parts.columns);
    const { wanted } = parts;
    this.#isWanted = Uint8Array.from(parts.columns, (_, place) =>
      wanted === undefined || wanted.has(place) ? 1 : 0,
    );
    this.#kinds = parts.schema.fields.map(({ type }) => type.kind);
    this.#mayGrow = Uint8Array.from(parts.schema.fields, ({ type, origin }) =>
      origin === 'inferred' && GROWING.has(type.kind) ? 1 : 0,
    );
  }

  /** Whether any of the columns has a value in this row; formulas that give no text do not count. */
  hasValue(row: SheetRow): boolean {
    const columns = this.#columns;
    const first = columns[0]!;
    const last = columns[columns.length - 1]!;
    for (let k = 0; k < row.count; k++) {
      const column = row.columns[k]!;
      if (column < first || column > last) continue;
      const kind = row.kinds[k];
      if (kind === CELL.noValue || (kind === CELL.text && row.starts[k] === row.ends[k])) continue;
      return true;
    }
    return false;
  }

  writeEmpty(number: number): void {
    const { block, columns } = this.#parts;
    for (let place = 0; place < columns.length; place++) block.addNull();
    block.endRow(number + 1);
  }

  /** Writes a row whose bytes are in `window`. */
  write(window: Uint8Array, row: SheetRow): void {
    const { block } = this.#parts;
    const columns = this.#columns;
    const { count, columns: cells } = row;
    let k = 0;
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place]!;
      while (k < count && cells[k]! < column) k++;
      if (k < count && cells[k] === column && this.#isWanted[place] === 1)
        this.#writeCell(window, row, k, place);
      else block.addNull();
    }
    block.endRow(row.number + 1);
  }

  #writeCell(window: Uint8Array, row: SheetRow, k: number, place: number): void {
    const { block, texts, losses, schema } = this.#parts;
    const target = this.#kinds[place]!;
    texts.read(window, row, k, target);
    const { bytes, start, end } = texts;
    switch (texts.meaning) {
      case 'text':
        if (start === end && target !== 'utf8') {
          losses.add('excel.empty-text-null', place, schema.fields[place]!.name, () => '');
          block.addNull();
        } else block.addText(bytes, start, end);
        return;
      case 'error':
        this.#writeError(row, k, place, bytes, start, end);
        return;
      case 'no-value':
        losses.add('excel.no-value', place, schema.fields[place]!.name, () =>
          this.#cellName(row, k),
        );
        block.addNull();
        return;
      default:
        if (this.#mayGrow[place] === 1) this.#parts.growth.takeMisfit(place, row);
        block.addPlain(bytes, start, end);
    }
  }

  #cellName(row: SheetRow, k: number): string {
    return columnLetters(row.columns[k]!) + String(row.number + 1);
  }

  #writeError(
    row: SheetRow,
    k: number,
    place: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const { block, errors, losses, schema, name } = this.#parts;
    if (errors === 'text') {
      block.addText(bytes, start, end);
      return;
    }
    const text = decoder.decode(bytes.subarray(start, end));
    if (errors === 'fail')
      throw new ExportError('read.excel.error-value', {
        name,
        value: shorten(text, 40),
        cell: this.#cellName(row, k),
      });
    losses.add('excel.error-null', place, schema.fields[place]!.name, () => text);
    block.addNull();
  }
}
