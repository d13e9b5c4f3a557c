// What the page promises about the data in it: hostile text stays text, and nothing of a local export leaves the machine.
import { existsSync, readFileSync } from 'node:fs';
import { test as bare, type Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const CORPUS = new URL('../../../shared/corpora/naughty-strings/blns.json', import.meta.url);

/** Texts that run where they are taken for markup, script, a style, an address or a pattern. */
const OWN = [
  '<img src=x onerror="globalThis.hit = 1">',
  '<script>globalThis.hit = 1</script>',
  '"><svg/onload=globalThis.hit=1>',
  "javascript:globalThis.hit=1//'",
  '{{constructor.constructor("globalThis.hit=1")()}}',
  '${globalThis.hit = 1}',
  '</style><style>*{display:none}</style>',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '\u202egnp.exe',
  '%00',
  "'; DROP TABLE orders; --",
];

const naughty = [
  ...OWN,
  ...(existsSync(CORPUS) ? (JSON.parse(readFileSync(CORPUS, 'utf8')) as string[]) : []),
].filter((text) => !/\p{Cs}/u.test(text));

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function expectUntouched(page: Page): Promise<void> {
  const hit = await page.evaluate(() => (globalThis as { hit?: number }).hit);
  expect(hit).toBeUndefined();
}

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
});

test('naughty strings as names, values, filters and file names raise nothing', async ({ page }) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto('./');
  const rows = naughty.map((text, i) => [cell(text), cell(naughty.at(-1 - i)!)].join(','));
  await openFile(page, '<img src=x onerror=hit=1>.csv', `text,other\n${rows.join('\n')}\n`);
  for (const tab of ['Output', 'Schema', 'Losses', 'Rows'])
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  await step(page, 'Data').click();
  for (const text of OWN) {
    await page.getByRole('textbox', { name: 'New name of other' }).fill(text);
    await expectUntouched(page);
  }
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  await expectUntouched(page);

  // As the names of columns, of which there are then many.
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  const names = naughty.slice(0, 200);
  const header = names.map(cell).join(',');
  await openFile(page, 'names.csv', `${header}\n${names.map((_, i) => i).join(',')}\n`);
  for (const tab of ['Output', 'Schema', 'Losses', 'Rows'])
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  await expectUntouched(page);
  expect(dialogs).toEqual([]);
});

// Without the harness: a page whose requests are intercepted has no cache, and offline lives on it.
bare(
  'a local export asks no machine for anything, and works with the network gone',
  async ({ page, context }) => {
    await stubFilePicker(page);
    await page.goto('./');
    await openFile(page, 'first.csv', 'a,b\n1,2\n');
    // Once through, so that every part of the page and its workers has come.
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name: 'first.csv is done' })).toBeVisible();
    await page.getByRole('button', { name: 'Back to the plan' }).click();

    const outside: string[] = [];
    context.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      const isOwnPart = origin === new URL(page.url()).origin && pathname.startsWith('/assets/');
      if (!isOwnPart && !request.url().startsWith('blob:')) outside.push(request.url());
    });
    await context.setOffline(true);
    const secret = 'canary-7f3a';
    await openFile(page, 'second.csv', `a,b\n${secret},2\n`);
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name: 'second.csv is done' })).toBeVisible();
    expect(String(await storedFile(page, 'second.csv'))).toBe(`a,b\n${secret},2\n`);
    expect(outside).toEqual([]);
  },
);
