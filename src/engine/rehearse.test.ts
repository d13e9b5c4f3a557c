// A rehearsal tells what the run would, and nothing of it is written anywhere.
import { describe, expect, it } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import type { Report } from '../contract/report.ts';
import type { Bindings } from '../contract/bindings.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { INT64 } from '../table/data-type.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();

type Parts = Partial<Parameters<typeof createConfig>[0]>;

function csvConfig(parts: Parts = {}): ExportConfig {
  return createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });
}

const step = (kind: string, options: Record<string, unknown>) => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

function bindingsOf(text: string): Bindings {
  return {
    bytes: { input: new File([text], 'orders.csv') },
    clock: () => Date.UTC(2026, 10, 21),
    jobId: '0123456789',
  };
}

/** What a report says apart from how long it took and where the files lie. */
function facts(report: Report): unknown {
  const { durationMs: _, endedAt: _e, files, config: _c, ...rest } = report;
  return { ...rest, files: files.map(({ path: _p, verified: _v, ...file }) => file) };
}

const rows = Array.from(
  { length: 30_000 },
  (_, i) => `${i},${i % 3 === 0 ? '"odd, one"' : 'Müller'},${i % 7 === 0 ? '' : i / 4}\n`,
).join('');
const table = `id,name,amount\n${rows}`;
/** The last value is no number, which only reading it all tells. */
const misfit = `${table}x,y,z\n`;

const cases: [string, string, Parts][] = [
  ['as it is', table, {}],
  [
    'filtered and limited',
    table,
    { steps: [step('filter', { where: 'amount > 100' }), step('limit', { limit: 5_000 })] },
  ],
  ['gzip', table, { output: { compression: { id: 'gzip', options: {} } } }],
  [
    'zip of parts',
    table,
    {
      format: { id: 'ndjson', options: {} },
      output: { split: { rows: 7_000 }, archive: { id: 'zip', options: {} } },
    },
  ],
  ['parts', table, { output: { split: { rows: 7_000 } } }],
  [
    'a charset that loses characters',
    table,
    {
      output: { charset: { id: 'ascii', bom: false, onLoss: 'replace', replacement: '?' } },
    },
  ],
  ['a column that turns out to be text', misfit, { format: { id: 'json', options: {} } }],
  [
    'rows rejected',
    `${table}1,2\n`,
    {
      source: {
        kind: 'csv',
        from: { binding: 'input' },
        options: { raggedRows: 'reject' },
      },
    },
  ],
  ['no checksum', table, { output: { verify: { checksum: 'none', readBack: true } } }],
  ['a failure', `${table}"open`, {}],
];

describe('rehearse', () => {
  it.each(cases)('reports what run does: %s', async (name, text, parts) => {
    const target = memoryTarget();
    const bindings = bindingsOf(text);
    const { report } = await engine.run(csvConfig(parts), {
      ...bindings,
      targets: { output: target },
    });
    const rehearsed = await engine.rehearse(csvConfig(parts), bindings);
    expect(facts(rehearsed)).toEqual(facts(report));
    expect(rehearsed.files.every(({ path, verified }) => path === '' && !verified)).toBe(true);
    expect(report.outcome).toBe(name === 'a failure' ? 'failed' : 'completed');
    if (report.outcome === 'failed') return;
    expect(rehearsed.audit).toMatchObject({ balances: true });
    expect(rehearsed.files.map((file) => [file.name, file.sizeBytes])).toEqual(
      [...target.files].map(([name, bytes]) => [name, bytes.length]),
    );
    const sums = rehearsed.files.map((file) => file.checksum);
    expect(sums.every((sum) => (sum === null) === (name === 'no checksum'))).toBe(true);
  });

  it.each(['file', 'folder', 'path', 'elsewhere'])(
    'needs neither target nor options of the delivery %s',
    async (id) => {
      const report = await engine.rehearse(
        csvConfig({ delivery: { id, options: { path: '/no/such/folder/out.csv' } } }),
        bindingsOf('a\n1\n'),
      );
      expect(report).toMatchObject({
        outcome: 'completed',
        error: null,
        files: [{ name: 'orders.csv', path: '', rows: 1, sizeBytes: 4, verified: false }],
      });
    },
  );

  it('opens no delivery', async () => {
    const target = memoryTarget();
    target.onWrite = () => {
      throw new Error('written');
    };
    const report = await engine.rehearse(csvConfig(), {
      ...bindingsOf(table),
      targets: { output: target },
    });
    expect(report.outcome).toBe('completed');
    expect(target).toMatchObject({ committed: false, aborted: 0 });
    expect(target.files.size).toBe(0);
  });

  it('says what is wrong as a report', async () => {
    const wrong = await engine.rehearse({ version: 1 } as unknown as ExportConfig, {});
    expect(wrong).toMatchObject({ outcome: 'failed', error: { code: 'config.invalid' } });
    const config = csvConfig({
      output: {
        archive: { id: 'zip', options: {} },
        compression: { id: 'gzip', options: {} },
      },
    });
    expect(await engine.rehearse(config, bindingsOf('a\n1\n'))).toMatchObject({
      outcome: 'failed',
      error: { code: 'config.conflict' },
    });
  });

  it('stops within 200 ms of a cancel, and tells how far it came meanwhile', async () => {
    const abort = new AbortController();
    let abortedMs = 0;
    let phases = 0;
    const report = await engine.rehearse(
      csvConfig({ output: { compression: { id: 'gzip', options: {} } } }),
      bindingsOf(table.repeat(40)),
      {
        signal: abort.signal,
        onProgress(progress) {
          phases++;
          if (progress.bytesOut === 0 || abort.signal.aborted) return;
          abortedMs = performance.now();
          abort.abort();
        },
      },
    );
    expect(report).toMatchObject({ outcome: 'cancelled', error: null, files: [] });
    expect(phases).toBeGreaterThan(1);
    expect(performance.now() - abortedMs).toBeLessThan(200);
  });

  it('leaves rows that can be read once to the run', async () => {
    const schema = schemaOf([['n', INT64]]);
    let opened = 0;
    const rowsOf = (once: boolean): Bindings => ({
      rows: {
        records: {
          name: 'records',
          schema,
          rowCount: 2,
          once,
          async *open() {
            opened++;
            yield batchOf(schema, [[1], [2]]);
          },
        },
      },
    });
    const config = csvConfig({ source: { kind: 'rows', from: { binding: 'records' } } });
    expect(await engine.rehearse(config, rowsOf(true))).toMatchObject({
      outcome: 'failed',
      error: { code: 'config.not-here' },
    });
    expect(opened).toBe(0);
    expect((await engine.rehearse(config, rowsOf(false))).audit.rowsOut).toBe(2);
  });
});
