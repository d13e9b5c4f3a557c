// Profiling the whole file from the schema: counts of all rows, extremes, frequent values, and what does not fit with its line.
import { readFileSync } from 'node:fs';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

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

test('types of the whole file are taken where they differ from those of its start', async ({
  page,
}) => {
  const rows = Array.from({ length: 60_000 }, (_, i) =>
    [i > 59_990 ? `x${i % 7}` : i, i > 59_990 ? '1.125' : '1.10', i % 3, 'a'].join(','),
  );
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'late.csv', `code,price,modulo,word\n${rows.join('\n')}\n`);
  await page.getByRole('tab', { name: 'Schema' }).click();
  await expect(page.getByText(/^From the start of the file, /)).toBeVisible();
  await page.getByRole('button', { name: 'Profile the whole file' }).click();
  await expect(page.getByText('2 columns have other types in the whole file')).toBeVisible();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name }).first();
  await expect(row('code')).toContainText('“x1” does not fit');
  await expect(row('modulo')).not.toContainText('Whole file');
  await expectGood(page, 'types of the whole file');
  await page.getByRole('button', { name: 'Take text for code' }).click();
  await expect(page.getByText('One column has another type in the whole file')).toBeVisible();
  // The others are told on by all rows; the one that is read in another way by its start.
  await expect(row('modulo')).toContainText('3');
  await expect(row('price')).toContainText('Whole file: float64');
  await page.getByRole('button', { name: 'Take it', exact: true }).last().click();
  await expect(page.getByText(/other? types? in the whole file/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByText('One column has another type in the whole file')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Take all' }).click();
  await step(page, 'Data').click();
  await expect(page.getByRole('button', { name: /^How code is read: text, set/ })).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^How price is read: float64, set/ }),
  ).toBeVisible();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'late.csv')).endsWith('x1,1.125,1,a\nx2,1.125,2,a\n')).toBe(
    true,
  );
});

test('duplicate rows are counted exactly, and anew once rows are read in another way', async ({
  page,
}) => {
  const rows = Array.from({ length: 5_000 }, (_, i) => `${i % 4_990},${i % 2 ? 'a' : 'b'}`);
  await page.goto('./');
  await openFile(page, 'twice.csv', `id,word\n${rows.join('\n')}\n`);
  await page.getByRole('tab', { name: 'Schema' }).click();
  const count = page.getByRole('button', { name: 'Count duplicate rows' });
  await count.click();
  await expect(page.getByText(/^10 of all 5,000\srows are like one before, in /)).toBeVisible();
  await expectGood(page, 'duplicates');
  await page.getByRole('combobox', { name: 'Type of word', exact: true }).selectOption('int64');
  await expect(count).toBeVisible();
  await count.click();
  await expect(page.getByText(/^No two of all 0\srows are the same/)).toBeVisible();
});
