// Rows that a screen lets through are read as if all had been: whatever the encodings, pages, nulls and patterns of rows.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RowScreen } from '../../contract/row-screen.ts';
import { cellText } from '../../table/cell-text.ts';
import type { ParquetOptions } from './options.ts';
import type { ReadAll } from '../slice-testing.ts';
import { readAll } from './testing.ts';

type Keeps = (row: number) => boolean;

/** Scattered as by chance, the same every time. */
const scattered =
  (share: number, seed: number): Keeps =>
  (row) =>
    (Math.imul(row + seed, 0x9e3779b1) >>> 8) % 1000 < share * 1000;

/** Reads through a screen that looks at `columns`, and holds rows, cells looked at and counts against the whole. */
async function sameAsWhole(
  bytes: Uint8Array,
  all: ReadAll,
  columns: readonly number[],
  keeps: Keeps,
  options: Partial<ParquetOptions> = {},
): Promise<ReadAll> {
  let row = 0;
  const screen: RowScreen = {
    columns: new Set(columns),
    pick(batch) {
      const picked: number[] = [];
      for (let i = 0; i < batch.rowCount; i++, row++) {
        for (const column of columns)
          if (cellText(batch, i, column) !== all.rows[row]![column])
            expect([row, column, cellText(batch, i, column)]).toEqual(all.rows[row]![column]);
        if (keeps(row)) picked.push(i);
      }
      // A screen may leave it to the step, or let everything through.
      return picked.length === batch.rowCount && row % 2 === 0 ? null : Uint32Array.from(picked);
    },
  };
  const some = await readAll(bytes, options, { screen });
  // Nobody is asked where no column is left to be read later.
  const wasAsked = row > 0;
  const expected = wasAsked ? all.rows.filter((_, at) => keeps(at)) : all.rows;
  expect(some.rows.length).toBe(expected.length);
  for (const [at, cells] of expected.entries())
    if (some.rows[at]!.some((cell, c) => cell !== cells[c]))
      expect([at, some.rows[at]]).toEqual([at, cells]);
  expect(some.skipped + some.rows.length).toBe(all.rows.length);
  return some;
}

async function write(sql: string, options = ''): Promise<Uint8Array> {
  const at = mkdtempSync(join(tmpdir(), 'screen-'));
  const connection = await (await DuckDBInstance.create()).connect();
  const path = join(at, 'x.parquet');
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet${options})`);
  connection.closeSync();
  const bytes = new Uint8Array(readFileSync(path));
  rmSync(at, { recursive: true });
  return bytes;
}

const folder = new URL('../../../../shared/corpora/parquet-testing/', import.meta.url);
const hasCorpora = existsSync(folder);

describe.skipIf(!hasCorpora && process.env['CI'] === undefined)('files of many writers', () => {
  const files = readdirSync(new URL('data/', folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.parquet') && !/large_string_map|geography/.test(name));

  it.each(files)('%s', async (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(`data/${name}`, folder)));
    let all: ReadAll;
    try {
      all = await readAll(bytes);
    } catch {
      // What cannot be read at all has tests of its own.
      return;
    }
    if (all.rows.length > 20_000 || all.schema.fields.length < 2) return;
    const last = all.schema.fields.length - 1;
    await sameAsWhole(bytes, all, [0], scattered(0.3, 7));
    await sameAsWhole(bytes, all, [last], (row) => row % 5 > 2);
    await sameAsWhole(bytes, all, [0, last], () => false);
  });
});

describe('what DuckDB writes', () => {
  const versions = ['v1', 'v2'];
  const written: { bytes: Uint8Array; all: ReadAll }[] = [];

  beforeAll(async () => {
    const at = mkdtempSync(join(tmpdir(), 'screen-'));
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run('SET threads = 1; SET preserve_insertion_order = true');
    for (const version of versions) {
      const path = join(at, 'x.parquet');
      await connection.run(`COPY (SELECT
        i::BIGINT AS id, (i % 300)::INT AS small, CASE WHEN i % 7 < 3 THEN NULL ELSE i * 0.37 END AS f,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'name ' || (i % 97) END AS name, md5(i::VARCHAR) AS hash,
        CASE WHEN i BETWEEN 3000 AND 5000 THEN NULL ELSE i % 3 = 0 END AS flag, uuid() AS u,
        (i * 1.25)::DECIMAL(30,2) AS amount, {'a': i, 'b': 'b' || i} AS pair,
        CASE WHEN i % 4 = 0 THEN NULL ELSE range(i % 4) END AS list,
        repeat('long ' || (i % 11), (i % 13)::INT) AS note FROM range(9000) t(i))
        TO '${path}' (FORMAT parquet, PARQUET_VERSION ${version}, ROW_GROUP_SIZE 4096)`);
      const bytes = new Uint8Array(readFileSync(path));
      written.push({ bytes, all: await readAll(bytes) });
    }
    connection.closeSync();
    rmSync(at, { recursive: true });
  });

  it.each(versions.map((version, i): [string, number] => [version, i]))(
    '%s, whatever is looked at and let through',
    async (_, which) => {
      const { bytes, all } = written[which]!;
      const pattern = fc.oneof(
        fc
          .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(999))
          .map(([share, seed]): Keeps => scattered(share, seed)),
        fc.tuple(fc.nat(9000), fc.nat(3000)).map(
          ([from, size]): Keeps =>
            (row) =>
              row >= from && row < from + size,
        ),
        fc.constant((): boolean => true),
      );
      const columns = fc.uniqueArray(fc.nat(all.schema.fields.length - 1), {
        minLength: 1,
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(columns, pattern, async (looked, keeps) => {
          await sameAsWhole(bytes, all, looked, keeps);
        }),
        { numRuns: 8 },
      );
    },
    60_000,
  );
});

it('leaves the other columns of groups without such rows unread', async () => {
  const bytes = await write(
    `SELECT i, md5(i::VARCHAR) AS t FROM range(20480) r(i)`,
    ', ROW_GROUP_SIZE 2048',
  );
  const all = await readAll(bytes);
  const some = await sameAsWhole(bytes, all, [0], (row) => row === 5000);
  expect(some.bytesRead).toBeLessThan(all.bytesRead / 2);
});

describe('texts', () => {
  it('that are none fail with their row of the file, where their row is let through', async () => {
    const bytes = await write(
      `SELECT i, CASE WHEN i = 41 THEN '\\xC3'::BLOB ELSE 'fine'::BLOB END AS t FROM range(50) r(i)`,
    );
    const all = await readAll(bytes, { bareBytes: 'text', invalidText: 'replace' });
    const text = { bareBytes: 'text' } as const;
    await expect(sameAsWhole(bytes, all, [0], (row) => row % 2 === 1, text)).rejects.toMatchObject({
      code: 'read.parquet.invalid-text',
      parameters: { row: '42', column: 't' },
    });
    await sameAsWhole(bytes, all, [0], (row) => row % 2 === 0, text);
    // Looked at as they will be replaced, not as they stand in the dictionary.
    const replaced = { ...text, invalidText: 'replace' } as const;
    const some = await sameAsWhole(bytes, all, [1], (row) => row % 2 === 1, replaced);
    expect(some.losses).toMatchObject([{ code: 'parquet.text-replaced', count: 1 }]);
  });

  it('that a dictionary makes very long come in several batches', async () => {
    const bytes = await write(
      `SELECT i, CASE WHEN i % 2 = 0 THEN repeat('x', 1000000) ELSE 'y' END AS t FROM range(300) r(i)`,
    );
    let seen = 0;
    const screen: RowScreen = {
      columns: new Set([0]),
      pick: ({ rowCount }) =>
        Uint32Array.from({ length: rowCount }, (_, row) => row).filter(
          (row) => (seen + row) % 3 !== 1,
        ),
    };
    const { batches, rows } = await readAll(bytes, {}, { screen });
    seen = rows.length;
    expect(batches.length).toBeGreaterThan(1);
    expect(rows).toHaveLength(200);
    expect(rows.every(([i, t]) => t!.length === (Number(i) % 2 === 0 ? 1_000_000 : 1))).toBe(true);
  });
});
