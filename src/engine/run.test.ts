// One export from source to receipt, in the calling thread.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { FLOAT64, UTF8 } from '../table/data-type.ts';
import { memoryTarget, testEngine, textOf, type MemoryTarget } from './engine.suite.ts';
import { toSeedReport } from './report.ts';

const engine = testEngine();
const CLOCK_MS = Date.UTC(2026, 10, 21, 8, 30);

type Parts = Partial<Parameters<typeof createConfig>[0]>;

function csvConfig(parts: Parts = {}): ExportConfig {
  return createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });
}

async function runCsv(
  text: string | Uint8Array,
  parts: Parts = {},
  target: MemoryTarget = memoryTarget(),
) {
  const { report } = await engine.run(csvConfig(parts), {
    bytes: { input: new File([text as BlobPart], 'orders.csv') },
    targets: { output: target },
    clock: () => CLOCK_MS,
    jobId: '0123456789',
  });
  return { report, target, text: textOf([...target.files.values()][0]) };
}

const step = (kind: string, options: Record<string, unknown>) => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

describe('run', () => {
  it('moves a CSV untouched and tells all about it', async () => {
    const csv = 'id,name\n007,"a, b"\n1.10,\n9,""\n';
    const { report, text, target } = await runCsv(csv);
    expect(report.error).toBeNull();
    expect(text).toBe(csv);
    expect(target.committed).toBe(true);
    expect(report).toMatchObject({
      outcome: 'completed',
      displayId: 'exp_20261121_01234567',
      audit: { rowsIn: 3, rowsOut: 3, filtered: 0, rejected: 0, balances: true },
      capped: false,
      columns: [
        { name: 'id', nullCount: 0 },
        { name: 'name', nullCount: 1 },
      ],
    });
    const [file] = report.files;
    expect(file).toMatchObject({
      name: 'orders.csv',
      rows: 3,
      sizeBytes: csv.length,
      verified: true,
    });
    expect(file!.checksum!.value).toBe(createHash('sha256').update(csv).digest('hex'));
  });

  it('counts what steps leave out, each on its own line', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}\n`).join('');
    const { report, text } = await runCsv(`n,kind\n${rows}`, {
      steps: [step('filter', { where: "kind = 'odd'" }), step('limit', { limit: 10, offset: 5 })],
    });
    expect(report.error).toBeNull();
    expect(text.split('\n').length).toBe(12);
    expect(
      report.ledger.map(({ id, in: rowsIn, out, filtered }) => [id, rowsIn, out, filtered]),
    ).toEqual([
      ['source', 100, 100, 0],
      ['filter', 100, 50, 50],
      ['limit', 50, 10, 40],
      ['output', 10, 10, 0],
    ]);
    expect(report.audit).toMatchObject({ rowsIn: 100, rowsOut: 10, filtered: 90, balances: true });
    expect(toSeedReport(report).statistics.row_count).toBe(10);
  });

  it('starts again with a column as text when an inferred type does not hold', async () => {
    // Far enough down that the sample does not see it.
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i}\n`).join('');
    const { report, target } = await runCsv(`n\n${rows}many\n`, {
      format: { id: 'ndjson', options: {} },
    });
    expect(report.error).toBeNull();
    const lines = textOf(target.files.get('orders.ndjson')).trimEnd().split('\n');
    expect(lines[0]).toBe('{"n":"0"}');
    expect(lines.at(-1)).toBe('{"n":"many"}');
    expect(report.retyped).toEqual([{ column: 'n', from: 'int64', value: 'many', line: 200_002 }]);
    expect(report.audit).toMatchObject({ rowsIn: 200_001, rowsOut: 200_001, balances: true });
  });

  it('packs: gzip, and a zip of parts, each valid alone', async () => {
    const csv = 'a\n1\n2\n3\n4\n5\n';
    const gz = await runCsv(csv, { output: { compression: { id: 'gzip', options: {} } } });
    expect(gz.report.files[0]!.name).toBe('orders.csv.gz');
    expect(textOf(gunzipSync([...gz.target.files.values()][0]!))).toBe(csv);
    const zip = await runCsv(csv, {
      output: { archive: { id: 'zip', options: {} }, split: { rows: 2 } },
    });
    expect(zip.report.error).toBeNull();
    const inside = unzipSync([...zip.target.files.values()][0]!);
    expect(Object.entries(inside).map(([name, bytes]) => [name, textOf(bytes)])).toEqual([
      ['orders-001.csv', 'a\n1\n2\n'],
      ['orders-002.csv', 'a\n3\n4\n'],
      ['orders-003.csv', 'a\n5\n'],
    ]);
    expect(zip.report.files[0]).toMatchObject({ name: 'orders.zip', rows: 5 });
    expect(zip.report.files[0]!.entries!.map((entry) => entry.rows)).toEqual([2, 2, 1]);
  });

  it('reads gzip and other charsets by looking at the bytes', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = await runCsv(gzipSync('a,b\n1,2\n'));
    expect(packed.text).toBe('a,b\n1,2\n');
    const utf16 = await runCsv(new Uint8Array(Buffer.from('\ufeffa,b\nä,€\n', 'utf16le')));
    expect(utf16.text).toBe('a,b\nä,€\n');
    const latin = await runCsv(new Uint8Array(Buffer.from('a,b\nä,ö\n', 'latin1')));
    expect(latin.text).toBe('a,b\nä,ö\n');
  });

  it('takes typed batches of a host', async () => {
    const schema = schemaOf([
      ['n', FLOAT64],
      ['n', UTF8],
    ]);
    const target = memoryTarget();
    const { report } = await engine.run(
      createConfig({
        source: { kind: 'rows', from: { binding: 'input' } },
        format: { id: 'csv', options: {} },
        delivery: { id: 'memory', options: {} },
      }),
      {
        rows: {
          input: {
            name: 'grid',
            schema,
            rowCount: 2,
            once: false,
            async *open() {
              yield batchOf(schema, [
                [1.5, 'x'],
                [null, ''],
              ]);
            },
          },
        },
        targets: { output: target },
      },
    );
    expect(report.error).toBeNull();
    expect(textOf(target.files.get('grid.csv'))).toBe('n,n\n1.5,x\n,""\n');
  });

  it('fails, says why and leaves nothing when a write fails, at whichever write', async () => {
    const csv = `a\n${'x'.repeat(1000)}\n`.repeat(3000);
    for (let failing = 1; failing < 20; failing++) {
      const target = memoryTarget();
      target.onWrite = (write) => {
        if (write === failing) throw new Error('disk on fire');
      };
      const { report } = await runCsv(csv, {}, target);
      if (report.outcome === 'completed') {
        expect(failing).toBeGreaterThan(3);
        return;
      }
      expect(report.error).toMatchObject({
        code: 'run.unexpected',
        parameters: { detail: 'disk on fire' },
      });
      expect(target.aborted).toBe(1);
      expect(target.files.size).toBe(0);
      expect(report.files).toEqual([]);
    }
    throw new Error('never completed');
  });

  it('refuses settings that a source of the kind has no use for', async () => {
    const from = { binding: 'input' };
    const table = await runCsv('a\n1\n', { source: { kind: 'csv', from, table: 'orders' } });
    expect(table.report.error?.code).toBe('config.not-here');
  });

  it('tells what has no effect instead of ignoring it in silence', async () => {
    const { report } = await runCsv('a\n1\n', {
      output: { charset: { id: 'ascii', bom: true, onLoss: 'fail', replacement: '?' } },
    });
    expect([report.notes.join(' '), report.error?.sentence].join(' ')).toMatch(/byte order mark/);
  });

  it('does not publish what does not read back the same', async () => {
    const target = memoryTarget();
    target.corrupt = true;
    const { report } = await runCsv('a\n1\n', {}, target);
    expect(report.error!.code).toBe('verify.mismatch');
    expect(target.committed).toBe(false);
    expect(target.aborted).toBe(1);
  });

  it('stops when it is cancelled and leaves nothing', async () => {
    const target = memoryTarget();
    const abort = new AbortController();
    target.onWrite = () => abort.abort();
    const { report } = await engine.run(
      csvConfig(),
      {
        bytes: { input: new File([`a\n${'xxxxxxxx\n'.repeat(500_000)}`], 'big.csv') },
        targets: { output: target },
      },
      { signal: abort.signal },
    );
    expect(report.outcome).toBe('cancelled');
    expect(report.error).toBeNull();
    expect(target.aborted).toBe(1);
    expect(target.files.size).toBe(0);
  });

  it('opens no delivery once it is over, and gives up one that opens too late', async () => {
    const gone = AbortSignal.abort();
    const early = memoryTarget();
    const input = new File(['a\n1\n'], 'a.csv');
    const bindings = { bytes: { input }, targets: { output: early } };
    const cancelled = await engine.run(csvConfig(), bindings, { signal: gone });
    expect(cancelled.report.outcome).toBe('cancelled');

    const late = memoryTarget();
    let openNow = (): void => {};
    late.onOpen = () => new Promise((resolve) => (openNow = resolve));
    const limits = { ...csvConfig().limits, timeoutMs: 50 };
    const { report } = await engine.run(
      { ...csvConfig(), limits },
      { bytes: { input }, targets: { output: late } },
    );
    expect(report.error!.code).toBe('run.timeout');
    openNow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([early.opened, early.aborted]).toEqual([0, 0]);
    expect([late.opened, late.aborted]).toEqual([1, 1]);
  });

  it('says when a limit left rows unread, and only then', async () => {
    const csv = `a\n${'1\n'.repeat(10)}`;
    const all = await runCsv(csv, { steps: [step('limit', { limit: 10 })] });
    expect(all.report.capped).toBe(false);
    const big = await runCsv(`a\n${'1\n'.repeat(2_000_000)}`, {
      steps: [step('limit', { limit: 10 })],
    });
    expect(big.report.capped).toBe(true);
    expect(big.report.audit.balances).toBe(true);
  });
});

describe('report', () => {
  it('holds no value of an option that is declared secret', async () => {
    const { z } = await import('zod');
    const { defineOptions } = await import('../contract/options.schema.ts');
    const { redactConfig } = await import('../contract/redact.ts');
    const { catalogue } = await import('./catalogue.ts');
    const { testPlugins } = await import('./engine.suite.ts');
    const options = defineOptions(
      z.object({
        token: z.string().default('').meta({ secret: true }),
        path: z.string().default(''),
      }),
      {
        'token.title': 'Token',
        'token.help': 'Opens.',
        'path.title': 'Path',
        'path.help': 'Leads.',
      },
    );
    const card = { ...testPlugins.deliveries[0]!, id: 'vault', options };
    const config = csvConfig({
      delivery: { id: 'vault', options: { token: 'canary-4711', path: '/there' } },
    });
    const redacted = redactConfig(config, catalogue({ ...testPlugins, deliveries: [card] }));
    expect(JSON.stringify(redacted)).not.toContain('canary-4711');
    expect(redacted.outputs[0]!.delivery.options).toEqual({ path: '/there' });
  });
});
