// Templates, history and the export service over a folder: kept between openings and shared by processes.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { startedEntry } from '../contract/history-entry.ts';
import { catalogue } from '../engine/catalogue.ts';
import type { Engine } from '../contract/verbs.ts';
import { createEngine } from '../engine/engine.ts';
import { inlineLanes } from '../engine/lanes.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { upgrade } from '../engine/upgrade.ts';
import { deliveries } from '../deliveries/registry.node.ts';
import { openPath } from '../sources/bytes/path.node.ts';
import { createExportService } from '../worker/export-service.ts';
import { openStore } from './store.ts';

const asked = {
  catalogue: async () => catalogue(builtInPlugins(deliveries)),
  upgrade: async (input: unknown) => upgrade(input),
};

function nodeEngine(): Engine {
  const plugins = builtInPlugins(deliveries);
  const lanes = inlineLanes(plugins.formats);
  return createEngine({
    plugins,
    openBytes: (binding) => openPath((binding as { path: string }).path),
    lanes: () => lanes,
    yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
  });
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The store as a program started later has it: nothing of this one's is known there. */
async function openLater(): ReturnType<typeof openStore> {
  vi.resetModules();
  const { openStore: fresh } = await import('./store.ts');
  return fresh(asked, folder);
}

const config = (name = 'orders') =>
  createConfig({
    source: { kind: 'csv', from: { path: join(folder, 'in.csv') } },
    format: { id: 'csv', options: { delimiter: ';' } },
    delivery: { id: 'path', options: { path: join(folder, 'out.csv') } },
    output: { ifExists: 'replace' },
    name,
  });

test('what is saved is there at the next opening, and nothing else lies about', async () => {
  const kept = join(folder, 'kept');
  const first = await openStore(asked, kept);
  const saved = await first.templates.save({ name: 'Weekly', config: config() });
  await first.history.put({ ...startedEntry('a', config(), {}, Date.now()), outcome: 'failed' });
  await first.history.setRetention({ maxEntries: 7, maxDays: 30 });
  const second = await openStore(asked, kept);
  expect(await second.templates.list()).toEqual([{ ...saved, error: null }]);
  expect(await second.history.list()).toMatchObject([{ id: 'a', outcome: 'failed' }]);
  expect(await second.history.retention()).toEqual({ maxEntries: 7, maxDays: 30 });
  expect((await readdir(kept)).toSorted()).toEqual([
    'history.json',
    'settings.json',
    'templates.json',
  ]);
});

test('two stores of one folder lose nothing of each other', async () => {
  const stores = [await openStore(asked, folder), await openStore(asked, folder)];
  await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      stores[i % 2]!.templates.save({ name: 'same', config: config() }),
    ),
  );
  expect(new Set((await stores[0]!.templates.list()).map((each) => each.name)).size).toBe(30);
});

test('a file of a newer version is refused and stays as it is', async () => {
  const path = join(folder, 'templates.json');
  await writeFile(path, '{"version":9,"records":[]}');
  await expect(openStore(asked, folder)).rejects.toMatchObject({ code: 'storage.newer' });
  expect(await readFile(path, 'utf8')).toBe('{"version":9,"records":[]}');
});

test('exports of a process that ended are found interrupted, those of a living one are not', async () => {
  const { history } = await openStore(asked, folder);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  for (const id of ['mine', 'theirs'])
    await history.put({ ...startedEntry(id, config(), {}, Date.now()) });
  await writeFile(join(folder, 'running', 'theirs'), String(child.pid));
  const outcomes = async () =>
    Object.fromEntries(
      (await (await openStore(asked, folder)).history.list()).map((e) => [e.id, e.outcome]),
    );
  expect(await outcomes()).toEqual({ mine: 'running', theirs: 'running' });
  const gone = new Promise((resolve) => child.on('close', resolve));
  child.kill();
  await gone;
  expect(await outcomes()).toEqual({ mine: 'running', theirs: 'interrupted' });
});

test('what an earlier process of the same number left is nobody’s', async () => {
  const { history } = await openStore(asked, folder);
  await history.put(startedEntry('left', config(), {}, Date.now()));
  // As in a container, where every program has the same number and the one before was killed.
  const { history: later } = await openLater();
  expect((await later.list()).map((each) => each.outcome)).toEqual(['interrupted']);
  await writeFile(join(folder, 'history.json.lock'), String(process.pid));
  await later.put({ ...startedEntry('next', config(), {}, Date.now()), outcome: 'failed' });
  expect(await later.list()).toHaveLength(2);
}, 20_000);

test('an export removed while under way and brought back after its end stays ended', async () => {
  const { history } = await openStore(asked, folder);
  const entry = startedEntry('a', config(), {}, Date.now());
  await history.put(entry);
  const removed = await history.remove('a');
  await history.put({ ...entry, outcome: 'completed' });
  await history.restore([removed!]);
  expect(await history.list()).toMatchObject([{ id: 'a', outcome: 'completed' }]);
});

test('the service keeps templates, exports with them, and notes every export', async () => {
  await writeFile(join(folder, 'in.csv'), 'a,b\n1,x\n2,y\n3,z\n');
  const engine = nodeEngine();
  const store = await openStore(engine, join(folder, 'kept'));
  const service = createExportService(engine, store);

  const template = await service.saveTemplate({ name: 'Weekly', config: config() });
  expect(await service.loadTemplate(template.id)).toEqual(template);
  expect(await service.listTemplates()).toMatchObject([{ name: 'Weekly', error: null }]);
  const result = await service.exportWithTemplate(
    template.id,
    { jobId: 'one' },
    {
      name: 'other',
      datasets: [
        {
          id: 'data',
          steps: [{ id: 'f', kind: 'filter', enabled: true, options: { where: 'a > 1' } }],
        },
      ],
      outputs: [{ id: 'output', format: { id: 'csv', options: { delimiter: '|' } } }],
    },
  );
  expect(result).toMatchObject({ outcome: 'completed', error: null });
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toMatch(/^a\|b\r?\n2\|y\r?\n3\|z\r?\n$/);

  const failed = await service.exportData(
    { ...config(), sources: [{ ...config().sources[0]!, from: { path: join(folder, 'no.csv') } }] },
    { jobId: 'two' },
  );
  expect(failed.outcome).toBe('failed');
  const stream = service.streamExport(config(), { jobId: 'three' });
  await new Response(stream).text();

  expect(await service.getExportHistory({ search: 'other' })).toMatchObject([
    {
      id: 'one',
      outcome: 'completed',
      templateId: template.id,
      rowsIn: 3,
      rowsOut: 2,
      filtered: 1,
      rejected: 0,
      bytes: result.deliveredBytes,
      format: 'csv',
      files: [{ name: 'out.csv', rows: 2, verified: true }],
      error: null,
      config: { name: 'other' },
    },
  ]);
  const all = await service.getExportHistory();
  expect(
    all.map((each) => [each.id, each.outcome]).toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1)),
  ).toEqual([
    ['one', 'completed'],
    ['three', 'completed'],
    ['two', 'failed'],
  ]);
  expect(all.find((each) => each.id === 'two')).toMatchObject({
    rowsIn: null,
    bytes: null,
    error: { code: 'read.open-failed' },
  });
  expect(await service.getExportHistory({ limit: 1 })).toHaveLength(1);

  const later = createExportService(engine, await openStore(engine, join(folder, 'kept')));
  expect(await later.getExportStatus('one')).toMatchObject({
    state: 'completed',
    result: null,
    entry: { rowsOut: 2 },
  });
  expect(await later.getExportStatus('nobody')).toBeNull();
  expect(await service.deleteTemplate(template.id)).toBe(true);
  expect(await service.deleteTemplate(template.id)).toBe(false);
  await expect(service.exportWithTemplate(template.id)).rejects.toMatchObject({
    code: 'storage.no-template',
  });
});

test('a service without a store says so, and exports all the same', async () => {
  const service = createExportService({
    ...asked,
    run: async () => ({ report: { outcome: 'completed' } }),
  } as never);
  await expect(service.listTemplates()).rejects.toMatchObject({ code: 'config.not-here' });
  await expect(service.getExportHistory()).rejects.toMatchObject({ code: 'config.not-here' });
  expect((await service.exportData(config())).outcome).toBe('completed');
});

test('a history that cannot be written is said in the notes, and the export stands', async () => {
  await writeFile(join(folder, 'in.csv'), 'a\n1\n');
  const engine = nodeEngine();
  const store = await openStore(engine, join(folder, 'kept'));
  await writeFile(join(folder, 'kept', 'history.json'), 'no json');
  const result = await createExportService(engine, store).exportData(config());
  expect(result.outcome).toBe('completed');
  expect(result.notes.join()).toContain('The history lacks this export.');
});
