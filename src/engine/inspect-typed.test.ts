// What inspect says of files that hold their types themselves: counts over their first rows, as DuckDB counts them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import type { ColumnEdit } from '../contract/config.ts';
import type { Inspection } from '../contract/verbs.ts';
import { testEngine } from './engine.suite.ts';

const engine = testEngine();
let connection: DuckDBConnection;
const folder = mkdtempSync(join(tmpdir(), 'inspect-typed-'));
const path = join(folder, 'x.parquet');
beforeAll(async () => {
  connection = await (await DuckDBInstance.create()).connect();
  await connection.run('SET threads = 1');
});
afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true });
});

async function inspected(blob: Blob, columns: ColumnEdit[] = []): Promise<Inspection> {
  const config = createConfig({
    source: { kind: 'auto', from: { binding: 'file' }, ...(columns.length > 0 && { columns }) },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  return engine.inspect(config, { bytes: { file: blob } });
}

const TABLE = `SELECT i AS id, CASE WHEN i % 5 = 0 THEN NULL ELSE 'name ' || (i % 97) END AS name,
  i % 3 = 0 AS flag, CASE WHEN i % 7 > 0 THEN ((i % 50) * 1.25)::DECIMAL(12,2) END AS amount,
  DATE '1990-01-01' + (i % 200)::INT AS day, [i, NULL] AS list, '' AS nothing FROM range(ROWS) t(i)`;

async function parquet(rows: number): Promise<Blob> {
  await connection.run(
    `COPY (${TABLE.replace('ROWS', String(rows))}) TO '${path}' (FORMAT parquet)`,
  );
  return new Blob([readFileSync(path) as BlobPart]);
}

describe('inspect of parquet', () => {
  it('counts nulls and different values as DuckDB does', async () => {
    const found = await inspected(await parquet(900));
    expect(found).toMatchObject({ sampledRows: 900, isWhole: true, estimatedRows: 900 });
    const names = found.columns.map(({ name }) => name);
    const select = names
      .map((name) => `count(*) - count("${name}"), count(DISTINCT "${name}")`)
      .join(', ');
    const [row] = (
      await connection.runAndReadAll(`SELECT ${select} FROM read_parquet('${path}')`)
    ).getRows();
    expect(found.columns.flatMap((c) => [c.nullCount, c.distinctCount])).toEqual(row!.map(Number));
    const [id, , , amount, day, list, nothing] = found.columns;
    expect(found.columns.every(({ isProfiled }) => isProfiled)).toBe(true);
    expect(id!.sentence).toBe('Given by the file.');
    expect(id!.shape).toMatchObject({ kind: 'range', from: '0', to: '899' });
    expect(amount!.shape).toMatchObject({ kind: 'range', from: '0.00', to: '61.25' });
    expect(day!.shape).toMatchObject({ kind: 'range', from: '1990-01-01', to: '1990-07-19' });
    expect(list!.shape).toBeNull();
    expect(nothing!.emptyCount).toBe(900);
  });

  it('looks at the first 4,096 rows of more', async () => {
    const found = await inspected(await parquet(20_000));
    expect(found).toMatchObject({ sampledRows: 4_096, isWhole: false, estimatedRows: 20_000 });
    expect(found.columns[1]!.nullCount).toBe(820);
  });

  it('tells misfits of edits by the same rows, and counts the values as the file holds them', async () => {
    const found = await inspected(await parquet(900), [
      { column: { name: 'name' }, type: 'int64', name: 'number' },
    ]);
    expect(found.columns[1]).toMatchObject({
      name: 'number',
      edited: { name: 'name', nth: 0 },
      nullCount: 180,
      misfits: { count: 720 },
    });
    expect(found.sampledRows).toBe(900);
  });

  it('says why nothing was looked at', async () => {
    const whole = new Uint8Array(await (await parquet(5_000)).arrayBuffer());
    // Damages the pages of the first column, not what the end of the file says of them.
    whole.fill(0xff, 10, 400);
    const found = await inspected(new Blob([whole]));
    expect(found.columns[0]).toMatchObject({ isProfiled: false, nullCount: 0 });
    expect(found.columns[0]!.sentence).toMatch(/^Given by the file, and not looked at: /);
  });
});

describe('inspect of arrow and sqlite', () => {
  it.each([
    ['../sources/arrow/fixtures/three-rows.arrow'],
    ['../sources/sqlite/fixtures/three-rows.db'],
  ])('%s', async (file) => {
    // Packed, so that it is put aside where any part of it can be read at once.
    const bytes = readFileSync(new URL(file, import.meta.url));
    const found = await inspected(new Blob([gzipSync(bytes) as BlobPart]));
    expect(found).toMatchObject({ sampledRows: 3, isWhole: true });
    expect(
      found.columns.every(
        ({ isProfiled, examples, nullCount }) => isProfiled && examples.length + nullCount > 0,
      ),
    ).toBe(true);
  });
});
