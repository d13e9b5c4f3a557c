// The English words of the validate step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const VALIDATE_CARD = {
  title: 'Validate',
  purpose: 'Holds the rows against rules, and tells or leaves out those that break one.',
};

export const VALIDATE_TEXTS: OptionTexts = {
  'columns.title': 'Columns',
  'columns.help':
    'Rules by column, as in {"age": {"required": true, "min": 0, "max": 130}, "zip": {"pattern": "^\\\\d{5}$"}, "status": {"values": ["new", "paid"]}}; also type, minLength and maxLength. All but required let missing values (null) pass. Patterns are RE2 and match anywhere unless they begin with ^ and end with $.',
  'unique.title': 'Unique',
  'unique.help':
    'Keys of which no two rows may be equal, as in ["id", ["country", "number"]]. The first row with a key is right, those behind it are not. A key with a missing value (null) is equal to none.',
  'rules.title': 'Conditions',
  'rules.help':
    'Conditions that must not be false, each with a name, as in {"dates in order": "shipped >= ordered"}.',
  'action.title': 'Rows that break a rule',
  'action.help': 'What happens to them.',
  'action.reject': 'Leave them out, and list them',
  'action.report': 'Keep them, and count them by rule',
  'action.fail': 'Stop the export',
};

/** What a value breaks, as a sentence about it and as one about all such values of a column. */
export const RULE_SAYS = {
  required: (column: string): string => `“${column}” is missing.`,
  requiredAll: 'Missing values.',
  type: (column: string, value: string, type: string): string =>
    `“${value}” in “${column}” is not of type ${type}.`,
  typeAll: (type: string): string => `Values that are not of type ${type}.`,
  min: (column: string, value: string, bound: string): string =>
    `“${value}” in “${column}” is less than ${bound}.`,
  minAll: (bound: string): string => `Values less than ${bound}.`,
  max: (column: string, value: string, bound: string): string =>
    `“${value}” in “${column}” is more than ${bound}.`,
  maxAll: (bound: string): string => `Values more than ${bound}.`,
  pattern: (column: string, value: string): string =>
    `“${value}” in “${column}” does not match the pattern.`,
  patternAll: (pattern: string): string => `Values that do not match ${pattern}.`,
  values: (column: string, value: string): string =>
    `“${value}” in “${column}” is none of the allowed values.`,
  valuesAll: 'Values that are none of the allowed ones.',
  minLength: (column: string, value: string, length: number): string =>
    `“${value}” in “${column}” is shorter than ${length}.`,
  minLengthAll: (length: number): string => `Texts shorter than ${length}.`,
  maxLength: (column: string, value: string, length: number): string =>
    `“${value}” in “${column}” is longer than ${length}.`,
  maxLengthAll: (length: number): string => `Texts longer than ${length}.`,
  rule: (name: string): string => `The rule “${name}” is broken.`,
  ruleAll: (name: string): string => `Rows that break the rule “${name}”.`,
  unique: (columns: string, value: string): string => `“${value}” in “${columns}” came before.`,
  uniqueAll: 'Rows whose key came before.',
};
