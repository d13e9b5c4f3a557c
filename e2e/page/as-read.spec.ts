// The output as a receiver reads it, over every format: values known beforehand, what differs marked, sheets and bytes.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { openFile, step, stubFilePicker, uglyCsv } from './studio.ts';

const CSV = [
  'id,name,paid at,price',
  '9007199254740993,"Müller, GmbH",2026-03-01 21:50:40.123456,1.10',
  '-7,=1+1,2026-03-02 00:00:00.000001,12345.60',
].join('\n');

/** What stands in the cells of both rows, and which of them are marked, by each reader. */
const READ: Record<string, { rows: string[][]; marked: string[] }> = {
  CSV: { rows: rowsWith('2026-03-01 21:50:40.123456', "'=1+1"), marked: ["'=1+1"] },
  NDJSON: { rows: rowsWith('2026-03-01T21:50:40.123456'), marked: [] },
  JSON: { rows: rowsWith('2026-03-01T21:50:40.123456'), marked: [] },
  XML: { rows: rowsWith('2026-03-01 21:50:40.123456'), marked: [] },
  Markdown: { rows: rowsWith('2026-03-01 21:50:40.123456'), marked: [] },
  HTML: { rows: rowsWith('2026-03-01 21:50:40.123456'), marked: [] },
  SQLite: { rows: rowsWith('2026-03-01 21:50:40.123456'), marked: [] },
  Parquet: { rows: rowsWith('2026-03-01T21:50:40.123456'), marked: [] },
  Arrow: { rows: rowsWith('2026-03-01T21:50:40.123456'), marked: [] },
  Avro: { rows: rowsWith('2026-03-01T21:50:40.123456'), marked: [] },
  SQL: { rows: rowsWith('2026-03-01 21:50:40.123456'), marked: [] },
  'Text template': {
    // Nothing tells its values apart but their lines.
    rows: [
      ['9007199254740993, Müller, GmbH, 2026-03-01 21:50:40.123456, 1.10'],
      ['-7, =1+1, 2026-03-02 00:00:00.000001, 12345.60'],
    ],
    marked: [],
  },
  Excel: {
    rows: rowsWith('2026-03-01T21:50:40.123'),
    marked: ['2026-03-01T21:50:40.123', '2026-03-02T00:00:00'],
  },
};

function rowsWith(time: string, formula = '=1+1'): string[][] {
  return [
    ['9007199254740993', 'Müller, GmbH', time, '1.10'],
    ['-7', formula, '12345.60'],
  ];
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const looks = (page: Page) => page.getByRole('radiogroup', { name: 'Show as' });
const grid = (page: Page) => page.getByRole('grid', { name: 'The first rows as read' });
const formats = (page: Page) => page.getByRole('radiogroup', { name: 'Format', exact: true });

async function choose(page: Page, format: string): Promise<void> {
  if ((await step(page, 'Format').getAttribute('aria-expanded')) !== 'true')
    await step(page, 'Format').click();
  await formats(page).getByText(format, { exact: true }).click();
  await expect(step(page, 'Format')).toContainText(format);
}

async function show(page: Page, look: string): Promise<void> {
  await looks(page).getByText(look, { exact: true }).click();
}

const textsOf = (cells: Locator): Promise<string[]> =>
  cells.evaluateAll((all) => all.map((cell) => (cell.firstChild?.textContent ?? '').trim()));

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
});

test('every format shows what its reader has of it', async ({ page }) => {
  test.slow();
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Format').click();
  const listed = formats(page).getByRole('radio');
  await expect(listed).toHaveCount(Object.keys(READ).length);
  await tab(page, 'Output').click();
  for (const [format, { rows, marked }] of Object.entries(READ)) {
    await choose(page, format);
    await show(page, 'As read');
    await expect(grid(page), format).toBeVisible();
    for (const [i, cells] of rows.entries())
      for (const cell of cells)
        await expect(
          grid(page)
            .getByRole('row')
            .nth(i + 1)
            .getByRole('gridcell')
            .filter({ hasText: cell }),
          `${format}: ${cell}`,
        ).toHaveCount(1);
    const changed = grid(page).getByRole('gridcell').filter({ hasText: 'In the plan:' });
    // The marks of the format before stand until this one is read.
    await expect.poll(() => textsOf(changed), format).toEqual(marked);
  }
  await choose(page, 'Avro');
  await show(page, 'Bytes');
  await expect(page.getByRole('region', { name: 'First bytes' })).toContainText('4f 62 6a 01');
});

test('a changed value says both, pointed at or in focus', async ({ page }) => {
  await openFile(page, 'orders.csv', CSV);
  await tab(page, 'Output').click();
  await show(page, 'As read');
  await expect(page.getByText('1 value reads otherwise')).toBeVisible();
  const cell = grid(page).getByRole('gridcell', { name: /^'=1\+1/ });
  await expect(cell).toHaveAttribute('title', 'In the plan: =1+1');
  const both = page.getByText("Reads as '=1+1, in the plan =1+1 (name, row 2)");
  await cell.hover();
  await expect(both).toBeVisible();
  await grid(page).getByRole('gridcell').first().hover();
  await expect(both).toBeHidden();
  await grid(page).getByRole('gridcell').first().click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(cell).toBeFocused();
  await expect(both).toBeVisible();
});

test('a workbook is a sheet first; its look is kept for it alone', async ({ page }) => {
  await openFile(page, 'orders.csv', CSV);
  await choose(page, 'Excel');
  await tab(page, 'Output').click();
  const sheet = page.getByRole('region', { name: 'The sheet orders' });
  await expect(sheet.getByRole('columnheader').filter({ hasText: /^[A-D]$/ })).toHaveCount(4);
  const cell = (row: number, column: number) =>
    sheet.getByRole('row').nth(row).getByRole('cell').nth(column);
  await expect(cell(1, 0)).toHaveText('id');
  await expect(cell(1, 0)).toHaveCSS('font-weight', '600');
  await expect(cell(2, 0)).toHaveText('9007199254740993');
  await expect(cell(2, 2)).toHaveText('2026-03-01 21:50:40.123');
  await expect(cell(3, 3)).toHaveText('12345.60');
  await expect(cell(3, 3)).toHaveCSS('text-align', 'end');
  await show(page, 'XML');
  await expect(page.getByRole('region', { name: 'First bytes' })).toContainText('<worksheet');
  await looks(page).getByRole('radio', { name: 'XML' }).press('ArrowRight');
  // PK: a zip, as the workbook is packed.
  await expect(page.getByRole('region', { name: 'First bytes' })).toContainText('50 4b 03 04');
  await choose(page, 'Parquet');
  await expect(looks(page).getByRole('radio', { name: 'As read' })).toBeChecked();
  const facts = page.getByRole('complementary', { name: 'In the file' });
  await expect(facts.getByRole('row', { name: /^paid at snappy/ })).toBeVisible();
  await page.reload();
  await openFile(page, 'orders.csv', CSV);
  await choose(page, 'Excel');
  await tab(page, 'Output').click();
  await expect(looks(page).getByRole('radio', { name: 'Bytes' })).toBeChecked();
});

for (const [width, height, colorScheme] of [
  [1440, 900, 'light'],
  [390, 844, 'dark'],
] as const)
  test(`what is read is for everyone at ${width}, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openFile(page, 'orders.csv', uglyCsv(30));
    for (const format of ['Excel', 'SQLite', 'Parquet']) {
      if (width <= 720) await page.getByRole('button', { name: 'Plan', exact: true }).click();
      await choose(page, format);
      if (width <= 720) await page.getByRole('button', { name: 'Preview' }).click();
      await tab(page, 'Output').click();
      if (format === 'Excel') {
        await expect(page.getByRole('region', { name: 'The sheet orders' })).toBeVisible();
        await expectGood(page, 'a sheet');
        await show(page, 'As read');
      }
      await expect(grid(page)).toBeVisible();
      await expectGood(page, `${format} as read`);
    }
  });
