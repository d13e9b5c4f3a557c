// Other data in a plan: joined and put below on the real engine, in templates, on the copied command line, by keyboard alone.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, step, storedFile, stubFilePicker } from './studio.ts';

const program = join(import.meta.dirname, '../../dist/node/export-studio.js');

const ORDERS = `order_id,customer_id,total,note
1,007,1.10,a
2,008,20.00,
3,007,3.50,b
4,,4.00,c
`;
// Another dialect, which is found by looking at it.
const CUSTOMERS = `customer_id;name;note
007;"Ann ""A""";vip
009;Bo;
`;
const MORE = `total,order_id,customer_id
9.90,5,009
`;
const JOINED = `order_id,customer_id,total,note,name,note_customers
1,007,1.10,a,"Ann ""A""",vip
3,007,3.50,b,"Ann ""A""",vip
`;

const file = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

async function open(page: Page, ...files: ReturnType<typeof file>[]): Promise<void> {
  await page.goto('./');
  await page.getByTestId('file').setInputFiles(files);
  await expect(step(page, 'Data')).toBeVisible();
  await step(page, 'Data').click();
}

const openBoth = (page: Page) =>
  open(page, file('orders.csv', ORDERS), file('customers.csv', CUSTOMERS));

async function addStep(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Add step' }).click();
  const menu = page.getByRole('group', { name: 'Add a step' });
  await menu.getByRole('button', { name: new RegExp(`^${title} (Looks|Puts the rows)`) }).click();
  return page.getByRole('list', { name: 'Recipe' }).getByRole('listitem').last();
}

const otherData = (page: Page) => page.getByRole('combobox', { name: 'Other data' });

async function exported(page: Page, name: string): Promise<string> {
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  return String(await storedFile(page, name));
}

/** Lets a file go over the element, as a person who drags it there does. */
async function dropOn(target: Locator, name: string, text: string): Promise<void> {
  await target.evaluate(
    (element, [fileName, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content!], fileName!));
      for (const type of ['dragenter', 'dragover', 'drop'])
        element.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }),
        );
    },
    [name, text],
  );
}

test('two files that are open are joined; keys and names are proposed, rows counted', async ({
  page,
}) => {
  await stubFilePicker(page);
  await openBoth(page);
  const row = await addStep(page, 'Join');
  await otherData(page).selectOption('customers.csv');
  await expect(row).toContainText('Join customers by customer_id');
  await expect(row).toContainText('4 + 2 → 2 rows');
  await expect(row).toContainText('2 rows, 3 columns');
  await expect(page.getByRole('textbox', { name: 'Suffix for clashes' })).toHaveValue('_customers');
  await expect(step(page, 'Data')).toContainText('2 from 6 rows, 6 columns');
  const out = () => page.getByRole('region', { name: 'Where the rows go' });
  await expect(out()).toContainText(/Go out\s*2/i);

  await page.getByRole('combobox', { name: 'Rows', exact: true }).selectOption({ index: 3 });
  await expect(row).toContainText('Keep rows that customers lacks by customer_id');
  await expect(row).toContainText('4 + 2 → 2 rows');
  await page.getByRole('combobox', { name: 'Rows', exact: true }).selectOption({ index: 1 });
  await expect(row).toContainText('4 + 2 → 4 rows');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(row).toContainText('Join customers by customer_id');
  await expect(row).toContainText('4 + 2 → 2 rows');
  expect(await exported(page, 'orders.csv')).toBe(JOINED);
});

test('a file dropped on the step, or opened there, becomes its other data and stays open', async ({
  page,
}) => {
  await stubFilePicker(page);
  await open(page, file('orders.csv', ORDERS));
  const row = await addStep(page, 'Union');
  await dropOn(otherData(page), 'more.csv', MORE);
  await expect(row).toContainText('Put the rows of more below');
  await expect(row).toContainText('4 + 1 → 5 rows');
  await expect(page.getByRole('complementary', { name: 'Source' })).toContainText('more.csv');
  await expect(page.getByText('Drop to open')).toBeHidden();
  await expect(step(page, 'Data')).toContainText('5 rows, 4 columns');
  await page.getByRole('button', { name: 'Add other data' }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file' }).last().click();
  await (await choosing).setFiles(file('last.csv', MORE.replace('5,', '6,')));
  await expect(row).toContainText('Put the rows of more and last below');
  await expect(row).toContainText('4 + 2 → 6 rows');
  await page.getByRole('combobox', { name: /Match columns by/ }).selectOption('place');
  await expect(row).toContainText('4 + 2 → 6 rows');
  await page.getByRole('checkbox', { name: /Column for the name/ }).check();
  await page.getByRole('textbox', { name: /Column for the name/ }).fill('from');
  expect(await exported(page, 'orders.csv')).toBe(
    `from,order_id,customer_id,total,note\n${ORDERS.split('\n')
      .slice(1, 5)
      .map((line) => `data,${line}\n`)
      .join('')}more,9.90,5,009,\nlast,9.90,6,009,\n`,
  );
});

test('what is wrong with other data is said at the step, and settled there or where they are read', async ({
  page,
}) => {
  await open(
    page,
    file('orders.csv', ORDERS),
    file('customers.csv', `customer_id,name\n007,"Ann\n`),
    file('numbers.csv', 'customer_id,n\n7,1\n'),
  );
  const row = await addStep(page, 'Join');
  await otherData(page).selectOption('customers.csv');
  await expect(row).toContainText(/quote/i);
  await expect(page.getByRole('button', { name: 'Show the problem' })).toBeVisible();
  await otherData(page).selectOption('numbers.csv');
  await page
    .getByRole('combobox', { name: 'Column of pair 1', exact: true })
    .or(page.getByRole('button', { name: 'Add pair' }))
    .first()
    .click();
  await page
    .getByRole('combobox', { name: 'Column of pair 1', exact: true })
    .selectOption('customer_id');
  await expect(row).toContainText(/text and (whole number|integer|int64).* cannot be compared/);
  await page.getByRole('button', { name: 'Read customer_id as text' }).click();
  await expect(row).toContainText('4 + 1 → 0 rows');
  await page.getByRole('button', { name: 'How numbers.csv is read' }).click();
  await expect(step(page, 'Data')).toContainText('1 row, 2 columns');
});

test('a template asks for its other data, takes them, and the copied line makes the same bytes', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await stubFilePicker(page);
  await openBoth(page);
  const added = await addStep(page, 'Join');
  await otherData(page).selectOption('customers.csv');
  await expect(added).toContainText('Join customers by customer_id');
  await page.keyboard.press('Control+S');
  await page.getByRole('dialog').getByRole('textbox').fill('named orders');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /named orders/ })).toBeVisible();

  await page.reload();
  await page.getByTestId('file').setInputFiles([file('orders.csv', ORDERS)]);
  await expect(step(page, 'Data')).toBeVisible();
  await page.getByRole('button', { name: /named orders/ }).click();
  await step(page, 'Data').click();
  const row = page.getByRole('list', { name: 'Recipe' }).getByRole('listitem');
  await expect(row).toContainText('“customers” is not open here.');
  await expect(page.getByRole('button', { name: 'Show the problem' })).toBeVisible();
  await expect(page.getByRole('region', { name: /Problem/ })).toContainText(
    '“customers” is not open',
  );
  await page.getByRole('button', { name: 'Join customers by customer_id', exact: true }).click();
  await expectGood(page, 'other data that are missing');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file', exact: true }).last().click();
  await (await choosing).setFiles(file('my customers.csv', CUSTOMERS));
  await expect(row).toContainText('4 + 2 → 2 rows');

  expect(await exported(page, 'orders.csv')).toBe(JOINED);
  const hash = await page.locator('dd code').first().textContent();
  const folder = await mkdtemp(join(tmpdir(), 'copied-line-'));
  try {
    await writeFile(join(folder, 'orders.csv'), ORDERS);
    await writeFile(join(folder, 'my customers.csv'), CUSTOMERS);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Copy as command line' }).click();
    const download = await saved;
    await download.saveAs(join(folder, download.suggestedFilename()));
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    const line = await page.evaluate(() => navigator.clipboard.readText());
    const shell = `export-studio() { "${process.execPath}" "${program}" "$@"; }\n${line} --report report.json`;
    await promisify(execFile)('bash', ['-c', shell], { cwd: folder });
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as {
      files: { path: string }[];
    };
    const bytes = await readFile(report.files[0]!.path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  // As it was run, also from the history, while its data are open.
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await page.getByRole('button', { name: /^Remove: Join/ }).click();
  await page.getByRole('button', { name: 'History' }).click();
  await page
    .getByRole('button', { name: /orders\.csv/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(row).toContainText('Join customers by customer_id');
  await expect(row).toContainText('4 + 2 → 2 rows');
});

test('a stored plan and its files, dropped together, find each other', async ({ page }) => {
  await openBoth(page);
  const added = await addStep(page, 'Join');
  await otherData(page).selectOption('customers.csv');
  await expect(added).toContainText('Join customers by customer_id');
  await page.keyboard.press('Control+S');
  await page.getByRole('dialog').getByRole('textbox').fill('named orders');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /named orders/ })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /named orders/ }).click();
  const files = [file('customers.csv', CUSTOMERS), file('orders.csv', ORDERS)];
  await page.getByTestId('file').setInputFiles(files);
  await expect(step(page, 'Data')).toContainText('2 from 6 rows, 6 columns');
});

test('a join is made by keyboard alone, and is for everyone at every width', async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openBoth(page);
  await page.getByRole('button', { name: 'Add step' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Add a step' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('End');
  await expect(page.getByRole('button', { name: /^Join Looks/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const row = page.getByRole('list', { name: 'Recipe' }).getByRole('listitem');
  await expect(
    page.getByRole('button', { name: 'Join: no other data yet', exact: true }),
  ).toBeFocused();
  await expectGood(page, 'no other data yet');
  await expect(otherData(page)).toBeVisible();
  const tabTo = async (target: Locator) => {
    for (let n = 0; n < 12; n++) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    await expect(target).toBeFocused();
  };
  await tabTo(otherData(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('4 + 2 → 2 rows');
  await tabTo(page.getByRole('combobox', { name: 'Column of pair 1', exact: true }));
  await tabTo(page.getByRole('button', { name: 'Add pair' }));
  await page.keyboard.press('Enter');
  await expect(row).toContainText('Join customers by customer_id and order_id = customer_id');
  await page.getByRole('button', { name: 'Remove pair 2' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Add pair' })).toBeFocused();
  for (const width of [1440, 1024, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await expectGood(page, `a join at ${width}`);
    if (process.env['SHOTS']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await row.scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${process.env['SHOTS']}/join-${width}-${colorScheme}.png` });
      }
    }
  }
});
