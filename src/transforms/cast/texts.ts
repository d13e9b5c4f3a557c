// The English words of the cast step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const CAST_CARD = {
  title: 'Types',
  purpose: 'Turns columns into other types, dates and numbers from the way they are spelt.',
};

export const CAST_TEXTS: OptionTexts = {
  'columns.title': 'Columns',
  'columns.help':
    'A map from column to type, as in {"total": "decimal(12,2)"}; or to how its text is read: {"day": {"pattern": {"text": "DD.MM.YYYY", "tokens": "moment"}}, "price": {"type": "decimal(12,2)", "numbers": {"decimalSign": ",", "groupSign": "."}, "nullTexts": ["n/a"]}}. Tokens are cldr, moment or strftime.',
  'onMisfit.title': 'Values that do not fit',
  'onMisfit.help': 'What happens to a row whose value is none of the type; always counted.',
  'onMisfit.reject': 'Leave the row out',
  'onMisfit.null': 'Leave the value empty (null)',
  'onMisfit.fail': 'Stop the export',
};

export const CAST_SAYS = {
  misfitNull: 'Values that do not fit the column’s type became null.',
  twice: (column: string): string => `The column “${column}” is cast twice.`,
  twiceRemedy: 'Name each column once; repeated names are told apart by nth.',
};
