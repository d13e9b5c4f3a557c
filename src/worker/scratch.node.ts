// Scratch files of Node: in the temporary folder, without a name from the start, so that no end of the process leaves one.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScratch, type BackingFile, type RunScratch } from '../engine/scratch.ts';

async function openTemporary(folder: string): Promise<BackingFile> {
  const path = join(folder, `export-studio-${randomUUID()}.scratch`);
  const descriptor = openSync(path, 'wx+', 0o600);
  const remove = (): boolean => {
    try {
      unlinkSync(path);
      return true;
    } catch {
      return false;
    }
  };
  // Windows removes no open file: there it goes when it is closed.
  const isRemoved = remove();
  const onExit = (): void => void remove();
  if (!isRemoved) process.once('exit', onExit);
  return {
    write(bytes, at) {
      for (let done = 0; done < bytes.length;)
        done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
    },
    read(bytes, from) {
      for (let done = 0; done < bytes.length;) {
        const count = readSync(descriptor, bytes, done, bytes.length - done, from + done);
        if (count === 0) throw new Error('a scratch file is shorter than what was written');
        done += count;
      }
    },
    close() {
      closeSync(descriptor);
      if (isRemoved) return;
      process.off('exit', onExit);
      remove();
    },
  };
}

/** Scratch in `folder`, by default the system's temporary one. */
export function openNodeScratch(
  memoryBytes: number,
  folder = tmpdir(),
  inMemoryBytes?: number,
): RunScratch {
  return createScratch(memoryBytes, { openFile: () => openTemporary(folder) }, inMemoryBytes);
}
