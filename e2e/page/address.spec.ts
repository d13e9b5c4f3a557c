// Data from an address: pages read through the network worker alone, with a secret that is kept nowhere; and what a server has to allow.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startTestServer, testRows, type TestServer } from '../../src/sources/http/testing.node.ts';
import { expect, test } from '../harness.ts';
import { exportButton, step, storedFile, stubFilePicker } from './studio.ts';

const CANARY = 'canary-51f0';
const rows = testRows(25);
const PAGE = 10;

let server: TestServer;
test.beforeEach(async ({ page }) => {
  server = await startTestServer();
  await stubFilePicker(page);
});
test.afterEach(() => server.close());

// Another port is another origin: what this page asks there for it asks by the network worker.
test.use({ forgive: [/^request to another machine: http:\/\/127\.0\.0\.1:\d+\//] });

function allow(response: { setHeader(name: string, value: string): void }): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', 'authorization, x-own');
  response.setHeader('access-control-expose-headers', 'link, retry-after, etag');
}

test('an API behind a token is read page by page, and its rows come out whole', async ({
  page,
}) => {
  server.answers.set('/orders', (request, response, before) => {
    allow(response);
    if (request.method === 'OPTIONS') return void response.end();
    if (request.headers.authorization !== `Bearer ${CANARY}`)
      return void response.writeHead(401).end();
    // A bad moment, that passes.
    if (before === 3) return void response.writeHead(503, { 'retry-after': '0' }).end();
    const at = Number(request.query.get('page') ?? 1);
    if (at * PAGE < rows.length)
      response.setHeader('link', `<${server.url}/orders?page=${at + 1}>; rel="next"`);
    response.setHeader('content-type', 'application/json');
    response.end(
      `[${rows
        .slice((at - 1) * PAGE, at * PAGE)
        .map(({ json }) => json)
        .join(',')}]`,
    );
  });
  await page.goto('./');
  await page.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/orders`);
  await page.getByRole('button', { name: 'Sign-in, pages and more' }).click();
  await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('bearer');
  await page.getByLabel('Token').fill(CANARY);
  await page.getByRole('combobox', { name: 'Pages' }).selectOption('link-header');
  await page.getByRole('button', { name: 'Open address' }).click();
  await expect(step(page, 'Delivery')).toBeVisible();
  await expect(page.getByText(/9007199254740993|9,007,199,254,740,993/).first()).toBeVisible();
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  const text = String(await storedFile(page, 'orders.csv'));
  expect(text.trimEnd().split('\n')).toHaveLength(26);
  expect(text).toContain(rows.at(-1)!.id);

  // The network worker did it, and no other could have.
  const workers = page.workers().map((worker) => worker.url());
  expect(workers.filter((url) => url.includes('/network.browser-'))).toHaveLength(1);
  // Nothing of the secret stays.
  const kept = await page.evaluate(async () => {
    const all: unknown[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!);
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(new Error('cannot be opened')));
      });
      for (const store of database.objectStoreNames)
        all.push(
          await new Promise((resolve) => {
            const asking = database.transaction(store).objectStore(store).getAll();
            asking.addEventListener('success', () => resolve(asking.result));
          }),
        );
      database.close();
    }
    return JSON.stringify(all);
  });
  expect(kept).toContain('/orders');
  expect(kept).not.toContain(CANARY);
  expect(await page.locator('body').innerText()).not.toContain(CANARY);
});

test('a server that does not allow it is told in plain words', async ({ page }) => {
  server.answers.set('/closed.csv', (_request, response) => response.end('a\n1\n'));
  await page.goto('./');
  await page.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/closed.csv`);
  await page.getByRole('button', { name: 'Open address' }).click();
  await expect(page.getByText(/does not let pages of other addresses read it/).first()).toBeVisible(
    { timeout: 40_000 },
  );
  await expect(page.getByText(/Access-Control-Allow-Origin/).first()).toBeVisible();
});

test.describe('the policy', () => {
  test.use({ forgive: [/./] });

  test('keeps every worker but the network’s own from other machines', async ({
    page,
    request,
    faults,
  }) => {
    server.answers.set('/open.csv', (_request, response) => {
      allow(response);
      response.end('a\n1\n');
    });
    await page.goto('./');
    await page.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/open.csv`);
    await page.getByRole('button', { name: 'Open address' }).click();
    await expect(step(page, 'Delivery')).toBeVisible();
    const ask = (url: string) =>
      fetch(url).then(
        async (response) => response.text(),
        () => 'refused',
      );
    const answers = new Map<string, string>();
    for (const worker of page.workers()) {
      const name = /\/(\w+)\.browser-/.exec(worker.url())?.[1] ?? worker.url();
      answers.set(name, await worker.evaluate(ask, `${server.url}/open.csv`));
    }
    expect([...answers]).toEqual(
      expect.arrayContaining([
        ['entry', 'refused'],
        ['network', 'a\n1\n'],
      ]),
    );
    expect(await page.evaluate(ask, `${server.url}/open.csv`)).toBe('refused');
    expect(faults.some((fault) => fault.startsWith('policy: '))).toBe(true);

    const assets = fileURLToPath(new URL('../../dist/page/assets', import.meta.url));
    const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(5);
    for (const file of scripts) {
      const policy = (await request.get(`assets/${file}`)).headers()['content-security-policy']!;
      const isNetwork = file.startsWith('network.browser-');
      expect(policy.includes("connect-src 'self';"), file).toBe(!isNetwork);
      expect(policy.includes("connect-src 'self' https: http:;"), file).toBe(isNetwork);
    }
  });
});
