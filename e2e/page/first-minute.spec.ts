// The first minute: samples, paste, made-up rows, several files at once; the keys and the palette that find everything.
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

async function expectNoFindings(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes[0]?.html}`)).toEqual([]);
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', given);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
}

for (const name of ['orders', 'agents', 'commands'])
  test(`the sample ${name} opens with one click, and is what it says`, async ({ page }) => {
    const file = new URL(`../../public/samples/${name}.csv`, import.meta.url);
    const bytes = await readFile(file);
    expect(bytes.length).toBeLessThanOrEqual(60_000);
    await stubFilePicker(page);
    await page.goto('./');
    const row = page.getByRole('row', { name: new RegExp(`^${name}`, 'i') });
    const [rows, columns] = await row.getByRole('cell').allTextContents();
    await row.getByRole('button').click();
    await expect(step(page, 'Data')).toContainText(`${rows} rows, ${columns} columns`);
    // Untouched, it comes out as it went in, but for what the plan says it changes.
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name: `${name}.csv is done` })).toBeVisible();
    expect((await storedFile(page, `${name}.csv`))!.length).toBeGreaterThan(bytes.length / 2);
  });

test('a pasted table and pasted lines become inputs; a single word does not', async ({ page }) => {
  await page.goto('./');
  await paste(page, 'hello');
  await expect(page.getByRole('heading', { name: 'Drop files' })).toBeVisible();
  await paste(page, 'id\tname\n1\tZoë\n2\tأمل\n');
  await expect(step(page, 'Data')).toContainText('2 rows, 2 columns');
  await expect(page.getByRole('button', { name: /^pasted\.csv/ })).toBeVisible();
  await paste(page, 'first\nsecond\nthird');
  await expect(page.getByRole('button', { name: /^pasted\.txt/ })).toBeVisible();
});

test('rows are made up by shape, count and seed', async ({ page }) => {
  await page.goto('./');
  const form = page.getByRole('form', { name: 'Or make your own' });
  await form.getByRole('textbox', { name: 'Rows' }).fill('999');
  await expect(form.getByText('A whole number from 1,000 to 100,000,000.')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Make rows' })).toBeDisabled();
  await form.getByRole('radio', { name: '100,000', exact: true }).check({ force: true });
  await form.getByRole('combobox', { name: 'Shape' }).selectOption('commands');
  await form.getByRole('button', { name: 'Make rows' }).click();
  await expect(page.getByRole('button', { name: /^commands-100000\.csv/ })).toBeVisible();
  await expect(step(page, 'Data')).toContainText('rows');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('several files at once are all open', async ({ page }) => {
  await page.goto('./');
  await page.getByTestId('file').setInputFiles([
    { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a\n1\n') },
    { name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from('b\n1\n2\n') },
  ]);
  const sources = page.getByRole('complementary', { name: 'Source' });
  await expect(sources.getByRole('button', { name: /^a\.csv/ })).toBeVisible();
  await sources.getByRole('button', { name: /^b\.csv/ }).click();
  await expect(step(page, 'Data')).toContainText('2 rows, 1 column');
});

test('keys: steps, tabs, regions, the list of all keys, and letters switched off', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', 'id,name\n1,a\n2,b\n');
  await page.keyboard.press('2');
  await expect(step(page, 'Data')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('o');
  await expect(page.getByRole('tab', { name: 'Output' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tab', { name: 'Output' })).toBeFocused();
  await page.keyboard.press('F6');
  const inRegion = (region: string) =>
    page.evaluate(
      (name) =>
        document.activeElement?.closest('[data-region]')?.getAttribute('data-region') === name,
      region,
    );
  expect(await inRegion('run')).toBe(true);
  await page.keyboard.press('Shift+F6');
  expect(await inRegion('preview')).toBe(true);

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'All keys' });
  await expect(keys.getByRole('row', { name: 'Export Ctrl ↵' })).toBeVisible();
  await expectNoFindings(page, 'keys');
  await keys.getByRole('switch', { name: 'Keys that are one character' }).click();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await page.keyboard.press('r');
  await expect(page.getByRole('tab', { name: 'Output' })).toHaveAttribute('aria-selected', 'true');
  // Remembered, and the others still work.
  await page.reload();
  await openFile(page, 'orders.csv', 'id,name\n1,a\n2,b\n');
  await page.keyboard.press('2');
  await expect(step(page, 'Data')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('the palette finds formats, options and commands, and does them', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', 'id,name\n1,a\n2,b\n');
  const find = async (text: string) => {
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Search or run a command' });
    await expect(field).toBeFocused();
    await field.fill(text);
    await expect(page.getByRole('option').first()).toBeVisible();
  };
  await find('ndjson');
  await expectNoFindings(page, 'palette');
  await page.keyboard.press('Enter');
  await expect(step(page, 'Format')).toContainText('NDJSON');
  await find('undo');
  await page.keyboard.press('Enter');
  await expect(step(page, 'Format')).toContainText('CSV');
  await find('Line end');
  await page.keyboard.press('Enter');
  await expect(step(page, 'Options')).toHaveAttribute('aria-expanded', 'true');
  await find('zzzz').catch(() => {});
  await expect(page.getByText('Nothing is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a plan saved as a template is in the rail and is applied to the next file', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', 'id,name\n1,a\n2,b\n');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('ndjson');
  await expect(page.getByRole('option', { name: /NDJSON/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(step(page, 'Format')).toContainText('NDJSON');
  await page.keyboard.press('Control+s');
  await page.getByRole('textbox', { name: 'Name' }).fill('For the warehouse');
  await page.keyboard.press('Enter');
  const stored = page.getByRole('button', { name: /^For the warehouse/ });
  await expect(stored).toBeVisible();
  await page.reload();
  await stored.click();
  await expect(page.getByRole('status')).toContainText('“For the warehouse” is applied');
  await openFile(page, 'other.csv', 'id,name\n1,a\n');
  await expect(step(page, 'Format')).toContainText('NDJSON');
});
