// Reads small pieces of a file out of larger ones that are kept: SQLite asks for one page after the other.
import type { ByteSlices } from '../../contract/source-input.ts';

const PIECE_BYTES = 256 * 1024;
const KEPT_PIECES = 64;

export interface SlicePages {
  sizeBytes: number;
  /** Fills `target` with the bytes from `offset` on; returns how many there were. */
  readInto(offset: number, target: Uint8Array): number;
  /** What a read threw, where the reader in between only passes on that it failed. */
  failure: unknown;
}

/** Throws TypeError for slices that cannot be read without waiting. */
export function openSlicePages(slices: ByteSlices): SlicePages {
  const { sizeBytes, readNow } = slices;
  if (readNow === undefined) throw new TypeError('SQLite cannot wait for its pages');
  /** By number, the one used last at the end. */
  const pieces = new Map<number, Uint8Array>();
  const pieceAt = (number: number): Uint8Array => {
    let piece = pieces.get(number);
    if (piece === undefined) {
      const from = number * PIECE_BYTES;
      piece = readNow.call(slices, from, Math.min(sizeBytes, from + PIECE_BYTES));
      if (pieces.size === KEPT_PIECES) pieces.delete(pieces.keys().next().value!);
    } else pieces.delete(number);
    pieces.set(number, piece);
    return piece;
  };
  return {
    sizeBytes,
    failure: undefined,
    readInto(offset, target) {
      const end = Math.min(sizeBytes, offset + target.length);
      let at = offset;
      while (at < end) {
        const number = Math.floor(at / PIECE_BYTES);
        const from = at - number * PIECE_BYTES;
        const piece = pieceAt(number).subarray(from, from + (end - at));
        target.set(piece, at - offset);
        at += piece.length;
      }
      return Math.max(0, end - offset);
    },
  };
}
