// Where an export can go from this page: what the browser offers, and the pickers, which open only in a click.
import type { ExportConfig } from '../../contract/config.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { deliveryWords } from '../plan/delivery-words.en.ts';

type DeliveryCard = Catalogue['deliveries'][number];

/** The deliveries a person can choose. */
export function offeredDeliveries(catalogue: Catalogue): DeliveryCard[] {
  return catalogue.deliveries.filter((card) => card.doors.includes('browser') && !card.hostOnly);
}

/** Whether this browser can do the delivery; otherwise the reason. */
export function placeOf(card: DeliveryCard): { missing: string | null } {
  const words = deliveryWords;
  if (card.needs === 'file' && !('showSaveFilePicker' in window))
    return { missing: words.noFilePicker };
  if (card.needs === 'folder' && !('showDirectoryPicker' in window))
    return { missing: words.noFolderPicker };
  // `navigator.clipboard` is missing outside secure contexts.
  if (card.id === 'clipboard' && (navigator as Partial<Navigator>).clipboard === undefined)
    return { missing: words.noClipboard };
  if (card.id === 'share' && !canShareFiles()) return { missing: words.noShare };
  return { missing: null };
}

function canShareFiles(): boolean {
  // Firefox and Chrome on Linux have none of it.
  const { canShare } = navigator as Partial<Navigator>;
  return (
    canShare?.call(navigator, { files: [new File([], 'a.txt', { type: 'text/plain' })] }) === true
  );
}

function isDismissed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Asks for a folder that may be written to; null when nobody chose one. */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await window.showDirectoryPicker({ id: 'export', mode: 'readwrite' });
  } catch (error) {
    if (isDismissed(error)) return null;
    throw error;
  }
}

/**
 * The thing the delivery writes to, asked for in the click on Export: the browser empties a picked file at once, so
 * nobody is asked earlier. undefined = the person turned away.
 */
export async function pickTarget(
  card: DeliveryCard,
  config: ExportConfig,
  fileName: string,
  folder: FileSystemDirectoryHandle | null,
): Promise<{ target: unknown; folder: FileSystemDirectoryHandle | null } | undefined> {
  if (card.needs === 'nothing') return { target: undefined, folder };
  if (card.needs === 'file') {
    try {
      const target = await window.showSaveFilePicker({
        id: 'export',
        suggestedName: fileName || config.name,
      });
      return { target, folder };
    } catch (error) {
      if (isDismissed(error)) return undefined;
      throw error;
    }
  }
  const chosen = folder ?? (await pickFolder());
  if (chosen === null) return undefined;
  const state = await chosen.requestPermission({ mode: 'readwrite' });
  return state === 'granted' ? { target: chosen, folder: chosen } : undefined;
}
