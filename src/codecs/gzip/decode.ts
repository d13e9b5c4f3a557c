// gzip data → bytes, streaming: any number of members, every checksum compared, limits held against bombs.
import { Inflate } from 'fflate';
import { ExportError } from '../../contract/errors.ts';
import type { UnpackContext } from '../../contract/plugins.ts';
import { crc32 } from '../../kernels/crc32.ts';
import { headerLength } from './header.ts';
import { PackedReader } from './packed-reader.ts';

/** Packed bytes inflated at a time: deflate can make 1,032 of one, so this bounds a bomb's step to 33 MiB. */
const STEP_BYTES = 32 * 1024;
/** Below this much output a high ratio is only a short, very regular file. */
const RATIO_FROM_BYTES = 1024 * 1024;
const TRAILER_BYTES = 8;

/** What fflate (exact version pinned) keeps inside and a stream of members needs: where the deflate data ended. */
interface InflateInside {
  /** Input not used up; begins at the byte that holds the next bit. */
  p: Uint8Array;
  /** f: the last block has begun; l: code table while inside a block; p: next bit within the first byte. */
  s: { f?: number; l?: unknown; p?: number };
}

/** Unpacks. Throws `read.gzip.corrupt` for anything that is not whole and intact, `read.unpack.too-large` at a limit. */
export async function* decode(
  input: AsyncIterable<Uint8Array>,
  context: UnpackContext,
): AsyncGenerator<Uint8Array> {
  const { name, limits } = context;
  const corrupt = (detail: string, cause?: unknown): ExportError =>
    new ExportError('read.gzip.corrupt', { name, detail }, { cause });
  const reader = new PackedReader(input);
  let unpacked = 0;

  const checkLimits = (): void => {
    if (unpacked > limits.unpackedBytes) {
      const limit = `${limits.unpackedBytes} bytes`;
      throw new ExportError('read.unpack.too-large', { name, limit, option: 'unpackedBytes' });
    }
    if (unpacked > RATIO_FROM_BYTES && unpacked > limits.unpackRatio * reader.taken) {
      const limit = `${limits.unpackRatio} times its packed size`;
      throw new ExportError('read.unpack.too-large', { name, limit, option: 'unpackRatio' });
    }
  };

  try {
    for (let member = 1; ; member++) {
      let header = headerLength(reader.rest);
      while (header === 'more') {
        if (!(await reader.more())) throw corrupt('it ends inside a header.');
        header = headerLength(reader.rest);
      }
      if (header === 'wrong') {
        throw corrupt(
          member === 1
            ? 'it does not begin as gzip data does.'
            : `something else follows the packed data at byte ${reader.taken}.`,
        );
      }
      reader.take(header);

      let pieces: Uint8Array[] = [];
      const inflate = new Inflate((piece) => {
        if (piece.length > 0) pieces.push(piece);
      });
      const inside = inflate as unknown as InflateInside;
      let sum = 0;
      let size = 0;
      do {
        if (reader.rest.length === 0 && !(await reader.more())) {
          throw corrupt(`it ends too early, after ${reader.taken} bytes.`);
        }
        try {
          inflate.push(reader.take(STEP_BYTES));
        } catch (thrown) {
          throw corrupt(`the packed data makes no sense near byte ${reader.taken}.`, thrown);
        }
        for (const piece of pieces) {
          unpacked += piece.length;
          checkLimits();
          size += piece.length;
          sum = crc32(piece, sum);
          yield piece;
        }
        pieces = [];
      } while (!inside.s.f || inside.s.l);
      // What follows the last block was taken with it, all within the last step.
      reader.untake(inside.p.length - (((inside.s.p ?? 0) + 7) >>> 3));

      while (reader.rest.length < TRAILER_BYTES) {
        if (!(await reader.more())) throw corrupt('it ends inside its checksum.');
      }
      const bytes = reader.take(TRAILER_BYTES);
      const trailer = new DataView(bytes.buffer, bytes.byteOffset, TRAILER_BYTES);
      if (trailer.getUint32(0, true) !== sum) throw corrupt('its checksum does not match.');
      if (trailer.getUint32(4, true) !== size % 2 ** 32)
        throw corrupt('its length does not match.');

      if (!(await skipPadding(reader))) return;
    }
  } finally {
    await reader.close();
  }
}

/** Steps over zero bytes, with which tapes and block devices fill up. False when nothing else follows. */
async function skipPadding(reader: PackedReader): Promise<boolean> {
  for (;;) {
    const zeros = reader.rest.findIndex((byte) => byte !== 0);
    if (zeros >= 0) {
      reader.take(zeros);
      return true;
    }
    reader.take(reader.rest.length);
    if (!(await reader.more())) return false;
  }
}
