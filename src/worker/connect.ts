// An engine that lives in workers: a desk worker for questions, a fresh worker for each run, and what happens when one dies.
import * as Comlink from 'comlink';
import type { Bindings, RowsBinding } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { DeliveryHandover } from '../contract/delivery-plugin.ts';
import type { Forecast, ForecastOptions, ForecastSubject } from '../contract/forecast.ts';
import type { Profile, ProfileSubject } from '../contract/profile.ts';
import type { Report } from '../contract/report.ts';
import type { Reread } from '../contract/reread.ts';
import type { Catalogue, Engine, RunOptions, RunResult } from '../contract/verbs.ts';
import { GuardedWorker, type SpawnedWorker } from './guarded-worker.ts';
import { redactConfig } from '../contract/redact.ts';
import { emptyReport, NO_CONFIG } from '../engine/report.ts';
import { batchBuffers, type Batch } from '../table/batch.ts';
import {
  fileNamesOf,
  settle,
  unsettle,
  type RowsPort,
  type Settled,
  type WireBindings,
  type WorkerApi,
} from './wire.ts';

export interface ConnectParts {
  /** Start a worker ahead for the next run. */
  keepsSpare?: boolean;
  spawn(): SpawnedWorker;
  /** A line to the network for each worker; missing: workers reach out themselves. */
  openLine?(): MessagePort;
  /**
   * Looks at the targets before a run; what it gives back clears away what a lost worker left in them.
   * `fileNames` are those the run had opened or, if its worker is gone, may have been about to open.
   */
  prepareCleanUp(
    bindings: Bindings,
    config: ExportConfig,
    jobId: string,
  ): Promise<(fileNames: string[]) => Promise<void>>;
  /** Told of a handover before the run's worker ends. */
  onHandover?(handover: DeliveryHandover): void;
}

/** How long a cancelled run may take to stop by itself. */
const CANCEL_GRACE_MS = 500;

/** Bindings on their way; `release` lets go of the host's rows once the work is over, however it ended. */
interface SentBindings {
  wire: WireBindings;
  release(): void;
}

/** Serves one rows binding: the other side opens passes and pulls batches, which move by transfer. */
function servePort(binding: RowsBinding): { port: MessagePort; release(): void } {
  const passes = new Map<number, AsyncIterator<Batch>>();
  let lastPass = 0;
  const served: RowsPort = {
    async open() {
      passes.set(++lastPass, binding.open()[Symbol.asyncIterator]());
      return lastPass;
    },
    async next(pass) {
      const settled = await settle(() => passes.get(pass)!.next());
      if (settled.error !== undefined) return settled;
      if (settled.value.done === true) return { value: null };
      const batch = settled.value.value;
      return Comlink.transfer({ value: batch }, batchBuffers(batch));
    },
    async close(pass) {
      await passes.get(pass)?.return?.();
      passes.delete(pass);
    },
  };
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(served, port1);
  return {
    port: port2,
    release() {
      port1.close();
      // A worker that was ended closed nothing; a host that never answers is not waited for.
      for (const pass of passes.values()) pass.return?.().catch(() => {});
      passes.clear();
    },
  };
}

/** Bindings as they cross: rows as ports and streams, which move, everything else by structured clone. */
function toWire(bindings: Bindings): SentBindings {
  const moved: Transferable[] = [];
  const served: { release(): void }[] = [];
  const rows: WireBindings['rows'] = Object.entries(bindings.rows ?? {}).map(([id, binding]) => {
    const { port, release } = servePort(binding);
    moved.push(port);
    served.push({ release });
    const { name, schema, rowCount, once } = binding;
    return [id, { name, schema, rowCount, once, port }];
  });
  const targets = bindings.targets ?? {};
  for (const target of Object.values(targets))
    if (target instanceof WritableStream) moved.push(target as unknown as Transferable);
  const wire: WireBindings = {
    bytes: bindings.bytes ?? {},
    fileNames: fileNamesOf(bindings.bytes ?? {}),
    rows,
    targets,
    secrets: bindings.secrets ?? {},
    watermarks: bindings.watermarks ?? {},
    clockMs: bindings.clock?.() ?? Date.now(),
    jobId: bindings.jobId ?? crypto.randomUUID(),
  };
  return {
    wire: Comlink.transfer(wire, moved),
    release: () => served.forEach(({ release }) => release()),
  };
}

export interface ConnectedEngine extends Engine {
  /** Ends all workers. */
  close(): void;
  /** Called when a worker died that nobody ended. Returns how to stop listening. */
  onDeath(listener: () => void): () => void;
}

export function connectEngine(parts: ConnectParts): ConnectedEngine {
  const listeners = new Set<() => void>();
  const onLost = (): void => listeners.forEach((listener) => listener());
  let desk: GuardedWorker<WorkerApi> | undefined;
  const running = new Set<GuardedWorker<WorkerApi>>();
  const rehearsing = new Set<GuardedWorker<WorkerApi>>();
  /** Started while nothing runs, so that the next run need not wait for its worker. */
  let spare: GuardedWorker<WorkerApi> | undefined;
  const start = (): GuardedWorker<WorkerApi> => {
    const worker = new GuardedWorker<WorkerApi>(parts.spawn, onLost);
    const port = parts.openLine?.();
    // Calls keep their order: it is there before anything is asked.
    if (port !== undefined)
      worker.call((api) => api.useNetwork(Comlink.transfer(port, [port]))).catch(() => {});
    return worker;
  };
  const takeWorker = (): GuardedWorker<WorkerApi> => {
    const taken = spare?.isLost === false ? spare : start();
    spare = undefined;
    return taken;
  };
  const ask = async <T>(
    work: (api: Comlink.Remote<WorkerApi>) => Promise<Settled<T>>,
  ): Promise<T> => {
    if (desk === undefined || desk.isLost) desk = start();
    const settled = await desk.call(work);
    if (parts.keepsSpare === true && running.size === 0) spare ??= start();
    return unsettle(settled);
  };
  const askWith = async <T>(
    bindings: Bindings,
    work: (api: Comlink.Remote<WorkerApi>, wire: WireBindings) => Promise<Settled<T>>,
  ): Promise<T> => {
    const { wire, release } = toWire(bindings);
    try {
      return await ask((api) => work(api, wire));
    } finally {
      release();
    }
  };

  const askCatalogue = (): Promise<Catalogue | null> =>
    ask((api) => plain<Catalogue>(api.catalogue())).catch(() => null);

  return {
    catalogue: () => ask((api) => plain(api.catalogue())),
    upgrade: (input) => ask((api) => plain(api.upgrade(input))),
    inspect: (config, bindings, sourceId) =>
      askWith(bindings, (api, wire) => plain(api.inspect(config, wire, sourceId))),
    check: (config, bindings) => askWith(bindings, (api, wire) => plain(api.check(config, wire))),
    preview: (config, bindings, limits) =>
      askWith(bindings, (api, wire) => plain(api.preview(config, wire, limits))),
    reread: (config, bindings, limits, { signal } = {}) =>
      askWith(bindings, async (api, wire) => {
        signal?.throwIfAborted();
        const { jobId } = wire;
        const onAbort = (): void => void api.cancel(jobId);
        signal?.addEventListener('abort', onAbort, { once: true });
        try {
          return await plain<Reread>(api.reread(config, wire, limits));
        } finally {
          signal?.removeEventListener('abort', onAbort);
        }
      }),
    verify: (file, expected) => ask((api) => plain(api.verify(file, expected))),
    async profile(config, bindings, subject = {}, options = {}) {
      // A worker of its own: it may take long, and the desk has questions to answer.
      const worker = start();
      rehearsing.add(worker);
      try {
        return await profileIn(worker, config, bindings, subject, options);
      } finally {
        rehearsing.delete(worker);
        worker.close();
      }
    },
    async forecast(config, bindings, subject = {}, options = {}) {
      // A worker of its own too, which is ended at once when nobody waits for it any more.
      const worker = start();
      rehearsing.add(worker);
      try {
        return await forecastIn(worker, config, bindings, subject, options);
      } finally {
        rehearsing.delete(worker);
        worker.close();
      }
    },
    async run(config, bindings, options = {}) {
      const worker = takeWorker();
      running.add(worker);
      try {
        return await runIn({ worker, verb: 'run' }, parts, config, bindings, options, askCatalogue);
      } finally {
        running.delete(worker);
        worker.close();
      }
    },
    async saveRejects(config, bindings, rejects, options = {}) {
      const worker = start();
      rehearsing.add(worker);
      const { targets: _, ...readings } = bindings;
      const asked = { ...parts, prepareCleanUp: async () => async () => {} };
      try {
        return await runIn(
          { worker, verb: 'saveRejects' },
          asked,
          config,
          readings,
          { ...options, rejects },
          askCatalogue,
        );
      } finally {
        rehearsing.delete(worker);
        worker.close();
      }
    },
    async rehearse(config, bindings, options = {}) {
      // A worker of its own, and never the spare: that one is for the run that may come any moment.
      const worker = start();
      rehearsing.add(worker);
      // The targets stay here: a stream would be locked, and nothing is written.
      const { targets: _, ...readings } = bindings;
      const asked = { ...parts, prepareCleanUp: async () => async () => {}, onHandover: undefined };
      try {
        const { report } = await runIn(
          { worker, verb: 'rehearse' },
          asked,
          config,
          readings,
          options,
          askCatalogue,
        );
        return report;
      } finally {
        rehearsing.delete(worker);
        worker.close();
      }
    },
    close() {
      desk?.close();
      spare?.close();
      desk = spare = undefined;
      rehearsing.forEach((worker) => worker.close());
      running.forEach((worker) => worker.close());
    },
    onDeath(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Comlink's types would unwrap promises inside the settled results; they are plain. */
const plain = <T>(promise: unknown): Promise<Settled<T>> => promise as Promise<Settled<T>>;

/** Asked anew each time: the compiler would take an earlier answer for granted. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** What the report of a run that no engine began says of its configuration, which nobody has looked at. */
function shownConfig(config: ExportConfig, catalogue: Catalogue | null): ExportConfig {
  try {
    return redactConfig(config, catalogue);
  } catch {
    return NO_CONFIG;
  }
}

/** A profile in a worker that is ended afterwards; one that does not stop when it is told to is left without an answer. */
async function profileIn(
  worker: GuardedWorker<WorkerApi>,
  config: ExportConfig,
  bindings: Bindings,
  subject: ProfileSubject,
  { signal, onProgress }: RunOptions,
): Promise<Profile> {
  signal?.throwIfAborted();
  const jobId = bindings.jobId ?? crypto.randomUUID();
  const { targets: _, ...readings } = bindings;
  const { wire, release } = toWire({ ...readings, jobId });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = (): void => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      worker.call((api) => api.cancel(jobId)).catch(() => {});
      timer = setTimeout(() => reject(signal!.reason), CANCEL_GRACE_MS);
    };
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const listener = onProgress === undefined ? null : Comlink.proxy(onProgress);
    const finished = worker.call((api) =>
      plain<Profile>(api.profile(config, wire, subject, listener)),
    );
    return unsettle(await Promise.race([finished, stopped]));
  } finally {
    release();
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** A forecast in a worker that is ended afterwards, or as soon as it is broken off. */
async function forecastIn(
  worker: GuardedWorker<WorkerApi>,
  config: ExportConfig,
  bindings: Bindings,
  subject: ForecastSubject,
  { signal, onFormat }: ForecastOptions,
): Promise<Forecast> {
  signal?.throwIfAborted();
  const { targets: _, ...readings } = bindings;
  const { wire, release } = toWire(readings);
  let onAbort = (): void => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal!.reason as Error);
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const listener = onFormat === undefined ? null : Comlink.proxy(onFormat);
    const finished = worker.call((api) =>
      plain<Forecast>(api.forecast(config, wire, subject, listener)),
    );
    return unsettle(await Promise.race([finished, stopped]));
  } finally {
    release();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** A run or a rehearsal in a worker that is ended afterwards. */
async function runIn(
  { worker, verb }: { worker: GuardedWorker<WorkerApi>; verb: 'run' | 'rehearse' | 'saveRejects' },
  parts: ConnectParts,
  config: ExportConfig,
  bindings: Bindings,
  options: RunOptions,
  catalogue: () => Promise<Catalogue | null>,
): Promise<RunResult> {
  const jobId = bindings.jobId ?? crypto.randomUUID();
  const startedAtMs = bindings.clock?.() ?? Date.now();
  const startMs = performance.now();
  const opened: string[] = [];
  const announced: string[] = [];
  const cleanUp = await parts.prepareCleanUp(bindings, config, jobId);
  const unfinished = async (
    outcome: 'cancelled' | 'failed',
    error: ExportError | null,
  ): Promise<RunResult> => {
    await cleanUp([...opened, ...announced]).catch(() => {});
    const report = emptyReport(shownConfig(config, await catalogue()), jobId, startedAtMs);
    report.outcome = outcome;
    report.error = error?.toJSON() ?? null;
    report.durationMs = Math.round(performance.now() - startMs);
    report.endedAt = new Date(startedAtMs + report.durationMs).toISOString();
    return { report, handover: null };
  };
  if (options.signal?.aborted === true) return unfinished('cancelled', null);

  let stopNow: () => void = () => {};
  const stopped = new Promise<'stopped'>((resolve) => {
    stopNow = () => resolve('stopped');
  });
  let graceTimer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = (): void => {
    // Nothing to be put in order, and whoever breaks it off wants the processor now.
    if (verb === 'rehearse') return stopNow();
    worker.call((api) => api.cancel(jobId)).catch(() => {});
    graceTimer = setTimeout(stopNow, CANCEL_GRACE_MS);
  };
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const proxy = <F extends (...values: any[]) => void>(
    listener: F | undefined,
  ): (F & Comlink.ProxyMarked) | null => (listener === undefined ? null : Comlink.proxy(listener));
  let release = (): void => {};
  try {
    const sent = toWire({ ...bindings, jobId, clock: () => startedAtMs });
    const { wire } = sent;
    release = sent.release;
    const onProgress = proxy(options.onProgress);
    const onTrace = proxy(options.onTrace);
    const onFile = proxy(
      (name: string, isOpen: boolean) => void (isOpen ? opened : announced).push(name),
    );
    const rejects = options.rejects ?? null;
    const onExists = options.onExists ? Comlink.proxy(options.onExists) : null;
    const finished: Promise<RunResult> =
      verb === 'saveRejects'
        ? worker
            .call((api) => plain<RunResult>(api.saveRejects(config, wire, rejects!, onProgress)))
            .then(unsettle)
        : verb === 'rehearse'
          ? worker
              .call((api) => plain<Report>(api.rehearse(config, wire, onProgress, onTrace)))
              .then((settled) => ({ report: unsettle(settled), handover: null }))
          : worker
              .call((api) =>
                plain<RunResult>(
                  api.run(config, wire, onProgress, onTrace, onFile, rejects, onExists),
                ),
              )
              .then(unsettle);
    finished.catch(() => {});
    const result = await Promise.race([finished, stopped]);
    if (result === 'stopped') {
      worker.close();
      return await unfinished('cancelled', null);
    }
    if (result.handover !== null) parts.onHandover?.(result.handover);
    if (result.report.outcome !== 'completed') await cleanUp(opened).catch(() => {});
    return result;
  } catch (thrown) {
    if (isAborted(options.signal)) return unfinished('cancelled', null);
    const error =
      thrown instanceof ExportError
        ? thrown
        : new ExportError('run.unexpected', { detail: String(thrown) });
    return unfinished('failed', error);
  } finally {
    release();
    clearTimeout(graceTimer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}
