// What is wrong with a template, or with where its rows are to go.

export const TEMPLATE_TEXTS = {
  doctype: 'it has a document type, which workbooks have not',
  noXml: (at: number): string => `it is no whole XML (character ${at})`,
  manySheets: 'a formula refers to several sheets at once, which cannot be moved with the rows',
  noWorkbook: 'it is no Excel workbook (.xlsx)',
  macros: 'it holds macros, which are not copied: save it as .xlsx without them',
  signed: 'it is signed, and a filled copy would not be what was signed',
  missing: (part: string): string => `its part ${part} is missing`,
  broken: (part: string, detail: string): string => `its part ${part} cannot be read: ${detail}`,
  tooLarge: (part: string): string => `its part ${part} is larger than 64 MiB`,
  otherForm: (part: string): string =>
    `its part ${part} names its elements with a prefix, as few programs write them: save it once with Excel or LibreOffice`,
  chooseTarget: (tables: string): string =>
    tables === ''
      ? 'it has no table: say in which cell (Sheet1!A2) or name the rows begin'
      : `it has several tables: say which of ${tables} takes the rows`,
  noTarget: (target: string): string =>
    `it has no table, name or sheet for “${target}”; cells are written like Sheet1!A2`,
  severalAreas: (target: string): string => `“${target}” is not one range of cells`,
  noColumn: (table: string, column: string): string =>
    `its table ${table} has no column “${column}”`,
  tooNarrow: (target: string, columns: number, needed: number): string =>
    `“${target}” is ${columns} columns wide, and the data has ${needed}`,
  beside: (cell: string): string =>
    `cell ${cell} stands beside the rows, which are inserted as whole rows: move it above or below`,
  inside: (what: string, cells: string): string =>
    `${what} at ${cells} lie over the rows that are replaced`,
  notesBelow: (cell: string): string =>
    `the note at ${cell} stands below the first of the rows, and notes are not moved`,
  noReference: 'its cells do not say where they stand: save it once with Excel or LibreOffice',
  dataTable: (cell: string): string =>
    `cell ${cell} belongs to a what-if table, which cannot be moved with the rows`,
  patternFormula: (cell: string): string =>
    `the formula in ${cell} is repeated in each row, and refers to rows that are not known yet (its own column as a whole, or rows below)`,
  arrayFormula: (cell: string): string =>
    `the array formula in ${cell} cannot be repeated in each row`,
  inPieces: (cell: string): string =>
    `the placeholder in ${cell} is formatted in pieces: type it anew in one look`,
  unknownPlaceholder: (name: string, cell: string, facts: string): string =>
    `“{{${name}}}” in ${cell} is no column of a row that repeats, and none of ${facts}, sum:column, average:column, min:column, max:column, count:column`,
  sumOfNothing: (name: string, cell: string, column: string): string =>
    `“{{${name}}}” in ${cell} is of a column “${column}” that the data has not`,
  sumOfText: (name: string, cell: string, column: string): string =>
    `“{{${name}}}” in ${cell} is of a column “${column}” that holds no numbers`,
  notAlone: (cell: string): string =>
    `${cell} is in the row that repeats, and holds more than one placeholder for a column`,
  noSuchColumn: (name: string, cell: string): string =>
    `“{{${name}}}” in ${cell}, in the row that repeats, is no column of the data`,
  noPlaceholder: (row: string, column: string): string =>
    `the row of ${row} has no {{${column}}}: add it, or leave the column out of the export`,
  twice: (column: string): string => `two columns of the data are called “${column}”`,
  onlyTable: (name: string): string => `The only table: ${name}`,
  byPlaceholders: (row: string): string => `The row with placeholders: ${row}`,
  ofTable: (name: string, sheet: string): string => `Table ${name} on ${sheet}`,
  ofName: (name: string, refers: string): string => `Name ${name}: ${refers}`,
  ofSheet: (sheet: string, cell: string): string => `Sheet ${sheet}, from ${cell} on`,
  lookOf: (option: string): string =>
    `“${option}” has no effect with a template, which looks as it looks.`,
  noTemplate: 'Where rows go in a template means nothing without one.',
  oneTable: 'A template takes the rows of one data set.',
  useDefault: 'Leave it as it is by default',
} as const;
