// The host's programming interface: exports with and without a stream, their status, and cancel.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { Outcome, Progress, Report } from '../contract/report.ts';
import type { Engine, RunOptions } from '../contract/verbs.ts';

/** What an export gave: its report, under the name hosts know it by. */
export type ExportResult = Report;

/** Where an export stands. `progress` is the last seen; `result` is there once it ended. */
export interface ExportStatus {
  id: string;
  state: 'running' | Outcome;
  progress: Progress | null;
  result: ExportResult | null;
}

export interface ExportService {
  /** Runs an export to its end. Never rejects: the result's outcome says how it went. */
  exportData(
    config: ExportConfig,
    bindings?: Bindings,
    options?: RunOptions,
  ): Promise<ExportResult>;
  /** The output's bytes as they are made. A failure errors the stream with an ExportError; cancelling it ends the export. */
  streamExport(config: ExportConfig, bindings?: Bindings): ReadableStream<Uint8Array>;
  /** `config.binding-missing` style errors do not exist here: an unknown id is `null`. */
  getExportStatus(id: string): ExportStatus | null;
  /** Resolves once the export has ended. False when there is no such export under way. */
  cancelExport(id: string): Promise<boolean>;
}

/** Ended exports that are remembered for `getExportStatus`. */
const REMEMBERED = 100;

export function createExportService(engine: Engine): ExportService {
  const exports = new Map<
    string,
    { status: ExportStatus; abort: AbortController; ended: Promise<unknown> }
  >();

  const start = (
    config: ExportConfig,
    bindings: Bindings,
    options: RunOptions,
  ): Promise<ExportResult> => {
    const id = bindings.jobId ?? crypto.randomUUID();
    const abort = new AbortController();
    const forward = (): void => abort.abort();
    options.signal?.addEventListener('abort', forward, { once: true });
    if (options.signal?.aborted === true) abort.abort();
    const status: ExportStatus = { id, state: 'running', progress: null, result: null };
    const ended = engine
      .run(
        config,
        { ...bindings, jobId: id },
        {
          ...options,
          signal: abort.signal,
          onProgress(progress) {
            status.progress = progress;
            options.onProgress?.(progress);
          },
        },
      )
      .then(({ report }) => {
        status.state = report.outcome;
        status.result = report;
        options.signal?.removeEventListener('abort', forward);
        return report;
      });
    exports.set(id, { status, abort, ended });
    forgetOldest(exports);
    return ended;
  };

  return {
    exportData: (config, bindings = {}, options = {}) => start(config, bindings, options),
    streamExport(config, bindings = {}) {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const abort = new AbortController();
      const outputs = config.outputs.map((output) => ({
        ...output,
        delivery: { id: 'stream', options: {} },
        // Nothing is stored that could be read back.
        verify: { ...output.verify, readBack: false },
      }));
      const targets = Object.fromEntries(outputs.map((output) => [output.id, writable]));
      const ended = start(
        { ...config, outputs },
        { ...bindings, targets },
        { signal: abort.signal },
      );
      return readTo(readable.getReader(), ended, abort);
    },
    getExportStatus: (id) => exports.get(id)?.status ?? null,
    async cancelExport(id) {
      const known = exports.get(id);
      if (known === undefined || known.status.state !== 'running') return false;
      known.abort.abort();
      await known.ended;
      return true;
    },
  };
}

function forgetOldest(exports: Map<string, { status: ExportStatus }>): void {
  for (const [id, { status }] of exports) {
    if (exports.size <= REMEMBERED) return;
    if (status.state !== 'running') exports.delete(id);
  }
}

function readTo(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  ended: Promise<ExportResult>,
  abort: AbortController,
): ReadableStream<Uint8Array> {
  /** What went wrong, known once the run has ended; null when nothing did. */
  const problem = ended.then((report) => {
    if (report.outcome === 'completed') return null;
    if (report.error !== null) return ExportError.from(report.error);
    return new DOMException('The export was cancelled.', 'AbortError');
  });
  /** Ends only for a run that was not completed: the stream's own end says the rest. */
  const failed = problem.then((error) => {
    if (error === null) return new Promise<never>(() => {});
    throw error;
  });
  failed.catch(() => {});
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let next: ReadableStreamReadResult<Uint8Array>;
        try {
          next = await Promise.race([reader.read(), failed]);
        } catch (thrown) {
          // The broken stream says less than the report does.
          throw (await problem) ?? thrown;
        }
        if (!next.done) {
          controller.enqueue(next.value);
          return;
        }
        const error = await problem;
        if (error !== null) throw error;
        controller.close();
      },
      async cancel() {
        abort.abort();
        await ended;
      },
    },
    { highWaterMark: 0 },
  );
}
