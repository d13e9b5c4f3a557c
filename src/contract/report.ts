// The report of a run: what came in, what went out, and every row and loss in between.
import type { ExportConfig } from './config.ts';
import type { Fingerprint } from '../table/fingerprint.ts';
import type { ErrorData } from './errors.ts';
import type { ForecastError } from './foreseen.ts';

/** completed also covers runs with rejects; see `audit.rejected`. */
export type Outcome = 'completed' | 'cancelled' | 'failed';

/** Row counts of one stage, over all its readings: a data set that is used twice is read twice. For row-preserving stages in = out + filtered + rejected. */
export interface LedgerLine {
  /** Source, step or output id. */
  id: string;
  kind: string;
  /** Of a step, where the run has several data sets: the one it stands in. */
  dataset?: string;
  in: number;
  /** Of `in`: rows of the other data sets that a step takes; missing where it takes none. */
  beside?: number;
  out: number;
  filtered: number;
  rejected: number;
  merged: number;
  added: number;
}

/**
 * The audit equation over the whole run, rowsIn of all sources and rowsOut of the output: rowsIn + added = rowsOut + filtered + rejected + merged. `balances`: it holds, and the
 * same holds for every line of the ledger by what each stage counted itself.
 */
export interface Audit {
  rowsIn: number;
  rowsOut: number;
  filtered: number;
  rejected: number;
  merged: number;
  added: number;
  balances: boolean;
}

/** Something the output could not hold as it was, counted. `code` is stable: `csv.formula-guarded`, `charset.replaced`. */
export interface Loss {
  code: string;
  sentence: string;
  column?: string;
  count: number;
  /** First value met, shortened. */
  example?: string;
  /** What is counted; missing = values. Columns: what happens to them whatever their values are. */
  unit?: 'lines' | 'columns';
}

/** A row that was left out because it was wrong. */
export interface Reject {
  /** 0-based source row; `line` is 1-based, 0 when the source has no lines. */
  row: number;
  line: number;
  /** Where several files are read as one: that of the row and line. */
  file?: string;
  column?: string;
  code: string;
  sentence: string;
  /** The offending text, shortened. */
  value?: string;
  /** The whole record as it came, where there is a text of it; kept in files of rejects only, not in reports. */
  record?: string;
}

/** How many rows were left out for one reason. */
export interface RejectCount {
  code: string;
  column?: string;
  count: number;
}

export interface OutputFile {
  name: string;
  /** Where it lies, as far as the door may say (a path in Node, a folder-relative name in the page). */
  path: string;
  /** Rows in this file; an archive counts all its entries. */
  rows: number;
  sizeBytes: number;
  checksum: { algorithm: 'sha256'; value: string } | null;
  /** Whether the file was read back and compared. */
  verified: boolean;
  /** What lay under the name: `appended`: `rows` are those behind its own; `same`: it was left as it is. */
  existing?: 'appended' | 'same';
  /** It lists the others, and holds no rows. */
  isManifest?: boolean;
  /** Entries of an archive. */
  entries?: { name: string; rows: number; sizeBytes: number }[];
}

/** Whether the values of the finished files are those that left the pipeline. */
export interface ValueCheck {
  level: 'sample' | 'full';
  outcome: 'same' | 'not-possible';
  /** Why they could not be compared. */
  reason?: string;
  /** Of the run's milliseconds: what comparing took. */
  elapsedMs?: number;
  /** The source plug-in that read them. */
  reader?: string;
  fingerprint?: Fingerprint;
  /** In its place where the files hold several data sets: of each, in their order. */
  tables?: { name: string; fingerprint: Fingerprint }[];
  /** Columns of which only the nulls were compared, as the format holds their values otherwise. */
  byNulls?: string[];
}

export interface ColumnReport {
  /** The data set it is a column of, where the output has several. */
  table?: string;
  name: string;
  type: string;
  nullCount: number;
}

export interface Report {
  version: 1;
  jobId: string;
  /** `exp_YYYYMMDD_` and the first 8 characters of the job id. */
  displayId: string;
  outcome: Outcome;
  error: ErrorData | null;
  /** ISO 8601 with Z. */
  startedAt: string;
  endedAt: string;
  durationMs: number;
  /** The config that ran, secrets taken out. */
  config: ExportConfig;
  sources: {
    id: string;
    kind: string;
    name: string;
    sizeBytes: number | null;
    rowsRead: number;
    bytesRead: number;
    exhausted: boolean;
    /** The greatest value of the watermark column, as text; missing without one. */
    watermark?: string | null;
    /** Files that were read as one, with their rows. */
    files?: { name: string; rows: number }[];
  }[];
  ledger: LedgerLine[];
  audit: Audit;
  /** A limit ended reading before the source did. */
  capped: boolean;
  columns: ColumnReport[];
  losses: Loss[];
  rejects: {
    count: number;
    listed: Reject[];
    /** All of them, also those not listed, by code and column in the order met; missing in older reports. */
    counts?: RejectCount[];
    /** Where all of them were saved. */
    file?: { name: string; path: string; rows: number; sizeBytes: number };
  };
  /** Rows written that are like one before them in their table; missing unless asked for. */
  duplicates?: number;
  /** Columns whose inferred type did not hold, read as text after a restart; `source` where the run has several. */
  retyped: { source?: string; column: string; from: string; value: string; line: number }[];
  notes: string[];
  /** Of a run that was not completed: what another machine may have of it all the same. */
  left?: string;
  files: OutputFile[];
  /** Missing unless asked for. */
  values?: ValueCheck;
  /** Of a completed run: what was foreseen when it began, and how far off that was; missing where nothing was. */
  forecast?: ForecastError;
  /** Encoded bytes before compression, and bytes delivered. */
  encodedBytes: number;
  deliveredBytes: number;
}

/** Files on their way to another machine. */
export interface Sending {
  /** Of the file under way. */
  name: string;
  /** Its number, from 1, and how many there are. */
  file: number;
  files: number;
  /** Of all files. Of the one under way only where it is counted. */
  bytes: number;
  bytesTotal: number;
  /** Whether it is told how much of the file under way has gone; else it counts when all of it has. */
  isCounted: boolean;
  /** What went wrong, while it waits to try again; how often it may yet. */
  retry?: { problem: string; waitMs: number; left: number };
}

/** Numbers while a run goes on. */
export interface Progress {
  jobId: string;
  phase: 'reading' | 'writing' | 'verifying' | 'sending';
  sending?: Sending;
  /** While verifying: for what the finished files are read again, and how much of them was. */
  readAgain?: { what: 'bytes' | 'values'; bytes: number; bytesTotal: number };
  rowsIn: number;
  rowsOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Size of all sources; null when unknown. */
  bytesTotal: number | null;
  elapsedMs: number;
  /** Bytes in a second over the last seconds. */
  bytesPerSecond: number;
  rowsPerSecond: number;
  /** Milliseconds left; null while unknown. */
  etaMs: number | null;
}
