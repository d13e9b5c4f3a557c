// The values of files that hold several data sets: each is compared, and told by its name where it is another.
import { describe, expect, it } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import type { Report } from '../contract/report.ts';
import { memoryTarget, testEngine, testPlugins, type MemoryTarget } from './engine.suite.ts';

const engine = testEngine();

const TEXTS = {
  orders: `id,price,day,note\n${Array.from({ length: 2_500 }, (_, i) => `${i},${i / 4},2026-11-${String((i % 28) + 1).padStart(2, '0')},${i % 3 === 0 ? '' : `=n${i}`}`).join('\n')}\n`,
  customers: 'id,name\n1,"Böll, H."\n2,\n3,"say ""hi"""\n',
  nothing: 'id,name\n',
};

type DataSet = keyof typeof TEXTS;

/** A plan of data sets, each the rows of a text of its own. */
function configOf(id: string, names: readonly DataSet[], given: Record<string, unknown> = {}) {
  const card = testPlugins.formats.find((format) => format.id === id)!;
  const config: ExportConfig = createConfig({
    source: { kind: 'csv', from: { binding: names[0]! } },
    format: { id, options: { ...card.takesMany, ...given } },
    delivery: { id: 'memory', options: {} },
    output: { verify: { checksum: 'sha256', readBack: true, values: 'full' } },
  });
  config.sources = names.map((name) => ({
    ...config.sources[0]!,
    id: `from-${name}`,
    from: { binding: name },
    options: { header: 'present' },
  }));
  config.datasets = names.map((name) => ({ id: name, from: `from-${name}`, steps: [] }));
  config.outputs[0]!.datasets = [...names];
  return config;
}

async function run(config: ExportConfig, target: MemoryTarget = memoryTarget()): Promise<Report> {
  const bytes = Object.fromEntries(
    config.datasets.map(({ id }) => [id, new File([TEXTS[id as DataSet]], `${id}.csv`)]),
  );
  return (await engine.run(config, { bytes, targets: { output: target } })).report;
}

const MANY = testPlugins.formats.filter(
  ({ takesMany, readBack }) => takesMany !== undefined && readBack !== undefined,
);

describe('several data sets in one file', () => {
  it.each(MANY.map(({ id }) => id))('%s: each comes back', async (id) => {
    for (const names of [
      ['orders', 'customers'],
      ['customers', 'nothing', 'orders'],
      ['nothing', 'customers'],
    ] as const) {
      const report = await run(configOf(id, names));
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({
        outcome: 'same',
        tables: names.map((name) => ({
          name,
          fingerprint: { rows: TEXTS[name].split('\n').length - 2 },
        })),
      });
    }
  });

  it.each(MANY.map(({ id }) => id))('%s: another value is found, and where it is', async (id) => {
    const target = memoryTarget();
    await run(configOf(id, ['orders', 'customers']), target);
    const plain = Buffer.from(target.files.values().next().value as Uint8Array);
    // Packed parts are spoilt as a whole; of others a letter of the second data set is.
    const at = plain.indexOf('Böll');
    if (at < 0) return expect(id).toBe('excel');
    const spoilt = memoryTarget();
    spoilt.flip = { at: at + 3, bit: 1 };
    const config = configOf(id, ['orders', 'customers']);
    config.outputs[0]!.verify = { checksum: 'none', readBack: false, values: 'full' };
    const report = await run(config, spoilt);
    expect(report.error).toMatchObject({
      code: 'verify.values',
      sentence: expect.stringContaining('“customers”'),
    });
  });

  it('stand on as many sheets as their rows need', async () => {
    for (const totals of [[], [{ column: 'id' }]]) {
      const report = await run(
        configOf('excel', ['orders', 'nothing', 'customers'], { rowsPerSheet: 1_002, totals }),
      );
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'same', tables: { length: 3 } });
    }
  });

  it('are compared later too, against the receipt', async () => {
    const target = memoryTarget();
    const receipt = await run(configOf('sqlite', ['orders', 'customers']), target);
    const [[name, bytes]] = [...target.files] as [[string, Uint8Array]];
    const file = new File([bytes as BlobPart], name);
    const result = await engine.verify(file, receipt);
    expect(result).toMatchObject({ matches: true, values: { outcome: 'same' } });
    const other = structuredClone(receipt);
    other.values!.tables![1]!.fingerprint.hash = '0'.repeat(16);
    await expect(engine.verify(file, other)).rejects.toMatchObject({ code: 'verify.values' });
  });
});

it.each(['postgresql', 'mysql', 'oracle', 'bigquery'])(
  'several data sets in one script of %s: each comes back, however names are written',
  async (dialect) => {
    for (const options of [{}, { identifierCase: 'upper' }, { quoteIdentifiers: 'never' }]) {
      const report = await run(
        configOf('sql', ['customers', 'nothing', 'orders'], { dialect, ...options }),
      );
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'same', tables: { length: 3 } });
    }
    const report = await run(configOf('sql', ['customers', 'orders'], { dialect, create: 'none' }));
    expect(report.error).toBeNull();
    expect(report.values).toMatchObject({ outcome: 'not-possible' });
  },
);
