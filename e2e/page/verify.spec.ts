// Proof of finished files in the page: values are compared, the receipt says so, and what cannot be compared says why.
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step, stubFilePicker } from './studio.ts';

const ORDERS = 'id,name,price\n007,"Müller, ""S""",1.10\n008,,2\n009,=1+1,-30.5\n';

for (const format of ['CSV', 'Parquet', 'SQL', 'HTML', 'Markdown'])
  test(`${format}: all values are compared, and the receipt and its command line say so`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await stubFilePicker(page);
    await page.goto('./');
    await openFile(page, 'orders.csv', ORDERS);
    await step(page, 'Format').click();
    await page.getByRole('radio', { name: new RegExp(`^${format}\\b`) }).check();
    await step(page, 'Delivery').click();
    const levels = page.getByRole('radiogroup', { name: 'After writing' });
    await expect(levels.getByRole('radio', { name: 'Checksum' })).toBeChecked();
    await levels.getByText('Full', { exact: true }).click();
    await expect(page.getByText(/all rows, nulls, least and greatest values/)).toBeVisible();
    await expect(step(page, 'Delivery')).toContainText('all values compared');
    await expectGood(page, `proof of ${format}`);
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
    await expect(
      page.getByText(new RegExp(`3\\srows read back by the reader of ${format}.*, and equal`)),
    ).toBeVisible();
    await expectGood(page, `receipt of ${format}`);
    await page.getByRole('button', { name: 'Copy as command line' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('--verify full');
  });

test('values that nothing tells apart are not compared, said before and after', async ({
  page,
}) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Format').click();
  await page.getByRole('radio', { name: /^Text template/ }).check();
  await step(page, 'Delivery').click();
  const reason = 'nothing tells where id ends';
  await expect(page.getByText(`Values cannot be compared here: ${reason}`)).toBeVisible();
  await page
    .getByRole('radiogroup', { name: 'After writing' })
    .getByText('Sample', { exact: true })
    .click();
  await expect(page.getByText(`will not be compared: ${reason}`).first()).toBeVisible();
  await expectGood(page, 'proof that is not possible');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  await expect(page.getByText(`Not compared: ${reason}`)).toBeVisible();
});
