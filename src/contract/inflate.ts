// Deflated data (RFC 1951) → bytes, streaming, to the very byte where it ends.
import { Inflate } from 'fflate';
import type { PackedReader } from './packed-reader.ts';

/** Packed bytes inflated at a time: deflate can make 1,032 of one, so this bounds a bomb's step to 33 MiB. */
const STEP_BYTES = 32 * 1024;

/** What fflate (exact version pinned) keeps inside and a stream of members needs: where the deflate data ended. */
interface InflateInside {
  /** Input not used up; begins at the byte that holds the next bit. */
  p: Uint8Array;
  /** f: the last block has begun; l: code table while inside a block; p: next bit within the first byte. */
  s: { f?: number; l?: unknown; p?: number };
}

/**
 * Inflates from where `reader` stands to the end of the deflate data; what follows stays with `reader`. Each piece given
 * belongs to the receiver. Throws what `corrupt` makes of data that ends early or makes no sense.
 */
export async function* inflate(
  reader: PackedReader,
  corrupt: (detail: string, cause?: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const inflater = new Inflate((piece) => {
    if (piece.length > 0) pieces.push(piece);
  });
  const inside = inflater as unknown as InflateInside;
  do {
    if (reader.rest.length === 0 && !(await reader.more()))
      throw corrupt(`it ends too early, after ${reader.taken} bytes.`);
    try {
      inflater.push(reader.take(STEP_BYTES));
    } catch (thrown) {
      throw corrupt(`the packed data makes no sense near byte ${reader.taken}.`, thrown);
    }
    yield* pieces;
    pieces = [];
  } while (!inside.s.f || inside.s.l);
  // What follows the last block was taken with it, all within the last step.
  reader.untake(inside.p.length - (((inside.s.p ?? 0) + 7) >>> 3));
}
