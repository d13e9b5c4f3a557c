// Watches a run: counts, reports progress at most ten times a second, lets cancel and time limit in.
import { ExportError } from '../contract/errors.ts';
import type { Progress } from '../contract/report.ts';
import type { RunOptions } from '../contract/verbs.ts';

const PROGRESS_EVERY_MS = 100;
/** How long work may go on before messages (a cancel) get their turn. */
const YIELD_EVERY_MS = 100;
const RATE_WINDOW_MS = 3000;
/** Timers of more fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Lets waiting messages be handled; a timer would be clamped to 4 ms. */
export type YieldMacrotask = () => Promise<void>;

export class Meter {
  rowsIn = 0;
  rowsOut = 0;
  bytesOut = 0;
  phase: Progress['phase'] = 'reading';
  readAgain: Progress['readAgain'];
  sending: Progress['sending'];
  bytesIn: () => number = () => 0;
  bytesTotal: number | null = null;
  readonly #jobId: string;
  readonly #options: RunOptions;
  readonly #signal: AbortSignal;
  readonly #timeoutMs: number;
  readonly #yieldMacrotask: YieldMacrotask;
  readonly #startMs = performance.now();
  #lastProgressMs = -Infinity;
  #lastYieldMs = performance.now();
  #window: { at: number; bytes: number; rows: number }[] = [
    { at: this.#startMs, bytes: 0, rows: 0 },
  ];

  constructor(
    jobId: string,
    options: RunOptions,
    signal: AbortSignal,
    timeoutMs: number,
    yieldMacrotask: YieldMacrotask,
  ) {
    this.#jobId = jobId;
    this.#options = options;
    this.#signal = signal;
    this.#timeoutMs = timeoutMs;
    this.#yieldMacrotask = yieldMacrotask;
  }

  /**
   * `work`, unless the run is cancelled or over its time before it is done: a source may never answer. For one piece of
   * work at a time.
   */
  async within<T>(work: Promise<T>): Promise<T> {
    // Whatever becomes of it once nobody waits any more is nobody's surprise.
    work.catch(() => {});
    this.#signal.throwIfAborted();
    const leftMs = this.#timeoutMs > 0 ? Math.max(0, this.#timeoutMs - this.elapsedMs) : Infinity;
    let stop: (reason: unknown) => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    const cancel = (): void => stop(this.#signal.reason);
    this.#signal.addEventListener('abort', cancel, { once: true });
    const timer =
      leftMs < LONGEST_TIMER_MS ? setTimeout(() => stop(this.#timeout()), leftMs) : undefined;
    try {
      return await Promise.race([work, stopped]);
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', cancel);
    }
  }

  #timeout(): ExportError {
    return new ExportError('run.timeout', { limit: `${this.#timeoutMs} ms` });
  }

  get elapsedMs(): number {
    return performance.now() - this.#startMs;
  }

  /** From here on finished files are read again, for the sake of their bytes or values. */
  beginReadAgain(what: 'bytes' | 'values', bytesTotal: number): void {
    this.phase = 'verifying';
    this.readAgain = { what, bytes: 0, bytesTotal };
    this.report();
  }

  /** Each file and each failure is told of at once, bytes as often as all else. */
  send(sending: NonNullable<Progress['sending']>): void {
    const before = this.sending;
    this.phase = 'sending';
    this.sending = sending;
    const isNew = before?.file !== sending.file || before.retry !== sending.retry;
    const now = performance.now();
    if (isNew || now - this.#lastProgressMs >= PROGRESS_EVERY_MS) this.report(now);
  }

  /** A piece of a finished file was read. */
  async tickReadAgain(bytes: number): Promise<void> {
    if (this.readAgain) this.readAgain.bytes += bytes;
    await this.tick();
  }

  trace(line: string): void {
    this.#options.onTrace?.(`${this.elapsedMs.toFixed(0)} ms ${line}`);
  }

  /** Called once per batch and per written piece. Throws AbortError when cancelled, `run.timeout` when over time. */
  async tick(): Promise<void> {
    const now = performance.now();
    if (now - this.#lastYieldMs > YIELD_EVERY_MS) {
      await this.#yieldMacrotask();
      this.#lastYieldMs = performance.now();
    }
    this.#signal.throwIfAborted();
    if (this.#timeoutMs > 0 && this.elapsedMs > this.#timeoutMs) throw this.#timeout();
    if (now - this.#lastProgressMs >= PROGRESS_EVERY_MS) this.report(now);
  }

  report(now = performance.now()): void {
    this.#lastProgressMs = now;
    if (this.#options.onProgress === undefined) return;
    const bytesIn = this.bytesIn();
    this.#window.push({ at: now, bytes: bytesIn, rows: this.rowsIn });
    while (this.#window.length > 2 && now - this.#window[0]!.at > RATE_WINDOW_MS)
      this.#window.shift();
    const first = this.#window[0]!;
    const seconds = Math.max((now - first.at) / 1000, 1e-3);
    const bytesPerSecond = (bytesIn - first.bytes) / seconds;
    const rowsPerSecond = (this.rowsIn - first.rows) / seconds;
    const { phase } = this;
    const left =
      this.bytesTotal === null || phase === 'sending'
        ? null
        : Math.max(0, this.bytesTotal - bytesIn);
    this.#options.onProgress({
      jobId: this.#jobId,
      phase: this.phase,
      ...(this.readAgain && { readAgain: { ...this.readAgain } }),
      ...(this.phase === 'sending' && this.sending && { sending: this.sending }),
      rowsIn: this.rowsIn,
      rowsOut: this.rowsOut,
      bytesIn,
      bytesOut: this.bytesOut,
      bytesTotal: this.bytesTotal,
      elapsedMs: this.elapsedMs,
      bytesPerSecond,
      rowsPerSecond,
      etaMs: left === null || bytesPerSecond <= 0 ? null : (left / bytesPerSecond) * 1000,
    });
  }
}
