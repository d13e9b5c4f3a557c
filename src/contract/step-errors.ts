// What can go wrong in a step.
import type { ErrorText } from './error-text.ts';

export const STEP_ERRORS = {
  'step.misfit': {
    sentence:
      '“{value}” on line {line} is not of type {type}, which the step needs of column “{column}”.',
    hint: 'Set the column’s type, or choose what happens to values that do not fit.',
  },
  'aggregate.wrong-type': {
    sentence: 'The column “{column}” is of type {type}; {op} needs {needs}.',
    hint: 'Choose another column or measure, or change the type of “{column}”.',
  },
  'aggregate.overflow': {
    sentence: 'The {op} of “{column}” has more than {digits} digits.',
    hint: 'Make the column a float64, whose results are rounded, or group more finely.',
  },
  'step.refused': {
    sentence: '{where}{detail}',
    hint: 'Correct the value, or choose what else happens to such rows.',
  },
  'step.join.many-matches': {
    sentence: 'The key “{value}” on line {line} matches several rows of “{other}”.',
    hint: 'Let each match become a row (many: all), take the first (first), or make “{other}” distinct by its key.',
  },
  'aggregate.too-large': {
    sentence: 'The lists of “{column}” are more than {limit} bytes of memory hold.',
    hint: 'Raise limits.memoryBytes, or measure the groups without listing their values.',
  },
  'aggregate.too-many-buckets': {
    sentence: 'More than {limit} empty buckets of “{column}” would be added.',
    hint: 'Take larger buckets, filter out stray dates far away, or leave empty buckets out.',
  },
  'pivot.too-many-columns': {
    sentence: 'The column “{column}” has more than {limit} different values to make columns of.',
    hint: 'List the values that matter, choose another column, or allow more columns.',
  },
} as const satisfies Record<string, ErrorText>;
