// Opens a file of this machine, or standard input, as a stream of chunks.
import { createReadStream, fstatSync, type BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { ExportError } from '../../contract/errors.ts';
import type { OpenedBytes } from './blob.ts';
import { openFolder, openPattern } from './folder.node.ts';
import { pathSlices, stampOf } from './path-slices.node.ts';

const CHUNK_BYTES = 1024 * 1024;

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** A regular file by path, or the files of a folder or a pattern. Fails with `read.open-failed`; one that changed since or underway is `read.changed`. */
export async function openPath(path: string): Promise<OpenedBytes> {
  const name = basename(path);
  const failed = (cause: unknown): never => {
    if (cause instanceof ExportError) throw cause;
    throw new ExportError('read.open-failed', { name, detail: reason(cause) }, { cause });
  };
  let info: BigIntStats;
  try {
    info = await stat(path, { bigint: true });
  } catch (cause) {
    // A file may be called like a pattern; only where there is none is it one.
    return (await openPattern(path)) ?? failed(cause);
  }
  if (info.isDirectory()) return openFolder(path).catch(failed);
  const isRegular = info.isFile();
  const stamp = stampOf(info);
  return {
    name,
    sizeBytes: isRegular ? Number(info.size) : null,
    once: !isRegular,
    ...(isRegular && {
      stamp,
      slices: pathSlices(path, name, info),
      besideBytes: async (ending: string) =>
        (await stat(path + ending).catch(() => null))?.size ?? 0,
    }),
    async *open() {
      const file = await open(path, 'r').catch((cause: unknown) => {
        throw new ExportError('read.open-failed', { name, detail: reason(cause) }, { cause });
      });
      let offset = 0;
      const unchanged = async (): Promise<void> => {
        if (isRegular && stampOf(await file.stat({ bigint: true })) !== stamp)
          throw new ExportError('read.changed', { name });
      };
      try {
        await unchanged();
        for (;;) {
          const chunk = new Uint8Array(CHUNK_BYTES);
          const { bytesRead } = await file
            .read(chunk, 0, CHUNK_BYTES, null)
            .catch((cause: unknown) => {
              throw new ExportError(
                'read.failed',
                { name, offset, detail: reason(cause) },
                { cause },
              );
            });
          if (bytesRead === 0) break;
          offset += bytesRead;
          yield bytesRead === CHUNK_BYTES ? chunk : chunk.subarray(0, bytesRead);
        }
        await unchanged();
      } finally {
        await file.close();
      }
    },
  };
}

/** Descriptor 0 itself, as a worker thread's process.stdin is empty; a pipe so that a read that waits can be given up. */
function stdinStream(): Readable {
  if (isatty(0)) return new ReadStream(0);
  const kind = fstatSync(0);
  if (kind.isFIFO() || kind.isSocket())
    return new Socket({ fd: 0, readable: true, writable: false });
  return createReadStream('', { fd: 0, autoClose: false, highWaterMark: CHUNK_BYTES });
}

/** Standard input; can be read once. */
export function openStdin(): OpenedBytes {
  return {
    name: 'stdin',
    sizeBytes: null,
    once: true,
    async *open() {
      let offset = 0;
      try {
        for await (const chunk of stdinStream()) {
          offset += (chunk as Buffer).length;
          yield new Uint8Array(chunk as Buffer);
        }
      } catch (cause) {
        throw new ExportError(
          'read.failed',
          { name: 'standard input', offset, detail: reason(cause) },
          { cause },
        );
      }
    },
  };
}
