// What avro adds to the shared suite: nested values, every logical type's schema, blocks, names, and texts of inferred types.
import { describe, expect, it } from 'vitest';
import { MisfitError } from '../../contract/misfit.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { type DataType, INT64, parseTypeName, UTF8 } from '../../table/data-type.ts';
import { encodeAll, textBatch } from '../format.suite.ts';
import { checkAvro } from './check.ts';
import { avroFormat } from './format.ts';
import { openAvro, readAvro } from './judge.suite.ts';
import { AVRO_OPTIONS } from './options.ts';
import { avroName, fieldNames } from './schema.ts';

const STRUCT: DataType = {
  kind: 'struct',
  fields: [
    { name: 'a', type: INT64, nullable: true, origin: 'native' },
    { name: 'b c', type: { kind: 'list', item: UTF8 }, nullable: true, origin: 'native' },
  ],
};
const NESTED = schemaOf([
  ['list', { kind: 'list', item: INT64 }],
  ['struct', STRUCT],
  ['map', { kind: 'map', key: UTF8, value: INT64 }],
  ['pairs', { kind: 'map', key: INT64, value: UTF8 }],
  ['words', { kind: 'dictionary', index: 8, value: UTF8 }],
]);

describe('avro', () => {
  it('writes lists, structures, maps and dictionaries', async () => {
    const batch = batchOf(NESTED, [
      [
        [1n, null, -(2n ** 62n)],
        [7n, ['x', null]],
        [
          ['k', 5n],
          ['l', null],
        ],
        [[1n, 'one']],
        'w',
      ],
      [[], [null, null], [], [], null],
      [null, null, null, null, 'w'],
    ]);
    const { bytes } = await encodeAll(avroFormat, {}, NESTED, [batch]);
    expect(readAvro(bytes)).toEqual({
      names: ['list', 'struct', 'map', 'pairs', 'words'],
      rows: [
        [
          [1n, null, -(2n ** 62n)],
          { a: 7n, b_x0020_c: ['x', null] },
          { k: 5n, l: null },
          [{ key: 1n, value: 'one' }],
          'w',
        ],
        [[], { a: null, b_x0020_c: null }, {}, [], null],
        [null, null, null, null, 'w'],
      ],
    });
  });

  it('takes the same values from text and as JSON', async () => {
    const rows = [
      ['[1,null]', '{"a":7,"b c":["x"]}', '{"k":5}', '[[1,"one"]]', 'w'],
      [null, null, null, null, null],
    ];
    const text = await encodeAll(avroFormat, {}, NESTED, [textBatch(NESTED, rows)]);
    expect(readAvro(text.bytes).rows[0]).toEqual([
      [1n, null],
      { a: 7n, b_x0020_c: ['x'] },
      { k: 5n },
      [{ key: 1n, value: 'one' }],
      'w',
    ]);
    const json = await encodeAll(avroFormat, { nested: 'json' }, NESTED, [textBatch(NESTED, rows)]);
    expect(readAvro(json.bytes).rows[0]).toEqual([
      '[1,null]',
      '{"a":7,"b c":["x"]}',
      '[["k",5]]',
      '[[1,"one"]]',
      'w',
    ]);
  });

  it.each([
    ['int8', '"int"'],
    ['uint16', '"int"'],
    ['uint32', '"long"'],
    ['int64', '"long"'],
    ['uint64', '{"type":"bytes","logicalType":"decimal","precision":20,"scale":0}'],
    ['float32', '"float"'],
    ['decimal(10,2)', '{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}'],
    ['date', '{"type":"int","logicalType":"date"}'],
    ['time(s)', '{"type":"int","logicalType":"time-millis"}'],
    ['time(ns)', '{"type":"long","logicalType":"time-micros"}'],
    ['timestamp(s)', '{"type":"long","logicalType":"local-timestamp-millis"}'],
    ['timestamp(ns, UTC)', '{"type":"long","logicalType":"timestamp-nanos"}'],
    ['binary', '"bytes"'],
  ])('%s is %s', async (type, wanted) => {
    const schema = schemaOf([['v', parseTypeName(type)!]]);
    const { bytes } = await encodeAll(avroFormat, {}, schema, []);
    expect(JSON.stringify(openAvro(bytes).schema.fields[0]!.type)).toBe(`["null",${wanted}]`);
  });

  it('ends with an error or a misfit for what does not fit', async () => {
    const far = schemaOf([['v', parseTypeName('timestamp(s)')!]]);
    await expect(
      encodeAll(avroFormat, {}, far, [batchOf(far, [[2n ** 62n]])]),
    ).rejects.toMatchObject({ code: 'encode.avro.out-of-range' });
    const numbers = schemaOf([['v', INT64]], 'inferred');
    await expect(
      encodeAll(avroFormat, {}, numbers, [textBatch(numbers, [['1'], ['x']])]),
    ).rejects.toThrow(MisfitError);
  });

  it('cuts times towards the past, and says so', async () => {
    const schema = schemaOf([['v', parseTypeName('timestamp(ns)')!]]);
    const batch = batchOf(schema, [[-1n], [1_999n], [2_000n]]);
    const { bytes, losses } = await encodeAll(avroFormat, { timestampUnit: 'us' }, schema, [batch]);
    expect(readAvro(bytes).rows).toEqual([['local -1000'], ['local 1000'], ['local 2000']]);
    expect(losses).toMatchObject([{ code: 'avro.time-cut', column: 'v', count: 2 }]);
  });

  it('cuts blocks by size alone, a large record too', async () => {
    const schema = schemaOf([['v', UTF8]]);
    const texts = ['a'.repeat(3_000_000), 'b', 'c'.repeat(2_100), 'd'];
    for (const codec of ['none', 'deflate', 'snappy', 'zstandard']) {
      const outputs = await Promise.all(
        [[texts], texts.map((text) => [text])].map((parts) =>
          encodeAll(
            avroFormat,
            { codec, blockSize: 2 },
            schema,
            parts.map((part) =>
              textBatch(
                schema,
                part.map((text) => [text]),
              ),
            ),
          ),
        ),
      );
      expect(outputs[0]!.text).toBe(outputs[1]!.text);
      const { bytes } = outputs[0]!;
      expect(openAvro(bytes).blocks.map(({ count }) => count)).toEqual([1, 2, 1]);
      expect(readAvro(bytes).rows).toEqual(texts.map((text) => [text]));
    }
  });

  it('gives every column a name of its own that is valid', () => {
    expect(
      ['unit price', '2024', '', 'a', 'a', 'é', '😀', 'a_2'].map((name) => avroName(name)),
    ).toEqual([
      'unit_x0020_price',
      '_x0032_024',
      '_xFFFF_',
      'a',
      'a',
      '_x00E9_',
      '_x01F600_',
      'a_2',
    ]);
    expect(fieldNames(['a', 'a', 'a_2', 'a'])).toEqual(['a', 'a_2', 'a_2_2', 'a_3']);
  });

  it('refuses options that contradict the columns, and tells losses', () => {
    const schema = schemaOf([
      ['a b', UTF8],
      ['n', INT64],
      ['u', parseTypeName('uint64')!],
      ['t', parseTypeName('timestamp(s, Europe/Berlin)')!],
      ['d', parseTypeName('decimal(4,1)')!],
    ]);
    const codes = (values: object) =>
      checkAvro({ ...AVRO_OPTIONS.defaults, ...values }, schema).map(({ code }) => code);
    expect(codes({})).toEqual(['avro.name-changed', 'avro.unsigned-as-decimal', 'avro.zone']);
    expect(codes({ namespace: 'a.' })).toContain('avro.bad-namespace');
    expect(codes({ metadata: { 'avro.codec': 'x' } })).toContain('avro.bad-key');
    expect(codes({ uuidColumns: ['x'] })).toContain('avro.unknown-column');
    expect(codes({ uuidColumns: ['n'] })).toContain('avro.not-text');
    expect(codes({ decimals: 'double' })).toContain('avro.decimal-as-double');
  });
});
