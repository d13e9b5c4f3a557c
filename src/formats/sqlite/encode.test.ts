// What sqlite adds to the shared suite: trees of many pages, long values, several tables, keys, and a first page that is full.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { DATE, FLOAT64, INT64, parseTypeName, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from '../format.suite.ts';
import { checkSqlite, optionErrors } from './check.ts';
import { uniqueSqlNames } from './columns.ts';
import { sqliteFormat } from './format.ts';
import { plansOf, readSqlite, sqliteJudge } from './judge.suite.ts';
import { SQLITE_OPTIONS } from './options.ts';

const PAIR = schemaOf([
  ['n', INT64],
  ['text', UTF8],
]);

/** The rows that SQLite finds, after its own check of the whole file. */
async function rowsOf(schema: typeof PAIR, rows: Value[][], options = {}) {
  const { bytes } = await encodeAll(sqliteFormat, options, schema, [batchOf(schema, rows)]);
  const [table] = await readSqlite(bytes);
  return table!.rows;
}

describe('sqlite', () => {
  it.each(['1024', '4096', '65536'])(
    'writes trees of any depth in pages of %s bytes',
    async (pageSize) => {
      const rows = Array.from({ length: 20_000 }, (_, i): Value[] => [
        BigInt(i) ** 3n,
        `row ${i} ${'x'.repeat(i % 40)}`,
      ]);
      const found = await rowsOf(PAIR, rows, { pageSize });
      expect(found).toHaveLength(rows.length);
      for (const i of [0, 1, 17, 19_998, 19_999])
        expect(found[i]).toEqual(rows[i]!.map((value) => String(value)));
    },
    20_000,
  );

  it('writes every number of rows around the edges of pages', async () => {
    for (let count = 0; count < 400; count += count < 40 ? 1 : 23) {
      const rows = Array.from({ length: count }, (_, i): Value[] => [BigInt(i), 'x'.repeat(100)]);
      expect(await rowsOf(PAIR, rows, { pageSize: '1024' })).toHaveLength(count);
    }
  }, 20_000);

  it('writes integers and texts of every size exactly', async () => {
    const edges = Array.from({ length: 64 }, (_, bits) => 2n ** BigInt(bits)).flatMap((power) => [
      power - 1n,
      power,
      -power,
      -power - 1n,
    ]);
    const integers = edges.filter((value) => BigInt.asIntN(64, value) === value);
    const found = await rowsOf(
      PAIR,
      integers.map((value) => [value, null]),
    );
    expect(found.map(([value]) => value)).toEqual(integers.map(String));
    // Around where a value leaves its cell, and where overflow pages are full.
    const lengths = [56, 57, 58, 4000, ...Array.from({ length: 80 }, (_, i) => 4020 + i)];
    lengths.push(8183, 8184, 8185, 12_276, 100_000, 1_200_000);
    const texts = lengths.map((length) => 'é'.repeat(length >> 1) + 'x'.repeat(length & 1));
    const long = await rowsOf(
      PAIR,
      texts.map((text, i) => [BigInt(i), text]),
    );
    expect(long.map(([, text]) => text)).toEqual(texts);
  }, 20_000);

  it('gives random tables back', async () => {
    const schema = schemaOf([
      ['i', INT64],
      ['f', FLOAT64],
      ['t', UTF8],
      ['b', { kind: 'binary' }],
      ['d', DATE],
    ]);
    const row = fc.tuple(
      fc.option(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
      fc.option(fc.double({ noNaN: true })),
      fc.option(fc.string({ unit: 'binary', maxLength: 300 })),
      fc.option(fc.uint8Array({ maxLength: 1500 })),
      fc.option(fc.integer({ min: -700_000, max: 2_000_000 })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.constantFrom('1024', '4096'),
        async (rows, pageSize) => {
          const found = await rowsOf(schema, rows, { pageSize });
          expect(found.map(([i, f, t, b]) => [i, f, t, b])).toEqual(
            rows.map(([i, f, t, b]) => [
              i === null ? null : String(i),
              f === null ? null : Object.is(f, -0) ? '-0' : String(f),
              t,
              b === null ? null : Buffer.from(b).toString('base64'),
            ]),
          );
        },
      ),
      { numRuns: 30 },
    );
  }, 20_000);

  it('writes several tables, more than the first page has room for', async () => {
    const scratch = memoryScratch(1 << 10);
    const tables = Array.from({ length: 60 }, (_, i) => ({
      name: ['Orders', 'orders', 'sqlite_x', 'a"b', ''][i] ?? `table ${i}`,
      schema: PAIR,
      batches: i % 3 === 0 ? [] : [batchOf(PAIR, [[BigInt(i), 'x']])],
    }));
    for (const pageSize of ['1024', '4096']) {
      const { bytes } = await encodeTables(sqliteFormat, { pageSize }, tables, scratch);
      const found = await readSqlite(bytes);
      expect(found.slice(0, 5).map(({ table }) => table)).toEqual([
        'Orders',
        'orders_2',
        '_sqlite_x',
        'a"b',
        '',
      ]);
      expect(found.map(({ rows }) => rows)).toEqual(
        tables.map((_, i) => (i % 3 === 0 ? [] : [[String(i), 'x']])),
      );
    }
  });

  it('has room for statements of any length in its first page', async () => {
    for (let length = 700; length < 1150; length += 7) {
      const schema = schemaOf([['n'.repeat(length), INT64]]);
      const { bytes } = await encodeAll(sqliteFormat, { pageSize: '1024' }, schema, [
        batchOf(schema, [[1n]]),
      ]);
      const [table] = await readSqlite(bytes);
      expect(table).toMatchObject({ names: ['n'.repeat(length)], rows: [['1']] });
    }
  }, 20_000);

  it('takes a column as the row’s own id, where it is in order', async () => {
    const rowId = { rowId: 'n' };
    const rows: Value[][] = [
      [-(2n ** 63n), 'a'],
      [-5n, 'b'],
      [0n, 'c'],
      [2n ** 55n, 'd'],
      [2n ** 63n - 1n, 'e'],
    ];
    expect(await rowsOf(PAIR, rows, rowId)).toEqual(rows.map(([n, text]) => [String(n), text]));
    for (const [keys, code] of [
      [[2n, 1n], 'key-order'],
      [[1n, 1n], 'key-order'],
      [[1n, null], 'key-null'],
    ] as const)
      await expect(
        rowsOf(
          PAIR,
          keys.map((key) => [key, 'x']),
          rowId,
        ),
      ).rejects.toMatchObject({ code: `encode.sqlite.${code}` });
  });

  it('writes indexes that SQLite finds whole and in order, put aside where they are large', async () => {
    const schema = schemaOf([
      ['i', INT64],
      ['f', FLOAT64],
      ['t', UTF8],
      ['b', { kind: 'binary' }],
    ]);
    const value = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 6 });
    const row = fc.tuple(
      value(fc.oneof(fc.bigInt(-300n, 300n), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n))),
      value(fc.double({ noNaN: true })),
      value(fc.string({ unit: 'binary', maxLength: 400 })),
      value(fc.uint8Array({ maxLength: 20 })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 200, size: 'max' }),
        fc.constantFrom('1024', '4096'),
        async (rows, pageSize) => {
          const { bytes } = await encodeTables(
            sqliteFormat,
            { pageSize, indexes: ['i', 'f', 't', 'b'] },
            [{ name: 'data', schema, batches: [batchOf(schema, rows), batchOf(schema, rows)] }],
            memoryScratch(1 << 14),
          );
          // The check compares every entry with its row, and each with the one before.
          expect((await readSqlite(bytes))[0]!.rows).toHaveLength(2 * rows.length);
        },
      ),
      { numRuns: 20 },
    );
  }, 30_000);

  it('writes indexes of many pages, with names of their own', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i): Value[] => [
      BigInt((i * 7919) % 30_011),
      `city ${(i * 31) % 1000}`,
    ]);
    for (let count = 0; count < 200; count += 19) {
      const some = rows.slice(0, count);
      expect(await rowsOf(PAIR, some, { pageSize: '1024', indexes: ['text'] })).toHaveLength(count);
    }
    const { bytes } = await encodeTables(sqliteFormat, { indexes: ['n', 'text', 'n'] }, [
      { name: 'data', schema: PAIR, batches: [batchOf(PAIR, rows)] },
      { name: 'DATA_N', schema: PAIR, batches: [batchOf(PAIR, rows.slice(0, 3))] },
    ]);
    expect(sqliteJudge.describe!(bytes)).toContain('CREATE INDEX "data_n_2" ON "data" ("n")');
    expect((await readSqlite(bytes)).map((table) => table.rows.length)).toEqual([30_000, 3]);
    expect(await plansOf(bytes, `SELECT n FROM data WHERE text = 'city 5' ORDER BY n`)).toContain(
      'USING INDEX data_text',
    );
  }, 30_000);

  it('stores texts as they stand in their source, and counts what it cannot hold', async () => {
    const schema = schemaOf([
      ['d', parseTypeName('decimal(10,2)')!],
      ['t', parseTypeName('timestamp(us, UTC)')!],
      ['f', FLOAT64],
    ]);
    const batch = textBatch(schema, [
      ['1.1', '2026-11-21 09:00Z', '1e2'],
      ['007', '2026-11-21T09:00:00.1234567Z', null],
    ]);
    const { bytes } = await encodeAll(sqliteFormat, {}, schema, [batch]);
    expect((await readSqlite(bytes))[0]!.rows).toEqual([
      ['1.1', '2026-11-21 09:00Z', '100'],
      ['007', '2026-11-21T09:00:00.1234567Z', null],
    ]);
    const typed = batchOf(schema, [[1n, 1_999_999n, Number.NaN]]);
    const unix = await encodeAll(sqliteFormat, { dates: 'unix' }, schema, [typed]);
    expect((await readSqlite(unix.bytes))[0]!.rows).toEqual([['0.01', '1', null]]);
    expect(unix.losses.map(({ code, count }) => [code, count])).toEqual([
      ['sqlite.time-cut', 1],
      ['sqlite.nan-as-null', 1],
    ]);
  });

  it('refuses what no database can hold, and gives names that differ', () => {
    const codes = (values: object, schema = PAIR) =>
      optionErrors({ ...SQLITE_OPTIONS.defaults, ...values }, [schema]).map(({ code }) => code);
    expect(codes({ table: 'SQLite_master' })).toEqual(['sqlite.reserved-name']);
    expect(codes({ rowId: 'x' })).toEqual(['sqlite.unknown-column']);
    expect(codes({ rowId: 'text' })).toEqual(['sqlite.no-integer']);
    expect(codes({ indexes: ['x'] })).toEqual(['sqlite.unknown-column']);
    expect(codes({ indexes: ['n'], rowId: 'n' })).toEqual(['sqlite.key-indexed']);
    const wide = schemaOf(Array.from({ length: 2001 }, (_, i) => [`c${i}`, INT64]));
    expect(codes({}, wide)).toEqual(['sqlite.many-columns']);
    expect(codes({}, schemaOf([]))).toEqual(['sqlite.no-columns']);
    expect(uniqueSqlNames(['a', 'A', 'a_2', 'É', 'é', 'x\0'])).toEqual([
      'a',
      'A_2',
      'a_2_2',
      'É',
      'é',
      'x\ufffd',
    ]);
    const losses = checkSqlite(
      { ...SQLITE_OPTIONS.defaults, decimals: 'real', dates: 'unix' },
      schemaOf([
        ['d', parseTypeName('decimal(4,1)')!],
        ['t', parseTypeName('timestamp(s, Europe/Berlin)')!],
        ['b', { kind: 'bool' }],
      ]),
    );
    expect(losses.map(({ code }) => code)).toEqual([
      'sqlite.decimal-as-real',
      'sqlite.zone',
      'sqlite.bool-as-integer',
    ]);
  });
});
