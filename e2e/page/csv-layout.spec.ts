// Text tables as people have them: delimiters of several characters, titles, sums, several header rows, fixed widths.
import { expect, test } from '../harness.ts';
import { openFile } from './studio.ts';

const REPORT = `Stock of the year 2026
Branch: North

id||name||n
1||"a||b"||1.10
2||c, d||2.50
3||e||

Total||||3.60
`;

const PSQL = ` id  |  name
-----+---------
   7 | Ann Lee
  22 | Zoë
(2 rows)

`;

test('titles and sums around a table are found, said, and can be taken back', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'stock.csv', REPORT);
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('a||b')).toBeVisible();
  await expect(page.getByText('3 rows, 3 columns').first()).toBeVisible();
  await expect(page.getByText(/Lines above the table were left out/)).toBeVisible();
  await page.getByText('How it is read').click();
  await expect(page.getByText(/The first 3 lines are no part of the table/)).toBeVisible();
  await expect(page.getByText(/The last 2 lines are no rows/)).toBeVisible();
  const above = page.getByLabel('Lines above the table', { exact: true });
  await expect(above).toHaveValue('3');
  await expect(page.getByLabel('Delimiter, other')).toHaveValue('||');
  await page.screenshot({ path: test.info().outputPath('csv.png') });
  await page.getByLabel('Lines below the table', { exact: true }).fill('1');
  await expect(page.getByText('3 rows, 3 columns').first()).toBeVisible();
  await page.getByLabel('Lines below the table', { exact: true }).fill('0');
  await expect(rows.getByText('Total')).toBeVisible();
});

test('several header rows make one name', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'sales.csv', 'id;2025;\n;sold;cost\n1;2;3\n4;5;6\n');
  await page.getByText('How it is read').click();
  await page.getByRole('button', { name: /^More/ }).first().click();
  await page.getByLabel('Header rows', { exact: true }).fill('2');
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('2025 sold')).toBeVisible();
  await expect(rows.getByText('2025 cost')).toBeVisible();
});

test('text in columns is read by its dashes, or by the columns that are given', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'psql.txt', PSQL);
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('Ann Lee')).toBeVisible();
  await expect(page.getByText('2 rows, 2 columns').first()).toBeVisible();
  await page.getByText('How it is read').click();
  await expect(page.getByText('The dashes on line 2 show 2 columns.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('fixed-width.png'), fullPage: true });
});

test('columns are given one after the other, and changed in place', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'places.txt', '0000120261121Ann\n0000220261122Bo\n');
  await page.getByText('How it is read').click();
  await page.getByLabel('Read as', { exact: true }).selectOption('fixed-width');
  const rows = page.getByRole('region', { name: /preview/i });
  const another = page.getByLabel('Columns, another', { exact: true });
  await page.getByLabel('Column names', { exact: true }).selectOption('absent');
  await page.getByRole('button', { name: 'Remove 1-', exact: true }).click();
  for (const column of ['id=5', '6-12', 'name=14-']) {
    await another.fill(column);
    await another.press('Enter');
  }
  await expect(page.getByRole('button', { name: 'Change name=14-', exact: true })).toBeVisible();
  await expect(page.getByText(/Line 1 has text at place 13/).first()).toBeVisible();
  for (const [from, to] of [
    ['6-12', 'day=6-13'],
    ['name=14-', 'who=14-'],
  ] as const) {
    await page.getByRole('button', { name: `Change ${from}`, exact: true }).click();
    const line = page.getByRole('textbox', { name: `Change ${from}`, exact: true });
    await expect(line).toHaveValue(from);
    await line.fill(to);
    await line.press('Enter');
  }
  await expect(rows.getByText('who')).toBeVisible();
  await expect(rows.getByText('20261122')).toBeVisible();
  await expect(rows.getByText('Bo', { exact: true })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('given.png') });
});
