// Tests of the draft: how a plan goes over to another kind of input, how typing is undone, and what a plan remembers.
import { beforeEach, expect, test, vi } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { deliveries } from '../deliveries/registry.browser.ts';
import { catalogue } from '../engine/catalogue.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { bindingsOf } from './draft-bindings.ts';
import { createDraftStore } from './draft-store.ts';
import type { DraftStore } from './draft.ts';
import type { Input } from './input.ts';
import { sourceOf } from './plan-parts.ts';
import { isOtherOf, missingOf } from './other-data.ts';

const cards = catalogue(builtInPlugins(deliveries));
const FILE: Input = { name: 'orders.csv', sizeBytes: 3, data: { bytes: new Blob(['a,b']) } };
const ROWS: Input = {
  name: 'What the table shows',
  sizeBytes: null,
  data: {
    rows: {
      name: 'rows',
      schema: { fields: [] },
      rowCount: 0,
      once: false,
      open: async function* () {},
    },
  },
};

let drafts: DraftStore;
const draft = () => drafts.getState().draft!;

beforeEach(() => {
  vi.unstubAllGlobals();
  drafts = createDraftStore();
});

function open(...inputs: Input[]): void {
  drafts.getState().openInputs(inputs, cards);
}

function template(kind: string): ExportConfig {
  return createConfig({
    name: 'kept',
    source: {
      id: 'kept',
      kind,
      from: { binding: 'other' },
      options: kind === 'rows' ? {} : { delimiter: ';' },
      ...(kind === 'rows' ? {} : { charset: { id: 'latin1', onInvalid: 'replace' } }),
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'download', options: {} },
    steps: [{ id: 'limit', kind: 'limit', enabled: true, options: { limit: 3 } }],
  });
}

test.each([
  ['orders.csv', 'orders'],
  ['a.b.CSV.gz', 'a.b'],
  ['.csv', 'export'],
  ['v1.2', 'v1.2'],
])('the output of %s is called %s', (name, expected) => {
  open({ ...FILE, name });
  expect(draft().config.name).toBe(expected);
});

test('a template of a file over rows leaves how the rows are read, and takes over the rest', () => {
  open(ROWS);
  const { kind, options } = sourceOf(draft().config);
  drafts.getState().loadConfig(template('csv'));
  const { config } = draft();
  expect(sourceOf(config)).toEqual({ id: 'kept', kind, options, from: { binding: 'source' } });
  expect(config.datasets[0]).toMatchObject({ from: 'kept', steps: [{ kind: 'limit' }] });
  expect(config.name).toBe('kept');
});

test('a template of rows over a file leaves how the file is read', () => {
  open(FILE);
  drafts.getState().setSourceOption('delimiter', '|');
  const before = sourceOf(draft().config);
  drafts.getState().loadConfig(template('rows'));
  expect(sourceOf(draft().config)).toEqual({ ...before, id: 'kept' });
});

test('a template of a file over a file brings how it is read', () => {
  open(FILE);
  drafts.getState().loadConfig(template('csv'));
  expect(sourceOf(draft().config)).toEqual({
    ...sourceOf(template('csv')),
    from: { binding: 'source' },
  });
});

test('typing after an undo or a redo is undone by itself', () => {
  open(FILE);
  const { renamePlan, setLimit, undo, redo } = drafts.getState();
  renamePlan('a');
  renamePlan('ab');
  setLimit(5, 0);
  undo();
  renamePlan('abc');
  expect(draft().config.name).toBe('abc');
  undo();
  expect(draft().config.name).toBe('ab');
  redo();
  expect(draft().config.name).toBe('abc');
  renamePlan('abcd');
  undo();
  expect(draft().config.name).toBe('abc');
});

test('a file is of the kind that its bytes tell, whatever it is called', () => {
  const bytes = new File(['{}'], 'orders.csv.gz');
  const input: Input = { name: 'Orders of March', sizeBytes: 2, data: { bytes } };
  drafts.getState().openInputs([input], cards);
  expect(sourceOf(draft().config)).toMatchObject({ kind: 'auto', compression: 'auto' });
});

test('a folder that was chosen is no part of what is asked about a plan', () => {
  open(FILE);
  drafts.getState().setFolder({ name: 'exports' } as FileSystemDirectoryHandle);
  expect(draft().folder?.name).toBe('exports');
  expect(bindingsOf(draft())).toEqual({
    bytes: { source: (FILE.data as { bytes: Blob }).bytes },
    clock: expect.any(Function),
  });
});

test('the delivery chosen last is remembered only where something may be kept', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  const choose = (store: DraftStore) => {
    store.getState().openInputs([FILE], cards);
    const { id } = store.getState().draft!.config.outputs[0]!.delivery;
    store.getState().setDelivery('clipboard');
    return id;
  };
  expect(choose(createDraftStore(false))).toBe('download');
  expect(kept.size).toBe(0);
  expect(choose(drafts)).toBe('download');
  expect([...kept.values()]).toEqual(['clipboard']);
  expect(choose(createDraftStore(false))).toBe('download');
  expect(choose(createDraftStore())).toBe('clipboard');
});

const CUSTOMERS: Input = {
  name: 'key customers.csv.gz',
  sizeBytes: 3,
  data: { bytes: new Blob(['b;c']) },
};

/** Orders with a join to customers, which are open too. */
function openJoined(): void {
  open(FILE, CUSTOMERS);
  const { addStep, takeOther, inputs } = drafts.getState();
  takeOther(addStep('join'), inputs[1]!, (id) => ({ with: id, on: 'b' }));
}
const others = () => draft().config.sources.slice(1);
const bytesOf = ({ data }: Input) => (data as { bytes: Blob }).bytes;

test('other data are a source of the plan, bound beside its own and read as they are read there', () => {
  open(FILE, CUSTOMERS);
  const [orders, customers] = drafts.getState().inputs;
  drafts.getState().chooseInput(customers!.key);
  drafts.getState().setSourceOption('delimiter', ';');
  drafts.getState().chooseInput(orders!.key);
  const { addStep, takeOther, undo, redo, removeStep } = drafts.getState();
  const id = addStep('join');
  takeOther(id, customers!, (other) => ({ with: other, on: 'b' }));
  expect(others()).toMatchObject([
    { id: 'key_customers', from: { binding: 'other:key_customers' }, options: { delimiter: ';' } },
  ]);
  expect(draft().config.datasets[0]!.steps).toMatchObject([{ options: { with: 'key_customers' } }]);
  expect(bindingsOf(draft()).bytes).toEqual({
    source: bytesOf(FILE),
    'other:key_customers': bytesOf(CUSTOMERS),
  });
  undo();
  expect(others()).toEqual([]);
  redo();
  expect(bindingsOf(draft()).bytes).toHaveProperty('other:key_customers');
  takeOther(id, customers!, (other) => ({ with: other, on: 'c' }));
  expect(others()).toHaveLength(1);
  removeStep(id);
  expect(others()).toEqual([]);
  expect(bindingsOf(draft()).bytes).toEqual({ source: bytesOf(FILE) });
});

test('how other data are read follows their own plan', () => {
  openJoined();
  const [orders, customers] = drafts.getState().inputs;
  drafts.getState().chooseInput(customers!.key);
  drafts.getState().setSource({ kind: 'csv', options: { delimiter: '|' } });
  drafts.getState().chooseInput(orders!.key);
  expect(others()).toMatchObject([{ kind: 'csv', options: { delimiter: '|' } }]);
  expect(others()[0]!.from).toEqual({ binding: 'other:key_customers' });
  expect(sourceOf(draft().config).kind).toBe('auto');
});

test('the same input and its tables may be other data, under ids of their own', () => {
  open({ ...FILE, name: 'data.xlsx' });
  const [own] = drafts.getState().inputs;
  const { addStep, takeOther } = drafts.getState();
  takeOther(addStep('join'), own!, (id) => ({ with: id }));
  takeOther(addStep('union'), own!, (id) => ({ with: [id] }), 'source');
  // Neither the data set nor the binding of the plan's own source.
  expect(others().map(({ id, table }) => [id, table])).toEqual([
    ['data-2', undefined],
    ['source-2', 'source'],
  ]);
  expect(Object.keys(bindingsOf(draft()).bytes!)).toHaveLength(3);
});

test('a stored plan finds its other data by their names, or says that they are missing', () => {
  openJoined();
  const stored = structuredClone(draft().config);
  const join = stored.datasets[0]!.steps[0]!;
  drafts = createDraftStore();
  open(FILE);
  drafts.getState().loadConfig(stored);
  expect(missingOf(join, draft())).toEqual(['key_customers']);
  expect(bindingsOf(draft()).bytes).toEqual({ source: bytesOf(FILE) });
  const shown = draft().input.key;
  const [opened] = drafts.getState().openInputs([CUSTOMERS], cards, true);
  expect(draft().input.key).toBe(shown);
  expect(missingOf(join, draft())).toEqual([]);
  expect(draft().others.get('key_customers')).toBe(opened);
  // What was missing then is there now, one step back too.
  drafts.getState().renamePlan('x');
  drafts.getState().undo();
  expect(missingOf(join, draft())).toEqual([]);
});

test('a plan that is loaded again finds what was bound last by that name, while it is open', () => {
  open(FILE, { ...CUSTOMERS, name: 'other.csv' });
  const { addStep, takeOther, inputs, removeStep, loadConfig, closeInput } = drafts.getState();
  const id = addStep('join');
  takeOther(id, inputs[1]!, (other) => ({ with: other, on: 'b' }));
  const stored = structuredClone(draft().config);
  stored.sources[1]!.id = 'other';
  removeStep(id);
  loadConfig(stored);
  expect(draft().others.get('other')).toBe(inputs[1]);
  removeStep(id);
  closeInput(inputs[1]!.key);
  loadConfig(stored);
  expect(draft().others.size).toBe(0);
});

test('a stored plan whose own source and data set come last stands in the order of the draft', () => {
  open({ ...CUSTOMERS, name: 'meanings.csv' }, FILE);
  drafts.getState().chooseInput(drafts.getState().inputs[1]!.key);
  const config = template('csv');
  const step = { id: 'join', kind: 'join', enabled: true, options: { with: 'short', on: 'a' } };
  const meanings = {
    id: 'meanings',
    kind: 'csv',
    from: { path: 'lists/meanings.csv' },
    options: { delimiter: ';' },
  };
  config.sources.unshift(meanings);
  config.datasets = [
    { id: 'short', from: 'meanings', steps: [] },
    { id: 'data', from: 'kept', steps: [step] },
  ];
  drafts.getState().loadConfig(config);
  const loaded = draft().config;
  expect(loaded.sources).toMatchObject([
    { id: 'kept', from: { binding: 'source' } },
    { ...meanings, from: { binding: 'other:meanings' } },
  ]);
  expect(loaded.datasets.map(({ id }) => id)).toEqual(['data', 'short']);
  expect(missingOf(step, draft())).toEqual([]);
  expect(isOtherOf(config, { name: 'Meanings', stem: 'Meanings' })).toBe(false);
  expect(isOtherOf(config, { name: 'meanings.csv.gz', stem: 'meanings' })).toBe(true);
});

test('two addresses keep their secrets apart', () => {
  const at = (name: string, secret: string): Input => ({
    name,
    sizeBytes: null,
    data: { origin: 'http', options: { url: `https://x/${name}` }, secrets: { http: secret } },
  });
  open(at('a', 'one'), at('b', 'two'));
  const { addStep, takeOther, inputs } = drafts.getState();
  takeOther(addStep('join'), inputs[1]!, (id) => ({ with: id }));
  expect(bindingsOf(draft()).secrets).toEqual({ http: 'one', 'other-b': 'two' });
  expect(others()).toMatchObject([
    { from: { options: { url: 'https://x/b', credential: { secret: 'other-b' } } } },
  ]);
});

test('how far a template was read goes with every plan of it, whatever is undone', () => {
  open(FILE, { ...FILE, name: 'other.csv' });
  const own = template('csv');
  own.sources[0]!.watermark = { column: { name: 'id' } };
  const { loadConfig, setLimit, moveWatermarks, chooseInput, setSource, undo } = drafts.getState();
  const mark = (value: string, name = 'id') => ({
    ...{ sourceId: 'kept', column: { name }, value, at: '2026-11-21T12:40:00.000Z' },
  });
  loadConfig(own, { id: 't', watermarks: [mark('3')] });
  expect(bindingsOf(draft()).watermarks).toEqual({ kept: '3' });
  setLimit(1, 0);
  const [first, other] = drafts.getState().inputs;
  chooseInput(other!.key);
  expect(bindingsOf(draft()).watermarks).toBeUndefined();
  moveWatermarks({ id: 't', watermarks: [mark('5')] });
  moveWatermarks({ id: 'another', watermarks: [mark('9')] });
  chooseInput(first!.key);
  undo();
  expect(bindingsOf(draft()).watermarks).toEqual({ kept: '5' });
  // What is known of one column says nothing of another.
  setSource({ watermark: { column: { name: 'at' } } });
  expect(bindingsOf(draft()).watermarks).toBeUndefined();
});

test('another address keeps the secret unless one is given, and can be undone', () => {
  const addressOf = (url: string, secrets: Record<string, string>): Input => ({
    name: url.slice(-1),
    sizeBytes: null,
    data: { origin: 'http', options: { url }, secrets },
  });
  open(addressOf('https://a.example/x', { http: 'first' }));
  drafts.getState().setSecret('mask', 'm');
  expect(bindingsOf(draft()).secrets).toEqual({ http: 'first', mask: 'm' });
  drafts.getState().setAddress(addressOf('https://a.example/y', {}));
  expect(draft().input.name).toBe('y');
  expect(sourceOf(draft().config).from).toEqual({
    origin: 'http',
    options: { url: 'https://a.example/y' },
  });
  expect(bindingsOf(draft()).secrets).toEqual({ http: 'first', mask: 'm' });
  const before = draft().secretsAt;
  drafts.getState().setAddress(addressOf('https://a.example/y', { http: 'second' }));
  expect(bindingsOf(draft()).secrets).toEqual({ http: 'second', mask: 'm' });
  expect(draft().secretsAt).not.toBe(before);
  drafts.getState().undo();
  drafts.getState().undo();
  expect(draft().input.name).toBe('x');
});
