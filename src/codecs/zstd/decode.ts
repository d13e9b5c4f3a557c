// Zstandard data → bytes, streaming: any number of frames, every checksum compared, limits held against bombs.
import { createXXHash64 } from 'hash-wasm';
import { ExportError } from '../../contract/errors.ts';
import { PackedReader } from '../../contract/packed-reader.ts';
import type { UnpackContext } from '../../contract/codec-plugin.ts';
import { countUnpacked } from '../../contract/unpack-limits.ts';
import {
  BLOCK_HEAD_BYTES,
  blockHeader,
  frameHeader,
  magicOf,
  SKIPPABLE_HEAD_BYTES,
  skippableBytes,
} from '../../kernels/zstd-frame.ts';
import { ZstdHistory } from './history.ts';
import { CORRUPT_TEXTS } from './texts.ts';

/** What `zstd --long` needs at most without a further option (RFC 8878 asks for 8 MiB at least). */
const MOST_WINDOW_BYTES = 128 * 1024 * 1024;
const CHECKSUM_BYTES = 4;

/**
 * Unpacks. Throws `read.unpack.corrupt` for anything that is not whole and intact, `read.unpack.too-large` at a limit or a
 * window above 128 MiB.
 */
export async function* decode(
  input: AsyncIterable<Uint8Array>,
  context: UnpackContext,
): AsyncGenerator<Uint8Array> {
  const { name, limits } = context;
  const corrupt = (detail: string, cause?: unknown): ExportError =>
    new ExportError('read.unpack.corrupt', { name, codec: 'zstd', detail }, { cause });
  const reader = new PackedReader(input);
  const counter = countUnpacked(name, limits);
  const hash = await createXXHash64(0, 0);
  const need = async (count: number): Promise<Uint8Array> => {
    while (reader.rest.length < count)
      if (!(await reader.more()))
        throw corrupt(CORRUPT_TEXTS.early(reader.taken + reader.rest.length));
    return reader.rest.subarray(0, count);
  };

  try {
    for (let frame = 1; ; frame++) {
      let magic = magicOf(reader.rest);
      while (magic === 'more') {
        if (await reader.more()) magic = magicOf(reader.rest);
        else if (reader.rest.length === 0 && frame > 1) return;
        else throw corrupt(CORRUPT_TEXTS.early(reader.taken + reader.rest.length));
      }
      if (magic === 'wrong')
        throw corrupt(frame === 1 ? CORRUPT_TEXTS.start : CORRUPT_TEXTS.follows(reader.taken));
      if (magic === 'skippable') {
        let left = skippableBytes(await need(SKIPPABLE_HEAD_BYTES));
        reader.take(SKIPPABLE_HEAD_BYTES);
        while (left > 0) {
          await need(1);
          left -= reader.take(left).length;
        }
        continue;
      }
      let header = frameHeader(reader.rest);
      while (header === 'more') {
        await need(reader.rest.length + 1);
        header = frameHeader(reader.rest);
      }
      if (header === 'wrong') throw corrupt(CORRUPT_TEXTS.nonsense(reader.taken));
      if (header.hasDictionary)
        throw new ExportError('read.unpack.unknown-method', {
          name,
          entry: name,
          method: CORRUPT_TEXTS.dictionary,
        });
      if (header.windowBytes > MOST_WINDOW_BYTES) {
        const limit = `${MOST_WINDOW_BYTES} bytes in one window`;
        throw new ExportError('read.unpack.too-large', { name, limit, option: 'unpackedBytes' });
      }

      reader.take(header.headBytes);
      const history = new ZstdHistory(header.windowBytes);
      let size = 0;
      let isLast = false;
      hash.init();
      while (!isLast) {
        const block = blockHeader(await need(BLOCK_HEAD_BYTES), header.windowBytes);
        if (block === null) throw corrupt(CORRUPT_TEXTS.nonsense(reader.taken));
        isLast = block.isLast;
        const blockAt = reader.taken;
        await need(BLOCK_HEAD_BYTES + block.packedBytes);
        reader.take(BLOCK_HEAD_BYTES);
        const packed = reader.take(block.packedBytes);
        let piece: Uint8Array;
        try {
          piece = history.unpack(packed, block);
        } catch (thrown) {
          throw corrupt(CORRUPT_TEXTS.nonsense(blockAt), thrown);
        }
        if (piece.length === 0) continue;
        counter.add(piece.length, reader.taken);
        size += piece.length;
        if (header.hasChecksum) hash.update(piece);
        yield piece;
      }
      if (header.hasChecksum) {
        await need(CHECKSUM_BYTES);
        if (hash.digest('hex').slice(8) !== bigEndianHex(reader.take(CHECKSUM_BYTES)))
          throw corrupt(CORRUPT_TEXTS.sum);
      }
      if (header.contentBytes !== null && size !== header.contentBytes)
        throw corrupt(CORRUPT_TEXTS.size);
    }
  } finally {
    await reader.close();
  }
}

/** Bytes that stand least first, as digits that stand greatest first. */
function bigEndianHex(bytes: Uint8Array): string {
  return Array.from(bytes.toReversed(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
