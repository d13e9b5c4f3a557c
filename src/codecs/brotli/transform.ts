// Bytes → one brotli stream (RFC 7932).
import { cutBlocks } from '../../contract/deflate-blocks.ts';
import type { PackContext } from '../../contract/codec-plugin.ts';
import type { BrotliOptions } from './options.ts';
import { openBrotli } from './streams.ts';

const OUTPUT_BYTES = 256 * 1024;

/** Packs; the result depends on the bytes and the level alone, as the input is cut the same way always. */
export async function* transform(
  input: AsyncIterable<Uint8Array>,
  { options, signal }: PackContext<BrotliOptions>,
): AsyncGenerator<Uint8Array> {
  const stream = await openBrotli(options.level);
  try {
    for await (const block of cutBlocks(input)) {
      signal.throwIfAborted();
      for (let left: Uint8Array = block; left.length > 0;) {
        const { used, bytes } = stream.step(left, OUTPUT_BYTES);
        left = left.subarray(used);
        if (bytes.length > 0) yield bytes;
      }
    }
    for (let isDone = false; !isDone;) {
      const { state, bytes } = stream.step(null, OUTPUT_BYTES);
      isDone = state !== 'needs-room';
      if (bytes.length > 0) yield bytes;
    }
  } finally {
    stream.close();
  }
}
