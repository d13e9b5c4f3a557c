// Zstandard beyond the shared suite: its levels, and what the program of others makes of it.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../../contract/deflate-jobs.suite.ts';
import { transform } from './transform.ts';

const MIB = 1024 * 1024;
const pack = (bytes: Uint8Array, level: number): Promise<Uint8Array> =>
  collect(transform(inChunks(bytes, 300_000), testPackContext({ level }, testJobs(1))));

const absent = spawnSync('zstd', ['--help']).error !== undefined && process.env['CI'] !== 'true';

describe.skipIf(absent)('the program zstd', () => {
  it.each([0, 1, 4 * MIB, 9 * MIB + 7])(
    'reads %i bytes, and finds every checksum',
    async (size) => {
      const bytes = tableBytes(size);
      const packed = await pack(bytes, 3);
      const { stdout, status } = spawnSync('zstd', ['-dc'], { input: packed, maxBuffer: 2 ** 25 });
      expect(status).toBe(0);
      expect(Buffer.compare(stdout, bytes)).toBe(0);
      // One frame for each 4 MiB, one where there is nothing.
      const frames = Math.max(1, Math.ceil(size / (4 * MIB)));
      const marks = Buffer.from(packed).toString('latin1').split('\x28\xb5\x2f\xfd').length - 1;
      expect(marks).toBe(frames);
      const damaged = packed.slice();
      damaged[packed.length - 1]! ^= 1;
      expect(spawnSync('zstd', ['-dc'], { input: damaged, maxBuffer: 2 ** 25 }).status).not.toBe(0);
    },
  );
});

it('makes less of it the higher the level', async () => {
  const bytes = tableBytes(MIB);
  const sizes = await Promise.all(
    [3, 9, 19].map(async (level) => (await pack(bytes, level)).length),
  );
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(new Set(sizes).size).toBe(3);
});
