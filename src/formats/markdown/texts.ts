// The words of the markdown format: its card, its options, its losses.

export const CARD_TEXTS = {
  title: 'Markdown',
  purpose: 'A table of GitHub Flavored Markdown: for notes, issues, wikis and chats.',
};

export const OPTION_TEXTS = {
  'layout.title': 'Layout',
  'layout.help': 'Whether the source is easy to read too, or as short as it can be.',
  'layout.compact': 'Compact',
  'layout.aligned': 'Columns below each other',
  'widest.title': 'Widest column',
  'widest.help': 'Longer values stick out instead of widening their column.',
  'align.title': 'Align by type',
  'align.help': 'Numbers stand at the right, yes and no in the middle.',
  'escape.title': 'Characters of Markdown',
  'escape.help': 'Whether values are shown as they are, or are Markdown themselves.',
  'escape.markup': 'Shown as they are',
  'escape.pipes': 'Values are Markdown',
  'lineBreaks.title': 'Line breaks in values',
  'lineBreaks.help':
    'A row of the table is one line, so that a line break in a value becomes something else.',
  'lineBreaks.br': '<br>',
  'lineBreaks.space': 'A space',
  'heading.title': 'Heading',
  'heading.help': 'Stands above the table; empty writes none.',
  'rowNumbers.title': 'Row numbers',
  'rowNumbers.help': 'Numbers the rows from 1 in a first column.',
  'nullText.title': 'Text for null',
  'nullText.help': 'What stands in the cell of a missing value, such as – or NULL.',
} as const;

export const PRESET_TEXTS = {
  aligned: { title: 'Readable', help: 'Columns below each other in the source too.' },
};

export const LOSS_TEXTS = {
  'markdown.empty-as-null': 'Empty text was written as an empty cell, like null.',
  'markdown.text-as-null': 'Text that equals the text for null cannot be told from it.',
  'markdown.break-as-space': 'Line breaks were written as a space.',
  'markdown.nul-replaced': 'U+0000, which Markdown lacks, was replaced by �.',
} as const;

export type LossCode = keyof typeof LOSS_TEXTS;

export const CHECK_TEXTS = {
  nested: 'Nested values are written as JSON text.',
  binary: 'Bytes are written as base64 text.',
  writeDash: 'Write – for null',
  keepBreaks: 'Write <br>',
} as const;
