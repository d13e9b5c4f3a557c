// Finds where the data of a sheet ends, above the rows at its end that are none.
import type { Limits } from '../../contract/config.ts';
import type { CellRange } from './cell-range.ts';
import { MergeFiller } from './merge-filler.ts';
import { ASIDE, CELL, SheetRows, type SheetRow } from './sheet-rows.ts';
import type { BookTable, Workbook } from './workbook.ts';

/** Whether a row has a cell between the columns that is not an empty text. Formulas without a stored value count. */
export function hasCell(row: SheetRow, first: number, last: number): boolean {
  for (let k = 0; k < row.count; k++) {
    const column = row.columns[k]!;
    if (column < first || column > last) continue;
    const isEmptyText = (row.kinds[k]! & ~ASIDE) === CELL.text && row.starts[k] === row.ends[k];
    if (!isEmptyText) return true;
  }
  return false;
}

/** Where the rows that count are. */
export interface LastRowPlace {
  /** The first row below the names. */
  fromRow: number;
  range: CellRange;
  merged: readonly CellRange[];
  skipsHidden: boolean;
}

/**
 * The last row with a cell above the `leftOut` last ones, and how many of these there are (fewer where the table has fewer).
 * Reads the sheet to its end; -1 where no row is left.
 */
export async function findLastRow(
  workbook: Workbook,
  table: BookTable,
  leftOut: number,
  { fromRow, range, merged, skipsHidden }: LastRowPlace,
  limits: Limits,
  signal: AbortSignal,
): Promise<{ row: number; leftOut: number }> {
  const sheet = new SheetRows(workbook.package, table.part, limits);
  const filler = new MergeFiller(merged);
  /** The last rows with cells: one more than are left out. */
  const last: number[] = [];
  try {
    for (;;) {
      const state = sheet.next();
      if (state === 'more') {
        await sheet.more();
        signal.throwIfAborted();
        continue;
      }
      const { row, scan } = sheet;
      if (state === 'end' || row.number > range.lastRow) break;
      if (merged.length > 0) filler.fill(scan.bytes, row);
      if (row.number < fromRow || (skipsHidden && row.isHidden)) continue;
      if (!hasCell(row, range.firstColumn, range.lastColumn)) continue;
      last.push(row.number);
      if (last.length > leftOut + 1) last.shift();
    }
  } finally {
    await sheet.close();
  }
  const isAll = last.length <= leftOut;
  return { row: isAll ? -1 : last[0]!, leftOut: isAll ? last.length : leftOut };
}
