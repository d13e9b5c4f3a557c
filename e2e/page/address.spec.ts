// Data from an address: pages read through the network worker alone, with a secret that is kept nowhere; and what a server has to allow.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startTestServer, testRows, type TestServer } from '../../src/sources/http/testing.node.ts';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
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
  const keptNow = () => page.evaluate(keptTexts);
  await expect.poll(keptNow).toContain('/orders');
  expect(await keptNow()).not.toContain(CANARY);
  expect(await page.locator('body').innerText()).not.toContain(CANARY);
});

/** All that the page keeps, as text. */
async function keptTexts(): Promise<string> {
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
}

test('an open address is changed where it stands, and its secret stays out of sight', async ({
  page,
}) => {
  const seen: string[] = [];
  for (const name of ['orders', 'returns'])
    server.answers.set(`/${name}`, (request, response) => {
      allow(response);
      if (request.method === 'OPTIONS') return void response.end();
      seen.push(`${name} ${request.headers.authorization ?? 'nobody'}`);
      if (request.headers.authorization !== `Bearer ${CANARY}`)
        return void response.writeHead(401).end();
      response.setHeader('content-type', 'application/json');
      response.end(`[{"id":1,"from":"${name}"}]`);
    });
  await page.goto('./');
  await page.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/orders`);
  await page.getByRole('button', { name: 'Sign-in, pages and more' }).click();
  await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('bearer');
  await page.getByLabel('Token').fill('wrong-at-first');
  await page.getByRole('button', { name: 'Open address' }).click();
  await expect(page.getByText(/401/).first()).toBeVisible();

  // Another secret for the same address.
  await page.getByRole('button', { name: 'How it is read' }).click();
  const form = page.getByRole('form', { name: 'Change address' });
  await page.getByRole('button', { name: 'Change address' }).click();
  await expect(form.getByRole('textbox', { name: 'Address' })).toHaveValue(`${server.url}/orders`);
  await expect(form.getByRole('combobox', { name: 'Sign-in' })).toHaveValue('bearer');
  await expect(form.getByLabel('Token')).toHaveValue('');
  await expectGood(page, 'the form to change an address');
  await form.getByLabel('Token').fill(CANARY);
  await form.getByRole('button', { name: 'Read this address' }).click();
  await expect(page.getByRole('gridcell', { name: 'orders' })).toBeVisible();

  // Another address of the same server: the secret stays as it was.
  await page.getByRole('button', { name: 'Change address' }).click();
  await expect(form.getByLabel('Token')).toHaveAttribute('placeholder', 'as it was');
  await form.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/returns`);
  await form.getByRole('button', { name: 'Read this address' }).click();
  await expect(page.getByRole('gridcell', { name: 'returns' })).toBeVisible();
  await expect(
    page.getByRole('complementary').getByRole('button', { name: /^returns/ }),
  ).toBeVisible();
  const returns = seen.filter((line) => line.startsWith('returns'));
  expect(new Set(returns)).toEqual(new Set([`returns Bearer ${CANARY}`]));

  // Another server is told nothing that was meant for this one.
  await page.getByRole('button', { name: 'Change address' }).click();
  await form.getByRole('textbox', { name: 'Address' }).fill('https://elsewhere.example/returns');
  await form.getByRole('button', { name: 'Read this address' }).click();
  await expect(form.getByRole('alert')).toContainText('Give the token');
  await form.getByRole('button', { name: 'Leave as it is' }).click();

  await page.keyboard.press('Control+z');
  await expect(page.getByRole('gridcell', { name: 'orders' })).toBeVisible();
});

test('a template that holds an address opens it, and asks for the secret', async ({ page }) => {
  server.answers.set('/orders', (request, response) => {
    allow(response);
    if (request.method === 'OPTIONS') return void response.end();
    if (request.headers.authorization !== `Bearer ${CANARY}`)
      return void response.writeHead(401).end();
    response.setHeader('content-type', 'application/json');
    response.end('[{"id":1,"from":"orders"},{"id":2,"from":"orders"}]');
  });
  server.answers.set('/open.csv', (_request, response) => {
    allow(response);
    response.end('a,b\n1,open\n');
  });
  const saveAs = async (name: string) => {
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog').getByRole('textbox').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await page.goto('./');
  await page.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/orders`);
  await page.getByRole('button', { name: 'Sign-in, pages and more' }).click();
  await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('bearer');
  await page.getByLabel('Token').fill(CANARY);
  await page.getByRole('button', { name: 'Open address' }).click();
  await expect(page.getByRole('gridcell', { name: 'orders' }).first()).toBeVisible();
  await step(page, 'Data').click();
  await page.getByRole('textbox', { name: /filter/i }).fill('id > 1');
  await saveAs('orders of the day');
  await page.goto('./');
  await page.getByRole('textbox', { name: 'Address' }).fill(`${server.url}/open.csv`);
  await page.getByRole('button', { name: 'Open address' }).click();
  await expect(page.getByRole('gridcell', { name: 'open' })).toBeVisible();
  await saveAs('open table');

  // In a new visit, from nothing: the address is opened with the plan over it.
  await page.goto('./');
  await page.getByRole('button', { name: /^open table/ }).click();
  await expect(page.getByRole('gridcell', { name: 'open' })).toBeVisible();
  // And beside what is open.
  await page.getByRole('button', { name: /^orders of the day/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Sign in at 127\.0\.0\.1/ });
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Give the token');
  await expectGood(page, 'asked for a secret');
  await dialog.getByLabel('Token').fill(CANARY);
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('gridcell', { name: 'orders' })).toHaveCount(1);
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
  expect(String(await storedFile(page, 'orders.csv'))).toContain('2,orders');
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
    // The steps are there before the first request is under way.
    const isThere = () =>
      page.workers().some((worker) => worker.url().includes('/network.browser-'));
    await expect.poll(isThere).toBe(true);
    const answers = new Map<string, string>();
    const askAll = async () => {
      for (const worker of page.workers()) {
        const name = /\/(\w+)\.browser-/.exec(worker.url())?.[1] ?? worker.url();
        try {
          answers.set(name, await worker.evaluate(ask, `${server.url}/open.csv`));
        } catch (thrown) {
          // One that had no more to do ends whenever it likes.
          if (!/closed/.test(String(thrown))) throw thrown;
        }
      }
      return [...answers];
    };
    await expect.poll(askAll).toEqual(
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
