// The run worker's side, the same in both doors: an engine with its lanes, offered over Comlink.
import * as Comlink from 'comlink';
import type { Preview } from '../contract/verbs.ts';
import { createEngine } from '../engine/engine.ts';
import { inlineLanes, type LanePool } from '../engine/lanes.ts';
import type { Network } from '../engine/network.ts';
import type { OpenBytes } from '../engine/open-source.ts';
import type { Plugins } from '../engine/plugins.ts';
import type { RunScratch } from '../engine/scratch.ts';
import type { SpawnedWorker } from './guarded-worker.ts';
import { spawnLanes } from './lane-bridge.ts';
import { openBindings, settle, type Settled, type WorkerApi } from './wire.ts';

/** Jobs below this many source bytes are done before a lane's thread has started. */
const SMALL_JOB_BYTES = 4 * 1024 * 1024;

export interface ServeParts {
  plugins: Plugins;
  openBytes: OpenBytes;
  spawnLane: () => SpawnedWorker;
  /** Lane threads at most; 0 = inline. `always` uses them for small jobs too (tests of the lanes themselves). */
  lanes: { count: number; always: boolean };
  openScratch(memoryBytes: number): RunScratch;
  /** The way to the network; missing: addresses are refused. */
  network?: Network;
  /** Told of the line to the network worker. */
  onNetwork?(port: MessagePort): void;
  /** Resolves once this worker's death can be noticed. */
  holdLifeLock(): Promise<void>;
}

/** A macrotask without a timer's 4 ms. */
function yieldMacrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The bytes of a preview, to be moved. */
function previewBuffers({ head, tail }: Preview): ArrayBuffer[] {
  return [...new Set([head.buffer as ArrayBuffer, tail.buffer as ArrayBuffer])];
}

export function serveEngine(endpoint: Comlink.Endpoint, parts: ServeParts): void {
  let pool: LanePool | undefined;
  const inline = inlineLanes(parts.plugins.formats);
  const engine = createEngine({
    plugins: parts.plugins,
    openBytes: parts.openBytes,
    lanes(jobBytes) {
      const isSmall = jobBytes !== null && jobBytes < SMALL_JOB_BYTES && !parts.lanes.always;
      if (isSmall) return inline;
      return (pool ??= spawnLanes(
        parts.lanes.count,
        parts.spawnLane,
        parts.plugins.formats,
        parts.lanes.always,
      ));
    },
    yieldMacrotask,
    openScratch: parts.openScratch,
    ...(parts.network && { network: parts.network }),
  });
  const running = new Map<string, AbortController>();
  const cancellable = async <T>(
    jobId: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Settled<T>> => {
    const abort = new AbortController();
    running.set(jobId, abort);
    try {
      return await settle(() => work(abort.signal));
    } finally {
      running.delete(jobId);
    }
  };
  const alive = parts.holdLifeLock();
  const api: WorkerApi = {
    ready: () => alive,
    catalogue: () => settle(() => engine.catalogue()),
    upgrade: (input) => settle(() => engine.upgrade(input)),
    inspect: (config, bindings, sourceId) =>
      settle(() => engine.inspect(config, openBindings(bindings), sourceId)),
    check: (config, bindings) => settle(() => engine.check(config, openBindings(bindings))),
    async preview(config, bindings, limits) {
      const settled = await settle(() => engine.preview(config, openBindings(bindings), limits));
      return settled.error ? settled : Comlink.transfer(settled, previewBuffers(settled.value));
    },
    async reread(config, bindings, limits) {
      const settled = await cancellable(bindings.jobId, (signal) =>
        engine.reread(config, openBindings(bindings), limits, { signal }),
      );
      const { value } = settled;
      return value ? Comlink.transfer(settled, [value.head.buffer as ArrayBuffer]) : settled;
    },
    run: (config, bindings, onProgress, onTrace, onFile, rejects, onExists) =>
      cancellable(bindings.jobId, (signal) =>
        engine.run(config, openBindings(bindings), {
          signal,
          ...(onProgress && { onProgress }),
          ...(onTrace && { onTrace }),
          ...(onFile && { onFile }),
          ...(rejects && { rejects }),
          ...(onExists && { onExists }),
        }),
      ),
    saveRejects: (config, bindings, rejects, onProgress) =>
      cancellable(bindings.jobId, (signal) =>
        engine.saveRejects(config, openBindings(bindings), rejects, {
          signal,
          ...(onProgress && { onProgress }),
        }),
      ),
    rehearse: (config, bindings, onProgress, onTrace) =>
      cancellable(bindings.jobId, (signal) =>
        engine.rehearse(config, openBindings(bindings), {
          signal,
          ...(onProgress && { onProgress }),
          ...(onTrace && { onTrace }),
        }),
      ),
    verify: (file, expected) => settle(() => engine.verify(file, expected)),
    profile: (config, bindings, subject, onProgress) =>
      cancellable(bindings.jobId, (signal) =>
        engine.profile(config, openBindings(bindings), subject, {
          signal,
          ...(onProgress && { onProgress }),
        }),
      ),
    forecast: (config, bindings, subject, onFormat) =>
      cancellable(bindings.jobId, (signal) =>
        engine.forecast(config, openBindings(bindings), subject, {
          signal,
          ...(onFormat && { onFormat }),
        }),
      ),
    async useNetwork(port) {
      parts.onNetwork?.(port);
    },
    async cancel(jobId) {
      running.get(jobId)?.abort();
    },
  };
  Comlink.expose(api, endpoint);
}
