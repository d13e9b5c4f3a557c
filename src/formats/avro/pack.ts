// Packs the blocks of a container file; each codec is loaded when it is chosen.
import { crc32 } from '../../kernels/crc32.ts';
import { DEFLATE_BLOCK_BYTES, DEFLATE_STREAM_END, openDeflate } from '../../kernels/deflate.ts';
import { packSnappy } from '../../kernels/pack-blocks.ts';
import type { AvroOptions } from './options.ts';

/** A block's bytes to packed ones. */
export type Pack = (block: Uint8Array) => Uint8Array;

/** What the header calls the codecs. */
export const CODEC_NAMES = {
  none: 'null',
  deflate: 'deflate',
  snappy: 'snappy',
  zstandard: 'zstandard',
} as const;

export async function loadPack({ codec, level }: AvroOptions): Promise<Pack> {
  switch (codec) {
    case 'none':
      return (block) => block;
    case 'deflate': {
      const deflate = await openDeflate();
      return (block) => {
        const parts: Uint8Array[] = [];
        for (let at = 0; at < block.length; at += DEFLATE_BLOCK_BYTES)
          parts.push(deflate.deflateBlock(block.subarray(at, at + DEFLATE_BLOCK_BYTES), level));
        return joined([...parts, DEFLATE_STREAM_END]);
      };
    }
    case 'snappy':
      return (block) => {
        // The sum is of the unpacked bytes, highest byte first.
        const sum = new Uint8Array(4);
        new DataView(sum.buffer).setUint32(0, crc32(block));
        return joined([packSnappy(block), sum]);
      };
    case 'zstandard': {
      const { openZstdPack } = await import('../../contract/pack-zstd.ts');
      const pack = await openZstdPack();
      return (block) => pack(block, level);
    }
  }
}

function joined(parts: readonly Readonly<Uint8Array>[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
