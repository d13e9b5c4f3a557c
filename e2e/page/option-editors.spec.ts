// Options that are columns or lists of objects: picked and filled in, told wrong at their place, undone one by one.
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { openFile, step } from './studio.ts';

test('rules, totals and columns of a workbook are picked, moved, undone and told wrong', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', 'city,price,count\nLima,1.50,2\nOslo,20.25,1\n');
  await page.getByRole('radiogroup', { name: 'Format at once' }).getByText('Excel').click();
  await step(page, 'Options').click();

  const totals = page.getByRole('group', { name: 'Totals', exact: true });
  const addTotal = totals.getByLabel('Add a column …, Totals');
  await addTotal.selectOption('price');
  await expect(
    totals.getByRole('group', { name: 'Totals 1' }).getByLabel('Function'),
  ).toBeFocused();
  await addTotal.selectOption('count');
  await totals.getByRole('button', { name: 'Move Totals 2 up' }).click();
  await expect(totals.getByRole('group', { name: 'Totals 1' }).getByLabel('Column')).toHaveValue(
    '2',
  );
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(totals.getByRole('group', { name: 'Totals 1' }).getByLabel('Column')).toHaveValue(
    '1',
  );
  await totals.getByRole('button', { name: 'Remove Totals 2' }).click();
  await expect(totals.getByRole('group')).toHaveCount(1);
  await expect(addTotal).toBeFocused();

  await page.getByRole('button', { name: /^More/ }).click();
  const rules = page.getByRole('group', { name: 'Conditional formats', exact: true });
  await rules.getByRole('button', { name: 'Add to Conditional formats' }).click();
  await expect(rules.getByText('Counts once it has: Compared with.')).toBeVisible();
  await rules.getByLabel('Compared with').fill('=');
  await rules.getByLabel('Compared with').fill('10');
  await rules.getByLabel('Add a column …, Columns').selectOption('price');
  await expect(
    rules.getByRole('button', { name: /By value · price · greater than · 10/ }),
  ).toBeVisible();
  await rules.getByLabel('Cells').selectOption('bars');
  await rules.getByLabel('Colour, code').fill('#12');
  await expect(rules.getByText('Six hexadecimal digits')).toBeVisible();
  await rules.getByLabel('Colour, code').fill('#2f6fde');
  await expect(rules.getByText('Six hexadecimal digits')).toBeHidden();

  const notes = page.getByRole('group', { name: 'Notes', exact: true });
  await notes.getByLabel('Add a column …, Notes').selectOption('city');
  await notes.getByLabel('Note', { exact: true }).fill('Where it goes');
  await notes.getByLabel('Note', { exact: true }).fill('');
  await expect(notes.getByText('Note is needed.')).toBeVisible();
  // Whatever is wrong, the columns to choose from are those of the plan.
  await expect(notes.getByLabel('Column', { exact: true })).toHaveValue('0');
  await notes.getByLabel('Note', { exact: true }).fill('Where it goes');
  await expect(notes.getByText('Note is needed.')).toBeHidden();

  await expectGood(page, 'forms of rules', '[data-option]');
});

test('a column that no longer goes out is struck, with what is wrong', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', 'city,price\nLima,1.50\n');
  await page.getByRole('radiogroup', { name: 'Format at once' }).getByText('Excel').click();
  await step(page, 'Options').click();
  await page.getByLabel('A sheet for each value of', { exact: true }).selectOption('city');
  await step(page, 'Data').click();
  await page.getByRole('checkbox', { name: 'city' }).uncheck();
  await step(page, 'Options').click();
  await expect(page.getByLabel('A sheet for each value of', { exact: true })).toHaveValue(
    'missing',
  );
  await expect(page.getByLabel('A sheet for each value of', { exact: true })).toHaveCSS(
    'text-decoration-line',
    'line-through',
  );
  await expect(
    page.locator('[data-option="sheetBy"]').getByText('There is no column “city”'),
  ).toBeVisible();
});
