// Damaged Parquet files: each ends in a sentence or in rows, soon, and without asking for memory that the file cannot fill.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { readAll } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'damage-'));
const files: Uint8Array[] = [];
beforeAll(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const path = join(folder, 'x.parquet');
  const queries = [
    [`SELECT i, 'text ' || (i % 9) AS t, i / 7 AS f FROM range(300) t(i)`, ''],
    [
      `SELECT i, [i, NULL] AS l, {'a': i, 'b': 'x'} AS s, MAP {'k': i} AS m FROM range(40) t(i)`,
      ', COMPRESSION zstd',
    ],
    [
      `SELECT i, 'long text number ' || i AS t, i % 2 = 0 AS b FROM range(300) t(i)`,
      ', PARQUET_VERSION v2, COMPRESSION gzip',
    ],
    [
      `SELECT i::DECIMAL(30,2) AS d, i::VARCHAR::BLOB AS b, DATE '2020-01-01' AS day FROM range(200) t(i)`,
      ', COMPRESSION brotli',
    ],
    [
      `SELECT i, uuid() AS u, NULL AS n FROM range(200) t(i)`,
      ', COMPRESSION lz4_raw, ROW_GROUP_SIZE 64',
    ],
  ];
  for (const [query, options] of queries) {
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
    files.push(new Uint8Array(readFileSync(path)));
  }
  connection.closeSync();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers from 0 to below `most`, the same in every run. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** Bytes flipped, set to what numbers like, moved or cut off; half of them in the footer, where the words are. */
function damaged(bytes: Uint8Array, next: (most: number) => number): Uint8Array {
  if (next(10) === 0) return bytes.slice(0, next(bytes.length));
  const copy = bytes.slice();
  const footer = new DataView(copy.buffer).getUint32(copy.length - 8, true) + 8;
  for (let k = next(4); k >= 0; k--) {
    const at = next(2) === 0 ? copy.length - 1 - next(footer) : next(copy.length);
    copy[at] = next(2) === 0 ? copy[at]! ^ (1 << next(8)) : [0, 0xff, 0x7f, 0x80, 1][next(5)]!;
  }
  return copy;
}

it('never ends in anything but rows or a sentence', async () => {
  const next = numbers(20_261_121);
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    const bytes = damaged(files[i % files.length]!, next);
    const startMs = performance.now();
    try {
      await readAll(bytes);
    } catch (thrown) {
      refused++;
      const error = thrown as ExportError;
      if (!(error instanceof ExportError)) throw new Error(`mutation ${i}`, { cause: thrown });
      expect(error.code, `mutation ${i}`).toMatch(/^read\.parquet\./);
      expect(error.message).not.toMatch(/undefined|NaN|\{\w+\}/);
    }
    expect(performance.now() - startMs, `mutation ${i}`).toBeLessThan(3_000);
  }
  expect(refused).toBeGreaterThan(200);
  expect(process.memoryUsage().arrayBuffers).toBeLessThan(512 << 20);
}, 60_000);
