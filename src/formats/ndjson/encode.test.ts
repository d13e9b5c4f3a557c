// What ndjson adds to the shared suite: numbers as their own bytes, misfits, times, nulls, arrays, and what JSON cannot hold.
import { describe, expect, it } from 'vitest';
import { MisfitError } from '../../contract/misfit.ts';
import type { TypedColumn } from '../../table/batch.ts';
import { batchOf, createBuilder, schemaOf } from '../../table/builders.ts';
import {
  BOOL,
  DATE,
  type DataType,
  FLOAT64,
  INT64,
  JSON_TEXT,
  parseTypeName,
  UTF8,
} from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { encodeAll, textBatch } from '../format.suite.ts';
import { ndjsonFormat } from './format.ts';

/** The JSON written for one text cell of a type. */
async function valueOf(
  type: DataType,
  cell: string,
  values = {},
  quoteAll = false,
): Promise<string> {
  const schema = schemaOf([['v', type]], 'inferred');
  const { text } = await encodeAll(ndjsonFormat, values, schema, [
    textBatch(schema, [[cell]], { quoteAll }),
  ]);
  return text.slice('{"v":'.length, -2);
}

describe('text fields', () => {
  it.each([
    [INT64, '12', '12'],
    [INT64, '-0', '-0'],
    [INT64, '+7', '7'],
    [INT64, '123456789012345678901234567890', '123456789012345678901234567890'],
    [FLOAT64, '1.10', '1.10'],
    [FLOAT64, '1e400', '1e400'],
    [parseTypeName('decimal(20,2)')!, '12345678901234567.80', '12345678901234567.80'],
    [BOOL, 'TRUE', 'true'],
    [DATE, '2024-02-29', '"2024-02-29"'],
    [parseTypeName('timestamp(s, UTC)')!, '2024-02-29T10:00:00Z', '"2024-02-29T10:00:00Z"'],
    [parseTypeName('timestamp(s)')!, '2024-02-29 10:00', '"2024-02-29T10:00"'],
    [
      parseTypeName('timestamp(s, UTC)')!,
      '2024-02-29 10:00:00.5+0130',
      '"2024-02-29T10:00:00.5+01:30"',
    ],
    [parseTypeName('timestamp(s, UTC)')!, '2024-02-29t10:00:00-05', '"2024-02-29T10:00:00-05:00"'],
    [JSON_TEXT, '{"a":\n[1]}', '{"a":[1]}'],
    [UTF8, '007', '"007"'],
  ])('%j %s', async (type, cell, wanted) => {
    expect(await valueOf(type, cell)).toBe(wanted);
    expect(await valueOf(type, cell, {}, true)).toBe(wanted);
  });

  it.each([
    [INT64, '007'],
    [INT64, 'n/a'],
    [INT64, '+-1'],
    [FLOAT64, 'NaN'],
    [FLOAT64, '1,5'],
    [FLOAT64, '.5'],
    [BOOL, 'yes'],
    [DATE, '2023-02-29'],
    [parseTypeName('timestamp(s)')!, '2024-02-29 25:00'],
    [JSON_TEXT, '{a}'],
  ])('throws a misfit for %j %s', async (type, cell) => {
    const schema = schemaOf(
      [
        ['u', UTF8],
        ['v', type],
      ],
      'inferred',
    );
    for (const quoteAll of [false, true]) {
      const batch = textBatch(
        schema,
        [
          ['x', null],
          ['y', null],
          ['z', cell],
        ],
        { quoteAll },
      );
      batch.selection = Uint32Array.of(0, 2);
      const thrown = await encodeAll(ndjsonFormat, {}, schema, [batch]).catch((e: unknown) => e);
      expect(thrown).toBeInstanceOf(MisfitError);
      expect(thrown).toMatchObject({ columnIndex: 1, rowInBatch: 2, valueText: cell });
    }
  });

  it('counts numbers whose spelling JSON lacks, once their type is settled', async () => {
    const schema = schemaOf([
      ['i', INT64],
      ['f', FLOAT64],
    ]);
    const rows = [
      ['007', '.5'],
      ['7', '0.5'],
      ['+7', '+1.5'],
    ];
    const { text, losses } = await encodeAll(ndjsonFormat, {}, schema, [textBatch(schema, rows)]);
    expect(text).toBe('{"i":7,"f":0.5}\n{"i":7,"f":0.5}\n{"i":7,"f":1.5}\n');
    expect(losses.map((l) => [l.code, l.column, l.count, l.example])).toEqual([
      ['json.number-respelled', 'i', 2, '007'],
      ['json.number-respelled', 'f', 2, '.5'],
    ]);
  });

  it('writes unix time in seconds, with a fraction only where there is one', async () => {
    const unix = { dateFormat: 'unix' };
    expect(await valueOf(DATE, '1970-01-02', unix)).toBe('86400');
    const at = parseTypeName('timestamp(ns, UTC)')!;
    expect(await valueOf(at, '2023-11-14T22:13:20Z', unix)).toBe('1700000000');
    expect(await valueOf(at, '2023-11-14T23:13:20.250+01:00', unix)).toBe('1700000000.25');
    expect(await valueOf(at, '1969-12-31T23:59:59.5Z', unix)).toBe('-0.5');
    const schema = schemaOf([['v', { kind: 'timestamp', unit: 'ms', zone: null }]]);
    const { text } = await encodeAll(ndjsonFormat, unix, schema, [
      batchOf(schema, [[-500n], [1500n]]),
    ]);
    expect(text).toBe('{"v":-0.5}\n{"v":1.5}\n');
  });
});

describe('numbers that readers round', () => {
  const rows = [
    ['9007199254740991', '1.50'],
    ['9007199254740993', '12345678901234.567'],
  ];
  const schema = schemaOf([
    ['i', INT64],
    ['d', { kind: 'decimal', precision: 20, scale: 3 }],
  ]);
  const batches = [
    textBatch(schema, rows),
    batchOf(schema, [
      [9007199254740991n, 1500n],
      [9007199254740993n, 12345678901234567n],
    ]),
  ];

  it('are exact numbers, counted', async () => {
    for (const batch of batches) {
      const { text, losses } = await encodeAll(ndjsonFormat, {}, schema, [batch]);
      expect(text).toContain('{"i":9007199254740993,"d":12345678901234.567}');
      expect(losses.map((l) => [l.code, l.column, l.count])).toEqual([
        ['json.number-beyond-double', 'i', 1],
        ['json.number-beyond-double', 'd', 1],
      ]);
    }
  });

  it('are text where asked: all decimals, and integers beyond 2^53', async () => {
    for (const batch of batches) {
      const { text, losses } = await encodeAll(ndjsonFormat, { bigNumbers: 'string' }, schema, [
        batch,
      ]);
      expect(text).toMatch(
        /^{"i":9007199254740991,"d":"1.500?"}\n{"i":"9007199254740993","d":"12345678901234.567"}\n$/,
      );
      expect(losses).toEqual([]);
    }
  });

  it('are said beforehand', () => {
    const options = ndjsonFormat.options.defaults;
    const codes = ndjsonFormat.check!({ options, schema, charset: 'utf-8' }).map((f) => f.column);
    expect(codes).toEqual(['i', 'd']);
  });
});

describe('nulls, names and numbers JSON has no name for', () => {
  const schema = schemaOf([
    ['a', UTF8],
    ['a', FLOAT64],
    ['__proto__', INT64],
  ]);
  const rows = [
    [null, NaN, null],
    ['x', 1, 2n],
  ];

  it.each([
    [{}, '{"a":null,"a_2":null,"__proto__":null}\n{"a":"x","a_2":1,"__proto__":2}\n'],
    [{ nullHandling: 'exclude' }, '{"a_2":null}\n{"a":"x","a_2":1,"__proto__":2}\n'],
    [
      { nullHandling: 'empty' },
      '{"a":"","a_2":null,"__proto__":""}\n{"a":"x","a_2":1,"__proto__":2}\n',
    ],
    [
      { nonFinite: 'string' },
      '{"a":null,"a_2":"NaN","__proto__":null}\n{"a":"x","a_2":1,"__proto__":2}\n',
    ],
    [{ shape: 'arrays' }, '["a","a","__proto__"]\n[null,null,null]\n["x",1,2]\n'],
  ])('%j', async (values, wanted) => {
    const { text, losses } = await encodeAll(ndjsonFormat, values, schema, [batchOf(schema, rows)]);
    expect(text).toBe(wanted);
    const codes = losses.map((l) => l.code);
    expect(codes).toContain('json.non-finite');
    expect(codes.includes('json.name-repeated')).toBe(!('shape' in values));
  });

  it('leaves records without values empty', async () => {
    const { text } = await encodeAll(ndjsonFormat, { nullHandling: 'exclude' }, schema, [
      batchOf(schema, [[null, null, null]]),
    ]);
    expect(text).toBe('{}\n');
  });

  it('stops at a number that is not finite, with its row', async () => {
    const run = encodeAll(ndjsonFormat, { nonFinite: 'fail' }, schema, [
      batchOf(schema, [rows[1]!]),
      batchOf(schema, rows),
    ]);
    await expect(run).rejects.toMatchObject({
      code: 'encode.json.not-a-number',
      parameters: { row: 2, column: 'a', value: 'NaN' },
    });
  });

  it('refuses arrays without nulls', async () => {
    const run = encodeAll(ndjsonFormat, { shape: 'arrays', nullHandling: 'exclude' }, schema, []);
    await expect(run).rejects.toMatchObject({ code: 'config.conflict' });
  });
});

describe('arrays', () => {
  const schema = schemaOf([
    ['id', INT64],
    ['x', JSON_TEXT],
    ['y', JSON_TEXT],
  ]);
  const rows = [
    ['1', '[1, {"a": [2, "],"]}, null]', '["p"]'],
    ['2', '[]', null],
    ['3', '{"k":[1]}', '["a","b"]'],
  ];
  const lines = async (arrayHandling: string) => {
    const { text, rowCount } = await encodeAll(ndjsonFormat, { arrayHandling }, schema, [
      textBatch(schema, rows),
    ]);
    const records = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(records).toHaveLength(rowCount);
    return records;
  };

  it('stay', async () => {
    expect(await lines('keep')).toEqual([
      { id: 1, x: [1, { a: [2, '],'] }, null], y: ['p'] },
      { id: 2, x: [], y: null },
      { id: 3, x: { k: [1] }, y: ['a', 'b'] },
    ]);
  });

  it('become text', async () => {
    expect(await lines('stringify')).toEqual([
      { id: 1, x: rows[0]![1], y: '["p"]' },
      { id: 2, x: '[]', y: null },
      { id: 3, x: { k: [1] }, y: '["a","b"]' },
    ]);
  });

  it('make records side by side, shorter ones ending in null', async () => {
    expect(await lines('expand')).toEqual([
      { id: 1, x: 1, y: 'p' },
      { id: 1, x: { a: [2, '],'] }, y: null },
      { id: 1, x: null, y: null },
      { id: 2, x: null, y: null },
      { id: 3, x: { k: [1] }, y: 'a' },
      { id: 3, x: { k: [1] }, y: 'b' },
    ]);
  });

  it('of nested types are written, and expanded', async () => {
    const column = (type: DataType, values: (bigint | string)[]): TypedColumn => {
      const builder = createBuilder(type, values.length);
      values.forEach((value) => builder.append(value));
      return builder.finish();
    };
    const bare = {
      validity: null,
      values: null,
      bytes: null,
      dictionary: null,
      offsets: null,
      children: [],
    };
    const list: TypedColumn = {
      ...bare,
      storage: 'typed',
      type: { kind: 'list', item: INT64 },
      length: 2,
      offsets: Int32Array.of(0, 2, 2),
      children: [column(INT64, [1n, 2n])],
    };
    const struct: TypedColumn = {
      ...bare,
      storage: 'typed',
      type: {
        kind: 'struct',
        fields: schemaOf([
          ['k', UTF8],
          ['k', INT64],
        ]).fields,
      },
      length: 2,
      children: [column(UTF8, ['p', 'q"']), column(INT64, [5n, 6n])],
    };
    const map: TypedColumn = {
      ...bare,
      storage: 'typed',
      type: { kind: 'map', key: UTF8, value: INT64 },
      length: 2,
      offsets: Int32Array.of(0, 2, 2),
      children: [column(UTF8, ['a', 'b']), column(INT64, [1n, 2n])],
    };
    const words: TypedColumn = {
      ...bare,
      storage: 'typed',
      type: { kind: 'dictionary', index: 8, value: UTF8 },
      length: 2,
      values: Int8Array.of(1, 0),
      dictionary: column(UTF8, ['no', 'yes']),
    };
    const columns = [list, struct, map, words];
    const nested = schemaOf(columns.map((c, i) => [`c${i}`, c.type] as const));
    const batch = { schema: nested, rowCount: 2, selection: null, columns, block: null };
    const { text } = await encodeAll(ndjsonFormat, {}, nested, [batch]);
    expect(text).toBe(
      '{"c0":[1,2],"c1":{"k":"p","k_2":5},"c2":[["a",1],["b",2]],"c3":"yes"}\n{"c0":[],"c1":{"k":"q\\"","k_2":6},"c2":[],"c3":"no"}\n',
    );
    const one = { ...batch, schema: { fields: [nested.fields[0]!] }, columns: [list] };
    const expanded = await encodeAll(ndjsonFormat, { arrayHandling: 'expand' }, one.schema, [one]);
    expect(expanded.text).toBe('{"c0":1}\n{"c0":2}\n{"c0":null}\n');
  });
});

describe('times', () => {
  const MS = parseTypeName('timestamp(ms, UTC)')!;
  const NAIVE = parseTypeName('timestamp(us)')!;
  it.each([
    [MS, '2026-11-21T08:30:00.250Z', { dateFormat: 'unix' }, '1795249800.25'],
    [MS, '2026-11-21T08:30:00.250Z', { dateFormat: 'unix-ms' }, '1795249800250'],
    [MS, '2026-11-21T08:30:00.250Z', { dateFormat: 'unix-us' }, '1795249800250000'],
    [NAIVE, '2026-11-21 08:30:00.000001', { dateFormat: 'unix-ms' }, '1795249800000.001'],
    [DATE, '1969-12-31', { dateFormat: 'unix-ms' }, '-86400000'],
    [DATE, '2026-11-21', { dateFormat: 'pattern', datePattern: 'dd.MM.yyyy' }, '"21.11.2026"'],
    [MS, '2026-11-21T10:30:00+02:00', { columnDates: { v: "HH:mm 'h \"' " } }, '"08:30 h \\" "'],
    [MS, '2026-11-21T08:30:00Z', { columnDates: { v: 'unix-ms' } }, '1795249800000'],
    [MS, '2026-11-21T08:30:00Z', { dateFormat: 'unix', columnDates: { v: 'iso' } }, null],
    [
      parseTypeName('time(s)')!,
      '08:30:05',
      { dateFormat: 'unix', columnDates: { v: 'h:mm a' } },
      '"8:30 AM"',
    ],
    [parseTypeName('time(s)')!, '08:30:05', { dateFormat: 'unix' }, '"08:30:05"'],
  ])('%j %s %j', async (type, cell, values, wanted) => {
    const expected = wanted ?? JSON.stringify(cell);
    expect(await valueOf(type, cell, values)).toBe(expected);
    // The typed column says the same.
    const schema = schemaOf([['v', type]]);
    const block = textBatch(schema, [[cell], [null]]);
    const typed = { ...block, columns: [materialise(block, 0)], block: null };
    const { text } = await encodeAll(ndjsonFormat, values, schema, [typed]);
    const time = expected.replace(/\.000"$/, '"');
    expect([
      `{"v":${expected}}`,
      `{"v":${time}}`,
      `{"v":${expected.replace('Z"', '.000Z"')}}`,
    ]).toContain(text.split('\n')[0]);
    expect(text.split('\n')[1]).toBe('{"v":null}');
  });

  it('a misfit has its place', async () => {
    const schema = schemaOf([['v', DATE]], 'inferred');
    const batch = textBatch(schema, [['2026-11-21'], ['soon']]);
    const columnDates = { v: 'dd.MM.yyyy' };
    await expect(encodeAll(ndjsonFormat, { columnDates }, schema, [batch])).rejects.toMatchObject({
      columnIndex: 0,
      rowInBatch: 1,
      valueText: 'soon',
    });
  });

  it.each([
    [{ dateFormat: 'pattern', datePattern: 'bbb' }, 'json.bad-pattern', 'datePattern'],
    [{ columnDates: { at: 'bbb' } }, 'json.bad-pattern', 'columnDates'],
    [{ columnDates: { gone: 'iso' } }, 'json.no-column', 'columnDates'],
    [{ columnDates: { text: 'unix' } }, 'json.no-date', 'columnDates'],
    [{ columnDates: { of: 'unix' } }, 'json.no-date', 'columnDates'],
    [{ columnDates: { day: "yyyy-MM-dd'T'HH:mmXXX" } }, 'json.no-offset', 'columnDates'],
  ])('%j is refused', (values, code, option) => {
    const schema = schemaOf([
      ['at', MS],
      ['day', DATE],
      ['of', parseTypeName('time(s)')!],
      ['text', UTF8],
    ]);
    const options = ndjsonFormat.options.parse(values).value!;
    const findings = ndjsonFormat.check!({ options, schema, charset: 'utf-8' });
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', code, option }));
  });

  it('what a pattern cuts off is told', () => {
    const schema = schemaOf([['at', MS]]);
    const losses = (datePattern: string) =>
      ndjsonFormat.check!({
        options: ndjsonFormat.options.parse({ dateFormat: 'pattern', datePattern }).value!,
        schema,
        charset: 'utf-8',
      }).map(({ code }) => code);
    expect(losses('yyyy-MM-dd')).toEqual(['json.date-cut']);
    expect(losses('yyyy-MM-dd HH:mm:ss.SSS')).toEqual(['json.date-cut']);
    expect(losses('yyyy-MM-dd HH:mm:ssXXX')).toEqual(['json.date-cut']);
    expect(losses('yyyy-MM-dd HH:mm:ss.SSSXXX')).toEqual([]);
  });
});

describe('keys', () => {
  it('in another case stay apart, and it is told', async () => {
    const schema = schemaOf([
      ['unit price', UTF8],
      ['unitPrice', UTF8],
      ['id', UTF8],
    ]);
    const { text, losses } = await encodeAll(ndjsonFormat, { keyCase: 'snake' }, schema, [
      batchOf(schema, [['a', 'b', 'c']]),
    ]);
    expect(text).toBe('{"unit_price":"a","unit_price_2":"b","id":"c"}\n');
    expect(losses.map(({ code, column }) => [code, column])).toEqual([
      ['json.name-changed', 'unit price'],
      ['json.name-repeated', 'unitPrice'],
    ]);
  });
});
