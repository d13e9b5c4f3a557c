// Writes the sheet of a pivot table: its sums as plain cells, for whoever shows the workbook without refreshing it.
import { columnLetters, type NumberFormats } from '../parts.ts';
import { cachedText, XML_HEAD } from '../part-text.ts';
import type { GridCell } from './grid.ts';
import { type Pivot, placePivot } from './model.ts';
import { PIVOT_WORDS } from './texts.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** UTF-16 units of one cell. */
const LONGEST_CELL = 32_767;

function cellXml(column: number, row: number, content: string | number, style: number): string {
  const head = `<c r="${columnLetters(column)}${row}"${style === 0 ? '' : ` s="${style}"`}`;
  if (typeof content === 'number') return `${head}><v>${content}</v></c>`;
  const text = content.slice(0, LONGEST_CELL);
  const kept = text.trim() === text ? '' : ' xml:space="preserve"';
  return `${head} t="inlineStr"><is><t${kept}>${cachedText(text)}</t></is></c>`;
}

/** The text of the sheet; `grid` as the table's own cells, null = empty until it is refreshed. */
export function pivotSheetXml(
  pivot: Pivot,
  filterNames: readonly string[],
  grid: readonly (readonly GridCell[])[] | null,
  formats: NumberFormats,
): string {
  const { firstRow } = placePivot(pivot);
  const rows = filterNames.map((name, i) => {
    const cells = cellXml(1, i + 1, name, 0) + cellXml(2, i + 1, PIVOT_WORDS.all, 0);
    return `<row r="${i + 1}">${cells}</row>`;
  });
  /** Styles of values and of texts, bold or not. */
  const styles = [null, ...pivot.values].map((value) => {
    const format = value === null || value.format === '' ? {} : { format: value.format };
    return [formats.cell(format), formats.cell({ ...format, bold: true })] as const;
  });
  for (const [i, cells] of (grid ?? []).entries()) {
    const row = firstRow + i;
    const written = cells.map(({ content, isBold, value }, column) => {
      if (content === null) return '';
      const [plain, bold] = styles[value === null ? 0 : value + 1]!;
      return cellXml(column + 1, row, content, isBold ? bold : plain);
    });
    rows.push(`<row r="${row}">${written.join('')}</row>`);
  }
  return (
    `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="24" customWidth="1"/>` +
    `<col min="2" max="12" width="16" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`
  );
}
