// Remembers for a while what an address has answered to questions: every change of a plan asks the same again. Runs ask anew.
import type { OriginPieces } from '../contract/origin-plugin.ts';

const KEPT_MS = 60_000;
const KEPT_ANSWERS = 4;

interface Kept {
  pieces: Promise<OriginPieces>;
  /** What was made of the pieces, by whoever asked for them. */
  made: Map<string, Promise<unknown>>;
  timer: ReturnType<typeof setTimeout> | undefined;
  abort: AbortController;
}

/** By all that the answer depends on. */
const kept = new Map<string, Kept>();

/**
 * The pieces last opened under this key, or fresh ones from `open`. They live longer than a single question: `open` gets the
 * signal that ends them.
 */
export async function rememberOrigin(
  key: string,
  open: (signal: AbortSignal) => Promise<OriginPieces>,
): Promise<RememberedOrigin> {
  const entry = kept.get(key) ?? begin(key, open);
  clearTimeout(entry.timer);
  entry.timer = setTimeout(() => forget(key, entry), KEPT_MS);
  (entry.timer as { unref?(): void }).unref?.();
  const pieces = await entry.pieces;
  return {
    pieces,
    once<T>(what: string, make: () => Promise<T>): Promise<T> {
      const known = entry.made.get(what) as Promise<T> | undefined;
      if (known !== undefined) return known;
      const making = make();
      entry.made.set(what, making);
      // A failure is asked about again.
      making.catch(() => forget(key, entry));
      return making;
    },
    forget: () => forget(key, entry),
  };
}

/** Kept at once, so that questions that come together are one. */
function begin(key: string, open: (signal: AbortSignal) => Promise<OriginPieces>): Kept {
  const abort = new AbortController();
  const entry: Kept = { pieces: open(abort.signal), made: new Map(), timer: undefined, abort };
  entry.pieces.catch(() => forget(key, entry));
  kept.set(key, entry);
  for (const [oldest, first] of kept) {
    if (kept.size <= KEPT_ANSWERS) break;
    forget(oldest, first);
  }
  return entry;
}

/** An origin that nothing is remembered of. */
export function freshOrigin(pieces: OriginPieces): RememberedOrigin {
  return { pieces, once: (_what, make) => make(), forget() {} };
}

export interface RememberedOrigin {
  pieces: OriginPieces;
  /** What `make` gave the first time. */
  once<T>(what: string, make: () => Promise<T>): Promise<T>;
  /** Ends it: something in it is no more what it was. */
  forget(): void;
}

function forget(key: string, entry: Kept): void {
  if (kept.get(key) === entry) kept.delete(key);
  clearTimeout(entry.timer);
  entry.abort.abort();
}
