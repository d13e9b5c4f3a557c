// Deflate jobs for tests: as lanes do, they take the block away and finish in another order than they began.
import { crc32 } from '../kernels/crc32.ts';
import { openDeflate } from '../kernels/deflate.ts';
import type { PackContext } from './codec-plugin.ts';
import type { DeflateJobs } from './deflate-jobs.ts';

/** Jobs of a given width. `failAt` = number of the block (0-based) whose job fails. */
export function testJobs(width: number, failAt = -1): DeflateJobs {
  let count = 0;
  let underWay = 0;
  return {
    width,
    async deflate(block, level) {
      const index = count++;
      if (++underWay > width) throw new Error(`${underWay} jobs under way, ${width} are wanted`);
      // Detaches the caller's buffer, as a transfer to another thread would.
      const mine = structuredClone(block, { transfer: [block.buffer as ArrayBuffer] });
      const deflate = await openDeflate();
      for (let turns = (index * 7) % 5; turns > 0; turns--) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      underWay--;
      if (index === failAt) throw new Error('the lane failed');
      return {
        bytes: deflate.deflateBlock(mine, level),
        crc32: crc32(mine),
        inputSize: mine.length,
      };
    },
  };
}

/** A pack context of these jobs, at a settled time. */
export function testPackContext<O>(options: O, jobs: DeflateJobs): PackContext<O> {
  const startedAtMs = Date.UTC(2026, 10, 21, 3, 4, 7);
  return {
    options,
    jobs,
    startedAtMs,
    secret: (id) => `value of ${id}`,
    signal: new AbortController().signal,
  };
}

/** Chunks of the given size (the last is shorter), each a copy; 0 gives the sizes 1, 2, 4… and some empty chunks. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  let step = size || 1;
  for (let at = 0; at < bytes.length; at += step, step = size || step * 2) {
    yield bytes.slice(at, at + step);
    if (size === 0) yield new Uint8Array(0);
  }
}

/** All bytes of a run of chunks. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Lines of a mixed table, `size` bytes of them, the same for the same size and seed. */
export function tableBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let at = 0, row = 0; at < size; row++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const line = `${row},name ${state % 977},${(state / 1000).toFixed(3)},"zürich, ${state % 13}"\n`;
    const piece = encoder.encode(line).subarray(0, size - at);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
