// The options that every JSON format has for its values, with their words.
import { z } from 'zod';

/** Option properties for a JSON format's zod object. */
export const JSON_VALUE_SHAPE = {
  shape: z.enum(['objects', 'arrays']).default('objects'),
  dateFormat: z.enum(['iso', 'unix']).default('iso'),
  nullHandling: z.enum(['include', 'exclude', 'empty']).default('include'),
  arrayHandling: z.enum(['keep', 'stringify', 'expand']).default('keep'),
  bigNumbers: z.enum(['number', 'string']).default('number').meta({ advanced: true }),
  nonFinite: z.enum(['null', 'string', 'fail']).default('null').meta({ advanced: true }),
};

/** Texts of {@link JSON_VALUE_SHAPE}. */
export const JSON_VALUE_TEXTS = {
  'shape.title': 'Shape of a record',
  'shape.help':
    'Objects repeat the column names in each record; arrays give them once, in a first record.',
  'shape.objects': 'Object with the column names',
  'shape.arrays': 'Array, after a first array of names',
  'dateFormat.title': 'Dates and times',
  'dateFormat.help':
    'ISO 8601 text, or seconds since 1970-01-01 UTC as a number, with a fraction where needed. A time without a zone counts as UTC.',
  'dateFormat.iso': 'ISO 8601 text',
  'dateFormat.unix': 'Unix time in seconds',
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
} as const;
