// The options of CSV on the real engine: a preset, formats of single columns, and layouts, each seen in the output at once.
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { openFile, step } from './studio.ts';

const ORDERS = [
  'order_no,price,paid,at,note',
  '0001,1234.50,true,2026-11-21T08:30:00Z,"a, b"',
  '0002,-7.25,false,2026-07-01T22:00:00Z,',
  '',
].join('\n');

test('a preset, and columns with formats of their own, show in the output at once', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await page.getByRole('tab', { name: 'Output' }).click();
  const output = page.getByRole('tabpanel', { name: 'Output' });
  await step(page, 'Options').click();
  await page.getByRole('radio', { name: /^Excel, decimal comma/ }).check();
  await expect(output).toContainText('0001;1234,50;true;2026-11-21T08:30:00Z;"a, b"');

  await page.getByRole('button', { name: 'Format a column …' }).click();
  const add = page.getByRole('combobox', { name: 'Column formats: format a column' });
  await add.selectOption('price');
  await page.getByRole('combobox', { name: 'Signs, price' }).selectOption('1.234,56');
  await page.getByRole('textbox', { name: 'Decimals, price' }).fill('1');
  await expect(output).toContainText('0001;1.234,5;true');
  await expect(output).toContainText('0002;-7,3;false');

  await add.selectOption('at');
  await page.getByRole('combobox', { name: 'Pattern, at' }).fill('dd.MM.yyyy HH:mm');
  await page.getByRole('combobox', { name: 'Zone, at' }).selectOption('Europe/Berlin');
  await expect(output).toContainText(';02.07.2026 00:00;');
  await add.selectOption('paid');
  await page.getByRole('textbox', { name: 'True, paid' }).fill('ja');
  await expect(output).toContainText(';ja;21.11.2026 09:30;');
  await expectGood(page, 'column formats');

  await page.getByRole('combobox', { name: 'Pattern, at' }).fill('dd.MM.QQQQQQ');
  const option = page.locator('[data-option=columns]');
  await expect(option.getByText(/The pattern “dd\.MM\.QQQQQQ” is wrong/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove at' }).click();
  await expect(output).toContainText(';ja;2026-11-21T08:30:00Z;');
});

test('a layout in columns names its file by what it is, and tabs make a .tsv', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Options').click();
  await page.getByRole('radio', { name: /^Aligned text/ }).check();
  await expect(step(page, 'Delivery')).toContainText('orders.txt');
  await page.getByRole('tab', { name: 'Output' }).click();
  const output = page.getByRole('tabpanel', { name: 'Output' });
  await expect(output).toContainText('0001      1234.50');
  await page.getByRole('radio', { name: /^TSV/ }).check();
  await expect(step(page, 'Delivery')).toContainText('orders.tsv');
});
