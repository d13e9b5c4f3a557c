// Starts run workers in Node, on worker_threads.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { Engine } from '../contract/verbs.ts';
import { removeLeftovers } from '../deliveries/path/leftovers.ts';
import { connectEngine } from './connect.ts';
import type { SpawnedWorker } from './guarded-worker.ts';

export interface SpawnOptions {
  /** The built worker file; default: `entry.node.js` beside this script. */
  workerUrl?: URL;
  /** Lane threads at most; 0 = none; default: one per core. */
  lanes?: number;
  /** Use lanes for small jobs too. */
  alwaysLanes?: boolean;
}

function spawnThread(options: SpawnOptions): SpawnedWorker {
  const url = options.workerUrl ?? new URL('./entry.node.js', import.meta.url);
  if (!existsSync(fileURLToPath(url)))
    throw new Error(`${fileURLToPath(url)} is missing: run npm run build`);
  const worker = new Worker(url, {
    workerData: {
      role: 'run',
      url: url.href,
      lanes: options.lanes ?? null,
      always: options.alwaysLanes ?? false,
    },
  });
  const died = new Promise<void>((resolve) => {
    worker.on('exit', () => resolve());
    // An uncaught error ends the thread; without a listener it would end the process too.
    worker.on('error', () => resolve());
  });
  return {
    endpoint: nodeEndpoint(worker),
    died: () => died,
    broken: died,
    terminate: () => void worker.terminate(),
  };
}

/** An engine in worker threads. `close` ends them; the process can then end. */
export async function spawnEngine(
  options: SpawnOptions = {},
): Promise<Engine & { close(): Promise<void> }> {
  const engine = connectEngine({
    spawn: () => spawnThread(options),
    prepareCleanUp: async (_bindings, config, jobId) => async () => {
      for (const { delivery } of config.outputs)
        if (delivery.id === 'path') await removeLeftovers(String(delivery.options['path']), jobId);
    },
  });
  return {
    ...engine,
    async close() {
      engine.close();
    },
  };
}
