// The dialog in a host's page on a fake engine: what it keeps, how it is closed, and two of them at once.
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createConfig } from '../contract/config.ts';
import { ExportDialog, type ExportDialogProps } from './ExportDialog.tsx';
import { createSession } from './session.tsx';
import { createFakeClient, type FakeClient } from './testing/fake-client.ts';
import { openTestStore } from './testing/store-stage.suite.tsx';
import './tokens.css';
import './base.css';

const KEY = 'export-studio.delivery';
const SOURCES = [{ name: 'orders', rows: [{ id: 1, name: null }] }];

let root: Root;
let client: FakeClient;

beforeEach(async () => {
  await page.viewport(1440, 900);
  localStorage.removeItem(KEY);
  client = createFakeClient();
  const container = document.createElement('div');
  document.body.append(container);
  root = createRoot(container);
});

afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
  localStorage.removeItem(KEY);
});

function Dialog(props: Partial<ExportDialogProps>) {
  return <ExportDialog client={client} sources={SOURCES} isOpen onClose={() => {}} {...props} />;
}

const exportButton = () => page.getByRole('button', { name: /^Export/ });
const overflow = () => document.documentElement.style.overflow;

test('nothing is kept where the host says so, not even the delivery', async () => {
  for (const [store, kept] of [
    [null, null],
    [undefined, 'file'],
  ] as const) {
    const session = createSession(client, store);
    const { openInputs } = session.drafts.getState();
    const input = { name: 'a.csv', sizeBytes: 1, data: { bytes: new Blob(['a']) } };
    openInputs([input], await client.catalogue());
    session.drafts.getState().setDelivery('file');
    expect(localStorage.getItem(KEY)).toBe(kept);
    if (store === null) {
      await session.openStore();
      expect(session.store).toBeNull();
    }
    session.close();
  }
});

test('a store of the host notes an export, and that closing the dialog cancelled it', async () => {
  const store = await openTestStore();
  root.render(<Dialog store={store} />);
  await exportButton().click();
  await expect.poll(() => client.runs.length).toBe(1);
  root.render(<Dialog store={store} isOpen={false} />);
  await expect
    .poll(async () => (await store.history.list()).map((each) => each.outcome))
    .toEqual(['cancelled']);
  // It is the host's to close: it still takes what is put.
  await store.history.clear();
  expect(await store.history.list()).toEqual([]);
  store.close();
});

test('an export that was about to begin does not once the dialog is gone', async () => {
  const session = createSession(client, null);
  const catalogue = await client.catalogue();
  const input = { name: 'a.csv', sizeBytes: 1, data: { bytes: new Blob(['a']) } };
  session.drafts.getState().openInputs([input], catalogue);
  const starting = session.runs.getState().start(client, catalogue, 'a.csv');
  session.close();
  await starting;
  expect(client.runs).toEqual([]);
});

test('conditions that a plan brings are counted one after the other', async () => {
  const { preview } = client;
  let underWay = 0;
  let most = 0;
  let counted = 0;
  client.preview = async (config, bindings, limits) => {
    // The preview itself asks for more than one byte.
    if (limits?.bytes !== 1) return preview(config, bindings, limits);
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, 30));
    underWay--;
    counted++;
    return preview(config, bindings, limits);
  };
  const where = "id > 1 and id < 9 and name = 'a' and name != 'b'";
  const config = createConfig({
    source: { kind: 'rows', from: { binding: 'source' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'download', options: {} },
    steps: [{ id: 'filter', kind: 'filter', enabled: true, options: { where } }],
  });
  root.render(<Dialog config={config} />);
  await page.getByRole('button', { name: /^2 Data/ }).click();
  await expect.poll(() => counted).toBe(4);
  expect(most).toBe(1);
});

test('without a data set it says so', async () => {
  root.render(<Dialog sources={[]} />);
  await expect.element(page.getByText(/there is no data set/)).toBeVisible();
});

test('two dialogs that close in any order give the page back', async () => {
  const both = (first: boolean, second: boolean) => (
    <>
      <Dialog title="One" isOpen={first} />
      <Dialog title="Two" isOpen={second} />
    </>
  );
  root.render(both(true, true));
  await expect.poll(overflow).toBe('hidden');
  root.render(both(false, true));
  await expect.element(page.getByRole('dialog', { name: 'Two' })).toBeVisible();
  expect(overflow()).toBe('hidden');
  root.render(both(false, false));
  await expect.poll(overflow).toBe('');
});

test('a dialog the browser closed by itself is shown again while an export goes on', async () => {
  root.render(<Dialog />);
  await exportButton().click();
  await expect.poll(() => client.runs.length).toBe(1);
  const dialog = document.querySelector('dialog')!;
  dialog.close();
  await expect.poll(() => dialog.matches(':modal')).toBe(true);
  await expect.element(page.getByRole('button', { name: 'Keep it running' })).toBeVisible();
});
