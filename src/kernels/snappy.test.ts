// The snappy kernel in Node, against another implementation too, and its twin where WebAssembly is missing.
import { compressors } from 'hyparquet-compressors';
import { afterEach, expect, it, vi } from 'vitest';
import { testSnappyKernel } from './snappy.suite.ts';
import { unpackSnappy } from './snappy.ts';

afterEach(() => vi.unstubAllGlobals());

testSnappyKernel();

/** 8 letters; 20 times the last one; 9 bytes from 3 back; 12 bytes from 8 back. */
const BLOCK = new Uint8Array([
  49, 28, 97, 98, 99, 100, 101, 102, 103, 104, 78, 1, 0, 34, 3, 0, 46, 8, 0,
]);
const TEXT = `abcdefgh${'h'.repeat(20)}${'h'.repeat(9)}${'h'.repeat(12)}`;

it('gives what others give', () => {
  const out = new Uint8Array(49);
  expect(unpackSnappy(BLOCK, out)).toBe(true);
  expect(new TextDecoder().decode(out)).toBe(TEXT);
  expect(out).toEqual(compressors.SNAPPY!(BLOCK, 49));
});

it('goes without WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  vi.resetModules();
  const { unpackSnappy: unpack } = await import('./snappy.ts');
  const out = new Uint8Array(49);
  expect(unpack(BLOCK, out)).toBe(true);
  expect(new TextDecoder().decode(out)).toBe(TEXT);
});
