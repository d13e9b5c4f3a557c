// Bytes → Zstandard frames (RFC 8878), each of 4 MiB of input and with its checksum.
import { createXXHash64 } from 'hash-wasm';
import { cutBlocks } from '../../contract/deflate-blocks.ts';
import { openZstdPack } from '../../contract/pack-zstd.ts';
import type { PackContext } from '../../contract/codec-plugin.ts';
import type { ZstdOptions } from './options.ts';

/** Twice the window of the usual level: hardly larger than one frame, and the memory stays what it is. */
const FRAME_BYTES = 4 * 1024 * 1024;
/** Where a frame's descriptor stands, behind the magic number, and its flag for a checksum (§3.1.1.1.1). */
const DESCRIPTOR_AT = 4;
const CHECKSUM_FLAG = 4;
const CHECKSUM_BYTES = 4;

/** Packs; the result depends on the bytes and the level alone. */
export async function* transform(
  input: AsyncIterable<Uint8Array>,
  { options, signal }: PackContext<ZstdOptions>,
): AsyncGenerator<Uint8Array> {
  const [pack, hash] = await Promise.all([openZstdPack(), createXXHash64(0, 0)]);
  const gathered = new Uint8Array(FRAME_BYTES);
  let size = 0;
  const frame = (): Uint8Array => {
    const block = gathered.subarray(0, size);
    const packed = pack(block, options.level);
    const whole = new Uint8Array(packed.length + CHECKSUM_BYTES);
    whole.set(packed);
    whole[DESCRIPTOR_AT]! |= CHECKSUM_FLAG;
    // The low half of the hash, which comes highest byte first.
    whole.set(hash.init().update(block).digest('binary').subarray(4).toReversed(), packed.length);
    size = 0;
    return whole;
  };
  let hasFrame = false;
  for await (const block of cutBlocks(input)) {
    signal.throwIfAborted();
    gathered.set(block, size);
    size += block.length;
    if (size < FRAME_BYTES) continue;
    hasFrame = true;
    yield frame();
  }
  if (size > 0 || !hasFrame) yield frame();
}
