// Exports as the history remembers them: when they start, and what their report says at the end.
import type { Bindings } from './bindings.ts';
import type { ExportConfig } from './config.ts';
import type { Report } from './report.ts';
import type { ExportHistoryEntry } from './store.ts';

/** Files and losses that an entry lists. */
const LISTED = 100;

/** Shown names of what is read, as far as they are known before the run. */
function sourceNames(config: ExportConfig, bindings: Bindings): string[] {
  return config.sources.map(({ id, from }) => {
    if ('path' in from) return from.path;
    if ('origin' in from) return from.origin;
    const bytes = bindings.bytes?.[from.binding];
    if (bytes !== undefined && 'path' in bytes) return bytes.path;
    const name: unknown = bytes !== undefined && 'name' in bytes ? bytes.name : undefined;
    return typeof name === 'string' ? name : (bindings.rows?.[from.binding]?.name ?? id);
  });
}

/** The entry of an export that begins; `config` must be a whole config or it is left out. */
export function startedEntry(
  jobId: string,
  config: ExportConfig,
  bindings: Bindings,
  startedAtMs: number,
  templateId: string | null = null,
): ExportHistoryEntry {
  return {
    id: jobId,
    name: config.name,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: null,
    durationMs: null,
    outcome: 'running',
    rowsIn: null,
    rowsOut: null,
    filtered: null,
    rejected: null,
    merged: null,
    added: null,
    bytes: null,
    files: [],
    fileCount: 0,
    format: config.outputs[0]?.format.id ?? '',
    sources: sourceNames(config, bindings),
    rowsPerSecond: null,
    losses: [],
    error: null,
    config,
    templateId,
  };
}

/** The entry of an ended export, from its report. Counts of a run that read nothing are not known rather than 0. */
export function endedEntry(report: Report, templateId: string | null = null): ExportHistoryEntry {
  const { audit, config } = report;
  const isKnown = report.ledger.length > 0;
  const count = (value: number): number | null => (isKnown ? value : null);
  const isDone = report.outcome === 'completed';
  const seconds = report.durationMs / 1000;
  return {
    id: report.jobId,
    name: config.name,
    startedAt: report.startedAt,
    endedAt: report.endedAt,
    durationMs: report.durationMs,
    outcome: report.outcome,
    rowsIn: count(audit.rowsIn),
    rowsOut: count(audit.rowsOut),
    filtered: count(audit.filtered),
    rejected: count(audit.rejected),
    merged: count(audit.merged),
    added: count(audit.added),
    bytes: isDone ? report.deliveredBytes : null,
    files: report.files.slice(0, LISTED).map(({ name, sizeBytes, rows, checksum, verified }) => ({
      name,
      sizeBytes,
      rows,
      checksum,
      verified,
    })),
    fileCount: report.files.length,
    format: config.outputs[0]?.format.id ?? '',
    sources: report.sources.map((source) => source.name),
    rowsPerSecond: isKnown && seconds > 0 ? Math.round(audit.rowsIn / seconds) : null,
    losses: report.losses
      .slice(0, LISTED)
      .map(({ code, sentence, column, count: times }) =>
        column === undefined
          ? { code, sentence, count: times }
          : { code, sentence, column, count: times },
      ),
    error: report.error,
    ...(report.forecast && { forecast: report.forecast }),
    config,
    templateId,
  };
}
