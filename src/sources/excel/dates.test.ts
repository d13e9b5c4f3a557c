// Number formats and what they make of numbers, in both date systems, also against another reader's calendar.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindOfBuiltIn, kindOfCode } from './number-format.ts';
import { durationText, momentOf } from './serial.ts';
import { bookOf, readBook } from './testing.ts';

describe('number formats', () => {
  it.each([
    ['General', 'number'],
    ['0.00E+00', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['[Red]-0.0%;[Blue]0%', 'number'],
    ['_-* #,##0.00 [$€-407]_-', 'number'],
    ['0\\d', 'number'],
    ['@', 'number'],
    ['yyyy-mm-dd', 'date'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
    ['mmm', 'date'],
    ['[$-ja-JP]ggge"年"m"月"d"日"', 'date'],
    ['d/m/yy h:mm AM/PM', 'moment'],
    ['yyyy-mm-dd"T"hh:mm:ss.000', 'moment'],
    ['h:mm', 'clock'],
    ['mm:ss.0', 'clock'],
    ['hh:mm:ss AM/PM', 'clock'],
    ['[h]:mm:ss', 'duration'],
    ['[mm]:ss', 'duration'],
    ['[<1]h:mm;General', 'clock'],
  ])('%s is a %s', (code, kind) => {
    expect(kindOfCode(code)).toBe(kind);
  });

  it('knows those without a code', () => {
    expect([0, 9, 10, 14, 20, 22, 45, 46, 49, 164].map(kindOfBuiltIn)).toEqual([
      'number',
      'number',
      'number',
      'date',
      'clock',
      'moment',
      'clock',
      'duration',
      'number',
      'number',
    ]);
  });
});

describe('serial numbers', () => {
  it('count the day that 1900 did not have', () => {
    const day = (serial: number): string | undefined | null =>
      momentOf(serial, 'date', false)?.date;
    expect(day(0)).toBe('1900-01-00');
    expect(day(1)).toBe('1900-01-01');
    expect(day(59)).toBe('1900-02-28');
    expect(day(60)).toBe('1900-02-29');
    expect(day(61)).toBe('1900-03-01');
    expect(day(2_958_465)).toBe('9999-12-31');
    expect(momentOf(2_958_466, 'date', false)).toBeNull();
    expect(momentOf(-1, 'date', false)).toBeNull();
  });

  it('begin with 1904-01-01 in the other system', () => {
    expect(momentOf(0, 'date', true)).toEqual({ date: '1904-01-01', ms: 0 });
    expect(momentOf(1, 'moment', true)).toEqual({ date: '1904-01-02', ms: 0 });
    expect(momentOf(2_957_003, 'date', true)?.date).toBe('9999-12-31');
    expect(momentOf(2_957_004, 'date', true)).toBeNull();
  });

  it('are every day of the calendar, at every second', () => {
    for (let serial = 61; serial < 2_958_466; serial += 997) {
      const ms = (serial * 7919) % 86_400_000;
      const iso = new Date((serial - 25_569) * 86_400_000 + ms).toISOString();
      const moment = momentOf(serial + ms / 86_400_000, 'moment', false);
      expect(moment?.date).toBe(iso.slice(0, 10));
      expect(moment?.ms).toBe(ms);
    }
  });

  it('carry what rounds up to midnight', () => {
    expect(momentOf(45_000.999_999_999_9, 'moment', false)).toEqual({ date: '2023-03-16', ms: 0 });
  });

  it('durations go beyond a day and below zero', () => {
    expect(durationText(1.510_416_666_666_666_7)).toBe('36:15:00');
    expect(durationText(-0.5)).toBe('-12:00:00');
    expect(durationText(0.000_011_585_648)).toBe('00:00:01.001');
    expect(durationText(0)).toBe('00:00:00');
  });
});

describe('a workbook of openpyxl', () => {
  const fixture = (name: string): Uint8Array =>
    new Uint8Array(readFileSync(new URL(`./fixtures/${name}.xlsx`, import.meta.url)));

  it.each([
    ['every-kind', '1900-01-01', '1900-03-01T00:00:00'],
    ['every-kind-1904', '1904-01-01', '1904-01-01T06:00:00'],
  ])(
    '%s: every kind of cell, below a title, with a hidden row and column',
    async (name, day, at) => {
      const { columns, rows, losses, inspection } = await readBook(fixture(name));
      expect(columns).toEqual([
        'int: int64',
        'float: float64',
        'text: utf8',
        'flag: bool',
        'day: date',
        'moment: timestamp(ms)',
        'time: time(ms)',
        'span: utf8',
        'error: utf8',
        'formula: utf8',
      ]);
      const first = '2024-02-29T23:59:59.999';
      expect(rows).toEqual([
        [
          '1',
          '0.1',
          'Ärger & <Öl>',
          'true',
          '2024-02-29',
          first,
          '06:30:00',
          '36:05:00',
          null,
          null,
        ],
        [
          '-9007199254740992',
          '1e-07',
          ' two  spaces ',
          'false',
          day,
          at,
          '23:59:59',
          '00:00:01',
          null,
          null,
        ],
        [
          null,
          '123456789.1234568',
          'line\nbreak, "quoted"',
          null,
          '9999-12-31',
          '1970-01-01T12:00:00',
          '00:00:00',
          '2400:00:00',
          null,
          null,
        ],
      ]);
      expect(losses.map(({ code, column, count }) => [code, column, count])).toEqual([
        ['excel.error-null', 'error', 2],
        ['excel.no-value', 'formula', 2],
      ]);
      expect(inspection.tables!.map(({ name: table, kind }) => [table, kind])).toEqual([
        ['Kinds', 'sheet'],
        ['Hidden', 'sheet'],
        ['Facts', 'table'],
      ]);
      expect(inspection.columns.map(({ sentence }) => sentence).slice(3, 10)).toEqual([
        'Both values are true or false.',
        'All 3 values are dates by their formats.',
        'All 3 values are dates and times by their formats.',
        'All 3 values are times of day by their formats.',
        'All 3 values are durations by their formats.',
        'No value in the sample.',
        'No value in the sample.',
      ]);
      expect(inspection.columns[6]!.shape).toMatchObject({ from: '00:00:00', to: '23:59:59' });
      expect(inspection.columns[0]).toMatchObject({ nullCount: 1, distinctCount: 2 });
      const table = await readBook(fixture(name), { table: 'Facts', hiddenRows: 'skip' });
      expect(table.columns).toEqual(['int: int64', 'float: float64', 'text: utf8']);
      expect(table.rows).toHaveLength(2);
    },
  );
});

describe('columns', () => {
  const formats = ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm', 'h:mm:ss', '[h]:mm:ss', '0.0%'];
  const rowsOf = (style: number, values: (string | number)[]): string =>
    values.map((value) => `<row><c s="${style}"><v>${value}</v></c></row>`).join('');
  const read = (style: number, values: (string | number)[]) =>
    readBook(bookOf({ formats, rows: rowsOf(style, values) }), { header: 'absent' });

  it('of dates, of which one has a time, are timestamps', async () => {
    expect((await read(1, [45_000, 45_001])).columns).toEqual(['A: date']);
    const mixed = await read(1, [45_000, 45_001.5]);
    expect(mixed.columns).toEqual(['A: timestamp(ms)']);
    expect(mixed.rows).toEqual([['2023-03-15T00:00:00'], ['2023-03-16T12:00:00']]);
    expect((await read(2, [45_000])).rows).toEqual([['2023-03-15T00:00:00']]);
  });

  it('of times, durations and percents', async () => {
    const times = await read(3, [0.5, 0.999_988_425_925_925_9, 0]);
    expect([times.columns, times.rows]).toEqual([
      ['A: time(ms)'],
      [['12:00:00'], ['23:59:59'], ['00:00:00']],
    ]);
    const durations = await read(4, [1.5, 0.25]);
    expect([durations.columns, durations.rows]).toEqual([
      ['A: utf8'],
      [['36:00:00'], ['06:00:00']],
    ]);
    const percents = await read(5, [0.15, 0.99]);
    expect([percents.columns, percents.rows]).toEqual([['A: decimal(18,2)'], [['0.15'], ['0.99']]]);
  });

  it('of durations in seconds or days', async () => {
    const bytes = bookOf({ formats, rows: rowsOf(4, [1.5, 0.25]) });
    const seconds = await readBook(bytes, { header: 'absent', durations: 'seconds' });
    expect([seconds.columns, seconds.rows]).toEqual([['A: int64'], [['129600'], ['21600']]]);
    const days = await readBook(bytes, { header: 'absent', durations: 'days' });
    expect(days.rows).toEqual([['1.5'], ['0.25']]);
  });

  it('of what is no date although it looks so', async () => {
    const odd = await read(1, [-1, 3_000_000, 45_000]);
    expect(odd.columns).toEqual(['A: utf8']);
    expect(odd.rows).toEqual([['-1'], ['3000000'], ['2023-03-15']]);
  });

  it('of ISO dates, as strict writers store them', async () => {
    const cell = (value: string): string => `<row><c t="d"><v>${value}</v></c></row>`;
    const dates = bookOf({ rows: cell('2024-02-29') + cell('2024-03-01T00:00:00.000') });
    expect((await readBook(dates, { header: 'absent' })).rows).toEqual([
      ['2024-02-29'],
      ['2024-03-01'],
    ]);
    const moments = bookOf({ rows: cell('2024-02-29') + cell('2024-03-01T12:30:00.5Z') });
    const { columns, rows } = await readBook(moments, { header: 'absent' });
    expect(columns).toEqual(['A: timestamp(ms)']);
    expect(rows).toEqual([['2024-02-29T00:00:00'], ['2024-03-01T12:30:00.5']]);
  });
});
