// The English words of the distinct step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const DISTINCT_CARD = {
  title: 'Distinct',
  purpose: 'Keeps one of the rows that are the same, in whole or in some columns.',
};

export const DISTINCT_TEXTS: OptionTexts = {
  'by.title': 'Same in',
  'by.help':
    'Columns whose values make two rows the same; without any, all columns. Null is the same as null, but not as empty text.',
  'keep.title': 'Which one stays',
  'keep.help': 'Of the rows that are the same; those that stay keep their order.',
  'keep.first': 'The first',
  'keep.last': 'The last',
};
