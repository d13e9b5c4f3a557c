// The page's half of deliveries: the download click, the clipboard, and clearing up where a worker died.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { DeliveryHandover } from '../contract/delivery-plugin.ts';
import { clearStaged, keepStaged } from '../deliveries/staging.ts';
import { isLeftover } from '../deliveries/file-names.ts';

/** How long the browser may take to copy a download; large ones go to slow disks. */
const DOWNLOAD_MS = 60 * 60 * 1000;

/** Before the run's worker ends: keeps its stored files for the browser to copy. */
export function holdHandover(handover: DeliveryHandover): void {
  if (handover.kind === 'clipboard' || handover.staged === undefined) return;
  // Nobody else has what waits to be shared: it stays as long as the page does.
  const isTaken = new Promise<void>((resolve) => {
    if (handover.kind === 'download') setTimeout(resolve, DOWNLOAD_MS);
  });
  keepStaged(handover.staged, isTaken).catch(() => {});
}

/** Does what a delivery left for the page; the share sheet and the mail program wait for a click. */
export async function finishHandover(handover: DeliveryHandover): Promise<void> {
  if (handover.kind === 'download') {
    for (const { name, blob } of handover.files) {
      const url = URL.createObjectURL(blob);
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
    }
    return;
  }
  if (handover.kind === 'share') return;
  try {
    await putOnClipboard(handover);
  } catch (cause) {
    throw new ExportError('deliver.denied', { name: 'the clipboard' }, { cause });
  }
}

/** The text, and beside it the table where there is one: whatever it is pasted into takes what it knows best. */
async function putOnClipboard({
  text,
  html,
}: DeliveryHandover & { kind: 'clipboard' }): Promise<void> {
  // Older Firefox has no other way than text.
  if (html === undefined || !('ClipboardItem' in globalThis))
    return navigator.clipboard.writeText(text);
  const flavours = { 'text/plain': text, 'text/html': html };
  const blobs = Object.entries(flavours).map(
    ([type, content]) => [type, new Blob([content], { type })] as const,
  );
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

/** Deliveries that make their files in private storage first. */
const STAGED = new Set(['download', 'http', 'share', 'mail']);

/** A dead worker's hold on a file lasts a moment longer than the worker. */
const RELEASE_TRIES = 20;
const RELEASE_WAIT_MS = 50;

async function removeWhenFree(remove: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await remove();
    } catch (thrown) {
      const isHeld = thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError';
      if (!isHeld || tries === RELEASE_TRIES) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, RELEASE_WAIT_MS));
    }
  }
}

/** What is gone already needs no removing. */
function ignoreMissing(thrown: unknown): void {
  if (!(thrown instanceof DOMException && thrown.name === 'NotFoundError')) throw thrown;
}

type RemovableHandle = FileSystemFileHandle & { remove?(): Promise<void> };

async function namesIn(folder: FileSystemDirectoryHandle): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const name of folder.keys()) names.add(name);
  return names;
}

/**
 * Before a run: notes which picked files were empty (a picker creates or empties them), and what lies in a folder. After a
 * run that was not completed: takes those files away again, what the run had begun in the folder, and what it had stored
 * for a download. What was there before stays.
 */
export async function prepareCleanUp(
  bindings: Bindings,
  config: ExportConfig,
  jobId: string,
): Promise<(fileNames: string[]) => Promise<void>> {
  const emptied: RemovableHandle[] = [];
  const folders: { folder: FileSystemDirectoryHandle; before: Set<string> }[] = [];
  for (const target of Object.values(bindings.targets ?? {})) {
    if (target instanceof FileSystemDirectoryHandle) {
      // One that may not be read may not be written either: the run will say so.
      const before = await namesIn(target).catch(() => null);
      if (before !== null) folders.push({ folder: target, before });
    }
    if (!(target instanceof FileSystemFileHandle)) continue;
    const file = await target.getFile().catch(() => null);
    if (file === null || file.size === 0) emptied.push(target);
  }
  return async (fileNames) => {
    for (const handle of emptied)
      await removeWhenFree(async () => handle.remove?.()).catch(ignoreMissing);
    for (const { folder, before } of folders)
      for (const name of await namesIn(folder)) {
        const isOurs = fileNames.includes(name) || isLeftover(name, jobId);
        if (isOurs && !before.has(name)) await removeWhenFree(() => folder.removeEntry(name));
      }
    if (config.outputs.some(({ delivery }) => STAGED.has(delivery.id))) await clearStaged(jobId);
  };
}
