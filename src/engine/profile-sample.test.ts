// Samples of long sources come from all over them, whatever their kind, or say that they come from the start.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Int32, type RecordBatch, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { afterAll, describe, expect, it } from 'vitest';
import type { ByteBinding } from '../contract/bindings.ts';
import { createConfig, type SourceConfig, type StepConfig } from '../contract/config.ts';
import type { Profile } from '../contract/profile.ts';
import type { Inspection } from '../contract/verbs.ts';
import { openPath } from '../sources/bytes/path.node.ts';
import { openBlob, type OpenedBytes } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { testPlugins } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

const folder = mkdtempSync(join(tmpdir(), 'profile-sample-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: testPlugins,
  openBytes: async (binding): Promise<OpenedBytes> => {
    if (binding instanceof Blob) return openBlob(binding);
    return 'path' in binding ? openPath(binding.path) : (binding as unknown as OpenedBytes);
  },
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
});

async function lookAt(
  file: ByteBinding,
  source: Partial<SourceConfig> = {},
  steps?: StepConfig[],
): Promise<{ profile: Profile; inspection: Inspection }> {
  const config = createConfig({
    source: { kind: 'auto', from: { binding: 'in' }, ...source },
    ...(steps && { steps }),
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  const bindings = { bytes: { in: file } };
  const subject = steps ? { dataset: 'data' } : {};
  const inspection = await engine.inspect(config, bindings);
  return { profile: await engine.profile(config, bindings, subject), inspection };
}

const python = (script: string, ...args: string[]): void =>
  void execFileSync('python3', ['-c', script, ...args]);

/** Of column n, which counts the rows: how much of them the sample reaches over. */
function expectSpread(profile: Profile, last: number): void {
  const n = profile.columns.find(({ name }) => name === 'n')!;
  expect(profile.sample.from).toBe('spread');
  expect(profile.isWhole).toBe(false);
  expect(profile.rows).toBeLessThan(last);
  expect(Number(n.min)).toBeLessThan(10);
  expect(Number(n.max)).toBeGreaterThan(last * 0.9);
  // All over: neither the middle nor any quarter is missing.
  expect(Math.abs(n.mean! / (last / 2) - 1)).toBeLessThan(0.15);
  expect(Math.abs(profile.estimatedRows! / last - 1)).toBeLessThan(0.1);
}

describe('a sample', { timeout: 60_000 }, () => {
  it('of Parquet comes from row groups all over the file, in inspection too', async () => {
    const path = join(folder, 'long.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT i AS n, i % 7 AS digit, md5(i::VARCHAR) AS h FROM range(300000) t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 10000)`,
    );
    connection.closeSync();
    const { profile, inspection } = await lookAt({ path });
    expectSpread(profile, 300_000);
    expect(profile.estimatedRows).toBe(300_000);
    expect(profile.columns[1]).toMatchObject({ min: '0', max: '6' });
    expect(inspection.sample).toMatchObject({ from: 'spread', places: 4 });
    const { shape } = inspection.columns[0]!;
    expect(shape).toMatchObject({ kind: 'range', from: '0' });
    expect(Number((shape as { to: string }).to)).toBeGreaterThan(280_000);
    // Behind steps the sample is no other.
    const step = { id: 'f', kind: 'filter', enabled: true, options: { where: 'digit = 3' } };
    const behind = await lookAt({ path }, {}, [step]);
    expect(behind.profile.sample.from).toBe('spread');
    expect(Number(behind.profile.columns[0]!.max)).toBeGreaterThan(280_000);
  });

  it('of Arrow comes from record batches all over a file, and from the start of a stream', async () => {
    const batches = Array.from({ length: 40 }, (_, b) => {
      const n = vectorFromArray(
        Array.from({ length: 10_000 }, (__, i) => b * 10_000 + i),
        new Int32(),
      );
      return new Table({ n }).batches[0] as RecordBatch;
    });
    const table = new Table(batches);
    const of = (kind: 'file' | 'stream') => lookAt(new Blob([tableToIPC(table, kind) as BlobPart]));
    const { profile, inspection } = await of('file');
    expectSpread(profile, 400_000);
    expect(inspection.sample.from).toBe('spread');
    const stream = await of('stream');
    expect(stream.profile.sample).toMatchObject({ from: 'start', places: 1 });
    expect(stream.inspection.sample.from).toBe('start');
    expect(stream.inspection.sample.sentence).toMatch(/first rows/);
  });

  it('of a table in SQLite comes from all over it; of a view, from the start', async () => {
    const path = join(folder, 'long.db');
    python(
      `import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute('CREATE TABLE t(n INTEGER, rowid TEXT, t TEXT)')
c.executemany('INSERT INTO t VALUES (?, ?, ?)', ((i, 'x', 'v%d' % (i % 5)) for i in range(400000)))
c.execute('CREATE TABLE w(n INTEGER PRIMARY KEY, t TEXT) WITHOUT ROWID')
c.execute('INSERT INTO w SELECT n, t FROM t')
c.execute('CREATE VIEW v AS SELECT * FROM t')
c.commit()`,
      path,
    );
    const { profile, inspection } = await lookAt({ path }, { table: 't' });
    expectSpread(profile, 400_000);
    expect(profile.columns[2]!.distinct.count).toBe(5);
    expect(inspection.sample).toMatchObject({ from: 'spread', places: 4 });
    for (const table of ['v', 'w']) {
      const other = await lookAt({ path }, { table });
      expect(other.profile.sample.from).toBe('start');
      expect(other.profile.columns[0]!.min).toBe('0');
    }
    const query = await lookAt({ path }, { options: { query: 'SELECT n FROM t' } });
    expect(query.profile.sample.from).toBe('start');
  });

  it('of a list in JSON comes from its start, middle and end', async () => {
    const rows = Array.from(
      { length: 250_000 },
      (_, n) => `{"n": ${n}, "name": "a \\"quoted\\" ${n}, {[", "tags": [{"k": ${n}}]}`,
    );
    const { profile } = await lookAt(new Blob([`[${rows.join(', ')}]`]));
    expect(profile.sample).toMatchObject({ from: 'spread', places: 3 });
    const [n] = profile.columns;
    expect([n!.min, n!.max, profile.rejectedRows]).toEqual(['0', '249999', 0]);
    expect(Math.abs(profile.estimatedRows! / 250_000 - 1)).toBeLessThan(0.05);
  });

  it('of a list further down in JSON comes from the start, and says so', async () => {
    const rows = Array.from(
      { length: 260_000 },
      (_, n) => `{"n":${n},"name":"${'some text '.repeat(5)}"}`,
    );
    const { profile, inspection } = await lookAt(new Blob([`{"rows":[${rows.join(',')}]}`]));
    expect(profile.sample).toMatchObject({ from: 'start' });
    expect(inspection.sample).toMatchObject({ from: 'start' });
    expect(profile.sample.sentence).toMatch(/first rows/);
  });

  it('of XML comes from its start, middle and end', async () => {
    const rows = Array.from(
      { length: 300_000 },
      (_, n) => `<row a:k="${n}"><n>${n}</n><t>&lt;row&gt; &amp; more of it</t></row>\n`,
    );
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<rows xmlns:a="urn:a">\n${rows.join('')}</rows>\n`;
    const { profile } = await lookAt(new Blob([text]));
    expect(profile.sample).toMatchObject({ from: 'spread', places: 3 });
    const n = profile.columns.find(({ name }) => name === 'n')!;
    expect([n.min, n.max, profile.rejectedRows]).toEqual(['0', '299999', 0]);
  });

  it('of many files comes from files all over the folder', async () => {
    const files = Array.from({ length: 60 }, (_, f) => {
      const rows = Array.from({ length: 8_000 }, (__, i) => `${f * 8_000 + i},x`);
      const name = `part-${String(f).padStart(2, '0')}.csv`;
      return { name, file: new File([`n,t\n${rows.join('\n')}\n`], name) };
    });
    const files60 = { files: { columns: 'same' as const } };
    const { profile, inspection } = await lookAt({ name: 'parts', files }, files60);
    expectSpread(profile, 480_000);
    expect(inspection.sample.from).toBe('whole');
    expect(profile.sample.sentence).toBe('The first rows of 24 of the 60 files were looked at.');
  });
});
