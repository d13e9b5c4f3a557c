// Finds the row of a sheet that holds the names of its columns.
import type { CellMeaning } from './cell-text.ts';
import { EVIDENCE } from './texts.ts';

/** A row of the sample, cells read. */
export interface ReadRow {
  number: number;
  cells: { column: number; meaning: CellMeaning; text: string }[];
}

export interface FoundHeader {
  /** Row number from 0 on; null when there are no names. */
  row: number | null;
  sentence: string;
}

/** Rows that may stand above the names. */
const MOST_TITLES = 20;
/** A row of names fills at least this part of the width; titles above it fill less. */
const FILLED = 0.6;

const isName = ({ meaning, text }: ReadRow['cells'][number]): boolean =>
  meaning === 'text' && text.trim() !== '';

/** The row of names among the first rows with values, if there is one. */
export function findHeader(rows: readonly ReadRow[]): FoundHeader {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const at = rows
    .slice(0, MOST_TITLES)
    .findIndex(({ cells }) => cells.length >= Math.max(1, width * FILLED));
  const candidate = rows[at] ?? rows[0]!;
  const value = candidate.cells.find((cell) => !isName(cell));
  if (value !== undefined) return { row: null, sentence: EVIDENCE.noHeader(value.text) };
  const { number } = candidate;
  const below = rows.slice(at + 1);
  const isTyped = below.some(({ cells }) => cells.some((cell) => cell.meaning !== 'text'));
  if (at > 0) return { row: number, sentence: EVIDENCE.headerBelow(number + 1) };
  if (isTyped) return { row: number, sentence: EVIDENCE.headerTyped(number + 1) };
  const names = candidate.cells.map(({ text }) => text);
  if (names.length < width || new Set(names).size < names.length)
    return { row: null, sentence: EVIDENCE.noHeaderEmpty };
  return { row: number, sentence: EVIDENCE.headerText(number + 1) };
}
