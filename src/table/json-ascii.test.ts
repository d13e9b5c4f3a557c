// What is escaped says the same.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonInAscii } from './json-ascii.ts';

it('is ASCII alone, and the same to every reader', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
      // Lone surrogates are no UTF-8: what comes here has none.
      const bytes = new TextEncoder().encode(text);
      const whole = new TextDecoder().decode(bytes);
      const ascii = new TextDecoder('ascii').decode(jsonInAscii(bytes));
      // oxlint-disable-next-line no-control-regex -- ASCII is what is meant
      expect(ascii).toMatch(/^[\u0000-\u007f]*$/);
      expect(JSON.parse(ascii)).toEqual(JSON.parse(whole));
    }),
  );
  const text = '"é€😀\u007f\u0080\u07ff\u0800\uffff𐀀\u{10ffff}"';
  const ascii = new TextDecoder().decode(jsonInAscii(new TextEncoder().encode(text)));
  expect(ascii).toContain('\\u00e9\\u20ac\\ud83d\\ude00');
  expect(JSON.parse(ascii)).toBe(JSON.parse(text));
});
