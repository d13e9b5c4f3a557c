// Serves the built host page of these tests on an address of its own.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createPageServer } from '../../src/node/page-server.ts';
import { buildGate } from './build.mjs';

export interface GateServer {
  /** Folder with `page/` and `node/`. */
  built: string;
  origin: string;
  close(): void;
}

/** `name` tells test processes apart that run at the same time. */
export async function startGate(name: string): Promise<GateServer> {
  const built = await buildGate(name);
  const server: Server = createPageServer(join(built, 'page'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    built,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
