// Unpacks LZ4 frames (lz4_Frame_format.md), as which Arrow packs its buffers.
import { unpackLz4Block } from '../../kernels/lz4-block.ts';
import { insist } from '../../contract/fault.ts';

const MAGIC = 0x184d2204;
const broken = 'a buffer is not intact lz4 data';

/** Exactly `size` bytes from one frame or several. */
export function unpackLz4Frame(input: Uint8Array, size: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const out = new Uint8Array(size);
  let at = 0;
  let to = 0;
  while (at < input.length) {
    insist(view.getUint32(at, true) === MAGIC, broken);
    const flags = view.getUint8(at + 4);
    const isLinked = (flags & 32) === 0;
    const hasBlockSum = (flags & 16) !== 0;
    // Magic, flags, block size; then, where the flags say so, content size and dictionary; a checksum of the head.
    at += 6 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0) + 1;
    for (;;) {
      const head = view.getUint32(at, true);
      at += 4;
      if (head === 0) break;
      const length = head & 0x7fffffff;
      insist(length <= input.length - at, broken);
      const block = input.subarray(at, at + length);
      if (head >>> 31 === 1) {
        insist(length <= size - to, broken);
        out.set(block, to);
        to += length;
      } else if (isLinked) to = unpackLz4Block(block, out, to);
      else to += unpackLz4Block(block, out.subarray(to), 0);
      at += length + (hasBlockSum ? 4 : 0);
    }
    if (flags & 4) at += 4;
  }
  insist(to === size, broken);
  return out;
}
