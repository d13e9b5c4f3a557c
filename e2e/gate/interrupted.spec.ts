// Interruptions at seeded moments: a killed worker is an error within 2 s, a cancel ends at once, neither leaves a file.
import type { Page } from '@playwright/test';
import { expect, openHost, ownServer, test } from './doors.ts';
import type { GateServer } from './gate-server.ts';

type Delivery = 'file' | 'folder' | 'download';

interface Host {
  runInterruptible(delivery: Delivery): Promise<{
    outcome: string;
    code: string | null;
    hash: string | null;
    lateMs: number;
    left: string[];
  }>;
  cancelRun(): void;
  interruptedAt: number | null;
}

/** How often each delivery is interrupted. */
const KILLS = { file: 50, folder: 8, download: 8 };
/**
 * Chromium loses its own swap file when the worker dies in the moment in which it is created for a picked file: about one
 * kill in a hundred. No page has a handle to it.
 */
const MOST_LOST_SWAPS = { file: 3, folder: 0, download: 0 };
const CANCELS = { file: 20, folder: 5, download: 5 };

test.use({ forgive: [ownServer] });
test.describe.configure({ timeout: 300_000 });

/** Numbers in [0, 1), the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const runOnce = (page: Page, delivery: Delivery) =>
  page.evaluate((to) => (globalThis as unknown as Host).runInterruptible(to), delivery);

/** Opens the host page and runs once undisturbed: its hash, and how long a run takes. */
async function open(
  page: Page,
  gate: GateServer,
  delivery: Delivery,
): Promise<{ hash: string; runMs: number }> {
  await openHost(page, gate);
  // The first run also starts what the later ones find started.
  await runOnce(page, 'file');
  const startedAt = performance.now();
  const whole = await runOnce(page, 'file');
  expect(whole).toMatchObject({
    outcome: 'completed',
    code: null,
    sentence: null,
    left: ['out.csv.gz'],
  });
  if (delivery !== 'file')
    expect(await runOnce(page, 'folder')).toMatchObject({ hash: whole.hash, left: ['out.csv.gz'] });
  return { hash: whole.hash!, runMs: performance.now() - startedAt };
}

for (const delivery of ['file', 'folder', 'download'] as const) {
  test(`${KILLS[delivery]} workers killed during a ${delivery} export are as many clear errors, and the next export is right`, async ({
    page,
    gate,
  }) => {
    const { hash, runMs } = await open(page, gate, delivery);
    const random = seeded(4);
    let kills = 0;
    let runs = 0;
    let slowest = 0;
    let lostSwaps = 0;
    while (kills < KILLS[delivery]) {
      // Most victims are the desk and the spare worker, which no run needs: this bound only ends a test that never hits.
      expect(++runs, 'runs that ended before their worker could be killed').toBeLessThan(
        10 + KILLS[delivery] * 8,
      );
      const running = runOnce(page, delivery);
      await page.waitForTimeout(random() * runMs);
      const workers = page.workers();
      const victim = workers[Math.floor(random() * workers.length)];
      await page.evaluate(
        () => ((globalThis as unknown as Host).interruptedAt = performance.now()),
      );
      // A worker that was ended in the same moment answers never.
      const killed = victim?.evaluate(() => self.close()).catch(() => undefined);
      await Promise.race([killed, running]);
      const result = await running;
      if (result.outcome === 'completed') {
        expect(result.hash).toBe(hash);
        continue;
      }
      kills++;
      slowest = Math.max(slowest, result.lateMs);
      const swaps = result.left.filter((name) => name.endsWith('.crswap'));
      lostSwaps += swaps.length;
      const left = result.left.filter((name) => !swaps.includes(name));
      expect({ ...result, left }).toMatchObject({
        outcome: 'failed',
        code: 'run.worker-died',
        left: [],
      });
      expect(result.lateMs).toBeLessThan(2000);
    }
    expect(await runOnce(page, delivery)).toMatchObject({ outcome: 'completed', hash });
    expect(lostSwaps).toBeLessThanOrEqual(MOST_LOST_SWAPS[delivery]);
    console.log(
      `${kills} kills in ${runs} runs, seen after ${slowest.toFixed(0)} ms at most, ${lostSwaps} swap files lost`,
    );
  });

  test(`${CANCELS[delivery]} cancels of a ${delivery} export at any moment leave no file`, async ({
    page,
    gate,
  }) => {
    const { hash, runMs } = await open(page, gate, delivery);
    const random = seeded(9);
    const late: number[] = [];
    for (let runs = 0; late.length < CANCELS[delivery]; runs++) {
      expect(runs).toBeLessThan(10 + CANCELS[delivery] * 4);
      const running = runOnce(page, delivery);
      await page.waitForTimeout(random() * runMs);
      await page.evaluate(() => {
        const host = globalThis as unknown as Host;
        host.interruptedAt = performance.now();
        host.cancelRun();
      });
      const result = await running;
      if (result.outcome === 'completed') continue;
      late.push(result.lateMs);
      expect(result).toMatchObject({ outcome: 'cancelled', code: null, sentence: null, left: [] });
      expect(result.lateMs).toBeLessThan(1000);
    }
    // Text formats stop by themselves, long before the worker would be ended.
    const median = late.toSorted((a, b) => a - b)[late.length >> 1]!;
    expect(median).toBeLessThan(200);
    expect(await runOnce(page, delivery)).toMatchObject({ outcome: 'completed', hash });
    console.log(`cancelled after ${median.toFixed(0)} ms, at most ${Math.max(...late).toFixed(0)}`);
  });
}
