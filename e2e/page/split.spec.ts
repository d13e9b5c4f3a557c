// An export cut into files by the values of columns, into folders that a person picked, and what happens to files that are there.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectNoFindings } from './access.ts';
import { exportButton, openFile, step } from './studio.ts';

const SALES = [
  'country,n,day',
  'DE,1,2026-01-31',
  'FR,2,2026-02-01',
  'DE,3,2026-02-28',
  ',4,2026-02-28',
  '',
].join('\n');

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () => {
        const root = await navigator.storage.getDirectory();
        return root.getDirectoryHandle('exports', { create: true });
      },
    });
  });
  await page.goto('./');
  await openFile(page, 'sales.csv', SALES);
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Where to' }).getByText('Folder').click();
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await expect(step(page, 'Delivery')).toContainText('into exports');
});

test('values make folders, a manifest lists the files, and a person is asked about old ones', async ({
  page,
}) => {
  await page.getByRole('combobox', { name: 'Add a column…' }).selectOption('0 country');
  await page.getByRole('combobox', { name: 'Add a column…' }).selectOption('0 day');
  await expect(page.getByRole('combobox', { name: 'What of day' })).toHaveValue('month');
  await page.getByRole('checkbox', { name: /Add a file that lists/ }).check();
  await expect(step(page, 'Delivery')).toContainText('a file for each country, day');
  await expect(page.getByText('country=…/day_month=…/sales.csv').first()).toBeVisible();
  await expectNoFindings(page, 'the split by columns');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: '5 files done' })).toBeVisible();
  expect(await filesIn(page)).toEqual({
    'country=DE/day_month=2026-01/sales.csv': 'n,day\n1,2026-01-31\n',
    'country=DE/day_month=2026-02/sales.csv': 'n,day\n3,2026-02-28\n',
    'country=FR/day_month=2026-02/sales.csv': 'n,day\n2,2026-02-01\n',
    'country=__HIVE_DEFAULT_PARTITION__/day_month=2026-02/sales.csv': 'n,day\n4,2026-02-28\n',
    'sales.manifest.json': expect.stringContaining('"fileCount": 4') as unknown as string,
  });

  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await page.getByRole('combobox', { name: 'If it exists' }).selectOption('ask');
  await exportButton(page).click();
  const asked = page.getByRole('dialog', { name: 'This file exists' });
  await expect(asked).toContainText('country=DE/day_month=2026-01/sales.csv');
  await expectNoFindings(page, 'the question about an old file');
  await asked.getByRole('button', { name: 'Number the new one' }).click();
  await expect(asked).toContainText('country=FR/day_month=2026-02/sales.csv');
  await asked.getByRole('checkbox', { name: /The same for all/ }).check();
  await asked.getByRole('button', { name: 'Keep it if it is the same' }).click();
  await expect(page.getByRole('heading', { name: '5 files done' })).toBeVisible();
  const names = Object.keys(await filesIn(page));
  expect(names).toHaveLength(6);
  expect(names).toContain('country=DE/day_month=2026-01/sales (2).csv');
});

test('an export that is stopped at the question leaves the folder as it was', async ({ page }) => {
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'sales.csv is done' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await page.getByRole('combobox', { name: 'If it exists' }).selectOption('ask');
  await exportButton(page).click();
  const asked = page.getByRole('dialog', { name: 'This file exists' });
  await asked.getByRole('button', { name: 'Stop the export' }).click();
  await expect(page.getByText(/Cancelled; no file was left/)).toBeVisible();
  expect(await filesIn(page)).toEqual({ 'sales.csv': SALES });

  await page.getByRole('combobox', { name: 'If it exists' }).selectOption('append');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'sales.csv is done' })).toBeVisible();
  const rows = SALES.split('\n').slice(1).join('\n');
  expect(await filesIn(page)).toEqual({ 'sales.csv': SALES + rows });
});

function filesIn(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: [string, string][] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      const entries = (
        folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }
      ).entries();
      for await (const [name, handle] of entries)
        if (handle.kind === 'directory')
          await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
        else {
          const file = await (handle as FileSystemFileHandle).getFile();
          found.push([path + name, await file.text()]);
        }
    };
    const root = await navigator.storage.getDirectory();
    await walk(await root.getDirectoryHandle('exports'), '');
    return Object.fromEntries(found);
  });
}
