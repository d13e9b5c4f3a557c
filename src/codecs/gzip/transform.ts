// Bytes → one gzip member (RFC 1952), joined from blocks that lanes deflate apart.
import { cutBlocks, deflateBlocks } from '../../contract/deflate-blocks.ts';
import type { PackContext } from '../../contract/codec-plugin.ts';
import { combineCrc32 } from '../../kernels/crc32.ts';
import { DEFLATE_STREAM_END } from '../../kernels/deflate.ts';
import type { GzipOptions } from './options.ts';

const UNKNOWN_SYSTEM = 255;

/** Packs; the result depends on the bytes and the level alone: no time, no name, no system stands in the header. */
export async function* transform(
  input: AsyncIterable<Uint8Array>,
  context: PackContext<GzipOptions>,
): AsyncGenerator<Uint8Array> {
  const { jobs, options, signal } = context;
  const effort = options.level === 9 ? 2 : options.level === 1 ? 4 : 0;
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, effort, UNKNOWN_SYSTEM);
  let sum = 0;
  let size = 0;
  for await (const block of deflateBlocks(cutBlocks(input), jobs, options.level, signal)) {
    sum = combineCrc32(sum, block.crc32, block.inputSize);
    size += block.inputSize;
    yield block.bytes;
  }
  const end = new Uint8Array(DEFLATE_STREAM_END.length + 8);
  end.set(DEFLATE_STREAM_END);
  const trailer = new DataView(end.buffer, DEFLATE_STREAM_END.length);
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  yield end;
}
