// What the options of JSON values do, shown on the sample table.
import type { OptionExamples } from './options.schema.ts';

/** Examples of `JSON_VALUE_SHAPE`. */
export const JSON_VALUE_EXAMPLES: OptionExamples = {
  shape: [
    {
      options: { shape: 'arrays' },
      columns: ['order', 'city'],
      shows: '["order","city"]',
    },
  ],
  dateFormat: [
    {
      options: { dateFormat: 'unix' },
      columns: ['order', 'placed'],
      shows: '"placed":1795249800',
      finds: {
        cells: [
          { row: 0, column: 1, value: 1_795_249_800 },
          { row: 1, column: 1, value: 1_795_249_800.5 },
        ],
      },
    },
  ],
  nullHandling: [
    { options: { nullHandling: 'exclude' }, columns: ['order', 'city'], shows: '{"order":1003}' },
    {
      options: { nullHandling: 'empty' },
      columns: ['order', 'city'],
      shows: '"city":""',
      finds: { cells: [{ row: 2, column: 1, value: '' }] },
    },
  ],
  arrayHandling: [
    {
      options: { arrayHandling: 'stringify' },
      columns: ['order', 'tags'],
      shows: '"tags":"[\\"a\\",\\"b\\"]"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '["a","b"]' },
          { row: 1, column: 1, value: '[]' },
        ],
      },
    },
    {
      options: { arrayHandling: 'expand' },
      columns: ['order', 'tags'],
      shows: '{"order":1001,"tags":"b"}',
      finds: {
        rows: [
          [1001, 'a'],
          [1001, 'b'],
          [1002, null],
          [1003, null],
        ],
      },
    },
  ],
  bigNumbers: [
    {
      options: { bigNumbers: 'string' },
      columns: ['order', 'serial', 'price'],
      shows: '"serial":"1152921504606846977"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '1152921504606846977' },
          { row: 0, column: 2, value: '12.50' },
          { row: 1, column: 2, value: '0.99' },
        ],
      },
    },
  ],
  nonFinite: [
    {
      options: { nonFinite: 'string' },
      columns: ['order', 'ratio'],
      shows: '"ratio":"NaN"',
      finds: { cells: [{ row: 1, column: 1, value: 'NaN' }] },
    },
    {
      options: { nonFinite: 'fail' },
      columns: ['order', 'ratio'],
      finds: { error: 'encode.json.not-a-number' },
    },
  ],
};
