// The options that JSON sources share, with their words: what records are made of, and what happens to odd ones.
import { z } from 'zod';

export const JSON_RECORD_SHAPE = {
  records: z.enum(['auto', 'objects', 'arrays', 'values']).default('auto'),
  header: z
    .enum(['auto', 'present', 'absent'])
    .default('auto')
    .meta({ showIf: { option: 'records', equals: ['auto', 'arrays'] } }),
  newKeys: z.enum(['add', 'ignore', 'fail']).default('add'),
  badRecords: z.enum(['fail', 'reject']).default('fail'),
  duplicateKeys: z.enum(['last', 'first', 'fail']).default('last').meta({ advanced: true }),
  loneSurrogates: z.enum(['replace', 'fail']).default('replace').meta({ advanced: true }),
};

export const JSON_RECORD_TEXTS = {
  'records.title': 'Records',
  'records.help': 'What each record is made of.',
  'records.auto': 'Find out from the start of the file',
  'records.objects': 'Objects: each key is a column',
  'records.arrays': 'Lists: each place is a column',
  'records.values': 'Values: one column, objects and lists as JSON',
  'header.title': 'Column names',
  'header.help': 'Whether the first list holds the names of the columns.',
  'header.auto': 'Find out from the start of the file',
  'header.present': 'In the first list',
  'header.absent': 'Not in the file (column1, column2, …)',
  'newKeys.title': 'Keys met later',
  'newKeys.help':
    'The columns are taken from the start of the file. What happens to a key that is met only further down.',
  'newKeys.add': 'It becomes a column: the export begins again with it',
  'newKeys.ignore': 'It is left out and counted',
  'newKeys.fail': 'Stop with an error that names it and the line',
  'badRecords.fail': 'Stop with an error that names the line',
  'badRecords.reject': 'Leave them out and list them',
  'duplicateKeys.title': 'Repeated keys',
  'duplicateKeys.help': 'Which value counts when a record has a key twice. Such keys are counted.',
  'duplicateKeys.last': 'The last, as in JavaScript',
  'duplicateKeys.first': 'The first',
  'duplicateKeys.fail': 'Stop with an error that names the line',
  'loneSurrogates.title': 'Halves of characters',
  'loneSurrogates.help':
    'What a text becomes that holds half of a character (\\ud800 without its other half), which UTF-8 cannot.',
  'loneSurrogates.replace': 'The half is replaced by U+FFFD and counted',
  'loneSurrogates.fail': 'Stop with an error that names the line',
} as const;
