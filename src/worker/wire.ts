// What crosses between the page (or the command line) and a run worker, and how errors and live things survive it.
import * as Comlink from 'comlink';
import type { ByteBinding, Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, ExportError, type ErrorData } from '../contract/errors.ts';
import type { Forecast, ForecastSubject } from '../contract/forecast.ts';
import type { Profile, ProfileSubject } from '../contract/profile.ts';
import type { Progress, Report } from '../contract/report.ts';
import type { Reread, RereadLimits } from '../contract/reread.ts';
import type {
  Catalogue,
  CheckResult,
  Inspection,
  Preview,
  PreviewLimits,
  RejectsFile,
  RunOptions,
  RunResult,
  Expected,
  VerifyResult,
} from '../contract/verbs.ts';
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';

/** A result that keeps an error's fields, which Comlink would drop. */
export type Settled<T> = { value: T; error?: undefined } | { error: ErrorData; value?: undefined };

export async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work() };
  } catch (thrown) {
    return { error: asExportError(thrown).toJSON() };
  }
}

export function unsettle<T>(settled: Settled<T>): T {
  if (settled.error !== undefined) throw ExportError.from(settled.error);
  return settled.value;
}

/** Passes over host rows, opened and pulled from the other side; batches move by transfer. */
export interface RowsPort {
  open(): Promise<number>;
  /** null at the end. */
  next(pass: number): Promise<Settled<Batch | null>>;
  close(pass: number): Promise<void>;
}

export interface WireRows {
  name: string;
  schema: Schema;
  rowCount: number | null;
  once: boolean;
  /** Where a RowsPort is exposed; moves with the message. */
  port: MessagePort;
}

/** Bindings without functions: rows as ports, the clock as the moment it showed. */
export interface WireBindings {
  bytes: Record<string, ByteBinding>;
  /** Names of the files among `bytes`: Node 20 clones a File as a Blob without one. */
  fileNames: [id: string, name: string][];
  rows: [id: string, rows: WireRows][];
  targets: Record<string, unknown>;
  secrets: Record<string, string>;
  watermarks: Record<string, string>;
  clockMs: number;
  jobId: string;
}

/** Callbacks of a run; each is a Comlink proxy or null. */
export interface RunListeners {
  onProgress: ((progress: Progress) => void) | null;
  onTrace: ((line: string) => void) | null;
  onFile: ((name: string, isOpen: boolean) => void) | null;
  onExists: RunOptions['onExists'] | null;
}

/** What a run worker offers. */
export interface WorkerApi {
  /** Resolves once the worker holds its life lock. */
  ready(): Promise<void>;
  catalogue(): Promise<Settled<Catalogue>>;
  upgrade(input: unknown): Promise<Settled<{ config: ExportConfig; notes: string[] }>>;
  inspect(
    config: ExportConfig,
    bindings: WireBindings,
    sourceId?: string,
  ): Promise<Settled<Inspection>>;
  check(config: ExportConfig, bindings: WireBindings): Promise<Settled<CheckResult>>;
  preview(
    config: ExportConfig,
    bindings: WireBindings,
    limits?: PreviewLimits,
  ): Promise<Settled<Preview>>;
  /** `cancel` makes it answer with an error. */
  reread(
    config: ExportConfig,
    bindings: WireBindings,
    limits?: RereadLimits,
  ): Promise<Settled<Reread>>;
  run(
    config: ExportConfig,
    bindings: WireBindings,
    onProgress: RunListeners['onProgress'],
    onTrace: RunListeners['onTrace'],
    onFile: RunListeners['onFile'],
    rejects: RejectsFile | null,
    onExists: RunListeners['onExists'],
  ): Promise<Settled<RunResult>>;
  /** A rehearsal that saves its rejects; `cancel` ends it the same way. */
  saveRejects(
    config: ExportConfig,
    bindings: WireBindings,
    rejects: RejectsFile,
    onProgress: RunListeners['onProgress'],
  ): Promise<Settled<RunResult>>;
  /** A run without its delivery; `cancel` ends it the same way. */
  rehearse(
    config: ExportConfig,
    bindings: WireBindings,
    onProgress: RunListeners['onProgress'],
    onTrace: RunListeners['onTrace'],
  ): Promise<Settled<Report>>;
  verify(file: Blob | { path: string }, expected?: Expected): Promise<Settled<VerifyResult>>;
  /** `cancel` makes it answer with what was counted until then. */
  profile(
    config: ExportConfig,
    bindings: WireBindings,
    subject: ProfileSubject,
    onProgress: RunListeners['onProgress'],
  ): Promise<Settled<Profile>>;
  /** `onFormat` is told of the forecast as far as it is. `cancel` ends it with an AbortError. */
  forecast(
    config: ExportConfig,
    bindings: WireBindings,
    subject: ForecastSubject,
    onFormat: ((soFar: Forecast) => void) | null,
  ): Promise<Settled<Forecast>>;
  /** The line to the network worker (a NetworkLine), before anything is asked; moves with the message. */
  useNetwork(port: MessagePort): Promise<void>;
  /** Answers at once; the run then ends as cancelled. */
  cancel(jobId: string): Promise<void>;
}

/** The names of the files among byte bindings. */
export function fileNamesOf(bytes: Record<string, ByteBinding>): [id: string, name: string][] {
  return Object.entries(bytes).flatMap(([id, binding]) =>
    binding instanceof File ? [[id, binding.name]] : [],
  );
}

function withFileNames(wire: WireBindings): Record<string, ByteBinding> {
  const bytes = { ...wire.bytes };
  for (const [id, name] of wire.fileNames) {
    const binding = bytes[id];
    if (binding instanceof Blob && !(binding instanceof File))
      bytes[id] = new File([binding], name, { type: binding.type });
  }
  return bytes;
}

/** Rows bindings back into the engine's shape, files with their names. */
export function openBindings(wire: WireBindings): Bindings {
  const rows: NonNullable<Bindings['rows']> = {};
  for (const [id, { port: messages, ...facts }] of wire.rows) {
    const port = Comlink.wrap<RowsPort>(messages);
    rows[id] = {
      ...facts,
      async *open() {
        const pass = await port.open();
        try {
          for (;;) {
            const batch = unsettle((await port.next(pass)) as Settled<Batch | null>);
            if (batch === null) return;
            // The schema object itself is the batch's identity inside the engine; a clone arrived.
            yield { ...batch, schema: facts.schema };
          }
        } finally {
          await port.close(pass);
        }
      },
    };
  }
  return {
    bytes: withFileNames(wire),
    rows,
    targets: wire.targets,
    secrets: wire.secrets,
    watermarks: wire.watermarks,
    clock: () => wire.clockMs,
    jobId: wire.jobId,
  };
}
