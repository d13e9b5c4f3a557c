// What can be wrong with a plan: its configuration, filters and expressions.
import type { ErrorText } from './error-text.ts';

export const CONFIG_ERRORS = {
  'config.invalid': {
    sentence: 'The configuration is not valid: {detail}',
    hint: 'Correct {path} and run again.',
  },
  'config.unknown-part': {
    sentence: 'There is no {kind} called “{id}”.',
    hint: 'Use one of: {known}.',
  },
  'config.wrong-option': {
    sentence: 'The option {path} is wrong: {detail}',
    hint: 'Correct {path} and run again.',
  },
  'config.unknown-column': {
    sentence: 'There is no column “{name}”.',
    hint: 'The columns are: {known}.',
  },
  'config.newer-version': {
    sentence: 'The configuration has version {version}; this program knows versions up to {known}.',
    hint: 'Update Export Studio, or export the configuration again from the older one.',
  },
  'config.binding-missing': {
    sentence: 'Nothing was handed over for “{binding}”.',
    hint: 'Choose the file, folder or rows that “{binding}” stands for.',
  },
  'config.secret-missing': {
    sentence: 'The secret “{id}” has no value.',
    hint: 'Enter it where the address is, or on the command line in the environment variable EXPORT_SECRET_{variable}.',
  },
  'config.not-here': { sentence: '{what} cannot be used here: {reason}', hint: '{remedy}' },
  'config.conflict': { sentence: '{detail}', hint: '{remedy}' },
  'filter.syntax': {
    sentence: 'The filter cannot be read at position {position}: {detail}',
    hint: 'Expected {expected}.',
  },
  'filter.wrong-value': {
    sentence: '“{value}” is not of type {type}, which column “{column}” holds.',
    hint: 'Give a value of type {type}, or change the type of “{column}”.',
  },
  'filter.wrong-pattern': {
    sentence: 'The pattern “{pattern}” is not a valid regular expression: {detail}',
    hint: 'Use RE2 syntax (no look-around, no back references).',
  },
  'expression.syntax': {
    sentence: 'The expression{of} cannot be read at position {position}: {detail}',
    hint: 'Expected {expected}.',
  },
  'expression.unknown-function': {
    sentence: 'There is no function “{name}”{where}{of}.',
    hint: '{known}',
  },
  'expression.wrong-type': {
    sentence: '{detail}{where}{of}',
    hint: '{remedy}',
  },
  'expression.failed': {
    sentence: '{detail}{where}',
    hint: 'Change the expression (if, coalesce, try_cast, nullif), or choose what happens to rows it cannot be computed for.',
  },
} as const satisfies Record<string, ErrorText>;
