// The words of the csv format: its card, its options, its presets, its losses and conflicts.

export const CARD_TEXTS = {
  title: 'CSV',
  purpose:
    'Rows of text with a delimiter between the values: for spreadsheets, databases and scripts.',
};

export const OPTION_TEXTS = {
  'delimiter.title': 'Delimiter',
  'delimiter.help': 'The character between two values, often a comma, a semicolon, a tab or a bar.',
  'headers.title': 'Header row',
  'headers.help':
    'Whether the first row holds the column names; a list of texts gives the names to write instead, one for each column.',
  'quotes.title': 'Quotes',
  'quotes.help':
    'Which values stand in quotes. A null never does, so that it differs from empty text.',
  'quotes.preserve': 'As in the source, else where needed',
  'quotes.minimal': 'Only where needed',
  'quotes.all': 'All values',
  'quotes.none': 'Never',
  'quoteChar.title': 'Quote character',
  'quoteChar.help': 'The character before and after a quoted value.',
  'escape.title': 'Escape character',
  'escape.help':
    'Written before a quote inside a quoted value. The quote itself (or ") means that the quote is doubled, as RFC 4180 has it.',
  'lineTerminator.title': 'Line end',
  'lineTerminator.help': 'What ends each row.',
  'lineTerminator.lf': 'LF (Unix, macOS)',
  'lineTerminator.crlf': 'CR LF (Windows, RFC 4180)',
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
};

export const PRESET_TEXTS = {
  excel: {
    title: 'Excel-friendly',
    help: 'UTF-8 with a byte order mark, CR LF line ends and the formula guard.',
  },
  semicolon: {
    title: 'Excel, decimal comma countries',
    help: 'As Excel-friendly, with semicolons, which Excel expects where the comma is the decimal sign.',
  },
  rfc4180: {
    title: 'RFC 4180',
    help: 'The letter of the standard: commas, CR LF, quotes only where needed, values unchanged.',
  },
  exact: {
    title: 'Exact',
    help: 'Values and quotes exactly as in the source: no guard, nothing added.',
  },
};

export const LOSS_TEXTS = {
  'csv.formula-guarded': "A ' was put before text that a spreadsheet would run as a formula.",
  'csv.empty-as-null': 'Empty text was written as nothing, which reads back as null.',
  'csv.null-as-empty':
    'A null alone on its line was written as "", because blank lines are skipped by readers.',
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
  blankLines: 'A null in the only column is a blank line, which some readers skip.',
  writeNull: 'Write NULL for null',
} as const;
