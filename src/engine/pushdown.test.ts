// A source is told which columns and rows anybody looks at; what it skips stands in the ledger all the same.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig, type StepConfig } from '../contract/config.ts';
import { defineOptions } from '../contract/options.schema.ts';
import type { ReadContext, SourceCard } from '../contract/source-plugin.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { INT64, UTF8 } from '../table/data-type.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testPlugins, textOf } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

const schema = schemaOf([
  ['a', INT64],
  ['b', UTF8],
  ['c', UTF8],
]);
const rows: [bigint, string, string][] = [
  [1n, 'x', 'p'],
  [2n, 'y', 'q'],
  [3n, 'z', 'r'],
];

let asked: Pick<ReadContext<unknown>, 'wanted' | 'only'>[] = [];
/** Whether the source leaves out what the step's screen does not let through, row by row. */
let isScreening = false;

/** Skips the first two rows as soon as it is told of a condition. */
const skipping: SourceCard = {
  id: 'skipping',
  title: 'Skipping',
  purpose: 'Reads less.',
  input: 'batches',
  reads: 'bytes',
  extensions: [],
  mediaTypes: [],
  options: defineOptions(z.object({}), {}),
  load: async () => ({
    async *read({ wanted, only, screen, skipped }) {
      if (isScreening) {
        for (const row of rows) {
          const batch = { ...batchOf(schema, [row]), schema };
          const picked = screen!.pick(batch)!.length;
          skipped!(1 - picked);
          yield picked === 1 ? batch : { ...batchOf(schema, []), schema };
        }
        return;
      }
      asked.push({ ...(wanted && { wanted }), ...(only && { only }) });
      if (only) skipped!(2);
      yield { ...batchOf(schema, only ? rows.slice(2) : rows), schema };
    },
  }),
};

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: { ...testPlugins, sources: [skipping] },
  openBytes: async () => {
    throw new Error('no bytes');
  },
  lanes: () => lanes,
  yieldMacrotask: async () => {},
});

async function run(...steps: [kind: string, options: Record<string, unknown>][]) {
  asked = [];
  const config = createConfig({
    source: { kind: 'skipping', from: { binding: 'rows' } },
    format: { id: 'csv', options: { headers: false } },
    delivery: { id: 'memory', options: {} },
    steps: steps.map(([kind, options], i): StepConfig => {
      return { id: `${kind}-${i}`, kind, enabled: true, options };
    }),
  });
  const binding = { name: 'r', schema, rowCount: 3, once: false, async *open() {} };
  const target = memoryTarget();
  const bindings = { rows: { rows: binding }, targets: { output: target } };
  const { report } = await engine.run(config, bindings);
  expect(report.error).toBeNull();
  expect(report.audit.balances).toBe(true);
  expect(report.audit.rowsIn).toBe(3);
  const preview = await engine.preview(config, bindings);
  expect(preview.rowsFiltered).toBe(report.audit.filtered);
  return { report, text: textOf([...target.files.values()][0]), asked: asked[0]! };
}

it('asks for everything where everything goes out', async () => {
  expect((await run()).asked).toEqual({});
  expect((await run(['limit', { limit: 2 }])).asked).toEqual({});
});

it('asks for what is selected and what a condition names, and tells the condition', async () => {
  const found = await run(['filter', { where: 'a > 2' }], ['select', { include: ['c'] }]);
  expect(found.asked).toMatchObject({ wanted: new Set([0, 2]), only: { op: '>' } });
  expect(found.text).toBe('r\n');
  expect(found.report.ledger).toMatchObject([
    { in: 3, out: 3 },
    { in: 3, out: 1, filtered: 2 },
    { in: 1, out: 1 },
    { in: 1 },
  ]);
});

it('tells no condition of a step further behind', async () => {
  const found = await run(
    ['select', { include: ['b', 'a'], rename: { b: 'a', a: 'b' } }],
    ['filter', { where: 'b > 2' }],
    ['limit', { limit: 1 }],
  );
  expect(found.asked).toEqual({ wanted: new Set([0, 1]) });
  expect(found.text).toBe('z,3\n');
});

it('counts rows that the source leaves out for a step, and none that nobody asked for', async () => {
  const filter: [string, Record<string, unknown>] = ['filter', { where: 'a != 2' }];
  isScreening = true;
  try {
    const all = await run(filter);
    expect(all.text).toBe('1,x,p\n3,z,r\n');
    expect(all.report.ledger).toMatchObject([
      { in: 3, out: 3 },
      { in: 3, out: 2, filtered: 1 },
      { in: 2 },
    ]);
  } finally {
    isScreening = false;
  }
});
