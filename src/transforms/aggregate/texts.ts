// The English words of the aggregate step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const AGGREGATE_CARD = {
  title: 'Group and count',
  purpose:
    'Makes one row of all rows that are the same in some columns, with counts, sums and other measures.',
};

export const AGGREGATE_TEXTS: OptionTexts = {
  'groups.title': 'Group by',
  'groups.help':
    'Columns whose values make a group, as in: country, "last name". Or a list, each {"column", "as"}. Without any, all rows are one group.',
  'measures.title': 'Measures',
  'measures.help':
    'What to say of each group, as in: count(), sum(amount) as total. Or a list, each {"op", "column", "as"}.',
  'having.title': 'Only groups where',
  'having.help': 'A condition over the columns of the result, as in: total > 1000.',
};
