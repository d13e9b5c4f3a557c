// Starts this browser worker in its role; tests start it with further plug-ins.
import { openBlob } from '../sources/bytes/blob.ts';
import { openGenerated } from '../sources/bytes/generated.ts';
import { ExportError } from '../contract/errors.ts';
import type { CountingFetch } from '../contract/counting-fetch.ts';
import type { Plugins } from '../engine/plugins.ts';
import { fetchThrough, ownFetch } from './fetch-through.ts';
import { exposeLane } from './lane-bridge.ts';
import { openPrivateScratch, sweepScratch } from './scratch.browser.ts';
import { scriptUrl } from './script-url.ts';
import { serveEngine } from './serve.ts';
import { readWorkerName, writeWorkerName } from './worker-name.ts';
import { PATH_TEXTS } from './texts.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Held until the worker dies: whoever is granted the same lock knows that it did. */
function holdLock(name: string): Promise<void> {
  if (name === '') return Promise.resolve();
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

/** Once a worker: what other workers left. */
let sweeping: Promise<void> | undefined;

export function startWorker(plugins: Plugins): void {
  const own = readWorkerName(self.name);
  if (own.role === 'lane') {
    exposeLane(self, plugins.formats, holdLock(own.lock));
    return;
  }
  let send: CountingFetch = ownFetch;
  serveEngine(self, {
    plugins,
    network: { fetch: (url, init) => send(url, init) },
    onNetwork(port) {
      send = fetchThrough(port);
    },
    async openBytes(binding, readerFor) {
      if (binding instanceof Blob) return openBlob(binding, undefined, readerFor?.(binding.size));
      if ('generate' in binding) return openGenerated(binding.generate);
      throw new ExportError('config.not-here', {
        what: PATH_TEXTS.path,
        reason: PATH_TEXTS.reason,
        remedy: PATH_TEXTS.remedy,
      });
    },
    lanes: { count: own.lanes ?? Math.max(1, navigator.hardwareConcurrency), always: own.always },
    spawnLane() {
      const lock = `export-studio-lane-${crypto.randomUUID()}`;
      const name = writeWorkerName({ role: 'lane', lock, lanes: 0, always: false });
      const worker = new Worker(scriptUrl(self.location.href), { type: 'module', name });
      return {
        endpoint: worker,
        died: () => navigator.locks.request(lock, () => {}),
        broken: new Promise((resolve) => {
          worker.addEventListener('error', () => resolve(), { once: true });
        }),
        terminate: () => worker.terminate(),
      };
    },
    openScratch(memoryBytes) {
      sweeping ??= sweepScratch().catch(() => {});
      return openPrivateScratch(memoryBytes);
    },
    holdLifeLock: () => holdLock(own.lock),
  });
}
