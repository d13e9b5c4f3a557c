// The scratch of a run ends with it, whatever becomes of the run.
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testPlugins } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';
import { createScratch } from './scratch.ts';

it.each(['completed', 'failed', 'cancelled'] as const)(
  'closes when a run is %s',
  async (outcome) => {
    let opened = 0;
    let closed = 0;
    const lanes = inlineLanes(testPlugins.formats);
    const engine = createEngine({
      plugins: testPlugins,
      openBytes: async (binding) => openBlob(binding as Blob),
      lanes: () => lanes,
      yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
      openScratch(memoryBytes) {
        opened++;
        const close = async (): Promise<void> => {
          closed++;
        };
        const openFile = async () => ({ write() {}, read() {}, close() {} });
        return createScratch(memoryBytes, { openFile, close });
      },
    });
    const config = createConfig({
      source: { kind: 'csv', from: { binding: 'in' } },
      format: { id: 'csv', options: {} },
      delivery: { id: 'memory', options: {} },
      ...(outcome === 'failed' && {
        steps: [{ id: 's', kind: 'filter', enabled: true, options: { where: 'gone = 1' } }],
      }),
    });
    const abort = new AbortController();
    if (outcome === 'cancelled') abort.abort();
    const bindings = { bytes: { in: new File(['a\n1\n'], 'a.csv') } };
    const { report } = await engine.run(
      config,
      { ...bindings, targets: { output: memoryTarget() } },
      { signal: abort.signal },
    );
    expect(report.outcome).toBe(outcome);
    expect([opened, closed]).toEqual([1, 1]);
    await engine.inspect(config, bindings);
    await engine.check(config, bindings);
    await engine.preview(config, bindings);
    expect([opened, closed]).toEqual([4, 4]);
  },
);
