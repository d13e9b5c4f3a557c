// The built library in a host application of its own: its dialog over a paged API, under strict headers.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import react from '@vitejs/plugin-react';
import type { Locator, Page } from '@playwright/test';
import { build } from 'vite';
import { createPageServer } from '../../src/node/page-server.ts';
import { expect, test } from '../harness.ts';
import { step, storedFile, stubFilePicker } from '../page/studio.ts';
import { agentsCsv, answer, COMMANDS, commandsNdjson } from './fleet.ts';

const out = fileURLToPath(new URL(`../../dist/host-${process.pid}`, import.meta.url));
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let server: Server;
let origin = '';

test.beforeAll(async () => {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2023',
      rolldownOptions: { input: [here('index.html'), here('example.html')] },
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  const files = createPageServer(out);
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    if (!pathname.startsWith('/api/')) return void files.emit('request', request, response);
    response.setHeader('content-type', 'application/json');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.end(JSON.stringify(answer(pathname, searchParams)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  const { rm } = await import('node:fs/promises');
  await rm(out, { recursive: true, force: true });
});

async function openHost(page: Page, query = ''): Promise<void> {
  await stubFilePicker(page);
  const response = await page.goto(`${origin}${query}`);
  const policy = response?.headers()['content-security-policy'];
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain("default-src 'none'");
  await expect(page.getByRole('cell', { name: 'c-091f2a' })).toBeVisible();
}

async function openDialog(page: Page, button: string): Promise<Locator> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog');
  await expect(step(page, 'Delivery')).toBeVisible();
  return dialog;
}

/** SHA-256 of a file in private storage: too large to be handed over as it is. */
function storedHash(page: Page, name: string): Promise<string> {
  return page.evaluate(async (fileName) => {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle(fileName)).getFile();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }, name);
}

test('the dialog exports all pages of the grid, and then the other data set', async ({ page }) => {
  test.slow();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await openHost(page);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  const scrolled = await page.evaluate(() => scrollY);

  const button = page.getByRole('button', { name: 'Export …' });
  await button.evaluate((element: HTMLElement) => element.focus({ preventScroll: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Export commands' })).toBeVisible();
  await expect(step(page, 'Data')).toContainText('8 columns');
  await page.screenshot({ path: test.info().outputPath('dialog.png') });

  // The host's page stays where it is.
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, 500);
  await page.mouse.move(20, 20);
  await page.mouse.wheel(0, 500);
  await page.waitForTimeout(100);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);

  await step(page, 'Format').click();
  await page
    .getByRole('radio', { name: /NDJSON|JSON Lines/ })
    .first()
    .check({ force: true });
  await step(page, 'Data').click();
  await expect(page.getByRole('radio', { name: /agents/ })).toBeVisible();
  await step(page, 'Delivery').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Export/ })
    .click();
  await expect(page.getByRole('heading', { name: 'commands.ndjson is done' })).toBeVisible({
    timeout: 30_000,
  });
  const expected = createHash('sha256').update(commandsNdjson()).digest('hex');
  expect(await storedHash(page, 'commands.ndjson')).toBe(expected);
  await expect(page.getByText(`completed: ${COMMANDS} rows`)).toBeAttached();

  // Focus came from the button and goes back there.
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(button).toBeFocused();

  await openDialog(page, 'Export agents …');
  await expect(step(page, 'Format')).toContainText('CSV');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Export/ })
    .click();
  await expect(page.getByRole('heading', { name: 'agents.csv is done' })).toBeVisible();
  expect((await storedFile(page, 'agents.csv'))?.toString('utf8')).toBe(agentsCsv());
  expect(new Set(asked)).toEqual(new Set([new URL(origin).origin]));
});

test('the React example of README runs as it stands there', async ({ page }) => {
  const example = await readFile(here('example.tsx'), 'utf8');
  expect(await readFile(here('../../README.md'), 'utf8')).toContain(
    `\`\`\`tsx\n${example}\`\`\`\n`,
  );
  await stubFilePicker(page);
  await page.goto(`${origin}example.html`);
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export orders' });
  await expect(dialog.getByText('Köln').first()).toBeVisible();
  const said = page.waitForEvent('console', (message) => message.text() === 'completed 5000');
  await dialog.getByRole('button', { name: /^Export/ }).click();
  await said;
  const text = (await storedFile(page, 'orders.csv'))!.toString('utf8');
  expect(text.split('\n')).toHaveLength(5_002);
  expect(text).toMatch(/^id,city\n0,Köln\n[^]*\n4999,Köln\n$/);
});

test('Esc closes what floats, then the step, then the dialog', async ({ page }) => {
  await openHost(page);
  await openDialog(page, 'Export …');
  await step(page, 'Data').click();
  await page.keyboard.press('Escape');
  await expect(step(page, 'Data')).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Export …' })).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe('');
});

test('keys work in the dialog that is open, and nowhere else', async ({ page }) => {
  await openHost(page);
  await page.keyboard.press('2');
  await openDialog(page, 'Export …');
  await page.keyboard.press('2');
  await expect(step(page, 'Data')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('o');
  await expect(page.getByRole('tab', { name: 'Output' })).toHaveAttribute('aria-selected', 'true');
});

/** The middle of the dialog: round its corners the host shines through. */
async function picture(page: Page): Promise<Buffer> {
  // Times differ from run to run.
  for (const time of await page.getByText(/^updated in|^Forecast from|^≈\s[\d.]+\sm?s$/).all())
    await time.evaluate((element: HTMLElement) => (element.style.visibility = 'hidden'));
  const box = (await page.getByRole('dialog').boundingBox())!;
  return page.screenshot({
    clip: { x: box.x + 12, y: box.y + 12, width: box.width - 24, height: box.height - 24 },
    animations: 'disabled',
  });
}

/** The greatest difference of two pictures in any channel of any pixel, 0 to 255. */
function farthest(page: Page, ...pictures: [Buffer, Buffer]): Promise<number> {
  return page.evaluate(
    async (texts) => {
      const [a, b] = await Promise.all(
        texts.map(async (text) => {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes]));
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
          canvas.drawImage(image, 0, 0);
          return canvas.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      if (a!.length !== b!.length) return 255;
      return a!.reduce((most, value, i) => Math.max(most, Math.abs(value - b![i]!)), 0);
    },
    pictures.map((picture) => picture.toString('base64')),
  );
}

test('a hostile style sheet of the host changes no pixel of the dialog', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const pictures: Buffer[] = [];
  for (const query of ['', '?hostile']) {
    await openHost(page, query);
    await openDialog(page, 'Export agents …');
    await expect(page.getByText('Forecast from', { exact: false })).toBeVisible();
    await page.mouse.move(5, 5);
    for (const name of ['closed', 'Data', 'Options'] as const) {
      if (name !== 'closed') await step(page, name).focus();
      if (name !== 'closed') await page.keyboard.press('Enter');
      await page.waitForTimeout(600);
      const taken = await picture(page);
      await test.info().attach(`${name}${query}`, { body: taken, contentType: 'image/png' });
      pictures.push(taken);
    }
  }
  await page.goto('about:blank');
  const half = pictures.length / 2;
  for (const [i, plain] of pictures.slice(0, half).entries()) {
    const spoilt = pictures[half + i]!;
    // Round corners are drawn with a last bit that depends on what lies behind.
    expect(await farthest(page, plain, spoilt), `picture ${i}`).toBeLessThanOrEqual(4);
  }
});

test('the style sheet says nothing of a host', async ({ page }) => {
  await openHost(page);
  const foreign = await page.evaluate(() => {
    const selectors: string[] = [];
    const walk = (rules: CSSRuleList) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule) selectors.push(rule.selectorText);
        else if (rule instanceof CSSGroupingRule) walk(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) walk(sheet.cssRules);
    return selectors;
  });
  const ours = foreign.filter((selector) => selector.includes('export-studio-outranks'));
  expect(ours.length).toBeGreaterThan(300);
  const hosts = foreign.filter((selector) => !ours.includes(selector));
  expect(hosts).toEqual([
    'body',
    '.dashboard > header',
    '.dashboard > main',
    '.dashboard > main > table',
  ]);
  // Each of ours names the root, or a class that the build made.
  expect(ours.filter((selector) => !/\.export-studio\b|\._[\w-]+_\w+_\d+/.test(selector))).toEqual(
    [],
  );
  expect(
    await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink')),
  ).toBe('');
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`axe finds nothing in the dialog at ${width}, light and dark`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    // What is half faded in has half its contrast.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openHost(page);
    for (const button of ['Export …', 'Export agents …']) {
      await openDialog(page, button);
      await expect(page.getByText('Forecast from', { exact: false })).toBeAttached();
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .include('dialog')
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const found = violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
        expect(found, colorScheme).toEqual([]);
      }
      const box = (await page.getByRole('dialog').boundingBox())!;
      if (width === 390) expect([box.width, box.height]).toEqual([390, 844]);
      else expect([box.width, box.height]).toEqual([1120, 720]);
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
