// Files for the share sheet and mail drafts: handed over in a click, kept when nobody takes them, and told as what they are.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step } from './studio.ts';

const CSV = 'id,name\n1,ä\n2,b\n';

/** What a share sheet was given. */
interface Shared {
  title?: string;
  text?: string;
  files: { name: string; type: string; text: string }[];
}

/** Puts a share sheet into the browser, which has none here; `answers` are the errors it ends with, '' is none. */
async function stubShare(page: Page, ...answers: string[]): Promise<void> {
  await page.addInitScript((given) => {
    const left = [...given];
    const shared: unknown[] = [];
    Object.assign(globalThis, { shared });
    Object.assign(navigator, {
      canShare: ({ files = [] }: ShareData = {}) =>
        files.every(({ name }) => !name.endsWith('.parquet')),
      async share({ title, text, files = [] }: ShareData) {
        if (!navigator.userActivation.isActive)
          throw new DOMException('Must be handling a user gesture', 'NotAllowedError');
        const answer = left.shift() ?? '';
        if (answer !== '') throw new DOMException('Share canceled', answer);
        const taken = await Promise.all(
          files.map(async (file) => {
            return { name: file.name, type: file.type, text: await file.text() };
          }),
        );
        shared.push({ title, text, files: taken });
      },
    });
  }, answers);
}

const sharedBy = (page: Page): Promise<Shared[]> =>
  page.evaluate(() => (globalThis as unknown as { shared: Shared[] }).shared);

/** Whether the browser would ask before it leaves the page. */
const asksToLeave = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const leaving = new Event('beforeunload', { cancelable: true });
    dispatchEvent(leaving);
    return leaving.defaultPrevented;
  });

async function choose(page: Page, delivery: 'Share' | 'Mail draft'): Promise<void> {
  await page.goto('./');
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Delivery').click();
  await page.getByRole('radio', { name: delivery, exact: true }).click();
}

test('a shared file goes out with its bytes, type and texts, once it is clicked', async ({
  page,
}) => {
  await stubShare(page);
  await choose(page, 'Share');
  await page.getByLabel('Text', { exact: true }).fill('{rows} rows: {files}');
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'Ready to share' })).toBeVisible();
  expect(await sharedBy(page)).toEqual([]);
  expect(await asksToLeave(page)).toBe(true);
  await expectGood(page, 'a file to share');
  await page.getByRole('button', { name: 'Share…' }).click();
  await expect(page.getByText('Handed to the share sheet.')).toBeVisible();
  const size = Buffer.byteLength(CSV);
  expect(await sharedBy(page)).toEqual([
    {
      title: 'orders',
      text: `2 rows: orders.csv (2 rows, ${size} bytes)`,
      files: [{ name: 'orders.csv', type: 'text/csv', text: CSV }],
    },
  ]);
  expect(await asksToLeave(page)).toBe(false);
});

test('a share that is cancelled or refused leaves the file to share again and to save', async ({
  page,
}) => {
  await stubShare(page, 'AbortError', 'NotAllowedError', 'DataError', 'AbortError');
  await choose(page, 'Share');
  await exportButton(page).click();
  const share = page.getByRole('button', { name: 'Share…' });
  await share.click();
  await expect(page.getByText('Not shared.')).toBeVisible();
  expect(await asksToLeave(page)).toBe(true);
  await share.click();
  await expect(page.getByText(/The browser does not share this: orders\.csv/)).toBeVisible();
  await share.click();
  await expect(page.getByText('The share sheet did not open: Share canceled')).toBeVisible();
  await share.click();
  await expect(page.getByText('Not shared.')).toBeVisible();
  expect(await sharedBy(page)).toEqual([]);
  // Another export stages its own files and clears away what nobody needs: not these.
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: 'Ready to share' })).toBeVisible();
  for (const which of [0, 1]) {
    await page.getByRole('button', { name: '2 exports' }).click();
    await page.getByRole('button', { name: 'Receipt of orders.csv' }).nth(which).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a copy', exact: true }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await saving).createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(CSV);
    await page.getByRole('button', { name: 'Share again…' }).click();
    await expect(page.getByText('Handed to the share sheet.')).toBeVisible();
  }
  const texts = (await sharedBy(page)).map(({ files }) => files.map(({ text }) => text));
  expect(texts).toEqual([[CSV], [CSV]]);
});

test('a browser without a share sheet says so, and offers it to nobody', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Delivery').click();
  await expect(page.getByRole('radio', { name: 'Share', exact: true })).toBeDisabled();
  await expect(page.getByText(/Share: this browser has no share sheet for files/)).toBeVisible();
});

test('a mail draft is a download and a link without the file, and says so', async ({ page }) => {
  await choose(page, 'Mail draft');
  await page.getByLabel('To', { exact: true }).fill('ann@example.org');
  await page.getByLabel('Subject', { exact: true }).fill('{name}: {rows} rows & more');
  const downloading = page.waitForEvent('download');
  await exportButton(page).click();
  expect((await downloading).suggestedFilename()).toBe('orders.csv');
  await expect(page.getByRole('heading', { name: 'Mail draft' })).toBeVisible();
  await expect(page.getByText(/The draft has no attachment/)).toBeVisible();
  await expectGood(page, 'a mail draft');
  const link = page.getByRole('link', { name: 'Open in mail program' });
  const body = encodeURIComponent(`orders.csv (2 rows, ${Buffer.byteLength(CSV)} bytes)`);
  await expect(link).toHaveAttribute(
    'href',
    `mailto:ann@example.org?subject=orders%3A%202%20rows%20%26%20more&body=${body}`,
  );
});

test('a mail draft to what is no address is refused before the run', async ({ page }) => {
  await choose(page, 'Mail draft');
  await page.getByLabel('To', { exact: true }).fill('ann');
  await expect(page.getByText(/addresses such as ann@example\.org/).first()).toBeVisible();
});
