// Charts and pivot tables by hand: columns picked in the page, and what stands in the workbook for readers that are not ours.
import { Buffer } from 'node:buffer';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const ORDERS = `placed,region,count,amount
2026-01-01,North,1,1.50
2026-01-02,South,2,2.50
2026-01-03,North,3,4.00
`;

test('a chart and a pivot table from picked columns', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Format').click();
  await page
    .getByRole('radio', { name: /^Excel/ })
    .last()
    .click();
  await step(page, 'Options').click();

  const charts = page.getByRole('group', { name: 'Charts' });
  await charts.getByRole('button', { name: 'Add a chart' }).click();
  await charts.getByRole('combobox', { name: 'Kind of chart 1' }).selectOption('Lines');
  await charts.getByRole('textbox', { name: 'Title of chart 1' }).fill('By region');
  await charts.getByRole('combobox', { name: 'Categories of chart 1' }).selectOption('region');
  await charts.getByRole('combobox', { name: 'Add values of chart 1' }).selectOption('count');
  await expect(
    charts.getByRole('combobox', { name: 'Values of chart 1', exact: true }),
  ).toHaveCount(2);

  const pivots = page.getByRole('group', { name: 'Pivot tables' });
  await pivots.getByRole('button', { name: 'Add a pivot table' }).click();
  const rows = pivots.getByRole('combobox', { name: 'Rows of pivot table 1', exact: true });
  await expect(rows.getByRole('option', { selected: true })).toHaveText('region');
  await page.getByRole('button', { name: 'As JSON: Pivot tables' }).click();
  await expect(page.getByRole('textbox', { name: 'Pivot tables' })).toHaveValue(/"rows"/);
  await page.screenshot({ path: test.info().outputPath('charts.png') });

  await step(page, 'Delivery').click();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.xlsx is done' })).toBeVisible();
  const bytes = (await storedFile(page, 'orders.xlsx'))!;

  const chart = strFromU8(unzipSync(bytes)['xl/charts/chart1.xml']!);
  expect(chart).toContain('<c:lineChart>');
  expect(chart).toContain('<a:t>By region</a:t>');
  expect(chart.match(/<c:f>[^<]*<\/c:f>/g)).toHaveLength(6);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  const pivot = book.getWorksheet('Pivot')!;
  expect([4, 5, 6].map((row) => pivot.getRow(row).values)).toEqual([
    [undefined, 'North', 5.5],
    [undefined, 'South', 2.5],
    [undefined, 'Grand Total', 8],
  ]);
});
