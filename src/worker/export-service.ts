// The host's programming interface: exports with and without a stream, their status, cancel, templates and history.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, ExportError } from '../contract/errors.ts';
import { endedEntry, startedEntry } from '../contract/history-entry.ts';
import type { DeliveryHandover } from '../contract/delivery-plugin.ts';
import type { Progress, Report } from '../contract/report.ts';
import type {
  ExportHistoryEntry,
  ExportTemplate,
  HistoryFilter,
  HistoryOutcome,
  HistoryStore,
  ListedTemplate,
  TemplateDraft,
  TemplateStore,
} from '../contract/store.ts';
import type { Engine, RunOptions } from '../contract/verbs.ts';
import { overrideConfig, type ConfigOverrides } from './override-config.ts';
import { SERVICE_TEXTS } from './texts.ts';

/** What an export gave: its report, under the name hosts know it by. */
export interface ExportResult extends Report {
  /** Of the deliveries `share` and `mail`: what to open in a person's click, by `navigator.share` or as a link. */
  handover?: DeliveryHandover;
}

/** Where an export stands. `progress` is the last seen; `result` is there once it ended in this visit. */
export interface ExportStatus {
  id: string;
  state: HistoryOutcome;
  progress: Progress | null;
  result: ExportResult | null;
  /** What the history says, for an export of an earlier visit or another tab. */
  entry: ExportHistoryEntry | null;
}

/** Where templates and history are kept; what is left out is not kept. `openStore` gives both. */
export interface ExportStores {
  templates?: TemplateStore;
  history?: HistoryStore;
}

export interface ExportService {
  /**
   * Runs an export to its end. Never rejects: the result's outcome says how it went. With a history it is noted there when it
   * begins and when it ends; should that fail, the result's notes say so.
   */
  exportData(
    config: ExportConfig,
    bindings?: Bindings,
    options?: RunOptions,
  ): Promise<ExportResult>;
  /** The output's bytes as they are made. A failure errors the stream with an ExportError; cancelling it ends the export. */
  streamExport(config: ExportConfig, bindings?: Bindings): ReadableStream<Uint8Array>;
  /** As `exportData`, with a template's config. Rejects when there is no such template or it cannot be read. */
  exportWithTemplate(
    templateId: string,
    bindings?: Bindings,
    overrides?: ConfigOverrides,
    options?: RunOptions,
  ): Promise<ExportResult>;
  /** `config.binding-missing` style errors do not exist here: an unknown id is `null`. */
  getExportStatus(id: string): Promise<ExportStatus | null>;
  /** Resolves once the export has ended. False when there is no such export under way. */
  cancelExport(id: string): Promise<boolean>;
  /** With the id of a stored template: its next version. The calls below reject with `config.not-here` without a store. */
  saveTemplate(template: TemplateDraft): Promise<ExportTemplate>;
  /** null: there is none. Rejects with the reason if it cannot be read. */
  loadTemplate(id: string): Promise<ExportTemplate | null>;
  /** By name, those that cannot be read with their errors. */
  listTemplates(filter?: { search?: string }): Promise<ListedTemplate[]>;
  /** False: there was none. */
  deleteTemplate(id: string): Promise<boolean>;
  /** Newest first. */
  getExportHistory(filter?: HistoryFilter): Promise<ExportHistoryEntry[]>;
}

/** Ended exports that are remembered for `getExportStatus`. */
const REMEMBERED = 100;

function required<T>(store: T | undefined, what: string): T {
  if (store !== undefined) return store;
  throw new ExportError('config.not-here', {
    what,
    reason: SERVICE_TEXTS.noStore,
    remedy: SERVICE_TEXTS.noStoreRemedy,
  });
}

export function createExportService(engine: Engine, stores: ExportStores = {}): ExportService {
  const { templates, history } = stores;
  const exports = new Map<
    string,
    { status: ExportStatus; abort: AbortController; ended: Promise<unknown> }
  >();

  /** Notes the start now and the end later; the export goes on meanwhile, and whatever becomes of the notes. */
  const noteStart = (
    id: string,
    config: ExportConfig,
    bindings: Bindings,
    templateId: string | null,
  ): ((report: Report) => Promise<void>) => {
    if (history === undefined) return async () => {};
    const begun = (async () => {
      const startedAtMs = bindings.clock?.() ?? Date.now();
      await history.put(startedEntry(id, config, bindings, startedAtMs, templateId));
    })();
    // What could not be noted at the start shows at the end, if it still cannot.
    const settled = begun.catch(() => {});
    return async (report) => {
      await settled;
      try {
        await history.put(endedEntry(report, templateId));
      } catch (thrown) {
        report.notes.push(SERVICE_TEXTS.historyLacks(asExportError(thrown).message));
      }
    };
  };

  const start = (
    config: ExportConfig,
    bindings: Bindings,
    options: RunOptions,
    templateId: string | null = null,
  ): Promise<ExportResult> => {
    const id = bindings.jobId ?? crypto.randomUUID();
    const abort = new AbortController();
    const forward = (): void => abort.abort();
    options.signal?.addEventListener('abort', forward, { once: true });
    if (options.signal?.aborted === true) abort.abort();
    const status: ExportStatus = {
      id,
      state: 'running',
      progress: null,
      result: null,
      entry: null,
    };
    const noteEnd = noteStart(id, config, bindings, templateId);
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
      .then(async ({ report, handover }) => {
        status.state = report.outcome;
        const result: ExportResult = waitsForClick(handover) ? { ...report, handover } : report;
        status.result = result;
        options.signal?.removeEventListener('abort', forward);
        await noteEnd(result);
        return result;
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
    async exportWithTemplate(templateId, bindings = {}, overrides = {}, options = {}) {
      const template = await required(templates, SERVICE_TEXTS.template).get(templateId);
      if (template === null) throw new ExportError('storage.no-template', { id: templateId });
      return start(overrideConfig(template.config, overrides), bindings, options, templateId);
    },
    async getExportStatus(id) {
      const status = exports.get(id)?.status;
      if (status !== undefined) return status;
      const entry = (await history?.get(id)) ?? null;
      return entry && { id, state: entry.outcome, progress: null, result: null, entry };
    },
    async cancelExport(id) {
      const known = exports.get(id);
      if (known === undefined || known.status.state !== 'running') return false;
      known.abort.abort();
      await known.ended;
      return true;
    },
    saveTemplate: async (draft) => required(templates, SERVICE_TEXTS.template).save(draft),
    loadTemplate: async (id) => required(templates, SERVICE_TEXTS.template).get(id),
    listTemplates: async (filter) => required(templates, SERVICE_TEXTS.template).list(filter),
    deleteTemplate: async (id) =>
      (await required(templates, SERVICE_TEXTS.template).remove(id)) !== null,
    getExportHistory: async (filter) => required(history, SERVICE_TEXTS.history).list(filter),
  };
}

function waitsForClick(handover: DeliveryHandover | null): handover is DeliveryHandover {
  return handover?.kind === 'share' || (handover?.kind === 'download' && 'draft' in handover);
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
    return new DOMException(SERVICE_TEXTS.cancelled, 'AbortError');
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
