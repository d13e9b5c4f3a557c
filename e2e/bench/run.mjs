// `npm run bench [-- --rows 1000000 --repeat 3 --jobs csv,gzip,memory,node,preview,shape,write]`: ratios to peers and peak memory, side by side in one run.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumLaunchOptions } from '../chromium.mjs';
import { generate } from './generate.mjs';
import { measurePreview } from './preview.mjs';
import { inputOfKind } from './shape-inputs.mjs';
import { shapeJobs } from './shape-jobs.mjs';
import { writeJobs } from './write-jobs.mjs';
import { canMeasure, findProcess, watchMemory } from './processes.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'more-rows': { type: 'string', default: '5000000' },
    repeat: { type: 'string', default: '3' },
    jobs: { type: 'string', default: 'csv,gzip,memory,node' },
  },
});
const rowCount = Number(values.rows);
const moreRowCount = Number(values['more-rows']);
const repeat = Number(values.repeat);
const jobs = values.jobs.split(',');

if (!existsSync(join(here, 'node_modules'))) {
  spawnSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });
}
const folder = join(tmpdir(), 'export-studio-bench');
mkdirSync(folder, { recursive: true });
const inputOf = async (rows) => {
  // The second number is the generator's version: other bytes, other name.
  const path = join(folder, `mixed-2-${rows}.csv`);
  await generate(path, rows);
  return path;
};

/** Runs watched for memory. */
const MEMORY_TURNS = 3;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(3)} MB`;

/**
 * A fresh browser with the bench page, and the memory it holds when nothing runs. Its profile lies on disk, as a person's
 * does: in a private window files of the page are kept in memory, at a third of the speed.
 */
async function openPage(url) {
  const mark = `--bench-mark=${process.pid}-${Date.now()}`;
  const options = chromiumLaunchOptions();
  const profile = mkdtempSync(join(folder, 'profile-'));
  const browser = await chromium.launchPersistentContext(profile, {
    ...options,
    args: [...options.args, mark],
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(url);
  await page.waitForTimeout(1000);
  const close = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { browser: browser.browser(), close, page, pid: findProcess(mark) };
}

/** Runs one subject in a fresh browser: its outcome and, when `isWatched`, its peak above the idle page, in MiB. */
async function runInPage(url, subject, path, isWatched, job) {
  const { close, page, pid } = await openPage(url);
  try {
    await page.setInputFiles('input', path);
    await page.waitForTimeout(300);
    const idle = isWatched ? watchMemory(pid).stop() : undefined;
    const memory = isWatched ? watchMemory(pid) : undefined;
    const outcome = await page.evaluate(
      ([name, given]) => globalThis.runSubject(name, given),
      [subject, job],
    );
    const peak = memory?.stop();
    const above = peak && {
      renderer: peak.renderer - idle.renderer,
      all: peak.all - idle.all,
    };
    return { ...outcome, above };
  } finally {
    await close();
  }
}

/**
 * Each subject `repeat` times, taking turns so that a slow minute of the machine hits all alike; then again for memory:
 * watching it takes a share of a core, which would be in the time.
 */
async function compare(title, subjects, run) {
  console.log(`\n${title}`);
  const results = new Map(subjects.map((subject) => [subject, []]));
  for (let turn = 0; turn < repeat; turn++) {
    for (const subject of subjects) results.get(subject).push(await run(subject, false));
  }
  const watched = new Map(subjects.map((subject) => [subject, []]));
  for (let turn = 0; canMeasure && turn < Math.min(repeat, MEMORY_TURNS); turn++) {
    for (const subject of subjects) watched.get(subject).push((await run(subject, true)).above);
  }
  const times = subjects.map((subject) =>
    median(results.get(subject).map((one) => one.milliseconds)),
  );
  for (const [index, subject] of subjects.entries()) {
    const all = results.get(subject);
    const peaks = watched.get(subject);
    const most = (kind) => Math.max(...peaks.map((peak) => peak[kind])).toFixed(0);
    const peak =
      peaks.length > 0
        ? `, peak above idle ${most('renderer')} MiB renderer, ${most('all')} MiB all processes`
        : '';
    const ratio =
      index === 0
        ? ''
        : `  -> ${(times[index] / times[0]).toFixed(1)} x the time of ${subjects[0]}`;
    console.log(
      `  ${subject.padEnd(20)} median ${seconds(times[index])} of ${all.length}, ${megabytes(all[0].bytes)}${all[0].rows === null ? '' : `, ${all[0].rows} rows`}${peak}${ratio}`,
    );
  }
  return results;
}

/** Runs a Node process and gives its time and peak resident memory. */
async function runInNode(args, output, isWatched) {
  rmSync(output, { force: true });
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  const memory = isWatched ? watchMemory(child.pid) : undefined;
  const code = await new Promise((resolve) => child.on('exit', resolve));
  // A peer may say how long it took without its start.
  const milliseconds = said.startsWith('{')
    ? JSON.parse(said).milliseconds
    : performance.now() - startedAt;
  const peak = memory?.stop();
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  const bytes = statSync(output).size;
  rmSync(output);
  return { milliseconds, bytes, rows: null, above: peak && { renderer: 0, all: peak.all } };
}

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`);
console.log(`${rowCount} rows x 12 columns, medians of ${repeat}`);
const path = await inputOf(rowCount);
console.log(`input ${megabytes(statSync(path).size)}`);

let url = '';
let server;
if (jobs.some((job) => !['node', 'preview'].includes(job))) {
  const config = {
    configFile: false,
    root: join(here, 'page'),
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: join(folder, 'page'),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
    },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  server = await preview(config);
  url = server.resolvedUrls.local[0];
  const { browser, close } = await openPage(url);
  console.log(`Chromium ${browser?.version() ?? ''}`);
  await close();
}

if (jobs.includes('csv')) {
  await compare(
    'CSV to CSV in the page, papaparse parse + unparse in a worker',
    ['export-studio csv', 'papaparse'],
    (subject, isWatched) => runInPage(url, subject, path, isWatched),
  );
}
if (jobs.includes('gzip')) {
  await compare(
    'CSV to gzip in the page, CompressionStream alone on the raw file',
    ['export-studio gzip', 'CompressionStream'],
    (subject, isWatched) => runInPage(url, subject, path, isWatched),
  );
}
if (jobs.includes('memory')) {
  for (const rows of [rowCount, moreRowCount]) {
    const input = await inputOf(rows);
    await compare(
      `Peak memory at ${rows} rows`,
      ['export-studio csv', 'export-studio gzip'],
      (subject, isWatched) => runInPage(url, subject, input, isWatched),
    );
  }
}
if (jobs.includes('node')) {
  const output = join(folder, 'out.csv');
  const subjects = {
    'export-studio csv': [
      join(root, 'dist/node/export-studio.js'),
      'run',
      '--source',
      path,
      '--format',
      'csv',
      '--destination',
      output,
    ],
    papaparse: [join(here, 'papaparse.node.mjs'), path, output],
  };
  await compare(
    'CSV to CSV on the command line (whole process)',
    Object.keys(subjects),
    (subject, isWatched) => runInNode(subjects[subject], output, isWatched),
  );
}
for (const [id, job] of Object.entries(shapeJobs)) {
  if (!jobs.includes('shape') && !jobs.includes(id)) continue;
  const input = await inputOfKind(await inputOf(Math.round(rowCount * job.share)), job.input);
  const output = join(folder, 'out.csv');
  const sql = job.sql(input);
  const native = `COPY (${sql}) TO '${output}' (FORMAT csv, HEADER)`;
  const question = { ...job, id, sql: job.sql('in.csv') };
  await compare(
    `${job.title}: ${megabytes(statSync(input).size)}, in the page; native DuckDB with one thread`,
    ['export-studio', ...(sql === '' ? [] : ['native DuckDB']), ...job.peers],
    (subject, isWatched) => {
      if (subject === 'native DuckDB')
        return runInNode([join(here, 'duckdb.node.mjs'), native], output, isWatched);
      if (subject === 'exceljs in Node')
        return runInNode([join(here, 'exceljs.node.mjs'), input, output], output, isWatched);
      return runInPage(url, subject, input, isWatched, question);
    },
  );
}
for (const [id, job] of Object.entries(writeJobs)) {
  if (!jobs.includes('write') && !jobs.includes(id)) continue;
  const output = join(folder, 'out');
  const native = `COPY (SELECT * FROM read_csv('${path}')) TO '${output}' ${job.native}`;
  await compare(
    `${job.title}, in the page${job.native === '' ? '' : '; native DuckDB with one thread'}`,
    ['export-studio', ...(job.native === '' ? [] : ['native DuckDB']), ...job.peers],
    (subject, isWatched) => {
      if (subject === 'native DuckDB')
        return runInNode([join(here, 'duckdb.node.mjs'), native], output, isWatched);
      if (subject === 'exceljs in Node')
        return runInNode([join(here, 'exceljs-write.node.mjs'), path, output], output, isWatched);
      return runInPage(url, subject, path, isWatched, { ...job, id });
    },
  );
}
if (jobs.includes('preview')) {
  const openBrowser = async (address) => {
    const { close, page } = await openPage(address);
    return { close, page };
  };
  await measurePreview({ root, path, openBrowser });
}
await server?.close();
