// The audit law over random graphs: for every line and the whole, rows in + added = rows out + filtered + rejected + merged.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig, type DatasetConfig, type StepConfig } from '../contract/config.ts';
import { defineOptions } from '../contract/options.schema.ts';
import type { Transform, TransformCard, TransformContext } from '../contract/transform-plugin.ts';
import type { LedgerLine } from '../contract/report.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testEngine, testPlugins } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

const card = (
  id: string,
  open: (context: TransformContext<{ with: string[] }>) => Transform,
): TransformCard<{ with: string[] }> => ({
  id,
  title: id,
  purpose: 'For this test.',
  options: defineOptions(z.object({ with: z.array(z.string()).default([]) }), {
    'with.title': 'With',
    'with.help': 'Data sets.',
  }),
  takes: (options) => options.with,
  load: async () => ({ open }),
});

/** The columns a and b alone. */
function onlyAB(batch: Batch, from: Schema, to: Schema): Batch {
  const columns = ['a', 'b'].map(
    (name) => batch.columns[from.fields.findIndex((field) => field.name === name)]!,
  );
  return { ...batch, schema: to, columns };
}

/** The rows of several data sets under each other; of the last one only the first batch is taken. */
const stack = card('stack', ({ schema, others }) => {
  const ab: Schema = {
    fields: ['a', 'b'].map((name) => schema.fields.find((field) => field.name === name)!),
  };
  return {
    schema: ab,
    async *apply(batches) {
      for await (const batch of batches) yield onlyAB(batch, schema, ab);
      for (const [i, other] of others.entries())
        for await (const batch of other.open()) {
          yield onlyAB(batch, other.schema, ab);
          if (i > 0) break;
        }
    },
  };
});

/** One row of every batch is all that stays; the others went into it. */
const merge = card('merge', ({ schema, merged }) => ({
  schema,
  async *apply(batches) {
    for await (const batch of batches) {
      merged(selectedCount(batch) - Math.min(1, selectedCount(batch)));
      yield sliceSelected(batch, 0, 1);
    }
  },
}));

/** Every row twice. */
const twice = card('twice', ({ schema, added }) => ({
  schema,
  async *apply(batches) {
    for await (const batch of batches) {
      yield { ...batch, isShared: true };
      added(selectedCount(batch));
      yield { ...batch, isShared: true };
    }
  },
}));

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: { ...testPlugins, transforms: [...testPlugins.transforms, stack, merge, twice] },
  openBytes: async (binding) => openBlob(binding as Blob),
  lanes: () => lanes,
  yieldMacrotask: async () => {},
});

const anyOptions: fc.Arbitrary<[kind: string, options: Record<string, unknown>]>[] = [
  fc.integer({ min: -3, max: 9 }).map((n) => ['filter', { where: `a > ${n} or b = 'x'` }]),
  fc.tuple(fc.nat(6), fc.nat(4)).map(([limit, offset]) => ['limit', { limit, offset }]),
  fc.constant(['select', { order: ['b'] }]),
  fc.constant(['distinct', { by: ['b'] }]),
  fc.constant(['sort', { by: ['a'] }]),
  fc.nat(2).map((n) => ['sample', { method: 'every', every: n + 1 }]),
  fc.constant(['derive', { columns: { c: '10 / a' }, onError: 'reject' }]),
  fc.constant(['merge', {}]),
  fc.constant(['twice', {}]),
];
const known = new Set(testPlugins.transforms.map(({ id }) => id).concat('merge', 'twice'));

/** Data sets that each come from an earlier one or a source, and take others of them. */
const anyGraph = fc
  .record({
    texts: fc.array(
      fc.array(
        fc.tuple(
          fc.oneof(
            { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }).map(String) },
            fc.constant('no'),
          ),
          fc.constantFrom('x', 'y', ''),
        ),
        { maxLength: 12 },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    datasets: fc.array(
      fc.record({
        from: fc.nat(20),
        steps: fc.array(fc.oneof(...anyOptions), { maxLength: 3 }),
        others: fc.array(fc.nat(20), { maxLength: 2 }),
        isUnion: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    outputs: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  })
  .map(({ texts, datasets, outputs }) => {
    const names = texts.map((_, i) => `s${i}`);
    const made = datasets.map(({ from, steps, others, isUnion }, i): DatasetConfig => {
      const pick = (n: number): string => names[n % names.length]!;
      const all: StepConfig[] = steps
        .filter(([kind]) => known.has(kind))
        .map(([kind, options], k) => ({ id: `${kind}${k}`, kind, enabled: true, options }));
      if (others.length > 0)
        all.unshift({
          id: 'stack',
          kind: isUnion && known.has('union') ? 'union' : 'stack',
          enabled: true,
          options: { with: others.map(pick) },
        });
      const dataset = { id: `d${i}`, from: pick(from), steps: all };
      names.push(dataset.id);
      return dataset;
    });
    const wanted = [...new Set(outputs.map((n) => names[n % names.length]!))];
    return { texts, datasets: made, outputs: wanted };
  });

const isBalanced = (line: Omit<LedgerLine, 'id' | 'kind'>): boolean =>
  line.in + line.added === line.out + line.filtered + line.rejected + line.merged;

it('balances in every line and over the whole', async () => {
  const met = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyGraph, async ({ texts, datasets, outputs }) => {
      const isMany = outputs.length > 1;
      const config = createConfig({
        source: { kind: 'csv', from: { binding: '' } },
        format: { id: 'json', options: isMany ? { structure: 'normalized' } : {} },
        delivery: { id: 'memory', options: {} },
      });
      config.sources = texts.map((_, i) => ({
        id: `s${i}`,
        kind: 'csv',
        from: { binding: `s${i}` },
        options: { header: 'present', delimiter: ',' },
        columns: [
          { column: { name: 'a' }, type: 'int64', nullTexts: ['3'] },
          { column: { name: 'b' }, type: 'utf8' },
        ],
      }));
      config.datasets = datasets;
      config.outputs[0]!.datasets = outputs;
      const bytes = Object.fromEntries(
        texts.map((rows, i) => [
          `s${i}`,
          new File([`a,b\n${rows.map((row) => `${row.join()}\n`).join('')}`], `s${i}.csv`),
        ]),
      );
      const { report } = await engine.run(config, { bytes, targets: { output: memoryTarget() } });
      expect(report.error).toBeNull();
      for (const line of report.ledger) {
        expect(isBalanced(line), JSON.stringify(line)).toBe(true);
        for (const key of ['filtered', 'rejected', 'merged', 'added'] as const)
          if (line[key] > 0) met.add(`${line.kind} ${key}`);
      }
      const { rowsIn, rowsOut, ...between } = report.audit;
      expect(isBalanced({ in: rowsIn, out: rowsOut, ...between })).toBe(true);
      expect(report.audit.balances).toBe(true);
      expect(rowsIn).toBe(report.sources.reduce((sum, source) => sum + source.rowsRead, 0));
      expect(report.rejects.count).toBe(report.audit.rejected);
      const preview = await engine.preview(config, { bytes }, { rows: 3 });
      expect(preview.error).toBeNull();
    }),
    { numRuns: 80 },
  );
  // Nothing of this was idle.
  for (const what of [
    'csv rejected',
    'filter filtered',
    'limit filtered',
    'merge merged',
    'twice added',
  ])
    expect(met).toContain(what);
}, 30_000);

it.each([
  ['sort', { by: 'n desc' }],
  ['distinct', { by: ['n'], keep: 'last' }],
  ['sample', { method: 'count', count: 2_500 }],
  ['top', { by: 'n', count: 2_500 }],
] as const)('a limit behind %s leaves nothing unaccounted for', async (kind, options) => {
  // More than a step gives at once, so that the limit leaves while it still holds rows.
  const rows = Array.from({ length: 3_000 }, (_, i) => `${i},${'x'.repeat(1_000)}\n`);
  const file = new File([`n,text\n${rows.join('')}`], 'in.csv');
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'in' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    steps: [
      { id: 'step', kind, enabled: true, options },
      { id: 'limit', kind: 'limit', enabled: true, options: { limit: 5 } },
    ],
  });
  const engine = testEngine();
  const { report } = await engine.run(config, {
    bytes: { in: file },
    targets: { output: memoryTarget() },
  });
  expect(report.error).toBeNull();
  const line = report.ledger.find(({ id }) => id === 'step')!;
  expect(line.in).toBe(3_000);
  expect(line.out).toBeLessThan(2_500);
  expect(isBalanced(line)).toBe(true);
  expect(report.audit).toMatchObject({
    rowsIn: 3_000,
    rowsOut: 5,
    filtered: 2_995,
    balances: true,
  });
});
