// gzip data → bytes, streaming: any number of members, every checksum compared, limits held against bombs.
import { ExportError } from '../../contract/errors.ts';
import { inflate } from '../../contract/inflate.ts';
import { PackedReader } from '../../contract/packed-reader.ts';
import type { UnpackContext } from '../../contract/codec-plugin.ts';
import { countUnpacked } from '../../contract/unpack-limits.ts';
import { crc32 } from '../../kernels/crc32.ts';
import { headerLength } from './header.ts';

const TRAILER_BYTES = 8;

/** Unpacks. Throws `read.gzip.corrupt` for anything that is not whole and intact, `read.unpack.too-large` at a limit. */
export async function* decode(
  input: AsyncIterable<Uint8Array>,
  context: UnpackContext,
): AsyncGenerator<Uint8Array> {
  const { name, limits } = context;
  const corrupt = (detail: string, cause?: unknown): ExportError =>
    new ExportError('read.gzip.corrupt', { name, detail }, { cause });
  const reader = new PackedReader(input);
  const counter = countUnpacked(name, limits);

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

      let sum = 0;
      let size = 0;
      for await (const piece of inflate(reader, corrupt)) {
        counter.add(piece.length, reader.taken);
        size += piece.length;
        sum = crc32(piece, sum);
        yield piece;
      }

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
