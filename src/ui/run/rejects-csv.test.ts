// Rejects as CSV: numbering, quoting, and nothing a spreadsheet would run; read back by an independent reader.
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { rejectsCsv } from './rejects-csv.ts';

const base = { row: 4, line: 6, code: 'read.misfit', sentence: 'It is “x, y”.' };

test('rows and lines count from one, what is unknown is empty, and a reader gets the texts back', () => {
  const text = rejectsCsv([
    { ...base, column: 'a "b", c', value: 'line one\nline two' },
    { ...base, row: 0, line: 0, value: '' },
    { ...base },
  ]);
  expect(text.startsWith('\ufeffrow,line,column,code,sentence,value\r\n')).toBe(true);
  const { data, errors } = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true });
  expect(errors).toEqual([]);
  expect(data.slice(1)).toEqual([
    ['5', '6', 'a "b", c', 'read.misfit', 'It is “x, y”.', 'line one\nline two'],
    ['1', '', '', 'read.misfit', 'It is “x, y”.', ''],
    ['5', '6', '', 'read.misfit', 'It is “x, y”.', ''],
  ]);
  // Empty text and no value at all can be told apart.
  expect(text).toContain(',""\r\n');
  expect(text.endsWith('“x, y”.",\r\n')).toBe(true);
});

test.each([
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['+a', "'+a"],
  ['-a', "'-a"],
  ['＝1', "'＝1"],
  ['\t=1', "'\t=1"],
  ['-5', '-5'],
  ['+3.2e4', '+3.2e4'],
  ['-', '-'],
  ['5-1', '5-1'],
])('%j is written as %j', (value, written) => {
  const { data } = Papa.parse<string[]>(rejectsCsv([{ ...base, value }]).slice(1));
  expect(data[1]![5]).toBe(written);
});
