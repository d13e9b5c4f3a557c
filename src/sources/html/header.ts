// The header rows of a table: how many there are, and the names that they make.
import type { TableRow } from './table-row.ts';

/** A row of the sample, with arrays of its own. */
export type SampledRow = Pick<
  TableRow,
  'values' | 'isFromAbove' | 'section' | 'isHeader' | 'isFirstHeader' | 'cellCount'
>;

/** How many first rows are marked as header rows; 0 where nothing says so. `asked`: so many, whatever is marked. */
export function headerOf(rows: readonly SampledRow[], asked: number | null): number {
  if (asked !== null) return Math.min(asked, rows.length);
  const inHead = rows.findIndex(({ section }) => section !== 'head');
  if (inHead !== 0) return inHead < 0 ? rows.length : inHead;
  const titles = titlesOf(rows);
  const below = rows.slice(titles);
  const others = below.findIndex(({ isHeader }) => !isHeader);
  // Where all cells are header cells, they say nothing of the rows.
  if (others < 0) return titles + 1;
  return others === 0 ? 0 : titles + others;
}

/** How many rows above all others are one cell over all columns: titles of the table. */
export function titlesOf(rows: readonly SampledRow[]): number {
  const found = rows.findIndex((row) => !isTitle(row));
  return Math.max(0, found);
}

const isTitle = ({ values, cellCount }: SampledRow): boolean =>
  cellCount === 1 && values.length > 1;

/** The names of `width` columns, from the texts above each other; cells that reach down count once, titles over all columns not. */
export function headerNames(
  rows: readonly SampledRow[],
  width: number,
  skipColumns: number,
  join: string,
): string[] {
  const isOverAll = (row: SampledRow): boolean =>
    isTitle(row) && row.values.length >= width + skipColumns;
  const named = rows.filter((row, r) => r === rows.length - 1 || !isOverAll(row));
  return Array.from({ length: width }, (_, c) => {
    const column = c + skipColumns;
    const texts = named
      .filter(({ isFromAbove }) => isFromAbove[column] !== 1)
      .map(({ values }) => values[column] ?? '')
      .filter((text) => text !== '');
    return texts.join(join);
  });
}

const NUMBER_HEADS = new Set(['', '#']);

/** The first number where the first column has header cells with nothing but the numbers of the rows; null where it has not. */
export function numbersRows(rows: readonly SampledRow[], headerRows: number): string | null {
  const body = rows.slice(headerRows);
  if (headerRows === 0 || body.length === 0) return null;
  const isNamed = rows
    .slice(0, headerRows)
    .some(({ values }) => !NUMBER_HEADS.has(values[0] ?? ''));
  const first = body[0]!.values[0];
  if (isNamed || (first !== '0' && first !== '1') || body[0]!.values.length < 2) return null;
  const isCounting = body.every(
    ({ values, isFirstHeader }, i) => isFirstHeader && values[0] === String(i + Number(first)),
  );
  return isCounting ? first : null;
}
