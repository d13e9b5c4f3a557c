// Types of Comlink's adapter for worker_threads, which it ships without.
declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink';

  /** What worker_threads' Worker and MessagePort have in common. */
  interface NodeEndpoint {
    postMessage(message: unknown, transfer?: readonly unknown[]): void;
    on(type: string, listener: (value: unknown) => void): unknown;
    off(type: string, listener: (value: unknown) => void): unknown;
  }

  export default function nodeEndpoint(endpoint: NodeEndpoint): Endpoint;
}
