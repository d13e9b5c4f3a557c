// Bytes of any chunking → blocks cut at exactly 1 MiB → deflated blocks in order: what every packer writes from.
import { DEFLATE_BLOCK_BYTES } from '../kernels/deflate.ts';
import { takeBuffer } from '../table/buffer-pool.ts';
import type { DeflateJobs, DeflatedBlock } from './deflate-jobs.ts';

/** Room a block starts with; small entries, of which there may be many, never take a whole MiB. */
const FIRST_ROOM_BYTES = 64 * 1024;

const blockOf = (size: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(takeBuffer(size), 0, size);

/**
 * Re-cuts bytes at exactly 1 MiB, whatever the sizes they come in; only the last block is shorter, none is empty.
 * Each block is a buffer of its own that the receiver may give away. The chunks are copied and not kept.
 */
export async function* cutBlocks(
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(0);
  let size = 0;
  for await (const chunk of input) {
    for (let at = 0; at < chunk.length;) {
      const take = Math.min(chunk.length - at, DEFLATE_BLOCK_BYTES - size);
      if (size + take > block.length) {
        const room = Math.max(size + take, 2 * block.length, FIRST_ROOM_BYTES);
        const larger = blockOf(Math.min(room, DEFLATE_BLOCK_BYTES));
        larger.set(block.subarray(0, size));
        block = larger;
      }
      block.set(chunk.subarray(at, at + take), size);
      size += take;
      at += take;
      if (size === DEFLATE_BLOCK_BYTES) {
        yield block;
        // The next one will most likely be full as well.
        block = blockOf(DEFLATE_BLOCK_BYTES);
        size = 0;
      }
    }
  }
  if (size > 0) yield block.slice(0, size);
}

/**
 * Deflates blocks of at most 1 MiB, `jobs.width` of them at once, and gives the results in order.
 * The results depend on blocks and level (0–9) alone, never on the width.
 */
export async function* deflateBlocks(
  blocks: AsyncIterable<Uint8Array>,
  jobs: DeflateJobs,
  level: number,
  signal: AbortSignal,
): AsyncGenerator<DeflatedBlock> {
  const underWay: Promise<DeflatedBlock>[] = [];
  const width = Math.max(1, jobs.width);
  for await (const block of blocks) {
    signal.throwIfAborted();
    const job = jobs.deflate(block, level);
    // It is awaited in its turn; until then, or when an earlier one fails, a failure is nobody's surprise.
    job.catch(() => {});
    underWay.push(job);
    if (underWay.length >= width) yield await underWay.shift()!;
  }
  for (const job of underWay) {
    yield await job;
    signal.throwIfAborted();
  }
}
