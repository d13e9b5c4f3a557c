// Brotli beyond the shared suite: its levels, and another reader.
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../../contract/deflate-jobs.suite.ts';
import { transform } from './transform.ts';

const pack = (bytes: Uint8Array, level: number): Promise<Uint8Array> =>
  collect(transform(inChunks(bytes, 300_000), testPackContext({ level }, testJobs(1))));

it.each([0, 1, 1024 * 1024, 3_000_007])('zlib reads %i bytes', async (size) => {
  const bytes = tableBytes(size);
  expect(Buffer.compare(brotliDecompressSync(await pack(bytes, 5)), bytes)).toBe(0);
});

it('makes less of it the higher the level', async () => {
  const bytes = tableBytes(300_000);
  const sizes = await Promise.all(
    [0, 4, 9, 11].map(async (level) => (await pack(bytes, level)).length),
  );
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(new Set(sizes).size).toBe(4);
});
