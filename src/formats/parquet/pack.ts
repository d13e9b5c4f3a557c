// Packs pages: each codec is loaded when it is chosen.
import { crc32 } from '../../kernels/crc32.ts';
import { DEFLATE_BLOCK_BYTES, DEFLATE_STREAM_END, openDeflate } from '../../kernels/deflate.ts';
import { packLz4Block, packSnappy } from '../../kernels/pack-blocks.ts';

/** A page's bytes to packed ones that no later call changes. */
export type Pack = (page: Uint8Array) => Uint8Array;

/** What a file may be packed with, and the codec's number in parquet.thrift. */
export const CODECS = {
  none: 0,
  snappy: 1,
  gzip: 2,
  brotli: 4,
  // The older LZ4 (5) has a framing that the specification tells writers to drop.
  lz4: 7,
  zstd: 6,
} as const;

export type CodecId = keyof typeof CODECS;

/** Loads the packer of a codec. `level` is that of gzip (1–9), brotli (0–11) or zstd (1–22). */
export async function loadPack(codec: CodecId, level: number): Promise<Pack> {
  switch (codec) {
    case 'none':
      return (page) => page.slice();
    case 'snappy':
      return packSnappy;
    case 'lz4':
      return packLz4Block;
    case 'gzip': {
      const deflate = await openDeflate();
      return (page) => {
        const parts = [GZIP_HEAD];
        for (let at = 0; at < page.length; at += DEFLATE_BLOCK_BYTES)
          parts.push(deflate.deflateBlock(page.subarray(at, at + DEFLATE_BLOCK_BYTES), level));
        const tail = new Uint8Array(10);
        tail.set(DEFLATE_STREAM_END);
        const view = new DataView(tail.buffer);
        view.setUint32(2, crc32(page), true);
        view.setUint32(6, page.length, true);
        return joined([...parts, tail]);
      };
    }
    case 'brotli': {
      const { openBrotliPack } = await import('../../contract/pack-brotli.ts');
      const pack = await openBrotliPack();
      return (page) => pack(page, level);
    }
    case 'zstd': {
      const { openZstdPack } = await import('../../contract/pack-zstd.ts');
      const pack = await openZstdPack();
      return (page) => pack(page, level);
    }
  }
}

/** Deflate, no name, no time, of no system (RFC 1952). */
const GZIP_HEAD = Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0, 0, 255);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
