// The English words of the Excel source: its card, its options, its evidence, its losses and what can be wrong with a file.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count, figures } from '../../contract/type-evidence.ts';

export const EXCEL_CARD = {
  title: 'Excel workbook',
  purpose: 'A sheet, table or named range of an .xlsx or .xlsm file, with its dates as dates.',
};

export const EXCEL_OPTION_TEXTS: OptionTexts = {
  'header.title': 'Column names',
  'header.help': 'Whether a row holds the names of the columns.',
  'header.auto': 'Find out from the first rows',
  'header.present': 'In a row of the sheet',
  'header.absent': 'Not in the sheet (A, B, …)',
  'headerRow.title': 'Row of the names',
  'headerRow.help':
    'Number of the row with the names; rows above it are left out. Empty: the first row with values.',
  'range.title': 'Range',
  'range.help':
    'The cells to read, such as B3:F200, B:F or B3:F (to the last row). Empty: from the first to the last value.',
  'numbers.title': 'Digits of numbers',
  'numbers.help':
    'Excel stores 1.1 as 1.1000000000000001, with the 17 digits that any such number needs at most.',
  'numbers.shortest': 'The fewest digits that are the same number (as Excel shows it)',
  'numbers.as-written': 'As they stand in the file',
  'errors.title': 'Error values',
  'errors.help': 'What #N/A, #DIV/0! and the like become.',
  'errors.null': 'Null, counted',
  'errors.text': 'Their text',
  'errors.fail': 'Stop with an error that names the cell',
  'durations.title': 'Durations',
  'durations.help': 'How times beyond a day are written: cells with a format such as [h]:mm.',
  'durations.clock': 'Hours, minutes, seconds (36:15:00)',
  'durations.seconds': 'Seconds (130500)',
  'durations.days': 'Days, as they stand in the file (1.510416666)',
  'mergedCells.title': 'Merged cells',
  'mergedCells.help':
    'Where the value of cells that were merged into one stands. Filling reads the sheet twice, and fills rows that have cells of their own in the file.',
  'mergedCells.first': 'In the first of them',
  'mergedCells.fill': 'In each of them',
  'hiddenRows.title': 'Hidden rows',
  'hiddenRows.help': 'Rows that are hidden, by hand or by a filter.',
  'hiddenRows.include': 'Read like any other',
  'hiddenRows.skip': 'Left out',
  'hiddenColumns.title': 'Hidden columns',
  'hiddenColumns.help': 'Columns that are hidden.',
  'hiddenColumns.include': 'Read like any other',
  'hiddenColumns.skip': 'Left out',
  'skipLastRows.title': 'Rows below the data',
  'skipLastRows.help':
    'How many rows with values stand at the end that are no data, such as totals; empty rows above them go too. The sheet is read twice.',
  'emptyRows.title': 'Empty rows',
  'emptyRows.help':
    'Rows without a value. Those behind the last value are often nothing but formats somebody once set.',
  'emptyRows.skip': 'Left out',
  'emptyRows.keep': 'A row of nulls between others',
  'emptyRows.all': 'A row of nulls, also behind the last value',
};

export const LOSS_SENTENCES = {
  'excel.last-rows': 'Rows at the end were left out.',
  'excel.error-null': 'Error values became null.',
  'excel.no-value': 'Formulas whose value is not stored in the file became null.',
  'excel.empty-text-null': 'Texts without a character in a column of numbers or dates became null.',
} as const;

export const EVIDENCE = {
  onlySheet: (name: string): string => `“${name}” is the only sheet.`,
  firstSheet: (name: string, sheets: number): string =>
    `“${name}” is the first of ${count(sheets, 'sheet', 'sheets')}.`,
  firstFull: (name: string): string => `“${name}” is the first sheet that is not empty.`,
  tableHeader: 'The table has a row of names.',
  tableNoHeader: 'The table has no row of names.',
  headerTyped: (row: number): string =>
    `Row ${figures(row)} is all text, the rows below it are not.`,
  headerText: (row: number): string =>
    `Row ${figures(row)} is all text, without empty or repeated values.`,
  headerBelow: (row: number): string =>
    `Row ${figures(row)} is the first that is filled across, all of it text; what stands above it is left out.`,
  noHeader: (value: string): string => `“${value}” in the first row is a value, not a name.`,
  noHeaderEmpty: 'The first row has a cell without a name, or two of the same.',
  hiddenColumns: (columns: number): string =>
    `${count(columns, 'column is', 'columns are')} hidden and read all the same.`,
} as const;

/** What the cells of a column are, said of one and of several. */
export const KIND_WORDS = {
  number: { one: 'a number', many: 'numbers' },
  longNumber: {
    one: 'a number of many digits, of which a double keeps the first',
    many: 'numbers, some of many digits, of which a double keeps the first',
  },
  bool: { one: 'true or false', many: 'true or false' },
  date: { one: 'a date by its format', many: 'dates by their formats' },
  timestamp: { one: 'a date and time by its format', many: 'dates and times by their formats' },
  time: { one: 'a time of day by its format', many: 'times of day by their formats' },
  duration: { one: 'a duration by its format', many: 'durations by their formats' },
  text: { one: 'text', many: 'texts' },
  error: { one: 'an error', many: 'errors' },
  'no-value': { one: 'a formula without a value', many: 'formulas without a value' },
} as const;

export const EXCEL_FORMS = {
  openDocument: 'an OpenDocument spreadsheet (.ods)',
  old: 'a workbook of Excel 97 to 2003 (.xls)',
  binary: 'a binary workbook (.xlsb)',
  compound: 'a document of an older office program',
} as const;

/** What is wrong with a part, after its name and a colon. */
export const EXCEL_FAULTS = {
  missing: 'it is missing',
  tooLarge: 'it is larger than limits.recordBytes',
  utf16: 'it is not written in UTF-8',
  charset: (name: string): string => `it is written in ${name}, not in UTF-8`,
  cut: 'it ends in the middle',
  noRange: 'it says no range of cells',
  rowOrder: (row: number): string => `row ${figures(row)} comes after a later one`,
  tooManyRows: 'it has more rows than a sheet can have',
  tooManyColumns: 'it has more columns than a sheet can have',
  noNumber: (row: number): string => `a cell of row ${figures(row)} holds no number`,
  noPlace: 'a cell stands at a place that is none',
  noIndex: 'a number makes no sense',
  noString: (row: number): string => `a cell of row ${figures(row)} names a text that is not there`,
} as const;

export const EXCEL_FACTS = {
  sheets: 'Sheets',
  tables: 'Tables',
  charts: 'Charts',
  pivots: 'Pivot tables',
  images: 'Images',
  notes: 'Sheets with notes',
  holds: 'Sheets, tables and names',
  name: 'Name',
  what: 'Kind',
  range: 'Range',
  kinds: { sheet: 'sheet', table: 'table', range: 'name' },
  hidden: (kind: string): string => `${kind}, hidden`,
} as const;
