// A folder let go over the page is one source of all files beneath it; single files beside it stay what they are.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

let folder: string;
test.beforeEach(async ({ page }) => {
  folder = await mkdtemp(join(tmpdir(), 'drop-'));
  await stubFilePicker(page);
});
test.afterEach(() => rm(folder, { recursive: true }));

/** As a person does it: the browser itself hands files and folders of the disk over. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  // Nobody drops anything on a page that is not there yet.
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
}

test('a folder is read as one, with what lies in folders of it', async ({ page }) => {
  const parts = join(folder, 'parts');
  await mkdir(join(parts, '2026'), { recursive: true });
  await writeFile(join(parts, '.DS_Store'), 'x');
  await writeFile(join(parts, 'a.csv'), 'id,name\n1,first\n');
  await writeFile(join(parts, '2026', 'b.csv'), 'id,name\n2,second\n');
  await writeFile(join(folder, 'alone.csv'), 'x\n9\n');
  await page.goto('./');
  await drop(page, parts, join(folder, 'alone.csv'));
  await expect(step(page, 'Delivery')).toBeVisible();
  const rail = page.getByRole('complementary');
  await expect(rail.getByRole('button', { name: /^parts/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(rail.getByRole('button', { name: /^alone\.csv/ })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'second' })).toBeVisible();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  const text = String(await storedFile(page, 'parts.csv'));
  expect(text).toContain('1,first');
  expect(text).toContain('2,second');
});

test('an empty folder is told, and nothing is opened', async ({ page }) => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await page.goto('./');
  await drop(page, empty);
  await expect(page.getByRole('alert')).toContainText('There are no files in “empty”');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a folder is opened with the picker, or with a field where there is none', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      async showDirectoryPicker() {
        if (!navigator.userActivation.isActive)
          throw new DOMException('Must be handling a user gesture', 'SecurityError');
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('picked', { create: true });
        const inner = await folder.getDirectoryHandle('2026', { create: true });
        for (const [place, name, text] of [
          [folder, 'a.csv', 'id,name\n1,first\n'],
          [inner, 'b.csv', 'id,name\n2,second\n'],
        ] as const) {
          const handle = await place.getFileHandle(name, { create: true });
          const writable = await handle.createWritable();
          await writable.write(text);
          await writable.close();
        }
        return folder;
      },
    });
  });
  await page.goto('./');
  await page.getByRole('button', { name: 'Open folder' }).click();
  const rail = page.getByRole('complementary');
  await expect(rail.getByRole('button', { name: /^picked/ })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'second' })).toBeVisible();

  const parts = join(folder, 'other');
  await mkdir(parts);
  await writeFile(join(parts, 'c.csv'), 'id,name\n3,third\n');
  await page.goto('./');
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'showDirectoryPicker'));
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open folder' }).click();
  await (await choosing).setFiles(parts);
  await expect(rail.getByRole('button', { name: /^other/ })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'third' })).toBeVisible();
});

test('of the files in a zip one is chosen, or all as one table', async ({ page }) => {
  const months = zipSync({
    'jan.csv': strToU8('id,city\n1,Lima\n2,Rome\n'),
    'feb [2].csv': strToU8('id,city\n3,Oslo\n'),
  });
  await page.goto('./');
  await openFile(page, 'months.zip', Buffer.from(months));
  const choice = page.getByRole('combobox', { name: 'File', exact: true });
  await expect(choice).toBeVisible();
  await choice.selectOption('feb [2].csv');
  await expect(page.getByRole('gridcell', { name: 'Oslo' })).toBeVisible();
  await expect(step(page, 'Data')).toContainText('1 row');
  await page.getByRole('button', { name: 'How it is read' }).click();
  await page.getByRole('button', { name: 'Choose again' }).click();
  await choice.selectOption('All 2 as one table');
  await expect(page.getByRole('gridcell', { name: 'Lima' })).toBeVisible();
  await expect(step(page, 'Data')).toContainText('3 rows');
});
