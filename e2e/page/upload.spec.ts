// Exports that a page sends to an address: by the network worker alone, with a secret that is kept nowhere, and not told as more than it is.
import {
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { startReceiver, type Receiver } from '../../src/deliveries/http/testing.node.ts';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { ownCertificate } from './certificate.ts';
import { exportButton, openFile, step } from './studio.ts';

const CANARY = 'canary-90d2';
const CSV = 'id,name\n1,ä\n2,b\n';

let receiver: Receiver;
test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(() => receiver.close());

// Another port is another origin: what this page sends there it sends by the network worker.
test.use({
  forgive: [/^request to another machine: https?:\/\/127\.0\.0\.1:\d+\//],
  ignoreHTTPSErrors: true,
});

function allowPages(answer: Receiver['answer'] = () => false): void {
  receiver.answer = (request, response, before) => {
    const { method } = request;
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', 'PUT');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (method !== 'OPTIONS') return answer(request, response, before);
    response.writeHead(204).end();
    return true;
  };
}

async function chooseAddress(page: Page, url: string, csv = CSV): Promise<void> {
  await page.goto('./');
  await openFile(page, 'orders.csv', csv);
  await step(page, 'Delivery').click();
  await page.getByRole('radio', { name: 'Address (HTTP)' }).click();
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(url);
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

test('a server that is busy is waited for in sight, and a cancel says what may have arrived', async ({
  page,
}) => {
  allowPages((_request, response) => {
    response.setHeader('access-control-expose-headers', 'retry-after');
    response.writeHead(503, { 'retry-after': '30' }).end();
    return true;
  });
  await chooseAddress(page, `${receiver.url}/up/{name}`);
  await exportButton(page).click();
  await expect(page.getByText(/orders\.csv is being sent\. It goes whole/)).toBeVisible();
  await expect(page.getByText(/503.*Tried again in 30\.0\ss, 3 more times at most/)).toBeVisible();
  await expect(page.getByRole('row', { name: /^Send under way/ })).toBeVisible();
  await expect(page.getByText('Cancel leaves no file behind')).toBeHidden();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(
    page.getByRole('contentinfo').getByText(/0 of 1 files had been sent; orders\.csv may have/),
  ).toBeVisible();
  await expect(exportButton(page)).toBeVisible();
});

test('the rule for old files is what an address can keep to', async ({ page }) => {
  await chooseAddress(page, `${receiver.url}/up/{name}`);
  const told = page
    .getByRole('region', { name: 'Name', exact: true })
    .getByText(/that is there already stays, the server decides/);
  await expect(told).toBeVisible();
  await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('basic');
  await page.getByLabel('Sign', { exact: true }).click();
  await page.getByRole('button', { name: /^More Headers/ }).click();
  await expectGood(page, 'an address with all its options');
  const rule = page.getByRole('combobox', { name: 'If it exists' });
  await expect(rule.getByRole('option')).toHaveText(['Stop', 'Replace it']);
  await rule.selectOption('replace');
  await expect(told).toBeHidden();
});

/** A server over HTTP/2, which takes a body no faster than it is let. */
async function startSecure(takesStreams: boolean) {
  const seen: { headers: IncomingHttpHeaders; bytes: number }[] = [];
  let free = (): void => {};
  const isFree = new Promise<void>((resolve) => {
    free = resolve;
  });
  const server: Http2SecureServer = createSecureServer(ownCertificate());
  const take = async (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'content-type',
    };
    stream.on('error', () => {});
    if (headers[':method'] === 'OPTIONS') {
      stream.respond({ ':status': 204, ...cors }, { endStream: true });
      return;
    }
    if (!takesStreams && headers['content-length'] === undefined) {
      stream.respond({ ':status': 411, ...cors }, { endStream: true });
      return;
    }
    let bytes = 0;
    try {
      for await (const piece of stream) {
        bytes += (piece as Buffer).length;
        if (bytes > 1_000_000) await isFree;
      }
    } catch {
      // Whoever sent it has gone.
      return;
    }
    seen.push({ headers, bytes });
    stream.respond({ ':status': 201, ...cors }, { endStream: true });
  };
  server.on('stream', (stream, headers) => void take(stream, headers));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/up/{name}`, seen, free, close: () => server.close() };
}

const LONG = `id,name\n${'12345678,abcdefghijklmnopqrstuvwxyz\n'.repeat(150_000)}`;

test('over HTTP/2 the bytes that have gone are counted', async ({ page }) => {
  const server = await startSecure(true);
  await chooseAddress(page, server.url, LONG);
  await exportButton(page).click();
  await expect(page.getByText(/orders\.csv is being sent\. \d.* of .* have gone\./)).toBeVisible();
  const bar = page.getByRole('progressbar', { name: 'Share sent' });
  await expect(bar).toHaveAttribute('value', /^0\.[1-9]/);
  await expectGood(page, 'a file on its way');
  expect(server.seen).toEqual([]);
  server.free();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  expect(server.seen.map(({ bytes }) => bytes)).toEqual([LONG.length]);
  expect(server.seen[0]!.headers['content-length']).toBeUndefined();
  server.close();
});

test('a server that wants the length gets the file whole', async ({ page }) => {
  const server = await startSecure(false);
  server.free();
  await chooseAddress(page, server.url, LONG);
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  const [request] = server.seen;
  expect(request).toMatchObject({ bytes: LONG.length });
  expect(request!.headers['content-length']).toBe(String(LONG.length));
  server.close();
});

test('an upload that is cancelled on its way stops, and leaves nothing staged', async ({
  page,
}) => {
  const server = await startSecure(true);
  await chooseAddress(page, server.url, LONG);
  await exportButton(page).click();
  await expect(page.getByText(/ have gone\./)).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(
    page.getByRole('contentinfo').getByText(/0 of 1 files had been sent; orders\.csv may have/),
  ).toBeVisible();
  expect(server.seen).toEqual([]);
  const staged = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('export-staging', { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
  expect(staged).toEqual([]);
  server.free();
  server.close();
});
