// The database across versions and tabs: every stored fixture opens, a newer one is left alone, an older page lets go.
import { afterEach, expect, test, vi } from 'vitest';
import type { ExportStore } from '../contract/store.ts';
import { catalogue } from '../engine/catalogue.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { upgrade } from '../engine/upgrade.ts';
import { deliveries } from '../deliveries/registry.browser.ts';
import { openStore } from './open-store.ts';
import { openRaw, plantDatabase, readRaw, type Fixture } from './testing.ts';
import { DATABASE_VERSION } from './upgrades.ts';

const engine = {
  catalogue: async () => catalogue(builtInPlugins(deliveries)),
  upgrade: async (input: unknown) => upgrade(input),
};
const fixtures = import.meta.glob<Fixture>('./fixtures/version-*.json', {
  eager: true,
  import: 'default',
});

let opened: ExportStore[] = [];
let number = 0;
const newName = (): string => `test-${Date.now()}-${++number}`;
const open = async (name: string): Promise<ExportStore> => {
  const store = await openStore(engine, { name });
  opened.push(store);
  return store;
};

afterEach(() => {
  vi.restoreAllMocks();
  for (const store of opened) store.close();
  opened = [];
});

test('there is a fixture of every version', () => {
  expect(Object.values(fixtures).map((each) => each.version)).toEqual(
    Array.from({ length: DATABASE_VERSION }, (_, i) => i + 1),
  );
});

test.each(Object.entries(fixtures))('%s opens with everything in it', async (_path, fixture) => {
  const name = newName();
  await plantDatabase(name, fixture);
  const store = await open(name);
  expect(store.isPersistent).toBe(true);

  const templates = await store.templates.list();
  expect(templates.map((each) => each.id).toSorted()).toEqual(
    fixture.stores.templates!.records.map((each) => (each as { id: string }).id).toSorted(),
  );
  const finance = await store.templates.get('t-finance');
  expect(finance).toMatchObject(
    fixture.stores.templates!.records.find(
      (each) => (each as { id: string }).id === 't-finance',
    ) as object,
  );
  const short = templates.find((each) => each.id === 't-short')!;
  expect(short.config).toMatchObject({
    version: 1,
    outputs: [{ compression: { id: 'gzip' }, format: { id: 'csv' } }],
  });
  const future = templates.find((each) => each.id === 't-future')!;
  expect(future.config).toBeNull();
  expect(future.error?.code).toBe('config.newer-version');
  await expect(store.templates.get('t-future')).rejects.toMatchObject({
    code: 'config.newer-version',
  });

  const entries = await store.history.list();
  const stored = fixture.stores.history?.records ?? [];
  expect(entries).toHaveLength(stored.length);
  for (const entry of entries)
    expect(entry).toEqual({
      ...(stored.find((each) => (each as { id: string }).id === entry.id) as object),
      ...(entry.id === 'job-left' ? { outcome: 'interrupted' } : {}),
    });
  if (fixture.version >= 2) {
    expect(await store.history.retention()).toEqual({ maxEntries: 50, maxDays: 3650 });
    expect(await store.persistence()).toMatchObject({ granted: true });
  }
});

test('a newer database is refused and stays as it is', async () => {
  const name = newName();
  const fixture = fixtures[`./fixtures/version-${DATABASE_VERSION}.json`]!;
  await plantDatabase(name, { ...fixture, version: DATABASE_VERSION + 7 });
  const before = await readRaw(name);
  await expect(openStore(engine, { name })).rejects.toMatchObject({
    code: 'storage.newer',
    parameters: { version: DATABASE_VERSION + 7, known: DATABASE_VERSION },
  });
  expect(await readRaw(name)).toEqual(before);
  expect(before.templates!.length).toBeGreaterThan(0);
});

test('an open page lets a newer one upgrade within 2 s, and is refused from then on', async () => {
  const name = newName();
  const store = await open(name);
  await store.templates.save({ name: 'Mine', config: fixtureConfig() });
  const startedAt = performance.now();
  const newer = await openRaw(name, DATABASE_VERSION + 1);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  await expect(store.templates.list()).rejects.toMatchObject({ code: 'storage.newer' });
  newer.close();
  const { templates } = await readRaw(name);
  expect(templates).toMatchObject([{ name: 'Mine' }]);
});

test('a page that keeps the database is said to block, and the database opens once it is gone', async () => {
  const name = newName();
  await plantDatabase(name, fixtures['./fixtures/version-1.json']!);
  const holder = await openRaw(name, 1);
  await expect(openStore(engine, { name })).rejects.toMatchObject({ code: 'storage.blocked' });
  holder.close();
  const store = await open(name);
  expect(await store.templates.list()).toHaveLength(4);
}, 15_000);

test('a database that is deleted under an open page is made anew', async () => {
  const name = newName();
  const store = await open(name);
  await store.templates.save({ name: 'Mine', config: fixtureConfig() });
  await new Promise((resolve) =>
    indexedDB.deleteDatabase(name).addEventListener('success', resolve),
  );
  expect(await store.templates.list()).toEqual([]);
  await store.templates.save({ name: 'Again', config: fixtureConfig() });
  expect(await store.templates.list()).toMatchObject([{ name: 'Again' }]);
});

test('without IndexedDB everything works for the visit, and says so', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not allowed here', 'SecurityError');
  });
  const store = await open(newName());
  expect(store.isPersistent).toBe(false);
  expect(store.reason).toMatchObject({
    code: 'storage.unavailable',
    sentence: expect.stringContaining('not allowed here'),
  });
  const saved = await store.templates.save({ name: 'Mine', config: fixtureConfig() });
  expect(await store.templates.list()).toMatchObject([{ id: saved.id, name: 'Mine' }]);
  expect(await store.history.list()).toEqual([]);
  expect(await store.persistence()).toEqual({ askedAt: null, granted: null });
});

function fixtureConfig() {
  const [template] = fixtures['./fixtures/version-1.json']!.stores.templates!.records;
  return (template as { config: Parameters<ExportStore['templates']['save']>[0]['config'] }).config;
}
