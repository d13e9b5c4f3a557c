// What the harness calls in the page: the product's own client and its peers, all from one file to one file.
import { runExport } from './export-studio.ts';
import CompressionStreamWorker from './compression-stream.worker.ts?worker';
import PapaparseWorker from './papaparse.worker.ts?worker';

export interface Outcome {
  milliseconds: number;
  /** Records written, where the subject knows. */
  rows: number | null;
  bytes: number;
}

type Subject = (file: File, name: string) => Promise<Outcome>;

function inWorker(create: () => Worker): Subject {
  return (file, name) =>
    new Promise((resolve, reject) => {
      const worker = create();
      worker.onmessage = ({ data }: MessageEvent<Outcome>) => {
        worker.terminate();
        resolve(data);
      };
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ file, name });
    });
}

const subjects: Record<string, Subject> = {
  'export-studio csv': (file, name) => runExport(file, name, { gzip: false }),
  'export-studio gzip': (file, name) => runExport(file, name, { gzip: true }),
  papaparse: inWorker(() => new PapaparseWorker()),
  CompressionStream: inWorker(() => new CompressionStreamWorker()),
};

async function runSubject(subject: string): Promise<Outcome> {
  const file = document.querySelector('input')?.files?.[0];
  const run = subjects[subject];
  if (file === undefined || run === undefined) throw new Error(`nothing to run for ${subject}`);
  return run(file, 'out');
}

Object.assign(globalThis, { runSubject });
