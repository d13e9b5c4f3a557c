// What a workbook says of itself, and its sheets as they look: the first rows with their formats and styles.
import type { Limits } from '../../contract/config.ts';
import type { DescribeContext, FileDescription } from '../../contract/source-plugin.ts';
import type { FileFacts, SheetCell, SheetView } from '../../contract/reread.ts';
import { figures } from '../../contract/type-evidence.ts';
import { columnLetters } from './cell-range.ts';
import { readLooks, type CellLooks } from './cell-looks.ts';
import { noStrings, readSharedStrings, type SharedStrings } from './shared-strings.ts';
import { readSheetHead } from './sheet-head.ts';
import { ASIDE, CELL, SheetRows, wholeNumber, type SheetRow } from './sheet-rows.ts';
import { generalText, shownNumber } from './shown-number.ts';
import { EXCEL_FACTS } from './texts.ts';
import { openWorkbook, type BookTable, type Workbook } from './workbook.ts';

/** Sheets that are shown, and rows that are counted on each. */
const MOST_SHEETS = 40;
const MOST_COUNTED = 20_000;
/** A longer text is cut. */
const MOST_CHARACTERS = 500;

const decoder = new TextDecoder();

export async function describeExcel({
  input,
  limits,
  sheets: wanted,
}: DescribeContext): Promise<FileDescription> {
  if (input.slices === undefined) throw new TypeError('the excel source reads slices');
  const book = await openWorkbook(input.slices, input.name, limits);
  const facts = await factsOf(book);
  if (wanted === undefined) return { facts };
  const looks: CellLooks =
    book.stylesPart === null
      ? { styles: [{}], codes: ['General'] }
      : readLooks(await book.package.read(book.stylesPart));
  const strings =
    book.sharedStrings === null
      ? noStrings()
      : await readSharedStrings(book.package, book.sharedStrings, { limits });
  try {
    const sheets: SheetView[] = [];
    for (const table of book.tables.filter(({ kind }) => kind === 'sheet').slice(0, MOST_SHEETS))
      sheets.push(await viewOf(book, table, { looks, strings, wanted, limits }));
    return { facts, sheets };
  } finally {
    await strings.close();
  }
}

/** Sheets, tables and names, and how many charts, pictures and the like there are. */
async function factsOf({ package: parts, tables }: Workbook): Promise<FileFacts> {
  const counts = new Map<string, number>();
  const sheets = tables.filter(({ kind }) => kind === 'sheet');
  for (const { part } of sheets)
    for (const { kind, target } of await parts.relationsOf(part)) {
      const within = kind === 'drawing' ? await parts.relationsOf(target) : [{ kind }];
      for (const each of within) counts.set(each.kind, (counts.get(each.kind) ?? 0) + 1);
    }
  const counted = (kind: string, label: string): FileFacts['lines'] => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [{ label, value: figures(count) }];
  };
  return {
    lines: [
      { label: EXCEL_FACTS.sheets, value: figures(sheets.length) },
      ...counted('table', EXCEL_FACTS.tables),
      ...counted('chart', EXCEL_FACTS.charts),
      ...counted('pivotTable', EXCEL_FACTS.pivots),
      ...counted('image', EXCEL_FACTS.images),
      ...counted('comments', EXCEL_FACTS.notes),
    ],
    // A single sheet has a tab of its own.
    tables:
      tables.length < 2
        ? []
        : [
            {
              title: EXCEL_FACTS.holds,
              columns: [
                { title: EXCEL_FACTS.name, isNumber: false },
                { title: EXCEL_FACTS.what, isNumber: false },
                { title: EXCEL_FACTS.range, isNumber: false },
              ],
              rows: tables
                .slice(0, MOST_SHEETS)
                .map((table) => [
                  table.name,
                  table.isHidden
                    ? EXCEL_FACTS.hidden(EXCEL_FACTS.kinds[table.kind])
                    : EXCEL_FACTS.kinds[table.kind],
                  rangeText(table),
                ]),
              more: Math.max(0, tables.length - MOST_SHEETS),
            },
          ],
    texts: [],
  };
}

function rangeText({ range }: BookTable): string {
  if (range === undefined) return '';
  const place = (row: number, column: number): string => columnLetters(column) + String(row + 1);
  return `${place(range.firstRow, range.firstColumn)}:${place(range.lastRow, range.lastColumn)}`;
}

interface ViewContext {
  looks: CellLooks;
  strings: SharedStrings;
  wanted: { rows: number; columns: number };
  limits: Limits;
}

async function viewOf(book: Workbook, sheet: BookTable, context: ViewContext): Promise<SheetView> {
  const { wanted, looks, limits } = context;
  const head = await readSheetHead(book.package, sheet.part, limits);
  const rows = new SheetRows(book.package, sheet.part, limits);
  const view: SheetView = {
    name: sheet.name,
    isHidden: sheet.isHidden,
    widths: [],
    rows: [],
    styles: looks.styles,
    frozenRows: head.frozenRows,
    frozenColumns: head.frozenColumns,
    more: 0,
    showsGridLines: head.showsGridLines,
    tables: book.tables.flatMap(({ kind, sheetName, range }) =>
      kind === 'table' && sheetName === sheet.name && range !== undefined ? [range] : [],
    ),
  };
  let lastColumn = -1;
  try {
    for (let counted = 0; counted < MOST_COUNTED;) {
      const next = rows.next();
      if (next === 'end') break;
      if (next === 'more') {
        await rows.more();
        continue;
      }
      counted++;
      const { row } = rows;
      if (row.number >= wanted.rows) {
        view.more++;
        continue;
      }
      while (view.rows.length < row.number) view.rows.push([]);
      const cells: (SheetCell | null)[] = [];
      for (let k = 0; k < row.count; k++) {
        const column = row.columns[k]!;
        if (column >= wanted.columns) break;
        while (cells.length < column) cells.push(null);
        cells.push(cellOf(rows.scan.bytes, row, k, book.is1904, context));
        lastColumn = Math.max(lastColumn, column);
      }
      view.rows.push(cells);
    }
  } finally {
    await rows.close();
  }
  view.widths = Array.from({ length: lastColumn + 1 }, (_, column) => {
    const own = head.widths.find(({ first, last }) => column >= first && column <= last);
    return own?.width ?? head.usualWidth;
  });
  return view;
}

function cellOf(
  bytes: Uint8Array,
  row: SheetRow,
  k: number,
  is1904: boolean,
  { looks, strings }: ViewContext,
): SheetCell {
  const kind = row.kinds[k]!;
  const window = (kind & ASIDE) === 0 ? bytes : row.texts.bytes;
  const start = row.starts[k]!;
  const end = row.ends[k]!;
  const style = row.styles[k]!;
  const stored = (): string => decoder.decode(window.subarray(start, end));
  switch (kind & ~ASIDE) {
    case CELL.number: {
      const text = stored();
      const value = Number(text);
      const shown = shownNumber(value, looks.codes[style] ?? 'General', is1904);
      const made = shown ?? (Number.isFinite(value) ? generalText(value) : text);
      return { text: made, style, isNumber: true, ...(made !== text && { stored: text }) };
    }
    case CELL.shared:
      strings.find(wholeNumber(window, start, end));
      return {
        text: cut(decoder.decode(strings.bytes.subarray(strings.start, strings.end))),
        style,
      };
    case CELL.text:
      return { text: cut(decoder.decode(row.texts.bytes.subarray(start, end))), style };
    case CELL.bool:
      return { text: stored() === '1' || stored() === 'true' ? 'TRUE' : 'FALSE', style };
    case CELL.noValue:
      return { text: '', style };
    default:
      return { text: stored(), style };
  }
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
