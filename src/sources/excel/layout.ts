// Where the rows of a table are on its sheet: found from the sheet's first rows, the same for inspecting and reading.
import { ExportError } from '../../contract/errors.ts';
import type { Limits } from '../../contract/config.ts';
import { parseRange, WHOLE_SHEET, type CellRange } from './cell-range.ts';
import type { ExcelOptions } from './options.ts';
import { hasCell } from './last-row.ts';
import { MergeFiller } from './merge-filler.ts';
import { ASIDE, CELL, SheetRows } from './sheet-rows.ts';
import type { BookTable, Workbook } from './workbook.ts';

/** Rows with values that are looked at. */
const SAMPLED_ROWS = 1_000;
const SAMPLED_CELLS = 200_000;
/** Unpacked bytes of rows that may go by, whatever they are. */
const SAMPLED_BYTES = 64 * 1024 * 1024;
/** The same of rows without a value, before the sheet counts as empty. */
const BLANK_BYTES = 1024 * 1024 * 1024;

/** A cell of the sample, with its bytes of its own. */
export interface SampledCell {
  column: number;
  kind: number;
  style: number;
  bytes: Uint8Array;
}

export interface SampledRow {
  number: number;
  cells: SampledCell[];
}

/** The first rows of a table as they stand on its sheet; rows without a value are left out. */
export interface SheetSample {
  rows: SampledRow[];
  /** Whether these are all rows of the table. */
  isWhole: boolean;
  /** Unpacked bytes of the sheet up to the last of them. */
  bytes: number;
  dimension: CellRange | null;
  /** Where cells count: the range the user set, else that of the table. */
  range: CellRange;
  isHidden(column: number): boolean;
}

/** Where on the sheet a table's cells may be. */
export function rangeOf(table: BookTable, options: ExcelOptions): CellRange {
  return parseRange(options.range) ?? table.range ?? WHOLE_SHEET;
}

/** Whether a user or the workbook said where the columns begin. */
function isBounded(table: BookTable, options: ExcelOptions): boolean {
  return options.range.trim() !== '' || table.range !== undefined;
}

/** Whether it is said where the columns end, too. */
export function isFixed(table: BookTable, options: ExcelOptions): boolean {
  const { lastColumn } = rangeOf(table, options);
  return isBounded(table, options) && lastColumn < WHOLE_SHEET.lastColumn;
}

/** A test for hidden columns by what the head of a sheet says. */
function hiddenTest(rows: SheetRows): (column: number) => boolean {
  const { hiddenColumns } = rows;
  return (column) => hiddenColumns.some(({ first, last }) => column >= first && column <= last);
}

/** Looks at the first rows of a table. */
export async function sampleSheet(
  workbook: Workbook,
  table: BookTable,
  options: ExcelOptions,
  limits: Limits,
  merged: readonly CellRange[],
): Promise<SheetSample> {
  const sheet = new SheetRows(workbook.package, table.part, limits);
  const range = rangeOf(table, options);
  const skipsColumns = options.hiddenColumns === 'skip';
  const isHidden = hiddenTest(sheet);
  const filler = new MergeFiller(merged);
  const rows: SampledRow[] = [];
  // The last of these may be below the data.
  const mostRows = SAMPLED_ROWS + options.skipLastRows;
  /** Rows behind the last sampled one that have nothing but formulas without values. */
  let unread = 0;
  let isWhole = false;
  let bytes = 0;
  let cellCount = 0;
  try {
    while (
      rows.length < mostRows &&
      cellCount < SAMPLED_CELLS &&
      // A row that is not there as a whole is read on, until it is or is too large.
      sheet.stream.taken - (sheet.scan.to - sheet.scan.at) <
        (rows.length === 0 ? BLANK_BYTES : SAMPLED_BYTES)
    ) {
      const found = sheet.next();
      if (found === 'more') {
        await sheet.more();
        continue;
      }
      const { row, scan } = sheet;
      if (found === 'end' || row.number > range.lastRow) {
        isWhole = true;
        break;
      }
      bytes = sheet.stream.taken - (scan.to - scan.at);
      if (merged.length > 0) filler.fill(scan.bytes, row);
      if (row.number < range.firstRow) continue;
      if (row.isHidden && options.hiddenRows === 'skip') continue;
      const cells: SampledCell[] = [];
      for (let k = 0; k < row.count; k++) {
        const column = row.columns[k]!;
        if (column < range.firstColumn || column > range.lastColumn) continue;
        if (skipsColumns && isHidden(column)) continue;
        const kind = row.kinds[k]! & ~ASIDE;
        const isAside = kind === CELL.text || kind !== row.kinds[k];
        const source = isAside ? row.texts.bytes : scan.bytes;
        const own = source.slice(row.starts[k], row.ends[k]);
        if (kind === CELL.noValue || (kind === CELL.text && own.length === 0)) continue;
        cells.push({ column, kind, style: row.styles[k]!, bytes: own });
      }
      if (cells.length === 0) {
        if (hasCell(row, range.firstColumn, range.lastColumn)) unread++;
        continue;
      }
      unread = 0;
      cellCount += cells.length;
      rows.push({ number: row.number, cells });
    }
  } finally {
    await sheet.close();
  }
  const leftOut = Math.max(0, options.skipLastRows - unread);
  // The names stay where there is nothing below them.
  rows.length = Math.max(Math.min(rows.length, 1), rows.length - leftOut);
  return { rows, isWhole, bytes, dimension: sheet.dimension, range, isHidden };
}

/** The sheet's columns that a table's columns are, from the row `fromRow` of the sample on. */
export function columnsOf(
  sample: SheetSample,
  table: BookTable,
  options: ExcelOptions,
  fromRow: number,
  limits: Limits,
  name: string,
): number[] {
  const { range, dimension } = sample;
  let first = Infinity;
  let last = -1;
  for (const { number, cells } of sample.rows) {
    if (number < fromRow) continue;
    first = Math.min(first, cells[0]!.column);
    last = Math.max(last, cells.at(-1)!.column);
  }
  // Further down there may be more to the left, which the sheet says then.
  if (!sample.isWhole && dimension !== null) first = Math.min(first, dimension.firstColumn);
  first = Math.max(first, range.firstColumn);
  if (isBounded(table, options)) {
    first = range.firstColumn;
    if (range.lastColumn < WHOLE_SHEET.lastColumn) last = range.lastColumn;
  }
  const skipsHidden = options.hiddenColumns === 'skip';
  const columns: number[] = [];
  for (let column = first; column <= last; column++)
    if (!skipsHidden || !sample.isHidden(column)) columns.push(column);
  if (columns.length > limits.columns)
    throw new ExportError('read.excel.too-many-columns', {
      name,
      found: columns.length,
      limit: limits.columns,
    });
  return columns;
}

/** Further columns to the right of `columns`, until there are `count`. */
export function withFurther(
  columns: readonly number[],
  count: number,
  isLeftOut: (column: number) => boolean,
): number[] {
  const all = [...columns];
  for (let column = (all.at(-1) ?? -1) + 1; all.length < count; column++)
    if (column > WHOLE_SHEET.lastColumn || !isLeftOut(column)) all.push(column);
  return all;
}
