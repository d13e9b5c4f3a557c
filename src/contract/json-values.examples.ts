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
  headers: [
    {
      options: { shape: 'arrays', headers: false },
      columns: ['order', 'city'],
      begins: '[1001,"Lima"]',
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
    {
      options: { dateFormat: 'unix-ms' },
      columns: ['order', 'placed'],
      shows: '"placed":1795249800500',
      finds: {
        cells: [
          { row: 0, column: 1, value: 1_795_249_800_000 },
          { row: 1, column: 1, value: 1_795_249_800_500 },
        ],
      },
    },
    {
      options: { dateFormat: 'unix-us' },
      columns: ['order', 'placed'],
      shows: '"placed":1795249800500000',
      finds: {
        cells: [
          { row: 0, column: 1, value: 1_795_249_800_000_000 },
          { row: 1, column: 1, value: 1_795_249_800_500_000 },
        ],
      },
    },
    {
      options: { dateFormat: 'pattern' },
      columns: ['order', 'placed'],
      shows: '"placed":"2026-11-21 08:30:00"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '2026-11-21 08:30:00' },
          { row: 1, column: 1, value: '2026-11-21 08:30:00' },
        ],
      },
    },
  ],
  datePattern: [
    {
      options: { dateFormat: 'pattern', datePattern: "d MMMM yyyy 'at' HH:mm" },
      columns: ['order', 'placed'],
      shows: '"placed":"21 November 2026 at 08:30"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '21 November 2026 at 08:30' },
          { row: 1, column: 1, value: '21 November 2026 at 08:30' },
        ],
      },
    },
  ],
  dateTokens: [
    {
      options: { dateFormat: 'pattern', datePattern: 'YYYY-MM-DD', dateTokens: 'moment' },
      columns: ['order', 'placed'],
      shows: '"placed":"2026-11-21"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '2026-11-21' },
          { row: 1, column: 1, value: '2026-11-21' },
        ],
      },
    },
    {
      options: { dateFormat: 'pattern', datePattern: '%d/%m/%Y', dateTokens: 'strftime' },
      columns: ['order', 'placed'],
      shows: '"placed":"21/11/2026"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '21/11/2026' },
          { row: 1, column: 1, value: '21/11/2026' },
        ],
      },
    },
  ],
  columnDates: [
    {
      options: { columnDates: { placed: 'HH:mm' } },
      columns: ['order', 'placed'],
      shows: '"placed":"08:30"',
      finds: {
        cells: [
          { row: 0, column: 1, value: '08:30' },
          { row: 1, column: 1, value: '08:30' },
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
  keyCase: (
    [
      ['camel', 'unitPrice'],
      ['snake', 'unit_price'],
      ['pascal', 'UnitPrice'],
      ['kebab', 'unit-price'],
      ['upper', 'UNIT_PRICE'],
    ] as const
  ).map(([keyCase, name]) => ({
    options: { keyCase },
    columns: ['unit price'],
    shows: `{"${name}":1.00}`,
    finds: { names: [name] },
  })),
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
  schemaFile: [
    {
      options: { schemaFile: true },
      columns: ['order', 'city'],
      finds: { beside: '{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n' },
    },
  ],
  asciiOnly: [
    { options: { asciiOnly: true }, columns: ['order', 'city'], shows: '"S\\u00e3o Paulo"' },
  ],
};
