// Writes one file to standard output, no faster than its reader takes it.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import type { StdoutOptions } from './options.ts';
import { openSink } from './sink.ts';
import { GIVEN_UP, NAME } from './texts.ts';

/** `target` may be `{fd}`, another open descriptor to write to. */
export async function open(context: DeliveryContext<StdoutOptions>): Promise<DeliveryWriter> {
  // The descriptor itself: in a worker process.stdout would copy every byte through the main thread.
  const sink = openSink((context.target as { fd: number } | undefined)?.fd ?? 1);
  let fileCount = 0;
  let isGivenUp = false;
  let written = 0;

  const write = async (bytes: Uint8Array): Promise<void> => {
    if (isGivenUp) throw new ExportError('deliver.failed', { name: NAME, detail: GIVEN_UP });
    try {
      await sink.write(bytes);
      written += bytes.length;
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      const cause = { cause: thrown };
      if (code === 'ENOSPC' || code === 'EDQUOT')
        throw new ExportError('deliver.no-space', { name: NAME, written }, cause);
      if (code === 'EPIPE' || code === 'ECONNRESET')
        throw new ExportError('deliver.reader-gone', { name: NAME }, cause);
      throw new ExportError('deliver.failed', { name: NAME, detail: message }, cause);
    }
  };

  return {
    async openFile(name) {
      if (++fileCount > 1) throw new ExportError('deliver.one-file-only', { count: fileCount });
      return { name, path: '-', write, close: async () => {} };
    },
    readBack: () => null,
    commit: async () => null,
    async abort() {
      isGivenUp = true;
      sink.giveUp();
    },
  };
}
