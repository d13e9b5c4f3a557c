// Opens a File or Blob as a stream of chunks.
import { ExportError } from '../../contract/errors.ts';

/** Bytes that can be read from the start, as often as wanted unless `once`. */
export interface OpenedBytes {
  name: string;
  /** Size as stored; null when unknown. */
  sizeBytes: number | null;
  once: boolean;
  open(): AsyncIterable<Uint8Array>;
}

/** Read in slices rather than by `stream()`: pieces of 1 MiB cost a third of Chromium's 64 kB chunks. */
const SLICE_BYTES = 1024 * 1024;

/** A File or Blob; a file that changes while it is read ends in `read.changed` or `read.failed`. */
export function openBlob(
  blob: Blob,
  name = 'name' in blob ? String(blob.name) : 'data',
): OpenedBytes {
  return {
    name,
    sizeBytes: blob.size,
    once: false,
    async *open() {
      // The next slice is asked for while the one before is worked on: reading and work overlap.
      let next = readSlice(blob, 0, name);
      for (let at = 0; at < blob.size; at += SLICE_BYTES) {
        const chunk = await next;
        if (at + SLICE_BYTES < blob.size) {
          next = readSlice(blob, at + SLICE_BYTES, name);
          // A rejection while nobody awaits yet must not count as unhandled; the await above sees it.
          next.catch(() => {});
        }
        yield chunk;
      }
    },
  };
}

async function readSlice(blob: Blob, at: number, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(at, at + SLICE_BYTES).arrayBuffer());
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError('read.failed', { name, offset: at, detail }, { cause });
  }
}
