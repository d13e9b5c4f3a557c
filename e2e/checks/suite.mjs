// `npm test`: every runner in turn, and one line that sums them up.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from '../chromium.mjs';
import { settle, sumUp } from './count.mjs';
import { failedSpecs, failedUnits, flakySpecs } from './failures.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
const inCi = process.env.CI === 'true';
const results = 'test-results';
mkdirSync(results, { recursive: true });

/** @typedef {import('./count.mjs').Count} Count */

/** @type {string[]} */
const failures = [];

/** Independent readers that tests compare with: a missing one is a counted skip, or a failure with CI=true. */
const readers = [
  ['7z', 'p7zip-full'],
  ['unzip', 'unzip'],
  ['gzip', 'gzip'],
  ['python3', 'python3'],
  ['xmllint', 'libxml2-utils'],
  ['jq', 'jq'],
  ['iconv', 'libc-bin'],
  ['psql', 'postgresql'],
  ['mariadbd', 'mariadb-server'],
  ['age', 'age'],
  ['zstd', 'zstd'],
  ['cmark-gfm', 'cmark-gfm'],
  ['soffice', 'libreoffice-calc'],
];

/** Modules of the system's own Python that tests judge by; the same holds of them. */
const pythonModules = [
  ['openpyxl', 'python3-openpyxl'],
  ['sqlglot', 'python3-sqlglot'],
  ['jsonschema', 'python3-jsonschema'],
  ['shapely', 'python3-shapely'],
];

/**
 * Runs a command with its output shown as it comes, and gives its exit code and what it printed.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{code: number, text: string}>}
 */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part;
      process.stdout.write(part);
    });
    child.on('error', (error) => resolve({ code: 1, text: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** @returns {Promise<Count>} */
async function surroundings() {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const wanted = [
    ...readers.map(([tool = '', origin]) => ({ name: tool, origin, isThere: isInstalled(tool) })),
    ...pythonModules.map(([name = '', origin]) => ({ name, origin, isThere: canImport(name) })),
  ];
  for (const { name, origin, isThere } of wanted) {
    if (isThere) count.passed += 1;
    else if (inCi) count.failed += 1;
    else count.skipped += 1;
    if (!isThere)
      console.log(`${inCi ? 'FAILED ' : 'skipped'} ${name} (Debian: ${origin}) is missing`);
  }
  if (existsSync('../shared/corpora')) count.passed += 1;
  else {
    if (inCi) count.failed += 1;
    else count.skipped += 1;
    console.log(`${inCi ? 'FAILED ' : 'skipped'} ../shared/corpora is missing`);
  }
  return count;
}

/** @param {string} tool */
function isInstalled(tool) {
  return spawnSync(tool, ['--help'], { stdio: 'ignore' }).error === undefined;
}

/** @param {string} module */
function canImport(module) {
  return (
    spawnSync('/usr/bin/python3', ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0
  );
}

/** Makes sure there is a browser: installed, Playwright's own, or Debian's package. */
async function browser() {
  const isThere = () => findChromium() !== undefined || existsSync(chromium.executablePath());
  if (!isThere() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium found, installing the package of the distribution.');
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  if (isThere()) return { passed: 1, failed: 0, skipped: 0 };
  console.log('FAILED  no Chromium: install Chromium or Chrome, or set CHROMIUM_PATH.');
  return { passed: 0, failed: 1, skipped: 0 };
}

/** @returns {Promise<Count>} */
async function check() {
  const { code, text } = await run(process.execPath, ['e2e/checks/check.mjs']);
  const [, passed = 0, failed = 0] = /(\d+) passed, (\d+) failed\s*$/.exec(text) ?? [];
  return settle(code, { passed: Number(passed), failed: Number(failed), skipped: 0 });
}

/** @param {string} project */
async function unit(project) {
  const file = join(results, `${project}.json`);
  rmSync(file, { force: true });
  const { code } = await run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...['--project', project, '--reporter', 'default'],
    ...['--reporter', 'json', `--outputFile.json=${file}`],
  ]);
  const report = readJson(file);
  failures.push(...failedUnits(report));
  return settle(code, {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

/** @returns {Promise<Count>} */
async function endToEnd() {
  const file = join(results, 'e2e.json');
  rmSync(file, { force: true });
  const { code } = await run(process.execPath, [
    'node_modules/@playwright/test/cli.js',
    'test',
    ...['--config', 'e2e/playwright.config.ts'],
  ]);
  const report = readJson(file);
  failures.push(...failedSpecs(report), ...flakySpecs(report));
  const stats = report?.stats;
  return settle(code, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  });
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @type {[name: string, run: () => Promise<Count>][]} */
const runners = [
  ['surroundings', surroundings],
  ['browser', browser],
  ['check', check],
  ['unit tests in Node', () => unit('node')],
  ['unit tests in the browser', () => unit('browser')],
  ['end to end', endToEnd],
];

const counts = [];
const lines = [];
for (const [name, runner] of runners) {
  const startedAt = performance.now();
  const count = await runner();
  counts.push(count);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { line, skipped } = sumUp([count]);
  lines.push(`${name}: ${line}, ${skipped}, ${seconds} s`);
}
const { line, skipped, isGood } = sumUp(counts);
console.log(['', ...failures, '', ...lines, skipped, line].join('\n'));
process.exitCode = isGood ? 0 : 1;
