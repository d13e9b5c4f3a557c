// A whole export by hand: a dropped file, the four steps, a picked file, and the very bytes that stand in it.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, pickedNames, step, storedFile, stubFilePicker } from './studio.ts';

const ORDERS = [
  'id,name,status,amount',
  '007,"Müller, ""Söhne""",failed,1.10',
  '008,,paid,2.00',
  '009,"",failed,3.50',
  '010,=1+1,failed,4.00',
  '',
].join('\r\n');

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
});

test('the file is named as the plan stands, however soon Export is pressed', async ({ page }) => {
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Format').click();
  await expect(exportButton(page)).toBeEnabled();
  await exportButton(page).evaluate((button: HTMLElement) => {
    const formats = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    formats.find((radio) => radio.closest('label')!.textContent!.includes('.parquet'))!.click();
    button.click();
  });
  await expect(page.getByRole('heading', { name: 'orders.parquet is done' })).toBeVisible();
  expect(await pickedNames(page)).toEqual(['orders.parquet']);
});

test('drop a CSV, walk the four steps, save a file, get a receipt', async ({ page }) => {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'orders.csv', { type: 'text/csv' }));
    return data;
  }, ORDERS);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  // A browser lets files go only where something takes them.
  const isTaken = (dataTransfer: DataTransfer) =>
    !document.body.dispatchEvent(
      new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }),
    );
  await expect.poll(() => page.evaluate(isTaken, transfer)).toBe(true);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });

  await expect(step(page, 'Format')).toContainText('CSV');
  await expect(step(page, 'Data')).toContainText('4 rows, 4 columns');
  await expect(page.getByRole('gridcell', { name: 'Müller, "Söhne"' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'null', exact: true })).toBeVisible();

  await step(page, 'Data').click();
  await page.getByRole('textbox', { name: 'Filter' }).fill("status = 'failed'");
  await page.getByRole('checkbox', { name: 'status goes out' }).click();
  await page.getByRole('textbox', { name: 'New name of name' }).fill('Kunde');
  await page.getByRole('button', { name: 'Move amount up' }).click();
  await page.getByRole('button', { name: 'Move amount up' }).click();
  await expect(step(page, 'Data')).toContainText('3 of 4 rows, 3 of 4 columns');

  await step(page, 'Options').click();
  await page.getByRole('radio', { name: 'semicolon', exact: true }).click();
  await expect(step(page, 'Options')).toContainText('Delimiter: semicolon');

  await page.getByRole('tab', { name: 'Output' }).click();
  const output = page.getByRole('region', { name: 'First bytes of the export' });
  await expect(output).toContainText('id;amount;Kunde');
  await expect(output).toContainText("'=1+1");

  await step(page, 'Delivery').click();
  await page.getByRole('checkbox', { name: 'Byte order mark' }).click();
  await expect(step(page, 'Delivery')).toContainText('orders.csv to a file you choose');
  await exportButton(page).click();

  await expect(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
  expect(await pickedNames(page)).toEqual(['orders.csv']);
  const written = await storedFile(page, 'orders.csv');
  expect(written!.toString()).toBe(
    '\ufeffid;amount;Kunde\n' +
      '007;1.10;"Müller, ""Söhne"""\n' +
      '009;3.50;""\n' +
      "010;4.00;'=1+1\n",
  );
  const receipt = page.getByRole('main', { name: 'Receipt' });
  await expect(receipt.getByRole('region', { name: 'Where the rows went' })).toHaveText(
    /4\s*rows in\s*=\s*3\s*rows out\s*\+\s*1\s*filtered out\s*\+\s*0\s*rejected/,
  );
  await expect(receipt).toContainText(createHash('sha256').update(written!).digest('hex'));
  await expect(receipt).toContainText(`${written!.length} bytes`);
  await expect(receipt).toContainText('the same, byte for byte');

  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await expect(step(page, 'Data')).toContainText('3 of 4 columns');
});

test('parts need a folder, a zip or several downloads: the plan says so before the run', async ({
  page,
}) => {
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Delivery').click();
  await page.getByRole('textbox', { name: 'Rows a file' }).fill('2');
  const problem = page.getByRole('button', { name: 'Show the problem' });
  await expect(problem).toBeVisible();
  await page
    .getByRole('radiogroup', { name: 'Compression' })
    .getByText('ZIP', { exact: true })
    .click();
  await expect(problem).toBeHidden();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /\.zip is done/ })).toBeVisible();
  await expect(page.getByText(/orders-002\.csv, 2 rows/)).toBeVisible();
});

test('a gzip download holds the same text', async ({ page }) => {
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Where to' }).getByText('Download').click();
  await page.getByRole('radiogroup', { name: 'Compression' }).getByText('gzip').click();
  await expect(step(page, 'Delivery')).toContainText('orders.csv.gz into Downloads');
  const downloaded = page.waitForEvent('download');
  await page.keyboard.press('Control+Enter');
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('orders.csv.gz');
  const { readFile } = await import('node:fs/promises');
  const text = gunzipSync(await readFile(await download.path())).toString();
  expect(text.split('\n')[1]).toBe('007,"Müller, ""Söhne""",failed,1.10');
});

test('the clipboard takes the text, and a refusal is told', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Where to' }).getByText('Clipboard').click();
  await expect(step(page, 'Delivery')).toContainText('to the clipboard');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  const pasted = await page.evaluate(() => navigator.clipboard.readText());
  expect(pasted.split('\n').slice(0, 2)).toEqual([
    'id,name,status,amount',
    '007,"Müller, ""Söhne""",failed,1.10',
  ]);
  // What knows no text but HTML gets the same rows as cells.
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item!.getType('text/html')).text();
  });
  const cells = Array.from(html.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row]) =>
    Array.from(row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs), ([, cell]) => cell),
  );
  expect(cells.slice(0, 2)).toEqual([
    ['id', 'name', 'status', 'amount'],
    ['007', 'Müller, "Söhne"', 'failed', '1.10'],
  ]);
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('4 rows in');

  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await page.evaluate(() => {
    navigator.clipboard.write = () =>
      Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
  });
  await exportButton(page).click();
  await expect(page.getByRole('alert')).toContainText('deliver.denied');
  await page.getByRole('button', { name: 'Back to the plan' }).first().click();
  await expect(exportButton(page)).toBeEnabled();
});

test('what was undone can be redone, by button and by key, until something else is changed', async ({
  page,
}) => {
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Format').click();
  await page.getByRole('radio', { name: /NDJSON/ }).check();
  await expect(step(page, 'Format')).toContainText('NDJSON');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(step(page, 'Format')).toContainText('CSV');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(step(page, 'Format')).toContainText('NDJSON');
  await page.keyboard.press('Control+z');
  await expect(step(page, 'Format')).toContainText('CSV');
  await page.keyboard.press('Control+Shift+Z');
  await expect(step(page, 'Format')).toContainText('NDJSON');
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled();
  await page.keyboard.press('Control+z');
  await page.getByRole('radio', { name: /^JSON/ }).check();
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled();
});

test('the same plan runs again, and another file starts another plan', async ({ page }) => {
  await openFile(page, 'orders.csv', ORDERS);
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
  const first = await storedFile(page, 'orders.csv');
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
  expect(await storedFile(page, 'orders.csv')).toEqual(first);
  await openFile(page, 'other.csv', 'a\n1\n');
  await expect(step(page, 'Data')).toContainText('1 row, 1 column');
});

test('a folder takes all parts, and what is there already stops, is replaced or keeps its name', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () => {
        const root = await navigator.storage.getDirectory();
        return root.getDirectoryHandle('exports', { create: true });
      },
    });
  });
  await page.reload();
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Where to' }).getByText('Folder').click();
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await expect(step(page, 'Delivery')).toContainText('into exports');
  await page.getByRole('textbox', { name: 'Rows a file' }).fill('3');
  await expect(step(page, 'Delivery')).toContainText('3 rows a file');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: '2 files done' })).toBeVisible();
  expect(await folderNames(page)).toEqual(['orders-001.csv', 'orders-002.csv']);

  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await exportButton(page).click();
  await expect(page.getByRole('alert')).toContainText('deliver.exists');
  await page.getByRole('button', { name: 'Back to the plan' }).first().click();
  await page.getByRole('combobox', { name: 'If it exists' }).selectOption('rename');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: '2 files done' })).toBeVisible();
  expect(await folderNames(page)).toHaveLength(4);
});

function folderNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('exports');
    const names: string[] = [];
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
      names.push(name);
    return names.toSorted();
  });
}
