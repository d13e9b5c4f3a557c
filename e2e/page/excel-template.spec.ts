// A workbook of another writer with a chart and a pivot table, filled in the page; files that a plan names, in this visit and the next.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { lacksPython, runPython } from '../../src/formats/python.suite.ts';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

/** Saved by LibreOffice: a table on sheet 1 with a chart beside it, and a pivot table of it on sheet 2. */
const REPORT = readFileSync(
  new URL('../../src/formats/excel/template/fixtures/libreoffice.xlsx', import.meta.url),
);
const ORDERS = 'region,count,amount\nEast,3,7.25\nWest,4,0.5\nNorth & <co>,5,1\n';

const options = (page: Page) => page.locator('[data-option="template"]');
const target = (page: Page) => page.getByRole('combobox', { name: 'Rows of the template' });

async function openExcel(page: Page): Promise<void> {
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Format').click();
  await page
    .getByRole('radio', { name: /^Excel/ })
    .last()
    .click();
  await step(page, 'Options').click();
  await page.getByRole('button', { name: /^More/ }).click();
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await options(page)
    .getByRole('button', { name: /choose a file/ })
    .click();
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** The rows of a sheet as openpyxl reads them. */
async function rowsOf(workbook: Buffer): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'filled-'));
  try {
    const path = join(folder, 'filled.xlsx');
    await writeFile(path, workbook);
    const read = `import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
print(json.dumps([[list(row) for row in sheet.iter_rows(values_only=True)], sheet.tables["Table1"].ref,
  len(sheet._charts), [p.cache.cacheSource.worksheetSource.ref or p.cache.cacheSource.worksheetSource.name for p in book.worksheets[1]._pivots]]))`;
    return JSON.parse(runPython(read, '', path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('a workbook with a chart and a pivot table is filled, and the rest of it stays', async ({
  page,
}) => {
  test.skip(lacksPython('openpyxl'), 'openpyxl is not installed');
  await stubFilePicker(page);
  await page.goto('./');
  await openExcel(page);
  await expect(target(page)).toBeHidden();
  await choose(page, 'orders.csv', Buffer.from(ORDERS));
  await expect(options(page)).toContainText('“orders.csv” is none of these: .xlsx.');
  await choose(page, 'report.xlsx', REPORT);
  await expect(options(page)).toContainText(/report\.xlsx\s*\d+/);
  await expect(target(page).getByRole('option', { selected: true })).toHaveText(
    'The only table: Table1',
  );
  await expect(target(page).getByRole('option')).toContainText([
    'The only table: Table1',
    /^Sheet .*, from A4 on/,
    'Another place …',
  ]);
  await expectGood(page, 'a template', '[data-option="template"]');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.xlsx is done' })).toBeVisible();

  const made = (await storedFile(page, 'orders.xlsx'))!;
  const [before, after] = [unzipSync(REPORT), unzipSync(made)];
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
  const changed = Object.keys(before).filter(
    (part) => !after[part]!.every((b, i) => b === before[part]![i]),
  );
  expect(changed.toSorted()).toEqual([
    'xl/charts/chart1.xml',
    // Anchors below the first of the rows move.
    'xl/drawings/drawing1.xml',
    'xl/pivotCache/pivotCacheDefinition1.xml',
    'xl/tables/table1.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  expect(await rowsOf(made)).toEqual([
    [
      ['region', 'count', 'amount'],
      ['East', 3, 7.25],
      ['West', 4, 0.5],
      ['North & <co>', 5, 1],
    ],
    'A1:C4',
    1,
    ['A1:C4'],
  ]);
});

test('a plan asks for its file again, and says what stands in the way of its rows', async ({
  page,
}) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openExcel(page);
  await choose(page, 'report.xlsx', REPORT);
  await target(page).selectOption('Another place …');
  await page.getByRole('textbox', { name: 'Rows of the template' }).fill('Nowhere');
  await expect(page.getByText(/no table, name or sheet for “Nowhere”/).first()).toBeVisible();
  await target(page).selectOption('The only table: Table1');
  await expect(page.getByText(/no table, name or sheet/)).toHaveCount(0);
  await page.keyboard.press('Control+S');
  await page.getByRole('dialog').getByRole('textbox').fill('monthly report');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /monthly report/ })).toBeVisible();

  await options(page)
    .getByRole('button', { name: /^Clear/ })
    .click();
  await expect(target(page)).toBeHidden();
  await page.keyboard.press('Control+Z');
  await expect(options(page)).toContainText('report.xlsx');

  await page.reload();
  await openFile(page, 'orders.csv', ORDERS);
  await page.getByRole('button', { name: /monthly report/ }).click();
  await step(page, 'Options').click();
  await expect(options(page)).toContainText(
    '“report.xlsx” is not open in this window: plans keep the name of a file, not what is in it. Choose it again.',
  );
  await expectGood(page, 'a template that is not there', '[data-option="template"]');
  await choose(page, 'report.xlsx', REPORT);
  await expect(options(page)).not.toContainText('Choose it again');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.xlsx is done' })).toBeVisible();
  expect(Object.keys(unzipSync((await storedFile(page, 'orders.xlsx'))!))).toContain(
    'xl/pivotTables/pivotTable1.xml',
  );
  await expect(page.getByText(/--format\.template report\.xlsx/)).toBeVisible();
});

test('an image and a password of protected sheets', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openExcel(page);
  const images = page.getByRole('group', { name: 'Images' });
  const choosing = page.waitForEvent('filechooser');
  await images.getByRole('button', { name: 'Add an image: choose a file' }).click();
  const logo = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP8z8AARCDEAAAQDgEBsR0d0gAAAABJRU5ErkJggg==',
    'base64',
  );
  await (await choosing).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
  const image = images.getByRole('group', { name: 'Image 1' });
  await expect(image).toContainText('logo.png');
  await image.getByRole('textbox', { name: 'Cell of image 1' }).fill('5F');
  await expect(page.getByText(/is no cell, such as F2/).first()).toBeVisible();
  await image.getByRole('textbox', { name: 'Cell of image 1' }).fill('F5');
  await expect(page.getByText(/is no cell, such as F2/)).toHaveCount(0);
  await image.getByRole('textbox', { name: 'Width in pixels of image 1' }).fill('150');

  await page.getByRole('switch', { name: 'Protect sheets' }).click();
  await page.getByLabel('Password', { exact: true }).fill('open sesame');
  await expectGood(page, 'an image and a password', '[data-option="images"]');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.xlsx is done' })).toBeVisible();
  const parts = unzipSync((await storedFile(page, 'orders.xlsx'))!);
  const text = (name: string) => Buffer.from(parts[name]!).toString();
  expect(Buffer.from(parts['xl/media/image1.png']!)).toEqual(logo);
  expect(text('xl/drawings/drawing1.xml')).toContain(
    '<xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row>',
  );
  expect(text('xl/drawings/drawing1.xml')).toContain(
    `<xdr:ext cx="${150 * 9525}" cy="${100 * 9525}"/>`,
  );
  expect(text('xl/worksheets/sheet1.xml')).toMatch(
    /<sheetProtection algorithmName="SHA-512" hashValue="[\w+/]{86}==" saltValue="[\w+/]{22}==" spinCount="100000" sheet="1"/,
  );
  await page.getByRole('button', { name: 'Copy as JSON' }).click();
  expect(await page.content()).not.toContain('open sesame');
});
