// A row of a table as the walker lays it out, and how it is to.
import type { HtmlOptions } from './options.ts';

export type Section = 'head' | 'body' | 'foot';

/** A row as it was laid out; its arrays are those of the walker, and others at the next row. */
export interface TableRow {
  /** By column; null where there is no cell, or one marked as null. */
  values: readonly (string | null)[];
  /** Parallel to them: 1 where a cell of a row above reaches down. */
  isFromAbove: Uint8Array;
  width: number;
  section: Section;
  /** All of its cells are header cells; the first one is. */
  isHeader: boolean;
  isFirstHeader: boolean;
  /** One cell over all columns. */
  cellCount: number;
  isHidden: boolean;
  /** Cells that have the value of one that reaches over them. */
  filled: number;
  /** 1-based, of its start tag. */
  line: number;
}

export type WalkOptions = Pick<HtmlOptions, 'nullClass' | 'hidden'> & {
  whitespace: 'collapse' | 'keep';
  mergedCells: 'fill' | 'first';
  /** Whether anybody looks at a column, by its place in the table; missing = all. */
  wants?: (column: number) => boolean;
};

/** How the walker reads with these options, of which none is left to be found out. */
export function walkOptions(
  options: HtmlOptions,
  wants?: (column: number) => boolean,
): WalkOptions {
  const { nullClass, hidden, mergedCells } = options;
  const whitespace = options.whitespace === 'keep' ? 'keep' : 'collapse';
  return { nullClass, hidden, mergedCells, whitespace, ...(wants && { wants }) };
}

/** Whether a row is none of the table's by the options. */
export function isLeftOut(
  { section, isHidden }: Pick<TableRow, 'section' | 'isHidden'>,
  { footer }: Pick<HtmlOptions, 'footer'>,
): boolean {
  return isHidden || (section === 'foot' && footer === 'skip');
}
