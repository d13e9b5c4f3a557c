// Numbers as Excel shows them: what each code gives was read off Excel's own documentation and ECMA-376 part 1 §18.8.31.
import { expect, it } from 'vitest';
import { shownNumber } from './shown-number.ts';

const DAY = 46082.91018661408; // 2026-03-01 21:50:40.123

it.each<[value: number, code: string, text: string | null]>([
  [1234.5, 'General', '1234.5'],
  [12345678901, 'General', '12345678901'],
  [123456789012, 'General', '1.23457E+11'],
  [0.1 + 0.2, 'General', '0.3'],
  [1 / 3, 'General', '0.333333333'],
  [0.0000000001, 'General', '1E-10'],
  [-7, 'General', '-7'],
  [0, '0.00', '0.00'],
  [1.005, '0.00', '1.01'],
  [-1.005, '0.00', '-1.01'],
  [-0.001, '0.00', '0.00'],
  [1234567.891, '#,##0.00', '1,234,567.89'],
  [12.3, '#,##0', '12'],
  [0.5, '#.##', '.5'],
  [5, '000', '005'],
  [1234567, '0.0,,', '1.2'],
  [0.256, '0%', '26%'],
  [0.256, '0.0%', '25.6%'],
  [12345, '0.00E+00', '1.23E+04'],
  [1.5, '"EUR" 0.00', 'EUR 1.50'],
  [1.5, '[$€-407] #,##0.00', '€ 1.50'],
  [-3, '0;(0)', '(3)'],
  [0, '0;-0;"none"', 'none'],
  [-3, '[Red]0.0', '-3.0'],
  [DAY, 'yyyy-mm-dd', '2026-03-01'],
  [DAY, 'yyyy-mm-dd hh:mm:ss', '2026-03-01 21:50:40'],
  [DAY, 'yyyy-mm-dd hh:mm:ss.000', '2026-03-01 21:50:40.123'],
  [DAY, 'd mmm yy', '1 Mar 26'],
  [DAY, 'dddd, mmmm d', 'Sunday, March 1'],
  [DAY, 'h:mm AM/PM', '9:50 PM'],
  [DAY, 'dd.mm.yyyy', '01.03.2026'],
  [0.75, 'hh:mm', '18:00'],
  [1.5, '[h]:mm', '36:00'],
  [1.5, '[h]:mm:ss', '36:00:00'],
  [1, 'yyyy-mm-dd', '1900-01-01'],
  [60, 'yyyy-mm-dd', '1900-02-29'],
  [-1, 'yyyy-mm-dd', null],
  [0.5, '# ?/?', null],
  [5, '[>=10]0;0.0', null],
])('%d as %s is %s', (value, code, text) => {
  expect(shownNumber(value, code, false)).toBe(text);
});

it('counts from 1904 where the workbook does', () => {
  expect(shownNumber(0, 'yyyy-mm-dd', true)).toBe('1904-01-01');
});
