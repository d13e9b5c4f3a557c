// Templates and history of programs in Node: files in a folder of theirs, by the same rules as the browser's.
import { mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ExportError } from '../contract/errors.ts';
import type { ExportHistoryEntry, ExportStore, StoredTemplate } from '../contract/store.ts';
import { createChanges } from '../storage/changes.ts';
import { openHistoryStore } from '../storage/history.ts';
import type { StoreEngine } from '../storage/public-config.ts';
import type { Identified, Records } from '../storage/records.ts';
import type { RunLocks } from '../storage/run-locks.ts';
import type { Setting } from '../storage/settings.ts';
import { createTemplateStore } from '../storage/templates.ts';

/** Of the files; counts their own changes. */
const FILE_VERSION = 1;
const LOCK_WAIT_MS = 5_000;

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // It lives, but is somebody else's.
    return codeOf(thrown) === 'EPERM';
  }
}

/** Files by which this process holds something: one that names it otherwise is of an earlier process of the same number. */
const ours = new Set<string>();

/** The process named in a file; null when nobody is, or it has ended. */
async function ownerOf(path: string): Promise<number | null> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  if (pid === process.pid) return ours.has(path) ? pid : null;
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : null;
}

/** Keeps other processes out of a file while `work` reads and writes it. */
async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  const startedAt = performance.now();
  for (;;) {
    try {
      const file = await open(lock, 'wx');
      ours.add(lock);
      // On a full disk it is held without a number: what follows will say so, and lets go of it.
      await file.writeFile(String(process.pid)).catch(() => {});
      await file.close();
      break;
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
      if (performance.now() - startedAt > LOCK_WAIT_MS) {
        if ((await ownerOf(lock)) !== null) throw thrown;
        // Left by a program that was ended in between.
        await rm(lock, { force: true });
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  try {
    return await work();
  } finally {
    ours.delete(lock);
    await rm(lock, { force: true });
  }
}

function createFileRecords<R extends Identified>(path: string): Records<R> {
  /** Changes of this process follow each other. */
  let last: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<R[]> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return [];
      throw thrown;
    }
    const { version, records } = JSON.parse(text) as { version: number; records: R[] };
    if (version > FILE_VERSION)
      throw new ExportError('storage.newer', { version, known: FILE_VERSION });
    return records;
  };
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof ExportError) throw thrown;
      if (codeOf(thrown) === 'ENOSPC') throw new ExportError('storage.full');
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new ExportError('storage.failed', { detail }, { cause: thrown });
    }
  };
  return {
    all: () => guarded(read),
    change(work) {
      const changed = last.then(() =>
        guarded(() =>
          withLock(path, async () => {
            const before = await read();
            const { put = [], remove = [], result } = work(before);
            if (put.length + remove.length === 0) return result;
            const after = new Map(before.map((each) => [each.id, each]));
            for (const id of remove) after.delete(id);
            for (const record of put) after.set(record.id, record);
            const text = JSON.stringify({ version: FILE_VERSION, records: [...after.values()] });
            const half = `${path}.${process.pid}.tmp`;
            await writeFile(half, text, { mode: 0o600, flush: true });
            await rename(half, path);
            return result;
          }),
        ),
      );
      last = changed.catch(() => {});
      return changed;
    },
  };
}

/** An export under way is a file named by its job that holds its process. */
function createFileLocks(folder: string): RunLocks {
  const pathOf = (jobId: string): string => join(folder, encodeURIComponent(jobId));
  return {
    async hold(jobId) {
      await mkdir(folder, { recursive: true });
      const path = pathOf(jobId);
      ours.add(path);
      // In one piece: whoever finds it empty would take it for nobody's.
      const half = `${folder}.${basename(path)}.tmp`;
      await writeFile(half, String(process.pid));
      await rename(half, path);
    },
    release(jobId) {
      ours.delete(pathOf(jobId));
      rm(pathOf(jobId), { force: true }).catch(() => {});
    },
    async held() {
      const names = await readdir(folder).catch(() => []);
      const held = new Set<string>();
      for (const name of names) {
        if ((await ownerOf(join(folder, name))) === null)
          await rm(join(folder, name), { force: true });
        else held.add(decodeURIComponent(name));
      }
      return held;
    },
  };
}

/**
 * Opens templates and history in a folder, which is made if need be; several processes may share it. Only changes of this
 * process are told. Rejects with `storage.newer` when a newer version wrote there, `storage.failed` when it cannot be used.
 */
export async function openStore(engine: StoreEngine, path: string): Promise<ExportStore> {
  let folder: string;
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    folder = await realpath(path);
  } catch (thrown) {
    throw new ExportError('storage.failed', { detail: String(thrown) }, { cause: thrown });
  }
  const changes = createChanges(null);
  const templates = createFileRecords<StoredTemplate>(join(folder, 'templates.json'));
  // A newer one is refused now, not at the first use.
  await templates.all();
  const history = await openHistoryStore({
    records: createFileRecords<ExportHistoryEntry>(join(folder, 'history.json')),
    settings: createFileRecords<Setting>(join(folder, 'settings.json')),
    engine,
    locks: createFileLocks(join(folder, 'running')),
    onChange: changes.tell,
  });
  return {
    templates: createTemplateStore({
      records: templates,
      engine,
      onChange: () => changes.tell('templates'),
      onSaved() {},
    }),
    history,
    isPersistent: true,
    reason: null,
    persistence: async () => ({ askedAt: null, granted: null }),
    onChange: changes.listen,
    close: changes.close,
  };
}
