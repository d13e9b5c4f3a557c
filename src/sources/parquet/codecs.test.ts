// Codecs: what somebody else packed comes out whole, and what lies about its size is refused before room is made for it.
import { compressors } from 'hyparquet-compressors';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadUnpack } from './codecs.ts';
import { unpackSnappy } from './snappy.ts';

/** A snappy block by hand: a literal, then copies that reach back by 1, 3 and 8. */
const BLOCK = new Uint8Array([
  // 8 letters; 20 times the last one; 9 bytes from 3 back; 12 bytes from 8 back.
  49, 28, 97, 98, 99, 100, 101, 102, 103, 104, 78, 1, 0, 34, 3, 0, 46, 8, 0,
]);
const unpacked = `abcdefgh${'h'.repeat(20)}${'h'.repeat(9)}${'h'.repeat(12)}`;

describe('snappy', () => {
  it('in script gives the same as in wasm', () => {
    const here = unpackSnappy(BLOCK, 49);
    expect(new TextDecoder().decode(here)).toBe(unpacked);
    expect(here).toEqual(compressors.SNAPPY!(BLOCK, 49));
  });

  it('refuses blocks that are cut off or reach back too far', async () => {
    const unpack = (await loadUnpack(1))!;
    for (const read of [unpack, unpackSnappy]) {
      expect(() => read(BLOCK.subarray(0, 12), 49)).toThrow(/intact snappy/);
      expect(() => read(new Uint8Array([5, 0, 97, 14, 9, 0]), 5)).toThrow(/intact snappy/);
      expect(() => read(BLOCK, 48)).toThrow(/snappy|another size/);
    }
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
