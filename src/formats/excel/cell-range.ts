// Ranges of cells as formulas of charts name them.
import { columnLetters, sheetReference } from './parts.ts';

/** `'My sheet'!$B$2:$B$9`; columns and rows count from 1. */
export function columnRange(
  sheet: string,
  column: number,
  firstRow: number,
  lastRow: number,
): string {
  const letters = columnLetters(column);
  const rest = lastRow <= firstRow ? '' : `:$${letters}$${lastRow}`;
  return `${sheetReference(sheet)}$${letters}$${firstRow}${rest}`;
}
