// The shared suite over the deliveries of Node.
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeDelivery, streamCase, type DeliveryCase } from './delivery.suite.ts';
import { startReceiver } from './http/testing.node.ts';
import { deliveries } from './registry.node.ts';

async function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'delivery-'));
}

const cases = new Map<string, DeliveryCase>([
  [
    'path',
    {
      async place() {
        const folder = await freshFolder();
        return {
          options: { path: folder },
          target: undefined,
          list: () => readdir(folder),
          read: async (name) => new Uint8Array(await readFile(join(folder, name))),
          put: (name, bytes) => writeFile(join(folder, name), bytes),
          close: () => rm(folder, { recursive: true }),
        };
      },
    },
  ],
  [
    'http',
    {
      async place() {
        const receiver = await startReceiver();
        return {
          options: { url: `${receiver.url}/up/{name}?token=t` },
          target: undefined,
          list: async () => [...receiver.stored.keys()],
          read: async (name) => receiver.stored.get(name)!,
          close: () => receiver.close(),
        };
      },
    },
  ],
  ['stream', streamCase],
  [
    'stdout',
    {
      cannotUndo: true,
      async place() {
        const folder = await freshFolder();
        const fd = openSync(join(folder, 'out'), 'w');
        return {
          options: {},
          target: { fd },
          list: () => Promise.resolve(null),
          read: async () => new Uint8Array(await readFile(join(folder, 'out'))),
          async close() {
            closeSync(fd);
            await rm(folder, { recursive: true });
          },
        };
      },
    },
  ],
]);

it('knows a place for every delivery of Node', () => {
  expect([...cases.keys()].toSorted()).toEqual(deliveries.map(({ id }) => id).toSorted());
});

for (const card of deliveries) describeDelivery(card, cases.get(card.id)!);
