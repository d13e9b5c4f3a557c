// Makes the report of a run, and its seed-shaped view.
import { createConfig, type ExportConfig } from '../contract/config.ts';
import type { Audit, LedgerLine, Report } from '../contract/report.ts';

type Counts = Pick<LedgerLine, 'in' | 'out' | 'filtered' | 'rejected' | 'merged' | 'added'>;

function isBalanced(line: Counts): boolean {
  return line.in + line.added === line.out + line.filtered + line.rejected + line.merged;
}

/**
 * The audit equation from the ledger: what its first `sourceCount` lines read, what the last wrote, and all that happened
 * between.
 */
export function auditOf(ledger: readonly LedgerLine[], sourceCount: number): Audit {
  const sum = (key: 'filtered' | 'rejected' | 'merged' | 'added'): number =>
    ledger.reduce((total, line) => total + line[key], 0);
  const rowsIn = ledger.slice(0, sourceCount).reduce((total, line) => total + line.in, 0);
  const rowsOut = ledger.at(-1)?.out ?? 0;
  const audit = {
    rowsIn,
    rowsOut,
    filtered: sum('filtered'),
    rejected: sum('rejected'),
    merged: sum('merged'),
    added: sum('added'),
  };
  // Two wrong lines may make a right sum.
  const balances = isBalanced({ ...audit, in: rowsIn, out: rowsOut }) && ledger.every(isBalanced);
  return { ...audit, balances };
}

/** Stands in a report for what is no configuration. */
export const NO_CONFIG = createConfig({
  source: { kind: '', from: { binding: '' } },
  format: { id: '', options: {} },
  delivery: { id: '', options: {} },
});

/** A report with nothing in it yet. */
export function emptyReport(config: ExportConfig, jobId: string, startedAtMs: number): Report {
  const startedAt = new Date(startedAtMs).toISOString();
  return {
    version: 1,
    jobId,
    displayId: `exp_${startedAt.slice(0, 10).replaceAll('-', '')}_${jobId.slice(0, 8)}`,
    outcome: 'failed',
    error: null,
    startedAt,
    endedAt: startedAt,
    durationMs: 0,
    config,
    sources: [],
    ledger: [],
    audit: auditOf([], 0),
    capped: false,
    columns: [],
    losses: [],
    rejects: { count: 0, listed: [] },
    retyped: [],
    notes: [],
    files: [],
    encodedBytes: 0,
    deliveredBytes: 0,
  };
}

/** The report under the names of the data-export workflow (export, statistics, validation, checksum, files). */
export interface SeedReport {
  export: {
    id: string;
    source: string;
    query: string | null;
    format: string;
    destination: string;
    timestamp: string;
  };
  statistics: {
    row_count: number;
    file_size_bytes: number;
    duration_seconds: number;
    records_per_second: number;
  };
  validation: { null_count: number; duplicate_count: number | null; validation_errors: string[] };
  checksum: { algorithm: string; value: string } | null;
  files: { path: string; rows: number; size: number }[];
}

export function toSeedReport(report: Report): SeedReport {
  const seconds = report.durationMs / 1000;
  // What was delivered: a failed run wrote rows that nobody got.
  const rowCount = report.files.reduce((sum, file) => sum + file.rows, 0);
  const output = report.config.outputs[0];
  const filter = report.config.datasets
    .flatMap((dataset) => dataset.steps)
    .find((step) => step.kind === 'filter' && step.enabled);
  return {
    export: {
      id: report.displayId,
      source: report.sources.map((source) => source.name).join(', '),
      query: filter === undefined ? null : describe(filter.options['where']),
      format: output?.format.id ?? '',
      destination: report.files.map((file) => file.path).join(', '),
      timestamp: report.startedAt,
    },
    statistics: {
      row_count: rowCount,
      file_size_bytes: report.deliveredBytes,
      duration_seconds: seconds,
      records_per_second: seconds > 0 ? Math.round(rowCount / seconds) : 0,
    },
    validation: {
      null_count: report.columns.reduce((sum, column) => sum + column.nullCount, 0),
      // Counted only when asked for: null says so, where 0 would be a claim.
      duplicate_count: report.duplicates ?? null,
      validation_errors: report.rejects.listed.map((reject) => reject.sentence),
    },
    checksum: report.files.length === 1 ? report.files[0]!.checksum : null,
    files: report.files.map((file) => ({ path: file.path, rows: file.rows, size: file.sizeBytes })),
  };
}

function describe(where: unknown): string {
  return typeof where === 'string' ? where : JSON.stringify(where);
}
