// Every file of the public Parquet corpus: read as DuckDB reads it, or refused with the reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeName, type DataType } from '../../table/data-type.ts';
import { differences, duckRows } from './judge.ts';
import { readAll } from './testing.ts';

const folder = new URL('../../../../shared/corpora/parquet-testing/data/', import.meta.url);
const isThere = existsSync(folder);
if (!isThere && process.env.CI === 'true') throw new Error('the Parquet corpus is missing');

const load = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));

/** Files that must not be read, and what their error says. */
const refused = new Map([
  ['datapage_v1-corrupt-checksum.parquet', /checksum/],
  ['rle-dict-uncompressed-corrupt-checksum.parquet', /checksum/],
]);

/** Files that DuckDB does not read, or not rightly; the tests below say what is right. */
const unjudged = new Set([
  'int96_from_spark.parquet',
  'byte_stream_split_extended.gzip.parquet',
  'hadoop_lz4_compressed.parquet',
  'hadoop_lz4_compressed_larger.parquet',
  'non_hadoop_lz4_compressed.parquet',
  'map_no_value.parquet',
  // Two texts of 1 GiB in one row: read right, but neither in a test's time nor into one cell's text.
  'large_string_map.brotli.parquet',
]);

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'; SET threads = 1");
});
afterAll(() => connection.closeSync());

describe.skipIf(!isThere)('parquet-testing', () => {
  const files = isThere ? readdirSync(folder).filter((file) => file.includes('.parquet')) : [];

  it('is all there', () => expect(files.length).toBeGreaterThan(60));

  for (const file of files) {
    if (file.endsWith('.encrypted'))
      it(`refuses ${file}`, async () => {
        await expect(readAll(load(file))).rejects.toMatchObject({ code: 'read.parquet.encrypted' });
      });
    else if (refused.has(file))
      it(`refuses ${file}`, async () => {
        await expect(readAll(load(file))).rejects.toMatchObject({
          code: 'read.parquet.corrupt',
          message: expect.stringMatching(refused.get(file)!) as string,
        });
      });
    else if (file.endsWith('.parquet') && !unjudged.has(file))
      it(`reads ${file} as DuckDB does`, async () => {
        const { schema, rows } = await readAll(load(file));
        const path = new URL(file, folder).pathname;
        const theirs = await duckRows(connection, `SELECT * FROM read_parquet('${path}')`);
        expect(differences(schema, rows, theirs)).toEqual([]);
      });
  }

  it.each([
    ['hadoop_lz4_compressed.parquet', 'lz4_raw_compressed.parquet'],
    ['non_hadoop_lz4_compressed.parquet', 'lz4_raw_compressed.parquet'],
    ['hadoop_lz4_compressed_larger.parquet', 'lz4_raw_compressed_larger.parquet'],
  ])('reads the same from %s as from %s', async (file, same) => {
    expect((await readAll(load(file))).rows).toEqual((await readAll(load(same))).rows);
  });

  it.each([
    'hadoop_lz4_compressed.parquet',
    'hadoop_lz4_compressed_larger.parquet',
    'delta_byte_array.parquet',
    'delta_binary_packed.parquet',
  ])('reads %s as hyparquet does', async (file) => {
    const bytes = load(file);
    const { schema, rows } = await readAll(bytes, { bareBytes: 'text' });
    const theirs = await parquetReadObjects({ file: bytes.slice().buffer, compressors });
    expect(rows).toHaveLength(theirs.length);
    const plain = (cell: string | null, type: DataType): unknown => {
      if (cell === null) return null;
      if (type.kind === 'float') return type.bits === 32 ? Math.fround(Number(cell)) : Number(cell);
      if (type.kind === 'int' || type.kind === 'decimal') return Number(cell);
      return type.kind === 'binary' ? Buffer.from(cell, 'base64').toString('latin1') : cell;
    };
    const theirPlain = (value: unknown): unknown => {
      if (typeof value === 'bigint') return Number(value);
      if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
      return value ?? null;
    };
    rows.forEach((row, r) =>
      schema.fields.forEach(({ name, type }, c) =>
        expect(plain(row[c]!, type), `row ${r} of ${name}`).toEqual(theirPlain(theirs[r]![name])),
      ),
    );
  });

  it('reads split streams of every type as the plain columns beside them', async () => {
    const { schema, rows } = await readAll(load('byte_stream_split_extended.gzip.parquet'));
    expect(rows).toHaveLength(200);
    for (let column = 0; column < schema.fields.length; column += 2)
      expect(rows.map((row) => row[column + 1])).toEqual(rows.map((row) => row[column]));
  });

  it('reads maps without values as the lists of their keys', async () => {
    const { schema, rows } = await readAll(load('map_no_value.parquet'));
    expect(schema.fields.map((field) => typeName(field.type))).toEqual([
      'map<int32, int32>',
      'list<int32>',
      'list<int32>',
    ]);
    for (const [withNulls, keys, list] of rows) {
      expect(keys).toBe(list);
      expect(withNulls).toBe(
        `[${(JSON.parse(keys!) as number[]).map((key) => `[${key},null]`).join(',')}]`,
      );
    }
  });

  it('reads old timestamps beyond nanoseconds in coarser units', async () => {
    const bytes = load('int96_from_spark.parquet');
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'read.parquet.timestamp-range' });
    // The last one overflowed where it was written: day −108,302,820 is beyond microseconds, too.
    await expect(readAll(bytes, { int96: 'us' })).rejects.toMatchObject({
      code: 'read.parquet.timestamp-range',
    });
    const { rows, losses } = await readAll(bytes, { int96: 'ms' });
    expect(rows.flat().slice(0, 5)).toEqual([
      '2024-01-01T20:34:56.123',
      '2024-01-01T01:00:00.000',
      '9999-12-31T03:00:00.000',
      '2024-12-30T23:00:00.000',
      null,
    ]);
    expect(losses).toMatchObject([{ code: 'parquet.timestamp-cut', column: 'a', count: 2 }]);
  });
});
