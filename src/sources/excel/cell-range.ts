// Places in a sheet as people write them: `B3`, `B3:F200`, `A:F`.

/** Columns and rows from 0 on, both ends included. */
export interface CellRange {
  firstColumn: number;
  lastColumn: number;
  firstRow: number;
  lastRow: number;
}

/** What a sheet holds at most (Excel 2007 and later). */
export const MOST_COLUMNS = 16_384;
export const MOST_ROWS = 1_048_576;

export const WHOLE_SHEET: CellRange = {
  firstColumn: 0,
  lastColumn: MOST_COLUMNS - 1,
  firstRow: 0,
  lastRow: MOST_ROWS - 1,
};

/** `A` for 0, `AA` for 26. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const CORNER = String.raw`\$?([A-Za-z]{0,3})\$?(\d{0,7})`;
const RANGE = new RegExp(`^${CORNER}(?::${CORNER})?$`);

/** Reads `B3:F200`, `B:F`, `3:200`, `B3` (that cell) and `B3:F` (to the last row); null for anything else. */
export function parseRange(text: string): CellRange | null {
  const found = RANGE.exec(text.trim());
  if (found === null || text.trim() === '') return null;
  const [, letters = '', digits = '', letters2 = letters, digits2 = digits] = found;
  if ((letters === '') !== (letters2 === '') || (letters === '' && digits === '')) return null;
  if (!text.includes(':') && (letters === '' || digits === '')) return null;
  const range: CellRange = {
    firstColumn: letters === '' ? 0 : columnOf(letters),
    lastColumn: letters2 === '' ? MOST_COLUMNS - 1 : columnOf(letters2),
    firstRow: digits === '' ? 0 : Number(digits) - 1,
    lastRow: digits2 === '' ? MOST_ROWS - 1 : Number(digits2) - 1,
  };
  const isInside = range.lastColumn < MOST_COLUMNS && range.lastRow < MOST_ROWS;
  const isForward = range.firstColumn <= range.lastColumn && range.firstRow <= range.lastRow;
  return isInside && isForward && range.firstRow >= 0 ? range : null;
}
