// The kernel that packs snappy and LZ4 blocks in Node, unpacked by another implementation too, and its twin without WebAssembly.
import { compressors } from 'hyparquet-compressors';
import { afterEach, expect, it, vi } from 'vitest';
import { testPackBlocksKernel } from './pack-blocks.suite.ts';
import { packLz4Block, packSnappy } from './pack-blocks.ts';

afterEach(() => vi.unstubAllGlobals());

testPackBlocksKernel();

const TEXT = new TextEncoder().encode('the quick brown fox and the quick brown dog '.repeat(3000));

it('is unpacked by others', () => {
  const [snappy, lz4] = [packSnappy(TEXT), packLz4Block(TEXT)];
  expect(snappy.length).toBeLessThan(TEXT.length / 15);
  expect(compressors.SNAPPY!(snappy, TEXT.length)).toEqual(TEXT);
  expect(compressors.LZ4_RAW!(lz4, TEXT.length)).toEqual(TEXT);
});

it('gives the same bytes without WebAssembly', async () => {
  const packed = packSnappy(TEXT);
  vi.stubGlobal('WebAssembly', undefined);
  vi.resetModules();
  const { packSnappy: pack } = await import('./pack-blocks.ts');
  expect(pack(TEXT)).toEqual(packed);
});
