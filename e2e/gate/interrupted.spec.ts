// Interruptions at seeded moments: a killed worker is an error within 2 s, a cancel ends at once, neither leaves a file.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { startGate, type GateServer } from './gate-server.ts';

interface Host {
  runInterruptible(): Promise<{
    outcome: string;
    code: string | null;
    hash: string | null;
    lateMs: number;
    left: string[];
  }>;
  cancelRun(): void;
  interruptedAt: number | null;
}

const KILLS = 50;
const CANCELS = 20;

let gate: GateServer;
test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.beforeAll(async () => {
  gate = await startGate();
});
test.afterAll(() => gate?.close());

/** Numbers in [0, 1), the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const runOnce = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Host).runInterruptible());

async function open(page: Page): Promise<string> {
  await page.goto(gate.origin);
  await expect(page).toHaveTitle('ready');
  const whole = await runOnce(page);
  expect(whole).toMatchObject({ outcome: 'completed', left: ['out.csv.gz'] });
  return whole.hash!;
}

test.use({ forgive: [/^request to another machine: http:\/\/127\.0\.0\.1/] });

test(`${KILLS} killed workers are ${KILLS} clear errors, and the next export is right`, async ({
  page,
}) => {
  const hash = await open(page);
  const random = seeded(4);
  let kills = 0;
  let runs = 0;
  let slowest = 0;
  while (kills < KILLS) {
    expect(++runs, 'runs that ended before their worker could be killed').toBeLessThan(KILLS * 3);
    const running = runOnce(page);
    await page.waitForTimeout(random() * 500);
    const workers = page.workers();
    const victim = workers[Math.floor(random() * workers.length)];
    await page.evaluate(() => ((globalThis as unknown as Host).interruptedAt = performance.now()));
    await victim?.evaluate(() => self.close()).catch(() => undefined);
    const result = await running;
    if (result.outcome === 'completed') {
      expect(result.hash).toBe(hash);
      continue;
    }
    kills++;
    slowest = Math.max(slowest, result.lateMs);
    expect(result).toMatchObject({ outcome: 'failed', code: 'run.worker-died', left: [] });
    expect(result.lateMs).toBeLessThan(2000);
  }
  expect(await runOnce(page)).toMatchObject({ outcome: 'completed', hash });
  console.log(`${kills} kills in ${runs} runs, seen after ${slowest.toFixed(0)} ms at most`);
});

test(`${CANCELS} cancels at any moment leave no file`, async ({ page }) => {
  const hash = await open(page);
  const random = seeded(9);
  let cancels = 0;
  for (let runs = 0; cancels < CANCELS; runs++) {
    expect(runs).toBeLessThan(CANCELS * 4);
    const running = runOnce(page);
    await page.waitForTimeout(random() * 500);
    await page.evaluate(() => {
      const host = globalThis as unknown as Host;
      host.interruptedAt = performance.now();
      host.cancelRun();
    });
    const result = await running;
    if (result.outcome === 'completed') continue;
    cancels++;
    expect(result).toMatchObject({ outcome: 'cancelled', code: null, left: [] });
    expect(result.lateMs).toBeLessThan(1000);
  }
  expect(await runOnce(page)).toMatchObject({ outcome: 'completed', hash });
});
