// Outputs that only some may read, from the page: opened by the programs of others, and the secret nowhere but in them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Decrypter } from 'age-encryption';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const CSV = 'id,name\n007,"a, b"\n1.10,\n';
const SECRET = 'correct horse battery staple';

async function choose(page: Page, group: string, label: string): Promise<void> {
  await page
    .getByRole('radiogroup', { name: group })
    .or(page.getByRole('group', { name: group }))
    .getByText(label, { exact: true })
    .click();
}

async function exported(page: Page, name: string): Promise<Buffer> {
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  const bytes = await storedFile(page, name);
  expect(bytes).not.toBeNull();
  return bytes!;
}

/** Everything the page keeps, as text. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: unknown[] = [location.href, { ...localStorage }];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        found.push(
          await new Promise((resolve) => (request.onsuccess = () => resolve(request.result))),
        );
      }
      database.close();
    }
    return JSON.stringify(found);
  });
}

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Delivery').click();
});

test('a zip with a password is opened by 7z with it, and with no other', async ({ page }) => {
  await choose(page, 'Compression', 'ZIP');
  await page.getByLabel('Password').fill(SECRET);
  await expectGood(page, 'a password');
  const bytes = await exported(page, 'orders.zip');
  expect(await kept(page)).not.toContain(SECRET);
  const folder = mkdtempSync(join(tmpdir(), 'page-zip-'));
  try {
    const path = join(folder, 'orders.zip');
    writeFileSync(path, bytes);
    const read = (password: string) => spawnSync('7z', ['x', '-so', `-p${password}`, path]);
    expect(read('wrong').status).not.toBe(0);
    expect(String(read(SECRET).stdout)).toBe(CSV);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('age asks who may read it, and takes a passphrase', async ({ page }) => {
  await choose(page, 'Encryption', 'age');
  await expect(
    page.getByText('The encryption names nobody who may read the file.').first(),
  ).toBeVisible();
  await page.getByLabel('Passphrase').fill(SECRET);
  await expect(page.getByText('The encryption names nobody who may read the file.')).toHaveCount(0);
  await expectGood(page, 'a passphrase');
  const bytes = await exported(page, 'orders.csv.age');
  expect(await kept(page)).not.toContain(SECRET);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(SECRET);
  expect(await decrypter.decrypt(bytes, 'text')).toBe(CSV);
});

test('Brotli and Zstandard are made in the page', async ({ page }) => {
  await choose(page, 'Compression', 'Zstandard');
  const packed = await exported(page, 'orders.csv.zst');
  expect(String(spawnSync('zstd', ['-dc'], { input: packed }).stdout)).toBe(CSV);
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await choose(page, 'Compression', 'Brotli');
  expect((await exported(page, 'orders.csv.br')).length).toBeGreaterThan(0);
});
