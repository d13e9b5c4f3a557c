// A forecast says what a run then makes: exactly where all rows were looked at, within its interval where some were.
import { describe, expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig, type ExportConfig, type StepConfig } from '../contract/config.ts';
import {
  forecastError,
  foreseenOf,
  type Forecast,
  type ForecastCell,
} from '../contract/forecast.ts';
import type { Report } from '../contract/report.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();

type Parts = Partial<Parameters<typeof createConfig>[0]>;

const csvPlan = (parts: Parts = {}): ExportConfig =>
  createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });

const bindingsOf = (text: string): Bindings => ({
  bytes: { input: new File([text], 'orders.csv') },
  clock: () => Date.UTC(2026, 10, 21),
  jobId: '0123456789',
});

const step = (kind: string, options: Record<string, unknown>): StepConfig => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

async function fact(plan: ExportConfig, cell: ForecastCell, bindings: Bindings): Promise<Report> {
  const outputs = plan.outputs.map((output) => ({ ...output, ...cell.output }));
  const targets = { [outputs[0]!.id]: memoryTarget() };
  const { report } = await engine.run({ ...plan, outputs }, { ...bindings, targets });
  expect(report.error).toBeNull();
  return report;
}

const row = (i: number): string =>
  `${i},${i % 3 === 0 ? '"odd, one"' : 'Müller'},${i % 7 === 0 ? '' : i / 4}\n`;
const table = (rows: number): string =>
  `id,name,amount\n${Array.from({ length: rows }, (_, i) => row(i)).join('')}`;

/** The second half is of other rows than the first: ten times as long, and hard to pack. */
function skewed(rows: number): string {
  const half = (i: number): string =>
    i < rows / 2 ? `${i},a\n` : `${i},${[1, 2, 3, 4].map((n) => Math.sin(i * n)).join(' ')}\n`;
  return `id,text\n${Array.from({ length: rows }, (_, i) => half(i)).join('')}`;
}

describe('of all rows', () => {
  const bindings = bindingsOf(table(4_000));
  const plans: [string, Parts][] = [
    ['as it is', {}],
    [
      'with a filter and a limit',
      { steps: [step('filter', { where: 'amount > 100' }), step('limit', { limit: 900 })] },
    ],
    [
      'with sums',
      {
        steps: [
          step('aggregate', { groups: ['name'], measures: [{ op: 'sum', column: 'amount' }] }),
        ],
      },
    ],
    ['in parts', { output: { split: { rows: 700 }, manifest: true } }],
    ['in parts of so many bytes', { output: { split: { bytes: 20_000 } } }],
    ['in folders', { output: { split: { columns: [{ name: 'name' }] } } }],
    [
      'in another charset',
      { output: { charset: { id: 'utf-16le', bom: true, onLoss: 'fail', replacement: '?' } } },
    ],
  ];
  it.each(plans)(
    'is the very size, %s',
    async (_, parts) => {
      const plan = csvPlan(parts);
      const formats = ['csv', 'json', 'parquet'].map((id) => ({ id, options: {} }));
      const found = await engine.forecast(plan, bindings, {
        formats,
        packings: true,
        cellMs: 60_000,
      });
      expect(found).toMatchObject({ isWhole: true, reason: null, sample: { from: 'whole' } });
      for (const { id, cells, error } of found.formats) {
        expect(error).toBeNull();
        for (const cell of cells) {
          const { deliveredBytes, audit } = await fact(plan, cell, bindings);
          expect(found.rows).toBe(audit.rowsOut);
          expect([id, cell.id, cell.bytes]).toEqual([id, cell.id, deliveredBytes]);
          expect(cell).toMatchObject({
            isExact: true,
            lowBytes: cell.bytes,
            highBytes: cell.bytes,
          });
        }
      }
    },
    60_000,
  );

  it('is the very size of every format, and counts what it loses', async () => {
    const small = bindingsOf(table(300));
    const { formats } = await engine.catalogue();
    const asked = formats.map(({ id }) => ({ id, options: {} }));
    const told: Forecast[] = [];
    const plan = csvPlan();
    const found = await engine.forecast(
      plan,
      small,
      { formats: asked },
      { onFormat: (soFar) => void told.push(soFar) },
    );
    expect(found.formats.map(({ id }) => id)).toEqual(formats.map(({ id }) => id));
    expect(told.map((each) => each.formats.length)).toEqual(formats.map((_, i) => i + 1));
    for (const { cells, losses } of found.formats) {
      const report = await fact(plan, cells[0]!, small);
      expect([report.config.outputs[0]!.format.id, cells[0]!.bytes]).toEqual([
        report.config.outputs[0]!.format.id,
        report.deliveredBytes,
      ]);
      expect(losses).toEqual(report.losses);
    }
  }, 60_000);

  it('reads a column as text whose type does not hold, as a run does', async () => {
    const odd = bindingsOf(`${table(4_000)}x,y,z\n`.repeat(1));
    const plan = csvPlan({ format: { id: 'parquet', options: {} } });
    const { formats } = await engine.forecast(plan, odd);
    const report = await fact(plan, formats[0]!.cells[0]!, odd);
    expect(formats[0]!.cells[0]!.bytes).toBe(report.deliveredBytes);
  });
});

it('is not told wrong by the time that comparing values took', async () => {
  const bindings = bindingsOf(table(20_000));
  const plan = csvPlan({});
  plan.outputs[0]!.verify = { checksum: 'sha256', readBack: true, values: 'full' };
  const { formats, ...rest } = await engine.forecast(plan, bindings);
  const foreseen = foreseenOf({ formats, ...rest }, formats[0]!.cells[0])!;
  const { report } = await engine.run(plan, {
    ...bindings,
    targets: { output: memoryTarget() },
  });
  expect(report.values).toMatchObject({ outcome: 'same', elapsedMs: expect.any(Number) });
  const comparing = report.values!.elapsedMs!;
  expect(comparing).toBeGreaterThan(0);
  expect(forecastError(foreseen, report)!.ms).toBe(report.durationMs - comparing);
});

describe('of a sample', () => {
  it('holds for a file whose halves differ, where its head alone would not', async () => {
    const text = skewed(160_000);
    const bindings = bindingsOf(text);
    const plan = csvPlan({ format: { id: 'ndjson', options: {} } });
    const found = await engine.forecast(plan, bindings, { packings: true });
    expect(found.isWhole).toBe(false);
    expect(found.sample).toMatchObject({ from: 'spread', places: 32 });
    for (const cell of found.formats[0]!.cells.filter(({ id }) =>
      ['none', 'gzip', 'zip'].includes(id),
    )) {
      const report = await fact(plan, cell, bindings);
      const error = forecastError(foreseenOf(found, cell)!, report)!;
      expect(Math.abs(error.bytesError)).toBeLessThan(0.05);
      expect(error.isWithin).toBe(true);
    }
    // A head of as many rows as the sample has.
    const head = text
      .split('\n')
      .slice(0, found.sampledRows + 1)
      .join('\n');
    const { formats } = await engine.forecast(plan, bindingsOf(`${head}\n`));
    const guess = (formats[0]!.cells[0]!.bytes! / head.length) * text.length;
    const { deliveredBytes } = await fact(plan, found.formats[0]!.cells[0]!, bindings);
    expect(Math.abs(deliveredBytes / guess - 1)).toBeGreaterThan(0.2);
  }, 60_000);

  it('counts on for filters and limits, and parts', async () => {
    const bindings = bindingsOf(table(150_000));
    const filter = step('filter', { where: 'amount > 30000' });
    const limit = step('limit', { limit: 20_000 });
    for (const [steps, output] of [
      [[filter], {}],
      [[filter, limit], {}],
      [[], { split: { rows: 10_000 } }],
    ] as [StepConfig[], Parts['output']][]) {
      const plan = csvPlan({ steps, ...(output && { output }) });
      const found = await engine.forecast(plan, bindings);
      const [cell] = found.formats[0]!.cells;
      const report = await fact(plan, cell!, bindings);
      expect(found.rows! / report.audit.rowsOut).toBeCloseTo(1, 1);
      expect(cell!.bytes! / report.deliveredBytes).toBeCloseTo(1, 1);
      expect(cell!.isExact).toBe(found.isWhole);
    }
  }, 60_000);

  it('says that a sample tells nothing of what is made of all rows', async () => {
    const bindings = bindingsOf(table(150_000));
    const found = await engine.forecast(csvPlan({ steps: [step('distinct', {})] }), bindings);
    expect(found.rows).toBeNull();
    expect(found.reason).toMatch(/^The step “.+” makes something of all rows together/);
    expect(found.formats[0]!.cells[0]).toMatchObject({ bytes: null, ms: null, isExact: false });
  });
});

it('says why a format cannot be made, and goes on', async () => {
  const plan = csvPlan({
    output: { compression: { id: 'gzip', options: {} }, archive: { id: 'zip', options: {} } },
  });
  const asked = [
    { id: 'csv', options: { delimiter: '""""' } },
    { id: 'json', options: {} },
  ];
  const { formats } = await engine.forecast(plan, bindingsOf(table(10)), { formats: asked });
  expect(formats[0]!.error?.sentence).toMatch(/\S/);
  expect(formats[1]!.error?.code).toBe('config.conflict');
});

it('ends when it is broken off', async () => {
  const abort = new AbortController();
  const bindings = bindingsOf(table(20_000));
  const formats = ['csv', 'json', 'sql'].map((id) => ({ id, options: {} }));
  const forecast = engine.forecast(
    csvPlan(),
    bindings,
    { formats },
    { signal: abort.signal, onFormat: () => abort.abort() },
  );
  await expect(forecast).rejects.toThrow(/abort/i);
});
