// The list of steps on the real engine: added, counted, moved and switched; what comes out is what the list says.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectNoFindings } from './access.ts';
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

async function addStep(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Add step' }).click();
  const menu = page.getByRole('group', { name: 'Add a step' });
  await menu.getByRole('button', { name: new RegExp(`^${title}`) }).click();
}

test('a recipe is made step by step, counted at each, and exported', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Data').click();
  const add = (title: string) => addStep(page, title);
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

test('columns are computed with their first values, grouped and sorted, and exported', async ({
  page,
}) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Data').click();
  await addStep(page, 'Computed columns');
  await page.getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('textbox', { name: 'Name of column 1' }).fill('gross');
  const expression = page.getByRole('textbox', { name: 'Expression of gross' });
  await expression.fill('amount * ');
  await expect(page.getByText(/Expected|expected|ends/).first()).toBeVisible();
  await expression.fill('amount * 1.19');
  const first = page.getByRole('group', { name: 'gross' }).getByText('First values').locator('..');
  await expect(first).toHaveText(/First values1\.30904\.1654\.764\.165|First values1\.3090/);
  await expression.fill('');
  await page.getByRole('button', { name: /^Functions/ }).click();
  await expectNoFindings(page, 'functions');
  await page.getByRole('searchbox', { name: 'Find a function' }).fill('round');
  await page.getByRole('button', { name: /^round\(/ }).click();
  await expect(expression).toBeFocused();
  await page.keyboard.type('amount * 1.19, 2');
  await expect(expression).toHaveValue('round(amount * 1.19, 2)');
  await expect(first).toContainText('23.80');

  await addStep(page, 'Group and count');
  await page.getByRole('button', { name: 'Add group column' }).click();
  await page.getByRole('combobox', { name: 'Group 1', exact: true }).selectOption('country');
  await page.getByRole('button', { name: 'Add measure' }).click();
  await page.getByRole('button', { name: 'Add measure' }).click();
  await page.getByRole('combobox', { name: 'Column of measure 2' }).selectOption('gross');
  await page.getByRole('textbox', { name: 'Name of sum gross' }).fill('total');
  await expect(page.getByRole('list', { name: 'Becomes' })).toContainText('total decimal');
  await expectNoFindings(page, 'summary');
  const list = page.getByRole('list', { name: 'Recipe' });
  await expect(list).toContainText('Count and sum of gross by country5 → 3 rows');

  await addStep(page, 'Sort');
  await page.getByRole('button', { name: 'Add key' }).click();
  await page.getByRole('combobox', { name: 'Column of key 1' }).selectOption('total');
  await expect(step(page, 'Data')).toContainText('3 from 5 rows, 3 columns');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'orders.csv'))).toBe(
    'country,count,total\nEG,1,4.76\nDE,3,9.65\nFR,1,23.80\n',
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

test('files are read as one source, with a column of their names', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await page.getByTestId('file').setInputFiles([
    { name: 'jan.csv', mimeType: 'text/csv', buffer: Buffer.from('id,amount\n1,1.10\n') },
    { name: 'feb.csv', mimeType: 'text/csv', buffer: Buffer.from('id,note\n2,x\n') },
  ]);
  await page.getByRole('button', { name: 'Read all 2 as one source' }).click();
  await expect(step(page, 'Data')).toContainText('2 rows, 3 columns');
  await page.getByRole('button', { name: 'How it is read' }).click();
  await page.getByRole('textbox', { name: /Column with the file/ }).fill('file');
  await expect(step(page, 'Data')).toContainText('2 rows, 4 columns');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'feb and 1 other.csv'))).toBe(
    'file,id,note,amount\nfeb.csv,2,x,\njan.csv,1,,1.10\n',
  );
});

test('quick filters keep the values that are clicked', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Data').click();
  await page.getByRole('button', { name: 'Quick filters' }).click();
  await expectNoFindings(page, 'quick filters');
  const countries = page.getByRole('group', { name: 'Values of country' });
  await expect(countries.getByRole('button', { name: /^DE/ })).toHaveText('DE3');
  await countries.getByRole('button', { name: /^DE/ }).click();
  await countries.getByRole('button', { name: /^FR/ }).click();
  const text = page.getByRole('textbox', { name: 'Filter as text' });
  await expect(text).toHaveValue("country in ('DE', 'FR')");
  await expect(step(page, 'Data')).toContainText('4 of 5 rows');
  await countries.getByRole('button', { name: /^DE/, pressed: true }).click();
  await expect(text).toHaveValue("country in ('FR')");
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(text).toHaveValue("country in ('DE', 'FR')");
});

test('values are masked, typed, replaced and pivoted without a word of JSON', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(
    page,
    'visits.csv',
    'email,day,status,amount\na@x.de,01.02.2026,a,"1.234,50"\nb@x.de,02.02.2026,b,"2,00"\na@x.de,02.02.2026,z,"3,00"\n',
  );
  await step(page, 'Data').click();
  const list = page.getByRole('list', { name: 'Recipe' });
  const editor = (index: number) => list.getByRole('listitem').nth(index);

  await addStep(page, 'Mask');
  await editor(0).getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('combobox', { name: 'How email is masked' }).selectOption('hmac');
  await page.getByRole('textbox', { name: 'Length, email' }).fill('8');
  await expect(editor(0)).toContainText(/secret/i);
  await page.getByLabel('Key', { exact: true }).fill('s3cret-canary');
  await expect(editor(0)).toContainText('3 → 3 rows');

  await addStep(page, 'Types');
  await editor(1).getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('combobox', { name: 'Column of line 1' }).selectOption('day');
  await page.getByRole('combobox', { name: 'Type of day' }).selectOption('date');
  await page.getByRole('combobox', { name: 'Written as, day' }).fill('dd.MM.yyyy');
  await editor(1).getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('combobox', { name: 'Column of line 2' }).selectOption('amount');
  await page.getByRole('combobox', { name: 'Type of amount' }).selectOption('decimal(18,2)');
  await page.getByRole('combobox', { name: 'Numbers like, amount' }).selectOption('1.234,56');

  await addStep(page, 'Replace');
  await editor(2).getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('combobox', { name: 'Column of line 1' }).selectOption('status');
  await editor(2).getByRole('button', { name: 'Add text' }).click();
  await page.getByRole('textbox', { name: 'Text 1 of status', exact: true }).fill('a');
  await page.getByRole('textbox', { name: 'In the place of text 1 of status' }).fill('Active');
  await page.getByRole('combobox', { name: 'Other values of status' }).selectOption('null');

  await addStep(page, 'Pivot');
  await page.getByRole('button', { name: 'Add group column' }).click();
  await page.getByRole('combobox', { name: 'Group 1', exact: true }).selectOption('email');
  await editor(3)
    .getByLabel(/Column/)
    .last()
    .selectOption('day');
  await page.getByRole('button', { name: 'Add measure' }).click();
  await page.getByRole('combobox', { name: 'Measure 1', exact: true }).selectOption('sum');
  await page.getByRole('combobox', { name: 'Column of measure 1' }).selectOption('amount');
  await expect(step(page, 'Data')).toContainText('2 from 3 rows');
  await expectNoFindings(page, 'pivot');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  const out = String(await storedFile(page, 'visits.csv')).split('\n');
  expect(out[0]).toMatch(/^email,2026-02-01.*,2026-02-02/);
  expect(out[1]).toMatch(/^[0-9a-f]{8},1234\.50,3\.00$/);
  expect(out[2]).toMatch(/^[0-9a-f]{8},,2\.00$/);
  expect(await page.content()).not.toContain('s3cret-canary');
});

test('a column is typed in the table of columns, where its first values and misfits show', async ({
  page,
}) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(
    page,
    'sales.csv',
    'day;amount;note\n24.12.2026;1.234,50;n/a\n31.12.2026;none;x\n01.01.2027;2,00;y\n',
  );
  await step(page, 'Data').click();
  const opener = (name: string) => page.getByRole('button', { name: `How ${name} is read` });
  const editor = (name: string) => page.getByRole('group', { name: `How ${name} is read` });
  await opener('day').focus();
  await page.keyboard.press('Enter');
  await editor('day').getByRole('combobox', { name: 'Type of day' }).selectOption('date');
  await expect(editor('day')).toContainText('3 values of the 3 sampled rows do not fit');
  await editor('day').getByRole('combobox', { name: 'Written as, day' }).fill('dd.MM.yyyy');
  await expect(editor('day')).toContainText('All values of the 3 sampled rows fit.');
  await expect(editor('day').getByRole('row').nth(1)).toHaveText('24.12.20262026-12-24');
  await expectNoFindings(page, 'column opened');
  await page.keyboard.press('Escape');
  await expect(opener('day')).toBeFocused();
  await expect(opener('day')).toHaveAccessibleName('How day is read: date, set by you');
  await expect(editor('day')).toHaveCount(0);

  await opener('amount').click();
  const amount = editor('amount');
  await amount.getByRole('combobox', { name: 'Type of amount' }).selectOption('decimal(18,2)');
  await amount.getByRole('combobox', { name: 'Numbers like, amount' }).selectOption('1.234,56');
  await expect(amount).toContainText(
    '1 value of the 3 sampled rows does not fit: “none” on line 3. Their rows are left out',
  );
  await amount.getByRole('textbox', { name: 'A text that is null in amount' }).fill('none');
  await page.keyboard.press('Enter');
  await expect(amount).toContainText('All values of the 3 sampled rows fit.');
  await expect(amount.getByRole('row').nth(2)).toHaveText('nonenull');

  // The schema speaks of the same edit, and another type there keeps the rest of it.
  await page.getByRole('tab', { name: 'Schema' }).click();
  await page
    .getByRole('tabpanel')
    .getByRole('combobox', { name: 'If a value of amount does not fit' })
    .selectOption('null');
  await expect(amount.getByRole('row').nth(1)).toHaveText('1.234,501234.50');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'sales.csv'))).toBe(
    'day,amount,note\n2026-12-24,1234.50,n/a\n2026-12-31,,x\n2027-01-01,2.00,y\n',
  );
});

test('the type of a column that the recipe makes is set by a step', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Data').click();
  await addStep(page, 'Join columns');
  const list = page.getByRole('list', { name: 'Recipe' });
  const add = list.getByRole('combobox', { name: /Add column$/ });
  await add.selectOption('country');
  await add.selectOption('amount');
  await page.getByRole('button', { name: /^How joined is read: text/ }).click();
  await page.getByRole('button', { name: 'Set its type' }).click();
  await page.getByRole('combobox', { name: 'Type of joined' }).selectOption('int64');
  await expect(
    page.getByRole('button', { name: 'How joined is read: int64', exact: true }),
  ).toBeVisible();
});

test('rows are held against rules, each with how many of the sample break it', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(
    page,
    'visits.csv',
    'id,zip,state\n1,10115,new\n2,,paid\n2,8001,paid\n4,20095,lost\n',
  );
  await step(page, 'Data').click();
  await addStep(page, 'Validate');
  const add = page.getByRole('button', { name: 'Add column', exact: true });
  await add.click();
  await page.getByRole('combobox', { name: 'Column of line 1' }).selectOption('zip');
  const rule = (name: string) => page.getByRole('group', { name, exact: true });
  await expect(rule('is there, zip')).toContainText('1 of 4 rows breaks it');
  await page.getByRole('combobox', { name: 'Add a rule to zip' }).selectOption('matches');
  await page.getByRole('textbox', { name: 'matches, zip' }).fill('^\\d{5}$');
  await expect(rule('matches, zip')).toContainText('1 of 4 rows breaks it');
  await add.click();
  await page.getByRole('combobox', { name: 'Column of line 2' }).selectOption('state');
  await page.getByRole('combobox', { name: 'Add a rule to state' }).selectOption('is one of');
  // The values of the sample are those that are allowed at first.
  await expect(rule('is one of, state')).toContainText('none of 4 rows breaks it');
  await page.getByRole('button', { name: 'state may not be lost' }).click();
  await expect(rule('is one of, state')).toContainText('1 of 4 rows breaks it');
  await page.getByRole('combobox', { name: 'Add a key' }).selectOption('id');
  await expect(rule('Key 1')).toContainText('1 of 4 rows breaks it');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('textbox', { name: 'Condition of rule 1' }).fill("state = 'paid' or id < 4");
  await expect(rule('Rule 1')).toContainText('1 of 4 rows breaks it');
  await expectNoFindings(page, 'validate');
  const list = page.getByRole('list', { name: 'Recipe' });
  await expect(list).toContainText('4 → 1 rows, 3 rejected');
  await page.getByLabel('Rows that break a rule', { exact: true }).selectOption({ index: 1 });
  await expect(list).toContainText('count rows that break a rule');
  await expect(list).toContainText('4 → 4 rows');
  await page.getByLabel('Rows that break a rule', { exact: true }).selectOption({ index: 0 });
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'visits.csv'))).toBe('id,zip,state\n1,10115,new\n');
});

test('what the preview makes of the first rows says so, and what the export does', async ({
  page,
}) => {
  const kinds = ['red', 'green', 'blue'];
  const rows = Array.from({ length: 40_000 }, (_, i) =>
    i > 39_000 ? `${i},late` : `${i},${kinds[i % 3]!}`,
  );
  await page.goto('./');
  await openFile(page, 'colours.csv', `id,colour\n${rows.join('\n')}\n`);
  const note = page.getByRole('note');
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(note).toHaveCount(0);
  await step(page, 'Data').click();
  await addStep(page, 'Pivot');
  await page
    .getByRole('list', { name: 'Recipe' })
    .getByLabel(/Column/)
    .last()
    .selectOption('colour');
  await page.getByRole('button', { name: 'Add measure' }).click();
  // A small file is counted at once, and then nothing is left open.
  await expect(note).toHaveText('The first rows make 3 columns; the export has 4, from all rows.');
  await expectNoFindings(page, 'pivot of a sample');
});

test('a source too large to count unasked is counted at each step on request', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('textbox', { name: 'Rows', exact: true }).fill('300000');
  await page.getByRole('button', { name: 'Make rows' }).click();
  await step(page, 'Data').click();
  await addStep(page, 'Sort');
  await page.getByRole('button', { name: 'Add key' }).click();
  const list = page.getByRole('list', { name: 'Recipe' });
  await expect(list).toContainText(/counted over the first [\d,]+ rows/);
  await expect(page.getByRole('note')).toHaveText(
    /^The preview has the order of the first [\d,]+ rows; the export takes all rows\.$/,
  );
  await expectNoFindings(page, 'counted over the first rows');
  await list.getByRole('button', { name: 'Count all rows' }).click();
  await expect(list).toContainText('300,000 → 300,000 rows');
  await expect(list).not.toContainText('counted over');
  await expect(page.getByRole('button', { name: 'Count all rows' })).toHaveCount(0);
  // Where rows become others the sample tells nothing; it can be asked for all the same.
  await addStep(page, 'Group and count');
  await page.getByRole('button', { name: 'Add measure' }).click();
  const flow = page.getByRole('region', { name: 'Where the rows go' });
  await flow.getByRole('button', { name: 'Count all rows' }).click();
  await expect(flow).toContainText('Merged');
  await expect(step(page, 'Data')).toContainText('1 from 300,000 rows');
});

test('columns whose values look personal are proposed to be masked', async ({ page }) => {
  await page.goto('./');
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i},p${i}@example.com,+49 30 123456${10 + i}`,
  );
  await openFile(page, 'people.csv', ['id,mail,phone', ...rows, ''].join('\n'));
  await step(page, 'Data').click();
  await addStep(page, 'Mask');
  const editor = page.getByRole('list', { name: 'Recipe' }).getByRole('listitem').first();
  await expect(editor).toContainText('Values look personal: mail (e-mail), phone (telephone).');
  const address = page.getByRole('gridcell', { name: 'p0@example.com' });
  await expect(address).toBeVisible();
  await editor.getByRole('button', { name: 'Mask these' }).click();
  await expect(page.getByRole('combobox', { name: 'How mail is masked' })).toHaveValue('partial');
  await expect(editor).not.toContainText('Values look personal');
  await expect(address).toHaveCount(0);
});

test('columns are cut, joined and turned, and what becomes of them is seen', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'people.csv', 'id,name,jan,feb\n1,Ada Lovelace,3,4\n2,Alan Turing,5,6\n');
  await step(page, 'Data').click();
  const list = page.getByRole('list', { name: 'Recipe' });
  const editor = (index: number) => list.getByRole('listitem').nth(index);
  await addStep(page, 'Unnest');
  await expect(editor(0)).toContainText('No column that comes to this step holds lists.');
  await expect(editor(0).getByRole('option', { name: 'name' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Remove: Unnest/ }).click();

  await addStep(page, 'Split');
  await editor(0)
    .getByLabel(/^Column/)
    .first()
    .selectOption('name');
  await expect(editor(0)).toContainText('Split name into name_1 and name_2');
  await editor(0).getByLabel('Delimiter', { exact: true }).fill(' ');
  await expect(editor(0)).toContainText('AdaAlan');
  await expect(editor(0)).toContainText('LovelaceTuring');
  await expectNoFindings(page, 'split');

  await addStep(page, 'Join columns');
  const add = editor(1).getByRole('combobox', { name: /Add column$/ });
  await add.selectOption('name_2');
  await add.selectOption('name_1');
  await expect(editor(1)).toContainText('Lovelace Ada');

  await addStep(page, 'Unpivot');
  await editor(2).getByText('These', { exact: true }).first().click();
  const columns = editor(2).getByRole('combobox', { name: /Add column$/ });
  await columns.selectOption('jan');
  await columns.selectOption('feb');
  await expect(editor(2)).toContainText('jan and feb become rows of name, value');
  await expect(editor(2).getByRole('list', { name: 'Becomes' })).toContainText('value int64');
  await expectNoFindings(page, 'unpivot');
  await expect(step(page, 'Data')).toContainText('4 from 2 rows, 4 columns');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  expect(String(await storedFile(page, 'people.csv'))).toBe(
    'id,joined,name,value\n1,Lovelace Ada,jan,3\n1,Lovelace Ada,feb,4\n2,Turing Alan,jan,5\n2,Turing Alan,feb,6\n',
  );
});
