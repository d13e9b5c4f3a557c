// Templates and history on a real database: names, versions, files in and out, retention, who still runs, and no secret anywhere.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import { startedEntry } from '../contract/history-entry.ts';
import type { ExportHistoryEntry, ExportStore } from '../contract/store.ts';
import { catalogue } from '../engine/catalogue.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { upgrade } from '../engine/upgrade.ts';
import { deliveries } from '../deliveries/registry.browser.ts';
import { openStore } from './open-store.ts';
import { readRaw, until } from './testing.ts';

const known = catalogue(builtInPlugins(deliveries));
const vault = {
  ...known.deliveries[0]!,
  id: 'vault',
  options: [
    { id: 'token', kind: 'text' as const, title: 'Token', help: '', default: '', secret: true },
    { id: 'key', kind: 'text' as const, title: 'Key', help: '', default: '', secret: true },
    { id: 'folder', kind: 'text' as const, title: 'Folder', help: '', default: '' },
  ],
};
const engine = {
  catalogue: async () => ({ ...known, deliveries: [...known.deliveries, vault] }),
  upgrade: async (input: unknown) => upgrade(input),
};

let name = '';
let number = 0;
let stores: ExportStore[] = [];
const open = async (): Promise<ExportStore> => {
  const store = await openStore(engine, { name });
  stores.push(store);
  return store;
};

beforeEach(() => {
  name = `store-${Date.now()}-${++number}`;
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const store of stores) store.close();
  stores = [];
});

const config = (more: Partial<ExportConfig> = {}): ExportConfig => ({
  ...createConfig({
    source: { kind: 'csv', from: { binding: 'source' } },
    format: { id: 'csv', options: { delimiter: ';' } },
    delivery: { id: 'download', options: {} },
    name: 'orders',
  }),
  ...more,
});
const entry = (id: string, more: Partial<ExportHistoryEntry> = {}): ExportHistoryEntry => ({
  ...startedEntry(id, config(), {}, Date.now()),
  outcome: 'completed',
  ...more,
});

test('saves count, names stay unique, and what was removed comes back', async () => {
  const { templates } = await open();
  const first = await templates.save({ name: ' Weekly ', description: 'all', config: config() });
  expect(first).toMatchObject({ name: 'Weekly', version: 1, description: 'all' });
  const second = await templates.save({ ...first, config: config({ seed: 2 }) });
  expect(second).toMatchObject({ id: first.id, name: 'Weekly', version: 2, description: 'all' });
  expect(second.createdAt).toBe(first.createdAt);

  const copy = await templates.duplicate(first.id);
  expect(copy).toMatchObject({ name: 'Weekly (2)', version: 1 });
  expect((await templates.duplicate(copy.id)).name).toBe('Weekly (3)');
  await templates.rename(copy.id, 'Weekly (3)');
  expect((await templates.get(copy.id))!.name).toBe('Weekly (2)');
  await expect(templates.rename(copy.id, '  ')).rejects.toMatchObject({
    code: 'config.wrong-option',
  });
  await expect(templates.rename('nobody', 'x')).rejects.toMatchObject({
    code: 'storage.no-template',
  });
  await templates.describe(copy.id, 'new words');

  const removed = await templates.remove(first.id);
  expect(await templates.get(first.id)).toBeNull();
  expect(await templates.remove(first.id)).toBeNull();
  await templates.restore(removed!);
  expect(await templates.get(first.id)).toEqual(second);

  expect((await templates.list()).map((each) => each.name)).toEqual([
    'Weekly',
    'Weekly (2)',
    'Weekly (3)',
  ]);
  expect(await templates.list({ search: 'NEW weekly' })).toMatchObject([{ id: copy.id }]);
  expect(await templates.list({ search: 'csv' })).toHaveLength(3);
  expect(await templates.list({ search: 'parquet' })).toEqual([]);
});

test('what is no config is not saved', async () => {
  const { templates } = await open();
  const wrong = { ...config(), password: 'canary' } as ExportConfig;
  await expect(templates.save({ name: 'x', config: wrong })).rejects.toMatchObject({
    code: 'config.invalid',
  });
  expect(await readRaw(name)).toMatchObject({ templates: [] });
});

test.each(['json', 'yaml'] as const)(
  'all templates go out as %s and come in again',
  async (form) => {
    const { templates } = await open();
    const a = await templates.save({
      name: '__proto__',
      description: 'ä: "b"\n#c',
      config: config(),
    });
    const b = await templates.save({ name: 'b', config: config({ name: 'ö; DROP' }) });
    const text = await templates.exportAll(form);
    expect(text.startsWith(form === 'json' ? '{' : 'version: 1\n')).toBe(true);
    expect(await templates.exportAll(form, [b.id])).not.toContain('__proto__');

    const again = await templates.importAll(text, `all.${form}`);
    expect(again.refused).toEqual([]);
    expect(again.renamed).toEqual([
      { from: '__proto__', to: '__proto__ (2)' },
      { from: 'b', to: 'b (2)' },
    ]);
    await Promise.all((await templates.list()).map((each) => templates.remove(each.id)));
    await templates.importAll(text);
    expect(await templates.get(a.id)).toEqual(a);
    expect(await templates.get(b.id)).toEqual(b);
  },
);

test('one template and a bare config are read, the short form too', async () => {
  const { templates } = await open();
  const { imported } = await templates.importAll(
    JSON.stringify({ name: 'One', config: config() }, null, '\t'),
  );
  expect(imported).toMatchObject([{ name: 'One', version: 1 }]);
  await templates.importAll(JSON.stringify(config({ name: '' })), 'from-a-file.json');
  await templates.importAll('source: orders.csv\nformat: ndjson\nquery: "a > 1"\n', 'short.yaml');
  expect((await templates.list()).map((each) => [each.name, each.config?.version])).toEqual([
    ['from-a-file', 1],
    ['One', 1],
    ['short', 1],
  ]);
});

test('one bad template is refused with its line, the others come in', async () => {
  const { templates } = await open();
  const good = { name: 'good', config: config() };
  const bad = { name: 'bad', config: { ...config(), outputs: [] } };
  const text = JSON.stringify({ version: 1, templates: [good, bad, 7] }, null, 2);
  const { imported, refused } = await templates.importAll(text, 'mixed.json');
  expect(imported).toMatchObject([{ name: 'good' }]);
  const lines = text.split('\n');
  expect(refused).toMatchObject([
    { name: 'bad', error: { code: 'config.invalid' } },
    { name: 'mixed 3', error: { code: 'config.invalid' }, line: lines.indexOf('    7') + 1 },
  ]);
  expect(lines[refused[0]!.line!]).toContain('"bad"');
});

test.each([
  ['a: [1,\nb: 2\n', { code: 'storage.import.unreadable', parameters: { line: 2 } }],
  ['{\n  "templates": [\n    {"name": "x" "config": 1}\n  ]\n}', { parameters: { line: 3 } }],
  ['', { code: 'storage.import.no-template' }],
  ['[]', { code: 'storage.import.no-template' }],
  ['{"templates": 3}', { code: 'storage.import.no-template' }],
  ['{"templates": [], "version": 1}', { code: 'storage.import.no-template' }],
  ['{"templates": [{}], "version": 2}', { code: 'config.newer-version' }],
  [
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]`,
    { code: 'storage.import.no-template' },
  ],
])('a broken file %# says where and why', async (text, error) => {
  const { templates } = await open();
  await expect(templates.importAll(text, 'broken.yaml')).rejects.toMatchObject(error);
  expect(await templates.list()).toEqual([]);
});

test('history keeps the newest, by number and by age, and what still runs', async () => {
  const { history } = await open();
  await history.setRetention({ maxEntries: 3, maxDays: 10 });
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  await history.put(entry('long', { outcome: 'running', startedAt: daysAgo(11) }));
  await history.put(entry('old', { startedAt: daysAgo(10.1) }));
  for (const day of [5, 4, 3, 2]) await history.put(entry(`d${day}`, { startedAt: daysAgo(day) }));
  const ids = async (): Promise<string[]> => (await history.list()).map((each) => each.id);
  expect(await ids()).toEqual(['d2', 'd3', 'd4', 'long']);
  await history.setRetention({ maxEntries: 2, maxDays: 10 });
  expect(await ids()).toEqual(['d2', 'd3', 'long']);
  for (const wrong of [0, 1.5, 5_001])
    await expect(history.setRetention({ maxEntries: wrong, maxDays: 10 })).rejects.toMatchObject({
      code: 'config.wrong-option',
    });
  expect(await (await open()).history.retention()).toEqual({ maxEntries: 2, maxDays: 10 });

  const gone = await history.clear();
  expect(gone.map((each) => each.id)).toEqual(['d2', 'd3']);
  expect(await ids()).toEqual(['long']);
  await history.restore(gone);
  expect(await ids()).toEqual(['d2', 'd3', 'long']);
  const [one] = gone;
  expect(await history.remove(one!.id)).toEqual(one);
  expect(await history.get(one!.id)).toBeNull();
});

test('history is searched by words, outcome and number', async () => {
  const { history } = await open();
  const checksum = { algorithm: 'sha256' as const, value: 'c0ffee' };
  const files = [{ name: 'July.csv', sizeBytes: 1, rows: 1, checksum, verified: true }];
  await history.put(entry('a', { files, startedAt: '2026-01-01T00:00:00.000Z' }));
  const error = new ExportError('read.empty', { name: 'x' }).toJSON();
  await history.put(entry('b', { outcome: 'failed', error }));
  await history.setRetention({ maxEntries: 9, maxDays: 3_650 });
  await history.put(entry('a', { files, startedAt: '2026-01-01T00:00:00.000Z' }));
  const ids = async (filter: Parameters<typeof history.list>[0]): Promise<string[]> =>
    (await history.list(filter)).map((each) => each.id);
  expect(await ids({})).toEqual(['b', 'a']);
  expect(await ids({ limit: 1 })).toEqual(['b']);
  expect(await ids({ search: 'july coffee' })).toEqual([]);
  expect(await ids({ search: 'JULY c0ff' })).toEqual(['a']);
  expect(await ids({ search: 'is empty' })).toEqual(['b']);
  expect(await ids({ outcomes: ['completed'] })).toEqual(['a']);
});

test('an export whose page went away is found interrupted; one that another tab runs is left alone', async () => {
  const { history } = await open();
  await history.put(entry('here', { outcome: 'running' }));
  const page = document.createElement('iframe');
  document.body.append(page);
  const inFrame = page.contentWindow!.navigator.locks;
  await new Promise<void>((resolve) => {
    void inFrame.request('export-studio-run:there', () => {
      resolve();
      return new Promise(() => {});
    });
  });
  const raw = await readRaw(name);
  await history.put(entry('there', { outcome: 'running' }));
  expect(raw.history).toMatchObject([{ id: 'here', outcome: 'running' }]);
  const outcomes = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await (await open()).history.list()).map((each) => [each.id, each.outcome]),
    );
  expect(await outcomes()).toEqual({ here: 'running', there: 'running' });
  page.remove();
  await until(async () => (await outcomes()).there === 'interrupted');
  expect((await outcomes()).here).toBe('running');
  await history.put(entry('here', { outcome: 'cancelled' }));
  expect(await outcomes()).toEqual({ here: 'cancelled', there: 'interrupted' });
});

test('other tabs hear of changes; persistence is asked once, at the first template', async () => {
  const persist = vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true);
  const here = await open();
  const there = await open();
  const heard: string[] = [];
  there.onChange((change) => heard.push(change));
  await here.history.put(entry('a'));
  expect(persist).not.toHaveBeenCalled();
  await here.templates.save({ name: 'a', config: config() });
  await until(() => heard.includes('settings'));
  expect(heard).toEqual(['history', 'templates', 'settings']);
  await there.templates.save({ name: 'b', config: config() });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(persist).toHaveBeenCalledTimes(1);
  expect(await there.persistence()).toMatchObject({ granted: true });
});

test('two tabs that save at once keep both, under two names', async () => {
  const here = await open();
  const there = await open();
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      [here, there][i % 2]!.templates.save({ name: 'same', config: config() }),
    ),
  );
  const names = (await here.templates.list()).map((each) => each.name);
  expect(new Set(names).size).toBe(20);
});

test('no secret reaches the database, however it is written', async () => {
  const { templates, history } = await open();
  const canaries: string[] = [];
  const secret = (): string => {
    const canary = `canary-${canaries.length}-${crypto.randomUUID()}`;
    canaries.push(canary);
    return canary;
  };
  const withSecrets = config({
    sources: [
      {
        id: 'source',
        kind: 'csv',
        from: { path: `https://user:${secret()}@host.example/a.csv` },
        options: { delimiter: ',', password: secret(), apiKey: { nested: secret() } },
      },
    ],
    datasets: [
      {
        id: 'data',
        from: 'source',
        steps: [
          { id: 's', kind: 'filter', enabled: true, options: { where: 'a > 1', k: secret() } },
        ],
      },
    ],
  });
  const [output] = withSecrets.outputs;
  withSecrets.outputs = [
    {
      ...output!,
      format: { id: 'csv', options: { delimiter: ';', passphrase: secret() } },
      archive: { id: 'zip', options: { password: secret() } },
      compression: { id: 'unknown', options: { level: secret() } },
      encryption: { id: 'age', options: { passphrase: secret() } },
      delivery: {
        id: 'vault',
        options: { token: secret(), key: { secret: 'vault-key' }, folder: 'in', extra: secret() },
      },
    },
  ];
  const saved = await templates.save({ name: 'secrets', config: withSecrets });
  expect(saved.config.outputs[0]!.delivery.options).toEqual({
    key: { secret: 'vault-key' },
    folder: 'in',
  });
  await templates.save({ ...saved, config: withSecrets });
  await templates.importAll(JSON.stringify({ templates: [{ name: 'in', config: withSecrets }] }));
  const error = new ExportError(
    'read.open-failed',
    { name: `https://u:${secret()}@host.example/x`, detail: 'no' },
    { cause: new Error(secret()) },
  ).toJSON();
  await history.put(entry('a', { config: withSecrets, outcome: 'running' }));
  await history.put(
    entry('b', {
      config: withSecrets,
      outcome: 'failed',
      error,
      sources: [`https://u:${secret()}@host.example/a.csv`],
    }),
  );
  const noConfig = { secret: secret(), token: secret() } as unknown as ExportConfig;
  await history.put(entry('c', { config: noConfig, outcome: 'failed' }));
  await history.restore([entry('d', { config: withSecrets })]);
  expect(canaries).toHaveLength(15);

  const stored = JSON.stringify(await readRaw(name));
  expect(stored).toContain('host.example');
  expect(stored).toContain('vault-key');
  for (const canary of canaries) {
    const hex = Array.from(canary, (c) => c.charCodeAt(0).toString(16)).join('');
    for (const form of [canary, btoa(canary), hex, encodeURIComponent(canary)])
      expect(stored).not.toContain(form);
  }
  expect(stored).not.toContain('canary');
  expect(await templates.exportAll('yaml')).not.toContain('canary');
});

test('how far a template was read moves only from where a run began, and goes nowhere else', async () => {
  const store = await open();
  const { templates } = store;
  const { id } = await templates.save({ name: 'daily', config: config() });
  const at = (value: string, sourceId = 'source') => ({
    ...{ sourceId, column: { name: 'id' }, value, at: '2026-11-21T12:40:00.000Z' },
  });
  expect(await templates.moveWatermarks(id, [at('3')])).toEqual([at('3')]);
  expect(await templates.moveWatermarks(id, [at('5')], [at('3')])).toEqual([at('5')]);
  // A run that began before another one ended, and one that began with nothing.
  expect(await templates.moveWatermarks(id, [at('4')], [at('3')])).toEqual([at('5')]);
  expect(await templates.moveWatermarks(id, [at('2')])).toEqual([at('5')]);
  const both = [at('5'), at('1', 'second')];
  expect(await templates.moveWatermarks(id, [at('1', 'second')])).toEqual(both);
  // A save leaves it, a copy and a file have none of it.
  const saved = await templates.save({ id, name: 'daily', config: config() });
  expect(saved).toMatchObject({ version: 2, watermarks: both });
  expect(await templates.duplicate(id)).not.toHaveProperty('watermarks');
  expect(await templates.exportAll('json')).not.toContain('watermarks');
  expect(await templates.moveWatermarks(id, [])).toEqual([]);
  await expect(templates.moveWatermarks('none', [at('1')])).rejects.toMatchObject({
    code: 'storage.no-template',
  });
});
