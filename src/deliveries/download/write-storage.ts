// Makes the files of a download in private storage, with synchronous writes in this worker.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryWriter } from '../../contract/plugins.ts';
import { requirePlainName } from '../file-names.ts';
import { FilePieces } from '../file-pieces.ts';
import { handleError, HandleFile } from '../handle-file.ts';
import { dropStaging, markDelivered, openStaging } from './staging.ts';

/** The synchronous handle, which only workers have. */
interface SyncAccess {
  write(bytes: Uint8Array, at: { at: number }): number;
  flush(): void;
  getSize(): number;
  close(): void;
}

type StorageHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

interface StagedFile {
  name: string;
  handle: FileSystemFileHandle;
  access: SyncAccess | null;
  written: number;
  isClosed: boolean;
}

export async function openInStorage(jobId: string): Promise<DeliveryWriter> {
  const job = await openStaging(jobId).catch((thrown: unknown) => {
    throw handleError(thrown, 'the download', 0);
  });
  const files: StagedFile[] = [];
  let state: 'open' | 'committed' | 'aborted' = 'open';

  const requireOpen = (name: string): void => {
    if (state !== 'open')
      throw new ExportError('deliver.failed', { name, detail: `the delivery is ${state}` });
  };

  const guarded = async (file: StagedFile, work: () => Promise<void>): Promise<void> => {
    try {
      requireOpen(file.name);
      await work();
    } catch (thrown) {
      throw handleError(thrown, file.name, file.written);
    }
  };

  const closeAll = (): void => {
    for (const file of files) {
      file.access?.close();
      file.access = null;
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
        const access = await (handle as StorageHandle).createSyncAccessHandle();
        file = { name, handle, access, written: 0, isClosed: false };
      } catch (thrown) {
        throw handleError(thrown, name, 0);
      }
      files.push(file);
      if (state === 'aborted') {
        closeAll();
        await dropStaging(job);
      }
      requireOpen(name);
      const sink = async (piece: Uint8Array): Promise<void> => {
        const count = file.access!.write(piece, { at: file.written });
        // Over the quota Chromium 156 throws nothing here and returns 4294967288.
        if (count !== piece.length)
          throw new ExportError('deliver.no-space', { name, written: file.written });
        file.written += count;
      };
      return {
        name,
        path: name,
        write: (bytes) => guarded(file, () => sink(bytes)),
        close: () =>
          guarded(file, async () => {
            file.access!.flush();
            const size = file.access!.getSize();
            file.access!.close();
            file.access = null;
            if (size !== file.written)
              throw new ExportError('deliver.no-space', { name, written: size });
            file.isClosed = true;
          }),
      };
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
      closeAll();
      await dropStaging(job);
    },
  };
}
