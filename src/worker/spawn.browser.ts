// Starts run workers in a page.
import workerUrl from './entry.browser.ts?worker&url';
import type { SpawnedWorker } from './guarded-worker.ts';
import { scriptUrl } from './script-url.ts';
import { writeWorkerName } from './worker-name.ts';

export interface SpawnOptions {
  /** The worker file where it does not stand beside this script (an embedding host's own copy). */
  workerUrl?: string | URL;
  /** Lane threads at most; 0 = none; default: one per core. */
  lanes?: number;
  /** Use lanes for small jobs too. */
  alwaysLanes?: boolean;
}

/** A new run worker. Its death is seen through a Web Lock that it holds for life: a dead worker raises no event. */
export function spawnInPage(options: SpawnOptions = {}): SpawnedWorker {
  const lock = `export-studio-${crypto.randomUUID()}`;
  const name = writeWorkerName({
    role: 'run',
    lock,
    lanes: options.lanes ?? null,
    always: options.alwaysLanes ?? false,
  });
  const worker = new Worker(scriptUrl(options.workerUrl ?? workerUrl), { type: 'module', name });
  return {
    endpoint: worker,
    died: () => navigator.locks.request(lock, () => {}),
    broken: new Promise((resolve) => {
      worker.addEventListener('error', () => resolve(), { once: true });
    }),
    terminate: () => worker.terminate(),
  };
}
