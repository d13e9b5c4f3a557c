// The page's part of the way to the network: it starts the network worker when a run worker first asks for something.
import type { NewLine } from './network-wire.ts';
import { scriptUrl } from './script-url.ts';

/** A line for a run worker: one end of a channel whose other end goes to the network worker. */
export interface NetworkLines {
  openLine(): MessagePort;
  close(): void;
}

export function createNetworkLines(workerUrl: string | URL): NetworkLines {
  let worker: Worker | undefined;
  return {
    openLine() {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener(
        'message',
        ({ data: first, ports }: MessageEvent<unknown>) => {
          worker ??= new Worker(scriptUrl(workerUrl), { type: 'module', name: 'network' });
          const line: NewLine = { port: port1, first };
          worker.postMessage(line, [port1, ...ports]);
        },
        { once: true },
      );
      port1.start();
      return port2;
    },
    close() {
      worker?.terminate();
      worker = undefined;
    },
  };
}
