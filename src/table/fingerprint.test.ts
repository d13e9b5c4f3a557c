// Fingerprints: alike for the same values in any order and spelling, other for any other value.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf } from './builders.ts';
import { canonicalCell, compareExact, exactNumber } from './canonical-cell.ts';
import { INT64, UTF8 } from './data-type.ts';
import { Fingerprinter, fingerprintDifference, type ColumnMeasure } from './fingerprint.ts';

const MEASURES: ColumnMeasure[] = [
  { name: 'n', rule: 'number', hasSum: true },
  { name: 't', rule: 'text' },
];
const SCHEMA = schemaOf([
  ['n', INT64],
  ['t', UTF8],
]);
type Row = [bigint | null, string | null];
const of = (rows: Row[]) => {
  const fingerprinter = new Fingerprinter(MEASURES);
  fingerprinter.add(batchOf(SCHEMA, rows));
  return fingerprinter.result();
};
const anyRow = fc.tuple(
  fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  fc.option(fc.string({ maxLength: 5 })),
) as fc.Arbitrary<Row>;

describe('fingerprints', () => {
  it('are alike for the same rows in any order, and tell any other value', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        anyRow,
        (rows, at, row) => {
          const whole = of(rows);
          expect(of(rows.toReversed())).toEqual(whole);
          const changed = rows.with(at % rows.length, row);
          const isSame = JSON.stringify(rows, plain) === JSON.stringify(changed, plain);
          expect(fingerprintDifference(whole, of(changed)) === null).toBe(isSame);
          expect(whole.columns[0]!.nulls).toBe(rows.filter(([n]) => n === null).length);
          const sum = rows.reduce((total, [n]) => total + (n ?? 0n), 0n);
          expect(whole.columns[0]!.sum).toBe(canonicalCell(String(sum), 'number'));
        },
      ),
    );
  });

  it('do not let cells run together', () => {
    expect(of([[null, 'ab']]).hash).not.toBe(of([[null, 'a']]).hash);
    const pair = (a: string | null, b: string | null) => {
      const fingerprinter = new Fingerprinter([
        { name: 'a', rule: 'text' },
        { name: 'b', rule: 'text' },
      ]);
      fingerprinter.add(
        batchOf(
          schemaOf([
            ['a', UTF8],
            ['b', UTF8],
          ]),
          [[a, b]],
        ),
      );
      return fingerprinter.result().hash;
    };
    const hashes = [
      pair('ab', 'c'),
      pair('a', 'bc'),
      pair('abc', ''),
      pair('abc', null),
      pair('', 'abc'),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('name the first difference', () => {
    expect(
      fingerprintDifference(
        of([[1n, 'a']]),
        of([
          [1n, 'a'],
          [1n, 'a'],
        ]),
      ),
    ).toMatchObject({ what: 'rows' });
    expect(fingerprintDifference(of([[1n, 'a']]), of([[2n, 'a']]))).toEqual({
      column: 'n',
      what: 'min',
      expected: '1e0',
      found: '2e0',
    });
    expect(
      fingerprintDifference(
        of([
          [1n, 'a'],
          [2n, 'b'],
        ]),
        of([
          [2n, 'a'],
          [1n, 'b'],
        ]),
      ),
    ).toMatchObject({ what: 'hash' });
  });
});

const plain = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value;

describe('one spelling', () => {
  it.each([
    ['1.10', '1.1'],
    ['-0', '0'],
    ['1e3', '1000'],
    ['+5', '5'],
    ['.5', '0.50'],
    ['12300e-2', '123'],
  ])('of numbers: %s is %s', (a, b) => {
    expect(canonicalCell(a, 'number')).toBe(canonicalCell(b, 'number'));
  });

  it('compares numbers as they are', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.integer({ min: -20, max: 20 }), (a, b, e) => {
        const [x, y] = [exactNumber(`${a}e${e}`)!, exactNumber(`${b}e${e}`)!];
        expect(Math.sign(compareExact(x, y))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it.each([
    ['2026-11-21T08:30:00Z', '2026-11-21 09:30:00+01:00'],
    ['2026-11-21T08:30:00.500Z', '2026-11-21T08:30:00.5Z'],
    ['2026-11-21', '2026-11-21T00:00:00'],
    ['08:30:00', '08:30:00.000'],
    ['-000001-12-31', '-000001-12-31T00:00'],
  ])('of times: %s is %s', (a, b) => {
    expect(canonicalCell(a, 'instant')).toBe(canonicalCell(b, 'instant'));
    expect(canonicalCell(a, 'instant')).not.toBe(a);
  });

  it('of what is none is the text itself', () => {
    for (const rule of ['number', 'boolean', 'instant', 'json'] as const)
      expect(canonicalCell('hello: x', rule)).toBe('hello: x');
    expect(canonicalCell('NaN', 'number')).toBe('NaN');
    expect(canonicalCell('{"a": [1]}', 'json')).toBe('{"a":[1]}');
    expect(canonicalCell('1', 'boolean')).toBe('true');
  });
});
