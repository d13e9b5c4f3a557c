// Parquet files that DuckDB wrote: every codec, version, type and shape, cut into batches and skipped as they may be.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchBuffers } from '../../table/batch.ts';
import { typeName } from '../../table/data-type.ts';
import { differences, duckRows } from './judge.ts';
import { readAll } from './testing.ts';

let connection: DuckDBConnection;
const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
beforeAll(async () => {
  connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    "SET TimeZone = 'UTC'; SET threads = 1; SET preserve_insertion_order = true",
  );
});
afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true });
});

const path = join(folder, 'x.parquet');

/** What DuckDB writes of a query. */
async function written(sql: string, options = ''): Promise<Uint8Array> {
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet${options && `, ${options}`})`);
  return new Uint8Array(readFileSync(path));
}

/** Reads what DuckDB wrote and holds it against what DuckDB reads. */
async function sameAsDuck(sql: string, options = '') {
  const all = await readAll(await written(sql, options));
  const theirs = await duckRows(connection, `SELECT * FROM read_parquet('${path}')`);
  expect(differences(all.schema, all.rows, theirs)).toEqual([]);
  return all;
}

const MIXED = `SELECT i AS id, (i * 7919) % 1000 - 500 AS small, i::DOUBLE / 3 AS f,
  CASE WHEN i % 5 = 0 THEN NULL ELSE 'name ' || (i % 97) END AS name, md5(i::VARCHAR) AS hash,
  i % 3 = 0 AS flag, (i * 1.25)::DECIMAL(12,2) AS amount, DATE '1990-01-01' + (i % 20000)::INT AS day,
  TIMESTAMP '2000-01-01' + INTERVAL (i) SECOND AS at FROM range(6000) t(i)`;

describe('codecs and versions', () => {
  it.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])('%s', async (codec) => {
    const { rows } = await sameAsDuck(MIXED, `COMPRESSION ${codec}`);
    expect(rows).toHaveLength(6_000);
  });

  it.each(['v1', 'v2'])('version %s in small row groups', async (version) => {
    const { batches } = await sameAsDuck(MIXED, `PARQUET_VERSION ${version}, ROW_GROUP_SIZE 2048`);
    expect(batches).toHaveLength(3);
  });

  it('byte stream split and delta encodings', async () => {
    await sameAsDuck(
      `SELECT random() AS d, random()::FLOAT AS f, (random() * 1e18)::BIGINT AS l,
        (random() * 1e9)::INT AS i, uuid()::VARCHAR AS t FROM range(5000)`,
      'PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1',
    );
  });
});

describe('types', () => {
  it('whole numbers at their edges', async () => {
    const { schema, rows } = await sameAsDuck(
      `SELECT * FROM (VALUES
        ('-128'::TINYINT, 255::UTINYINT, '-32768'::SMALLINT, 65535::USMALLINT, '-2147483648'::INT,
         4294967295::UINTEGER, (-9223372036854775807 - 1)::BIGINT, 18446744073709551615::UBIGINT),
        (127, 0, 32767, 0, 2147483647, 0, 9223372036854775807, 0),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) v(a, b, c, d, e, f, g, h)`,
    );
    expect(schema.fields.map((field) => typeName(field.type))).toEqual([
      'int8',
      'uint8',
      'int16',
      'uint16',
      'int32',
      'uint32',
      'int64',
      'uint64',
    ]);
    expect(rows[0]).toEqual([
      '-128',
      '255',
      '-32768',
      '65535',
      '-2147483648',
      '4294967295',
      '-9223372036854775808',
      '18446744073709551615',
    ]);
  });

  it('decimals of every size', async () => {
    const { schema, rows } = await sameAsDuck(
      `SELECT '-99.99'::DECIMAL(4,2) a, '-9999999.99'::DECIMAL(9,2) b,
        '-999999999999999.999'::DECIMAL(18,3) c, '-12345678901234567890123456789012345678'::DECIMAL(38,0) d,
        '0.00000000000000000000000000000000000001'::DECIMAL(38,38) e`,
    );
    expect(schema.fields.map((field) => typeName(field.type))).toEqual([
      'decimal(4,2)',
      'decimal(9,2)',
      'decimal(18,3)',
      'decimal(38,0)',
      'decimal(38,38)',
    ]);
    expect(rows[0]).toEqual([
      '-99.99',
      '-9999999.99',
      '-999999999999999.999',
      '-12345678901234567890123456789012345678',
      '0.00000000000000000000000000000000000001',
    ]);
  });

  it('floats by their bits', async () => {
    const { rows } = await sameAsDuck(
      `SELECT * FROM (VALUES ('NaN'::DOUBLE, 'NaN'::FLOAT), ('-Infinity', 'Infinity'), ('-0.0'::DOUBLE, '-0.0'::FLOAT),
        (5e-324, 1e-45), (1.7976931348623157e308, 3.4028235e38), (0.1, 0.1)) v(d, f)`,
    );
    expect(rows).toEqual([
      ['NaN', 'NaN'],
      ['-Infinity', 'Infinity'],
      ['-0', '-0'],
      ['5e-324', '1e-45'],
      ['1.7976931348623157e+308', '3.4028235e+38'],
      ['0.1', '0.1'],
    ]);
  });

  it('dates, times and timestamps of every unit', async () => {
    const { schema, rows } = await sameAsDuck(
      `SELECT DATE '0001-01-01' a, TIME '23:59:59.999999' b, TIMESTAMP_S '1969-12-31 23:59:59' c,
        TIMESTAMP_MS '2024-02-29 12:00:00.123' d, TIMESTAMP '2024-02-29 12:00:00.123456' e,
        TIMESTAMP_NS '2024-02-29 12:00:00.123456789' f, TIMESTAMPTZ '2024-02-29 12:00:00.123456+02' g`,
    );
    expect(schema.fields.map((field) => typeName(field.type))).toEqual([
      'date',
      'time(us)',
      'timestamp(us)',
      'timestamp(ms)',
      'timestamp(us)',
      'timestamp(ns)',
      'timestamp(us, UTC)',
    ]);
    expect(rows[0]).toEqual([
      '0001-01-01',
      '23:59:59.999999',
      '1969-12-31T23:59:59.000000',
      '2024-02-29T12:00:00.123',
      '2024-02-29T12:00:00.123456',
      '2024-02-29T12:00:00.123456789',
      '2024-02-29T10:00:00.123456Z',
    ]);
  });

  it('uuids, bytes, enums, intervals and JSON', async () => {
    const all = await readAll(
      await written(
        `SELECT '12345678-9abc-def0-8234-56789abcdef0'::UUID a, '\\x00\\xFF'::BLOB b, 'x'::ENUM('w', 'x') c,
          INTERVAL '14 months 3 days 1.25 seconds' d, '{"a": [1, 2.50]}'::JSON e`,
      ),
    );
    expect(all.rows).toEqual([
      ['12345678-9abc-def0-8234-56789abcdef0', 'AP8=', 'x', 'P14M3DT1.25S', '{"a": [1, 2.50]}'],
    ]);
    expect(all.schema.fields.map((field) => typeName(field.type))).toEqual([
      'utf8',
      'binary',
      'utf8',
      'utf8',
      'json',
    ]);
  });

  it('lists, structs and maps in each other, with nulls on every level', async () => {
    await sameAsDuck(
      `SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE [CASE WHEN x % 3 = 0 THEN NULL ELSE x END for x in range(i % 5)] END l,
        CASE WHEN i % 4 = 0 THEN NULL ELSE {'a': i, 'b': CASE WHEN i % 3 = 0 THEN NULL ELSE 't' || i END,
          'c': {'d': [i, NULL]}} END s,
        CASE WHEN i % 6 = 0 THEN NULL ELSE MAP {'k' || i: [i], 'n': NULL} END m,
        [[], NULL, [{'x': i::DECIMAL(9,2)}], [NULL]] ll
      FROM range(9000) t(i)`,
      'ROW_GROUP_SIZE 4096',
    );
  });

  it('names that are no names', async () => {
    const { schema, rows } = await readAll(
      await written(`SELECT 1 AS "__proto__", 2 AS " ", 3 AS "a.b", 4 AS "constructor"`),
    );
    expect(schema.fields.map((field) => field.name)).toEqual([
      '__proto__',
      ' ',
      'a.b',
      'constructor',
    ]);
    expect(rows).toEqual([['1', '2', '3', '4']]);
  });

  it('a table without rows', async () => {
    const { rows, schema } = await sameAsDuck('SELECT 1 AS a, [1] AS b WHERE false');
    expect(rows).toEqual([]);
    expect(schema.fields).toHaveLength(2);
  });
});

describe('batches', () => {
  it('own their buffers', async () => {
    const { batches } = await readAll(await written(MIXED, 'ROW_GROUP_SIZE 4096'));
    const buffers = batches.flatMap(batchBuffers);
    expect(new Set(buffers).size).toBe(buffers.length);
  });

  it('stay small where a dictionary makes a little file of very long texts', async () => {
    const bytes = await written(
      `SELECT i, CASE WHEN i % 2 = 0 THEN repeat('x', 1000000) ELSE 'y' END AS t,
        CASE WHEN i BETWEEN 100 AND 150 THEN [repeat('z', 100000)] ELSE [] END AS l FROM range(400) t(i)`,
    );
    expect(bytes.length).toBeLessThan(6_000_000);
    const { batches, rows } = await readAll(bytes);
    for (const batch of batches) {
      const size = batchBuffers(batch).reduce((sum, buffer) => sum + buffer.byteLength, 0);
      expect(size).toBeLessThan(160 << 20);
    }
    expect(batches.length).toBeGreaterThan(2);
    expect(rows.map(([i]) => i)).toEqual(Array.from({ length: 400 }, (_, i) => String(i)));
    expect(rows.map(([, t]) => t!.length)).toEqual(
      Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1_000_000 : 1)),
    );
    expect(rows.map(([, , l]) => l!.length)).toEqual(
      Array.from({ length: 400 }, (_, i) => (i >= 100 && i <= 150 ? 100_004 : 2)),
    );
  });

  it('leave unwanted columns out, and their bytes unread', async () => {
    const bytes = await written(MIXED, 'COMPRESSION uncompressed');
    const all = await readAll(bytes);
    const some = await readAll(bytes, {}, { wanted: new Set([1]) });
    expect(some.rows.map((row) => row[1])).toEqual(all.rows.map((row) => row[1]));
    expect(some.rows.every(([id]) => id === null)).toBe(true);
    expect(some.bytesRead).toBeLessThan(all.bytesRead / 3);
  });
});

describe('texts that are none', () => {
  const INVALID = `SELECT * FROM (VALUES ('\\xC3'::BLOB), ('\\xA9b'::BLOB), ('ok'::BLOB)) v(t)`;

  it('fail with their row, or are replaced and counted', async () => {
    const bytes = await written(INVALID);
    expect((await readAll(bytes)).rows.flat()).toEqual(['ww==', 'qWI=', 'b2s=']);
    await expect(readAll(bytes, { bareBytes: 'text' })).rejects.toMatchObject({
      code: 'read.parquet.invalid-text',
      parameters: { row: '1', column: 't' },
    });
    const { rows, losses } = await readAll(bytes, { bareBytes: 'text', invalidText: 'replace' });
    expect(rows.flat()).toEqual(['�', '�b', 'ok']);
    expect(losses).toMatchObject([{ code: 'parquet.text-replaced', column: 't', count: 2 }]);
  });
});
