// The English words of the HTML source: its card, its options, its evidence and its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count, figures } from '../../contract/type-evidence.ts';

export const HTML_CARD = {
  title: 'HTML tables',
  purpose: 'A table out of a web page, a mail, or a report that is called .xls and is HTML.',
};

export const HTML_OPTION_TEXTS: OptionTexts = {
  'header.title': 'Column names',
  'header.help': 'Whether the first rows hold the names of the columns.',
  'header.auto': 'Find out from the table',
  'header.present': 'In the first rows',
  'header.absent': 'Not in the table (column1, column2, …)',
  'headerRows.title': 'Header rows',
  'headerRows.help':
    'Rows that hold the names of the columns together, one below the other. Empty: as many as the table marks as its head.',
  'headerJoin.title': 'Between header rows',
  'headerJoin.help': 'What joins the texts of several header rows to one name.',
  'whitespace.title': 'White space',
  'whitespace.help': 'What becomes of spaces and line breaks in the source of a cell.',
  'whitespace.auto': 'As the styles of the page say',
  'whitespace.collapse': 'As a browser shows it: one space, none at the ends',
  'whitespace.keep': 'Part of the value',
  'nullText.title': 'Text of missing values',
  'nullText.help': 'A cell with exactly this text is null, such as – or N/A. Empty: none is.',
  'emptyValues.title': 'Empty cells',
  'emptyValues.help': 'What a cell without a text is.',
  'emptyValues.auto': 'Null, unless the table marks its nulls by a class',
  'emptyValues.null': 'Null',
  'emptyValues.text': 'Empty text',
  'nullClass.title': 'Class of nulls',
  'nullClass.help': 'A cell with this class is null, whatever it shows. Empty: no class says so.',
  'mergedCells.title': 'Cells over several columns or rows',
  'mergedCells.help': 'Where the value of a cell with colspan or rowspan stands.',
  'mergedCells.fill': 'In each of the cells it covers',
  'mergedCells.first': 'In the first of them',
  'raggedRows.title': 'Rows of another length',
  'raggedRows.help': 'What happens to rows with fewer or more cells than the table has columns.',
  'raggedRows.pad': 'Fill short rows with nulls; longer ones add columns',
  'raggedRows.reject': 'Leave the row out and list it',
  'raggedRows.fail': 'Stop with an error that names the line',
  'footer.title': 'Footer',
  'footer.help': 'Rows in the part of the table that is marked as its foot: sums, counts, notes.',
  'footer.skip': 'Left out and counted',
  'footer.rows': 'Rows like any other',
  'hidden.title': 'What the page hides',
  'hidden.help': 'Rows, cells and texts that are marked as hidden.',
  'hidden.skip': 'Left out; rows are counted',
  'hidden.include': 'Read like any other',
  'skipColumns.title': 'Columns left out',
  'skipColumns.help':
    'So many first columns are left out. Empty: one where the first column only numbers the rows.',
};

export const LOSS_SENTENCES = {
  'html.row-padded': 'Rows with fewer cells than the table has columns were filled with nulls.',
  'html.footer-rows': 'Rows of the table’s foot were left out.',
  'html.hidden-rows': 'Rows that the page hides were left out.',
  'html.cells-filled': 'Cells over several columns or rows: their value stands in each of them.',
} as const;

/** What a table is called that has neither a caption, nor an id, nor a heading above it. */
export const tableName = (nth: number): string => `Table ${nth}`;

/** Sentences that say why an option was proposed. */
export const EVIDENCE = {
  onlyTable: (name: string): string => `“${name}” is the only table.`,
  largest: (name: string, tables: number): string =>
    `“${name}” has the most cells of ${count(tables, 'table', 'tables')}.`,
  head: (rows: number): string =>
    `The table marks ${count(rows, 'row', 'rows')} as its head${rows > 1 ? ', which are joined' : ''}.`,
  headerCells: (rows: number): string =>
    rows === 1
      ? 'The first row has header cells only.'
      : `The first ${figures(rows)} rows have header cells only, which are joined.`,
  belowTitle: 'Header cells stand below a title of the table, which is left out.',
  preserved: 'The styles of the page keep white space in cells as it is (white-space).',
  marked: (name: string): string =>
    `Nulls are marked by the class “${name}”; other empty cells are empty texts.`,
  numbered: (first: string): string =>
    `The first column has header cells that number the rows from ${first}.`,
} as const;
