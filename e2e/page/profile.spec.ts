// Profiling the whole file from the schema: counts of all rows, extremes, frequent values, and what does not fit with its line.
import { readFileSync } from 'node:fs';
import { expect, test } from '../harness.ts';
import { exportButton, openFile } from './studio.ts';

test('profiles the whole file, and tells what does not fit its type', async ({ page }) => {
  const rows = Array.from({ length: 60_000 }, (_, i) =>
    i === 50_000 ? 'oops,never,1' : `${i},${['red', 'green', 'blue'][i % 3]!},${i % 11}`,
  );
  await page.goto('/');
  await openFile(page, 'colours.csv', `id,colour,digit\n${rows.join('\n')}\n`);
  await page.getByRole('tab', { name: 'Schema' }).click();
  await page.getByRole('button', { name: 'Profile the whole file' }).click();
  await expect(page.getByText(/^All 60,000\srows, in /)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/From the whole file, 60,000/)).toBeVisible();
  await page.getByRole('button', { name: 'id', exact: true }).click();
  await expect(page.getByText('Do not fit the type')).toBeVisible();
  await expect(page.getByText(/oops\s*line 50,002/)).toBeVisible();
  await expect(page.getByText('Standard deviation')).toBeVisible();
  await page.getByRole('button', { name: 'colour', exact: true }).click();
  await expect(page.getByText('20,000').first()).toBeVisible();
  // What was found stays while one looks elsewhere.
  await page.getByRole('tab', { name: 'Rows' }).click();
  await page.getByRole('tab', { name: 'Schema' }).click();
  await expect(page.getByText(/^All 60,000\srows, in /)).toBeVisible();
});

test('saves all problem rows from the receipt', async ({ page }) => {
  await page.goto('./');
  const rows = Array.from({ length: 3_000 }, (_, i) => (i % 2 ? `${i},a` : `x${i},"b, c"`));
  await openFile(page, 'mixed.csv', `n,t\n${rows.join('\n')}\n`);
  await page.getByRole('tab', { name: 'Schema' }).click();
  await page.getByRole('combobox', { name: 'Type of n', exact: true }).selectOption('int64');
  await expect(page.getByText('1,500').first()).toBeVisible();
  const exported = page.waitForEvent('download');
  await exportButton(page).click();
  await exported;
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Save all 1,500\srows with problems/ }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/-problem-rows\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(1_501);
  expect(text).toContain(',"x0,""b, c"""');
  await expect(page.getByText(/^1,500\srows in /)).toBeVisible();
});
