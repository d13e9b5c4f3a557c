// Makes the page's files in memory, up to a limit.
import { ExportError } from '../contract/errors.ts';
import type { DeliveryWriter, FileWriter } from '../contract/delivery-plugin.ts';
import { requirePlainName } from './file-names.ts';
import { FilePieces } from './file-pieces.ts';

const LIMIT_BYTES = 256 * 1024 * 1024;
const LIMIT_TEXT = '256 MiB';

export function openInMemory(mediaType: string): DeliveryWriter {
  const pieces = new FilePieces();
  const files = new Map<string, Blob>();
  let totalBytes = 0;
  let isAborted = false;

  return {
    async openFile(name) {
      requirePlainName(name);
      const parts: Blob[] = [];
      const requireKept = (): void => {
        if (isAborted)
          throw new ExportError('deliver.failed', { name, detail: 'the file was given up' });
      };
      const sink = async (piece: Uint8Array): Promise<void> => {
        // Blobs copy, and the browser may move them out of this worker's memory.
        parts.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
      };
      requireKept();
      const file: FileWriter = {
        name,
        path: name,
        async write(bytes) {
          requireKept();
          totalBytes += bytes.length;
          if (totalBytes > LIMIT_BYTES)
            throw new ExportError('deliver.too-large', { limit: LIMIT_TEXT });
          await pieces.add(bytes, sink);
        },
        async close() {
          requireKept();
          await pieces.flush(sink);
          files.set(name, new Blob(parts, { type: mediaType }));
        },
        async rename(named) {
          const blob = files.get(file.name)!;
          files.delete(file.name);
          files.set(named, blob);
          file.name = file.path = named;
        },
      };
      return file;
    },
    readBack(name) {
      const blob = files.get(name);
      return blob === undefined ? null : readBlob(blob);
    },
    async commit() {
      return { kind: 'download', files: [...files].map(([name, blob]) => ({ name, blob })) };
    },
    async abort() {
      isAborted = true;
      pieces.clear();
      files.clear();
    },
  };
}

async function* readBlob(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel();
  }
}
