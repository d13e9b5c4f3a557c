// Large byte buffers that this thread uses again: a fresh one for every block was among the largest costs of an export.

import type { Batch } from './batch.ts';

/** Buffers kept at most; beyond that they go to the garbage collector. */
const KEPT = 24;
/** Smaller buffers are cheap to make. */
const SMALLEST_BYTES = 64 * 1024;

const free: ArrayBuffer[] = [];
/** Handed out and not given back yet: only these are taken back, and each only once. */
const issued = new WeakSet<ArrayBuffer>();

/**
 * A buffer of at least `sizeBytes`, its content undefined. The taker owns it; it may transfer it or let it go like any other.
 */
export function takeBuffer(sizeBytes: number): ArrayBuffer {
  for (let i = free.length - 1; i >= 0; i--) {
    const buffer = free[i]!;
    // A much larger one is left for those who need it.
    if (buffer.byteLength < sizeBytes || buffer.byteLength > sizeBytes * 2) continue;
    free.splice(i, 1);
    issued.add(buffer);
    return buffer;
  }
  const fresh = new ArrayBuffer(sizeBytes);
  if (sizeBytes >= SMALLEST_BYTES) issued.add(fresh);
  return fresh;
}

/**
 * Takes back a buffer that nobody looks at any more. Buffers that did not come from here, were given back before or were
 * transferred are ignored.
 */
export function giveBuffer(buffer: ArrayBufferLike): void {
  if (!(buffer instanceof ArrayBuffer) || !issued.delete(buffer)) return;
  if (buffer.byteLength > 0 && free.length < KEPT) free.push(buffer);
}

/** Takes back the text block of a batch that nobody looks at any more, unless others use the same buffers. */
export function giveBlock({ block, isShared }: Batch): void {
  if (block === null || isShared === true) return;
  giveBuffer(block.bytes.buffer);
  giveBuffer(block.ends.buffer);
}

/** Tells that a buffer went to someone for good: a later `giveBuffer` of it does nothing. */
export function keepBuffer(buffer: ArrayBufferLike): void {
  if (buffer instanceof ArrayBuffer) issued.delete(buffer);
}

/** Takes in a buffer from elsewhere (one that came back from another thread) that nobody looks at any more. */
export function adoptBuffer(buffer: ArrayBuffer): void {
  if (buffer.byteLength >= SMALLEST_BYTES && free.length < KEPT) free.push(buffer);
}
