// The folder of private storage (OPFS) in which downloads and uploads are made, and how what nobody needs any more leaves it.
//
// Each job has a folder of its own and holds a Web Lock of the same name for as long as its worker lives. A folder whose
// lock is free belongs to a worker that has gone, so the next download clears it away.

const STAGING = 'export-staging';

/** Time for which a delivered download stays, in case the browser still copies it. */
const KEPT_MS = 60 * 60 * 1000;

interface StagedJob {
  folderName: string;
  folder: FileSystemDirectoryHandle;
  /** Lets go of the job's lock. */
  release(): void;
}

/** Deliveries of this worker that are done, by folder name. */
const delivered = new Map<string, { atMs: number; release: () => void }>();

function folderNameOf(jobId: string): string {
  return jobId.replace(/[^\w-]/g, '_').slice(0, 64) || 'job';
}

const lockName = (folderName: string): string => `${STAGING}:${folderName}`;

async function stagingRoot(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(STAGING, { create: true });
}

async function removeFolder(root: FileSystemDirectoryHandle, name: string): Promise<void> {
  await root.removeEntry(name, { recursive: true }).catch(() => {});
}

/** Holds a lock until `release`; null when another worker has it. */
function holdLock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

/** The types of workers lack it. */
function namesOf(folder: FileSystemDirectoryHandle): AsyncIterable<string> {
  return (folder as unknown as { keys(): AsyncIterable<string> }).keys();
}

/** Removes the folders of workers that have gone, and of downloads of this worker that are long done. */
async function clearStale(root: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of namesOf(root)) names.push(name);
  for (const name of names) {
    const done = delivered.get(name);
    if (done !== undefined) {
      if (Date.now() - done.atMs <= KEPT_MS) continue;
      delivered.delete(name);
      done.release();
    }
    const release = await holdLock(lockName(name));
    if (release === null) continue;
    await removeFolder(root, name);
    release();
  }
}

/** Whether private storage with synchronous writing is there; where it is not, downloads are made in memory. */
export async function canStage(): Promise<boolean> {
  if (typeof FileSystemFileHandle !== 'function') return false;
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return false;
  try {
    await navigator.storage.getDirectory();
    return true;
  } catch {
    // Private windows of some browsers have the call, and refuse it.
    return false;
  }
}

/** A fresh, empty folder for a job; clears away what earlier ones left. */
export async function openStaging(jobId: string): Promise<StagedJob> {
  const root = await stagingRoot();
  // Not waited for: it leaves alone what is in use, and a run need not begin later for it.
  void clearStale(root).catch(() => {});
  const base = folderNameOf(jobId);
  for (let number = 1; ; number++) {
    const folderName = number === 1 ? base : `${base}-${number}`;
    const release = await holdLock(lockName(folderName));
    // The name is in use, by another worker or by a delivered download of this one.
    if (release === null) continue;
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    return { folderName, folder, release };
  }
}

/** Notes that a job is delivered: its folder stays until the browser has copied the files. */
export function markDelivered({ folderName, release }: StagedJob): void {
  delivered.set(folderName, { atMs: Date.now(), release });
}

/** Removes a delivered job's folder as soon as nobody needs it any more. */
export async function dropDelivered(folderName: string): Promise<void> {
  await removeFolder(await stagingRoot(), folderName);
  const done = delivered.get(folderName);
  delivered.delete(folderName);
  done?.release();
}

/** Removes a job's folder and lets its name go. */
export async function dropStaging(job: StagedJob): Promise<void> {
  await removeFolder(await stagingRoot(), job.folderName);
  job.release();
}

/**
 * The page's half: takes over a delivered job's lock as soon as its worker lets go, so that no other download clears its
 * folder away while the browser still copies, and removes the folder when `isTaken` is fulfilled.
 */
export async function keepStaged(folderName: string, isTaken: Promise<void>): Promise<void> {
  await navigator.locks.request(lockName(folderName), async () => {
    await isTaken;
    await removeFolder(await stagingRoot(), folderName);
  });
}

/** A dead worker's hold on its files lasts a moment longer than the worker. */
const CLEAR_TRIES = 20;
const CLEAR_WAIT_MS = 50;

/** The page's half: removes what a lost worker's job had staged; the next download would, but there may be none. */
export async function clearStaged(jobId: string): Promise<void> {
  const root = await stagingRoot();
  const base = folderNameOf(jobId);
  for (let tries = 1; tries <= CLEAR_TRIES; tries++) {
    await clearStale(root);
    let isLeft = false;
    for await (const name of namesOf(root))
      if (name === base || name.startsWith(`${base}-`)) isLeft = true;
    if (!isLeft) return;
    await new Promise((resolve) => setTimeout(resolve, CLEAR_WAIT_MS));
  }
}
