// The English words of the unpivot step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const UNPIVOT_CARD = {
  title: 'Unpivot',
  purpose:
    'Turns columns into rows: each value becomes a row with the name of its column beside it.',
};

export const UNPIVOT_TEXTS: OptionTexts = {
  'columns.title': 'Columns that become rows',
  'columns.help':
    'Their names stand in one column, their values in another. Not set: all columns that are not kept.',
  'keep.title': 'Columns to keep',
  'keep.help': 'They are repeated beside each value. Not set: all columns that do not become rows.',
  'name.title': 'Column of names',
  'name.help': 'What the column is called that holds the names.',
  'value.title': 'Column of values',
  'value.help':
    'What the column is called that holds the values. Its type is one that holds all of them, text if need be.',
  'nulls.title': 'Missing values',
  'nulls.help': 'Whether a value that is not there becomes a row too; rows left out are counted.',
  'nulls.keep': 'Become rows',
  'nulls.drop': 'Are left out',
};
