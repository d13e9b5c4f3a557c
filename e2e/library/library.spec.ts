// The built library in a page of a host's own: plain files, strict headers, no bundler; and the same API in Node.
import { cp, mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { createPageServer } from '../../src/node/page-server.ts';
import { expect, test as base } from '../harness.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const test = base.extend<object, { origin: string }>({
  origin: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of fixtures from the pattern
    async ({}, provide) => {
      const folder = await mkdtemp(join(tmpdir(), 'host-'));
      await cp(here('site'), folder, { recursive: true });
      await cp(here('../../dist/library'), folder, { recursive: true });
      await mkdir(join(folder, 'workers'));
      await cp(
        here('../../dist/library/export-studio.worker.js'),
        join(folder, 'workers/export-studio.worker.js'),
      );
      const server = createPageServer(folder);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await provide(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

test.use({ forgive: [/^request to another machine: http:\/\/127\.0\.0\.1/] });

async function open(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await expect(page).toHaveTitle('ready');
}

/** Calls a function of the host page. */
function call<T>(page: Page, name: string, ...args: unknown[]): Promise<T> {
  return page.evaluate(
    ([key, given]) => {
      const { host } = globalThis as unknown as {
        host: Record<string, (...all: unknown[]) => unknown>;
      };
      return host[key]!(...given) as T;
    },
    [name, args] as const,
  );
}

test('the example of README runs as it stands there', async ({ page, origin }) => {
  const [readme, example] = await Promise.all([
    readFile(here('../../README.md'), 'utf8'),
    readFile(here('site/example.js'), 'utf8'),
  ]);
  expect(readme).toContain(`\`\`\`js\n${example}\`\`\`\n`);

  const download = page.waitForEvent('download');
  await page.goto(`${origin}example.html`);
  const text =
    'id;city;paid;at\n1;Köln;12.5;2026-11-21T09:30:00.000Z\n2;"Oslo; north";;2026-11-21T10:00:00.000Z\n';
  const file = await download;
  expect(file.suggestedFilename()).toBe('orders.csv');
  expect(await readFile(await file.path(), 'utf8')).toBe(text);
  await expect(page).toHaveTitle('orders.csv: 2 rows');
  await expect.poll(() => page.evaluate(() => document.body.textContent?.trim())).toBe(text.trim());
});

for (const format of ['csv', 'ndjson', 'json'])
  test(`array, pages, generator and piped records give the same ${format}`, async ({
    page,
    origin,
  }) => {
    await open(page, origin);
    const count = 2_500;
    const whole = await call<{ hash: string }>(page, 'toHandle', 'array', format, count);
    expect(whole).toMatchObject({ outcome: 'completed', error: null, rowsOut: count });
    for (const shape of ['pages', 'generator'])
      expect(await call(page, 'toHandle', shape, format, count), shape).toEqual(whole);
    for (const shape of ['array', 'pages', 'generator'])
      expect(await call(page, 'toStream', shape, format, count), shape).toBe(whole.hash);
    expect(await call(page, 'throughPair', format, count)).toBe(whole.hash);
  });

test('a reader that goes away ends the export and lets go of the rows and workers', async ({
  page,
  origin,
}) => {
  await open(page, origin);
  const result = await call<{ firstSize: number; lateMs: number }>(page, 'cancelledReader');
  expect(result).toMatchObject({
    running: { state: 'running', isUnfinished: true },
    isClosed: true,
    state: 'cancelled',
    outcome: 'cancelled',
  });
  expect(result.firstSize).toBeGreaterThan(0);
  console.log(`reader gone, run ended after ${result.lateMs.toFixed(0)} ms`);
  expect(result.lateMs).toBeLessThan(1000);
  const workers = page.workers().length;
  await call(page, 'cancelledReader');
  await call(page, 'cancelledReader');
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(workers);
  await call(page, 'close');
  await expect.poll(() => page.workers().length).toBe(0);
});

test('whoever writes into a pair of streams learns that its reader has gone', async ({
  page,
  origin,
}) => {
  await open(page, origin);
  expect(await call(page, 'cancelledPair', false)).toContain('enough');
  expect(await call(page, 'cancelledPair', true)).not.toBeNull();
});

test('an error in the middle of a stream is an ExportError with its code', async ({
  page,
  origin,
}) => {
  await open(page, origin);
  const broken = { isExportError: true, code: 'read.rows.failed', row: 100_000, hasHint: true };
  const changed = { isExportError: true, code: 'read.rows.misfit', row: 5_001, hasHint: true };
  expect(await call(page, 'failures')).toEqual({
    breaking: broken,
    changing: changed,
    piped: changed,
    brokenPipe: broken,
  });
});

test('status and cancel by id', async ({ page, origin }) => {
  await open(page, origin);
  const result = await call<{ rowsOut: number; lateMs: number }>(page, 'statusAndCancel');
  expect(result).toMatchObject({
    during: 'running',
    wasCancelled: true,
    after: 'cancelled',
    outcome: 'cancelled',
    isClosed: true,
    left: [],
    unknown: [null, false],
    again: false,
  });
  expect(result.rowsOut).toBeGreaterThan(0);
  console.log(`cancelled after ${result.lateMs.toFixed(0)} ms`);
  expect(result.lateMs).toBeLessThan(1000);
});

test('templates and history outlive the page; what it was doing is found interrupted', async ({
  page,
  origin,
}) => {
  await open(page, origin);
  const before = await call<{ id: string }>(page, 'keepAndLeave');
  expect(before).toMatchObject({
    outcome: 'completed',
    head: 'id',
    outcomes: { ended: 'completed', left: 'running' },
  });
  await open(page, origin);
  expect(await call(page, 'whatIsKept')).toEqual({
    templates: [{ id: before.id, name: 'Weekly', error: null }],
    history: {
      ended: { outcome: 'completed', rowsOut: 50, format: 'csv' },
      left: { outcome: 'interrupted', rowsOut: null, format: 'csv' },
    },
    status: 'interrupted',
  });
});

test('a store that the browser clears under the page says so and goes on', async ({
  page,
  origin,
}) => {
  await open(page, origin);
  await call(page, 'openToBeCleared');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(origin).origin,
    storageTypes: 'all',
  });
  expect(await call(page, 'afterClearing')).toEqual({
    wasHeard: true,
    left: [],
    names: ['Again'],
  });
});

test('a million records of a host never hold the page for 50 ms', async ({ page, origin }) => {
  test.setTimeout(120_000);
  await open(page, origin);
  const result = await call<{ tasks: number[]; ms: number; bindMs: number }>(
    page,
    'longTasks',
    1_000_000,
  );
  console.log(JSON.stringify(result));
  expect(result).toMatchObject({ outcome: 'completed', rowsOut: 1_000_000 });
  expect(result.tasks).toEqual([]);
});
