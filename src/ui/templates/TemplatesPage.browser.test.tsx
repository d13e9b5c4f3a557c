// The page of templates on a real store: find, rename, describe, copy, delete and bring back, load, and files in and out.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ExportStore, ExportTemplate, StoreChange } from '../../contract/store.ts';
import {
  accessibilityProblems,
  clearStage,
  openTestStore,
  show,
  testConfig,
} from '../testing/store-stage.suite.tsx';
import { TemplatesPage } from './TemplatesPage.tsx';

let store: ExportStore;
let loaded: ExportTemplate[];

beforeEach(async () => {
  await page.viewport(1440, 900);
  store = await openTestStore();
  loaded = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  clearStage();
});

const render = (): void =>
  show(store, <TemplatesPage store={store} onLoad={(template) => loaded.push(template)} />);
const save = (name: string, more: Parameters<typeof testConfig>[0] = {}, description = '') =>
  store.templates.save({ name, description, config: testConfig(more) });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const names = () => [...document.querySelectorAll('tbody button')].map((each) => each.textContent);

/** Catches what would be saved as a file. */
function catchFiles(): { name: string; blob: Blob }[] {
  const saved: { name: string; blob: Blob }[] = [];
  const blobs = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const url = `blob:${blobs.size}`;
    blobs.set(url, blob as Blob);
    return url;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, blob: blobs.get(this.href)! });
  });
  return saved;
}

function giveFiles(...files: File[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

test('empty, it says what templates are', async () => {
  render();
  await expect.element(page.getByRole('heading', { name: 'No templates yet' })).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
});

test('templates are listed by name with what they do, found, and loaded', async () => {
  await save('Weekly', { gzip: true, filter: true });
  await save('Partner feed', { format: 'ndjson' }, 'For the partner');
  render();
  await expect.element(page.getByText('2 on this machine')).toBeVisible();
  expect(names()).toEqual(['Partner feed', 'Weekly']);
  await expect.element(page.getByText('Filtered rows, all columns, gzip')).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);

  await userEvent.fill(page.getByRole('searchbox'), 'ndjson');
  await expect.element(page.getByText('1 of 2')).toBeVisible();
  expect(names()).toEqual(['Partner feed']);
  await userEvent.fill(page.getByRole('searchbox'), 'parquet');
  await expect.element(page.getByText(/No template has “parquet”/)).toBeVisible();
  await button('Show all').click();
  await button('Weekly').click();
  await expect
    .element(page.getByRole('definition').getByText("status != 'cancelled' and total >= 100"))
    .toBeVisible();
  await button('Open in the studio').click();
  expect(loaded).toEqual([await store.templates.get((await store.templates.list())[1]!.id)]);
});

test('the name and the purpose change in place', async () => {
  const { id } = await save('Weekly');
  await save('Daily');
  render();
  await button('Weekly').click();
  await button('Rename').click();
  const field = page.getByRole('textbox', { name: 'New name' });
  await expect.element(field).toHaveValue('Weekly');
  await userEvent.fill(field, 'Other');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('heading', { name: 'Weekly' })).toBeVisible();
  await expect.element(button('Rename')).toHaveFocus();
  await button('Rename').click();
  await userEvent.fill(field, 'Daily');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: 'Daily (2)' })).toBeVisible();
  await userEvent.fill(page.getByRole('textbox', { name: 'What it is for' }), 'For Mondays');
  await userEvent.tab();
  await expect.element(page.getByRole('cell', { name: /Daily \(2\) For Mondays/ })).toBeVisible();
  expect(await store.templates.get(id)).toMatchObject({
    name: 'Daily (2)',
    description: 'For Mondays',
    version: 1,
  });
});

test('a copy, a deletion, and bringing back', async () => {
  const saved = await save('Weekly');
  render();
  await button('Duplicate').click();
  await expect.element(page.getByRole('heading', { name: 'Weekly (2)' })).toBeVisible();
  await button('Weekly').click();
  await button('Delete').click();
  await expect.element(page.getByText('Deleted “Weekly”.')).toBeVisible();
  await expect.element(button('Bring back')).toHaveFocus();
  expect(await store.templates.get(saved.id)).toBeNull();
  expect(await accessibilityProblems()).toEqual([]);
  await button('Bring back').click();
  await expect.element(page.getByRole('heading', { name: 'Weekly', exact: true })).toBeVisible();
  expect(await store.templates.get(saved.id)).toEqual(saved);
  expect(document.body.textContent).not.toContain('Deleted');
});

test('templates go out as JSON and YAML and come in again, the bad ones with reasons', async () => {
  const files = catchFiles();
  await save('Weekly');
  await save('Daily');
  render();
  await button('Export all as JSON').click();
  await expect.poll(() => files.map((file) => file.name)).toEqual(['templates.json']);
  await button('Export as YAML').click();
  await expect.poll(() => files.map((file) => file.name)).toContain('Daily.yaml');
  expect(await files[1]!.blob.text()).toMatch(/^version: 1\ntemplates:\n {2}- id: /);

  giveFiles(
    new File([files[0]!.blob], 'templates.json'),
    new File(['a: [\n'], 'broken.yaml'),
    new File(['{"name": "Wrong", "config": {"version": 1}}'], 'wrong.json'),
  );
  await expect.element(page.getByText('2 templates imported.')).toBeVisible();
  await expect
    .element(page.getByText('“Weekly” was taken: it is “Weekly (2)” here.'))
    .toBeVisible();
  await expect.element(page.getByText(/broken.yaml cannot be read at line 2/)).toBeVisible();
  await expect.element(page.getByText(/“Wrong”, line 1, was left out/)).toBeVisible();
  await expect.poll(names).toEqual(['Daily', 'Daily (2)', 'Weekly', 'Weekly (2)']);
  expect(await accessibilityProblems()).toEqual([]);
});

test('one that cannot be read is listed with its reason', async () => {
  await store.templates.restore({
    ...(await save('Tomorrow')),
    config: { version: 9, outputs: [] },
  });
  render();
  await expect.element(page.getByText('Cannot be read').first()).toBeVisible();
  await expect.element(page.getByText(/The configuration has version 9/)).toBeVisible();
  expect(document.body.textContent).not.toContain('Open in the studio');
  expect(await accessibilityProblems()).toEqual([]);
});

test('what another tab saves shows up', async () => {
  render();
  await expect.element(page.getByText('No templates yet')).toBeVisible();
  await save('From elsewhere');
  await expect.element(button('From elsewhere')).toBeVisible();
});

test('when the browser clears the store under the page, the page says so', async () => {
  const listeners: ((change: StoreChange) => void)[] = [];
  const onChange: ExportStore['onChange'] = (listener) => {
    listeners.push(listener);
    return store.onChange(listener);
  };
  const { id } = await save('Weekly');
  show(store, <TemplatesPage store={{ ...store, onChange }} onLoad={() => {}} />);
  await expect.element(button('Weekly')).toBeVisible();
  await store.templates.remove(id);
  for (const tell of listeners) tell('cleared');
  await expect.element(page.getByRole('alert')).toHaveTextContent('The browser cleared');
  await expect.element(page.getByText('No templates yet')).toBeVisible();
});

test('names that look like markup are only text', async () => {
  await save('<img src=x onerror=alert(1)>', { name: '{{7*7}}' }, '"><script>alert(1)</script>');
  render();
  await expect.element(button('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(document.querySelector('img, script:not([src])')?.textContent ?? '').not.toContain(
    'alert',
  );
});

test('on a narrow page the list and the template take turns', async () => {
  await page.viewport(390, 800);
  await save('Weekly');
  await save('A_name_without_any_space_that_is_longer_than_the_page_is_wide_by_far_and_goes_on');
  render();
  await button('Weekly').click();
  await expect.element(button('Open in the studio')).toBeVisible();
  await expect.element(button('Import')).not.toBeInTheDocument();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  expect(await accessibilityProblems()).toEqual([]);
  await button('All templates').click();
  await expect.element(button('Import')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});
