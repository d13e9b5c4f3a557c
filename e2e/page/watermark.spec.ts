// Only rows added since the last run of a template: what a completed run has reached is kept with it, and nothing else moves it.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, holdWrites, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const rowsTo = (last: number): string =>
  `id,name\n${Array.from({ length: last }, (_, i) => `${i + 1},n${i + 1}\n`).join('')}`;

test.beforeEach(({ page }) => stubFilePicker(page));

const newRows = (page: Page) => page.getByRole('region', { name: 'New rows' });

async function exported(page: Page): Promise<string> {
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  const text = String(await storedFile(page, 'orders.csv')).replace('\ufeff', '');
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  return text;
}

async function saveAs(page: Page, name: string): Promise<void> {
  await newRows(page).getByRole('button', { name: 'Save as template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
}

const idsOf = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',')[0]!);

test('a template goes on where its last completed run ended, in this visit and the next', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', rowsTo(3));
  await step(page, 'Data').click();
  await newRows(page).getByRole('combobox').selectOption('id');
  await expect(newRows(page)).toContainText('all rows the first time');
  await expect(newRows(page)).toContainText('this plan is none yet');
  await expectGood(page, 'only new rows');
  await saveAs(page, 'daily');
  expect(idsOf(await exported(page))).toEqual(['1', '2', '3']);

  // The plan knows it at once: nothing new is left.
  await expect(newRows(page)).toContainText(/since today, \d\d:\d\d · id beyond 3/);
  expect(idsOf(await exported(page))).toEqual([]);

  // Another visit, and a file with more rows.
  await page.goto('./');
  await openFile(page, 'orders.csv', rowsTo(5));
  await page.getByRole('button', { name: /^daily/ }).click();
  await step(page, 'Data').click();
  await expect(newRows(page)).toContainText('id beyond 3');
  await expect(page.getByRole('region', { name: 'Preview' })).not.toContainText('n3');
  expect(idsOf(await exported(page))).toEqual(['4', '5']);
  await expect(newRows(page)).toContainText('id beyond 5');

  // Beginning anew is one click.
  await newRows(page).getByRole('button', { name: 'Begin with all rows again' }).click();
  await expect(newRows(page)).toContainText('all rows the first time');
  expect(idsOf(await exported(page))).toEqual(['1', '2', '3', '4', '5']);
});

test('a run that was cancelled moves nothing', async ({ page }) => {
  const free = await holdWrites(page, 0);
  await page.goto('./');
  await openFile(page, 'orders.csv', rowsTo(3));
  await step(page, 'Data').click();
  await newRows(page).getByRole('combobox').selectOption('id');
  await saveAs(page, 'daily');
  await exportButton(page).click();
  await page.getByRole('contentinfo').getByRole('button', { name: 'Cancel' }).click();
  await free();
  await expect(page.getByText(/no file was left behind/).first()).toBeVisible();
  await expect(newRows(page)).toContainText('all rows the first time');
});

test('files of templates hold no values', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', rowsTo(3));
  await step(page, 'Data').click();
  await newRows(page).getByRole('combobox').selectOption('id');
  await saveAs(page, 'daily');
  await exported(page);
  await expect(newRows(page)).toContainText('id beyond 3');
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /as JSON/ })
    .first()
    .click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  expect(text).toContain('"watermark"');
  expect(text).not.toContain('"watermarks"');
});
