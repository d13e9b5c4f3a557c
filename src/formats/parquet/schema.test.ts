// The schema, statistics and metadata of Parquet files as hyparquet and DuckDB see them, and what cannot be written.
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { describe, expect, it } from 'vitest';
import { batchOf, type NestedValue, schemaOf } from '../../table/builders.ts';
import { type DataType, INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll, textBatch } from '../format.suite.ts';
import { checkParquet } from './check.ts';
import { parquetFormat } from './format.ts';
import { describeParquet, footerOf, openDuck, withFile } from './judge.suite.ts';
import { PARQUET_OPTIONS, type ParquetOptions } from './options.ts';

type Columns = readonly (readonly [string, DataType])[];
type Options = Record<string, unknown>;

async function bytesOf(
  columns: Columns,
  rows: NestedValue[][],
  options: Options = {},
): Promise<Uint8Array> {
  const schema = schemaOf(columns);
  return (await encodeAll(parquetFormat, options, schema, [batchOf(schema, rows)])).bytes;
}

const duck = async (bytes: Uint8Array, sql = 'SELECT * FROM FILE') => {
  const connection = await openDuck();
  return withFile(bytes, async (path) => {
    const reader = await connection.runAndReadAll(
      sql.replaceAll('FILE', `read_parquet('${path}')`),
    );
    return reader.getRowsJson();
  });
};

/** With null wherever a value is undefined. */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNulls(each)]));
}

const typed = (column: string, type: string, more: Options = {}): Options => ({
  schema: [{ column, type, ...more }],
});

describe('types', () => {
  it.each<[string, DataType, NestedValue, string, unknown, string]>([
    ['text', UTF8, '12', 'int8', 12, 'TINYINT'],
    ['text', UTF8, '2026-11-21', 'date', '2026-11-21', 'DATE'],
    ['text', UTF8, '1.5', 'decimal(38,10)', '1.5000000000', 'DECIMAL(38,10)'],
    ['int64', INT64, 7n, 'decimal(9,2)', '7.00', 'DECIMAL(9,2)'],
    ['int64', INT64, 2n ** 40n, 'float64', 2 ** 40, 'DOUBLE'],
    ['decimal', { kind: 'decimal', precision: 20, scale: 2 }, 1250n, 'int32', null, ''],
    ['text', UTF8, 'a', 'enum', 'a', 'VARCHAR'],
    ['text', UTF8, '{"a":1}', 'json', '{"a":1}', 'JSON'],
    [
      'text',
      UTF8,
      '01234567-89AB-cdef-0123-456789abcdef',
      'uuid',
      '01234567-89ab-cdef-0123-456789abcdef',
      'UUID',
    ],
    [
      'seconds',
      { kind: 'timestamp', unit: 's', zone: null },
      1_700_000_000n,
      'timestamp(us)',
      '2023-11-14 22:13:20',
      'TIMESTAMP',
    ],
    [
      'an instant',
      { kind: 'timestamp', unit: 'ms', zone: 'UTC' },
      1_700_000_000_007n,
      'timestamp(us, UTC)',
      '2023-11-14 22:13:20.007+00',
      'TIMESTAMP WITH TIME ZONE',
    ],
  ])('%s, value %#, as it is wanted', async (_what, type, value, wanted, found, duckType) => {
    const written = bytesOf([['v', type]], [[value], [null]], typed('v', wanted));
    if (found === null) {
      await expect(written).rejects.toMatchObject({ code: 'encode.parquet.misfit' });
      return;
    }
    const bytes = await written;
    expect(await duck(bytes)).toEqual([[found], [null]]);
    expect(await duck(bytes, 'SELECT typeof(v) FROM FILE LIMIT 1')).toEqual([[duckType]]);
  });

  it('takes sixteen bytes as a UUID', async () => {
    const value = Uint8Array.from({ length: 16 }, (_, i) => i * 16 + i);
    const bytes = await bytesOf([['v', { kind: 'binary' }]], [[value]], typed('v', 'uuid'));
    expect(await duck(bytes)).toEqual([['00112233-4455-6677-8899-aabbccddeeff']]);
  });

  it('reads texts of a text source by their types', async () => {
    const schema = schemaOf([
      ['n', INT64],
      ['t', UTF8],
    ]);
    const batch = textBatch(schema, [
      ['007', ''],
      [null, null],
    ]);
    const { bytes } = await encodeAll(parquetFormat, typed('t', 'binary'), schema, [batch]);
    expect(await duck(bytes)).toEqual([
      ['7', ''],
      [null, null],
    ]);
  });

  it.each([
    ['a text that is no number', 'v', UTF8, 'x', 'int64', 'encode.parquet.misfit'],
    ['a text that is no UUID', 'v', UTF8, 'x', 'uuid', 'encode.parquet.misfit'],
    ['digits that are lost', 'v', UTF8, '1.23', 'decimal(5,1)', 'encode.parquet.misfit'],
    ['a column that is not there', 'w', UTF8, 'x', 'int64', 'config.conflict'],
    ['a type that is none', 'v', UTF8, 'x', 'integer', 'config.conflict'],
  ] as const)('refuses %s', async (_what, column, type, value, wanted, code) => {
    await expect(
      bytesOf([['v', type]], [['7'], [value]], typed(column, wanted)),
    ).rejects.toMatchObject({
      code,
    });
  });

  it('says in which row a required value is missing', async () => {
    const list: DataType = { kind: 'list', item: UTF8 };
    for (const [type, value] of [
      [UTF8, 'x'],
      [list, ['x']],
    ] as const)
      await expect(
        bytesOf([['v', type]], [[value], [value], [null]], {
          schema: [{ column: 'v', required: true }],
        }),
      ).rejects.toMatchObject({ code: 'encode.parquet.null', parameters: { row: 3, column: 'v' } });
  });

  it('keeps what is beyond milliseconds out of reach of seconds', async () => {
    const type: DataType = { kind: 'timestamp', unit: 's', zone: null };
    await expect(bytesOf([['v', type]], [[2n ** 62n]])).rejects.toMatchObject({
      code: 'encode.parquet.misfit',
    });
  });
});

describe('the footer', () => {
  it('is the same bytes whatever the order of the metadata', async () => {
    const write = (metadata: Options) => bytesOf([['v', UTF8]], [['x']], { metadata });
    const one = await write({ b: '2', a: '1', '': 'ü', __proto__: 'kept out' });
    expect(await write({ '': 'ü', a: '1', b: '2' })).toEqual(one);
    expect(footerOf(one).key_value_metadata?.map(({ key }) => key)).toEqual(['', 'a', 'b']);
  });

  it('states bounds that hold for all values, and no others', async () => {
    const long = 'z'.repeat(100);
    const bytes = await bytesOf(
      [
        ['float', { kind: 'float', bits: 64 }],
        ['zero', { kind: 'float', bits: 64 }],
        ['text', UTF8],
        ['unsigned', { kind: 'int', bits: 64, signed: false }],
        ['decimal', { kind: 'decimal', precision: 30, scale: 0 }],
        ['nothing', UTF8],
      ],
      [
        [Number.NaN, 0, long, 2n ** 63n, -1n, null],
        [-Infinity, -0, 'é', 1n, 5n, null],
        [Infinity, 0, '', 0n, -(10n ** 29n), null],
      ],
    );
    const [float, zero, text, unsigned, decimal, nothing] = footerOf(
      bytes,
    ).row_groups[0]!.columns.map((column) => column.meta_data!.statistics!);
    expect(float).toMatchObject({ min_value: -Infinity, max_value: Infinity, null_count: 0n });
    expect([zero!.min_value, zero!.max_value]).toEqual([-0, 0]);
    expect(text).toMatchObject({ min_value: '', max_value: 'é' });
    expect(unsigned).toMatchObject({ null_count: 0n });
    expect(decimal!.max_value).toBe(5);
    expect(nothing).toMatchObject({ null_count: 3n });
    expect(nothing!.min_value).toBeUndefined();
    // DuckDB skips by them.
    expect(await duck(bytes, `SELECT count(*) FROM FILE WHERE text = '${long}'`)).toEqual([['1']]);
    expect(await duck(bytes, 'SELECT count(*) FROM FILE WHERE zero = 0')).toEqual([['3']]);
    expect(
      await duck(bytes, 'SELECT count(*) FROM FILE WHERE unsigned = 9223372036854775808'),
    ).toEqual([['1']]);
  });

  it('cuts bounds of long texts at whole characters', async () => {
    const texts = [
      'é'.repeat(50),
      '😀'.repeat(50),
      `a${'é'.repeat(50)}`,
      `b${'\u007f'.repeat(80)}`,
    ];
    for (const value of texts) {
      const bytes = await bytesOf([['v', UTF8]], [[value]]);
      const { min_value: min, max_value: max } =
        footerOf(bytes).row_groups[0]!.columns[0]!.meta_data!.statistics!;
      expect(Buffer.from(min as string).compare(Buffer.from(value))).toBeLessThan(0);
      expect(Buffer.from(max as string).compare(Buffer.from(value))).toBeGreaterThan(0);
      expect(await duck(bytes, `SELECT count(*) FROM FILE WHERE v = '${value}'`)).toEqual([['1']]);
    }
  });

  it('ends row groups by rows and by bytes, wherever batches end', async () => {
    const schema = schemaOf([['v', UTF8]]);
    const rows = Array.from({ length: 100 }, (_, i) => ['x'.repeat(i * 3)]);
    const write = async (sizes: number, options: Options) => {
      const batches = [];
      for (let at = 0; at < rows.length; at += sizes)
        batches.push(batchOf(schema, rows.slice(at, at + sizes)));
      return (await encodeAll(parquetFormat, options, schema, batches)).bytes;
    };
    for (const options of [{ rowGroupSize: 7 }, { rowGroupBytes: 1024 }, { pageSize: 1024 }]) {
      const whole = await write(100, options);
      for (const size of [1, 3, 64]) expect(await write(size, options)).toEqual(whole);
      expect(await duck(whole)).toEqual(rows);
    }
    const groups = footerOf(await write(9, { rowGroupBytes: 1024 })).row_groups;
    const sizes = groups.map(({ num_rows }) => Number(num_rows));
    let row = 0;
    for (const [i, size] of sizes.entries()) {
      const bytes = (from: number, to: number): number =>
        rows.slice(from, to).reduce((sum, [text]) => sum + text!.length + 4, 0);
      expect(bytes(row, row + size)).toBeLessThanOrEqual(1024);
      if (i < sizes.length - 1) expect(bytes(row, row + size + 1)).toBeGreaterThan(1024);
      row += size;
    }
  });

  it('holds rows without columns, and columns without rows', async () => {
    const none = await bytesOf([], [[], [], []]);
    expect(Number(footerOf(none).num_rows)).toBe(3);
    const empty = await bytesOf(
      [
        ['v', UTF8],
        ['w', { kind: 'list', item: INT64 }],
      ],
      [],
    );
    expect(await duck(empty)).toEqual([]);
    expect(describeParquet(empty)).toContain('schema v BYTE_ARRAY OPTIONAL');
  });

  it('is read by hyparquet too, nested values and indexes included', async () => {
    const bytes = await bytesOf(
      [
        ['a.b', INT64],
        ['list', { kind: 'list', item: UTF8 }],
        [
          'struct',
          { kind: 'struct', fields: schemaOf([['x', { kind: 'list', item: INT64 }]]).fields },
        ],
        ['map', { kind: 'map', key: UTF8, value: INT64 }],
      ],
      [
        [1n, ['p', null], [[1n, 2n]], [['k', 1n]]],
        [null, [], [null], []],
        [3n, null, null, null],
      ],
      { statistics: 'page', compression: 'zstd' },
    );
    const { buffer } = Uint8Array.from(bytes);
    const rows = await parquetReadObjects({ file: buffer, compressors, useOffsetIndex: true });
    // It says undefined for null inside of others.
    expect(rows.map(withNulls)).toEqual([
      { 'a.b': 1n, list: ['p', null], struct: { x: [1n, 2n] }, map: { k: 1n } },
      { 'a.b': null, list: [], struct: { x: null }, map: {} },
      { 'a.b': 3n, list: null, struct: null, map: null },
    ]);
  });
});

describe('check', () => {
  const findings = (options: Partial<ParquetOptions>, columns: Columns) =>
    checkParquet({ ...PARQUET_OPTIONS.defaults, ...options }, schemaOf(columns)).map(
      ({ severity, code }) => `${severity} ${code}`,
    );

  it('says nothing of what is well', () => {
    expect(findings({}, [['v', UTF8]])).toEqual([]);
  });

  it.each<[string, Partial<ParquetOptions>, Columns]>([
    ['loss parquet.lzo-as-zstd', { compression: 'lzo' }, [['v', UTF8]]],
    ['warning parquet.small-groups', { rowGroupSize: 5000 }, [['v', UTF8]]],
    ['warning parquet.no-columns', {}, []],
    [
      'warning parquet.repeated-name',
      {},
      [
        ['v', UTF8],
        ['v', UTF8],
      ],
    ],
    ['loss parquet.zone', {}, [['v', { kind: 'timestamp', unit: 'ms', zone: 'Europe/Berlin' }]]],
    ['error parquet.level', { compression: 'gzip', compressionLevel: 12 }, [['v', UTF8]]],
    ['error parquet.wrong-encoding', { encodings: { v: 'delta' } }, [['v', UTF8]]],
    ['error parquet.unknown-column', { encodings: { w: 'plain' } }, [['v', UTF8]]],
    ['error parquet.empty-struct', {}, [['v', { kind: 'struct', fields: [] }]]],
  ])('%s', (finding, options, columns) => {
    expect(findings(options, columns)).toEqual([finding]);
  });

  it('records that LZO was not written', async () => {
    const schema = schemaOf([['v', UTF8]]);
    const { losses } = await encodeAll(parquetFormat, { compression: 'lzo' }, schema, [
      batchOf(schema, [['x']]),
      batchOf(schema, [['y']]),
    ]);
    expect(losses.map(({ code, count }) => [code, count])).toEqual([['parquet.lzo-as-zstd', 1]]);
  });
});
