// Rehearsals across workers (here: across message channels): each has its own, and none takes what a run needs.
import { expect, it } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import type { Bindings } from '../contract/bindings.ts';
import { memoryTarget, testPlugins } from '../engine/engine.suite.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { connectEngine } from './connect.ts';
import { memoryScratch } from '../engine/scratch.ts';
import { serveEngine } from './serve.ts';

const config = createConfig({
  source: { kind: 'csv', from: { binding: 'input' } },
  format: { id: 'csv', options: {} },
  delivery: { id: 'memory', options: {} },
  output: { compression: { id: 'gzip', options: {} } },
});
const rows = Array.from({ length: 200_000 }, (_, i) => `${i},name ${i}\n`).join('');
/** Enough to be under way for a while. */
const ROWS = 1_000_000;
const bindings: Bindings = {
  bytes: { input: new File([`id,name\n${rows.repeat(5)}`], 'orders.csv') },
};

function connected() {
  const workers: { isEnded: boolean }[] = [];
  let cleaned = 0;
  const engine = connectEngine({
    keepsSpare: true,
    spawn() {
      const { port1, port2 } = new MessageChannel();
      serveEngine(port2, {
        plugins: testPlugins,
        openBytes: async (binding) => openBlob(binding as Blob),
        lanes: { count: 0, always: false },
        spawnLane: () => {
          throw new Error('no lanes here');
        },
        openScratch: memoryScratch,
        holdLifeLock: async () => {},
      });
      const worker = { isEnded: false };
      workers.push(worker);
      const never = new Promise<void>(() => {});
      return {
        endpoint: port1,
        died: () => never,
        broken: never,
        terminate() {
          worker.isEnded = true;
          port1.close();
        },
      };
    },
    async prepareCleanUp() {
      cleaned++;
      return async () => {};
    },
  });
  return { engine, workers, cleaned: () => cleaned };
}

it('takes a worker of its own, ends it, and leaves the spare to the run', async () => {
  const { engine, workers, cleaned } = connected();
  await engine.catalogue();
  // The desk and the spare.
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([false, false]);
  const progress: number[] = [];
  const report = await engine.rehearse(config, bindings, {
    onProgress: ({ rowsIn }) => progress.push(rowsIn),
  });
  expect(report).toMatchObject({ outcome: 'completed', audit: { rowsOut: ROWS } });
  expect(progress.length).toBeGreaterThan(0);
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([false, false, true]);
  expect(cleaned()).toBe(0);
  const ran = await engine.run(config, bindings);
  // A memory target cannot cross; what matters is where the run was made.
  expect(ran.report.outcome).toBe('failed');
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([false, true, true]);
  engine.close();
});

it('is cancelled on its own, while another goes on', async () => {
  const { engine } = connected();
  const abort = new AbortController();
  const cancelled = engine.rehearse(config, bindings, {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  const other = engine.rehearse(config, bindings);
  expect(await cancelled).toMatchObject({ outcome: 'cancelled', files: [] });
  expect(await other).toMatchObject({ outcome: 'completed' });
  engine.close();
});

it('neither needs nor touches a target', async () => {
  const { engine } = connected();
  const { writable } = new TransformStream<Uint8Array, Uint8Array>();
  const streamed = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'ndjson', options: {} },
    delivery: { id: 'stream', options: {} },
  });
  const report = await engine.rehearse(streamed, {
    ...bindings,
    // A function could not even cross.
    targets: { output: writable, other: { ...memoryTarget(), onWrite: () => {} } },
  });
  expect(report).toMatchObject({ outcome: 'completed', files: [{ rows: ROWS, path: '' }] });
  expect(writable.locked).toBe(false);
  engine.close();
});

it('never rejects, whatever it is given', async () => {
  const { engine } = connected();
  const signal = AbortSignal.abort();
  const none = { version: 1 } as ExportConfig;
  const { report } = await engine.run(none, bindings, { signal });
  expect(report).toMatchObject({ outcome: 'cancelled', config: { sources: [{ kind: '' }] } });
  expect(await engine.rehearse(none, bindings)).toMatchObject({
    outcome: 'failed',
    error: { code: 'config.invalid' },
  });
  engine.close();
});

it('a profile has a worker of its own, and answers with what it has when it is broken off', async () => {
  const { engine, workers } = connected();
  const abort = new AbortController();
  const broken = await engine.profile(
    config,
    bindings,
    { whole: true },
    {
      signal: abort.signal,
      onProgress: ({ rowsIn }) => {
        if (rowsIn > 0) abort.abort();
      },
    },
  );
  expect(broken).toMatchObject({ isCancelled: true, isWhole: false });
  expect(broken.rows).toBeLessThan(ROWS);
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true]);
  const few = { bytes: { input: new File(['id,name\n1,a\n2,b\n'], 'few.csv') } };
  const whole = await engine.profile(config, few, { whole: true });
  expect(whole).toMatchObject({ rows: 2, isWhole: true, isCancelled: false });
  expect(whole.columns[0]!.distinct.count).toBe(2);
  await expect(engine.profile(config, bindings, { sourceId: 'none' })).rejects.toMatchObject({
    code: 'config.unknown-part',
  });
  engine.close();
});
