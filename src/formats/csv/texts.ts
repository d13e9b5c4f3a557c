// The words of the csv format: its card, its options, its presets, its losses and conflicts.
import { VALUE_FORMAT_TEXTS } from '../../contract/value-format-texts.ts';

export const CARD_TEXTS = {
  title: 'CSV',
  purpose:
    'Rows of text with a delimiter between the values: for spreadsheets, databases and scripts.',
};

export const OPTION_TEXTS = {
  ...VALUE_FORMAT_TEXTS,
  'section.characters': 'Quotes',
  'section.around': 'Around the rows',
  'section.layout': 'Layout',
  'delimiter.title': 'Delimiter',
  'delimiter.help':
    'What stands between two values: a comma, a semicolon, a tab, a bar, or up to 16 characters.',
  'headers.title': 'Header row',
  'headers.help':
    'Whether the first row holds the column names; a list of texts gives the names to write instead, one for each column.',
  'quotes.title': 'Quotes',
  'quotes.help': 'Which values stand in quotes. Others do where they need them, but under Never.',
  'quotes.preserve': 'As in the source, else where needed',
  'quotes.minimal': 'Only where needed',
  'quotes.strings': 'All texts',
  'quotes.non-numeric': 'All but numbers',
  'quotes.non-null': 'All but nulls',
  'quotes.all': 'All, nulls too',
  'quotes.columns': 'Some columns',
  'quotes.none': 'Never',
  'quotedColumns.title': 'Quoted columns',
  'quotedColumns.help': 'Names of the columns whose values always stand in quotes, nulls excepted.',
  'quoteChar.title': 'Quote character',
  'quoteChar.help':
    'The character before and after a quoted value; none: quotes mean nothing, as in the TSV of IANA.',
  'escape.title': 'Escape character',
  'escape.help':
    'Written before a quote inside a quoted value. The quote itself (or ") means that the quote is doubled, as RFC 4180 has it.',
  'lineTerminator.title': 'Line end',
  'lineTerminator.help': 'What ends each row.',
  'lineTerminator.lf': 'LF (Unix, macOS)',
  'lineTerminator.crlf': 'CR LF (Windows, RFC 4180)',
  'lineTerminator.cr': 'CR (old Macintosh)',
  'lineTerminator.custom': 'Other',
  'customLineTerminator.title': 'Other line end',
  'customLineTerminator.help': 'Up to 16 characters that end each row.',
  'nullText.title': 'Text for null',
  'nullText.help':
    'What stands for a missing value, such as NULL or \\N; empty writes nothing at all.',
  'emptyText.title': 'Empty text',
  'emptyText.help': 'How empty text is written while a null is written as nothing.',
  'emptyText.quoted': 'As "", so that it differs from null',
  'emptyText.bare': 'As nothing, like null',
  'formulaGuard.title': 'Guard against formulas',
  'formulaGuard.help':
    "Puts a ' before text that a spreadsheet would run as a formula (it starts with = + - @, a tab or a line break). Numbers stay as they are; each change is counted.",
  'onUnquotable.title': 'Values that need quotes',
  'onUnquotable.help':
    'What happens, while quotes are off, to a value with a delimiter, quote or line break in it.',
  'onUnquotable.fail': 'Stop with an error',
  'onUnquotable.escape': 'Put the escape character before each',
  'onUnquotable.replace': 'Replace each by the replacement',
  'replacement.title': 'Replacement',
  'replacement.help': 'What such a character is replaced by; may be empty.',
  'typesRow.title': 'Types row',
  'typesRow.help': 'A row with the type of each column, after the header.',
  'sepLine.title': 'Line sep=',
  'sepLine.help':
    'Tells Excel the delimiter, as the first line. Excel then takes no notice of a byte order mark, and other programs read it as a row.',
  'preamble.title': 'Text before the rows',
  'preamble.help':
    'Lines before the header; {source}, {name}, {date}, {time}, {rows} and {columns} are filled in.',
  'trailer.title': 'Text after the rows',
  'trailer.help': 'Lines after the last row; filled in likewise.',
  'commentPrefix.title': 'Before each such line',
  'commentPrefix.help':
    'What marks these lines as comments; a value that begins so is quoted. Empty: nothing.',
  'rowPrefix.title': 'Before each row',
  'rowPrefix.help': 'Text that begins every row, the header too.',
  'rowSuffix.title': 'After each row',
  'rowSuffix.help': 'Text that ends every row before its line end, the header too.',
  'layout.title': 'Layout',
  'layout.help':
    'Values between delimiters, or in columns: of a set width, or as wide as the longest value of each.',
  'layout.delimited': 'With delimiters',
  'layout.fixed': 'Fixed width',
  'layout.aligned': 'Aligned',
  'width.title': 'Column width',
  'width.help': 'Of each column without a width of its own (see Column formats).',
  'onOverflow.title': 'Values that are too long',
  'onOverflow.help': 'Cut texts are counted. Numbers and dates are never cut: they stop the run.',
  'onOverflow.fail': 'Stop with an error',
  'onOverflow.cut': 'Cut the text',
  'padding.title': 'Padding',
  'padding.help': 'The character that fills a column up.',
  'gap.title': 'Between columns',
  'gap.help': 'Text between two columns, such as a space or a bar; may be empty.',
  'onLineBreak.title': 'Line breaks in values',
  'onLineBreak.help': 'Each row must stay on its line.',
  'onLineBreak.space': 'Write a space instead',
  'onLineBreak.fail': 'Stop with an error',
};

export const PRESET_SECTIONS = {
  spreadsheets: 'Spreadsheets',
  files: 'Standards and exchange',
  databases: 'Databases',
  columns: 'In columns',
};

export const PRESET_TEXTS = {
  excel: {
    title: 'Excel-friendly',
    help: 'Where a point is the decimal sign (English, Chinese, Japanese …): UTF-8 with a byte order mark, CR LF, the formula guard.',
  },
  semicolon: {
    title: 'Excel, decimal comma',
    help: 'Where a comma is (German, French, Spanish, Italian, Polish …): as above, with semicolons and a comma in numbers.',
  },
  'excel-swiss': {
    title: 'Excel, Switzerland',
    help: 'As Excel-friendly, with semicolons.',
  },
  rfc4180: {
    title: 'RFC 4180',
    help: 'The letter of the standard: commas, CR LF, quotes only where needed, values unchanged.',
  },
  exact: {
    title: 'Exact',
    help: 'Values and quotes exactly as in the source: no guard, nothing added.',
  },
  tsv: {
    title: 'TSV',
    help: 'Tabs and no quotes, as IANA has it: a tab or line break in a value becomes a space, counted.',
  },
  postgresql: {
    title: 'PostgreSQL',
    help: 'For COPY … WITH (FORMAT csv, HEADER): null as nothing, empty text in quotes.',
  },
  mysql: {
    title: 'MySQL, MariaDB',
    help: 'For LOAD DATA … IGNORE 1 LINES: tabs, backslashes, \\N for null, 1 and 0, times in UTC.',
  },
  bigquery: {
    title: 'BigQuery',
    help: 'For bq load with \\N as null marker and quoted line breaks allowed.',
  },
  fixed: {
    title: 'Fixed width',
    help: 'Columns of 40 characters side by side, without delimiters; longer texts are cut and counted.',
  },
  aligned: {
    title: 'Aligned text',
    help: 'For eyes: each column as wide as its longest value, numbers to the right.',
  },
};

export const LOSS_TEXTS = {
  'csv.formula-guarded': "A ' was put before text that a spreadsheet would run as a formula.",
  'csv.empty-as-null': 'Empty text was written as nothing, which reads back as null.',
  'csv.null-as-empty':
    'A null alone on its line was written as "", because blank lines are skipped by readers.',
  'csv.null-quoted': 'A null was written in quotes and reads back as text.',
  'csv.digits-cut': 'A number was rounded to the decimals that are set.',
  'csv.cut': 'Text was cut to the width of its column.',
  'csv.line-break-replaced': 'A line break was written as a space, so that the row stays one line.',
  'csv.like-padding':
    'A value begins or ends with the padding character, which readers take for padding.',
  'csv.text-as-null':
    'Text that equals the text for null was written without quotes and reads back as null.',
  'csv.unquotable-replaced':
    'Delimiters, quotes or line breaks were replaced, because quoting is off.',
} as const;

/** Ways out of losses that only a run counts. */
export const REMEDY_TEXTS = {
  exact: 'Leave exact',
  quoteEmpty: 'Write "" for empty text',
  quoteNeeded: 'Quote where needed',
  quoteNonNull: 'Quote all but nulls',
  allDigits: 'Write all digits',
  useDelimiters: 'Write with delimiters',
} as const;

export type LossCode = keyof typeof LOSS_TEXTS;

/** What `check` says before the run, and what it offers to do about it. */
export const CHECK_TEXTS = {
  lineBreak: (option: string): string => `The ${option} cannot be a line break.`,
  delimiterIsQuote: 'The delimiter and the quote are the same character.',
  useCommaAndQuote: 'Use a comma and a double quote',
  delimiterIsEscape: 'The delimiter and the escape are the same character.',
  escapeIsQuote: 'Without quotes, a quote cannot be the escape character.',
  useBackslash: 'Use a backslash to escape',
  nullTextBreaks: 'The text for null has a delimiter, quote or line break in it.',
  writeNothing: 'Write nulls as nothing',
  replacementBreaks: 'The replacement has a delimiter, quote or line break in it.',
  useSpace: 'Replace by a space',
  headerCount: (texts: number, columns: number): string =>
    `There are ${texts} header texts for ${columns} columns.`,
  writeNames: 'Write the column names',
  notInCharset: (charset: string, character: string, option: string): string =>
    `The charset ${charset} has no ${character}, the ${option}.`,
  nested: 'Nested values are written as JSON text.',
  binary: 'Bytes are written as base64 text.',
  emptyIsNull: 'Empty text and null look the same without quotes.',
  textIsNull: (text: string): string => `Text “${text}” and null look the same without quotes.`,
  bothNothing: 'Empty text and null are both written as nothing.',
  bothSpace: 'Empty text and null are both written as nothing but padding.',
  noQuoteCharacter: 'There is no quote character for values that need quotes.',
  neverQuote: 'Never quote',
  lineEndIsOther: 'The line end has the delimiter or the quote in it.',
  useLineFeed: 'End rows with LF',
  sepOfMany: 'The line sep= can name a delimiter of one character only.',
  noSepLine: 'Leave the line out',
  signsBreak: 'Numbers hold the delimiter as a sign, and nothing is quoted.',
  signsQuoted: 'Numbers hold the delimiter as a sign: they stand in quotes.',
  useSemicolon: 'Use a semicolon',
  unknownPlaceholder: (name: string): string =>
    `There is no {${name}}; there are {source}, {name}, {date}, {time}, {rows} and {columns}.`,
  unknownColumn: (name: string): string => `There is no column “${name}” to be quoted.`,
  headerTooWide: (name: string): string => `The name “${name}” is wider than its column.`,
  cutTexts: 'Cut what is too long',
  blankLines: 'A null in the only column is a blank line, which some readers skip.',
  writeNull: 'Write NULL for null',
} as const;
