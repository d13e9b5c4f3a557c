// The English words of the join-columns step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const JOIN_COLUMNS_CARD = {
  title: 'Join columns',
  purpose: 'Puts the texts of several columns into one.',
};

export const JOIN_COLUMNS_TEXTS: OptionTexts = {
  'columns.title': 'Columns',
  'columns.help': 'The columns whose texts are put together, in this order.',
  'name.title': 'New column',
  'name.help':
    'What the new column is called; it stands where the first of them in the table stood.',
  'separator.title': 'Separator',
  'separator.help': 'Stands between the texts.',
  'nulls.title': 'Missing values',
  'nulls.help': 'What an empty value (null) among them means.',
  'nulls.skip': 'Leave it out, with its separator; null only where all are',
  'nulls.empty': 'Take it for an empty text',
  'nulls.null': 'The whole is null',
  'keep.title': 'Keep the columns',
  'keep.help': 'The columns themselves stay, behind the new one.',
};
