// The English words of the replace-values step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const REPLACE_CARD = {
  title: 'Replace values',
  purpose: 'Puts other values in the place of known ones, as codes by their meanings.',
};

export const REPLACE_TEXTS: OptionTexts = {
  'columns.title': 'Columns',
  'columns.help':
    'Each with a map from values to what replaces them (null: missing), as in {"status": {"A": "active", "X": null}}. Or a list, each {"column", "values", "other": "keep", "null" or "fail", "match": "text" (as it is spelt) or "value" (007 is 7)}; values may be a list of {"from", "to"}, where from may be null.',
};

export const REPLACE_SAYS = {
  otherNull: 'Values that are not among those to be replaced became null.',
  other: (text: string, column: string): string =>
    `“${text}” of column “${column}” is not among the values to be replaced.`,
  twice: (column: string): string => `The values of column “${column}” are replaced twice.`,
  twiceRemedy: 'Name each column once; repeated names are told apart by nth.',
  twiceFrom: (text: string, column: string): string =>
    `“${text}” of column “${column}” would be replaced by two values.`,
  twiceFromRemedy: 'Give each value once.',
  notOfType: (text: string, column: string, type: string): string =>
    `“${text}” is not of type ${type}, which column “${column}” holds.`,
  notOfTypeRemedy: 'Match by text, or give values of the column’s type.',
};
