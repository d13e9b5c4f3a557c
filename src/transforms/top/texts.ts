// The English words of the top step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const TOP_CARD = {
  title: 'Top rows',
  purpose: 'Keeps the first rows by some columns, of all rows or of each group of them.',
};

export const TOP_TEXTS: OptionTexts = {
  'count.title': 'How many',
  'count.help': 'Rows that stay, of each group where there are groups.',
  'by.title': 'First by',
  'by.help':
    'Columns in order of weight, as in: total desc nulls first, "last name". Or a list, each {"column", "order", "nulls"}. Of equal rows those that came first stay; without any column that is all that counts.',
  'groups.title': 'Of each',
  'groups.help':
    'Columns whose values make a group. The rows then come group by group, in the order of these columns.',
};
