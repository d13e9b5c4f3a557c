// The English words of the join step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const JOIN_CARD = {
  title: 'Join',
  purpose: 'Looks rows up in another data set and takes columns from there.',
};

export const JOIN_TEXTS: OptionTexts = {
  'with.title': 'Data set',
  'with.help': 'The source or data set in which the rows are looked up.',
  'on.title': 'Where equal',
  'on.help':
    'Which columns must be equal, this side first, as in: customer_id = id, country. A name alone stands in both. Or a list, each {"left", "right"}. An empty value (null) is equal to nothing.',
  'kind.title': 'Rows',
  'kind.help': 'Which rows come out.',
  'kind.inner': 'Only those that are found there, with its columns',
  'kind.left': 'All; its columns are empty where nothing is found',
  'kind.semi': 'Only those that are found there, as they are',
  'kind.anti': 'Only those that are not found there',
  'columns.title': 'Columns to take',
  'columns.help': 'Columns of the other side, in this order; without any, all but its keys.',
  'prefix.title': 'Prefix',
  'prefix.help': 'Stands before the names of the columns that are taken, as in customer_.',
  'suffix.title': 'Suffix for clashes',
  'suffix.help':
    'Stands behind the names of taken columns that this side has too, as in _customer; empty leaves both the same name.',
  'many.title': 'Several matches',
  'many.help': 'What happens where several rows of the other side match one of this side.',
  'many.all': 'A row for each of them',
  'many.first': 'The first one counts',
  'many.fail': 'Stop the export',
};

export const JOIN_SAYS = {
  noKey: (other: string): string => `Nothing says which rows of “${other}” match.`,
  noKeyRemedy: 'Name the columns that must be equal, as in: on: customer_id = id',
  apart: (
    left: string,
    leftType: string,
    right: string,
    rightType: string,
    other: string,
  ): string =>
    `“${left}” is ${leftType}, and “${right}” of “${other}” is ${rightType}: these cannot be compared.`,
  apartRemedy: (column: string, type: string, other: string | null): string =>
    `Give both one type: in the columns of the source, or with a step “cast” {"columns": {${JSON.stringify(column)}: "${type}"}} ` +
    (other === null ? 'before this one.' : `in “${other}”.`),
};
