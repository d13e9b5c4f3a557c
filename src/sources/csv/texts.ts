// The English words of the CSV source: its card, its options, and the sentences of its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count, figures } from '../../contract/type-evidence.ts';

export const CSV_CARD = {
  title: 'CSV and other delimited text',
  purpose: 'Rows of fields between delimiters: comma, semicolon, tab, pipe or any other character.',
};

export const CSV_OPTION_TEXTS: OptionTexts = {
  'delimiter.title': 'Delimiter',
  'delimiter.help':
    'What stands between two fields: a character, or several such as ||. Found from the start of the file unless you set it.',
  'quote.title': 'Quote',
  'quote.help':
    'The character around fields that contain delimiters or line breaks; doubled inside them. Empty: nothing is ever quoted.',
  'escape.title': 'Escape',
  'escape.help':
    'A character that takes the special meaning from a delimiter, quote, line break or itself right after it; before anything else it is kept. Empty: quotes are doubled instead.',
  'comment.title': 'Comment',
  'comment.help':
    'Lines that begin with this (such as #, // or --) are left out and counted. Empty: there are no comments.',
  'header.title': 'Column names',
  'header.help': 'Whether the first record holds the names of the columns.',
  'header.auto': 'Find out from the start of the file',
  'header.present': 'In the first record',
  'header.absent': 'Not in the file (column1, column2, …)',
  'headerRows.title': 'Header rows',
  'headerRows.help':
    'Records that hold the names of the columns together, one below the other. Above the last of them an empty cell has the text of the cell to its left, as merged headings have.',
  'headerJoin.title': 'Between header rows',
  'headerJoin.help': 'What joins the texts of several header rows to one name.',
  'skipLines.title': 'Lines above the table',
  'skipLines.help':
    'So many lines at the start of the file are left out, before anything else is looked at.',
  'skipLastLines.title': 'Lines below the table',
  'skipLastLines.help':
    'So many lines at the end of the file are left out: sums and notes. Blank lines count.',
  'nullText.title': 'Text of missing values',
  'nullText.help':
    'An unquoted field with exactly this text is null; a quoted one never is. Empty by default: nothing between two delimiters is null, "" is empty text.',
  'lineEnd.title': 'Line ends',
  'lineEnd.help': 'What ends a record outside quotes.',
  'lineEnd.auto': 'Find out from the start of the file',
  'lineEnd.lf': 'LF or CR LF; a lone CR is text',
  'lineEnd.any': 'LF, CR LF or a lone CR',
  'skipEmptyLines.title': 'Empty lines',
  'skipEmptyLines.help': 'What a line without any character means.',
  'skipEmptyLines.auto': 'Left out, unless the file has one column only',
  'skipEmptyLines.always': 'Left out',
  'skipEmptyLines.never': 'A row of one empty field',
  'raggedRows.title': 'Rows of another length',
  'raggedRows.help':
    'What happens to rows that have fewer or more fields than the header. Changed and rejected rows are counted.',
  'raggedRows.fail': 'Stop with an error that names the line',
  'raggedRows.reject': 'Leave the row out and list it',
  'raggedRows.pad': 'Fill short rows with nulls, leave long rows out and list them',
  'raggedRows.fit': 'Fill short rows with nulls, cut long rows',
  'quoteRules.title': 'Misplaced quotes',
  'quoteRules.help': 'How quotes in places where they do not belong are taken.',
  'quoteRules.standard':
    'Kept inside an unquoted field (5" pipe); text after a closing quote is an error',
  'quoteRules.strict': 'Every misplaced quote is an error',
  'quoteRules.lenient': 'Kept as text wherever no delimiter or line end follows',
  'nulCharacters.title': 'NUL characters',
  'nulCharacters.help':
    'What U+0000 near the start of the file means. Text has none as a rule, other kinds of files have many.',
  'nulCharacters.fail': 'The file is no text: stop with an error',
  'nulCharacters.keep': 'Characters like others',
};

export const LOSS_SENTENCES = {
  'csv.row-padded': 'Rows with too few fields were filled with nulls.',
  'csv.row-cut': 'Rows with too many fields lost the surplus ones.',
  'csv.first-lines': 'Lines above the table were left out, as skipLines says.',
  'csv.last-lines': 'Lines below the table were left out, as skipLastLines says.',
  'csv.comment-lines': 'Comments were left out.',
} as const;

const CHARACTER_NAMES = new Map([
  [',', 'The comma'],
  [';', 'The semicolon'],
  ['\t', 'The tab'],
  ['|', 'The pipe'],
]);

/** A delimiter of any characters, of which those that cannot be seen stand by their code. */
function shownDelimiter(delimiter: string): string {
  const code = (character: string): string =>
    `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return `“${delimiter.replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, code)}”`;
}

/** Sentences that say why an option was proposed. */
export const EVIDENCE = {
  delimiter: (character: string, fits: number, records: number, fields: number): string =>
    `${CHARACTER_NAMES.get(character) ?? shownDelimiter(character)} splits ${figures(fits)} of the first ${count(records, 'record', 'records')} into ${count(fields, 'field', 'fields')}.`,
  noDelimiter: 'None of comma, semicolon, tab and pipe splits the records evenly: one column.',
  doubleQuote: (fields: number): string =>
    fields === 0
      ? 'No field is quoted; the double quote is the usual character.'
      : `${count(fields, 'field is', 'fields are')} enclosed in double quotes.`,
  singleQuote: (fields: number): string =>
    `${count(fields, 'field is', 'fields are')} enclosed in single quotes, none in double ones.`,
  backslash: 'Quotes inside quoted fields stand after a backslash.',
  comment:
    'The file begins with lines after #, and only without them the records are of one length.',
  lineEndLf: 'Records end with LF or CR LF.',
  lineEndCr: 'Lone CR characters end the lines.',
  ragged: (line: number, found: number, expected: number): string =>
    `Line ${figures(line)} has ${count(found, 'field', 'fields')} where the first record has ${figures(expected)}.`,
} as const;
