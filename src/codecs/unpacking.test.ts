// Codecs that only unpack, tried with what other programs pack: whole, in any chunks, damaged, cut at every byte, and bombs.
import { execFileSync, spawnSync } from 'node:child_process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import { collect, inChunks, tableBytes } from '../contract/deflate-jobs.suite.ts';
import { ExportError } from '../contract/errors.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';
import { brotliCodec } from './brotli/codec.ts';
import { gzipCodec } from './gzip/codec.ts';
import { zstdCodec } from './zstd/codec.ts';

vi.setConfig({ testTimeout: 60_000 });

const MiB = 1024 * 1024;
const LARGE = tableBytes(3 * MiB + 77);
const SMALL = tableBytes(300);

function zstd(bytes: Uint8Array, ...args: string[]): Buffer {
  return execFileSync('zstd', ['-q', '-c', ...args], { input: bytes, maxBuffer: 2 ** 28 });
}

function brotli(bytes: Uint8Array, quality = 5): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

const hasZstd =
  spawnSync('zstd', ['--version']).error === undefined || process.env['CI'] === 'true';

async function unpack(
  card: CodecCard,
  packed: Uint8Array,
  chunk = 100_000,
  limits = DEFAULT_LIMITS,
): Promise<Uint8Array> {
  const module = await card.load();
  return collect(module.decode!(inChunks(packed, chunk), { name: 'in.packed', limits }));
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** What a codec gives for each start of packed data: always an ExportError that says how far it came. */
async function cutAnywhere(card: CodecCard, packed: Uint8Array): Promise<void> {
  for (let size = 0; size < packed.length; size++) {
    const thrown: unknown = await unpack(card, packed.subarray(0, size), 50).catch((e) => e);
    expect(thrown, `cut at ${size}`).toBeInstanceOf(ExportError);
    expect((thrown as ExportError).message, `cut at ${size}`).toMatch(/early|ends inside/);
  }
}

/** What it gives for data with one wrong bit: an ExportError, or bytes; never anything else. Counts what was refused. */
async function flipped(
  card: CodecCard,
  packed: Uint8Array,
  bytes: Uint8Array,
): Promise<{ refused: number; wrong: number }> {
  const counts = { refused: 0, wrong: 0 };
  for (let k = 0; k < 300; k++) {
    const damaged = Uint8Array.from(packed);
    damaged[Math.floor((k / 300) * packed.length)]! ^= 1 << (k % 8);
    try {
      if (!same(await unpack(card, damaged, 7_777), bytes)) counts.wrong++;
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ExportError);
      counts.refused++;
    }
  }
  return counts;
}

describe.skipIf(!hasZstd)('zstd', () => {
  it.each([['-1'], ['-3'], ['-19'], ['-3', '--no-check'], ['-3', '--long=24'], ['--fast=5']])(
    'reads what the program packs with %s',
    async (...args) => {
      // A large window is moved with every block.
      const bytes = args[0] === '-19' ? LARGE.subarray(0, MiB) : LARGE;
      const packed = zstd(bytes, ...args);
      expect(zstdCodec.matches(packed)).toBe(true);
      for (const chunk of [9_000, 65_536, packed.length])
        expect(same(await unpack(zstdCodec, packed, chunk), bytes)).toBe(true);
    },
  );

  it('reads small and empty content, byte by byte', async () => {
    for (const size of [0, 1, 2, 17, 300, 5_000]) {
      const bytes = tableBytes(size);
      expect(same(await unpack(zstdCodec, zstd(bytes), 1), bytes), String(size)).toBe(true);
    }
  });

  it('reads every frame, and steps over those to be skipped', async () => {
    const skippable = (size: number): Buffer => {
      const frame = Buffer.alloc(8 + size, 0x28);
      frame.writeUInt32LE(0x184d2a53, 0);
      frame.writeUInt32LE(size, 4);
      return frame;
    };
    const packed = Buffer.concat([
      skippable(0),
      zstd(SMALL),
      skippable(70_000),
      zstd(new Uint8Array(0)),
      zstd(LARGE, '--no-check'),
      skippable(3),
    ]);
    expect(zstdCodec.matches(packed)).toBe(true);
    for (const chunk of [5, 4_096, packed.length])
      expect(same(await unpack(zstdCodec, packed, chunk), Buffer.concat([SMALL, LARGE]))).toBe(
        true,
      );
  });

  it('says so when data was cut anywhere', () => cutAnywhere(zstdCodec, zstd(SMALL)));

  it('never gives other bytes for damaged data', async () => {
    const bytes = tableBytes(60_000);
    const { refused, wrong } = await flipped(zstdCodec, zstd(bytes), bytes);
    expect(wrong).toBe(0);
    expect(refused).toBeGreaterThan(280);
  });

  it('names what follows, and what cannot be', async () => {
    const packed = zstd(SMALL);
    const after = Buffer.concat([packed, Buffer.from('junk')]);
    await expect(unpack(zstdCodec, after)).rejects.toMatchObject({
      code: 'read.unpack.corrupt',
      message: expect.stringContaining(`at byte ${packed.length}`),
    });
    await expect(unpack(zstdCodec, Buffer.from('id,name\n'))).rejects.toThrow(/does not begin/);
  });

  it('stops at the limits, and at a window nobody has room for', async () => {
    const bomb = zstd(Buffer.alloc(32 * MiB), '-19');
    for (const [option, value] of [
      ['unpackedBytes', 3 * MiB],
      ['unpackRatio', 20],
    ] as const) {
      const limits = { ...DEFAULT_LIMITS, unpackRatio: 1e9, [option]: value };
      await expect(unpack(zstdCodec, bomb, 100, limits)).rejects.toMatchObject({
        code: 'read.unpack.too-large',
        parameters: { option },
      });
    }
    // A window of 128 MiB is neither asked for nor moved for a byte at a time.
    const bytewise = Buffer.alloc(6 + 100_000 * 4);
    bytewise.set([0x28, 0xb5, 0x2f, 0xfd, 0, 17 << 3]);
    for (let at = 6; at < bytewise.length; at += 4)
      bytewise.set([(1 << 3) | 2 | Number(at + 4 === bytewise.length), 0, 0, 65], at);
    const startMs = performance.now();
    expect(await unpack(zstdCodec, bytewise)).toEqual(new Uint8Array(100_000).fill(65));
    expect(performance.now() - startMs).toBeLessThan(5_000);
    // A frame without content whose header asks for 2 TiB.
    const window = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 31 << 3, 1, 0, 0]);
    await expect(unpack(zstdCodec, window)).rejects.toMatchObject({
      code: 'read.unpack.too-large',
    });
  });
});

describe('brotli', () => {
  it.each([0, 1, 5, 11])('reads what Node packs at quality %i', async (quality) => {
    for (const bytes of [LARGE.subarray(0, quality === 11 ? 300_000 : undefined), SMALL]) {
      const packed = brotli(bytes, quality);
      for (const chunk of [1_000, 65_537, packed.length])
        expect(same(await unpack(brotliCodec, packed, chunk), bytes)).toBe(true);
    }
  });

  it('reads small and empty content, byte by byte', async () => {
    for (const size of [0, 1, 2, 17, 300]) {
      const bytes = tableBytes(size);
      expect(same(await unpack(brotliCodec, brotli(bytes), 1), bytes), String(size)).toBe(true);
    }
  });

  it('says so when data was cut anywhere', () => cutAnywhere(brotliCodec, brotli(SMALL)));

  it('refuses what makes no sense and what follows', async () => {
    const packed = brotli(SMALL);
    await expect(
      unpack(brotliCodec, Buffer.concat([packed, Buffer.from('junk')])),
    ).rejects.toMatchObject({
      code: 'read.unpack.corrupt',
      message: expect.stringContaining(`at byte ${packed.length}`),
    });
    // It has no checksum: damage that still makes sense cannot be seen.
    const { refused } = await flipped(brotliCodec, brotli(LARGE.subarray(0, 60_000)), SMALL);
    expect(refused).toBeGreaterThan(50);
  });

  it('stops a bomb early', async () => {
    const bomb = brotli(Buffer.alloc(64 * MiB), 5);
    expect(bomb.length).toBeLessThan(1_000);
    await expect(unpack(brotliCodec, bomb)).rejects.toMatchObject({
      code: 'read.unpack.too-large',
      parameters: { option: 'unpackRatio' },
    });
  });
});

describe('gzip', () => {
  it('says so when data was cut anywhere', () => cutAnywhere(gzipCodec, gzipSync(SMALL)));
});
