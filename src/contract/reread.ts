// What the rows of a preview come to once they were written and read again: what a receiver of the file will see.
import type { ErrorData } from './errors.ts';

/** What a file says of itself beside its rows, in the words of its reader. */
export interface FileFacts {
  /** Short pairs, the most telling first. */
  lines: { label: string; value: string }[];
  /** Small tables: row groups, column chunks, record batches. */
  tables: FactTable[];
  /** Texts as they stand in the file: the statement that made a table. */
  texts: { title: string; text: string }[];
}

export interface FactTable {
  title: string;
  /** `isNumber`: set to the right. */
  columns: { title: string; isNumber: boolean }[];
  rows: string[][];
  /** Rows that are not listed. */
  more: number;
}

/** How cells of a sheet look; colours are RRGGBB, sizes points. What is missing is as usual. */
export interface SheetStyle {
  bold?: true;
  italic?: true;
  underline?: true;
  font?: string;
  size?: number;
  color?: string;
  fill?: string;
  align?: 'left' | 'center' | 'right';
  wrap?: true;
  /** A line below, or all around. */
  border?: 'bottom' | 'all';
}

/** One cell as a spreadsheet program shows it. */
export interface SheetCell {
  /** Its value by its number format. */
  text: string;
  /** As it stands in the file; missing where that is `text`. */
  stored?: string;
  /** Place in the sheet's `styles`. */
  style: number;
  /** Shown at the right where its style says nothing: numbers and dates. */
  isNumber?: true;
}

/** The first rows of a sheet. */
export interface SheetView {
  name: string;
  isHidden: boolean;
  /** Width in characters of the columns up to the last with a cell; null where the sheet says none, 0 for a hidden one. */
  widths: (number | null)[];
  /** From the first row on; a missing cell is null. */
  rows: (SheetCell | null)[][];
  styles: SheetStyle[];
  /** So many rows and columns stay in sight. */
  frozenRows: number;
  frozenColumns: number;
  /** Rows behind those of `rows` in the file. */
  more: number;
  showsGridLines: boolean;
  /** Tables drawn with a style of their own: 0-based first row, last row, first column, last column. */
  tables: { firstRow: number; lastRow: number; firstColumn: number; lastColumn: number }[];
}

/** How much of what was read again is wanted. */
export interface RereadLimits {
  /** Rows, default 200; fewer of wide tables. */
  rows?: number;
  /** Cells of each row: so many columns, default all, from the 0-based column `firstColumn` on, default 0. */
  columns?: number;
  firstColumn?: number;
  /** Sheets as they look, where the file has some. */
  sheets?: boolean;
}

/** A column as it was read, and the one it was written from: null where there is none. */
export interface RereadColumn {
  name: string;
  type: string;
  written: { name: string; type: string } | null;
}

/** A cell that is read as another value than the one written. `row`, `column`: 0-based in the whole of what was read. */
export interface ChangedCell {
  row: number;
  column: number;
  written: string | null;
}

export interface Reread {
  /** Id of the source plug-in that read; null: none reads this format. */
  reader: string | null;
  /** Whether it was told how the text was written; else it found out by itself, as a receiver would. */
  isTold: boolean;
  columns: RereadColumn[];
  /** Cells of the wanted columns; null is null, longer texts are cut as in a preview. */
  rows: (string | null)[][];
  /** In the wanted columns. */
  changed: ChangedCell[];
  /** Rows that were written for this, and rows that were read of them. */
  rowsWritten: number;
  rowsRead: number;
  /** Rows the reader left out as unfit. */
  rowsRejected: number;
  facts: FileFacts | null;
  sheets: SheetView[];
  /** Size of the file of these rows, before packing, and its first bytes (2 KiB). */
  sizeBytes: number;
  head: Uint8Array;
  elapsedMs: number;
  /** Why there is nothing to be seen. */
  error: ErrorData | null;
}
