// The row of a table that is being read: its cells in their columns, those that reach over several among them.
import { CellText } from './cell-text.ts';
import type { Section, TableRow, WalkOptions } from './table-row.ts';

export class Grid implements TableRow {
  readonly #fills: boolean;
  readonly #wants: ((column: number) => boolean) | undefined;
  readonly #cell: CellText;
  /** By column: how many rows a cell still reaches down, and its value. */
  readonly #down: number[] = [];
  readonly #downValues: (string | null)[] = [];
  #hasDown = false;
  values: (string | null)[] = [];
  isFromAbove = new Uint8Array(16);
  width = 0;
  section: Section = 'body';
  isHeader = true;
  isFirstHeader = false;
  cellCount = 0;
  isHidden = false;
  line = 0;
  /** Characters of the row's values so far. */
  textLength = 0;
  filled = 0;
  /** Cells and characters so far that stand in no cell of their own. */
  spread = 0;
  #column = 0;
  #colspan = 1;
  #rowspan = 1;
  #isNull = false;
  #isSkipped = false;
  #isLookedAt = true;

  constructor({ whitespace, mergedCells, wants }: WalkOptions) {
    this.#fills = mergedCells === 'fill';
    this.#wants = wants;
    this.#cell = new CellText(whitespace);
  }

  /** The text of the open cell; null where nobody looks at it. */
  get text(): CellText | null {
    return this.#isLookedAt ? this.#cell : null;
  }

  startRow(line: number, isHidden: boolean): void {
    this.values.length = 0;
    if (this.#hasDown) this.isFromAbove.fill(0);
    this.width = 0;
    this.isHeader = true;
    this.isFirstHeader = false;
    this.cellCount = 0;
    this.isHidden = isHidden;
    this.line = line;
    this.textLength = 0;
    this.filled = 0;
    this.#column = 0;
  }

  startCell(
    isHeader: boolean,
    isNull: boolean,
    isSkipped: boolean,
    colspan: number,
    rowspan: number,
  ): void {
    this.#isSkipped = isSkipped;
    this.#isLookedAt = !isSkipped;
    if (isSkipped) return;
    if (this.#hasDown) this.#takeFromAbove(false);
    this.#isNull = isNull;
    this.#colspan = colspan;
    this.#rowspan = rowspan;
    this.width = Math.max(this.width, this.#column + colspan);
    if (this.cellCount++ === 0) this.isFirstHeader = isHeader;
    this.isHeader &&= isHeader;
    this.#isLookedAt = !isNull;
    if (this.#wants !== undefined) {
      let isWanted = false;
      for (let k = 0; k < colspan && !isWanted; k++) isWanted = this.#wants(this.#column + k);
      this.#isLookedAt &&= isWanted;
    }
    this.#cell.clear();
  }

  endCell(): void {
    if (this.#isSkipped) return;
    const value = this.#isNull ? null : this.#isLookedAt ? this.#cell.take() : '';
    const from = this.#column;
    const to = from + this.#colspan;
    const further = this.#fills ? value : null;
    for (let column = from; column < to; column++) this.values[column] = further;
    this.values[from] = value;
    if (value !== null) this.textLength += value.length * (this.#fills ? this.#colspan : 1);
    if (this.#colspan > 1) {
      if (this.#fills && value !== null && value !== '') this.filled += this.#colspan - 1;
      this.spread += (this.#colspan - 1) * (1 + (further?.length ?? 0));
    }
    this.#column = to;
    if (this.#rowspan === 1 && !this.#hasDown) return;
    for (let column = from; column < to; column++) {
      // One more, as it counts this row too.
      this.#down[column] = this.#rowspan;
      this.#downValues[column] = further;
      this.#hasDown ||= this.#rowspan > 1;
    }
  }

  /** Puts values from above into the columns that they reach, up to one where a cell has room; `all`: into all further ones. */
  #takeFromAbove(all: boolean): void {
    for (let column = this.#column; column < this.#down.length; column++) {
      if (!(this.#down[column]! > 0)) {
        if (!all) break;
        continue;
      }
      const value = this.#downValues[column] ?? null;
      while (this.values.length < column) this.values.push(null);
      this.values[column] = value;
      if (column >= this.isFromAbove.length) {
        const grown = new Uint8Array(column * 2);
        grown.set(this.isFromAbove);
        this.isFromAbove = grown;
      }
      this.isFromAbove[column] = 1;
      this.spread++;
      if (value !== null) {
        this.textLength += value.length;
        this.spread += value.length;
        if (value !== '') this.filled++;
      }
      this.width = Math.max(this.width, column + 1);
      if (!all) this.#column = column + 1;
    }
  }

  endRow(): void {
    if (!this.#hasDown) return;
    this.#takeFromAbove(true);
    this.#hasDown = false;
    for (let column = 0; column < this.#down.length; column++) {
      const left = this.#down[column];
      if (left === undefined || left === 0) continue;
      this.#down[column] = left - 1;
      this.#hasDown ||= left > 1;
    }
    if (!this.#hasDown) this.#down.length = 0;
  }

  /** No cell reaches further down. */
  endSection(): void {
    this.#hasDown = false;
    this.#down.length = 0;
    this.#downValues.length = 0;
  }
}
