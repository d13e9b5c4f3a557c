// Arrow files and streams that apache-arrow wrote, read with every type's values exact.
import { existsSync, readFileSync } from 'node:fs';
import {
  Binary,
  BinaryView,
  Bool,
  DateDay,
  DateMillisecond,
  DateUnit,
  Decimal,
  Dictionary,
  DurationMicrosecond,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  makeData,
  Map_,
  Null,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  TimeMicrosecond,
  TimeSecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint64,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
  type DataType as ArrowType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { typeName } from '../../table/data-type.ts';
import { readAll } from './testing.ts';

const flights = new URL('../../../../shared/corpora/vega/data/flights-200k.arrow', import.meta.url);
if (!existsSync(flights) && process.env.CI === 'true')
  throw new Error('the vega corpus is missing');

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

/** One column, as a file and as a stream, which must read the same. */
async function readColumn(vector: Vector): Promise<{ type: string; cells: (string | null)[] }> {
  const table = new Table({ x: vector });
  const file = await readAll(tableToIPC(table, 'file'));
  const stream = await readAll(tableToIPC(table, 'stream'));
  expect(stream.rows).toEqual(file.rows);
  return { type: typeName(file.schema.fields[0]!.type), cells: file.rows.map(([cell]) => cell!) };
}

const words = (values: readonly bigint[], perValue: number): Uint32Array =>
  new Uint32Array(
    values.flatMap((value) =>
      Array.from({ length: perValue }, (_, k) =>
        Number(BigInt.asUintN(32, value >> BigInt(32 * k))),
      ),
    ),
  );

const decimalVector = (
  values: bigint[],
  scale: number,
  precision: number,
  bits: number,
): Vector => {
  const type = new Decimal(scale, precision, bits);
  return new Vector([makeData({ type, length: values.length, data: words(values, bits / 32) })]);
};

const longs = (type: ArrowType, values: bigint[]): Vector =>
  new Vector([
    makeData({ type: type as Int64, length: values.length, data: new BigInt64Array(values) }),
  ]);

describe('types', () => {
  const list = new Field('item', new Int32(), true);
  const cases: [string, () => Vector, string, (string | null)[]][] = [
    ['int8', () => vectorFromArray([-128, null, 127], new Int8()), 'int8', ['-128', null, '127']],
    ['int16', () => vectorFromArray([-32768, 5], new Int16()), 'int16', ['-32768', '5']],
    [
      'int64',
      () => vectorFromArray([-(2n ** 63n), null, 2n ** 63n - 1n], new Int64()),
      'int64',
      ['-9223372036854775808', null, '9223372036854775807'],
    ],
    [
      'uint64',
      () => vectorFromArray([0n, 2n ** 64n - 1n], new Uint64()),
      'uint64',
      ['0', '18446744073709551615'],
    ],
    [
      'float16',
      () => vectorFromArray([1.5, -0, Infinity, 6e-8], new Float16()),
      'float32',
      ['1.5', '-0', 'Infinity', '5.9604645e-8'],
    ],
    ['float32', () => vectorFromArray([0.1, NaN], new Float32()), 'float32', ['0.1', 'NaN']],
    ['float64', () => vectorFromArray([0.1, -0], new Float64()), 'float64', ['0.1', '-0']],
    [
      'bool',
      () => vectorFromArray([true, null, false], new Bool()),
      'bool',
      ['true', null, 'false'],
    ],
    [
      'utf8',
      () => vectorFromArray(['a', '', null, 'ü€𝄞'], new Utf8()),
      'utf8',
      ['a', '', null, 'ü€𝄞'],
    ],
    [
      'large utf8',
      () => vectorFromArray(['a', null, 'bc'], new LargeUtf8()),
      'utf8',
      ['a', null, 'bc'],
    ],
    [
      'utf8 view',
      () => vectorFromArray(['short', 'longer than twelve bytes', null], new Utf8View()),
      'utf8',
      ['short', 'longer than twelve bytes', null],
    ],
    ['binary', () => vectorFromArray([new Uint8Array([0, 255])], new Binary()), 'binary', ['AP8=']],
    [
      'large binary',
      () => vectorFromArray([new Uint8Array([1])], new LargeBinary()),
      'binary',
      ['AQ=='],
    ],
    [
      'binary view',
      () => vectorFromArray([new Uint8Array(13)], new BinaryView()),
      'binary',
      ['AAAAAAAAAAAAAAAAAA=='],
    ],
    [
      'fixed binary',
      () => vectorFromArray([new Uint8Array([1, 2]), null], new FixedSizeBinary(2)),
      'binary',
      ['AQI=', null],
    ],
    [
      'decimal128',
      () => decimalVector([12345678901234567890123456789012345678n, -5n], 2, 38, 128),
      'decimal(38,2)',
      ['123456789012345678901234567890123456.78', '-0.05'],
    ],
    [
      'decimal256 of few digits',
      () => decimalVector([-(10n ** 37n), 7n], 3, 38, 256),
      'decimal(38,3)',
      ['-10000000000000000000000000000000000.000', '0.007'],
    ],
    [
      'decimal256 of many digits, as exact text',
      () => decimalVector([-(10n ** 75n) - 1n], 2, 76, 256),
      'utf8',
      [`-1${'0'.repeat(73)}.01`],
    ],
    [
      'dates of days',
      () =>
        new Vector([
          makeData({ type: new DateDay(), length: 2, data: new Int32Array([-1, 20_000]) }),
        ]),
      'date',
      ['1969-12-31', '2024-10-04'],
    ],
    [
      'times of seconds',
      () =>
        new Vector([
          makeData({ type: new TimeSecond(), length: 1, data: new Int32Array([86_399]) }),
        ]),
      'time(s)',
      ['23:59:59'],
    ],
    [
      'times of microseconds',
      () => longs(new TimeMicrosecond(), [1n]),
      'time(us)',
      ['00:00:00.000001'],
    ],
    [
      'naive timestamps',
      () => longs(new TimestampNanosecond(), [-1n]),
      'timestamp(ns)',
      ['1969-12-31T23:59:59.999999999'],
    ],
    [
      'instants',
      () => longs(new TimestampSecond('Europe/Berlin'), [0n]),
      'timestamp(s, Europe/Berlin)',
      ['1970-01-01T01:00:00+01:00'],
    ],
    [
      'durations',
      () => longs(new DurationMicrosecond(), [-1_500_000n, 0n]),
      'utf8',
      ['PT-1.5S', 'PT0S'],
    ],
    [
      'months',
      () =>
        new Vector([
          makeData({ type: new IntervalYearMonth(), length: 1, data: new Int32Array([14]) }),
        ]),
      'utf8',
      ['P14M'],
    ],
    [
      'days and milliseconds',
      () =>
        new Vector([
          makeData({ type: new IntervalDayTime(), length: 1, data: new Int32Array([3, 250]) }),
        ]),
      'utf8',
      ['P3DT0.25S'],
    ],
    [
      'months, days and nanoseconds',
      () =>
        new Vector([
          makeData({
            type: new IntervalMonthDayNano(),
            length: 1,
            data: new Int32Array([1, 2, 5, 0]),
          }),
        ]),
      'utf8',
      ['P1M2DT0.000000005S'],
    ],
    ['nulls', () => vectorFromArray([null, null], new Null()), 'null', [null, null]],
    [
      'lists',
      () => vectorFromArray([[1, null], [], null, [2]], new List(list)),
      'list<int32>',
      ['[1,null]', '[]', null, '[2]'],
    ],
    [
      'large lists',
      () => vectorFromArray([[1], null, [2, 3]], new LargeList(list)),
      'list<int32>',
      ['[1]', null, '[2,3]'],
    ],
    [
      'fixed lists',
      () => vectorFromArray([[1, 2], null, [3, 4]], new FixedSizeList(2, list)),
      'list<int32>',
      ['[1,2]', null, '[3,4]'],
    ],
    [
      'structs',
      () =>
        vectorFromArray(
          [{ a: 1, b: 'x' }, null],
          new Struct([new Field('a', new Int32()), new Field('b', new Utf8())]),
        ),
      'struct<a: int32, b: utf8>',
      ['{"a":1,"b":"x"}', null],
    ],
    [
      'maps',
      () =>
        vectorFromArray(
          [new Map([['k', 1]]), null],
          new Map_(
            new Field(
              'entries',
              new Struct<{ key: Utf8; value: Int32 }>([
                new Field('key', new Utf8(), false),
                new Field('value', new Int32()),
              ]),
              false,
            ),
          ),
        ),
      'map<utf8, int32>',
      ['[["k",1]]', null],
    ],
    [
      'dictionaries',
      () => vectorFromArray(['a', 'b', null, 'a'], new Dictionary(new Utf8(), new Int8())),
      'utf8',
      ['a', 'b', null, 'a'],
    ],
  ];
  it.each(cases)('%s', async (_, make, type, cells) => {
    expect(await readColumn(make())).toEqual({ type, cells });
  });

  it('counts dates in milliseconds that are not whole days', async () => {
    const type = new DateMillisecond();
    expect(type.unit).toBe(DateUnit.MILLISECOND);
    const data = makeData({ type, length: 2, data: new BigInt64Array([86_400_000n, -1n]) });
    const { rows, losses } = await readAll(tableToIPC(new Table({ d: new Vector([data]) })));
    expect(rows).toEqual([['1970-01-02'], ['1969-12-31']]);
    expect(losses).toMatchObject([{ code: 'arrow.date-cut', column: 'd', count: 1 }]);
  });
});

describe('batches', () => {
  it('are cut without a trace', async () => {
    const count = 200_003;
    const table = new Table({
      n: vectorFromArray(
        Array.from({ length: count }, (_, i) => (i % 3 ? i : null)),
        new Int32(),
      ),
      b: vectorFromArray(
        Array.from({ length: count }, (_, i) => i % 5 < 2),
        new Bool(),
      ),
      t: vectorFromArray(
        Array.from({ length: count }, (_, i) => `t${i}`),
        new Utf8(),
      ),
      l: vectorFromArray(
        Array.from({ length: count }, (_, i) => (i % 4 ? [i, null] : [])),
        new List(new Field('item', new Int32())),
      ),
    });
    const { rows, batches } = await readAll(tableToIPC(table, 'file'));
    expect(batches.length).toBeGreaterThan(2);
    // Handing one batch over must not take bytes from the next.
    const buffers = batches.map(
      (batch) => (batch.columns[0] as { values: Int32Array }).values.buffer,
    );
    expect(new Set(buffers).size).toBe(batches.length);
    rows.forEach(([n, b, t, l], i) => {
      if (
        n !== (i % 3 ? String(i) : null) ||
        b !== String(i % 5 < 2) ||
        t !== `t${i}` ||
        l !== (i % 4 ? `[${i},null]` : '[]')
      )
        expect.unreachable(`row ${i}: ${n} ${b} ${t} ${l}`);
    });
    expect(rows).toHaveLength(count);
  });

  it('come with replaced and grown dictionaries', async () => {
    const type = new Dictionary(new Utf8(), new Int32(), 7);
    const schema = new Schema([new Field('d', type)]);
    const writer = new RecordBatchStreamWriter();
    for (const values of [['a', 'b'], ['b', 'c'], ['x']]) {
      const dictionary = vectorFromArray(values, new Utf8());
      const data = makeData({
        type,
        length: values.length,
        data: Int32Array.from(values.keys()),
        dictionary,
      });
      const struct = makeData({
        type: new Struct(schema.fields),
        length: values.length,
        children: [data],
      });
      writer.write(new RecordBatch(schema, struct));
    }
    writer.finish();
    const { rows } = await readAll(await writer.toUint8Array());
    expect(rows.flat()).toEqual(['a', 'b', 'b', 'c', 'x']);
  });

  it('leave unwanted columns out, and their bytes unread', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => i);
    const bytes = tableToIPC(
      new Table({
        a: vectorFromArray(many, new Int32()),
        b: vectorFromArray(many, new Float64()),
        c: vectorFromArray(['x'], new Utf8()).concat(
          vectorFromArray(many.slice(1).map(String), new Utf8()),
        ),
      }).select(['a', 'b']),
      'file',
    );
    const all = await readAll(bytes);
    const some = await readAll(bytes, {}, { wanted: new Set([0]) });
    expect(some.rows.map(([a]) => a)).toEqual(all.rows.map(([a]) => a));
    expect(some.rows.every(([, b]) => b === null)).toBe(true);
    expect(some.bytesRead).toBeLessThan(all.bytesRead / 2);
  });
});

describe('whole files', () => {
  // Written by apache-arrow, but for the sizes before packed buffers, which it gets wrong (21.2): those are put right.
  it.each(['lz4', 'zstd'])('reads buffers that the %s program packed', async (codec) => {
    const { rows, evidence } = await readAll(fixture(`compressed-${codec}.arrow`));
    expect(evidence[0]).toContain(codec);
    expect(rows).toEqual(
      Array.from({ length: 3_000 }, (_, i) => [
        i % 7 === 0 ? null : String(i * 3),
        `text number ${i % 40} and on`,
      ]),
    );
  });

  it.skipIf(!existsSync(flights))('reads the flights as apache-arrow does', async () => {
    const bytes = new Uint8Array(readFileSync(flights));
    const { rows, schema, estimatedRows } = await readAll(bytes);
    expect(estimatedRows).toBe(200_000);
    expect(rows).toHaveLength(200_000);
    const theirs = tableFromIPC(bytes);
    expect(schema.fields.map((field) => typeName(field.type))).toEqual([
      'int16',
      'int16',
      'float32',
    ]);
    theirs.schema.fields.forEach((field, c) => {
      const values = theirs.getChildAt(c)!.toArray() as Int16Array;
      for (let i = 0; i < rows.length; i++)
        if (Math.fround(Number(rows[i]![c])) !== values[i])
          expect.unreachable(`${field.name} ${i}: ${rows[i]![c]}, ${values[i]}`);
    });
  });

  it('reads a table without rows, and one without columns', async () => {
    const none = new Table(new Schema([new Field('a', new Int32())]));
    expect(await readAll(tableToIPC(none, 'stream'))).toMatchObject({ rows: [], estimatedRows: 0 });
    expect(await readAll(tableToIPC(none, 'file'))).toMatchObject({ rows: [], estimatedRows: 0 });
  });

  it('says where a stream or file was cut off', async () => {
    const table = new Table({ n: vectorFromArray([1, 2, 3], new Int32()) });
    const stream = tableToIPC(table, 'stream');
    await expect(readAll(stream.subarray(0, stream.length - 24))).rejects.toMatchObject({
      code: 'read.arrow.corrupt',
      message: expect.stringMatching(/cut off at byte \d+/) as string,
    });
    const file = tableToIPC(table, 'file');
    await expect(readAll(file.subarray(0, file.length - 5))).rejects.toMatchObject({
      code: 'read.arrow.corrupt',
      message: expect.stringMatching(/cut off/) as string,
    });
  });
});
