// The words of the html format: its card, its options, its losses and conflicts.

export const CARD_TEXTS = {
  title: 'HTML',
  purpose: 'A table for browsers, mail and web pages: a whole page, or the table alone.',
};

export const OPTION_TEXTS = {
  'content.title': 'Write',
  'content.help':
    'A page that opens in a browser, or only the table, to be put into a page of your own.',
  'content.document': 'A whole page',
  'content.fragment': 'The table alone',
  'styling.title': 'Styles',
  'styling.help': 'How the look of the table is written. Mail programs understand attributes best.',
  'styling.block': 'In a style block, for light and dark',
  'styling.inline': 'As style attributes, for mail',
  'styling.classes': 'Class names only, for styles of your own',
  'styling.none': 'None',
  'title.title': 'Page title',
  'title.help': 'The title of the page; empty takes the name of the data set.',
  'caption.title': 'Caption',
  'caption.help': 'Stands above the table; empty writes none.',
  'headers.title': 'Header row',
  'headers.help': 'Writes the column names above the rows.',
  'footer.title': 'Footer',
  'footer.help': 'What stands in a last row below the others.',
  'footer.none': 'None',
  'footer.count': 'The number of rows',
  'footer.headers': 'The column names again',
  'rowNumbers.title': 'Row numbers',
  'rowNumbers.help': 'Numbers the rows from 1 in a first column.',
  'nullText.title': 'Text for null',
  'nullText.help': 'What stands in the cell of a missing value, such as – or NULL.',
  'lineBreaks.title': 'Line breaks in values',
  'lineBreaks.help': 'How a value of several lines is written.',
  'lineBreaks.keep': 'As they are; the style block shows them',
  'lineBreaks.br': 'As <br>, which every program shows',
  'links.title': 'Links',
  'links.help': 'Makes values that are http or https addresses, and nothing else, clickable.',
  'align.title': 'Align by type',
  'align.help': 'Numbers stand at the end of their cell, yes and no in its middle.',
  'stripes.title': 'Stripes',
  'stripes.help': 'Every second row has a background.',
  'prettyPrint.title': 'Indent',
  'prettyPrint.help': 'Writes each cell on a line of its own; else each row is one line.',
  'tableClass.title': 'Class names',
  'tableClass.help': 'Class names of the table, separated by spaces; styles go by the first.',
  'tableId.title': 'Id',
  'tableId.help': 'The id of the table in its page; empty for none.',
  'lang.title': 'Language',
  'lang.help': 'The language of the values, such as de or pt-BR; empty does not say.',
  'dir.title': 'Direction',
  'dir.help': 'The direction of writing.',
  'dir.unset': 'Not said',
  'dir.ltr': 'Left to right',
  'dir.rtl': 'Right to left',
  'dir.auto': 'Each cell by its text',
} as const;

export const PRESET_TEXTS = {
  mail: {
    title: 'For mail',
    help: 'The table alone with style attributes and <br>, as mail programs need it.',
  },
  plain: {
    title: 'Plain table',
    help: 'The table alone, without styles or classes, for a page of your own.',
  },
};

export const LOSS_TEXTS = {
  'html.nul-replaced': 'U+0000, which HTML lacks, was replaced by �.',
  'html.empty-as-null': 'Empty text was written as an empty cell, like null.',
  'html.text-as-null': 'Text that equals the text for null cannot be told from it.',
} as const;

export const CHECK_TEXTS = {
  badClass: 'Class names have letters, digits, - and _ and begin with a letter.',
  useData: 'Use “data”',
  badId: 'An id has no spaces.',
  noId: 'Write no id',
  badLang: 'A language is a tag such as “de” or “pt-BR”.',
  noLang: 'Do not say the language',
  nested: 'Nested values are written as JSON text.',
  binary: 'Bytes are written as base64 text.',
  writeClasses: 'Mark nulls by a class',
} as const;
