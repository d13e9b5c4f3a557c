// Opens a File or Blob as a stream of chunks.
import { ExportError } from '../../contract/errors.ts';
import type { OneFileBinding } from '../../contract/bindings.ts';
import type { ByteSlices } from '../../contract/source-input.ts';

/** Bytes that can be read from the start, as often as wanted unless `once`. */
export interface OpenedBytes {
  name: string;
  /** Size as stored; null when unknown. */
  sizeBytes: number | null;
  once: boolean;
  open(): AsyncIterable<Uint8Array>;
  /** Any part of them, where the place can give it. */
  slices?: ByteSlices;
  /** Another whenever the bytes are; missing where that cannot be told. */
  stamp?: string;
  /** Size of the file that stands beside them under the same name with this ending, 0 where there is none; missing where nobody can look. */
  besideBytes?(ending: string): Promise<number>;
  /** Of a folder or a pattern, which holds no bytes itself: its files, with their names beneath it. */
  files?: { name: string; file: OneFileBinding }[];
  /** Whether those are all that a pattern means. */
  isPattern?: true;
}

/** Gives bytes [from, to) of a blob in a buffer of their own. */
export type ReadSlice = (blob: Blob, from: number, to: number) => Promise<Uint8Array>;

/** Enough for a sample or a preview, so that looking at a file does not read far into it. */
const FIRST_SLICE_BYTES = 1024 * 1024;
/** Slices of 4 MiB, two on their way, read 1,000 MB/s in Chromium; of 1 MiB 600, and `stream()` gives pieces of 64 kB. */
const SLICE_BYTES = 4 * 1024 * 1024;
const SLICES_AHEAD = { here: 2, elsewhere: 3 };

export const readSliceHere: ReadSlice = async (blob, from, to) =>
  new Uint8Array(await blob.slice(from, to).arrayBuffer());

/**
 * A File or Blob; a file that changes while it is read ends in `read.changed` or `read.failed`. `readElsewhere` reads all but
 * the first slice in another thread: a browser drains a worker's reads on that worker's own thread.
 */
export function openBlob(
  blob: Blob,
  name = 'name' in blob ? String(blob.name) : 'data',
  readElsewhere?: ReadSlice,
): OpenedBytes {
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    try {
      return await (from > 0 && readElsewhere ? readElsewhere : readSliceHere)(blob, from, to);
    } catch (cause) {
      if (cause instanceof ExportError) throw cause;
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new ExportError('read.failed', { name, offset: from, detail }, { cause });
    }
  };
  /** What a pass asked for and left: the next pass begins with it, at the same offsets. */
  let left: Promise<Uint8Array>[] = [];
  return {
    name,
    sizeBytes: blob.size,
    once: false,
    ...('lastModified' in blob && { stamp: `${blob.size} ${String(blob.lastModified)}` }),
    slices: blobSlices(blob, name),
    async *open() {
      const coming = left;
      left = [];
      let asked = Math.min(blob.size, coming.length === 0 ? 0 : offsetAfter(coming.length));
      const askFor = (ahead: number): void => {
        while (coming.length < ahead && asked < blob.size) {
          const from = asked;
          asked = Math.min(blob.size, from + (from === 0 ? FIRST_SLICE_BYTES : SLICE_BYTES));
          const slice = read(from, asked);
          // A failure is told when its turn comes; until then it must not count as unhandled.
          slice.catch(() => {});
          coming.push(slice);
        }
      };
      let isFirst = true;
      try {
        // This thread alone pays for what nobody may ever look at.
        askFor(readElsewhere ? SLICES_AHEAD.elsewhere : 1);
        while (coming.length > 0) {
          const bytes = await coming[0]!;
          yield bytes;
          isFirst = false;
          // It was awaited above.
          void coming.shift();
          askFor(readElsewhere ? SLICES_AHEAD.elsewhere : SLICES_AHEAD.here);
        }
      } finally {
        if (isFirst) left = coming;
      }
    },
  };
}

/** What a browser calls it when a file is another than the one that was chosen. */
const CHANGED = 'NotReadableError';

/** What only workers have. */
interface WorkerScope {
  FileReaderSync?: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };
}

function blobSlices(blob: Blob, name: string): ByteSlices {
  const failed = (cause: unknown, from: number): ExportError => {
    if (cause instanceof Error && cause.name === CHANGED)
      return new ExportError('read.changed', { name }, { cause });
    const detail = cause instanceof Error ? cause.message : String(cause);
    return new ExportError('read.failed', { name, offset: from, detail }, { cause });
  };
  const slices: ByteSlices = {
    sizeBytes: blob.size,
    async read(from, to) {
      try {
        return await readSliceHere(blob, from, to);
      } catch (cause) {
        throw failed(cause, from);
      }
    },
  };
  const { FileReaderSync } = globalThis as WorkerScope;
  if (FileReaderSync !== undefined) {
    const reader = new FileReaderSync();
    slices.readNow = (from, to) => {
      try {
        return new Uint8Array(reader.readAsArrayBuffer(blob.slice(from, to)));
      } catch (cause) {
        throw failed(cause, from);
      }
    };
  }
  return slices;
}

/** Where the slice after the first `count` slices begins. */
function offsetAfter(count: number): number {
  return FIRST_SLICE_BYTES + (count - 1) * SLICE_BYTES;
}
