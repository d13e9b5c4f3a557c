// What a lane is asked to hold for a run, it is told to let go of, however the run ends.
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testPlugins } from './engine.suite.ts';
import { createLane, createLanePool, type Lane } from './lanes.ts';

const open = new Map<string, Set<number>>([
  ['hash', new Set()],
  ['encoder', new Set()],
]);
const lane = createLane(testPlugins.formats);
const watched: Lane = {
  ...lane,
  openHash(id) {
    open.get('hash')!.add(id);
    return lane.openHash(id);
  },
  digest(id) {
    open.get('hash')!.delete(id);
    return lane.digest(id);
  },
  closeHash(id) {
    open.get('hash')!.delete(id);
    return lane.closeHash(id);
  },
  openEncoder(id, spec) {
    open.get('encoder')!.add(id);
    return lane.openEncoder(id, spec);
  },
  closeEncoder(id) {
    open.get('encoder')!.delete(id);
    return lane.closeEncoder(id);
  },
};
const engine = createEngine({
  plugins: testPlugins,
  openBytes: async (binding) => openBlob(binding as Blob),
  lanes: () => createLanePool([watched], true, () => {}),
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
});

const rows = `a,b\n${'1,2\n'.repeat(400_000)}`;

it.each([
  ['completes', rows, {}, 'completed'],
  ['fails while it reads', `${rows}3\n`, {}, 'failed'],
  [
    'fails while it writes',
    rows,
    {
      onWrite() {
        throw new Error('full');
      },
    },
    'failed',
  ],
  ['fails while it reads back', rows, { corrupt: true }, 'failed'],
] as const)('a run that %s leaves nothing behind', async (_, text, fault, outcome) => {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'in' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  const { report } = await engine.run(config, {
    bytes: { in: new File([text], 'in.csv') },
    targets: { output: { ...memoryTarget(), ...fault } },
  });
  expect(report.outcome).toBe(outcome);
  expect([...open.values()].map((ids) => [...ids])).toEqual([[], []]);
});
