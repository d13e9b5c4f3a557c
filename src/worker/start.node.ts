// Starts this worker thread in its role; tests start it with further plug-ins.
import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { Plugins } from '../engine/plugins.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { openGenerated } from '../sources/bytes/generated.ts';
import { openPath, openStdin } from '../sources/bytes/path.node.ts';
import { countingFetch } from './counting-fetch.node.ts';
import { exposeLane } from './lane-bridge.ts';
import { openNodeScratch } from './scratch.node.ts';
import { serveEngine } from './serve.ts';
import { openThread, type ThreadRole } from './thread.node.ts';

export function startThread(plugins: Plugins): void {
  const own = workerData as ThreadRole;
  const endpoint = nodeEndpoint(parentPort!);
  if (own.role === 'lane') {
    exposeLane(endpoint, plugins.formats, Promise.resolve());
    return;
  }
  serveEngine(endpoint, {
    plugins,
    async openBytes(binding) {
      if (binding instanceof Blob) return openBlob(binding);
      if ('generate' in binding) return openGenerated(binding.generate);
      return 'stdin' in binding ? openStdin() : openPath(binding.path);
    },
    lanes: { count: own.lanes ?? availableParallelism(), always: own.always },
    spawnLane: () => openThread({ ...own, role: 'lane' }),
    network: { fetch: countingFetch },
    openScratch: (memoryBytes) => openNodeScratch(memoryBytes),
    // A thread's end is an event of its own.
    holdLifeLock: async () => {},
  });
}
