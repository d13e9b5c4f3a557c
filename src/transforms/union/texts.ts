// The English words of the union step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const UNION_CARD = {
  title: 'Union',
  purpose: 'Puts the rows of other data sets under these.',
};

export const UNION_TEXTS: OptionTexts = {
  'with.title': 'Data sets',
  'with.help':
    'Sources or data sets whose rows follow, in this order. Types widen to what holds the values of all.',
  'match.title': 'Match columns by',
  'match.help':
    'Which columns of the data sets are one: those of the same name, or those at the same place.',
  'match.name': 'Name',
  'match.place': 'Place, under the names of the first',
  'columns.title': 'Columns',
  'columns.help': 'What happens where not all have the same columns.',
  'columns.union': 'All columns of all; empty where one has none',
  'columns.same': 'They must be the same (in any order)',
  'columns.first': 'Those of the first; others are left out and counted',
  'nameColumn.title': 'Column for the name',
  'nameColumn.help':
    'A further column, the first, with the name of the data set that a row came from; empty for none.',
};

export const UNION_SAYS = {
  differs: (table: string, column: string, lacks: boolean, first: string): string =>
    lacks
      ? `“${table}” lacks the column “${column}”, which “${first}” has.`
      : `“${table}” has the column “${column}”, which “${first}” lacks.`,
  differsRemedy:
    'Take the columns of all (columns: union), or only those of the first (columns: first).',
  leftOut: (first: string): string => `Columns that ${first} lacks were left out.`,
};
