// Writes into the WritableStream that the host's side of `streamExport` holds the other end of.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { NAME, READER_ENDED, TARGET } from './texts.ts';

export async function open(context: DeliveryContext<unknown>): Promise<DeliveryWriter> {
  const { target } = context;
  if (!(target instanceof WritableStream))
    throw new ExportError('config.binding-missing', { binding: TARGET });
  const writer = (target as WritableStream<Uint8Array>).getWriter();
  // A reader that went away is told by the next write; on its own it must not count as unhandled.
  writer.closed.catch(() => {});
  const guarded = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (cause) {
      context.signal.throwIfAborted();
      const detail = cause instanceof Error ? cause.message : READER_ENDED;
      throw new ExportError('deliver.failed', { name: NAME, detail }, { cause });
    }
  };
  let fileCount = 0;
  return {
    async openFile(name) {
      if (++fileCount > 1) throw new ExportError('deliver.one-file-only', { count: fileCount });
      return {
        name,
        path: name,
        async write(bytes) {
          // The piece goes its own way through the stream's queue, so it gets its own memory.
          await guarded(writer.ready.then(() => writer.write(bytes.slice())));
        },
        close: () => Promise.resolve(),
      };
    },
    readBack: () => null,
    async commit() {
      await guarded(writer.close());
      return null;
    },
    async abort() {
      await writer.abort().catch(() => {});
    },
  };
}
