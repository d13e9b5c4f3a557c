// The English words of the Markdown source: its card, its options, its evidence and its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count } from '../../contract/type-evidence.ts';

export const MARKDOWN_CARD = {
  title: 'Markdown tables',
  purpose: 'A table out of a Markdown document: a readme, an issue, a wiki page, notes.',
};

export const MARKDOWN_OPTION_TEXTS: OptionTexts = {
  'inline.title': 'Markdown in cells',
  'inline.help': 'What becomes of escapes, references, emphasis, code, links and <br> in a cell.',
  'inline.text': 'The text as it is shown; <br> is a line break',
  'inline.source': 'Kept as it is written; only \\| is a bar',
  'nullText.title': 'Text of missing values',
  'nullText.help':
    'A cell with exactly this text is null, such as – or N/A. Empty by default: an empty cell is null.',
  'raggedRows.title': 'Rows of another length',
  'raggedRows.help': 'What happens to rows with fewer or more cells than the table has columns.',
  'raggedRows.pad': 'As Markdown has it: missing cells are empty, further ones left out',
  'raggedRows.reject': 'Leave the row out and list it',
  'raggedRows.fail': 'Stop with an error that names the line',
  'skipColumns.title': 'Columns left out',
  'skipColumns.help': 'So many first columns are left out, such as one with the numbers of rows.',
};

export const LOSS_SENTENCES = {
  'markdown.row-padded': 'Rows with fewer cells than the table has columns were filled with nulls.',
  'markdown.row-cut': 'Cells beyond the last column were left out.',
} as const;

/** What a table is called that stands under no heading. */
export const tableName = (nth: number): string => `Table ${nth}`;

/** Sentences that say why something was proposed, or cannot be. */
export const EVIDENCE = {
  columns: (columns: number): string =>
    `the table has ${count(columns, 'column', 'columns')} only.`,
  onlyTable: (name: string): string => `“${name}” is the only table.`,
  largest: (name: string, tables: number): string =>
    `“${name}” has the most cells of ${count(tables, 'table', 'tables')}.`,
} as const;
