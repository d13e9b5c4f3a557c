// Interruptions in Node: a thread that dies is a clear error, a cancel ends at once, neither leaves a file.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConfig, type StepConfig } from '../../src/contract/config.ts';
import type { Report } from '../../src/contract/report.ts';
import { spawnEngine } from '../../src/worker/spawn.node.ts';
import { CLOCK_MS } from './cases.ts';
import { csvText } from './data.ts';
import { expect, test } from './doors.ts';
import type { GateServer } from './gate-server.ts';

const KILLS = 12;
const CANCELS = 12;
const ROWS = 60_000;

test.describe.configure({ timeout: 120_000 });

/** Runs a gzipped export into an empty folder; says what came of it and what it left there. */
async function openRunner(gate: GateServer) {
  const engine = await spawnEngine({
    workerUrl: pathToFileURL(join(gate.built, 'node/entry.node.js')),
    lanes: 2,
    alwaysLanes: true,
  });
  const csv = new File([csvText(ROWS)], 'big.csv');
  return {
    async run(
      steps: StepConfig[],
      signal?: AbortSignal,
    ): Promise<{ report: Report; left: string[] }> {
      const folder = await mkdtemp(join(tmpdir(), 'interrupted-'));
      const config = createConfig({
        name: 'out',
        source: { kind: 'csv', from: { binding: 'input' } },
        format: { id: 'csv', options: { quotes: 'all' } },
        delivery: { id: 'path', options: { path: `${folder}/` } },
        steps,
        output: { compression: { id: 'gzip', options: {} } },
      });
      const { report } = await engine.run(
        config,
        { bytes: { input: csv }, clock: () => CLOCK_MS },
        { ...(signal && { signal }) },
      );
      const left = await readdir(folder);
      await rm(folder, { recursive: true });
      return { report, left };
    },
    close: () => engine.close(),
  };
}

const hashOf = (report: Report): string | undefined => report.files[0]?.checksum?.value;

test(`${KILLS} threads that die in the middle are as many clear errors, and the next export is right`, async ({
  gate,
}) => {
  const runner = await openRunner(gate);
  const whole = await runner.run([]);
  expect(whole).toMatchObject({ left: ['out.csv.gz'], report: { outcome: 'completed' } });
  for (let kill = 0; kill < KILLS; kill++) {
    const afterRows = Math.floor((ROWS * kill) / KILLS);
    const startedAt = performance.now();
    const { report, left } = await runner.run([
      { id: 'die', kind: 'die', enabled: true, options: { afterRows } },
    ]);
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'run.worker-died' } });
    expect(left).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  }
  expect(hashOf((await runner.run([])).report)).toBe(hashOf(whole.report));
  await runner.close();
});

test(`${CANCELS} cancels at any moment leave no file`, async ({ gate }) => {
  const runner = await openRunner(gate);
  await runner.run([]);
  const wholeStartedAt = performance.now();
  const whole = await runner.run([]);
  const wholeMs = performance.now() - wholeStartedAt;
  const late: number[] = [];
  for (let time = 0; late.length < CANCELS; time++) {
    expect(time).toBeLessThan(CANCELS * 3);
    const abort = new AbortController();
    let abortedAt = 0;
    const timer = setTimeout(
      () => {
        abortedAt = performance.now();
        abort.abort();
      },
      (wholeMs * (time % CANCELS)) / CANCELS,
    );
    const { report, left } = await runner.run([], abort.signal);
    clearTimeout(timer);
    if (report.outcome === 'completed') continue;
    late.push(performance.now() - abortedAt);
    expect(report).toMatchObject({ outcome: 'cancelled', error: null });
    expect(left).toEqual([]);
  }
  const slowest = Math.max(...late);
  const median = late.toSorted((a, b) => a - b)[late.length >> 1]!;
  console.log(`cancelled after ${median.toFixed(0)} ms, at most ${slowest.toFixed(0)}`);
  expect(median).toBeLessThan(200);
  expect(slowest).toBeLessThan(1000);
  expect(hashOf((await runner.run([])).report)).toBe(hashOf(whole.report));
  await runner.close();
});
