// What origins and deliveries need of their door to reach out.

import type { CountingFetch } from '../contract/counting-fetch.ts';

/** A door's way to the network. */
export interface Network {
  fetch: CountingFetch;
  /** The door's clock and waiting, where those of the runtime are not meant (tests). */
  now?(): number;
  sleep?(ms: number): Promise<void>;
}

/** Waits; fulfilled early when the signal ends it. */
function sleepWith(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end, { once: true });
    });
}

/** The way to the network of one run. */
export function networkOf(network: Network, signal: AbortSignal): Required<Network> {
  return {
    fetch: network.fetch,
    now: network.now ?? (() => Date.now()),
    sleep: network.sleep ?? sleepWith(signal),
  };
}
