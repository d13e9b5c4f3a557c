// Starts run workers in Node, on worker_threads.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../contract/verbs.ts';
import { removeLeftovers } from '../deliveries/path/leftovers.ts';
import { connectEngine } from './connect.ts';
import type { SpawnedWorker } from './guarded-worker.ts';
import { openThread } from './thread.node.ts';

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
  return openThread({
    role: 'run',
    url: url.href,
    lanes: options.lanes ?? null,
    always: options.alwaysLanes ?? false,
  });
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
