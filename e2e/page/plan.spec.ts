// The four steps on the real engine: two clicks to a file, prices of formats, conditions and their text, stretches of time, data sets, presets, conflicts, names and files.
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step } from './studio.ts';

const ORDERS = [
  'order_no,day,country,amount,note',
  '0001412903,2026-03-01,DE,1.10,=1+1',
  '0001412904,2026-03-02,FR,2.00,',
  '0001412905,2026-03-03,DE,3.50,plain',
  '0001412906,2026-04-01,EG,4.00,plain',
  '',
].join('\r\n');

test('two clicks from an open CSV to a saved NDJSON', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await page.getByRole('radiogroup', { name: 'Format at once' }).getByText('NDJSON').click();
  const downloaded = page.waitForEvent('download');
  await exportButton(page).click();
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('orders.ndjson');
  const { readFile } = await import('node:fs/promises');
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(JSON.parse(lines[1]!)).toEqual({
    order_no: '0001412904',
    day: '2026-03-02',
    country: 'FR',
    amount: 2,
    note: null,
  });
});

test('conditions are relative to today, and blind to case and accents where wanted', async ({
  page,
}) => {
  const dayAgo = (days: number): string =>
    new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  const rows = [`Zoë,${dayAgo(0)}`, `ZOE,${dayAgo(1)}`, `zoé,${dayAgo(29)}`, `Øre,${dayAgo(30)}`];
  await page.goto('./');
  await openFile(page, 'people.csv', `name,day\n${rows.join('\n')}\n`);
  await step(page, 'Data').click();
  const text = page.getByRole('textbox', { name: 'Filter as text' });
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('combobox', { name: 'Value for name' }).fill('zoe');
  await page.getByRole('button', { name: 'Ignore case of name' }).click();
  await expect(step(page, 'Data')).toContainText('1 of 4 rows');
  await page.getByRole('button', { name: 'Ignore accents of name' }).click();
  await expect(text).toHaveValue("name = 'zoe' ignoring case and accents");
  await expect(step(page, 'Data')).toContainText('3 of 4 rows');

  await page.getByRole('combobox', { name: 'Column, now name' }).selectOption({ label: 'day' });
  const comparison = page.getByRole('combobox', { name: 'Comparison of day' });
  await comparison.selectOption({ label: 'in the last' });
  await expect(text).toHaveValue('day in last 30 days');
  await expect(step(page, 'Data')).toContainText('3 of 4 rows');
  const count = page.getByRole('textbox', { name: 'How many, for day' });
  await count.fill('0');
  await expect(page.getByText(/“0” is no count/)).toBeVisible();
  await count.fill('6');
  const unit = page.getByRole('combobox', { name: 'Unit of time for day' });
  expect((await unit.boundingBox())!.width).toBeGreaterThan(100);
  await unit.selectOption('week');
  await expect(text).toHaveValue('day in last 6 weeks');
  await expect(step(page, 'Data')).toContainText('4 rows');
  await comparison.selectOption({ label: 'falls into' });
  await page.getByRole('combobox', { name: 'Period of day' }).selectOption({ label: 'yesterday' });
  await expect(text).toHaveValue('day is yesterday');
  await expect(step(page, 'Data')).toContainText('1 of 4 rows');
  await text.fill("day in last 2 days and name starts with 'zo' ignoring case and accents");
  await expect(count).toHaveValue('2');
  await expect(step(page, 'Data')).toContainText('2 of 4 rows');
});

test.describe('with a file open', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('./');
    await openFile(page, 'orders.csv', ORDERS);
  });

  test('formats show size, time and losses; one is recommended for Excel, with its reason and its mark', async ({
    page,
  }) => {
    await step(page, 'Format').click();
    const csv = page.getByRole('radio', { name: 'CSV .csv' });
    await expect(csv).toBeChecked();
    await expect(csv).toHaveAccessibleDescription(/\d+\sB \d+\sms 1$/);
    await expect(
      page.getByRole('radio', { name: 'JSON .json', exact: true }),
    ).toHaveAccessibleDescription(/\d+\sB \d+\sms 0$/);
    await page.getByRole('radiogroup', { name: 'For', exact: true }).getByText('Excel').click();
    await expect(page.getByText('The leading zeros of order_no stay, as text.')).toBeVisible();
    await page.getByRole('button', { name: 'Take Excel', exact: true }).click();
    await expect(step(page, 'Format')).toContainText('Excel');
    await page
      .getByRole('radiogroup', { name: 'For', exact: true })
      .getByText('A database')
      .click();
    await page.getByRole('button', { name: 'Take CSV, RFC 4180' }).click();
    await expect(step(page, 'Options')).toContainText('RFC 4180');
    await step(page, 'Options').click();
    await page.getByRole('radio', { name: /^Excel-friendly/ }).check();
    await step(page, 'Format').click();
    await expect(step(page, 'Delivery')).toContainText('UTF-8 with a byte order mark');
    // Another format does not keep what the preset had set.
    await page.getByRole('radio', { name: /^NDJSON/ }).click();
    await expect(step(page, 'Delivery')).not.toContainText('byte order mark');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(step(page, 'Delivery')).toContainText('byte order mark');
  });

  test('conditions and text are one filter, counted alone and together', async ({ page }) => {
    await step(page, 'Data').click();
    const text = page.getByRole('textbox', { name: 'Filter as text' });
    await page.getByRole('button', { name: 'Add condition' }).click();
    const column = page.getByRole('combobox', { name: /^Column, now/ });
    await expect(column).toBeFocused();
    await column.selectOption({ label: 'amount' });
    await page
      .getByRole('combobox', { name: 'Comparison of amount' })
      .selectOption({ label: 'at least' });
    await expect(page.getByText(/A value is needed/)).toBeVisible();
    await expect(text).toHaveValue('');
    const value = page.getByRole('combobox', { name: 'Value for amount' });
    await value.fill('two');
    await expect(page.getByText(/“two” is no number/)).toBeVisible();
    await expect(text).toHaveValue('');
    await value.fill('2');
    await expect(text).toHaveValue('amount >= 2');
    await expect(step(page, 'Data')).toContainText('3 of 4 rows');
    const condition = page.getByRole('group', { name: 'Condition on amount' });
    await expect(condition).toContainText('3');

    await page.getByRole('button', { name: 'Add group' }).click();
    await page
      .getByRole('combobox', { name: 'Column, now order_no' })
      .selectOption({ label: 'country' });
    await page
      .getByRole('combobox', { name: 'Comparison of country' })
      .selectOption({ label: 'is one of' });
    const values = page.getByRole('combobox', { name: 'Another value for country' });
    await values.fill('DE');
    await values.press('Enter');
    await values.fill('EG');
    await values.press('Enter');
    await expect(text).toHaveValue("amount >= 2 and country in ('DE', 'EG')");
    await expect(page.getByText('passes 2 rows, 50 %')).toBeVisible();

    await text.fill("country = 'DE' or not (amount > 3)");
    await expect(page.getByRole('group', { name: 'Condition on country' })).toBeVisible();
    await expect(page.getByRole('group', { name: /not all of these hold/ })).toBeVisible();
    await expect(step(page, 'Data')).toContainText('3 of 4 rows');
    await text.fill("country = 'DE' or");
    await expect(page.getByText(/conditions come back/)).toBeVisible();
    await text.fill('');
    await expect(page.getByRole('group', { name: /^Condition on/ })).toHaveCount(0);
    await expect(step(page, 'Data')).toContainText('4 rows');
  });

  test('a stretch of time is half-open, its own step, and leaves the filter to the person', async ({
    page,
  }) => {
    await step(page, 'Data').click();
    await page.getByRole('radiogroup', { name: 'Stretch of time' }).getByText('Range').click();
    await page.getByRole('textbox', { name: 'From' }).fill('2026-03-02');
    await page.getByRole('textbox', { name: 'To, not included' }).fill('2026-04-01');
    await expect(step(page, 'Data')).toContainText('2 of 4 rows');
    await expect(step(page, 'Data')).toContainText('day 2026-03-02 to 2026-04-01');
    await expect(page.getByRole('textbox', { name: 'Filter as text' })).toHaveValue('');
    await page.getByRole('textbox', { name: 'To, not included' }).fill('2026-02-30');
    await expect(page.getByText(/“2026-02-30” is no such value/)).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Stretch of time' }).getByText('Last month').click();
    await expect(page.getByText(/Moves with the clock/)).toBeVisible();
    await expect(step(page, 'Data')).toContainText('day Last month');
    await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/Berlin');
    await expect(page.getByText(/in Europe\/Berlin\./)).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Stretch of time' }).getByText('All').click();
    await expect(step(page, 'Data')).toContainText('4 rows, 5 columns');
  });

  test('a conflict is told where it arises, with both ways out', async ({ page }) => {
    await step(page, 'Options').click();
    await page.getByRole('radiogroup', { name: 'Delimiter' }).getByText('Other').click();
    await page.getByRole('textbox', { name: 'Delimiter, other' }).fill('"');
    await expect(page.getByRole('button', { name: 'Use a comma and a double quote' })).toHaveCount(
      2,
    );
    await page.getByRole('button', { name: 'Back to comma: Delimiter' }).click();
    await expect(exportButton(page)).toBeVisible();
    await expect(page.getByText('Changes 1 value of this data.')).toBeVisible();
  });

  test('names take tokens, and the files are listed with their sizes', async ({ page }) => {
    await step(page, 'Delivery').click();
    await page.getByRole('group', { name: 'Insert' }).getByText('format').click();
    await expect(page.getByRole('textbox', { name: 'Pattern' })).toHaveValue(
      '{name}{part}{format}',
    );
    await expect(step(page, 'Delivery')).toContainText('orderscsv.csv');
    await page.getByRole('textbox', { name: 'Rows a file' }).fill('3');
    const files = page.getByRole('table', { name: 'Files' });
    await expect(files.getByRole('row')).toHaveCount(3);
    await expect(files.getByRole('row').nth(1)).toContainText(/3\s*\d+\sB/);
    await page.getByRole('textbox', { name: 'Rows a file' }).fill('');
  });

  test('where the rows go, and what is left out because of a type', async ({ page }) => {
    const flow = page.getByRole('region', { name: 'Where the rows go' });
    await expect(flow).toContainText(/Go out\s*4\s*Filtered out\s*0\s*Rejected\s*0\s*In\s*4/);
    await page.getByRole('tab', { name: 'Schema' }).click();
    await page
      .getByRole('combobox', { name: 'Type of country', exact: true })
      .selectOption('int64');
    await expect(flow).toContainText(/Go out\s*0\s*Filtered out\s*0\s*Rejected\s*4/);
    await expect(page.getByRole('region', { name: 'Worth knowing' })).toContainText('Left out');
  });

  test('leading zeros read as a number by choice are shown, not fatal', async ({ page }) => {
    await page.getByRole('radiogroup', { name: 'Format at once' }).getByText('NDJSON').click();
    await page.getByRole('tab', { name: 'Schema' }).click();
    await page
      .getByRole('combobox', { name: 'Type of order_no', exact: true })
      .selectOption('int64');
    await page.getByRole('tab', { name: 'Output' }).click();
    await expect(page.getByText(/"order_no":1412903/)).toBeVisible();
  });
});

test('several data sets: one goes out, each with its plan', async ({ page }) => {
  await page.goto('./');
  await page.getByTestId('file').setInputFiles([
    { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(ORDERS) },
    { name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from('id,name\n1,a\n2,b\n') },
  ]);
  await expect(step(page, 'Data')).toContainText('4 rows, 5 columns');
  await step(page, 'Data').click();
  const sets = page.getByRole('radiogroup', { name: 'Data sets' });
  await expect(sets).toContainText(/customers\.csv\s*2\srows\s*16\sB/);
  await sets.getByText('customers.csv').click();
  await expect(step(page, 'Data')).toContainText('2 rows, 2 columns');
  await expect(step(page, 'Delivery')).toContainText('customers.csv into Downloads');
});
