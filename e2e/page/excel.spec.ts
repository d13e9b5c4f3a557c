// A workbook in the page: its sheets and tables are read as rows, and what is no workbook says so.
import { readFileSync } from 'node:fs';
import { expect, test } from '../harness.ts';
import { openFile } from './studio.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../src/sources/excel/fixtures/${name}.xlsx`, import.meta.url));

test('a workbook shows the rows of its sheet, or of another table of it', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'every-kind.xlsx', fixture('every-kind'));
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('Ärger & <Öl>')).toBeVisible();
  await expect(page.getByText('Error values became null.')).toBeVisible();
  await page.getByText('How it is read').click();
  await page.getByLabel('Sheet', { exact: true }).selectOption('Facts');
  await expect(page.getByText('3 rows, 3 columns').first()).toBeVisible();
  await expect(page.getByText('Error values became null.')).toBeHidden();
});

test('an old workbook says what to do', async ({ page }) => {
  await page.goto('./');
  const old = Buffer.alloc(1536);
  old.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  old.writeUInt16LE(9, 30);
  old.writeUInt32LE(1, 48);
  old.write('Workbook', 1024, 'utf16le');
  await page
    .getByTestId('file')
    .setInputFiles({ name: 'old.xls', mimeType: 'application/vnd.ms-excel', buffer: old });
  await expect(page.getByText(/workbook of Excel 97 to 2003/).first()).toBeVisible();
  await expect(page.getByText(/save it as an Excel workbook/).first()).toBeVisible();
});
