// The audit can fail: a step that loses rows without saying so is seen.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig } from '../contract/config.ts';
import { defineOptions } from '../contract/options.schema.ts';
import type { TransformCard } from '../contract/transform-plugin.ts';
import { sliceSelected } from '../table/batch.ts';
import { createEngine } from './engine.ts';
import { testPlugins } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';
import { openBlob } from '../sources/bytes/blob.ts';

/** Leaves out the first row of each batch and says so of as many as `said`. */
const leaky = (said: number): TransformCard => ({
  id: 'leaky',
  title: 'Leaky',
  purpose: 'Loses rows.',
  options: defineOptions(z.object({}), {}),
  load: async () => ({
    open: ({ schema, filtered }) => ({
      schema,
      async *apply(batches) {
        for await (const batch of batches) {
          filtered(said);
          yield sliceSelected(batch, 1, batch.rowCount);
        }
      },
    }),
  }),
});

it.each([
  [0, false],
  [1, true],
  [2, false],
])('a step that says %i of one row left out: balances %s', async (said, balances) => {
  const lanes = inlineLanes(testPlugins.formats);
  const engine = createEngine({
    plugins: { ...testPlugins, transforms: [leaky(said)] },
    openBytes: async (binding) => openBlob(binding as Blob),
    lanes: () => lanes,
    yieldMacrotask: async () => {},
  });
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    steps: [{ id: 'leak', kind: 'leaky', enabled: true, options: {} }],
  });
  const report = await engine.rehearse(config, {
    bytes: { input: new File(['a\n1\n2\n3\n'], 'a.csv') },
  });
  expect(report.outcome).toBe('completed');
  expect(report.ledger[1]).toMatchObject({ in: 3, out: 2, filtered: said });
  expect(report.audit.balances).toBe(balances);
});
