// Steps whose columns depend on values: they look through the rows while the plan is made, and nothing of that is counted.
import { expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig, type ExportConfig, type StepConfig } from '../contract/config.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { INT64, UTF8 } from '../table/data-type.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testPlugins, textOf } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';
import { SURVEYED_ROWS } from './survey.ts';

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: testPlugins,
  openBytes: async (binding) => openBlob(binding as Blob),
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
});

function configOf(kind: string, ...steps: [kind: string, options: unknown][]): ExportConfig {
  const config = createConfig({
    source: { kind, from: { binding: 'a' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  config.datasets[0]!.steps = steps.map(([id, options], i): StepConfig => ({
    id: `${id}-${i}`,
    kind: id,
    enabled: true,
    options: options as Record<string, unknown>,
  }));
  return config;
}

const bytes = (text: string): Bindings => ({ bytes: { a: new File([text], 'a.csv') } });

async function run(config: ExportConfig, bindings: Bindings) {
  const target = memoryTarget();
  const { report } = await engine.run(config, { ...bindings, targets: { output: target } });
  return { report, text: textOf([...target.files.values()][0]) };
}

const SALES =
  'country,status,amount\nDE,paid,1.50\nFR,open,2.00\nDE,open,3.25\nFR,paid,4.00\nDE,void,9.00\n';

it('finds the columns of a pivot behind other steps', async () => {
  const config = configOf(
    'csv',
    ['filter', { where: "status != 'void'" }],
    ['pivot', { rows: 'country', column: 'status', measures: 'sum(amount)' }],
    ['filter', { where: 'open > 2' }],
  );
  const { report, text } = await run(config, bytes(SALES));
  expect(report.error).toBeNull();
  expect(text).toBe('country,paid,open\nDE,1.50,3.25\n');
  expect(report.ledger.map(({ in: taken, out }) => [taken, out])).toEqual([
    [5, 5],
    [5, 4],
    [4, 2],
    [2, 1],
    [1, 1],
  ]);
  expect(report.audit.balances).toBe(true);
  expect(report.sources[0]!.rowsRead).toBe(5);
});

it('finds those of a pivot of a pivot', async () => {
  const config = configOf(
    'csv',
    ['pivot', { rows: 'country, status', column: 'amount', measures: 'count()', order: 'sorted' }],
    ['pivot', { column: 'country', measures: 'count()' }],
  );
  const { report, text } = await run(config, bytes(SALES));
  expect(report.error).toBeNull();
  expect(text).toBe('DE,FR\n3,2\n');
  expect(report.audit.balances).toBe(true);
});

it('looks at the first rows alone for a preview', async () => {
  const rows = 'k,v\n' + 'a,1\n'.repeat(SURVEYED_ROWS + 10) + 'b,2\n';
  const config = configOf('csv', ['pivot', { column: 'k', measures: 'sum(v)' }]);
  const preview = await engine.preview(config, bytes(rows));
  expect(preview.error).toBeNull();
  expect(preview.columns.map(({ name }) => name)).toEqual(['a']);
  const { text } = await run(config, bytes(rows));
  expect(text).toBe(`a,b\n${SURVEYED_ROWS + 10},2\n`);
  const checked = await engine.check(config, bytes(rows));
  expect(checked.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it.each([
  ['aggregate', { groups: 'k, v', measures: 'count()', subtotals: 'total' }],
  ['aggregate', { groups: 'day(d)', measures: 'count()', fillEmpty: true }],
  ['pivot', { rows: 'v', column: 'k', measures: 'count()' }],
  ['top', { by: 'v', groups: ['k'], count: 100_000 }],
])('balances %s %j when a limit leaves early', async (kind, options) => {
  const lines = Array.from({ length: 150_000 }, (_, i) => `${i % 2},${i},${i % 3}001-01-01\n`);
  const config = configOf('csv', [kind, options], ['limit', { limit: 3 }]);
  const { report } = await run(config, bytes(`k,v,d\n${lines.join('')}`));
  expect(report.error).toBeNull();
  expect(report.audit).toMatchObject({ rowsIn: 150_000, rowsOut: 3, balances: true });
});

it('refuses rows that can be read once only, unless the values are listed', async () => {
  const schema = schemaOf([
    ['k', UTF8],
    ['v', INT64],
  ]);
  const values: Value[][] = [
    ['a', 1n],
    ['b', 2n],
  ];
  const bindings = (): Bindings => ({
    rows: {
      a: {
        name: 'a',
        schema,
        rowCount: 2,
        once: true,
        async *open() {
          yield { ...batchOf(schema, values), schema };
        },
      },
    },
  });
  const found = configOf('rows', ['pivot', { column: 'k', measures: 'sum(v)' }]);
  expect((await run(found, bindings())).report.error).toMatchObject({ code: 'config.conflict' });
  const listed = configOf('rows', ['pivot', { column: 'k', measures: 'sum(v)', values: ['b'] }]);
  const { report, text } = await run(listed, bindings());
  expect(text).toBe('b\n2\n');
  expect(report.losses).toMatchObject([{ code: 'pivot.other-value', count: 1 }]);
});
