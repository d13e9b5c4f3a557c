// What goes wrong: a broken file, a wrong filter, a cancelled run, a picker turned away; each says what and leaves nothing.
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker, uglyCsv } from './studio.ts';

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
});

test('a file with an open quote says where, and how to read it otherwise', async ({ page }) => {
  await openFile(page, 'broken.csv', 'a,b\n1,2\n3,"4\n5,6\n');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('A quoted field that opens on line 3, column 3, never closes.');
  await expect(alert).toContainText('read.csv.unclosed-quote');
  await page.getByRole('button', { name: 'Show the problem' }).click();
  const quote = page.getByRole('radiogroup', { name: 'Quote' });
  await quote.getByText('none').click();
  await expect(alert).toBeHidden();
  await expect(page.getByRole('gridcell', { name: '"4' })).toBeVisible();
});

test('a break far down the file ends the run with an error panel and leaves no file', async ({
  page,
}) => {
  const rows = Array.from({ length: 300_000 }, (_, i) => `${i},text ${i}`).join('\n');
  await openFile(page, 'late.csv', `a,b\n${rows}\n1,"open\n`);
  await exportButton(page).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('never closes', { timeout: 20_000 });
  await expect(alert).toContainText('late.csv, line 300,002');
  await expect(alert).toContainText('read.csv.unclosed-quote');
  expect(await storedFile(page, 'late.csv')).toBeNull();
  await page.getByRole('button', { name: 'Change how it is read' }).click();
  await expect(page.getByRole('radiogroup', { name: 'Quote' })).toBeVisible();
});

test('a mistake in the filter is shown at its place, and Export leads there', async ({ page }) => {
  await openFile(page, 'orders.csv', 'id,status\n1,new\n');
  await step(page, 'Data').click();
  await page.getByRole('textbox', { name: 'Filter' }).fill("stat = 'new'");
  await expect(page.getByText(/there is no column “stat”/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show the problem' }).click();
  await expect(step(page, 'Data')).toBeFocused();
  await expect(step(page, 'Data')).toHaveAttribute('aria-expanded', 'true');
});

test('cancel stops the run and leaves no file', async ({ page }) => {
  await openFile(page, 'big.csv', uglyCsv(400_000));
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Compression' }).getByText('gzip').click();
  await expect(step(page, 'Delivery')).toContainText('big.csv.gz');
  await exportButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(page.getByText('Cancelled; no file was left behind')).toBeVisible();
  expect(await storedFile(page, 'big.csv.gz')).toBeNull();
  await expect(exportButton(page)).toBeEnabled();
});

test('a picker that is turned away changes nothing', async ({ page }) => {
  await openFile(page, 'orders.csv', 'id\n1\n');
  await page.evaluate(() => {
    Object.assign(globalThis, {
      showSaveFilePicker: () => Promise.reject(new DOMException('no', 'AbortError')),
    });
  });
  await exportButton(page).click();
  await expect(step(page, 'Delivery')).toContainText('orders.csv to a file you choose');
  await expect(exportButton(page)).toBeEnabled();
});

test('without pickers the page offers a download and says why', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
    Reflect.deleteProperty(globalThis, 'showDirectoryPicker');
  });
  await page.reload();
  await openFile(page, 'orders.csv', 'id\n1\n');
  await expect(step(page, 'Delivery')).toContainText('into Downloads');
  await step(page, 'Delivery').click();
  await expect(page.getByRole('radio', { name: 'File', exact: true })).toBeDisabled();
  await expect(
    page.getByText(/this browser cannot write into a file of your choice/),
  ).toBeVisible();
});

test('20,000 columns and an empty file do not freeze the page', async ({ page }) => {
  const names = Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(',');
  await openFile(page, 'wide.csv', `${names}\n${names}\n`);
  await expect(step(page, 'Data')).toContainText('20,000 columns', { timeout: 20_000 });
  await step(page, 'Data').click();
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('c19999');
  await expect(page.getByRole('checkbox', { name: 'c19999 goes out' })).toBeVisible();
  await page.getByRole('tab', { name: 'Schema' }).click();
  const schema = page.getByRole('tabpanel');
  await expect(schema.getByText(/^1 to 100 of 20,000/)).toBeVisible();
  await schema.getByRole('button', { name: 'Columns after' }).click();
  await expect(schema.getByRole('combobox', { name: 'Type of c100', exact: true })).toBeVisible();
  await openFile(page, 'empty.csv', '');
  await expect(page.getByText(/is empty/).first()).toBeVisible();
});
