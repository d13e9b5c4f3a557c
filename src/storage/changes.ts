// Tells listeners of every change, in this tab and the others.
import type { StoreChange } from '../contract/store.ts';

export interface Changes {
  /** Something changed here. */
  tell(change: StoreChange): void;
  listen(listener: (change: StoreChange) => void): () => void;
  close(): void;
}

/** `channel`: name shared with the other tabs; null: there is nothing to share. */
export function createChanges(channel: string | null): Changes {
  const listeners = new Set<(change: StoreChange) => void>();
  const tellHere = (change: StoreChange): void => listeners.forEach((listener) => listener(change));
  const others =
    channel !== null && 'BroadcastChannel' in globalThis ? new BroadcastChannel(channel) : null;
  others?.addEventListener('message', (event) => tellHere(event.data as StoreChange));
  let isClosed = false;
  return {
    tell(change) {
      if (isClosed) return;
      tellHere(change);
      // A cleared database is seen by each tab by itself.
      if (change !== 'cleared') others?.postMessage(change);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      isClosed = true;
      listeners.clear();
      others?.close();
    },
  };
}
