// The options that every JSON format has for its values, with their words.
import { z } from 'zod';
import { columnSchema } from './column-ref.schema.ts';

/** `{placed: 'unix'}` is short for `[{column: 'placed', format: 'unix'}]`. */
function datesOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([column, format]) => ({ column, format: format as unknown }));
}

/** Option properties for a JSON format's zod object. */
export const JSON_VALUE_SHAPE = {
  shape: z.enum(['objects', 'arrays']).default('objects'),
  headers: z
    .boolean()
    .default(true)
    .meta({ showIf: { option: 'shape', equals: ['arrays'] } }),
  dateFormat: z.enum(['iso', 'unix', 'unix-ms', 'unix-us', 'pattern']).default('iso'),
  datePattern: z
    .string()
    .default('yyyy-MM-dd HH:mm:ss')
    .meta({ showIf: { option: 'dateFormat', equals: ['pattern'] } }),
  dateTokens: z
    .enum(['cldr', 'moment', 'strftime'])
    .default('cldr')
    .meta({ advanced: true, showIf: { option: 'dateFormat', equals: ['pattern'] } }),
  columnDates: z
    .preprocess(
      datesOfMap,
      z.array(z.strictObject({ column: columnSchema, format: z.string().min(1) })),
    )
    .default([])
    .meta({ advanced: true }),
  nullHandling: z.enum(['include', 'exclude', 'empty']).default('include'),
  arrayHandling: z.enum(['keep', 'stringify', 'expand']).default('keep'),
  keyCase: z
    .enum(['keep', 'camel', 'snake', 'pascal', 'kebab', 'upper'])
    .default('keep')
    .meta({ advanced: true }),
  bigNumbers: z.enum(['number', 'string']).default('number').meta({ advanced: true }),
  nonFinite: z.enum(['null', 'string', 'fail']).default('null').meta({ advanced: true }),
  asciiOnly: z.boolean().default(false).meta({ advanced: true }),
  schemaFile: z.boolean().default(false).meta({ advanced: true }),
};

/** Texts of {@link JSON_VALUE_SHAPE}. */
export const JSON_VALUE_TEXTS = {
  'shape.title': 'Shape of a record',
  'shape.help':
    'Objects repeat the column names in each record; arrays give them once, in a first record.',
  'shape.objects': 'Object with the column names',
  'shape.arrays': 'Array, after a first array of names',
  'headers.title': 'Names first',
  'headers.help': 'The first array holds the column names.',
  'dateFormat.title': 'Dates and times',
  'dateFormat.help':
    'ISO 8601 text, text by a pattern, or the time since 1970-01-01 UTC as a number, with a fraction where needed. A time without a zone counts as UTC.',
  'dateFormat.iso': 'ISO 8601 text',
  'dateFormat.unix': 'Unix time in seconds',
  'dateFormat.unix-ms': 'Unix time in milliseconds',
  'dateFormat.unix-us': 'Unix time in microseconds',
  'dateFormat.pattern': 'By a pattern',
  'datePattern.title': 'Pattern of dates and times',
  'datePattern.help':
    'How dates and timestamps are written: dd.MM.yyyy HH:mm. A date has midnight as its time. What the pattern does not show is cut off.',
  'dateTokens.title': 'Letters of patterns',
  'dateTokens.help': 'What the letters in patterns stand for.',
  'dateTokens.cldr': 'Unicode: yyyy-MM-dd',
  'dateTokens.moment': 'Moment.js: YYYY-MM-DD',
  'dateTokens.strftime': 'strftime: %Y-%m-%d',
  'columnDates.title': 'Dates and times by column',
  'columnDates.help':
    'Columns whose dates or times are written otherwise: iso, unix, unix-ms, unix-us or a pattern.',
  'columnDates.column.title': 'Column',
  'columnDates.format.title': 'Form',
  'nullHandling.title': 'Nulls',
  'nullHandling.help':
    'What is written where a value is missing. In arrays a place cannot be left out.',
  'nullHandling.include': 'null',
  'nullHandling.exclude': 'Leave the key out',
  'nullHandling.empty': 'Empty text',
  'arrayHandling.title': 'Arrays in a value',
  'arrayHandling.help':
    'Expanding makes one record of each element; several arrays go side by side, and shorter ones end in nulls.',
  'arrayHandling.keep': 'Keep as arrays',
  'arrayHandling.stringify': 'Write as text',
  'arrayHandling.expand': 'One record per element',
  'keyCase.title': 'Letter case of keys',
  'keyCase.help':
    'Column names as the keys of a programming language. Names that become equal are told apart by a number; keys inside of values stay.',
  'keyCase.keep': 'As they are',
  'keyCase.camel': 'camelCase',
  'keyCase.snake': 'snake_case',
  'keyCase.pascal': 'PascalCase',
  'keyCase.kebab': 'kebab-case',
  'keyCase.upper': 'UPPER_CASE',
  'bigNumbers.title': 'Large and exact numbers',
  'bigNumbers.help':
    'Integers beyond 2^53 and decimals. All digits are written either way, but many readers round numbers to 15 to 17 digits.',
  'bigNumbers.number': 'Numbers',
  'bigNumbers.string': 'Text',
  'nonFinite.title': 'NaN and infinity',
  'nonFinite.help': 'JSON has no such numbers.',
  'nonFinite.null': 'null',
  'nonFinite.string': 'Text',
  'nonFinite.fail': 'Stop with an error',
  'schemaFile.title': 'JSON Schema',
  'schemaFile.help':
    'Writes a second file, .schema.json, that says what the first one holds (JSON Schema 2020-12).',
  'asciiOnly.title': 'ASCII only',
  'asciiOnly.help':
    'Characters beyond ASCII are written as \\u escapes, which every reader turns back.',
} as const;
