// Databases that Python's SQLite wrote, read back value for value.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import { memorySlices } from '../source.suite.ts';
import { sqliteSource } from './source.ts';
import { readDatabase } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;
/** The bytes of a database that these statements make. */
function database(...statements: string[]): Uint8Array {
  const path = join(folder, `${made++}.db`);
  const script = `import sqlite3, sys, json
c = sqlite3.connect(sys.argv[1], isolation_level=None)
for s in json.loads(sys.stdin.read()): c.execute(s)
c.close()`;
  execFileSync('python3', ['-c', script, path], { input: JSON.stringify(statements) });
  return new Uint8Array(readFileSync(path));
}

const read = (bytes: Uint8Array, question?: Parameters<typeof readDatabase>[1]) =>
  readDatabase(memorySlices(bytes), question);

describe('values', () => {
  it('come back exactly: 64-bit integers, doubles by their bits, text, bytes, null and empty', async () => {
    const bytes = database(
      'CREATE TABLE v(i INTEGER, r REAL, t TEXT, b BLOB)',
      `INSERT INTO v VALUES (9223372036854775807, 0.1, 'a,"b"' || char(10) || 'ü😀', x'00ff10')`,
      `INSERT INTO v VALUES (-9223372036854775808, 1e300, '', x'')`,
      `INSERT INTO v VALUES (NULL, NULL, NULL, NULL)`,
      `INSERT INTO v VALUES (0, 5e-324, '007', x'616263')`,
      `INSERT INTO v VALUES (1, 123456789.123456789, 'nul' || char(0) || 'inside', zeroblob(3))`,
    );
    const { columns, rows } = await read(bytes);
    expect(columns).toEqual(['i: int64', 'r: float64', 't: utf8', 'b: binary']);
    expect(rows).toEqual([
      ['9223372036854775807', '0.1', 'a,"b"\nü😀', 'AP8Q'],
      ['-9223372036854775808', '1e+300', '', ''],
      [null, null, null, null],
      ['0', '5e-324', '007', 'YWJj'],
      ['1', '123456789.12345679', 'nul\0inside', 'AAAA'],
    ]);
  });

  it('of mixed kinds make a text column; a later misfit is left to whoever needs the type', async () => {
    const bytes = database(
      'CREATE TABLE m(a, b NUMERIC, c)',
      `INSERT INTO m VALUES (1, 1, 1), ('x', 2.5, 2)`,
    );
    const { columns, rows } = await read(bytes);
    expect(columns).toEqual(['a: utf8', 'b: float64', 'c: int64']);
    expect(rows).toEqual([
      ['1', '1', '1'],
      ['x', '2.5', '2'],
    ]);
  });

  it('of UTF-16 databases are refused with a way out', async () => {
    const bytes = database(
      `PRAGMA encoding = 'UTF-16le'`,
      'CREATE TABLE t(a TEXT)',
      `INSERT INTO t VALUES ('Grüße 😀')`,
    );
    await expect(read(bytes)).rejects.toMatchObject({ code: 'read.sqlite.utf-16' });
  });
});

describe('tables', () => {
  const bytes = database(
    'CREATE TABLE "odd ""name"""("a b" INTEGER, "a b2" TEXT)',
    'CREATE TABLE two(x)',
    'CREATE VIEW seen AS SELECT x * 2 AS y FROM two',
    `INSERT INTO "odd ""name""" VALUES (1, 'q')`,
    'INSERT INTO two VALUES (21)',
  );

  it('are listed with their rows; the first is proposed', async () => {
    const { inspection, rows } = await read(bytes);
    expect(inspection.tables).toEqual([
      { name: 'odd "name"', kind: 'table', rowCount: 1 },
      { name: 'two', kind: 'table', rowCount: 1 },
      { name: 'seen', kind: 'view', rowCount: null },
    ]);
    expect(inspection.table).toBe('odd "name"');
    expect(inspection.evidence[0]!.sentence).toBe(
      '“odd "name"” is the first of 3 tables and views.',
    );
    expect(rows).toEqual([['1', 'q']]);
  });

  it('can be chosen, views too; an unknown one names the known', async () => {
    expect((await read(bytes, { table: 'seen' })).rows).toEqual([['42']]);
    await expect(read(bytes, { table: 'tow' })).rejects.toMatchObject({
      code: 'read.unknown-table',
      parameters: { table: 'tow', known: expect.stringContaining('two') },
    });
  });

  it('give nulls for columns that nobody wants', async () => {
    expect((await read(bytes, { wanted: new Set([1]) })).rows).toEqual([[null, 'q']]);
  });

  it('may be none', async () => {
    await expect(
      read(database('PRAGMA user_version = 1', 'CREATE TABLE t(a)', 'DROP TABLE t')),
    ).rejects.toMatchObject({ code: 'read.no-tables' });
  });
});

describe('queries', () => {
  const bytes = database(
    'CREATE TABLE t(a INTEGER, b TEXT)',
    `INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x')`,
  );

  it('give their rows', async () => {
    const { columns, rows } = await read(bytes, {
      query: 'SELECT b, sum(a) AS total FROM t GROUP BY b ORDER BY total DESC',
    });
    expect(columns).toEqual(['b: utf8', 'total: int64']);
    expect(rows).toEqual([
      ['x', '4'],
      ['y', '2'],
    ]);
  });

  it.each([
    ['SELECT nope FROM t', 'no such column: nope'],
    ['SELEC 1', 'near “SELEC 1”'],
    ['DELETE FROM t', 'gives no rows'],
    ['CREATE TABLE u(a)', 'gives no rows'],
    [`ATTACH 'x.db' AS x`, 'gives no rows'],
    ['SELECT 1; SELECT 2', 'more than one statement'],
  ])('%s is refused', async (query, detail) => {
    await expect(read(bytes, { query })).rejects.toSatisfy((thrown: unknown) => {
      expect(thrown).toBeInstanceOf(ExportError);
      expect((thrown as ExportError).code).toBe('read.sqlite.query');
      return (thrown as Error).message
        .replaceAll(/near "(\w+)": syntax error \(at “(.*?)”\)/g, 'near “$2”')
        .includes(detail);
    });
  });
});

describe('files that are none', () => {
  it('are refused clearly', async () => {
    const text = new TextEncoder().encode('a,b\n1,2\n'.repeat(100));
    expect(sqliteSource.recognise!(text)).toBe(0);
    await expect(read(text)).rejects.toMatchObject({ code: 'read.sqlite.not-a-database' });
    await expect(read(new Uint8Array(0))).rejects.toMatchObject({
      code: 'read.sqlite.not-a-database',
    });
  });

  it('a log that was not written back is said', async () => {
    const bytes = database(
      'PRAGMA journal_mode = wal',
      'CREATE TABLE t(a)',
      'INSERT INTO t VALUES (1)',
    );
    expect(sqliteSource.recognise!(bytes)).toBe(3);
    const { inspection, rows } = await read(bytes);
    expect(rows).toEqual([['1']]);
    expect(inspection.warnings).toEqual([
      expect.stringContaining('test.db was last written through a write-ahead log'),
    ]);
    const plain = await read(database('CREATE TABLE t(a)'));
    expect(plain.inspection.warnings).toBeUndefined();
  });

  it.each([
    [
      'query',
      'WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c',
    ],
    ['view', ''],
  ])('a %s that goes on for ever is stopped, inspected or read', async (_, query) => {
    const bytes = database(
      'CREATE VIEW v AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i FROM c WHERE i < 0',
    );
    const startMs = performance.now();
    const limits = { ...DEFAULT_LIMITS, timeoutMs: 300 };
    const question = query === '' ? { table: 'v' } : { query };
    await expect(readDatabase(memorySlices(bytes), { ...question, limits })).rejects.toMatchObject({
      code: 'read.sqlite.too-slow',
      message: 'The table, view or query of test.db gave no row for 0.3 s.',
    });
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('passes on what reading the file failed with', async () => {
    const bytes = database('CREATE TABLE t(a)', `INSERT INTO t VALUES (zeroblob(900000)), (1)`);
    const slices = memorySlices(bytes);
    const gone = new ExportError('read.changed', { name: 'x' });
    const failing = {
      ...slices,
      readNow(from: number, to: number) {
        if (from >= 512 * 1024) throw gone;
        return slices.readNow!(from, to);
      },
    };
    await expect(readDatabase(failing)).rejects.toBe(gone);
  });
});
