// Room for what a run must put aside: in memory while it is little, then in files that a door opens; gone with the run.
import { ExportError } from '../contract/errors.ts';
import type { Scratch, ScratchFile } from '../contract/scratch.ts';

/** The scratch of one run. Files that are still open go with it. */
export interface RunScratch extends Scratch {
  /** Removes every file; nothing can be created or used afterwards. Safe twice. */
  close(): Promise<void>;
}

/** A file as a door has it: read and written at once, without waiting. */
export interface BackingFile {
  /** Throws `scratch.full`. */
  write(bytes: Uint8Array, at: number): void;
  /** Fills `bytes` from what was written at `from`. */
  read(bytes: Uint8Array, from: number): void;
  /** Closes and removes it. */
  close(): void | Promise<void>;
}

/** Bytes of all files of a run that are held in memory before files are used. */
const IN_MEMORY_BYTES = 16 * 1024 * 1024;

const SMALLEST = 1024;

/**
 * Scratch files in memory as long as all of them together are at most `inMemoryBytes`; one that outgrows this moves to a file
 * of `openFile`. Missing: all of it stays in memory.
 */
export function createScratch(
  memoryBytes: number,
  backing?: { openFile(): Promise<BackingFile>; close?(): Promise<void> },
  inMemoryBytes = IN_MEMORY_BYTES,
): RunScratch {
  const files = new Set<ScratchFile>();
  let held = 0;
  let isClosed = false;
  const refuseClosed = (): void => {
    if (isClosed) throw new DOMException('the run that this belongs to has ended', 'AbortError');
  };

  const create = (): ScratchFile => {
    let memory = new Uint8Array(0);
    let used = 0;
    let file: BackingFile | null = null;
    let isGone = false;
    const read = (from: number, to: number): Uint8Array => {
      if (isGone) refuseClosed();
      const bytes = new Uint8Array(Math.max(0, Math.min(to, used) - from));
      if (file === null) bytes.set(memory.subarray(from, from + bytes.length));
      else file.read(bytes, from);
      return bytes;
    };
    const grow = (size: number): void => {
      if (size <= memory.length) return;
      const grown = new Uint8Array(Math.max(SMALLEST, memory.length * 2, size));
      grown.set(memory.subarray(0, used));
      held += grown.length - memory.length;
      memory = grown;
    };
    const made: ScratchFile = {
      get sizeBytes() {
        return used;
      },
      async write(bytes) {
        refuseClosed();
        const isOver = held - memory.length + used + bytes.length > inMemoryBytes;
        if (file === null && backing !== undefined && isOver) {
          const opened = await backing.openFile();
          if (isGone) {
            await opened.close();
            refuseClosed();
          }
          file = opened;
          file.write(memory.subarray(0, used), 0);
          held -= memory.length;
          memory = new Uint8Array(0);
        }
        if (file === null) {
          grow(used + bytes.length);
          memory.set(bytes, used);
        } else {
          try {
            file.write(bytes, used);
          } catch (thrown) {
            throw fullOr(thrown, used);
          }
        }
        used += bytes.length;
      },
      read: async (from, to) => read(from, to),
      readNow: read,
      async close() {
        if (isGone) return;
        isGone = true;
        files.delete(made);
        held -= memory.length;
        memory = new Uint8Array(0);
        used = 0;
        await file?.close();
      },
    };
    files.add(made);
    return made;
  };

  return {
    memoryBytes,
    async create() {
      refuseClosed();
      return create();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await Promise.allSettled([...files].map((file) => file.close()));
      await backing?.close?.();
    },
  };
}

/** A door says by these names that there is no more room. */
function fullOr(thrown: unknown, written: number): unknown {
  const { name, code } = thrown as { name?: string; code?: string };
  const isFull = name === 'QuotaExceededError' || code === 'ENOSPC' || code === 'EDQUOT';
  return isFull ? new ExportError('scratch.full', { written }, { cause: thrown }) : thrown;
}

/** Scratch files that are pieces in memory: for tests, and for jobs too small to need more. */
export function memoryScratch(memoryBytes: number): RunScratch {
  return createScratch(memoryBytes);
}
