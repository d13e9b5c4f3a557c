// Every format out of the real page, read by somebody else's reader, and made again by the command line that the page copies.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { loadWorkbook, rowsOf } from '../../src/formats/excel/workbook-reader.suite.ts';
import { expect, test } from '../harness.ts';
import { READERS, type Cells } from './format-readers.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const program = join(import.meta.dirname, '../../dist/node/export-studio.js');

const NAME = `Zoë <b>&</b> "Co" | 株式会社 \\ 'x'`;
const ORDERS = `id,name,price,at
9007199254740993,"${NAME.replaceAll('"', '""')}",1.10,2026-11-21T08:30:00.123456Z
2,,20.00,2026-11-22T00:00:00Z
3,=1+1,-0.05,
4,"",7.00,1969-12-31T23:59:59.999999Z
`;
const ROWS: Cells = [
  ['id', 'name', 'price', 'at'],
  ['9007199254740993', NAME, '1.10', '2026-11-21T08:30:00.123456Z'],
  ['2', null, '20.00', '2026-11-22T00:00:00Z'],
  ['3', '=1+1', '-0.05', null],
  ['4', '', '7.00', '1969-12-31T23:59:59.999999Z'],
];

const changed = (change: (cell: string | null) => string | null): Cells =>
  ROWS.map((row) => row.map(change));
const EXCEL_TIMES: ReadonlyMap<string | null, string> = new Map([
  ['2026-11-21T08:30:00.123456Z', '2026-11-21T08:30:00.123Z'],
  ['2026-11-22T00:00:00Z', '2026-11-22T00:00:00.000Z'],
  ['1969-12-31T23:59:59.999999Z', '1970-01-01T00:00:00.000Z'],
]);
/** What a format holds in another way, as the page says before the run. */
const HELD: Readonly<Record<string, Cells>> = {
  // Unquoted and quoted empty text is one to most readers; what a spreadsheet would run is marked.
  CSV: changed((cell) => (cell === '=1+1' ? "'=1+1" : (cell ?? ''))),
  Markdown: changed((cell) => cell ?? ''),
  'Text template': changed((cell) => cell ?? '').slice(1),
  // No digits behind milliseconds; and exceljs takes empty text for no text.
  Excel: changed((cell) => EXCEL_TIMES.get(cell) ?? (cell || null)),
};

const formats = (page: Page) => page.getByRole('radiogroup', { name: 'Format', exact: true });
/** Behind its title stands its extension. */
const radio = (page: Page, title: string) =>
  formats(page).getByRole('radio', { name: new RegExp(`^${title} \\.`) });

async function choose(page: Page, title: string): Promise<void> {
  await step(page, 'Format').click();
  await radio(page, title).check();
}

async function exported(page: Page): Promise<{ name: string; bytes: Buffer }> {
  await exportButton(page).click();
  const heading = page.getByRole('heading', { name: /is done$/ });
  await expect(heading).toBeVisible();
  const name = /^(.+) is done$/.exec((await heading.textContent())!)![1]!;
  return { name, bytes: (await storedFile(page, name))! };
}

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', ORDERS);
});

test('every format that the page offers has its reader here', async ({ page }) => {
  await step(page, 'Format').click();
  const radios = formats(page).getByRole('radio');
  await expect(radios).toHaveCount(Object.keys(READERS).length);
  for (const title of Object.keys(READERS)) await expect(radio(page, title)).toHaveCount(1);
});

for (const [title, read] of Object.entries(READERS))
  test(`${title} comes out of the page whole, and the copied line makes the same bytes`, async ({
    page,
  }) => {
    test.skip(
      title === 'Markdown' &&
        process.env['CI'] !== 'true' &&
        spawnSync('cmark-gfm', ['--version']).error !== undefined,
      'cmark-gfm is not installed',
    );
    const folder = await mkdtemp(join(tmpdir(), 'formats-'));
    try {
      await choose(page, title);
      const { name, bytes } = await exported(page);
      const path = join(folder, `page-${name}`);
      await writeFile(path, bytes);
      expect(await read(path)).toEqual(HELD[title] ?? ROWS);

      await writeFile(join(folder, 'orders.csv'), ORDERS);
      await page.getByRole('button', { name: 'Copy as command line' }).click();
      await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
      const line = (await page.evaluate(() => navigator.clipboard.readText())).replace(
        /^SOURCE_DATE_EPOCH=(\d+) /,
        'export SOURCE_DATE_EPOCH=$1; ',
      );
      const shell = `export-studio() { "${process.execPath}" "${program}" "$@"; }\n${line} --report report.json`;
      await promisify(execFile)('bash', ['-c', shell], { cwd: folder });
      const { files } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as {
        files: { path: string }[];
      };
      expect(files).toHaveLength(1);
      expect((await readFile(files[0]!.path)).equals(bytes)).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

test('what Excel cannot hold is said before the run, one click mends it, and the workbook has it', async ({
  page,
}) => {
  await choose(page, 'Excel');
  await page.getByRole('tab', { name: /^Losses/ }).click();
  const losses = page.getByRole('region', { name: 'What the output cannot hold' });
  const zone = losses.getByRole('listitem').filter({ hasText: 'Dates of Excel have no zone' });
  const digits = losses.getByRole('listitem').filter({ hasText: 'milliseconds at most' });
  await expect(digits).toContainText('“at”');
  await zone.getByRole('button', { name: 'Write them as text' }).click();
  await expect(zone).toHaveCount(0);
  await expect(digits).toHaveCount(0);
  const { bytes } = await exported(page);
  const { rows } = rowsOf(await loadWorkbook(bytes), 4, true);
  expect(rows).toEqual(ROWS.slice(1).map((row) => row.map((cell) => cell || null)));
});
