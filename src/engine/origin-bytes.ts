// The one answer of an origin as bytes that can be opened like a file's, without asking twice for their start.
import type { ByteSlices, OriginPiece, OriginPieces } from '../contract/plugins.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { ExportError } from '../contract/errors.ts';

/** Bytes from the start that are kept, so that looking at them and reading them is one request. */
const KEPT_BYTES = 1024 * 1024;
/** An answer that is not read on for so long is let go of. */
const IDLE_MS = 5_000;
const CHUNK_BYTES = 1024 * 1024;

/** An answer that was begun, with what was read of it while that is little. */
interface Begun {
  piece: OriginPiece;
  chunks: AsyncIterator<Uint8Array>;
  kept: Uint8Array[];
  isEnded: boolean;
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
  const ask = async (): Promise<Begun> => {
    for await (const piece of pieces.pieces(() => 0))
      return { piece, chunks: piece.bytes[Symbol.asyncIterator](), kept: [], isEnded: false };
    throw new TypeError('an origin gave no piece');
  };
  let waiting: Begun | null = await ask();
  const { name, sizeBytes, mediaType, stamp } = waiting.piece;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const letGoLater = (begun: Begun): void => {
    timer = setTimeout(() => {
      if (waiting !== begun || begun.isEnded) return;
      waiting = null;
      begun.chunks.return?.().catch(() => {});
    }, IDLE_MS);
    // A process that has nothing else to do need not wait for it.
    (timer as { unref?(): void }).unref?.();
  };
  letGoLater(waiting);
  const take = async (): Promise<Begun> => {
    clearTimeout(timer);
    const begun = waiting ?? (await ask());
    waiting = null;
    if (begun.piece.stamp === stamp) return begun;
    await begun.chunks.return?.();
    onChanged();
    throw new ExportError('read.changed', { name });
  };
  return {
    name,
    sizeBytes,
    mediaType,
    once: false,
    ...(stamp !== undefined && { stamp }),
    async *open() {
      const begun = await take();
      let room: number = KEPT_BYTES - begun.kept.reduce((sum, chunk) => sum + chunk.length, 0);
      let isInHand = false;
      try {
        for (const chunk of begun.kept.slice()) yield chunk.slice();
        while (!begun.isEnded) {
          isInHand = true;
          const next = await begun.chunks.next();
          isInHand = false;
          if (next.done === true) begun.isEnded = true;
          else {
            room -= next.value.length;
            if (room >= 0) begun.kept.push(next.value.slice());
            else begun.kept = [];
            yield next.value;
          }
        }
      } finally {
        if (room >= 0 && !isInHand && waiting === null) {
          waiting = begun;
          letGoLater(begun);
        } else if (!begun.isEnded) await begun.chunks.return?.();
      }
    },
  };
}
