// Packs a buffer as an LZ4 frame (lz4_Frame_format.md): independent blocks of up to 4 MiB, the content's size in front.
import { packLz4Block } from '../../kernels/pack-blocks.ts';

const BLOCK_BYTES = 4 << 20;
/** Version 1, blocks independent, content size given; blocks of up to 4 MiB. */
const FLAGS = 0b0110_1000;
const BLOCK_SIZE = 7 << 4;
const PLAIN = 0x80000000;

/** The frame, in a buffer of its own. */
export function packLz4Frame(input: Uint8Array): Uint8Array {
  const head = new Uint8Array(15);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0x184d2204, true);
  head[4] = FLAGS;
  head[5] = BLOCK_SIZE;
  view.setBigUint64(6, BigInt(input.length), true);
  head[14] = (hashOf(head.subarray(4, 14)) >>> 8) & 255;
  const parts: Uint8Array[] = [head];
  for (let at = 0; at < input.length; at += BLOCK_BYTES) {
    const block = input.subarray(at, at + BLOCK_BYTES);
    const packed = packLz4Block(block);
    const isSmaller = packed.length < block.length;
    const content = isSmaller ? packed : block;
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(
      0,
      isSmaller ? content.length : content.length + PLAIN,
      true,
    );
    parts.push(size, content);
  }
  parts.push(new Uint8Array(4));
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    out.set(part, to);
    to += part.length;
  }
  return out;
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** xxHash32 of fewer than 16 bytes, seed 0. */
function hashOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let h = (0x165667b1 + bytes.length) | 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4)
    h = Math.imul(
      rotated((h + Math.imul(view.getUint32(at, true), 0xc2b2ae3d)) | 0, 17),
      0x27d4eb2f,
    );
  for (; at < bytes.length; at++)
    h = Math.imul(rotated((h + Math.imul(bytes[at]!, 0x165667b1)) | 0, 11), 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae3d);
  return h ^ (h >>> 16);
}
