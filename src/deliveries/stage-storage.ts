// Makes the files of a download in private storage, written in this worker or, beside it, in a lane.
import { ExportError } from '../contract/errors.ts';
import type {
  DeliveryContext,
  DeliveryWriter,
  FileWriter,
  StorageFile,
} from '../contract/delivery-plugin.ts';
import { requirePlainName } from './file-names.ts';
import { FilePieces } from './file-pieces.ts';
import { handleError, HandleFile } from './handle-file.ts';
import { dropStaging, markDelivered, openStaging } from './staging.ts';

/** The synchronous handle, which only workers have. */
interface SyncAccess {
  write(bytes: Uint8Array, at: { at: number }): number;
  getSize(): number;
  close(): void;
}

type SyncHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

interface StagedFile {
  name: string;
  handle: FileSystemFileHandle;
  /** null once it was closed. */
  storage: StorageFile | null;
  written: number;
  isClosed: boolean;
}

/** Writes in this thread. */
async function openHere(handle: FileSystemFileHandle): Promise<StorageFile> {
  const access = await (handle as SyncHandle).createSyncAccessHandle();
  let written = 0;
  return {
    async write(bytes) {
      const count = access.write(bytes, { at: written });
      // Over the quota Chromium 156 throws nothing here and returns 4294967288.
      if (count !== bytes.length)
        throw new ExportError('deliver.no-space', { name: 'the download', written });
      written += count;
    },
    async close() {
      try {
        // Not flushed: a half-made download is worth nothing after a power cut, and 130 MB cost 50 ms.
        return access.getSize();
      } finally {
        access.close();
      }
    },
  };
}

export async function openInStorage(
  context: Pick<DeliveryContext<unknown>, 'jobId' | 'openStorageFile'>,
): Promise<DeliveryWriter> {
  const job = await openStaging(context.jobId).catch((thrown: unknown) => {
    throw handleError(thrown, 'the download', 0);
  });
  const files: StagedFile[] = [];
  let state: 'open' | 'committed' | 'aborted' = 'open';

  const requireOpen = (name: string): void => {
    if (state !== 'open')
      throw new ExportError('deliver.failed', { name, detail: `the delivery is ${state}` });
  };

  const guarded = async (
    file: StagedFile,
    work: (storage: StorageFile) => Promise<void>,
  ): Promise<void> => {
    try {
      requireOpen(file.name);
      await work(file.storage!);
    } catch (thrown) {
      throw handleError(thrown, file.name, file.written);
    }
  };

  const closeAll = async (): Promise<void> => {
    for (const file of files) {
      const { storage } = file;
      file.storage = null;
      await storage?.close().catch(() => {});
    }
  };

  return {
    async openFile(name) {
      requireOpen(name);
      requirePlainName(name);
      const number = files.length + 1;
      let file: StagedFile;
      try {
        // Numbers, as the names people give are not all names that private storage takes.
        const handle = await job.folder.getFileHandle(String(number), { create: true });
        const storage = (await context.openStorageFile?.(handle)) ?? (await openHere(handle));
        file = { name, handle, storage, written: 0, isClosed: false };
      } catch (thrown) {
        throw handleError(thrown, name, 0);
      }
      files.push(file);
      if (state === 'aborted') {
        await closeAll();
        await dropStaging(job);
      }
      requireOpen(name);
      const writer: FileWriter = {
        name,
        path: name,
        async rename(named) {
          requireOpen(file.name);
          file.name = writer.name = writer.path = named;
        },
        write: (bytes) =>
          guarded(file, async (storage) => {
            const size = bytes.length;
            await storage.write(bytes);
            file.written += size;
          }),
        close: () =>
          guarded(file, async (storage) => {
            file.storage = null;
            const size = await storage.close();
            if (size !== file.written)
              throw new ExportError('deliver.no-space', { name, written: size });
            file.isClosed = true;
          }),
      };
      return writer;
    },
    readBack(name) {
      const file = files.find((f) => f.name === name);
      return file?.isClosed === true ? new HandleFile(file.handle, new FilePieces()).read() : null;
    },
    async commit() {
      requireOpen('the download');
      const done: { name: string; blob: Blob }[] = [];
      for (const { name, handle } of files) done.push({ name, blob: await handle.getFile() });
      state = 'committed';
      markDelivered(job);
      return { kind: 'download', files: done, staged: job.folderName };
    },
    async abort() {
      if (state === 'committed') return;
      state = 'aborted';
      await closeAll();
      await dropStaging(job);
    },
  };
}
