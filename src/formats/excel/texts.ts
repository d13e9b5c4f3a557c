// The words of the excel format: its card, its options, its losses and conflicts.

export const CARD_TEXTS = {
  title: 'Excel',
  purpose: 'A workbook (.xlsx) with formatted sheets: for Excel, LibreOffice, Google Sheets.',
};

export const OPTION_TEXTS = {
  'template.title': 'Template workbook',
  'template.help':
    'An .xlsx that is filled: the rows take the look of the row they replace, what is below moves down, formulas, charts and pivot tables follow, all else is copied.',
  'templateTarget.title': 'Rows of the template',
  'templateTarget.help':
    'Where the rows go: an Excel table (its columns are found by name), a defined name, or the cell of the first value (Sheet1!A2); empty for the only table.',
  'headers.title': 'Header row',
  'headers.help': 'The names of the columns stand in the first row.',
  'headerLook.title': 'Header look',
  'headerLook.help': 'How the row with the names stands out.',
  'headerLook.plain': 'Like the others',
  'headerLook.bold': 'Bold',
  'headerLook.filled': 'Bold on grey',
  'headerLook.dark': 'White on dark blue',
  'widths.title': 'Column widths',
  'widths.help': 'From the content looks at the names and the first 1,000 rows.',
  'widths.content': 'From the content',
  'widths.fixed': 'All the same',
  'widths.none': 'As the program has them',
  'width.title': 'Width',
  'width.help': 'Of every column, in characters.',
  'freezeHeader.title': 'Freeze header',
  'freezeHeader.help': 'The row with the names stays in sight while others are scrolled.',
  'freezeColumns.title': 'Freeze columns',
  'freezeColumns.help': 'How many columns at the left stay in sight while others are scrolled.',
  'autoFilter.title': 'Filter buttons',
  'autoFilter.help': 'A button at each name to filter and sort by its column.',
  'table.title': 'Excel table',
  'table.help': 'The rows are a table, with filter buttons, stripes, and a name for formulas.',
  'tableStyle.title': 'Table style',
  'tableStyle.help': 'How the table looks, by the names that Excel gives.',
  'tableStyle.TableStyleLight1': 'Light 1, grey stripes',
  'tableStyle.TableStyleLight9': 'Light 9, blue header',
  'tableStyle.TableStyleLight15': 'Light 15, all lines',
  'tableStyle.TableStyleMedium1': 'Medium 1, black and grey',
  'tableStyle.TableStyleMedium2': 'Medium 2, blue',
  'tableStyle.TableStyleMedium3': 'Medium 3, orange',
  'tableStyle.TableStyleMedium4': 'Medium 4, light grey',
  'tableStyle.TableStyleMedium7': 'Medium 7, green',
  'tableStyle.TableStyleMedium9': 'Medium 9, blue, filled',
  'tableStyle.TableStyleMedium15': 'Medium 15, black lines',
  'tableStyle.TableStyleDark1': 'Dark 1, grey',
  'tableStyle.TableStyleDark2': 'Dark 2, blue',
  'alternatingRows.title': 'Striped rows',
  'alternatingRows.help': 'Every second row has a light background, also after sorting.',
  'borders.title': 'Borders',
  'borders.help': 'Lines between the cells.',
  'borders.none': 'None',
  'borders.rows': 'Below each row',
  'borders.all': 'Around each cell',
  'sheetName.title': 'Sheet name',
  'sheetName.help':
    'Of the only data set; empty for the name of the data. Several data sets have sheets of their own names.',
  'sheetBy.title': 'A sheet for each value of',
  'sheetBy.help':
    'The column whose values get sheets of their own, in the order they come; empty for none.',
  'sheetsAtMost.title': 'Most sheets',
  'sheetsAtMost.help':
    'A column with more values is refused, as nobody finds a sheet among so many.',
  'links.title': 'Link columns',
  'links.help': 'Columns whose addresses (https://…, mailto:…) can be clicked; 65,530 on a sheet.',
  'totals.title': 'Totals',
  'totals.help':
    'A last row over the rows that a filter leaves in sight: [{"column": "price", "function": "sum"}]; also average, count, min, max.',
  'totalsLabel.title': 'Label of totals',
  'totalsLabel.help': 'Stands in the first column that has no total.',
  'formulas.title': 'Formula columns',
  'formulas.help':
    'Columns that Excel calculates, of the row’s columns in braces: [{"name": "sum", "formula": "{price}*{count}", "format": "0.00"}].',
  'conditionalFormats.title': 'Conditional formats',
  'conditionalFormats.help':
    'Rules of a kind: colors, bars, icons, cell, text, blank, repeated, top, average, formula: [{"columns": ["price"], "kind": "cell", "is": ">", "value": 100}].',
  'validations.title': 'Data validation',
  'validations.help':
    'What may be put in by hand, of a kind: list, whole, decimal, length, date, formula: [{"columns": ["status"], "kind": "list", "values": ["open", "paid"]}].',
  'notes.title': 'Notes',
  'notes.help':
    'Shown at the name of a column: [{"column": "price", "text": "In euros, without tax"}].',
  'protect.title': 'Protect sheets',
  'protect.help':
    'Cells cannot be changed before the protection is taken off, which needs no password.',
  'charts.title': 'Charts',
  'charts.help':
    'Drawn by the program that opens the workbook, from all rows: lines, columns, bars, areas, pies, points.',
  'pivots.title': 'Pivot tables',
  'pivots.help':
    'Each on a sheet of its own, summed up again when the workbook is opened. Of several sheets of one data set the first is read.',
  'overflow.title': 'More rows than a sheet holds',
  'overflow.help': 'Sheets end at row 1,048,576.',
  'overflow.sheets': 'Go on in a further sheet',
  'overflow.fail': 'Stop with an error',
  'rowsPerSheet.title': 'Rows per sheet',
  'rowsPerSheet.help': 'At most so many, the header among them.',
  'numberFormat.title': 'Number format',
  'numberFormat.help':
    'Excel’s code for numbers, such as #,##0.00; empty shows decimals with their digits and others as they are.',
  'dateFormat.title': 'Date format',
  'dateFormat.help': 'Excel’s code for dates, such as dd.mm.yyyy.',
  'timeFormat.title': 'Time format',
  'timeFormat.help': 'Excel’s code for times; milliseconds are added where there are any.',
  'timestampFormat.title': 'Date and time format',
  'timestampFormat.help':
    'Excel’s code for dates with a time; milliseconds are added where there are any.',
  'columns.title': 'Single columns',
  'columns.help':
    'Width, number format and look by column: [{"column": "price", "format": "#,##0.00", "width": 12, "bold": true}].',
  'headerStyle.title': 'Header style',
  'headerStyle.help':
    'Font, size, colours, alignment of the names: {"bold": true, "color": "#ffffff", "fill": "#1f3a5f"}.',
  'dataStyle.title': 'Cell style',
  'dataStyle.help': 'Font, size, colours, alignment of all values: {"font": "Arial", "size": 10}.',
  'dates.title': 'Dates and times',
  'dates.help': 'Excel counts days; text keeps every digit and the zone.',
  'dates.dates': 'As dates of Excel',
  'dates.text': 'As text: 2026-11-21T08:30:00Z',
  'zones.title': 'Times with a zone',
  'zones.help': 'Dates of Excel have no zone: they are what the clock in the zone shows.',
  'zones.clock': 'As that zone’s clock',
  'zones.text': 'As text with the zone',
  'dateSystem.title': 'First day',
  'dateSystem.help': 'From which day on the workbook counts; days before it are written as text.',
  'dateSystem.1900': '1900, as usual',
  'dateSystem.1904': '1904, as old Macs did',
  'longNumbers.title': 'Numbers of more than 15 digits',
  'longNumbers.help': 'Excel keeps 15 digits of a number; text keeps them all.',
  'longNumbers.text': 'As text',
  'longNumbers.number': 'As numbers, rounded by Excel',
  'longText.title': 'Text of more than 32,767 characters',
  'longText.help': 'A cell holds no more.',
  'longText.cut': 'Cut off and counted',
  'longText.fail': 'Stop with an error',
  'notFinite.title': 'NaN and infinity',
  'notFinite.help': 'Excel has no such numbers.',
  'notFinite.text': 'As text',
  'notFinite.error': 'As the error #NUM!',
  'notFinite.blank': 'As nulls',
  'notFinite.fail': 'Stop with an error',
  'nullText.title': 'Text for nulls',
  'nullText.help': 'Stands where a value is missing; empty leaves the cell empty.',
  'orientation.title': 'Page',
  'orientation.help': 'How printed pages are turned.',
  'orientation.portrait': 'Upright',
  'orientation.landscape': 'Landscape',
  'paper.title': 'Paper',
  'paper.help': 'The size of printed pages.',
  'paper.a4': 'A4',
  'paper.a3': 'A3',
  'paper.letter': 'Letter',
  'paper.legal': 'Legal',
  'fitToWidth.title': 'Fit to page width',
  'fitToWidth.help': 'All columns stand on one printed page.',
  'repeatHeader.title': 'Header on every page',
  'repeatHeader.help': 'The names are printed at the top of each page.',
  'pageHeader.title': 'Page header',
  'pageHeader.help':
    'Printed above each page: &L left, &C centre, &R right, &P page, &N pages, &D date, &A sheet.',
  'pageFooter.title': 'Page footer',
  'pageFooter.help': 'Printed below each page, such as &CPage &P of &N.',
  'gridLines.title': 'Grid lines',
  'gridLines.help': 'The sheet shows lines between its cells on the screen.',
  'title.title': 'Title',
  'title.help': 'In the properties of the file.',
  'subject.title': 'Subject',
  'subject.help': 'In the properties of the file.',
  'author.title': 'Author',
  'author.help': 'In the properties of the file.',
  'company.title': 'Company',
  'company.help': 'In the properties of the file.',
  'keywords.title': 'Keywords',
  'keywords.help': 'In the properties of the file.',
  'comments.title': 'Comments',
  'comments.help': 'In the properties of the file.',
  'created.title': 'Created',
  'created.help':
    'In the properties of the file: a date, or a time with its zone, such as 2026-11-21T08:30:00Z. Empty: when the export runs.',
  'properties.title': 'Custom properties',
  'properties.help': 'Names and texts of your own, among the properties of the file.',
  'level.title': 'Compression level',
  'level.help': '0 packs without compressing, 1 is fastest, 9 makes the smallest file.',
} as const;

export const PRESET_TEXTS = {
  readable: {
    title: 'Readable',
    help: 'Grey header that stays in sight, filter buttons, widths from the content.',
  },
  plain: { title: 'Plain', help: 'Names and values, nothing else.' },
  table: { title: 'Excel table', help: 'A table with filters and stripes, ready for formulas.' },
  report: {
    title: 'Report to print',
    help: 'Landscape, all columns on a page, names and page numbers on every page.',
  },
};

export const LOSS_TEXTS = {
  'excel.text-cut': 'Text was cut at 32,767 characters, the most a cell holds.',
  'excel.number-as-text':
    'Numbers of more than 15 digits were written as text, as Excel would round them.',
  'excel.digits-lost': 'Excel rounds these numbers to 15 digits when it reads them.',
  'excel.link-left': 'Addresses past the 65,530 links of a sheet are text.',
  'excel.date-as-text': 'Dates that Excel cannot count were written as text.',
  'excel.not-finite':
    'NaN and infinity were written as the options say: Excel has no such numbers.',
} as const;

export type CountedLoss = keyof typeof LOSS_TEXTS;

export const CHECK_TEXTS = {
  zoneDropped: (name: string): string =>
    `Dates of Excel have no zone: “${name}” is written as the clock in its zone shows it.`,
  asText: 'Write them as text',
  timeRounded: (name: string): string =>
    `Excel shows milliseconds at most: finer digits of “${name}” are lost.`,
  nested: (name: string): string => `Nested values of “${name}” are written as JSON text.`,
  longNumbers: (name: string): string =>
    `Numbers of “${name}” may have more than the 15 digits that Excel keeps.`,
  nullAsText: 'Nulls are written as the text that is set.',
  leaveEmpty: 'Leave their cells empty',
  unknownColumn: (name: string): string => `There is no column “${name}”.`,
  sheetOfNull: '(null)',
  sheetOfEmpty: '(empty)',
  noHeaderForNotes: 'Notes stand at the names of columns, and there are none.',
  tooManyColumns: (count: number): string =>
    `A sheet has 16,384 columns, and there are ${count.toLocaleString('en-US')}.`,
  tableHeader: 'A table needs the row with the names.',
  tableColumns: 'A table needs a column, and there is none.',
  noTable: 'Write no table',
  created: (text: string): string =>
    `“${text}” is no date such as 2026-11-21, and no time with a zone such as 2026-11-21T08:30:00Z.`,
  now: 'Take the time of the export',
  propertyName: (name: string): string =>
    name === ''
      ? 'A custom property needs a name.'
      : `The name of the custom property “${name}” is too long, or there twice.`,
  withHeader: 'Write the header row',
  nameChanged: (name: string, written: string): string =>
    `A table needs names that differ: “${name}” is written as “${written}”.`,
} as const;
