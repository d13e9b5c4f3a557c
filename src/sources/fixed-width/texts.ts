// The English words of the fixed-width source: its card, its options, its evidence and its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count, figures } from '../../contract/type-evidence.ts';

export const FIXED_WIDTH_CARD = {
  title: 'Text in columns of fixed width',
  purpose:
    'Lines whose fields stand at the same places: reports, terminal output, mainframe files.',
};

export const FIXED_WIDTH_OPTION_TEXTS: OptionTexts = {
  'widths.title': 'Columns',
  'widths.help':
    'Each by its first and last place (1-10, the last one 21-), or by a width behind the column before (10); with a name if you like (id=1-10). Found from blanks or dashes unless you set them.',
  'measure.title': 'Places count',
  'measure.help': 'What one place of a line is.',
  'measure.characters': 'Characters',
  'measure.bytes': 'Bytes in UTF-8',
  'measure.wide': 'Characters, East Asian wide ones as two',
  'header.title': 'Column names',
  'header.help': 'Whether the first line holds the names of the columns, at their places.',
  'header.auto': 'Find out from the start of the file',
  'header.present': 'In the first line',
  'header.absent': 'Not in the file (column1, column2, …)',
  'headerRows.title': 'Header rows',
  'headerRows.help':
    'Lines that hold the names of the columns together, one below the other. Above the last of them an empty cell has the text of the cell to its left, as merged headings have.',
  'headerJoin.title': 'Between header rows',
  'headerJoin.help': 'What joins the texts of several header rows to one name.',
  'ruler.title': 'Line below the names',
  'ruler.help': 'Whether a line of dashes or the like stands below the names; it is no row.',
  'ruler.auto': 'Find out from the start of the file',
  'ruler.present': 'There is one',
  'ruler.absent': 'There is none',
  'skipLines.title': 'Lines above the table',
  'skipLines.help':
    'So many lines at the start of the file are left out, before anything else is looked at.',
  'skipLastLines.title': 'Lines below the table',
  'skipLastLines.help':
    'So many lines at the end of the file are left out: sums and notes. Blank lines count.',
  'trim.title': 'Blanks around values',
  'trim.help': 'Which spaces and tabs at the ends of a field are padding and taken off.',
  'trim.both': 'Taken off at both ends',
  'trim.right': 'Taken off at the right end',
  'trim.none': 'Kept',
  'nullText.title': 'Text of missing values',
  'nullText.help':
    'A field with exactly this text is null. Empty by default: a field of nothing but padding is null.',
  'raggedRows.title': 'Lines of another length',
  'raggedRows.help':
    'What happens to lines that end before the last column begins, or have text outside of the columns. Changed and rejected rows are counted. Lines of blanks are no rows.',
  'raggedRows.fail': 'Stop with an error that names the line',
  'raggedRows.reject': 'Leave the row out and list it',
  'raggedRows.pad': 'Fill short lines with nulls, leave the others out and list them',
  'raggedRows.fit': 'Fill short lines with nulls, leave text outside of the columns away',
  'outside.title': 'Outside of the columns',
  'outside.help': 'What may stand between and behind the columns.',
  'outside.blank': 'Blanks and vertical bars; anything else is a line of another length',
  'outside.any': 'Anything; it is not read',
  'comment.title': 'Comment',
  'comment.help':
    'Lines that begin with this are left out and counted. Empty: there are no comments.',
};

export const LOSS_SENTENCES = {
  'fixed-width.row-padded': 'Lines that ended before the last column were filled with nulls.',
  'fixed-width.row-cut': 'Text outside of the columns was left away.',
  'fixed-width.first-lines': 'Lines above the table were left out, as skipLines says.',
  'fixed-width.last-lines': 'Lines below the table were left out, as skipLastLines says.',
  'fixed-width.comment-lines': 'Comments were left out.',
} as const;

export const WRONG_COLUMN = (text: string): string =>
  `“${text}” is no column: write 10 for a width, or 1-10 for the first and last place`;

/** Sentences that say why an option was proposed. */
export const EVIDENCE = {
  blanks: (columns: number, lines: number): string =>
    `${count(columns, 'column', 'columns')}, between which all ${count(lines, 'line', 'lines')} looked at are blank.`,
  noBlanks: (lines: number): string =>
    `No place is blank in all ${count(lines, 'line', 'lines')} looked at: one column.`,
  ruler: (columns: number, line: number): string =>
    `The dashes on line ${figures(line)} show ${count(columns, 'column', 'columns')}.`,
  rulerPresent: (line: number): string => `Line ${figures(line)} is a line of dashes.`,
  rulerAbsent: 'No line of dashes stands below the first line.',
  headerAbove: 'The names stand above the line of dashes.',
  short: (line: number): string =>
    `Line ${figures(line)} ends before the last column begins, as where blanks at the ends of lines were cut off.`,
  title: 'The lines above the names are no part of the table.',
  border: 'The first line is the upper border of the table.',
  lastBorder: 'The last line is the lower border of the table.',
} as const;
