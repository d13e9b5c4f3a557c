// The one answer of an origin as bytes that can be opened like a file's, without asking twice for their start.
import type { OriginPiece, OriginPieces } from '../contract/origin-plugin.ts';
import type { ByteSlices } from '../contract/source-input.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { ExportError } from '../contract/errors.ts';

/** Bytes from the start that are kept, so that looking at them and reading them is one request. */
const KEPT_BYTES = 1024 * 1024;
/** An answer that is not read on for so long is let go of. */
const IDLE_MS = 5_000;
const CHUNK_BYTES = 1024 * 1024;

/** An answer that was begun: its start, which all readings share, and the rest, which one of them takes. */
interface Begun {
  chunks: AsyncIterator<Uint8Array>;
  start: Uint8Array[];
  startBytes: number;
  /** The next chunk of the start, on its way. */
  coming: Promise<void> | null;
  /** What came and belongs to no start any more. */
  beyond: Uint8Array | null;
  isEnded: boolean;
  isTaken: boolean;
}

export interface OriginBytes extends OpenedBytes {
  mediaType: string | null;
}

/** Parts of the answer where those are wanted and the server gives them, else all of it from the start. */
export async function openOriginBytes(
  pieces: OriginPieces,
  wantsSlices: boolean,
  onChanged: () => void,
): Promise<OriginBytes> {
  const slices = wantsSlices ? ((await pieces.slices?.()) ?? null) : null;
  return slices === null ? openStream(pieces, onChanged) : openParts(pieces.name, slices);
}

function openParts(name: string, slices: ByteSlices): OriginBytes {
  return {
    name,
    sizeBytes: slices.sizeBytes,
    once: false,
    mediaType: null,
    slices,
    async *open() {
      for (let at = 0; at < slices.sizeBytes; at += CHUNK_BYTES)
        yield await slices.read(at, Math.min(slices.sizeBytes, at + CHUNK_BYTES));
    },
  };
}

async function openStream(pieces: OriginPieces, onChanged: () => void): Promise<OriginBytes> {
  const ask = async (): Promise<OriginPiece> => {
    for await (const piece of pieces.pieces(() => 0)) return piece;
    throw new TypeError('an origin gave no piece');
  };
  const piece = await ask();
  const { name, sizeBytes, mediaType, stamp } = piece;
  const begun: Begun = {
    ...{ chunks: piece.bytes[Symbol.asyncIterator](), start: [], startBytes: 0 },
    ...{ coming: null, beyond: null, isEnded: false, isTaken: false },
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const letGoLater = (): void => {
    clearTimeout(timer);
    if (begun.isTaken || begun.isEnded) return;
    timer = setTimeout(() => {
      if (begun.isTaken || begun.isEnded || begun.coming !== null) return;
      begun.isTaken = true;
      begun.chunks.return?.().catch(() => {});
    }, IDLE_MS);
    // A process that has nothing else to do need not wait for it.
    (timer as { unref?(): void }).unref?.();
  };
  letGoLater();
  /** Brings one more chunk of the start, for all who wait for it. */
  const bring = async (): Promise<void> => {
    try {
      const next = await begun.chunks.next();
      if (next.done === true) begun.isEnded = true;
      else if (begun.startBytes + next.value.length > KEPT_BYTES) begun.beyond = next.value;
      else {
        begun.start.push(next.value);
        begun.startBytes += next.value.length;
      }
    } catch (thrown) {
      // Nothing more comes of it; the next reading asks anew.
      begun.isTaken = true;
      throw thrown;
    } finally {
      begun.coming = null;
      letGoLater();
    }
  };
  /** Asks anew for what comes behind the first `given` bytes. */
  const askBehind = async function* (given: number): AsyncGenerator<Uint8Array> {
    const again = await ask();
    if (again.stamp !== stamp) {
      await again.bytes[Symbol.asyncIterator]().return?.();
      onChanged();
      throw new ExportError('read.changed', { name });
    }
    let left = given;
    for await (const chunk of again.bytes) {
      const rest = chunk.subarray(Math.min(left, chunk.length));
      left -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  };
  return {
    name,
    sizeBytes,
    mediaType,
    once: false,
    ...(stamp !== undefined && { stamp }),
    async *open() {
      let given = 0;
      for (let i = 0; ;) {
        const chunk = begun.start[i];
        if (chunk !== undefined) {
          i++;
          given += chunk.length;
          yield chunk.slice();
        } else if (begun.isEnded) return;
        else if (begun.isTaken) break;
        else if (begun.beyond !== null) {
          begun.isTaken = true;
          clearTimeout(timer);
          const { beyond } = begun;
          begun.beyond = null;
          try {
            yield beyond;
            for (;;) {
              const next = await begun.chunks.next();
              if (next.done === true) return;
              yield next.value;
            }
          } finally {
            await begun.chunks.return?.();
          }
        } else await (begun.coming ??= bring());
      }
      yield* askBehind(given);
    },
  };
}
