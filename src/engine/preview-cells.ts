// Cells as a preview shows them: texts, the long ones cut.
import type { PreviewCell } from '../contract/verbs.ts';
import { selectedRow, type Batch } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';

const CELL_CHARACTERS = 500;

/** Which columns' cells are wanted. */
interface CellWindow {
  firstColumn: number;
  columns: number;
}

/** Adds the first `count` selected rows of the batch, with the cells of the columns that are shown. */
export function addCells(
  rows: PreviewCell[][],
  batch: Batch,
  count: number,
  window: CellWindow,
): void {
  for (let i = 0; i < count; i++) rows.push(cellsOf(batch, selectedRow(batch, i), window));
}

function cellsOf(batch: Batch, row: number, { firstColumn, columns }: CellWindow): PreviewCell[] {
  return batch.columns.slice(firstColumn, firstColumn + columns).map((_, c) => {
    const text = cellText(batch, row, firstColumn + c);
    return text === null ? null : cutText(text);
  });
}

/** A text as far as it is shown. */
export function cutText(text: string): string {
  return text.length > CELL_CHARACTERS ? text.slice(0, CELL_CHARACTERS) + '…' : text;
}
