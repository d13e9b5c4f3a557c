// The page's server keeps to its folder and sends the policy with every answer.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageServer } from './page-server.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-server-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page', '.hidden'), 'secret');
  await writeFile(join(folder, 'page', 'index.html'), '<meta nonce="__CSP_NONCE__">');
  await writeFile(join(folder, 'page', 'assets', 'main-abc.js'), 'export {};');
  await writeFile(join(folder, 'page', 'assets', 'network.browser-abc.js'), 'export {};');
  await writeFile(join(folder, 'page', 'assets', 'ümlaut.csv'), 'a\n');
  await symlink(join(folder, 'secret.txt'), join(folder, 'page', 'link.txt'));
  server = createPageServer(join(folder, 'page'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** One request whose path goes out exactly as written, which `fetch` would not do. */
function get(path: string, { method = 'GET', host = '127.0.0.1' } = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const sent = httpRequest({ port, path, method, host: '127.0.0.1', headers: { host } });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      sent.end();
    },
  );
}

describe('the page server', () => {
  it('serves the document with a fresh nonce that its policy names', async () => {
    const answers = await Promise.all([get('/'), get('/index.html?x=1')]);
    const nonces = answers.map(({ status, headers, text }) => {
      expect(status).toBe(200);
      const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
      expect(nonce).toMatch(/^[\w+/]{24}$/);
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(headers['cache-control']).toBe('no-cache');
      expect(Number(headers['content-length'])).toBe(text.length);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it.each(['/', '/assets/main-abc.js', '/missing', '/%'])(
    'sends the policy with %s',
    async (path) => {
      const { headers } = await get(path);
      const policy = headers['content-security-policy'] as string;
      for (const directive of [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self';",
        "require-trusted-types-for 'script'",
        'trusted-types export-studio',
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(directive);
      }
      expect(policy).not.toContain('unsafe-inline');
      expect(policy).not.toContain("'unsafe-eval'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    },
  );

  it('lets only the network worker reach other machines', async () => {
    const network = await get('/assets/network.browser-abc.js');
    expect(network.headers['content-security-policy']).toContain("connect-src 'self' https: http:");
    const other = await get('/assets/main-abc.js');
    expect(other.headers['content-security-policy']).toContain("connect-src 'self';");
  });

  it('keeps hashed files for ever and gives each its type', async () => {
    const script = await get('/assets/main-abc.js');
    expect(script.headers['cache-control']).toContain('immutable');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const table = await get('/assets/%C3%BCmlaut.csv');
    expect(table.text).toBe('a\n');
    expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/%00',
    '/index.html%00.js',
    '/%252e%252e%252fsecret.txt',
    '/link.txt',
    '/.hidden',
    '/assets',
    '/assets/',
    '/%',
    '/%ff',
    'http://127.0.0.1/../secret.txt',
    `/${'a'.repeat(5000)}`,
  ])('finds nothing at %s', async (path) => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).not.toContain('secret');
  });

  it('answers HEAD without a body and refuses what would change something', async () => {
    const head = await get('/assets/main-abc.js', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe('10');
    expect(await get('/', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  it('answers to its own name only', async () => {
    expect(await get('/', { host: 'elsewhere.example' })).toMatchObject({ status: 421 });
    expect(await get('/', { host: 'localhost:4173' })).toMatchObject({ status: 200 });
  });
});
