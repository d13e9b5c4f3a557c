// The deflate kernel as the class of streams that the library for encrypted zips asks for.
import { DEFLATE_BLOCK_BYTES, DEFLATE_STREAM_END, type Deflate } from '../../kernels/deflate.ts';

/** A class of streams that deflate as all packing does: in blocks of 1 MiB, at the level the library names. */
export function deflateStreamClass(deflate: Deflate) {
  return class DeflateStream extends TransformStream<Uint8Array, Uint8Array> {
    constructor(_format: string, { level = 6 }: { level?: number } = {}) {
      const block = new Uint8Array(DEFLATE_BLOCK_BYTES);
      let size = 0;
      super({
        transform(chunk, controller) {
          for (let at = 0; at < chunk.length;) {
            const piece = chunk.subarray(at, at + DEFLATE_BLOCK_BYTES - size);
            block.set(piece, size);
            size += piece.length;
            at += piece.length;
            if (size < DEFLATE_BLOCK_BYTES) return;
            controller.enqueue(deflate.deflateBlock(block, level));
            size = 0;
          }
        },
        flush(controller) {
          if (size > 0) controller.enqueue(deflate.deflateBlock(block.subarray(0, size), level));
          controller.enqueue(DEFLATE_STREAM_END.slice());
        },
      });
    }
  };
}
