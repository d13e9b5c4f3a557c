// The English words of the unnest step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const UNNEST_CARD = {
  title: 'Unnest',
  purpose: 'Makes a row of each element of a list.',
};

export const UNNEST_TEXTS: OptionTexts = {
  'column.title': 'Column',
  'column.help': 'The column of lists; the other columns are repeated beside each element.',
  'empty.title': 'Rows without elements',
  'empty.help': 'What happens where the list is empty or missing.',
  'empty.keep': 'Keep the row, with an empty value (null)',
  'empty.drop': 'Leave the row out',
  'indexColumn.title': 'Column for the number',
  'indexColumn.help':
    'A further column behind it with the element’s number in its list, from 1; empty for none.',
};

export const UNNEST_SAYS = {
  noList: (column: string, type: string): string => `“${column}” holds ${type}, not lists.`,
  noListRemedy: 'Name a column of lists; texts are taken apart by “split”.',
};
