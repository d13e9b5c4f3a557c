// Codecs: what somebody else packed comes out whole, and what lies about its size is refused before room is made for it.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadUnpack } from './codecs.ts';

describe('snappy', () => {
  it('blocks that are cut off, reach back too far or have another size are refused', async () => {
    const unpack = (await loadUnpack(1))!;
    const block = new Uint8Array([6, 8, 97, 98, 99, 14, 2, 0]);
    expect(unpack(new Uint8Array([3, 8, 97, 98, 99]), 3)).toEqual(new Uint8Array([97, 98, 99]));
    for (const [bytes, size] of [
      [block.subarray(0, 6), 6],
      [block, 5],
      [new Uint8Array([5, 0, 97, 14, 9, 0]), 5],
      [new Uint8Array(0), 1],
    ] as const)
      expect(() => unpack(bytes, size)).toThrow(/intact snappy/);
  });
});

describe('sizes', () => {
  it.each([1, 2, 4, 5, 6, 7])('beyond what codec %i can make are refused', async (codec) => {
    const unpack = (await loadUnpack(codec))!;
    expect(() => unpack(new Uint8Array(100), 1 << 30)).toThrow(/larger than its codec/);
  });

  it('of gzip data are held against its own', async () => {
    const unpack = (await loadUnpack(2))!;
    const packed = new Uint8Array(gzipSync(new Uint8Array(1_000).fill(7)));
    expect(unpack(packed, 1_000)).toEqual(new Uint8Array(1_000).fill(7));
    expect(() => unpack(packed, 1_001)).toThrow(/intact gzip/);
    packed[packed.length - 6]! ^= 1;
    expect(() => unpack(packed, 1_000)).toThrow(/intact gzip/);
  });

  it('knows no LZO', async () => {
    expect(await loadUnpack(3)).toBeNull();
  });
});
