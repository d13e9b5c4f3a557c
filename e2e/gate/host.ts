// A host page: exports in workers, and answers with hashes of the bytes that lie in the origin's file system afterwards.
import { createClient, createConfig, type EngineClient } from '../../src/library.ts';
import { CLOCK_MS, gateBindings, gateConfig, type GateRun } from './cases.ts';
import { csvText } from './data.ts';
import workerUrl from './entry.browser.ts?worker&url';

const clients = new Map<number, EngineClient>();

function clientOf(lanes: number): EngineClient {
  const client = clients.get(lanes) ?? createClient({ workerUrl, lanes, alwaysLanes: true });
  clients.set(lanes, client);
  return client;
}

/** The hash of what the run wrote, or what is wrong. */
async function runOne(run: GateRun): Promise<string> {
  const folder = await navigator.storage.getDirectory();
  const name = `gate-${crypto.randomUUID()}.out`;
  const target = await folder.getFileHandle(name, { create: true });
  const { report } = await clientOf(run.lanes).run(gateConfig(run, { id: 'file', options: {} }), {
    ...(await gateBindings(run)),
    targets: { output: target },
  });
  if (report.outcome !== 'completed') return JSON.stringify(report.error);
  if (!report.audit.balances) return `audit: ${JSON.stringify(report.audit)}`;
  const bytes = await (await target.getFile()).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await folder.removeEntry(name);
  const [file] = report.files;
  return file?.checksum?.value === hash && file.verified ? hash : `report: ${JSON.stringify(file)}`;
}

async function runAll(runs: GateRun[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const run of runs) hashes.push(await runOne(run));
  return hashes;
}

/** About 12 MB, so that a run lasts long enough to be interrupted. */
const text = csvText(12_000);
const bigCsv = new File(
  [text, ...Array.from({ length: 9 }, () => text.slice(text.indexOf('\n') + 1))],
  'big.csv',
);
const client = createClient({ lanes: 2, alwaysLanes: true });
let abort = new AbortController();
// Downloads that the page begins are not let through to the browser.
addEventListener(
  'click',
  (event) => {
    if (event.target instanceof HTMLAnchorElement) event.preventDefault();
  },
  { capture: true },
);

interface Interrupted {
  outcome: string;
  code: string | null;
  sentence: string | null;
  hash: string | null;
  /** Milliseconds from the interruption to the result. */
  lateMs: number;
  /** Names left in the folder, or in the staging area of downloads, after the run. */
  left: string[];
}

/** Every name below a folder. */
async function namesBelow(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const [name, handle] of folder.entries()) {
    names.push(name);
    if (handle.kind === 'directory')
      names.push(...(await namesBelow(handle)).map((below) => `${name}/${below}`));
  }
  return names;
}

/** Runs a gzipped export that somebody may interrupt; says what came of it and what it left behind. */
async function runInterruptible(
  delivery: 'file' | 'folder' | 'download' = 'file',
): Promise<Interrupted> {
  abort = new AbortController();
  Object.assign(globalThis, { interruptedAt: null });
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(
    delivery === 'download' ? 'export-staging' : 'interrupted',
    { create: true },
  );
  const target =
    delivery === 'file' ? await folder.getFileHandle('out.csv.gz', { create: true }) : folder;
  const config = createConfig({
    name: 'out',
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: { quotes: 'all' } },
    delivery: { id: delivery, options: {} },
    output: { compression: { id: 'gzip', options: {} }, ifExists: 'replace' },
  });
  // Delivered downloads stay for a while, so that the browser can copy them.
  const before = delivery === 'download' ? await namesBelow(folder) : [];
  const { report } = await client.run(
    config,
    {
      bytes: { input: bigCsv },
      targets: delivery === 'download' ? {} : { output: target },
      clock: () => CLOCK_MS,
    },
    { signal: abort.signal },
  );
  const endedAt = performance.now();
  const { interruptedAt } = globalThis as unknown as { interruptedAt: number | null };
  const left = (await namesBelow(folder)).filter((name) => !before.includes(name));
  if (delivery !== 'download') await root.removeEntry(folder.name, { recursive: true });
  return {
    outcome: report.outcome,
    code: report.error?.code ?? null,
    sentence: report.error?.sentence ?? null,
    hash: report.files[0]?.checksum?.value ?? null,
    lateMs: interruptedAt === null ? 0 : endedAt - interruptedAt,
    left,
  };
}

Object.assign(globalThis, {
  runAll,
  runInterruptible,
  cancelRun: () => abort.abort(),
});
document.title = 'ready';
