// The three doors of the byte-identity tests: the built page, worker threads in Node, and the command line's process.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { spawnEngine } from '../../src/worker/spawn.node.ts';
import { expect, test as base } from '../harness.ts';
import { CLOCK_MS, gateBindings, gateConfig, type GateCase, type GateRun } from './cases.ts';
import { csvText } from './data.ts';
import { startGate, type GateServer } from './gate-server.ts';

export { expect } from '../harness.ts';

/** Gives the host page's server, one for each test process. */
export const test = base.extend<object, { gate: GateServer }>({
  gate: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of fixtures from the pattern
    async ({}, provide, { parallelIndex }) => {
      const gate = await startGate(String(parallelIndex));
      await provide(gate);
      gate.close();
    },
    { scope: 'worker' },
  ],
});

/** Navigation to the tests' own server is no request to another machine. */
export const ownServer = /^request to another machine: http:\/\/127\.0\.0\.1/;

const commandLine = fileURLToPath(new URL('../../dist/node/export-studio.js', import.meta.url));

export async function openHost(page: Page, gate: GateServer): Promise<void> {
  // Requests that could be rerouted are never cached, and the tests' worker reports on itself.
  await page.context().unrouteAll();
  await page.goto(gate.origin);
  await expect(page).toHaveTitle('ready');
}

/** Hashes of what the page's workers wrote, all in one trip to the page. */
export function hashesInPage(page: Page, runs: GateRun[]): Promise<string[]> {
  return page.evaluate(
    (all) => (globalThis as unknown as { runAll(all: unknown): Promise<string[]> }).runAll(all),
    runs,
  );
}

/** The one file below a folder, hashed. */
async function hashIn(folder: string): Promise<{ name: string; hash: string }> {
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  const bytes = await readFile(join(folder, names[0]!));
  return { name: names[0]!, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** Hashes of what worker threads wrote to disk. */
export async function hashesInNode(gate: GateServer, runs: GateRun[]): Promise<string[]> {
  const engines = new Map<number, ReturnType<typeof spawnEngine>>();
  const scratch = await mkdtemp(join(tmpdir(), 'gate-'));
  try {
    const hashes: string[] = [];
    for (const run of runs) {
      const { lanes } = run;
      if (!engines.has(lanes))
        engines.set(
          lanes,
          spawnEngine({
            workerUrl: pathToFileURL(join(gate.built, 'node/entry.node.js')),
            lanes,
            alwaysLanes: true,
          }),
        );
      const engine = await engines.get(lanes)!;
      const folder = join(scratch, String(hashes.length));
      const config = gateConfig(run, { id: 'path', options: { path: `${folder}/` } });
      const { report } = await engine.run(config, await gateBindings(run));
      expect(report.error).toBeNull();
      expect(report.audit.balances).toBe(true);
      const { name, hash } = await hashIn(folder);
      expect(report.files.map((file) => [file.name, file.checksum?.value])).toEqual([[name, hash]]);
      hashes.push(hash);
    }
    return hashes;
  } finally {
    for (const engine of engines.values()) await (await engine).close();
    await rm(scratch, { recursive: true });
  }
}

/** Hashes of what the command line wrote, each time in a process of its own. */
export async function hashesOfCommand(gateCase: GateCase, times: number): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'gate-'));
  try {
    const input = join(scratch, 'gate.csv');
    await writeFile(input, csvText(gateCase.rowCount));
    const hashes: string[] = [];
    for (let time = 0; time < times; time++) {
      const folder = join(scratch, String(time));
      await mkdir(folder);
      const plan = gateConfig(
        { gateCase, batchRows: null },
        { id: 'path', options: { path: folder } },
        { path: input },
      );
      await writeFile(join(scratch, 'plan.json'), JSON.stringify(plan));
      await promisify(execFile)(
        process.execPath,
        [commandLine, 'run', join(scratch, 'plan.json'), '--quiet'],
        { env: { ...process.env, SOURCE_DATE_EPOCH: String(CLOCK_MS / 1000) } },
      );
      hashes.push((await hashIn(folder)).hash);
    }
    return hashes;
  } finally {
    await rm(scratch, { recursive: true });
  }
}
