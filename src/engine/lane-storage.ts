// Writing files of the private storage in a lane: the synchronous handle, and the queue before it.
import type { StorageFile } from '../contract/delivery-plugin.ts';

/** The synchronous handle, which only workers have. */
interface SyncAccess {
  write(bytes: Uint8Array, at: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  close(): void;
}

type StorageHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

/** The lane's half: files by number. */
export interface StorageLane {
  openFile(id: number, handle: FileSystemFileHandle): Promise<void>;
  /** Bytes written; another number than given means that the storage is full. */
  writeFile(id: number, bytes: Uint8Array): Promise<number>;
  /** Size of the file; 0 when it is not open (any more). */
  closeFile(id: number): Promise<number>;
}

export function createStorageLane(): StorageLane {
  /** Pieces may arrive while their file is still being opened. */
  const files = new Map<number, Promise<{ access: SyncAccess; at: number }>>();
  return {
    async openFile(id, handle) {
      const opening = (handle as StorageHandle).createSyncAccessHandle().then((access) => {
        access.truncate(0);
        return { access, at: 0 };
      });
      files.set(id, opening);
      await opening;
    },
    async writeFile(id, bytes) {
      const file = await files.get(id)!;
      // Over the quota Chromium 156 throws nothing here and returns 4294967288.
      const count = file.access.write(bytes, { at: file.at });
      file.at += bytes.length;
      return count;
    },
    async closeFile(id) {
      const opening = files.get(id);
      if (opening === undefined) return 0;
      files.delete(id);
      const file = await opening;
      try {
        return file.access.getSize();
      } finally {
        file.access.close();
      }
    },
  };
}

/** Pieces under way before `write` waits. */
const MOST_PENDING = 4;

/** Thrown when the storage took fewer bytes than it was given. */
export class StorageFullError extends Error {
  constructor() {
    super('the storage took fewer bytes than it was given');
    this.name = 'QuotaExceededError';
  }
}

/** The writer's half: pieces go to the lane in order, some of them at once. */
export function openStorageFile(
  lane: StorageLane,
  id: number,
  handle: FileSystemFileHandle,
): StorageFile {
  // Not awaited here: the lane's thread may only be starting, and reading can begin meanwhile.
  const opened = lane.openFile(id, handle);
  opened.catch(() => {});
  const pending: Promise<void>[] = [opened];
  const settleFirst = (): Promise<void> => pending.shift()!;
  return {
    async write(bytes) {
      const size = bytes.length;
      const written = lane.writeFile(id, bytes).then((count) => {
        if (count !== size) throw new StorageFullError();
      });
      // Awaited in its turn.
      written.catch(() => {});
      pending.push(written);
      while (pending.length > MOST_PENDING) await settleFirst();
    },
    async close() {
      try {
        while (pending.length > 0) await settleFirst();
      } catch (thrown) {
        await lane.closeFile(id);
        throw thrown;
      }
      return lane.closeFile(id);
    },
  };
}
