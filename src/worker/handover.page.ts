// The page's half of deliveries: the download click, the clipboard, and clearing up where a worker died.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { DeliveryHandover } from '../contract/plugins.ts';

/** How long a download may take to be fetched from its object URL; the browser copies it at once in practice. */
const URL_LIFETIME_MS = 60_000;

/** Does what a delivery left for the page. */
export async function finishHandover(handover: DeliveryHandover): Promise<void> {
  if (handover.kind === 'download') {
    for (const { name, blob } of handover.files) {
      const url = URL.createObjectURL(blob);
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), URL_LIFETIME_MS);
    }
    return;
  }
  try {
    await navigator.clipboard.writeText(handover.text);
  } catch (cause) {
    throw new ExportError('deliver.denied', { name: 'the clipboard' }, { cause });
  }
}

/** Removes what a dead worker left: the file its picker had created or emptied, empty files in a folder. */
export async function clearAfterDeath(
  config: ExportConfig,
  bindings: Bindings,
  _jobId: string,
  fileNames: string[],
): Promise<void> {
  for (const output of config.outputs) {
    const target = bindings.targets?.[output.id];
    if (target instanceof FileSystemFileHandle) {
      const removable = target as FileSystemFileHandle & { remove?(): Promise<void> };
      await removable.remove?.().catch(() => {});
    } else if (target instanceof FileSystemDirectoryHandle) {
      for (const name of fileNames) {
        const handle = await target.getFileHandle(name).catch(() => null);
        const file = await handle?.getFile();
        if (file?.size === 0) await target.removeEntry(name).catch(() => {});
      }
    }
  }
}
