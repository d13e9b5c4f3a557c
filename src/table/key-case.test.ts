// Words of names, and what becomes of them.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inKeyCase, type KeyCase } from './key-case.ts';

it.each<[string, Record<KeyCase, string>]>([
  [
    'unit price',
    {
      camel: 'unitPrice',
      pascal: 'UnitPrice',
      snake: 'unit_price',
      kebab: 'unit-price',
      upper: 'UNIT_PRICE',
    },
  ],
  [
    'XMLHttpRequest2',
    {
      camel: 'xmlHttpRequest2',
      pascal: 'XmlHttpRequest2',
      snake: 'xml_http_request2',
      kebab: 'xml-http-request2',
      upper: 'XML_HTTP_REQUEST2',
    },
  ],
  [
    '  Ärger, groß — №1 ',
    {
      camel: 'ärgerGroß1',
      pascal: 'ÄrgerGroß1',
      snake: 'ärger_groß_1',
      kebab: 'ärger-groß-1',
      upper: 'ÄRGER_GROSS_1',
    },
  ],
])('%s', (name, wanted) => {
  for (const [style, text] of Object.entries(wanted))
    expect(inKeyCase(name, style as KeyCase)).toBe(text);
});

it('leaves names without letters and digits as they are', () => {
  for (const name of ['', '---', '…']) expect(inKeyCase(name, 'camel')).toBe(name);
});

it('changes nothing the second time', () => {
  const styles: KeyCase[] = ['snake', 'kebab', 'upper'];
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'aZ9é _-$') }),
      fc.constantFrom(...styles),
      (name, style) => {
        const once = inKeyCase(name, style);
        expect(inKeyCase(once, style)).toBe(once);
      },
    ),
  );
});
