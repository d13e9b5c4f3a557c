// Puts the value of merged cells into every place they cover, row by row.
import type { CellRange } from './cell-range.ts';
import { ASIDE, CELL, type SheetRow } from './sheet-rows.ts';

/** A merged range whose first cell was met. */
interface OpenMerge {
  range: CellRange;
  kind: number;
  style: number;
  bytes: Uint8Array;
}

export class MergeFiller {
  readonly #ranges: readonly CellRange[];
  #next = 0;
  #open: OpenMerge[] = [];

  /** `ranges`: by their first row. */
  constructor(ranges: readonly CellRange[]) {
    this.#ranges = ranges;
  }

  /** Adds the cells that a row, whose bytes are in `window`, has by merging. Rows come in order. */
  fill(window: Uint8Array, row: SheetRow): void {
    const ranges = this.#ranges;
    if (this.#open.length > 0)
      this.#open = this.#open.filter(({ range }) => range.lastRow >= row.number);
    // Read before anything is added, which moves cells.
    for (; this.#next < ranges.length && ranges[this.#next]!.firstRow <= row.number; this.#next++) {
      const range = ranges[this.#next]!;
      if (range.firstRow < row.number) continue;
      const opened = openMerge(window, row, range);
      if (opened !== null) this.#open.push(opened);
    }
    for (const { range, kind, style, bytes } of this.#open) {
      const from = row.texts.length;
      row.texts.put(bytes);
      const isFirstRow = range.firstRow === row.number;
      for (
        let column = range.firstColumn + Number(isFirstRow);
        column <= range.lastColumn;
        column++
      )
        row.add(column, kind | ASIDE, style, from, row.texts.length);
    }
  }
}

/** The merge with the value of its first cell; null where that has none. */
function openMerge(window: Uint8Array, row: SheetRow, range: CellRange): OpenMerge | null {
  for (let k = 0; k < row.count; k++) {
    if (row.columns[k] !== range.firstColumn) continue;
    const kind = row.kinds[k]!;
    if (kind === CELL.noValue) return null;
    const source = kind === CELL.text ? row.texts.bytes : window;
    const bytes = source.slice(row.starts[k], row.ends[k]);
    return { range, kind, style: row.styles[k]!, bytes };
  }
  return null;
}
