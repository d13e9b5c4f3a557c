// Texts become typed values exactly, in every spelling and position of a block, or are told as misfits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch, TypedColumn } from './batch.ts';
import { batchOf, schemaOf, type NestedValue } from './builders.ts';
import { cellText } from './cell-text.ts';
import { type DataType, INT64, JSON_TEXT, parseTypeName, UTF8 } from './data-type.ts';
import { compilePattern } from './date-pattern.ts';
import { materialise, materialiseAs } from './materialise.ts';
import { createNumberPattern } from './number-pattern.ts';
import { patternProblem, type TextSpelling } from './read-spelt.ts';
import { textBlockOf } from './text-block.ts';

const typeOf = (name: string): DataType => parseTypeName(name)!;

/** One text column between two others, so that its fields have neighbours. */
function textBatch(type: DataType, cells: (string | null)[], quoteAll = false): Batch {
  return {
    schema: schemaOf([['x', type]], 'inferred'),
    rowCount: cells.length,
    selection: null,
    columns: [{ storage: 'text', index: 1 }],
    block: textBlockOf(
      cells.map((cell) => ['left', cell, 'right']),
      3,
      { quoteAll },
    ),
  };
}

/** The texts of the typed column, as a format would write them. */
function texts(type: DataType, column: TypedColumn): (string | null)[] {
  const batch: Batch = {
    schema: schemaOf([['x', type]]),
    rowCount: column.length,
    selection: null,
    columns: [column],
    block: null,
  };
  return Array.from({ length: column.length }, (_, row) => cellText(batch, row, 0));
}

const read = (type: DataType, cells: (string | null)[], quoteAll = false): (string | null)[] =>
  texts(type, materialise(textBatch(type, cells, quoteAll), 0));

/** Values of flat types, as the product itself writes them. */
const arbitraries: [string, fc.Arbitrary<NestedValue>][] = [
  ['bool', fc.boolean()],
  ...[8, 16, 32].flatMap((bits): [string, fc.Arbitrary<NestedValue>][] => [
    [`int${bits}`, fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })],
    [`uint${bits}`, fc.integer({ min: 0, max: 2 ** bits - 1 })],
  ]),
  ['int64', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ['uint64', fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
  ['float64', fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['float32', fc.float({ noNaN: true, noDefaultInfinity: true })],
  ['decimal(38,10)', fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })],
  ['decimal(9,2)', fc.bigInt({ min: -(10n ** 9n) + 1n, max: 10n ** 9n - 1n })],
  ['date', fc.integer({ min: -719_528, max: 2_932_896 })],
  ['time(us)', fc.bigInt({ min: 0n, max: 86_399_999_999n })],
  ['timestamp(ns)', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ['timestamp(ms, UTC)', fc.bigInt({ min: -62_000_000_000_000n, max: 253_000_000_000_000n })],
  ['timestamp(us, +02:00)', fc.bigInt({ min: 0n, max: 2n ** 52n })],
  ['utf8', fc.string({ unit: 'binary' })],
  ['json', fc.json()],
  ['binary', fc.uint8Array()],
];

describe('what a typed column writes is read back as the same values', () => {
  it.each(arbitraries)('%s', (name, arbitrary) => {
    const type = typeOf(name);
    fc.assert(
      fc.property(fc.array(fc.option(arbitrary)), fc.boolean(), (values, quoteAll) => {
        const original = batchOf(
          schemaOf([['x', type]]),
          values.map((v) => [v]),
        ).columns[0] as TypedColumn;
        const written = texts(type, original);
        const column = materialise(textBatch(type, written, quoteAll), 0);
        expect(texts(type, column)).toEqual(written);
        // Of the values too, not only of their texts.
        if (original.values !== null && type.kind !== 'bool')
          expect(column.values).toEqual(original.values.subarray(0, column.values!.length));
      }),
      { numRuns: 200 },
    );
  });
});

it('reads the spellings that text has and typed values lack', () => {
  expect(read(INT64, ['007', '+5', '-0', '9223372036854775807'])).toEqual([
    '7',
    '5',
    '0',
    '9223372036854775807',
  ]);
  expect(read(typeOf('decimal(6,2)'), ['1', '1.5', '1.500', '.5', '-.05', '+12'])).toEqual([
    '1.00',
    '1.50',
    '1.50',
    '0.50',
    '-0.05',
    '12.00',
  ]);
  expect(read(typeOf('bool'), ['TRUE', 'False'])).toEqual(['true', 'false']);
  expect(read(typeOf('binary'), ['AQI=', 'AQI', ''])).toEqual(['AQI=', 'AQI=', '']);
});

const misfits: [string, string[]][] = [
  ['int8', ['128', '-129', '1.0', '', ' 1', '1e2', '--1', '99999999999999999999']],
  ['uint64', ['-1', '18446744073709551616']],
  ['decimal(4,2)', ['100', '-100.00', '1.234', '1e1', '.', '-', '1.2.3', '12345678901234567890']],
  ['float64', ['NaN', 'Infinity', '1e999', '', '0x1', '1,5']],
  ['float32', ['1e39']],
  ['bool', ['1', 'yes', '']],
  ['date', ['2024-02-30', '24-01-01', '2024-1-1', '2024-01-01T00:00']],
  ['timestamp(ms)', ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.0001', '2024-01-01']],
  ['timestamp(ms, UTC)', ['2024-01-01T00:00:00', '2024-01-01T24:00:00Z']],
  ['time(s)', ['24:00', '10:00:00.5', '10:00Z', '1:00']],
  ['json', ['{', '', "{'a':1}", '01']],
  ['binary', ['A', 'AQJ=', 'A*==', 'AQI==']],
  ['null', ['x']],
];

describe('a text that is no value of the type', () => {
  it.each(misfits)('%s', (name, cells) => {
    const type = typeOf(name);
    const batch = textBatch(type, [null, ...cells, 'say "x"']);
    const told: [number, string][] = [];
    const column = materialise(batch, 0, (row, text) => told.push([row, text]));
    const wrong = [...cells, 'say "x"'];
    expect(told).toEqual(wrong.map((text, i) => [i + 1, text]));
    expect(texts(type, column)).toEqual([null, ...wrong.map(() => null)]);
    expect(texts(type, materialise(batch, 0, 'null'))).toEqual([null, ...wrong.map(() => null)]);
    expect(() => materialise(batch, 0)).toThrow(RangeError);
  });
});

it('leaves rows alone that do not count', () => {
  const batch = { ...textBatch(INT64, ['1', 'x', '3']), selection: Uint32Array.of(0, 2) };
  expect(texts(INT64, materialise(batch, 0))).toEqual(['1', null, '3']);
  expect(() => materialise(batch, 0, undefined, 'all')).toThrow(RangeError);
});

it('gives typed columns back as they are', () => {
  const batch = batchOf(schemaOf([['x', UTF8]]), [['a']]);
  expect(materialise(batch, 0)).toBe(batch.columns[0]);
});

const struct = (...fields: [string, DataType][]): DataType => ({
  kind: 'struct',
  fields: schemaOf(fields).fields,
});

describe('nested values', () => {
  const type = struct(
    ['id', INT64],
    ['price', typeOf('decimal(12,2)')],
    ['tags', { kind: 'list', item: UTF8 }],
    ['at', typeOf('timestamp(us, UTC)')],
    ['more', { kind: 'map', key: UTF8, value: JSON_TEXT }],
    ['__proto__', typeOf('bool')],
  );

  it('are read from JSON with every digit', () => {
    const cells = [
      '{"id":9223372036854775807,"price":1.10,"tags":["a","b\\n\\u00e9"],"at":"2024-01-01T00:00:00Z","more":{"k":{"deep":[1.0]},"k":null},"__proto__":true}',
      ' { "price" : "0.5" , "id" : "12" } ',
      null,
      '{}',
    ];
    expect(read(type, cells)).toEqual([
      '{"id":9223372036854775807,"price":1.10,"tags":["a","b\\né"],"at":"2024-01-01T00:00:00.000000Z","more":[["k",{"deep":[1.0]}],["k",null]],"__proto__":true}',
      '{"id":12,"price":0.50,"tags":null,"at":null,"more":null,"__proto__":null}',
      null,
      '{"id":null,"price":null,"tags":null,"at":null,"more":null,"__proto__":null}',
    ]);
  });

  it.each([
    '{"id":1.5}',
    '{"unknown":1}',
    '{"id":1,"id":2}',
    '{"tags":[1]}',
    '{"tags":["a",]}',
    '{"id":1}x',
    '{"id":01}',
    '{"__proto__":1}',
    '{"more":{"k":{"a":1,}}}',
    '{"more":{"k":[1}}}',
    '[]',
    '',
    '{',
  ])('do not take %s', (text) => {
    expect(texts(type, materialise(textBatch(type, [text]), 0, 'null'))).toEqual([null]);
  });

  it('come back as they were written, whatever the type', () => {
    const leaf = fc.constantFrom<[DataType, fc.Arbitrary<NestedValue>]>(
      ...arbitraries.map(
        ([name, values]) => [typeOf(name), values] as [DataType, fc.Arbitrary<NestedValue>],
      ),
    );
    const nested = fc.letrec<{ any: [DataType, fc.Arbitrary<NestedValue>] }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        tie('any').map(([item, values]): [DataType, fc.Arbitrary<NestedValue>] => [
          { kind: 'list', item },
          fc.array(fc.option(values), { maxLength: 4 }),
        ]),
        fc
          .tuple(tie('any'), tie('any'))
          .map(([[a, as], [b, bs]]): [DataType, fc.Arbitrary<NestedValue>] => [
            struct(['a', a], ['a', b]),
            fc.tuple<[NestedValue, NestedValue]>(fc.option(as), fc.option(bs)),
          ]),
        fc
          .tuple(leaf, tie('any'))
          .map(([[key, keys], [value, values]]): [DataType, fc.Arbitrary<NestedValue>] => [
            { kind: 'map', key, value },
            fc.array(fc.tuple<[NestedValue, NestedValue]>(keys, fc.option(values)), {
              maxLength: 3,
            }),
          ]),
      ),
    })).any;
    const rows = nested.chain(([type, values]) =>
      fc.tuple(fc.constant(type), fc.array(fc.option(values), { maxLength: 5 })),
    );
    fc.assert(
      fc.property(rows, ([type, values]) => {
        fc.pre(type.kind === 'list' || type.kind === 'struct' || type.kind === 'map');
        const original = batchOf(
          schemaOf([['x', type]]),
          values.map((v) => [v]),
        ).columns[0] as TypedColumn;
        const written = texts(type, original);
        expect(read(type, written)).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it('stand in dictionaries once each', () => {
    const type: DataType = { kind: 'dictionary', index: 8, value: UTF8 };
    const column = materialise(textBatch(type, ['a', 'b', null, 'a', '']), 0);
    expect(texts(type, column)).toEqual(['a', 'b', null, 'a', '']);
    expect(column.dictionary!.length).toBe(3);
  });
});

describe('a spelling of its own', () => {
  const spelt = (
    name: string,
    cells: (string | null)[],
    spelling: TextSpelling,
    quoteAll = false,
  ): (string | null)[] => {
    const type = typeOf(name);
    const batch = textBatch(UTF8, cells, quoteAll);
    return texts(type, materialiseAs(batch, 0, type, 'null', 'all', spelling));
  };

  it.each([false, true])('of numbers: signs and groups (quoted: %s)', (quoteAll) => {
    const numbers = createNumberPattern({ decimalSign: ',', groupSign: '.' });
    const cells = ['1.234,5', '-7', '12.34', null, '1.000.000.000.000.000.000', 'x'];
    expect(spelt('decimal(20,2)', cells, { numbers }, quoteAll)).toEqual([
      '1234.50',
      '-7.00',
      null,
      null,
      null,
      null,
    ]);
    expect(spelt('int64', cells, { numbers }, quoteAll)[4]).toBe('1000000000000000000');
    expect(spelt('float64', cells, { numbers }, quoteAll)[0]).toBe('1234.5');
    // Dates do not mind number signs.
    expect(spelt('date', ['2024-01-02'], { numbers })).toEqual(['2024-01-02']);
  });

  it('of dates, times and timestamps', () => {
    const pattern = compilePattern('dd.MM.yyyy', 'cldr');
    expect(spelt('date', ['29.02.2024', '30.02.2024', '2024-02-29', ''], { pattern })).toEqual([
      '2024-02-29',
      null,
      null,
      null,
    ]);
    expect(spelt('timestamp(ms)', ['01.01.2024'], { pattern })).toEqual([
      '2024-01-01T00:00:00.000',
    ]);
    const full = compilePattern('%d/%m/%Y %H:%M:%S.%f', 'strftime');
    expect(spelt('timestamp(us)', ['1/2/2024 10:11:12.5'], { pattern: full })).toEqual([
      '2024-02-01T10:11:12.500000',
    ]);
    expect(spelt('timestamp(s)', ['1/2/2024 10:11:12.5'], { pattern: full })).toEqual([null]);
    expect(
      spelt('date', ['1/2/2024 10:11:12.0', '1/2/2024 00:00:00.0'], { pattern: full }),
    ).toEqual([null, '2024-02-01']);
    const clock = compilePattern('h:mm A', 'moment');
    expect(spelt('time(s)', ['12:05 AM', '1:30 pm', '13:00 PM'], { pattern: clock })).toEqual([
      '00:05:00',
      '13:30:00',
      null,
    ]);
  });

  it('without an offset is the clock of the zone, in summer and winter', () => {
    const pattern = compilePattern('yyyy-MM-dd HH:mm', 'cldr');
    const cells = [
      '2024-01-15 12:00',
      '2024-07-15 12:00',
      // Comes twice: the first is still summer time. Never comes: an hour later.
      '2024-10-27 02:30',
      '2024-03-31 02:30',
      '2024-03-31 03:00',
      '2024-03-31 01:59',
    ];
    expect(spelt('timestamp(s, Europe/Berlin)', cells, { pattern })).toEqual([
      '2024-01-15T12:00:00+01:00',
      '2024-07-15T12:00:00+02:00',
      '2024-10-27T02:30:00+02:00',
      '2024-03-31T03:30:00+02:00',
      '2024-03-31T03:00:00+02:00',
      '2024-03-31T01:59:00+01:00',
    ]);
    const offset = compilePattern('yyyy-MM-dd HH:mmxx', 'cldr');
    expect(spelt('timestamp(s, UTC)', ['2024-01-15 12:00+0130'], { pattern: offset })).toEqual([
      '2024-01-15T10:30:00Z',
    ]);
    expect(spelt('timestamp(s)', ['2024-01-15 12:00+0130'], { pattern: offset })).toEqual([null]);
  });

  it('of null', () => {
    const utf8 = new TextEncoder();
    const nullTexts = ['n/a', '-'].map((text) => utf8.encode(text));
    expect(spelt('int64', ['n/a', '5', '-', '-5'], { nullTexts })).toEqual([null, '5', null, '-5']);
    expect(spelt('utf8', ['n/a', 'n/a ', '', null], { nullTexts }, true)).toEqual([
      null,
      'n/a ',
      '',
      null,
    ]);
    const told: string[] = [];
    materialiseAs(textBatch(UTF8, ['-', 'x']), 0, INT64, (_row, text) => told.push(text), 'all', {
      nullTexts,
    });
    expect(told).toEqual(['x']);
  });

  it('says why a pattern does not fit a type', () => {
    const problem = (name: string, text: string) =>
      patternProblem(typeOf(name), compilePattern(text, 'cldr'));
    expect(problem('date', 'dd.MM.yyyy')).toBe(null);
    expect(problem('date', 'HH:mm')).toBe('no-date');
    expect(problem('date', 'dd.MM')).toBe('no-year');
    expect(problem('time(s)', 'hh:mm')).toBe('no-half-of-day');
    expect(problem('time(s)', 'yyyy-MM-dd HH:mm')).toBe('has-date');
    expect(problem('timestamp(s)', 'yyyy-MM-dd HH:mmZ')).toBe('has-offset');
    expect(problem('timestamp(s, UTC)', 'yyyy-MM-dd HH:mmZ')).toBe(null);
    expect(problem('int64', 'yyyy')).toBe('not-a-time');
  });
});
