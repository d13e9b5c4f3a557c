// Exports as they run and after: several at once, the receipt's actions, and the copied line through the real command line.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import {
  exportButton,
  holdWrites,
  openFile,
  step,
  storedFile,
  stubFilePicker,
  uglyCsv,
} from './studio.ts';

const program = join(import.meta.dirname, '../../dist/node/export-studio.js');
const ORDERS = 'id,name,status\r\n007,"Müller, ""S""",failed\r\n008,,paid\r\n009,=1+1,failed\r\n';

const toPlan = (page: Page) => page.getByRole('button', { name: 'Back to the plan' }).first();
const runs = (page: Page, name: RegExp) => page.getByRole('button', { name });

test.describe('several exports', () => {
  test('go on while the plan changes, wait for their turn, and are cancelled one by one', async ({
    page,
  }) => {
    test.slow();
    const free = await holdWrites(page, 0);
    await stubFilePicker(page);
    await page.goto('./');
    for (const name of ['one.csv', 'two.csv', 'three.csv', 'four.csv']) {
      await openFile(page, name, uglyCsv(20_000));
      await exportButton(page).click();
      await expect(page.getByRole('heading', { name, exact: true })).toBeFocused();
    }
    await expect(page.getByText(/Waits for its turn/)).toBeVisible();
    await toPlan(page).click();
    await expect(step(page, 'Format')).toBeVisible();
    await step(page, 'Format').click();
    await page.getByRole('radio', { name: /NDJSON/ }).check();
    await expect(step(page, 'Format')).toContainText('NDJSON');

    await runs(page, /^3 running, 1 waiting/).click();
    const list = page.getByRole('group', { name: 'Exports' });
    await expect(list.getByText('Waiting for its turn')).toBeVisible();
    await list.getByRole('button', { name: 'Cancel two.csv' }).click();
    await expect(list.getByText('Cancelled, nothing was kept')).toBeVisible();
    await expect(list.getByText('Waiting for its turn')).toBeHidden();
    await free();
    // Two exports one after the other, and a third from its start.
    await expect(list.getByRole('button', { name: 'Receipt of four.csv' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(list.getByRole('button', { name: 'Receipt of one.csv' })).toBeVisible();
    expect(await storedFile(page, 'two.csv')).toBeNull();
    expect((await storedFile(page, 'four.csv'))!.length).toBeGreaterThan(1_000_000);

    await list.getByRole('button', { name: 'Receipt of one.csv' }).click();
    await expect(page.getByRole('heading', { name: 'one.csv is done' })).toBeVisible();
    await toPlan(page).click();
    // The plan that was being changed is as it was left.
    await expect(step(page, 'Format')).toContainText('NDJSON');
  });

  test('leaving the page while one runs asks first, and afterwards does not', async ({ page }) => {
    const free = await holdWrites(page, 0);
    await stubFilePicker(page);
    await page.goto('./');
    await openFile(page, 'orders.csv', uglyCsv(20_000));
    await exportButton(page).click();
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    const asked = page.waitForEvent('dialog');
    const leaving = page.evaluate(() => {
      setTimeout(() => location.reload(), 0);
    });
    expect((await asked).type()).toBe('beforeunload');
    await leaving;
    await free();
    await expect(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  });
});

test.describe('the receipt', () => {
  test.beforeEach(async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await stubFilePicker(page);
    await page.goto('./');
  });

  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
  const textOf = async (page: Page, button: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const saved = await download;
    return { name: saved.suggestedFilename(), text: await readFile(await saved.path(), 'utf8') };
  };

  test('lists what was rejected and saves it as CSV, itself as JSON, the plan as JSON', async ({
    page,
  }) => {
    await openFile(page, 'numbers.csv', 'id,n\n1,10\n2,=x\n3,30\n');
    await page.getByRole('tab', { name: 'Schema' }).click();
    await page.getByRole('combobox', { name: 'Type of n', exact: true }).selectOption('int64');
    await step(page, 'Format').click();
    await page.getByRole('radio', { name: /^JSON/ }).check();
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
    const receipt = page.getByRole('main', { name: 'Receipt' });
    await expect(receipt.getByRole('region', { name: 'Where the rows went' })).toHaveText(
      /3\s*rows in\s*=\s*2\s*rows out\s*\+\s*0\s*filtered out\s*\+\s*1\s*rejected/,
    );
    const rejects = await textOf(page, 'Save rejects');
    expect(rejects.name).toMatch(/^exp_.*-rejects\.csv$/);
    const [head, line] = rejects.text.replace('\ufeff', '').split('\r\n');
    expect(head).toBe('row,line,column,code,sentence,value');
    expect(line).toMatch(/^2,3,n,read\.misfit,.*,'=x$/);
    const saved = await textOf(page, 'Save receipt');
    const report = JSON.parse(saved.text) as { audit: { rejected: number }; config: unknown };
    expect(report.audit.rejected).toBe(1);
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(JSON.parse(await clipboard(page))).toEqual(report.config);
  });

  test('runs again, gives the file once more and opens it as a source', async ({ page }) => {
    await openFile(page, 'orders.csv', ORDERS);
    await exportButton(page).click();
    const heading = page.getByRole('heading', { name: 'orders.csv is done' });
    await expect(heading).toBeVisible();
    const copy = await textOf(page, 'Save a copy of orders.csv');
    expect(copy).toEqual({
      name: 'orders.csv',
      text: (await storedFile(page, 'orders.csv'))!.toString(),
    });
    const id = page.getByText(/exp_\d{8}_/);
    const first = await id.textContent();
    await page.getByRole('button', { name: 'Run again' }).click();
    await expect(id).not.toHaveText(first!);
    await expect(heading).toBeVisible();
    await expect(runs(page, /^2 exports$/)).toBeVisible();
    await page.getByRole('button', { name: 'Open orders.csv here as a source' }).click();
    await expect(step(page, 'Data')).toContainText('3 rows, 3 columns');
    await expect(page.getByText("'=1+1", { exact: true })).toBeVisible();
  });

  for (const [title, plan] of [
    ['as it comes', async () => {}],
    [
      'with options, a filter, columns and gzip',
      async (page: Page) => {
        await step(page, 'Data').click();
        await page.getByRole('checkbox', { name: 'id goes out' }).click();
        await page.getByRole('textbox', { name: 'New name of name' }).fill("Kunde's $HOME");
        await step(page, 'Options').click();
        await page.getByRole('radio', { name: 'tab', exact: true }).click();
        await step(page, 'Delivery').click();
        await page.getByRole('checkbox', { name: 'Byte order mark' }).click();
        await page.getByRole('radiogroup', { name: 'Compression' }).getByText('gzip').click();
        await expect(step(page, 'Delivery')).toContainText('.tsv.gz');
      },
    ],
    [
      'as a zip of parts',
      async (page: Page) => {
        await step(page, 'Format').click();
        await page.getByRole('radio', { name: /NDJSON/ }).check();
        await step(page, 'Delivery').click();
        await page.getByRole('textbox', { name: 'Rows a file' }).fill('2');
        await page
          .getByRole('radiogroup', { name: 'Compression' })
          .getByText('ZIP', { exact: true })
          .click();
        await expect(step(page, 'Delivery')).toContainText('.zip');
      },
    ],
    [
      'so long that it needs a file',
      async (page: Page) => {
        await step(page, 'Options').click();
        await page.getByRole('textbox', { name: 'Null' }).fill('no value '.repeat(200));
      },
    ],
  ] as [string, (page: Page) => Promise<void>][])
    test(`the copied line makes the same bytes: ${title}`, async ({ page }) => {
      const folder = await mkdtemp(join(tmpdir(), 'copied-line-'));
      try {
        await writeFile(join(folder, 'my orders.csv'), ORDERS);
        await openFile(page, 'my orders.csv', ORDERS);
        await plan(page);
        await exportButton(page).click();
        await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
        const hash = await page.locator('dd code').first().textContent();

        page.on('download', (download) => {
          void download.saveAs(join(folder, download.suggestedFilename()));
        });
        const needsFile = title.endsWith('file');
        const saved = needsFile ? page.waitForEvent('download') : undefined;
        await page.getByRole('button', { name: 'Copy as command line' }).click();
        await (await saved)?.path();
        await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
        const line = await clipboard(page);
        expect(line.includes('.export.json')).toBe(needsFile);

        const shell = `export-studio() { "${process.execPath}" "${program}" "$@"; }\n${line.replace(
          /^SOURCE_DATE_EPOCH=(\d+) /,
          'export SOURCE_DATE_EPOCH=$1; ',
        )} --report report.json`;
        await promisify(execFile)('bash', ['-c', shell], { cwd: folder });
        const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as {
          files: { path: string; checksum: { value: string } }[];
        };
        expect(report.files).toHaveLength(1);
        expect(report.files[0]!.checksum.value).toBe(hash);
        const bytes = await readFile(report.files[0]!.path);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
});

test('every state of exports is for everyone, at every width', async ({ page }) => {
  test.setTimeout(180_000);
  const atAllWidths = async (state: string) => {
    for (const width of [1440, 1024, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expectGood(page, `${state} at ${width}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const free = await holdWrites(page, 0);
  const untilDone = (name: string) =>
    expect(page.getByRole('heading', { name: `${name} is done` })).toBeVisible({ timeout: 60_000 });
  await stubFilePicker(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  for (const name of [
    'orders_with_a_name_that_is_rather_long.csv',
    '株式会社.csv',
    'مؤسسة.csv',
    'd.csv',
  ]) {
    await openFile(page, name, uglyCsv(20_000));
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name, exact: true })).toBeFocused();
  }
  await runs(page, /^3 running, 1 waiting/).click();
  await expect(page.getByRole('group', { name: 'Exports' })).toBeVisible();
  await atAllWidths('list of exports, and one waiting');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Exports' })).toBeHidden();
  await free();
  await untilDone('d.csv');
  await toPlan(page).click();

  await openFile(page, 'rejects.csv', uglyCsv(60));
  await page.getByRole('tab', { name: 'Schema' }).click();
  await page.getByRole('combobox', { name: 'Type of note', exact: true }).selectOption('int64');
  await exportButton(page).click();
  await untilDone('rejects.csv');
  await page.getByRole('button', { name: 'Save as template' }).click();
  await expect(page.getByRole('textbox', { name: 'Name of the template' })).toBeFocused();
  await atAllWidths('receipt with rejects and a name asked for');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved as rejects')).toBeVisible();
});

test('a failed run offers the safest way out first, and it leads there', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () => {
        const root = await navigator.storage.getDirectory();
        return root.getDirectoryHandle('exports', { create: true });
      },
    });
  });
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
  await step(page, 'Delivery').click();
  await page.getByRole('radiogroup', { name: 'Where to' }).getByText('Folder').click();
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
  await page.getByRole('button', { name: 'Run again' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('deliver.exists');
  await expect(alert.getByRole('button')).toHaveText([
    'Number the new file',
    'Change where it goes',
    'Back to the plan',
  ]);
  await alert.getByRole('button', { name: 'Number the new file' }).click();
  await expect(page.getByRole('heading', { name: /^orders \(2\)\.csv is done$/ })).toBeVisible();
});
