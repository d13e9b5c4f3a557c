// Reads any part of a file of this machine, as it was when it was opened.
import { closeSync, fstatSync, openSync, read, readSync, type BigIntStats } from 'node:fs';
import { promisify } from 'node:util';
import { ExportError } from '../../contract/errors.ts';
import type { ByteSlices } from '../../contract/source-input.ts';

const readAsync = promisify(read);

/** A descriptor that nobody reads from is given back after so long. */
const IDLE_MS = 1_000;

export type FileState = Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs'>;

/** Another whenever a file is another: its place on the disk, its size, or when it was written. */
export function stampOf({ ino, size, mtimeNs }: FileState): string {
  return `${ino} ${size} ${mtimeNs}`;
}

/** Slices of the file at `path`, which looked like `state`; any other is `read.changed`. */
export function pathSlices(path: string, name: string, state: FileState): ByteSlices {
  const stamp = stampOf(state);
  let descriptor = -1;
  let readers = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fail = (cause: unknown, offset: number): never => {
    if (cause instanceof ExportError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError('read.failed', { name, offset, detail }, { cause });
  };
  const unchanged = (): void => {
    if (stampOf(fstatSync(descriptor, { bigint: true })) !== stamp)
      throw new ExportError('read.changed', { name });
  };
  const opened = (): number => {
    if (descriptor < 0) {
      descriptor = openSync(path, 'r');
      unchanged();
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (readers > 0 || descriptor < 0) return;
      closeSync(descriptor);
      descriptor = -1;
    }, IDLE_MS);
    timer.unref();
    return descriptor;
  };
  const most = Number(state.size);
  const room = (from: number, to: number): Uint8Array<ArrayBuffer> =>
    new Uint8Array(Math.max(0, Math.min(to, most) - from));
  return {
    sizeBytes: most,
    async read(from, to) {
      const bytes = room(from, to);
      if (bytes.length === 0) return bytes;
      readers++;
      try {
        for (let at = 0; at < bytes.length;) {
          const { bytesRead } = await readAsync(opened(), bytes, at, bytes.length - at, from + at);
          if (bytesRead === 0) throw new ExportError('read.changed', { name });
          at += bytesRead;
        }
        unchanged();
        return bytes;
      } catch (cause) {
        return fail(cause, from);
      } finally {
        readers--;
      }
    },
    readNow(from, to) {
      const bytes = room(from, to);
      if (bytes.length === 0) return bytes;
      try {
        for (let at = 0; at < bytes.length;) {
          const bytesRead = readSync(opened(), bytes, at, bytes.length - at, from + at);
          if (bytesRead === 0) throw new ExportError('read.changed', { name });
          at += bytesRead;
        }
        unchanged();
        return bytes;
      } catch (cause) {
        return fail(cause, from);
      }
    },
  };
}
