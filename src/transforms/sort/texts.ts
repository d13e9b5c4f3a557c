// The English words of the sort step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const SORT_CARD = {
  title: 'Sort',
  purpose: 'Puts the rows in order by one column or several, however many rows there are.',
};

export const SORT_TEXTS: OptionTexts = {
  'by.title': 'Sort by',
  'by.help':
    'Columns in order of weight, as in: total desc nulls first, "last name". Or a list, each {"column", "order": "ascending" or "descending", "nulls": "first" or "last"}. Rows that are equal in all of them keep their order.',
  'text.title': 'Order of text',
  'text.help': 'How two texts compare.',
  'text.code-point': 'By code point: exact and the same everywhere',
  'text.locale': 'As people of a language expect it (ä beside a, 2 before 10 if wanted)',
  'locale.title': 'Language',
  'locale.help':
    'Language tag (BCP 47) such as de or sv, whose rules order the texts. The rules come from the browser or Node, whose version is noted.',
  'numeric.title': 'Numbers inside of texts',
  'numeric.help': 'Digits in texts compare as numbers: file2 before file10.',
};
