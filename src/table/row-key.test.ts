// Key bytes are equal when values are, and ordered as values are, for typed and text columns alike.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch } from './batch.ts';
import { batchOf, schemaOf, type NestedValue } from './builders.ts';
import { ByteWriter } from './byte-writer.ts';
import { type DataType, INT64, parseTypeName, type Schema, UTF8 } from './data-type.ts';
import { compareBytes, createKeyWriter, type KeyOptions } from './row-key.ts';
import { textBlockOf } from './text-block.ts';

type Compare = (a: NestedValue, b: NestedValue) => number;
const byNumber: Compare = (a, b) => (a! < b! ? -1 : a! > b! ? 1 : 0);
const byFloat: Compare = (a, b) =>
  Number.isNaN(a) || Number.isNaN(b)
    ? Number(Number.isNaN(a)) - Number(Number.isNaN(b))
    : byNumber(a, b);
const byCodePoint: Compare = (a, b) => {
  const left = [...(a as string)].map((c) => c.codePointAt(0)!);
  const right = [...(b as string)].map((c) => c.codePointAt(0)!);
  return byItems(byNumber)(left, right);
};
const byItems =
  (item: Compare): Compare =>
  (a, b) => {
    const left = a as NestedValue[];
    const right = b as NestedValue[];
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      const difference = nullsFirst(item)(left[i]!, right[i]!);
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  };
const nullsFirst =
  (compare: Compare): Compare =>
  (a, b) =>
    a === null || b === null ? Number(b === null) - Number(a === null) : compare(a, b);

const typeOf = (name: string): DataType => parseTypeName(name)!;
const word = fc.oneof(
  fc.constantFrom('', '\0', '\0\0', 'a', 'a\0', 'ab', '\uffff', '😀', 'é', ',"\n'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const number64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const near = fc.constantFrom(0n, 1n, -1n, 255n, 256n, -256n, 2n ** 32n, -(2n ** 32n));
const double = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e-300),
);

const cases: [string, DataType, fc.Arbitrary<NestedValue>, Compare][] = [
  ['bool', { kind: 'bool' }, fc.boolean(), byNumber],
  ['int8', typeOf('int8'), fc.integer({ min: -128, max: 127 }), byNumber],
  ['uint32', typeOf('uint32'), fc.integer({ min: 0, max: 2 ** 32 - 1 }), byNumber],
  ['int64', INT64, fc.oneof(near, number64), byNumber],
  ['uint64', typeOf('uint64'), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), byNumber],
  ['float64', typeOf('float64'), double, byFloat],
  ['float32', typeOf('float32'), fc.float(), byFloat],
  [
    'decimal',
    typeOf('decimal(38,2)'),
    fc.oneof(near, fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })),
    byNumber,
  ],
  ['date', typeOf('date'), fc.integer({ min: -719_528, max: 2_932_896 }), byNumber],
  ['timestamp', typeOf('timestamp(us, UTC)'), number64, byNumber],
  ['utf8', UTF8, word, byCodePoint],
  [
    'binary',
    { kind: 'binary' },
    fc.uint8Array({ maxLength: 4 }),
    (a, b) => byItems(byNumber)([...(a as Uint8Array)], [...(b as Uint8Array)]),
  ],
  ['dictionary', { kind: 'dictionary', index: 16, value: UTF8 }, word, byCodePoint],
  [
    'list',
    { kind: 'list', item: UTF8 },
    fc.array(fc.option(word), { maxLength: 3 }),
    byItems(byCodePoint),
  ],
  [
    'struct',
    {
      kind: 'struct',
      fields: schemaOf([
        ['a', INT64],
        ['b', INT64],
      ]).fields,
    },
    fc.tuple<[NestedValue, NestedValue]>(fc.option(near), fc.option(near)),
    byItems(byNumber),
  ],
];

function keysOf(schema: Schema, batch: Batch, options: KeyOptions): Uint8Array[] {
  const writer = createKeyWriter(
    schema,
    schema.fields.map((_, c) => c),
    options,
  );
  writer.begin(batch);
  return Array.from({ length: batch.rowCount }, (_, row) => {
    const out = new ByteWriter(8);
    writer.write(row, out);
    return out.take();
  });
}

const compareKeys = (a: Uint8Array, b: Uint8Array): number =>
  Math.sign(compareBytes(a, 0, a.length, b, 0, b.length));

it.each(cases)(
  '%s: keys compare as values, in both directions, nulls at either end',
  (_name, type, values, compare) => {
    const schema = schemaOf([['x', type]]);
    fc.assert(
      fc.property(
        fc.tuple(fc.option(values), fc.option(values)),
        fc.boolean(),
        fc.constantFrom('first' as const, 'last' as const),
        ([a, b], descending, nulls) => {
          const batch = batchOf(schema, [[a], [b]]);
          const [left, right] = keysOf(schema, batch, {
            mode: 'ordered',
            descending: [descending],
            nulls: [nulls],
          });
          const expected =
            a === null || b === null
              ? (nulls === 'first' ? 1 : -1) * (Number(b === null) - Number(a === null))
              : (descending ? -1 : 1) * compare(a, b);
          expect(compareKeys(left!, right!)).toBe(Math.sign(expected) + 0);
          const [one, other] = keysOf(schema, batch, { mode: 'equal' });
          const isSame = a === null || b === null ? a === b : compare(a, b) === 0;
          expect(compareKeys(one!, other!) === 0).toBe(isSame);
        },
      ),
      { numRuns: 500 },
    );
  },
);

it('orders rows of several columns, each in its own direction', () => {
  const schema = schemaOf([
    ['a', UTF8],
    ['b', INT64],
    ['c', UTF8],
  ]);
  const row = fc.tuple(fc.option(word), fc.option(near), fc.option(word));
  const compares = [byCodePoint, byNumber, byCodePoint];
  fc.assert(
    fc.property(
      row,
      row,
      fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      (a, b, descending) => {
        const [left, right] = keysOf(schema, batchOf(schema, [a, b]), {
          mode: 'ordered',
          descending,
        });
        let expected = 0;
        for (let c = 0; c < 3 && expected === 0; c++) {
          const [x, y] = [a[c]!, b[c]!];
          expected =
            x === null || y === null
              ? Number(x === null) - Number(y === null)
              : (descending[c]! ? -1 : 1) * compares[c]!(x, y);
        }
        expect(compareKeys(left!, right!)).toBe(Math.sign(expected) + 0);
      },
    ),
    { numRuns: 1000 },
  );
});

it('gives text the keys of its typed values', () => {
  const check = (type: DataType, cells: (string | null)[], values: NestedValue[]): void => {
    const schema = schemaOf([['x', type]]);
    const text: Batch = {
      schema,
      rowCount: cells.length,
      selection: null,
      columns: [{ storage: 'text', index: 0 }],
      block: textBlockOf(
        cells.map((cell) => [cell, 'y']),
        2,
      ),
    };
    const typed = batchOf(
      schema,
      values.map((v) => [v]),
    );
    for (const mode of ['equal', 'ordered'] as const)
      expect(keysOf(schema, text, { mode })).toEqual(keysOf(schema, typed, { mode }));
  };
  check(INT64, ['7', '007', '+7', null], [7n, 7n, 7n, null]);
  check(typeOf('decimal(9,2)'), ['1.0', '1.00', '1'], [100n, 100n, 100n]);
  check(typeOf('float64'), ['1e2', '-0', '100'], [100, 0, 100]);
  check(UTF8, ['a "b"', '', null, 'x'.repeat(300)], ['a "b"', '', null, 'x'.repeat(300)]);
  check({ kind: 'dictionary', index: 8, value: UTF8 }, ['a', 'b', 'a'], ['a', 'b', 'a']);
  check({ kind: 'list', item: INT64 }, ['[1, 2]', '[ ]', null], [[1n, 2n], [], null]);
});

it('takes integers of all widths for the same', () => {
  const keys = (['int8', 'int16', 'uint32', 'int64'] as const).map((name) => {
    const schema = schemaOf([['x', typeOf(name)]]);
    return keysOf(schema, batchOf(schema, [[name === 'int64' ? 100n : 100]]), { mode: 'equal' })[0];
  });
  for (const key of keys) expect(key).toEqual(keys[0]);
});

it('tells misfits, and counts them as null when told to go on', () => {
  const schema = schemaOf(
    [
      ['a', UTF8],
      ['x', INT64],
    ],
    'inferred',
  );
  const batch: Batch = {
    schema,
    rowCount: 2,
    selection: null,
    columns: [
      { storage: 'text', index: 0 },
      { storage: 'text', index: 1 },
    ],
    block: textBlockOf(
      [
        ['a', 'one'],
        ['b', null],
      ],
      2,
    ),
  };
  expect(() => createKeyWriter(schema, [1], { mode: 'equal' }).begin(batch)).toThrow(RangeError);
  const told: unknown[] = [];
  const writer = createKeyWriter(schema, [1], {
    mode: 'equal',
    onMisfit: (_b, ...where) => told.push(where),
  });
  writer.begin(batch);
  expect(told).toEqual([[1, 0, 'one']]);
  const out = new ByteWriter(8);
  writer.write(0, out);
  const first = out.take();
  writer.write(1, out);
  expect(first).toEqual(out.take());
});
