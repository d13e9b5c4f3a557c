// The bytes under the scan: filled from chunks of any size to sizes that do not depend on them, handed over with each block.
import { takeBuffer } from '../table/buffer-pool.ts';
import { sizeText } from './byte-size.ts';
import { ExportError } from './errors.ts';

/** Bytes a window holds before a block is cut off it. */
export const WINDOW_BYTES = 1 << 20;

/** Spare bytes after the content: for a missing last line end, and to round up to whole words. */
const SPARE = 8;

const capacityFor = (size: number): number => (size + SPARE) & ~3;

/** A view of the source that moves forward. */
export interface TextWindow {
  /** Starts its buffer, whose length is a multiple of 4. Content is [0, filled). */
  bytes: Uint8Array;
  filled: number;
  /** Whether the source ends at `filled`. */
  isEnd: boolean;
  /** Reads on until `size` bytes are there or the source has ended. */
  fill(size: number): Promise<void>;
  /** Moves on to `next` in a fresh buffer; the old one belongs to whoever got its block. */
  moveTo(next: number): void;
  /** Stops reading. */
  close(): Promise<void>;
}

/** A window over the chunks, none of which is asked for before the first `fill`. */
export function openWindow(source: AsyncIterable<Uint8Array>): TextWindow {
  const chunks = source[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  let used = 0;
  let isDone = false;

  const window: TextWindow = {
    bytes: new Uint8Array(takeBuffer(capacityFor(WINDOW_BYTES))),
    filled: 0,
    isEnd: false,
    async fill(size) {
      if (capacityFor(size) > window.bytes.length) {
        const grown = new Uint8Array(capacityFor(size));
        grown.set(window.bytes.subarray(0, window.filled));
        window.bytes = grown;
      }
      // One byte more than asked tells whether the source ends right at `size`.
      for (;;) {
        if (used < chunk.length && window.filled < size) {
          const take = Math.min(size - window.filled, chunk.length - used);
          window.bytes.set(chunk.subarray(used, used + take), window.filled);
          window.filled += take;
          used += take;
        }
        if (used < chunk.length || isDone) break;
        const result = await chunks.next();
        if (result.done === true) isDone = true;
        else {
          chunk = result.value;
          used = 0;
        }
      }
      window.isEnd = isDone && used === chunk.length;
    },
    moveTo(next) {
      const rest = window.bytes.subarray(next, window.filled);
      const bytes = new Uint8Array(takeBuffer(capacityFor(Math.max(WINDOW_BYTES, rest.length))));
      bytes.set(rest);
      window.bytes = bytes;
      window.filled = rest.length;
    },
    async close() {
      if (!isDone) await chunks.return?.();
    },
  };
  return window;
}

/** Throws `read.binary` when the first bytes of a source hold a NUL, which no text has. */
export function refuseBinary(head: Uint8Array, name: string): void {
  const offset = head.subarray(0, WINDOW_BYTES).indexOf(0);
  if (offset >= 0) throw new ExportError('read.binary', { name, byte: '0x00', offset });
}

/** Bytes to look at next: double, but never beyond the largest record with its line end. Throws `code` for the one on `line`. */
export function grownSize(
  size: number,
  limit: number,
  line: number,
  code:
    | 'read.csv.record-too-large'
    | 'read.fixed-width.record-too-large'
    | 'read.markdown.record-too-large'
    | 'read.sql.record-too-large'
    | 'read.text.record-too-large',
): number {
  if (size >= limit + 2) throw new ExportError(code, { line, limit: sizeText(limit) });
  return Math.min(size * 2, limit + 2);
}
