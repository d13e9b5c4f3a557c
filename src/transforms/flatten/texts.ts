// The English words of the flatten step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const FLATTEN_CARD = {
  title: 'Flatten',
  purpose: 'Gives each member of nested records a column of its own.',
};

export const FLATTEN_TEXTS: OptionTexts = {
  'columns.title': 'Columns',
  'columns.help': 'Columns of records (structs) that are taken apart; without any, all of them.',
  'separator.title': 'Separator',
  'separator.help': 'Stands between the names, as in address.city.',
  'depth.title': 'Depth',
  'depth.help':
    'How many levels are taken apart; what is nested deeper stays as it is. Empty: all.',
};

export const FLATTEN_SAYS = {
  noStruct: (column: string, type: string): string =>
    `“${column}” holds ${type}: which members it has is not known.`,
  noStructRemedy: 'Name columns of records (structs) only; lists are taken apart by “unnest”.',
  leftOut: 'Members that no record of the sample had were left out.',
};
