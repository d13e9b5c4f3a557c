// What the harness calls in the page: the product's own client and its peers, all from one file to one file.
import type { PartConfig, StepConfig } from '../../../src/contract/config.ts';
import { runExport } from './export-studio.ts';
import ArqueroWorker from './arquero.worker.ts?worker';
import FflateWorker from './fflate.worker.ts?worker';
import HyparquetWriterWorker from './hyparquet-writer.worker.ts?worker';
import CompressionStreamWorker from './compression-stream.worker.ts?worker';
import HyparquetWorker from './hyparquet.worker.ts?worker';
import PapaparseWorker from './papaparse.worker.ts?worker';

export interface Outcome {
  milliseconds: number;
  /** Records written, where the subject knows. */
  rows: number | null;
  bytes: number;
}

/** A job of shape-jobs.mjs or write-jobs.mjs as the harness hands it over. */
export interface ShapeJob {
  id: string;
  steps?: StepConfig[];
  /** CSV where it is missing. */
  format?: PartConfig;
  archive?: PartConfig;
  /** Over `in.csv`. */
  sql: string;
  memoryBytes?: number;
  joins?: boolean;
}

type Subject = (file: File, job?: ShapeJob) => Promise<Outcome>;

function inWorker(create: () => Worker): Subject {
  return (file, job) =>
    new Promise((resolve, reject) => {
      const worker = create();
      worker.onmessage = ({ data }: MessageEvent<Outcome & { error?: string }>) => {
        worker.terminate();
        if (data.error === undefined) resolve(data);
        else reject(new Error(data.error));
      };
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ file, name: 'out', job: job?.id, sql: job?.sql });
    });
}

const subjects: Record<string, Subject> = {
  'export-studio': (file, job) => runExport(file, { job }),
  'export-studio csv': (file) => runExport(file, {}),
  'export-studio gzip': (file) => runExport(file, { gzip: true }),
  Arquero: inWorker(() => new ArqueroWorker()),
  hyparquet: inWorker(() => new HyparquetWorker()),
  'hyparquet-writer': inWorker(() => new HyparquetWriterWorker()),
  fflate: inWorker(() => new FflateWorker()),
  'DuckDB-Wasm': async (file, job) =>
    (await import('./duckdb-wasm.ts')).runDuckDbWasm(file, job!.sql),
  papaparse: inWorker(() => new PapaparseWorker()),
  CompressionStream: inWorker(() => new CompressionStreamWorker()),
};

async function runSubject(subject: string, job?: ShapeJob): Promise<Outcome> {
  const file = document.querySelector('input')?.files?.[0];
  const run = subjects[subject];
  if (file === undefined || run === undefined) throw new Error(`nothing to run for ${subject}`);
  return run(file, job);
}

Object.assign(globalThis, { runSubject });
