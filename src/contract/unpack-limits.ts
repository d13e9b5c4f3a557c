// Holds unpacking within its limits: a bomb is stopped by what it unpacks to, in all and for each packed byte.
import type { Limits } from './config.ts';
import { ExportError } from './errors.ts';

/** Below this much output a high ratio is only a short, very regular file. */
const RATIO_FROM_BYTES = 1024 * 1024;

/** Counts what one packed source unpacks to. */
export interface UnpackCounter {
  /** `size` more bytes came out of `packed` bytes in all. Throws `read.unpack.too-large`. */
  add(size: number, packed: number): void;
  readonly unpacked: number;
}

/** A counter for the source called `name`. */
export function countUnpacked(
  name: string,
  limits: Pick<Limits, 'unpackedBytes' | 'unpackRatio'>,
): UnpackCounter {
  let unpacked = 0;
  return {
    add(size, packed) {
      unpacked += size;
      if (unpacked > limits.unpackedBytes) {
        const limit = `${limits.unpackedBytes} bytes`;
        throw new ExportError('read.unpack.too-large', { name, limit, option: 'unpackedBytes' });
      }
      if (unpacked > RATIO_FROM_BYTES && unpacked > limits.unpackRatio * packed) {
        const limit = `${limits.unpackRatio} times its packed size`;
        throw new ExportError('read.unpack.too-large', { name, limit, option: 'unpackRatio' });
      }
    },
    get unpacked() {
      return unpacked;
    },
  };
}

/** What is packed less often over is no bomb, however large. */
const HONEST_RATIO = 64;

/**
 * For pieces that are unpacked at once (pages, buffers): throws `read.unpack.too-large` where `packed` bytes are to become
 * `size`, more than limits.memoryBytes and more than 64 times as many.
 */
export function insistFits(
  name: string,
  packed: number,
  size: number,
  { memoryBytes }: Pick<Limits, 'memoryBytes'>,
): void {
  if (size <= memoryBytes || size <= packed * HONEST_RATIO) return;
  const limit = `${memoryBytes} bytes in one piece`;
  throw new ExportError('read.unpack.too-large', { name, limit, option: 'memoryBytes' });
}
