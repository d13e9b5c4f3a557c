// One worker thread in Node, as the workers' guard wants it.
import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { SpawnedWorker } from './guarded-worker.ts';

/**
 * Of the heap's young generation. Rows go through buffers outside the heap; what is made for them dies at once, and by default
 * the runtime lets up to 48 MiB of it stand in each thread.
 */
const YOUNG_GENERATION_MB = 12;

export interface ThreadRole {
  role: 'run' | 'lane';
  /** Of the script itself, for further threads. */
  url: string;
  /** Lane threads at most; null: one per core. */
  lanes: number | null;
  /** Lanes for small jobs too. */
  always: boolean;
}

export function openThread(role: ThreadRole): SpawnedWorker {
  const worker = new Worker(new URL(role.url), {
    workerData: role,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
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
