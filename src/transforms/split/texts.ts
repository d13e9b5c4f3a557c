// The English words of the split step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const SPLIT_CARD = {
  title: 'Split',
  purpose: 'Cuts the texts of a column into several columns.',
};

export const SPLIT_TEXTS: OptionTexts = {
  'column.title': 'Column',
  'column.help': 'The column whose texts are cut.',
  'names.title': 'New columns',
  'names.help':
    'Names of the parts, in order. A text with fewer parts leaves the last ones empty (null).',
  'by.title': 'Cut',
  'by.help': 'Where the texts are cut.',
  'by.delimiter': 'At a delimiter',
  'by.pattern': 'Wherever a pattern matches',
  'by.groups': 'Into the groups of a pattern',
  'by.widths': 'At fixed widths',
  'delimiter.title': 'Delimiter',
  'delimiter.help': 'One character or several that stand between the parts.',
  'pattern.title': 'Pattern',
  'pattern.help':
    'A regular expression (RE2): what stands between the parts, or one with a group for each part, as in (\\d+)\\s*(\\w+).',
  'widths.title': 'Widths',
  'widths.help': 'Characters of each part, in order, as in [2, 3, 5].',
  'rest.title': 'What is left over',
  'rest.help':
    'What happens to text behind the last part, and to texts that a pattern with groups does not match.',
  'rest.last': 'It stays in the last part; what does not match is empty (null)',
  'rest.drop': 'It is left out, and counted',
  'rest.reject': 'The row is left out, and listed',
  'rest.fail': 'Stop the export',
  'trim.title': 'Trim',
  'trim.help': 'Take white space off both ends of each part.',
  'keep.title': 'Keep the column',
  'keep.help': 'The column itself stays, before its parts.',
};

export const SPLIT_SAYS = {
  noNames: 'Nothing says what the parts are called.',
  noNamesRemedy: 'Name the new columns (names).',
  otherCount: (what: string, found: number, names: number): string =>
    `There are ${found} ${what}, but ${names} names.`,
  otherCountRemedy: 'Give each part a name.',
  leftOver: (text: string, column: string): string =>
    `“${text}” of column “${column}” has more parts than there are names.`,
  noMatch: (text: string, column: string): string =>
    `“${text}” of column “${column}” does not match the pattern.`,
  dropped: 'Text behind the last part was left out.',
  unmatched: 'Texts that do not match the pattern became empty.',
};
