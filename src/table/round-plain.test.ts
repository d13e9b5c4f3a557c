// Rounding agrees with big integers for every number and every count of digits.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundPlain } from './round-plain.ts';

it.each([
  ['1.005', 2, '1.01', true],
  ['-2.5', 0, '-3', true],
  ['2.4999', 0, '2', true],
  ['999.995', 2, '1000.00', true],
  ['-0.004', 2, '0.00', true],
  ['7', 3, '7.000', false],
  ['1.10', 1, '1.1', false],
  ['1e-7', 3, '0.000', true],
  ['1.5e+3', 1, '1500.0', false],
  ['123e-2', 1, '1.2', true],
  ['007.5', 1, '7.5', false],
  ['.5', 0, '1', true],
  ['NaN', 2, 'NaN', false],
  ['-Infinity', 2, '-Infinity', false],
  ['', 2, '', false],
  ['12,5', 2, '12,5', false],
  ['12345678901234567890.125', 2, '12345678901234567890.13', true],
])('%s with %i digits is %s', (text, decimals, wanted, isCut) => {
  expect(roundPlain(text, decimals)).toEqual({ text: wanted, isCut });
});

it('rounds halves away from zero, exactly', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 30n), 10n ** 30n),
      fc.nat(12),
      fc.nat(12),
      (n, scale, wanted) => {
        const size = n < 0n ? -n : n;
        const digits = size.toString().padStart(scale + 1, '0');
        const at = digits.length - scale;
        const text = `${n < 0n ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? `.${digits.slice(at)}` : ''}`;
        // In units of 10^-wanted.
        const unit = scale > wanted ? 10n ** BigInt(scale - wanted) : 1n;
        const scaled = scale > wanted ? size : size * 10n ** BigInt(wanted - scale);
        const units = (2n * scaled + unit) / (2n * unit);
        const rounded = roundPlain(text, wanted);
        expect(BigInt(rounded.text.replace('.', ''))).toBe(n < 0n ? -units : units);
        expect(rounded.isCut).toBe(scaled % unit !== 0n);
        expect(rounded.text.split('.')[1]?.length ?? 0).toBe(wanted);
      },
    ),
  );
});
