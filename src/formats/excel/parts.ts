// The parts of a workbook's package, how they refer to each other, and where charts and pivot tables come in.
import type { Schema } from '../../table/data-type.ts';
import type { CachedColumns } from './chart/model.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';

/** Where a relationship leads: to another part, to the part of a name, or out of the file. */
export type RelationshipTarget = Part | { partName: string } | { external: string };

/** One part's reference to another (ECMA-376 part 2 §9.3). */
export interface Relationship {
  /** `rId1`, as the part's own text names it. */
  id: string;
  /** The last word of an office relationship (`chart`, `drawing`, `pivotTable`), or a whole address. */
  type: string;
  target: RelationshipTarget;
}

/**
 * A part of the package. Parts that it refers to are written with it, each once, whoever else refers to them: two parts of one
 * name must be the same object.
 */
export interface Part {
  /** From the root, without a slash in front: `xl/charts/chart1.xml`. Unique. */
  name: string;
  contentType: string;
  content: string | Uint8Array;
  relationships: readonly Relationship[];
}

/** A sheet of rows as it was written; counts rows and columns from 1, as references do. */
export interface WrittenSheet {
  /** As it stands on its tab. */
  name: string;
  /** Which of the tables its rows are of, and which of that table's sheets it is; both from 0. */
  table: number;
  position: number;
  schema: Schema;
  /** The column that field 0 stands in; the others follow. */
  firstColumn: number;
  /** The row with the column names; null where there is none. */
  headerRow: number | null;
  /** First and last row with values; the last is before the first where there are none. */
  firstRow: number;
  lastRow: number;
  /** Names of the columns as they stand in the header. */
  names: readonly string[];
  /** By position of the column: its table's first values, where charts read it. */
  points: CachedColumns;
}

/** A sheet without rows of ours, behind those with rows: for charts and pivot tables that stand alone. */
export interface AddedSheet {
  /** As `names.take` gave it. */
  name: string;
  /** `xl/worksheets/….xml`, `xl/chartsheets/….xml`, with the relationships to drawings and pivot tables. */
  part: Part;
  /** Relationship type: `worksheet` or `chartsheet`. */
  type: string;
}

/**
 * Adds to a workbook what refers to its rows. Everything that comes out depends on options and rows alone, never on how the rows
 * were cut.
 */
export interface WorkbookExtras {
  /** Whether a drawing stands on the first sheet of this table: its sheet refers to one before {@link finish} makes it. */
  drawsOn(table: number): boolean;
  /** When all rows are written. */
  finish(
    written: readonly WrittenSheet[],
    names: SheetNames,
    formats: NumberFormats,
  ): WorkbookAdditions;
}

export interface WorkbookAdditions {
  /** The drawing of each table that {@link WorkbookExtras.drawsOn} named. */
  drawings: readonly { table: number; part: Part }[];
  /** Pivot tables on sheets of rows are no part of this: they stand on added sheets. */
  sheets: readonly AddedSheet[];
  /** Cache definitions of pivot tables, which the workbook lists too. */
  pivotCaches: readonly { cacheId: number; part: Part }[];
}

/** The workbook's formats of numbers and cells. Those asked for here come into its styles, which are written after {@link WorkbookExtras.finish}. */
export interface NumberFormats {
  /** Id of a number format by its code (`#,##0.00`). */
  idOf(code: string): number;
  /** Number of a cell format. */
  cell(style: { bold?: boolean; format?: string }): number;
}

/** Gives names that no other sheet has. */
export interface SheetNames {
  /** The wanted name, changed where it must be: at most 31 UTF-16 units, none of `:\/?*[]`, not taken in any letter case. */
  take(wanted: string): string;
}

/** The whole address of a relationship type. */
export function relationshipType(type: string): string {
  return type.includes('/') ? type : OFFICE + type;
}

/** `Data!` or `'My sheet'!` in front of a reference in a formula. */
export function sheetReference(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) &&
    !/^(?:[A-Za-z]{1,3}\d+|[rRcC]\d*|true|false)$/i.test(name)
    ? `${name}!`
    : `'${name.replaceAll("'", "''")}'!`;
}

/** `A` for 1, `XFD` for 16,384. */
export function columnLetters(column: number): string {
  let left = column;
  let letters = '';
  while (left > 0) {
    left--;
    letters = String.fromCharCode(65 + (left % 26)) + letters;
    left = Math.floor(left / 26);
  }
  return letters;
}
