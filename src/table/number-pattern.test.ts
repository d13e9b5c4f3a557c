// Numbers with signs of their own come back exactly, and what only looks like one is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberPattern, numberSignsProblem, type NumberSigns } from './number-pattern.ts';

const utf8 = new TextEncoder();
const text = new TextDecoder();
const plain = (signs: NumberSigns, written: string): string | null => {
  const bytes = utf8.encode(`1${written}1`);
  const found = createNumberPattern(signs).plain(bytes, 1, bytes.length - 1);
  return found === null ? null : text.decode(found);
};

const GERMAN: NumberSigns = { decimalSign: ',', groupSign: '.' };

it('reads what it writes, digit for digit', () => {
  const digits = fc.stringMatching(/^\d{1,40}$/);
  fc.assert(
    fc.property(
      fc.constantFrom('', '-'),
      digits,
      fc.option(digits),
      fc.constantFrom(',', '.', '٫'),
      fc.constantFrom('.', ' ', '\u202f', "'", '_', '٬', undefined),
      (sign, whole, fraction, decimalSign, groupSign) => {
        fc.pre(decimalSign !== groupSign);
        const signs = { decimalSign, groupSign };
        const number = sign + whole + (fraction === null ? '' : `.${fraction}`);
        const written = createNumberPattern(signs).format(number);
        expect(plain(signs, written)).toBe(number);
        // Without groups it is the same number.
        expect(plain(signs, number.replace('.', decimalSign))).toBe(number);
      },
    ),
    { numRuns: 500 },
  );
});

describe('reading', () => {
  it.each([
    ['1.234,56', '1234.56'],
    ['-1.234.567', '-1234567'],
    ['+12,5', '+12.5'],
    ['\u22125', '-5'],
    [',5', '.5'],
    ['5,', '5.'],
    ['1,5E-3', '1.5E-3'],
    ['12.34.567', '1234567'],
    ['1.23', null],
    ['1.2345', null],
    ['1234.567', null],
    ['1..234', null],
    ['.234', null],
    ['1.234.56', null],
    ['1.23.456.789', null],
    ['1.234.56.789', null],
    ['1,2,3', null],
    ['1,234.567', null],
    ['1 234', null],
    ['12€', null],
    ['', null],
    ['-', null],
    [',', null],
    ['-,', null],
  ])('%s is %s', (written, expected) => {
    expect(plain(GERMAN, written)).toBe(expected);
  });

  it('takes spaces and apostrophes of all kinds for the same', () => {
    const french = { decimalSign: ',', groupSign: ' ' };
    for (const space of [' ', '\u00a0', '\u202f'])
      expect(plain(french, `12${space}345,6`)).toBe('12345.6');
    expect(plain({ decimalSign: '.', groupSign: "'" }, '1’000.5')).toBe('1000.5');
  });
});

it('leaves alone what is no number, and groups no exponent form', () => {
  const { format } = createNumberPattern(GERMAN);
  expect(['NaN', 'Infinity', '1e21', '1.5e-7', '-1234.50', '123'].map(format)).toEqual([
    'NaN',
    'Infinity',
    '1e21',
    '1,5e-7',
    '-1.234,50',
    '123',
  ]);
});

it('refuses signs that would not tell', () => {
  expect(numberSignsProblem(GERMAN)).toBe(null);
  for (const signs of [
    { decimalSign: '' },
    { decimalSign: '5' },
    { decimalSign: '-' },
    { decimalSign: ',', groupSign: ',' },
    { decimalSign: ',', groupSign: '..' },
  ]) {
    expect(numberSignsProblem(signs)).not.toBe(null);
    expect(() => createNumberPattern(signs)).toThrow(RangeError);
  }
});
