// Floats are read as the runtime reads them, bit for bit.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MISFIT, parseFloat64 } from './parse-value.ts';

const utf8 = new TextEncoder();

it('reads floats of any length as Number does', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 25 });
  const text = fc
    .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.'), digits)
    .map((parts) => parts.join(''));
  const any = fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.bigInt({ min: 2n ** 53n - 20n, max: 2n ** 53n + 20n }).map(String),
    fc.constantFrom('1e400', '1e5x', '.', '-', '1..2', '9007199254740993', '0.9007199254740993'),
  );
  fc.assert(
    fc.property(any, (written) => {
      const bytes = utf8.encode(`x${written}9`);
      const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(written);
      const expected = isNumber && Number.isFinite(Number(written)) ? Number(written) : MISFIT;
      expect(parseFloat64(bytes, 1, bytes.length - 1)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
});
