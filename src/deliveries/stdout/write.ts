// Writes one file to standard output, no faster than its reader takes it.
import { write } from 'node:fs';
import { promisify } from 'node:util';
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/plugins.ts';
import type { StdoutOptions } from './options.ts';
import { DETAIL_TEXTS, NAME } from './texts.ts';

const writeSome = promisify(write);

/** Longest pause between two tries while the reader is busy. */
const LONGEST_PAUSE_MS = 20;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** `target` may be `{fd}`, another open descriptor to write to. The descriptor stays open. */
export async function open(context: DeliveryContext<StdoutOptions>): Promise<DeliveryWriter> {
  // The descriptor itself: in a worker process.stdout would copy every byte through the main thread.
  const fd = (context.target as { fd: number } | undefined)?.fd ?? 1;
  const { signal } = context;
  let fileCount = 0;
  let isOver = false;
  let written = 0;

  const writeAll = async (piece: Uint8Array): Promise<void> => {
    let at = 0;
    let pauseMs = 1;
    while (at < piece.length) {
      if (isOver)
        throw new ExportError('deliver.failed', { name: NAME, detail: DETAIL_TEXTS.stalled });
      signal.throwIfAborted();
      try {
        const { bytesWritten } = await writeSome(fd, piece, at, piece.length - at, null);
        at += bytesWritten;
        written += bytesWritten;
        pauseMs = 1;
      } catch (thrown) {
        const { code } = thrown as NodeJS.ErrnoException;
        // A pipe that does not block says so when it is full.
        if (code === 'EAGAIN') {
          await pause(pauseMs, signal);
          pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
          continue;
        }
        if (code === 'ENOSPC' || code === 'EDQUOT')
          throw new ExportError('deliver.no-space', { name: NAME, written }, { cause: thrown });
        const detail = code === 'EPIPE' ? DETAIL_TEXTS.readerGone : (thrown as Error).message;
        throw new ExportError('deliver.failed', { name: NAME, detail }, { cause: thrown });
      }
    }
  };

  return {
    async openFile(name) {
      if (++fileCount > 1) throw new ExportError('deliver.one-file-only', { count: fileCount });
      return {
        name,
        path: '-',
        write: writeAll,
        close: async () => {},
      };
    },
    readBack: () => null,
    commit: async () => null,
    async abort() {
      isOver = true;
    },
  };
}
