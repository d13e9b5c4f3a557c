// What is stored about the stores themselves: how much history is kept, and whether the browser promised to keep it.
import type { Persistence } from '../contract/store.ts';
import type { Records } from './records.ts';

export type Setting =
  | { id: 'retention'; maxEntries: number; maxDays: number }
  | { id: 'persistence'; askedAt: string; granted: boolean | null };

export async function readPersistence(settings: Records<Setting>): Promise<Persistence> {
  const stored = (await settings.all()).find((each) => each.id === 'persistence');
  return { askedAt: stored?.askedAt ?? null, granted: stored?.granted ?? null };
}

/** Asks the browser once to keep what is stored; the answer stays. Says whether it was asked now. */
export async function askPersistence(settings: Records<Setting>): Promise<boolean> {
  if ((await readPersistence(settings)).askedAt !== null) return false;
  // Older browsers have no such question.
  const storage = navigator.storage as { persist?(): Promise<boolean> } | undefined;
  const granted = (await storage?.persist?.().catch(() => null)) ?? null;
  const askedAt = new Date().toISOString();
  await settings.change(() => ({ put: [{ id: 'persistence', askedAt, granted }], result: null }));
  return true;
}
