// The English words of the pivot step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const PIVOT_CARD = {
  title: 'Pivot',
  purpose: 'Makes columns of the values of one column, with measures where rows and columns meet.',
};

export const PIVOT_TEXTS: OptionTexts = {
  'rows.title': 'Rows',
  'rows.help':
    'Columns whose values make a row each, as in: country, "last name". Without any there is one row.',
  'column.title': 'Columns',
  'column.help': 'The column whose values become columns.',
  'measures.title': 'Measures',
  'measures.help':
    'What stands where a row and a column meet, as in: sum(amount), count(). With several, each gets columns of its own, named value_measure.',
  'values.title': 'Values',
  'values.help':
    'The values that become columns, in this order. Not set: all there are, for which everything is read twice (a preview looks at the first rows alone). Rows with other values than those listed are measured nowhere, and counted.',
  'order.title': 'Order of columns',
  'order.help': 'Where the values are found rather than listed.',
  'order.first': 'As they come',
  'order.sorted': 'By value',
  'most.title': 'Most columns',
  'most.help': 'More different values than these are an error rather than a table.',
};
