// Scratch files of a browser's worker: in the private storage, in a folder per run whose lock tells whether the run lives.
import { createScratch, type BackingFile, type RunScratch } from '../engine/scratch.ts';

const FOLDER = 'export-scratch';

/** The synchronous handle, which only workers have. */
interface SyncAccess {
  write(bytes: Uint8Array, at: { at: number }): number;
  read(bytes: Uint8Array, at: { at: number }): number;
  close(): void;
}
type SyncHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };
type Listed = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

const lockOf = (run: string): string => `export-scratch-${run}`;

/** The folder of all runs; null where there is none and none is to be made. */
async function scratchFolder(create: boolean): Promise<FileSystemDirectoryHandle | null> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create }).catch((thrown: unknown) => {
    if (create) throw thrown;
    return null;
  });
}

/** Makes the folder of a run; the folder of all may be taken away in between, as the run that used it ends. */
async function makeRunFolder(run: string): Promise<FileSystemDirectoryHandle> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await (await scratchFolder(true))!.getDirectoryHandle(run, { create: true });
    } catch (thrown) {
      if (attempt >= 3) throw thrown;
    }
  }
}

/** Takes a run's folder away, and that of all with the last of them. */
async function removeRunFolder(folder: FileSystemDirectoryHandle, run: string): Promise<void> {
  // A file of a worker that is only just dying is still locked: the next sweep takes it.
  await folder.removeEntry(run, { recursive: true }).catch(() => {});
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(FOLDER).catch(() => {});
}

/** Removes what runs have left that died: nobody holds their lock any more. */
export async function sweepScratch(): Promise<void> {
  const folder = (await scratchFolder(false)) as Listed | null;
  if (folder === null) return;
  const runs: string[] = [];
  for await (const name of folder.keys()) runs.push(name);
  for (const run of runs)
    await navigator.locks.request(lockOf(run), { ifAvailable: true }, async (lock) => {
      if (lock !== null) await removeRunFolder(folder, run);
    });
}

/** Held until `release`, or until this worker dies. */
function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => new Promise<void>((release) => resolve(release)))
      .catch(reject);
  });
}

interface RunFolder {
  folder: FileSystemDirectoryHandle;
  release(): void;
}

/** Scratch in the private storage; without one all of it stays in memory. */
export function openPrivateScratch(memoryBytes: number, inMemoryBytes?: number): RunScratch {
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype))
    return createScratch(memoryBytes);
  const run = crypto.randomUUID();
  let opening: Promise<RunFolder> | undefined;
  let count = 0;
  const openRun = async (): Promise<RunFolder> => {
    const release = await holdLock(lockOf(run));
    try {
      return { folder: await makeRunFolder(run), release };
    } catch (thrown) {
      release();
      throw thrown;
    }
  };
  const openFile = async (): Promise<BackingFile> => {
    const { folder } = await (opening ??= openRun());
    const name = String(count++);
    const handle = (await folder.getFileHandle(name, { create: true })) as SyncHandle;
    const access = await handle.createSyncAccessHandle();
    return {
      write(bytes, at) {
        // Over the quota Chromium 156 throws nothing here and returns 4294967288.
        if (access.write(bytes, { at }) !== bytes.length)
          throw new DOMException('the storage took fewer bytes than given', 'QuotaExceededError');
      },
      read(bytes, from) {
        if (access.read(bytes, { at: from }) !== bytes.length)
          throw new Error('a scratch file is shorter than what was written');
      },
      async close() {
        access.close();
        await folder.removeEntry(name).catch(() => {});
      },
    };
  };
  const close = async (): Promise<void> => {
    const opened = await opening?.catch(() => undefined);
    if (opened === undefined) return;
    const folder = await scratchFolder(false);
    if (folder !== null) await removeRunFolder(folder, run);
    opened.release();
  };
  return createScratch(memoryBytes, { openFile, close }, inMemoryBytes);
}
