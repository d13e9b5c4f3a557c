// The component kit (react-aria) and the schema library (zod) work under the headers the studio is served with.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { createPageServer } from '../../src/node/page-server.ts';
import { expect, test } from '../harness.ts';

const out = fileURLToPath(new URL('../../dist/policy', import.meta.url));
let server: Server;

test.beforeAll(async () => {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    plugins: [react()],
    // Where the server puts the nonce of each response.
    html: { cspNonce: '__CSP_NONCE__' },
    build: { outDir: out, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  });
  server = createPageServer(out);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

test.use({ forgive: [/^request to another machine: http:\/\/127\.0\.0\.1/] });

test('a dialog and a select of the component kit break nothing, and schemas parse', async ({
  page,
  faults,
}) => {
  const { port } = server.address() as AddressInfo;
  const response = await page.goto(`http://127.0.0.1:${port}/`);
  expect(response?.headers()['content-security-policy']).toContain('require-trusted-types-for');
  await expect(page.getByText('Level 6')).toBeVisible();
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('button', { name: /codec/i }).click();
  await page.getByRole('option', { name: 'zip', exact: true }).click();
  await expect(page.getByRole('button', { name: /codec/i })).toContainText('zip');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(faults.filter((fault) => fault.startsWith('policy'))).toEqual([]);
});
