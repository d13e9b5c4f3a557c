// Typed values written in a spelling of their own are read back as the same values.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch, TypedColumn } from './batch.ts';
import { batchOf, schemaOf, type NestedValue } from './builders.ts';
import { ByteWriter } from './byte-writer.ts';
import { type DataType, parseTypeName, UTF8 } from './data-type.ts';
import { compilePattern } from './date-pattern.ts';
import { materialiseAs } from './materialise.ts';
import { createNumberPattern } from './number-pattern.ts';
import type { TextSpelling } from './read-spelt.ts';
import { textBlockOf } from './text-block.ts';
import { createSpeltWriter } from './write-spelt.ts';

function written(type: DataType, values: NestedValue[], spelling: TextSpelling): string[] {
  const batch = batchOf(
    schemaOf([['x', type]]),
    values.map((v) => [v]),
  );
  const write = createSpeltWriter(batch.columns[0] as TypedColumn, spelling);
  return values.map((_, row) => {
    const out = new ByteWriter(16);
    write(row, out);
    return new TextDecoder().decode(out.take());
  });
}

const cldr = (text: string): TextSpelling => ({ pattern: compilePattern(text, 'cldr') });
const german: TextSpelling = {
  numbers: createNumberPattern({ decimalSign: ',', groupSign: '.' }),
};
const anyMicros = fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n });

it.each<[string, fc.Arbitrary<NestedValue>, TextSpelling]>([
  ['date', fc.integer({ min: -700_000, max: 2_900_000 }), cldr('EEEE, d. MMMM yyyy')],
  ['time(us)', fc.bigInt({ min: 0n, max: 86_399_999_999n }), cldr('hh:mm:ss.SSSSSS a')],
  ['timestamp(us)', anyMicros, cldr('dd.MM.yyyy HH:mm:ss.SSSSSS')],
  ['timestamp(us, UTC)', anyMicros, cldr('dd.MM.yyyy HH:mm:ss.SSSSSSXXX')],
  // Years before the zone had whole minutes are left out: no pattern has seconds of an offset.
  [
    'timestamp(us, America/New_York)',
    fc.bigInt({ min: 0n, max: 2n ** 52n }),
    cldr('yyyy-MM-dd HH:mm:ss.SSSSSSxx'),
  ],
  ['int64', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), german],
  ['decimal(38,3)', fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }), german],
  ['float64', fc.double({ noNaN: true, noDefaultInfinity: true }), german],
])('%s', (name, values, spelling) => {
  const type = parseTypeName(name)!;
  fc.assert(
    fc.property(fc.array(values, { maxLength: 10 }), (list) => {
      const texts = written(type, list, spelling);
      const batch: Batch = {
        schema: schemaOf([['x', UTF8]]),
        rowCount: texts.length,
        selection: null,
        columns: [{ storage: 'text', index: 0 }],
        block: textBlockOf(
          texts.map((text) => [text]),
          1,
        ),
      };
      const column = materialiseAs(batch, 0, type, undefined, 'all', spelling);
      const original = batchOf(
        schemaOf([['x', type]]),
        list.map((v) => [v]),
      ).columns[0] as TypedColumn;
      expect(column.values).toEqual(original.values!.subarray(0, column.values!.length));
    }),
    { numRuns: 200 },
  );
});

it('leaves other types as they are, and shows the clock of the zone', () => {
  expect(written(UTF8, ['a'], german)).toEqual(['a']);
  expect(
    written({ kind: 'dictionary', index: 8, value: { kind: 'date' } }, [0, 0], cldr('d.M.y')),
  ).toEqual(['1.1.1970', '1.1.1970']);
  const berlin = parseTypeName('timestamp(s, Europe/Berlin)')!;
  expect(written(berlin, [1_720_000_000n], cldr('yyyy-MM-dd HH:mm xxx'))).toEqual([
    '2024-07-03 11:46 +02:00',
  ]);
});
