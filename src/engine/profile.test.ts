// The verb profile against what DuckDB summarizes of the same tables; and that nothing in it depends on how rows arrive.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig, type ColumnEdit, type StepConfig } from '../contract/config.ts';
import type { Profile, ProfileSubject } from '../contract/profile.ts';
import type { RunOptions } from '../contract/verbs.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { chunkedBytes, testEngine } from './engine.suite.ts';

const engine = testEngine();
let connection: DuckDBConnection;
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
beforeAll(async () => {
  connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET threads = 1; SET TimeZone = 'UTC'");
});
afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true });
});

function configOf(kind: string, columns: ColumnEdit[] = [], steps: StepConfig[] = []) {
  return createConfig({
    source: { kind, from: { binding: 'file' }, ...(columns.length > 0 && { columns }) },
    steps,
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
}

const bound = (file: Blob | OpenedBytes): Bindings => ({ bytes: { file: file as Blob } });

async function profiled(
  file: Blob | OpenedBytes,
  subject: ProfileSubject = { whole: true },
  config = configOf('auto'),
  options: RunOptions = {},
): Promise<Profile> {
  return engine.profile(config, bound(file), subject, options);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

const TABLE = `SELECT i AS id, CASE WHEN i % 5 > 0 THEN 'name ' || (i % 97) END AS name,
  i % 3 = 0 AS flag, CASE WHEN i % 7 > 0 THEN ((i * 37 % 5000) * 1.25)::DECIMAL(12,2) END AS amount,
  sin(i) * 1e6 AS wave, DATE '1990-01-01' + (i % 9000)::INT AS day,
  TIMESTAMP '2020-01-01' + INTERVAL (i * 61) SECOND AS at,
  md5(i::VARCHAR) AS hash FROM range(30000) t(i)`;

describe('against DuckDB', () => {
  it.each(['parquet', 'csv'])('summarizes %s alike', async (format) => {
    const path = join(folder, `table.${format}`);
    await connection.run(`COPY (${TABLE}) TO '${path}' (FORMAT ${format})`);
    const found = await profiled(new Blob([readFileSync(path) as BlobPart]));
    expect(found).toMatchObject({ rows: 30_000, isWhole: true, rejectedRows: 0 });
    const summary = await query(`SUMMARIZE (${TABLE})`);
    expect(found.columns.map(({ name }) => name)).toEqual(summary.map((row) => row['column_name']));
    for (const [i, column] of found.columns.entries()) {
      const theirs = summary[i]!;
      const values = 30_000 - column.nullCount;
      expect(values / 300).toBeCloseTo(100 - Number(theirs['null_percentage']), 1);
      if (column.mean !== null && theirs['avg'] !== null) {
        expect(column.mean).toBeCloseTo(Number(theirs['avg']), 6);
        expect(column.stddev! / Number(theirs['std'])).toBeCloseTo(1, 9);
      }
      const [exact] = await query(
        `SELECT count(DISTINCT "${column.name}") AS n, min("${column.name}")::VARCHAR AS low,
          max("${column.name}")::VARCHAR AS high FROM (${TABLE})`,
      );
      const distinct = Number(exact!['n']);
      if (!column.distinct.isEstimate) expect(column.distinct.count).toBe(distinct);
      else expect(Math.abs(column.distinct.count / distinct - 1)).toBeLessThan(0.03);
      expect(column.distinct.isEstimate).toBe(distinct > 10_000);
      const plain = (text: unknown): string =>
        String(text).replace(' ', 'T').replace('.000000', '');
      if (column.name === 'wave') expect(Number(column.min)).toBe(Number(exact!['low']));
      else if (column.name === 'name') expect(column.max).toBe(exact!['high']);
      else
        expect([plain(column.min), plain(column.max)]).toEqual([
          plain(exact!['low']),
          plain(exact!['high']),
        ]);
    }
    const [id, name, flag, , , , , hash] = found.columns;
    const top = await query(
      `SELECT name, count(*)::INT AS n FROM (${TABLE}) WHERE name IS NOT NULL GROUP BY ALL ORDER BY n DESC, name LIMIT 10`,
    );
    expect(name!.top).toEqual(top.map(({ name: value, n }) => ({ value, count: n, over: 0 })));
    expect(flag!.top.map(({ count }) => count)).toEqual([20_000, 10_000]);
    expect(id!.histogram).toMatchObject({ from: '0' });
    expect(id!.histogram!.counts.reduce((a, b) => a + b)).toBe(30_000);
    expect(hash!.longest!.characters).toBe(32);
    // All come once: none stands out.
    expect(hash!.top).toEqual([]);
  });

  it('names frequent values among many, each within what it says', async () => {
    const sql = `SELECT CASE WHEN i % 4 = 0 THEN 'often' WHEN i % 10 = 1 THEN 'rather' ELSE 'n' || (i * 7919 % 60000) END AS word
      FROM range(60000) t(i)`;
    const path = join(folder, 'frequent.csv');
    await connection.run(`COPY (${sql}) TO '${path}'`);
    const [word] = (await profiled(new Blob([readFileSync(path) as BlobPart]))).columns;
    const counts = new Map(
      (await query(`SELECT word, count(*)::INT AS n FROM (${sql}) GROUP BY ALL`)).map((row) => [
        row['word'],
        Number(row['n']),
      ]),
    );
    expect(word!.top.map(({ value }) => value)).toEqual(['often', 'rather']);
    for (const { value, count, over } of word!.top) {
      expect(over).toBeGreaterThan(0);
      expect(counts.get(value)).toBeLessThanOrEqual(count);
      expect(counts.get(value)).toBeGreaterThanOrEqual(count - over);
    }
    expect(Math.abs(word!.distinct.count / counts.size - 1)).toBeLessThan(0.03);
  });

  it('tells extremes of 64-bit numbers and long decimals to the last digit', async () => {
    const text =
      'n,d\n9223372036854775807,1.00000000000000000001\n9223372036854775806,1.00000000000000000002\n-9223372036854775808,1.00000000000000000003\n';
    const [n, d] = (await profiled(new Blob([text]))).columns;
    expect([n!.min, n!.max]).toEqual(['-9223372036854775808', '9223372036854775807']);
    expect([d!.min, d!.max]).toEqual(['1.00000000000000000001', '1.00000000000000000003']);
  });
});

/** Without what a clock tells. */
const timeless = ({ elapsedMs: _, ...rest }: Profile) => rest;

describe('whatever comes', () => {
  it('says the same however the bytes are cut', async () => {
    const cell = fc.oneof(
      fc.integer().map(String),
      fc.double().map(String),
      fc.constantFrom('', '""', 'x', '"a,b"', '"line\nbreak"', '0', '-0', 'é', '2020-02-30'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (rows, sizes) => {
          const text = `a,b\n${rows.map((row) => `${row.join(',')}\n`).join('')}`;
          const bytes = new TextEncoder().encode(text);
          const config = configOf('csv', [{ column: { name: 'a' }, type: 'float64' }]);
          const whole = await profiled(
            chunkedBytes('x.csv', bytes, [1 << 20]),
            { whole: true },
            config,
          );
          const cut = await profiled(chunkedBytes('x.csv', bytes, sizes), { whole: true }, config);
          expect(timeless(cut)).toEqual(timeless(whole));
          const [a] = whole.columns;
          expect(a!.nullCount + a!.invalidCount).toBeLessThanOrEqual(whole.rows);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says the same of small and large batches', async () => {
    const sql = `SELECT sin(i) AS f, 'v' || (i * 31 % 20011) AS t FROM range(40000) t(i)`;
    const of = async (rows: number) => {
      const path = join(folder, `groups-${rows}.parquet`);
      await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE ${rows})`);
      const { name: _, ...rest } = timeless(
        await profiled(new Blob([readFileSync(path) as BlobPart])),
      );
      return rest;
    };
    expect(await of(2_048)).toEqual(await of(40_960));
  });

  it('lists what does not fit its type, with its line, and rejects no row for it', async () => {
    const text = `n,when\n${Array.from({ length: 30 }, (_, i) => `${i % 2 ? i : `x${i}`},01.02.20${10 + i}`).join('\n')}\n`;
    const found = await profiled(
      new Blob([text]),
      { whole: true },
      configOf('csv', [
        { column: { name: 'n' }, type: 'int64', onMisfit: 'reject' },
        { column: { name: 'when' }, pattern: { text: 'dd.MM.yyyy', tokens: 'cldr' } },
      ]),
    );
    const [n, when] = found.columns;
    expect(found).toMatchObject({ rows: 30, rejectedRows: 0 });
    expect(n).toMatchObject({ invalidCount: 15, nullCount: 0, min: '1', max: '29' });
    expect(n!.invalid.slice(0, 2)).toEqual([
      { line: 2, value: 'x0' },
      { line: 4, value: 'x2' },
    ]);
    expect(when).toMatchObject({ type: 'date', min: '2010-02-01', max: '2039-02-01' });
  });

  it('finds values that do not fit what the start of the file proposes', async () => {
    const rows = Array.from({ length: 120_000 }, (_, i) => (i === 110_000 ? 'oops,1' : `${i},1`));
    const found = await profiled(new Blob([`n,one\n${rows.join('\n')}\n`]));
    expect(found.columns[0]).toMatchObject({
      type: 'int64',
      invalidCount: 1,
      invalid: [{ line: 110_002, value: 'oops' }],
    });
  });

  it('proposes the type that all values fit, where the first rows proposed another', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => {
      const late = i >= 120_000;
      return `${i},${late ? '1.25' : '7'},${i === 140_000 ? 'oops' : i},${late ? i : ''},${late ? 'x' : ''},1`;
    });
    const text = `id,price,n,late,word,"one"\n${rows.join('\n')}\n`;
    const { columns } = await profiled(new Blob([text]));
    expect(columns.map(({ type, proposedType }) => [type, proposedType?.type])).toEqual([
      ['int64', undefined],
      ['int64', 'float64'],
      ['int64', 'utf8'],
      ['utf8', 'int64'],
      ['utf8', undefined],
      ['int64', undefined],
    ]);
    expect(columns[2]!.proposedType!.sentence).toContain('“oops” does not fit');
    // Taken as declared types they need no fresh start, and reject nothing.
    const taken = columns.flatMap(({ name, proposedType }) =>
      proposedType ? [{ column: { name }, type: proposedType.type }] : [],
    );
    const after = await profiled(new Blob([text]), { whole: true }, configOf('csv', taken));
    expect(after.columns.map(({ invalidCount }) => invalidCount)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(after.columns.every(({ proposedType }) => proposedType === undefined)).toBe(true);
  });

  it('proposes what a source of named values asks for further down', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `{"a":${i < 50_000 ? i : '"x"'},"b":${i}}`,
    );
    const { columns } = await profiled(
      new Blob([rows.join('\n')]),
      { whole: true },
      configOf('ndjson'),
    );
    expect(columns[0]!.proposedType).toMatchObject({
      sentence: 'Values further down are no int64.',
    });
    expect(columns[1]!.proposedType).toBeUndefined();
  });

  it('looks behind steps', async () => {
    const step: StepConfig = {
      id: 'f',
      kind: 'filter',
      enabled: true,
      options: { where: 'n > 6' },
    };
    const config = configOf('csv', [], [step]);
    const text = `n\n${[1, 5, 7, 9].join('\n')}\n`;
    const found = await profiled(
      new Blob([text]),
      { dataset: config.datasets[0]!.id, whole: true },
      config,
    );
    expect(found).toMatchObject({ rows: 2, columns: [{ min: '7', max: '9', mean: 8 }] });
  });

  it('counts empty texts apart from nulls, and what is no number apart from numbers', async () => {
    const [text, float] = (await profiled(new Blob(['t,f\n"",NaN\n,1e3\nab,-Infinity\n']))).columns;
    expect(text).toMatchObject({
      nullCount: 1,
      emptyCount: 1,
      shortest: { characters: 0 },
      longest: { characters: 2, value: 'ab' },
    });
    expect(float!.nullCount).toBe(0);
  });
});

describe('samples', { timeout: 30_000 }, () => {
  const long = (quote: boolean): string => {
    const row = (i: number): string =>
      `${i},${quote ? `"a ""word"", and\nanother ${i}"` : 'plain text of some length'},${i % 7}`;
    return `id,text,digit\n${Array.from({ length: 600_000 }, (_, i) => row(i)).join('\n')}\n`;
  };

  it.each([false, true])('come from start, middle and end (quotes: %s)', async (quote) => {
    const text = long(quote);
    const found = await profiled(new Blob([text]), {});
    expect(found).toMatchObject({
      sample: { from: 'spread', places: 3 },
      isWhole: false,
      rejectedRows: 0,
    });
    expect(found.rows).toBeLessThan(600_000);
    expect(Math.abs(found.estimatedRows! / 600_000 - 1)).toBeLessThan(0.03);
    const [id, , digit] = found.columns;
    expect([id!.min, id!.max, id!.invalidCount]).toEqual(['0', '599999', 0]);
    expect([digit!.min, digit!.max, digit!.distinct.count]).toEqual(['0', '6', 7]);
  });

  it('are not misled by texts that read like records', async () => {
    const lines = Array.from({ length: 100 }, (_, i) => `${i},1,2`).join('\n');
    const row = `1,"\n${lines}\n",3\n`;
    const found = await profiled(new Blob([`a,b,c\n${row.repeat(30_000)}`]), {});
    expect(found).toMatchObject({
      sample: { from: 'spread', places: 3 },
      isWhole: false,
      rejectedRows: 0,
    });
    expect(found.columns[2]).toMatchObject({ min: '3', max: '3' });
  });

  it('are read from the start where records cannot be told from the middle', async () => {
    const found = await profiled(new Blob([`a\n${'"some\ntext"\n'.repeat(1_500_000)}`]), {});
    expect(found).toMatchObject({ sample: { from: 'start' }, isWhole: false, rejectedRows: 0 });
    expect(found.columns[0]!.distinct.count).toBe(1);
  });

  it('take all of a short file', async () => {
    expect(await profiled(new Blob(['a\n1\n2\n']), {})).toMatchObject({
      rows: 2,
      isWhole: true,
      estimatedRows: 2,
    });
  });
});

it('answers with what was counted when it is broken off', async () => {
  const abort = new AbortController();
  const text = `n\n${'12345678\n'.repeat(2_000_000)}`;
  const found = await profiled(new Blob([text]), { whole: true }, configOf('csv'), {
    signal: abort.signal,
    onProgress: ({ rowsIn }) => {
      if (rowsIn > 0) abort.abort();
    },
  });
  expect(found).toMatchObject({ isCancelled: true, isWhole: false });
  expect(found.rows).toBeGreaterThan(0);
  expect(found.rows).toBeLessThan(2_000_000);
});
