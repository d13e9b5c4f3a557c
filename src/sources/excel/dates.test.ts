// Number formats and what they make of numbers, in both date systems, also against another reader's calendar.
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
