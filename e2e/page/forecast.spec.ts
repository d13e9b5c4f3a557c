// Every format in every packing is foreseen; a cell becomes the plan; the receipt says how far off it was.
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step } from './studio.ts';

const rows = Array.from({ length: 400 }, (_, i) => `${i},${i % 7 ? 'paid' : 'failed'},${i}.50`);
const ORDERS = `id,status,price\n${rows.join('\n')}\n`;

test('a cell is chosen by keyboard, undone, exported, and held against the file', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Format').click();
  await page.getByRole('button', { name: 'Sizes in every packing …' }).click();
  const sizes = page.getByRole('dialog', { name: 'Every format, every packing' });
  await expect(sizes.getByRole('status')).toHaveText('Measured on all rows: 400 rows written.');
  const csv = sizes.getByRole('button', { name: /^CSV, Not packed: / });
  await expect(csv).toHaveAttribute('aria-pressed', 'true');
  await expectGood(page, 'every size');

  await csv.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const ndjson = sizes.getByRole('button', { name: /^NDJSON, gzip: / });
  await expect(ndjson).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(ndjson).toHaveAttribute('aria-pressed', 'true');
  await expect(csv).toHaveAttribute('aria-pressed', 'false');
  const label = await ndjson.getAttribute('aria-label');
  const [, size = ''] = /: (.*?),/.exec(label!) ?? [];
  expect(size).not.toBe('');
  await page.keyboard.press('Escape');
  await expect(step(page, 'Format')).toContainText('NDJSON');
  await expect(step(page, 'Delivery')).toContainText('orders.ndjson.gz');

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(step(page, 'Delivery')).toContainText('orders.csv');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(step(page, 'Delivery')).toContainText('orders.ndjson.gz');

  // The size in the bar is counted by then.
  await expect(page.getByText('exact', { exact: true })).toBeVisible();
  await exportButton(page).click();
  const receipt = page.getByRole('main', { name: 'Receipt' });
  await expect(receipt).toContainText(`size ${size}, was ${size} (0 %)`);
  await expect(receipt).toContainText('Counted on all rows before.');
});
