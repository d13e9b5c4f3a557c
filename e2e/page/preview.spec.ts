// The preview by the real engine: rows by keyboard, bytes as text and hex, the schema, losses with their way out, wide tables.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { openFile, step, stubFilePicker, uglyCsv } from './studio.ts';

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const output = (page: Page) => page.getByRole('region', { name: 'First bytes of the export' });

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
});

test('rows are walked by keyboard: one tab stop, a value copied, filtered by, a column left out', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openFile(page, 'orders.csv', uglyCsv(3000));
  const grid = page.getByRole('grid', { name: 'First rows of the export' });
  await expect(grid).toBeVisible();
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
  await expect(page.getByText(/^Row 1 to \d+ of 3,000$/)).toBeVisible();
  await grid.locator('[tabindex="0"]').focus();
  const here = (text: string | RegExp) =>
    expect(page.locator('[role=grid] :focus')).toHaveText(text);
  await here('0001412903');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await here('2026-03-02 21:51:40');
  await page.keyboard.press('End');
  await here('1');
  await page.keyboard.press('Control+ArrowDown');
  await here('199');
  await page.keyboard.press('Control+Home');
  await here('0001412903');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Row copied')).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    '0001412903\t2026-03-01 21:50:40\tMüller & Söhne, GmbH\tDE\tpaid\t0\t0.00\t"line one\nline two"',
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Cell copied')).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0001412903');

  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await here('paid');
  await page.keyboard.press('f');
  await expect(page.getByText(/^Row 1 to \d+ of 1,000$/)).toBeVisible();
  await expect(page.getByText('2,000 filtered out, 0 rejected')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('[role=columnheader]:focus')).toHaveAccessibleName(/^status, text/);
  await page.keyboard.press('Backspace');
  await expect(step(page, 'Data')).toContainText('11 of 12 columns');
  await expect(page.getByRole('columnheader', { name: /^status/ })).toHaveCount(0);
});

test('columns are as wide as their values ask, and names are cut at 200', async ({ page }) => {
  await openFile(page, 'orders.csv', uglyCsv(300));
  const cut = page.getByRole('gridcell').filter({ hasText: /^0001412|^2026-03/ });
  await expect.poll(() => cut.count()).toBeGreaterThan(20);
  const widths = await cut.evaluateAll((cells) =>
    cells.map((cell) => [cell.scrollWidth, cell.clientWidth]),
  );
  expect(widths.length).toBeGreaterThan(20);
  for (const [needed, has] of widths) expect(needed).toBe(has);
  const long = page.getByRole('columnheader', { name: /^Kunde_oder_Firma/ });
  expect((await long.boundingBox())!.width).toBe(200);
});

test('cut values are whole on Enter, and Escape leads back', async ({ page }) => {
  await openFile(page, 'long.csv', `a,b\n1,${'x'.repeat(700)}\n`);
  await page.getByRole('gridcell', { name: /^xxx/ }).click();
  await page.keyboard.press('Enter');
  const whole = page.getByRole('group', { name: 'The whole value of b' });
  await expect(whole).toBeVisible();
  await expect(whole).toContainText('The first 500 characters');
  await page.keyboard.press('Escape');
  await expect(whole).toBeHidden();
  await expect(page.getByRole('gridcell', { name: /^xxx/ })).toBeFocused();
});

test('the end of the sample and rows with problems stand beside the first rows', async ({
  page,
}) => {
  await openFile(page, 'orders.csv', uglyCsv(3000));
  await page.getByText('Last', { exact: true }).click();
  const last = page.getByRole('grid', { name: 'Last rows of the sample' });
  await expect(last).toBeVisible();
  await expect(page.getByText('The end of the sample, not of the source').first()).toBeVisible();
  await expect(page.getByText(/^Row 2,951 to /)).toBeVisible();
  await tab(page, 'Schema').click();
  await page.getByRole('combobox', { name: 'Type of note', exact: true }).selectOption('int64');
  await tab(page, 'Losses').click();
  const lost = page.getByRole('region', { name: 'What the output cannot hold' });
  await expect(lost).toContainText('Rows are left out, because a value does not fit.');
  await lost.getByRole('button', { name: 'Show rows' }).click();
  const problems = page.getByRole('table', { name: 'Problem rows' });
  await expect(problems).toContainText('“line one line two” on line 2 is not of type int64');
  await expect(page.getByText(/rows of 1,\d{3}$/)).toBeVisible();
});

test('losses are counted over all rows, and one click takes one away', async ({ page }) => {
  await openFile(page, 'formulas.csv', `a,b\n${'1,=1+1\n2,x\n'.repeat(50)}`);
  await expect(tab(page, 'Losses')).toHaveText('Losses 1');
  await tab(page, 'Losses').click();
  const losses = page.getByRole('region', { name: 'What the output cannot hold' });
  await expect(losses).toContainText(/50\s*values/);
  await expect(page.getByText('Counted over all 100 rows')).toBeVisible();
  await losses.getByRole('button', { name: 'Leave exact' }).click();
  await expect(losses).toContainText('Nothing is lost or changed in 100 rows.');
  await expect(tab(page, 'Losses')).toHaveText('Losses');
});

test('bytes are shown as text and as hex, with the end of the sample', async ({ page }) => {
  await openFile(page, 'orders.csv', uglyCsv(3000));
  await step(page, 'Delivery').click();
  await page.getByRole('checkbox', { name: 'Byte order mark' }).click();
  await tab(page, 'Output').click();
  await expect(output(page)).toContainText('BOM');
  await expect(output(page)).toContainText('LF');
  await output(page).evaluate((region) => region.scrollTo(0, region.scrollHeight));
  await expect(output(page)).toContainText('The end of the sample');
  await expect(output(page)).toContainText('0001409904');
  await expect(
    page.getByText(/^First 8\.19\skB and the last [\d.]+\skB of the sample, of /),
  ).toBeVisible();
  await page.getByText('Bytes', { exact: true }).click();
  await expect(output(page)).toContainText('00000000  ef bb bf 6f 72 64 65 72');
});

test('no rows and no columns say so', async ({ page }) => {
  await openFile(page, 'empty.csv', 'a,b\n');
  await expect(page.getByText('The source has no rows.')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /^a,/ })).toBeVisible();
  await tab(page, 'Output').click();
  await expect(output(page)).toContainText('a,b');
  await tab(page, 'Losses').click();
  await expect(page.getByText('Nothing is lost or changed in 0 rows.')).toBeVisible();
});

test('a table of 20,000 columns shows those in sight, up to its last', async ({ page }) => {
  const names = Array.from({ length: 20_000 }, (_, i) => `c${i}`);
  const row = names.map((_, i) => i).join(',');
  await openFile(page, 'wide.csv', `${names.join(',')}\n${`${row}\n`.repeat(20)}`);
  await page.getByRole('gridcell', { name: '0', exact: true }).first().click();
  await page.keyboard.press('End');
  await expect(page.getByRole('gridcell', { name: '19999', exact: true }).first()).toBeFocused();
  expect(await page.getByRole('gridcell').count()).toBeLessThan(600);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`each tab is for everyone at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await openFile(page, 'orders.csv', uglyCsv(300));
    if (width <= 720) await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Last', { exact: true }).click();
    await expectGood(page, 'last rows');
    await tab(page, 'Output').click();
    await page.getByRole('checkbox', { name: 'Wrap' }).click();
    await expectGood(page, 'wrapped output');
    await tab(page, 'Schema').click();
    await page.getByRole('button', { name: 'unit_price', exact: true }).click();
    await expectGood(page, 'a column opened');
    await page.getByRole('button', { name: 'status', exact: true }).click();
    await expectGood(page, 'a column of text opened');
    await page.getByRole('combobox', { name: 'Type of note', exact: true }).selectOption('int64');
    await tab(page, 'Losses').click();
    await expect(page.getByRole('button', { name: 'Show rows' })).toBeVisible();
    await expectGood(page, 'losses');
    await page.getByRole('button', { name: 'Show rows' }).click();
    await expectGood(page, 'problem rows');
  });
