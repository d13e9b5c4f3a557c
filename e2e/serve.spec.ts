// `npm start` as a person meets it: the address it prints, and what it says when the port is taken.
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from './harness.ts';

const script = fileURLToPath(new URL('../dist/node/serve.js', import.meta.url));

/** Starts the server and waits for its first line or its end. */
async function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...env } });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const code = await Promise.race([
    exited,
    new Promise<undefined>((resolve) => child.stdout.once('data', () => resolve(undefined))),
  ]);
  const stop = () => {
    child.kill('SIGTERM');
    return exited;
  };
  return { code, text, stop };
}

test('prints an address that opens, and ends when asked', async ({ request }) => {
  const { text, stop } = await start(['--port', '0']);
  const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(text) ?? [];
  expect((await request.get(address)).status()).toBe(200);
  expect(await stop()).toBe(0);
});

test('says so when the port that was asked for is taken or none', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  expect(await start([], { PORT: String(port) })).toMatchObject({
    code: 1,
    text: `Port ${port} is taken.\n`,
  });
  expect(await start(['--port', 'eighty'])).toMatchObject({ code: 2 });
  taken.close();
});

test('takes another port when its own is taken and none was asked for', async () => {
  const servers = [await start([], { PORT: '' }), await start([], { PORT: '' })];
  const addresses = servers.map(({ text }) => text);
  for (const { stop } of servers) await stop();
  for (const text of addresses)
    expect(text).toMatch(/^Export Studio: http:\/\/127\.0\.0\.1:\d+\/\n$/);
  expect(new Set(addresses).size).toBe(2);
});
