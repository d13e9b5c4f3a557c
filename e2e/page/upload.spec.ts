// Exports that a page sends to an address: by the network worker alone, with a secret that is kept nowhere, and not told as more than it is.
import { startReceiver, type Receiver } from '../../src/deliveries/http/testing.node.ts';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step } from './studio.ts';

const CANARY = 'canary-90d2';
const CSV = 'id,name\n1,ä\n2,b\n';

let receiver: Receiver;
test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(() => receiver.close());

// Another port is another origin: what this page sends there it sends by the network worker.
test.use({ forgive: [/^request to another machine: http:\/\/127\.0\.0\.1:\d+\//] });

function allowPages(): void {
  receiver.answer = ({ method }, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', 'PUT');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (method !== 'OPTIONS') return false;
    response.writeHead(204).end();
    return true;
  };
}

test('a file is sent with a token that stays nowhere', async ({ page }) => {
  allowPages();
  await page.goto('./');
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Delivery').click();
  await page.getByRole('radio', { name: 'Address (HTTP)' }).click();
  await page
    .getByRole('textbox', { name: 'Address', exact: true })
    .fill(`${receiver.url}/up/{name}`);
  await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('bearer');
  await page.getByLabel('Secret', { exact: true }).fill(CANARY);
  await expect(page.getByText('Nothing leaves this machine')).toBeHidden();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  const put = receiver.seen.find(({ method }) => method === 'PUT')!;
  expect(put.url).toBe('/up/orders.csv');
  expect(put.headers.authorization).toBe(`Bearer ${CANARY}`);
  expect(Number(put.headers['content-length'])).toBe(put.body.length);
  expect(new TextDecoder().decode(put.body)).toContain('1,ä');
  await expect(page.getByText(/not read back/).first()).toBeVisible();
  expect(await page.locator('body').innerText()).not.toContain(CANARY);
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(kept).not.toContain(CANARY);
  // Nothing that was staged for it stays.
  const staged = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('export-staging', { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
  expect(staged).toEqual([]);
});

test('a server that does not let pages send is told from one that failed', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Delivery').click();
  await page.getByRole('radio', { name: 'Address (HTTP)' }).click();
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${receiver.url}/up`);
  await exportButton(page).click();
  const told = page.getByText(/does not let pages of other addresses send/);
  await expect(told.filter({ visible: true }).first()).toBeVisible();
});
