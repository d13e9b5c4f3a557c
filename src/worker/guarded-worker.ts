// A worker whose start is retried and whose death is an error of every call under way.
import * as Comlink from 'comlink';
import { ExportError } from '../contract/errors.ts';

/** A started worker. */
export interface SpawnedWorker {
  endpoint: Comlink.Endpoint;
  /** Fulfilled when the worker is gone, whyever. Asked for only once it is ready. */
  died(): Promise<void>;
  /** Fulfilled when its script could not be loaded or threw at the start. */
  broken: Promise<void>;
  terminate(): void;
}

/** A worker that has not answered by then is given up and started anew; nothing was asked of it yet. */
const START_LIMITS_MS = [1_500, 5_000, 20_000];

/** A worker with its calls guarded: all of them fail with `run.worker-died` once it is gone. */
export class GuardedWorker<Api extends { ready(): Promise<void> }> {
  readonly #spawn: () => SpawnedWorker;
  readonly #onLost: () => void;
  readonly #started: Promise<Comlink.Remote<Api>>;
  /** What fails when the worker is lost: one entry for each call under way. */
  readonly #waiting = new Set<(error: ExportError) => void>();
  #worker: SpawnedWorker | undefined;
  isLost = false;
  #isClosed = false;

  constructor(spawn: () => SpawnedWorker, onLost: () => void) {
    this.#spawn = spawn;
    this.#onLost = onLost;
    this.#started = this.#start();
    this.#started.catch(() => {});
  }

  async #start(): Promise<Comlink.Remote<Api>> {
    for (const limitMs of START_LIMITS_MS) {
      if (this.#isClosed) break;
      const worker = this.#spawn();
      this.#worker = worker;
      const api = Comlink.wrap<Api>(worker.endpoint);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), limitMs);
      });
      const isReady = await Promise.race([
        (api as unknown as { ready(): Promise<void> }).ready().then(() => true),
        worker.broken.then(() => false),
        late,
      ]);
      clearTimeout(timer);
      if (isReady) {
        void worker.died().then(() => this.#die());
        return api;
      }
      worker.terminate();
    }
    this.isLost = true;
    throw new ExportError('run.worker-died');
  }

  #die(): void {
    this.isLost = true;
    if (!this.#isClosed) this.#onLost();
    for (const lose of this.#waiting) lose(new ExportError('run.worker-died'));
  }

  /**
   * `work`, or the worker's death. A race with one promise for the worker's whole life would keep every answer alive as long
   * as that promise.
   */
  async #unlessLost<T>(work: Promise<T>): Promise<T> {
    if (this.isLost) throw new ExportError('run.worker-died');
    let lose: (error: ExportError) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    this.#waiting.add(lose);
    try {
      return await Promise.race([work, lost]);
    } finally {
      this.#waiting.delete(lose);
    }
  }

  /** Starts the worker if it has not, and calls it. */
  async call<T>(work: (api: Comlink.Remote<Api>) => Promise<T>): Promise<T> {
    const api = await this.#unlessLost(this.#started);
    return this.#unlessLost(work(api));
  }

  close(): void {
    this.#isClosed = true;
    this.#worker?.terminate();
  }
}
