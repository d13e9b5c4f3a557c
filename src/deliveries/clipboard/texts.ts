// The words of the clipboard delivery.

export const CARD_TEXTS = {
  title: 'Clipboard',
  purpose:
    'Text to paste elsewhere, at most 16 MiB, and beside it a table for spreadsheets and mails, at most 10,000 rows.',
};

export const OPTION_TEXTS = {
  'table.title': 'Also as a table',
  'table.help':
    'Pasting into a spreadsheet, a document or a mail gives cells; editors still get the text. A spreadsheet makes of cells what it likes: 007 becomes 7.',
  'text.title': 'Text',
  'text.help': 'What editors get.',
  'text.format': 'As the format has it',
  'text.tabs': 'Cells with tabs between them',
  'formulaGuard.title': 'Guard against formulas',
  'formulaGuard.help':
    'In the table, texts that a spreadsheet would run as formulas begin with an apostrophe (counted).',
} as const;

export const LOSS_TEXTS = {
  'clipboard.table-cut':
    'The table on the clipboard ends after its first rows; the text holds all of them.',
  'clipboard.formula-guarded':
    'In the table on the clipboard a text begins with an apostrophe, so that no spreadsheet runs it as a formula.',
} as const;

export const LIMIT_TEXT = '16 MiB';
export const NAME = 'the clipboard';
export const NOT_TEXT = 'it takes UTF-8 text only (no other charset, no zip or gzip)';
