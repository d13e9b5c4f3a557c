// Where exports went last on this machine: the next plan begins with it.
import type { Catalogue } from '../contract/verbs.ts';

const KEY = 'export-studio.delivery';
/** Beyond this a download, which is made in private storage first, takes room twice. */
const MOST_STAGED_BYTES = 256 * 1024 * 1024;

export function keepDelivery(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Without storage each plan begins with the usual one.
  }
}

/**
 * The delivery a first plan begins with: `last`, the one chosen last, else the download, which needs no question; a large source
 * goes straight into a file where the browser can. undefined when there is none here.
 */
export function usualDelivery(
  catalogue: Catalogue,
  sizeBytes: number | null,
  last: string | undefined,
): string | undefined {
  const here = catalogue.deliveries
    .filter((card) => card.doors.includes('browser') && !card.hostOnly)
    .map(({ id }) => id);
  const canPick = 'showSaveFilePicker' in globalThis;
  const isLarge = (sizeBytes ?? 0) > MOST_STAGED_BYTES;
  const wanted = [last, isLarge ? 'file' : 'download', 'download', here[0]];
  return wanted.find((id) => id && here.includes(id) && (id !== 'file' || canPick));
}

/** The delivery that was chosen last, as far as it was kept. */
export function lastDelivery(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
