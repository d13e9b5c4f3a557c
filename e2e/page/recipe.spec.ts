// The list of steps on the real engine: added, counted, moved and switched; what comes out is what the list says.
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const ORDERS = [
  'id,country,amount',
  '1,DE,1.10',
  '2,FR,20.00',
  '3,DE,3.50',
  '4,EG,4.00',
  '5,DE,3.50',
  '',
].join('\n');

test('a recipe is made step by step, counted at each, and exported', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Data').click();
  const add = async (title: string) => {
    await page.getByRole('button', { name: 'Add step' }).click();
    const menu = page.getByRole('group', { name: 'Add a step' });
    await menu.getByRole('button', { name: new RegExp(`^${title}`) }).click();
  };
  const list = page.getByRole('list', { name: 'Recipe' });
  await add('Sort');
  await page.getByRole('button', { name: 'Add key' }).click();
  await page.getByRole('combobox', { name: 'Column of key 1' }).selectOption('amount');
  await page.getByRole('combobox', { name: 'Order of key 1' }).selectOption('descending');
  await expect(list.getByRole('listitem').first()).toContainText(
    /^Sort by amount descending5 → 5 rows/,
  );
  await add('Distinct');
  await page.getByText('Some columns').click();
  await page.getByRole('combobox', { name: 'Same in: Add column' }).selectOption('country');
  await expect(list).toContainText('Keep the first of rows that are the same in country5 → 3 rows');
  await expect(step(page, 'Data')).toContainText('3 of 5 rows, 3 columns');
  await expect(step(page, 'Data')).toContainText('Sort by amount descending; Keep the first');
  await page.getByRole('checkbox', { name: /^Use: Keep the first/ }).uncheck();
  await expect(step(page, 'Data')).toContainText('5 rows, 3 columns');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(step(page, 'Data')).toContainText('3 of 5 rows');
  await page
    .getByRole('combobox', { name: 'Filter as text' })
    .or(page.getByRole('textbox', { name: 'Filter as text' }))
    .fill("country != 'EG'");
  await expect(list.getByRole('listitem').first()).toContainText(
    /^Filter: country != 'EG'5 → 4 rows/,
  );
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'orders.csv'))).toBe(
    'id,country,amount\n2,FR,20.00\n3,DE,3.50\n',
  );
});

test('an error stands at the step that makes it', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Data').click();
  await page.getByRole('button', { name: 'Add step' }).click();
  await page.getByRole('button', { name: /^Computed columns/ }).click();
  await page.getByRole('button', { name: 'Add step' }).click();
  await page.getByRole('button', { name: /^Sort/ }).click();
  await page.getByRole('button', { name: 'Add key' }).click();
  await page.getByRole('textbox', { name: 'New name of id' }).fill('number');
  const sort = page.getByRole('listitem').filter({ hasText: 'Sort by id' });
  await expect(sort).toContainText('5 → 5 rows');
  await sort.getByRole('button', { name: /^Move Sort by id down/ }).click();
  await expect(sort).toContainText(/no column|not.*column/i);
});
