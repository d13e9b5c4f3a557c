// A host page: runs one case in workers and answers with the hash of the bytes that lie in the origin's file system.
import { createClient, createConfig, type Bindings } from '../../src/library.ts';
import { bindRows } from '../../src/worker/rows.ts';
import { CLOCK_MS, gateCases, gateConfig } from './cases.ts';
import { csvText, records } from './data.ts';
import workerUrl from './entry.browser.ts?worker&url';

const csv = new File([csvText()], 'gate.csv');
const hostRecords = records();

async function runCase(index: number, lanes: number, batchRows: number | null): Promise<string> {
  const gateCase = gateCases[index]!;
  const client = createClient({ workerUrl, lanes, alwaysLanes: true });
  const folder = await navigator.storage.getDirectory();
  const name = `gate-${index}-${lanes}-${batchRows}.out`;
  const target = await folder.getFileHandle(name, { create: true });
  const bindings: Bindings = {
    bytes: { input: csv },
    rows:
      gateCase.source === 'rows'
        ? {
            input: await bindRows(hostRecords, {
              name: 'gate.csv',
              batchRows: batchRows ?? undefined,
            }),
          }
        : {},
    targets: { output: target },
    clock: () => CLOCK_MS,
    jobId: 'gate',
  };
  const { report } = await client.run(
    gateConfig(gateCase, batchRows, { id: 'file', options: {} }),
    bindings,
  );
  client.close();
  if (report.outcome !== 'completed') return JSON.stringify(report.error);
  if (!report.audit.balances) return `audit: ${JSON.stringify(report.audit)}`;
  const bytes = await (await target.getFile()).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await folder.removeEntry(name);
  const [file] = report.files;
  return file?.checksum?.value === hash && file.verified ? hash : `report: ${JSON.stringify(file)}`;
}

/** About 12 MB, so that a run lasts long enough to be interrupted. */
const bigCsv = new File(
  [csvText(), ...Array.from({ length: 9 }, () => csvText().slice(csvText().indexOf('\n') + 1))],
  'big.csv',
);
const client = createClient({ lanes: 2, alwaysLanes: true });
let abort = new AbortController();

interface Interrupted {
  outcome: string;
  code: string | null;
  hash: string | null;
  /** Milliseconds from the interruption to the result. */
  lateMs: number;
  /** Names left in the folder after the run. */
  left: string[];
}

/** Runs a gzipped export that somebody may interrupt; says what came of it and what it left behind. */
async function runInterruptible(): Promise<Interrupted> {
  abort = new AbortController();
  Object.assign(globalThis, { interruptedAt: null });
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('interrupted', { create: true });
  const target = await folder.getFileHandle('out.csv.gz', { create: true });
  const config = createConfig({
    name: 'out',
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: { quotes: 'all' } },
    delivery: { id: 'file', options: {} },
    output: { compression: { id: 'gzip', options: {} }, ifExists: 'replace' },
  });
  const { report } = await client.run(
    config,
    { bytes: { input: bigCsv }, targets: { output: target }, clock: () => CLOCK_MS },
    { signal: abort.signal },
  );
  const endedAt = performance.now();
  const { interruptedAt } = globalThis as unknown as { interruptedAt: number | null };
  const left: string[] = [];
  for await (const name of folder.keys()) left.push(name);
  await root.removeEntry('interrupted', { recursive: true });
  return {
    outcome: report.outcome,
    code: report.error?.code ?? null,
    hash: report.files[0]?.checksum?.value ?? null,
    lateMs: interruptedAt === null ? 0 : endedAt - interruptedAt,
    left,
  };
}

Object.assign(globalThis, { runCase, runInterruptible, cancelRun: () => abort.abort() });
document.title = 'ready';
