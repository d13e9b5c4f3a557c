// `npm start`: serves the built page on this machine only and prints its address.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createPageServer } from './page-server.ts';

const defaultPort = 4173;

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const asked = values.port ?? (process.env.PORT || undefined);
const port = Number(asked ?? defaultPort);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`The port has to be a number from 0 to 65535, not ${asked}.`);
  process.exit(2);
}

const server = createPageServer(fileURLToPath(new URL('../page', import.meta.url)));
try {
  await listen(server, port);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' || asked !== undefined) {
    console.error(code === 'EADDRINUSE' ? `Port ${port} is taken.` : message);
    process.exit(1);
  }
  await listen(server, 0);
}
console.log(`Export Studio: http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}

function listen(target: Server, onPort: number): Promise<void> {
  return new Promise((resolve, reject) => {
    target.once('error', reject);
    target.listen(onPort, '127.0.0.1', () => {
      target.off('error', reject);
      resolve();
    });
  });
}
