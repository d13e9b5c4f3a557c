// Tests of the draft: how a plan goes over to another kind of input, how typing is undone, and what a plan remembers.
import { beforeEach, expect, test, vi } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { deliveries } from '../deliveries/registry.browser.ts';
import { catalogue } from '../engine/catalogue.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { bindingsOf, createDraftStore, sourceOf, type DraftStore, type Input } from './draft.ts';

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
