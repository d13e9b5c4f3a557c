// Damaged files of every kind and packing: rows that balance or an error with words, soon, and in bounded memory.
// MUTATIONS=10000 tries so many of each kind instead of a few, and prints what came of them.
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { codecs } from '../codecs/registry.ts';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { ERROR_TEXTS } from '../contract/error-codes.ts';
import { asExportError } from '../contract/errors.ts';
import type { ErrorData } from '../contract/errors.ts';
import { sources } from '../sources/registry.ts';
import { createRandom } from '../table/random.ts';
import { expectReadable, memoryTarget, testEngine } from './engine.suite.ts';
import { mutate, type Random } from './mutate.suite.ts';
import { KIND_SEEDS, PACKED_SEEDS, type Seed } from './mutation-seeds.suite.ts';

const PRINTS = process.env['MUTATIONS'] !== undefined;
const COUNT = Number(process.env['MUTATIONS'] ?? 120);
const FIRST = Number(process.env['MUTATIONS_FROM'] ?? 0);
const MOST_MS = 10_000;
/** Of one file beyond what the process had before (P10). */
const MOST_GROWTH_BYTES = 512 * 1024 * 1024;

const engine = testEngine();

/**
 * A loop that never ends cannot be stopped from inside: a second thread ends this process, and says at which number, when
 * the beat stands still.
 */
const beat = new Int32Array(new SharedArrayBuffer(8));
let watchdog: Worker;
beforeAll(() => {
  watchdog = new Worker(
    `const { workerData: beat } = require('node:worker_threads');
     let last = -1, since = Date.now();
     setInterval(() => {
       const now = Atomics.load(beat, 0);
       if (now !== last || Atomics.load(beat, 1) === 0) { last = now; since = Date.now(); }
       else if (Date.now() - since > ${2 * MOST_MS}) {
         require('node:fs').writeSync(2, 'mutation ' + now + ' hangs\\n');
         process.kill(process.pid, 'SIGKILL');
       }
     }, 500);`,
    { eval: true, workerData: beat },
  );
});
afterAll(() => watchdog.terminate());

interface Tally {
  completed: number;
  failed: number;
  codes: Map<string, number>;
  slowestMs: number;
  slowest: number;
  mostGrowth: number;
}

/** The damaged file with this number. */
function damaged(
  seeds: readonly Seed[],
  number: number,
): { seed: Seed; bytes: Uint8Array; random: Random } {
  const random = createRandom(20_261_121, number);
  const seed = seeds[number % seeds.length]!;
  const other = seeds[Math.floor(random() * seeds.length)]!;
  if (seed.parts === undefined || random() < 0.3)
    return { seed, bytes: mutate(seed.bytes, other.bytes, random), random };
  const names = [...seed.parts.keys()];
  const name = names[Math.floor(random() * names.length)]!;
  const part = mutate(seed.parts.get(name)!, other.parts?.get(name) ?? seed.bytes, random);
  const parts = [...seed.parts].map(([key, bytes]) => [key, key === name ? part : bytes]);
  return { seed, bytes: zipSync(Object.fromEntries(parts) as Record<string, Uint8Array>), random };
}

function configOf(kind: string, { source }: Seed, random: Random): ExportConfig {
  return createConfig({
    source: { kind, from: { binding: 'in' }, ...source },
    format: { id: random() < 0.5 ? 'csv' : 'ndjson', options: {} },
    delivery: { id: 'memory', options: {} },
  });
}

/** The error, or null for rows that balance. */
async function outcomeOf(
  config: ExportConfig,
  file: File,
  looks: boolean,
): Promise<ErrorData | null> {
  const bytes = { in: file };
  if (looks)
    try {
      await engine.inspect(config, { bytes });
    } catch (thrown) {
      return asExportError(thrown).toJSON();
    }
  const target = memoryTarget();
  const { report } = await engine.run(config, { bytes, targets: { output: target } });
  if (report.error !== null) {
    expect(target.files.size).toBe(0);
    return report.error;
  }
  expect(report.outcome).toBe('completed');
  expect(report.audit.balances).toBe(true);
  return null;
}

async function tryAll(kind: string, seeds: readonly Seed[]): Promise<Tally> {
  const tally: Tally = {
    completed: 0,
    failed: 0,
    codes: new Map<string, number>(),
    slowestMs: 0,
    slowest: 0,
    mostGrowth: 0,
  };
  // What is loaded when it is needed is no growth.
  for (const seed of seeds) {
    const config = configOf(kind, seed, () => 0);
    const file = new File([seed.bytes as BlobPart], seed.name);
    expect(await outcomeOf(config, file, true), seed.name).toBeNull();
  }
  const before = process.memoryUsage.rss();
  for (let number = FIRST; number < FIRST + COUNT; number++) {
    Atomics.store(beat, 0, number);
    Atomics.store(beat, 1, 1);
    const { seed, bytes, random } = damaged(seeds, number);
    const config = configOf(random() < 0.1 ? 'auto' : kind, seed, random);
    const file = new File([bytes as BlobPart], seed.name);
    const startMs = performance.now();
    const about = `mutation ${number} of ${seed.name}`;
    let error: ErrorData | null;
    try {
      error = await outcomeOf(config, file, random() < 0.3);
    } catch (thrown) {
      throw new Error(about, { cause: thrown });
    } finally {
      Atomics.store(beat, 1, 0);
    }
    const tookMs = performance.now() - startMs;
    if (error === null) tally.completed++;
    else {
      tally.failed++;
      tally.codes.set(error.code, (tally.codes.get(error.code) ?? 0) + 1);
      expect(Object.keys(ERROR_TEXTS), about).toContain(error.code);
      expect(error.code, `${about}: ${error.sentence}`).not.toBe('run.unexpected');
      expectReadable(error, about);
    }
    if (tookMs > tally.slowestMs) Object.assign(tally, { slowestMs: tookMs, slowest: number });
    expect(tookMs, about).toBeLessThan(MOST_MS);
    const growth = process.memoryUsage.rss() - before;
    if (growth > tally.mostGrowth) tally.mostGrowth = growth;
    expect(growth, about).toBeLessThan(MOST_GROWTH_BYTES);
  }
  return tally;
}

function print(
  what: string,
  { completed, failed, codes, slowestMs, slowest, mostGrowth }: Tally,
): void {
  if (!PRINTS) return;
  const often = [...codes]
    .toSorted((a, b) => b[1] - a[1])
    .map(([code, count]) => `${code} ${count}`);
  console.log(
    `${what}: ${COUNT} mutations, ${completed} read, ${failed} refused; slowest ${slowestMs.toFixed(0)} ms (${slowest}); ` +
      `memory grew by ${(mostGrowth / 2 ** 20).toFixed(0)} MiB; ${often.join(', ')}`,
  );
}

const cases = [
  ...sources.map(({ id }) => [id, id, KIND_SEEDS[id]] as const),
  ...Object.entries(PACKED_SEEDS).map(([id, make]) => [id, 'auto', make] as const),
];

it('knows whole files of every source and every packing', () => {
  expect(Object.keys(KIND_SEEDS).toSorted()).toEqual(sources.map(({ id }) => id).toSorted());
  const packings = codecs.filter((card) => card.canDecode).map(({ id }) => id);
  expect(Object.keys(PACKED_SEEDS).toSorted()).toEqual([...packings, 'zip'].toSorted());
});

it.each(cases.filter(([, , make]) => make !== null))(
  'damaged %s is rows or a sentence',
  async (what, kind, make) => {
    const tally = await tryAll(kind, await make!());
    print(what, tally);
    // Damage that nobody notices would test nothing.
    expect(tally.failed).toBeGreaterThan(COUNT / 20);
  },
  PRINTS ? 3_600_000 : 60_000,
);
