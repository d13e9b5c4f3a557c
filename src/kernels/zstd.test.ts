// The unpacker of Zstandard in one go: what the program and DuckDB pack is tried by codecs and sources, here what is made to do harm.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../table/random.ts';
import { unpackZstd } from './zstd.ts';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** A frame with a window of 128 KiB around these blocks. */
function frameOf(...blocks: { kind: 0 | 1 | 2; size?: number; bytes: number[] }[]): Uint8Array {
  const pieces = blocks.flatMap(({ kind, bytes, size = bytes.length }, i) => {
    const head = (size << 3) | (kind << 1) | Number(i === blocks.length - 1);
    return [head & 255, (head >> 8) & 255, head >> 16, ...bytes];
  });
  return Uint8Array.from([...MAGIC, 0, 7 << 3, ...pieces]);
}

describe('blocks made to do harm', () => {
  it('that copy 12 GB of a few bytes end where a block ends', () => {
    // One literal, 98,047 sequences, each of one and the same symbols: 65,539 bytes and more from where the last came.
    const bytes = [1 << 3, 97, 255, 255, 255, 0b01_01_01_00, 0, 0, 52, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const frame = frameOf({ kind: 0, bytes: [1, 2, 3, 4] }, { kind: 2, bytes });
    const startMs = performance.now();
    expect(() => unpackZstd(frame, 1 << 20)).toThrow(/sequence/);
    expect(performance.now() - startMs).toBeLessThan(500);
  });

  it.each([
    ['literals beyond the block', { kind: 2, bytes: [0xfc, 0xff, 0xff, 0, 0] }],
    ['literals of an unknown code', { kind: 2, bytes: [0x03 | (1 << 4), 0x40, 0, 1, 0] }],
    ['sequences that are not there', { kind: 2, bytes: [1 << 3, 97, 5] }],
    ['a repeated table before there is one', { kind: 2, bytes: [1 << 3, 97, 1, 0xfc, 1, 1] }],
    ['modes that do not exist', { kind: 2, bytes: [1 << 3, 97, 1, 3, 1, 1] }],
    ['something behind the literals', { kind: 2, bytes: [1 << 3, 97, 0, 0] }],
    ['more bytes than asked for', { kind: 1, size: 100_000, bytes: [1] }],
    ['a block larger than a block', { kind: 1, size: 140_000, bytes: [1] }],
    ['fewer bytes than asked for', { kind: 0, bytes: [1, 2] }],
  ] as const)('%s', (_, { kind, bytes, ...more }) => {
    expect(() => unpackZstd(frameOf({ kind, bytes: [...bytes], ...more }), 3)).toThrow(Error);
  });

  it('a packed size that its room decides, not the frame', () => {
    expect(unpackZstd(frameOf({ kind: 0, bytes: [1, 2, 3] }), 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(unpackZstd(frameOf({ kind: 1, size: 5, bytes: [7] }), 5)).toEqual(
      new Uint8Array(5).fill(7),
    );
    expect(unpackZstd(new Uint8Array(0), 0)).toHaveLength(0);
  });
});

const hasZstd =
  spawnSync('zstd', ['--version']).error === undefined || process.env['CI'] === 'true';

describe.skipIf(!hasZstd)('what the program packs', () => {
  const pack = (bytes: Uint8Array, ...args: string[]): Uint8Array =>
    new Uint8Array(
      execFileSync('zstd', ['-q', '-c', ...args], { input: bytes, maxBuffer: 2 ** 28 }),
    );

  it('comes back, of any statistics', () => {
    const random = createRandom(5);
    for (let i = 0; i < 24; i++) {
      const symbols = 1 + Math.floor(random() ** 3 * 256);
      const skew = 1 + random() * 6;
      const bytes = Uint8Array.from({ length: Math.floor(random() ** 2 * 400_000) }, () =>
        Math.floor(random() ** skew * symbols),
      );
      for (let k = 0; k < 40; k++) {
        const [from, to, size] = Array.from({ length: 3 }, () => random() * bytes.length);
        bytes.copyWithin(to!, from!, from! + size! / 20);
      }
      const packed = pack(bytes, ['-1', '-3', '-9', '--fast=4'][i % 4]!);
      expect(Buffer.compare(unpackZstd(packed, bytes.length), bytes)).toBe(0);
      expect(() => unpackZstd(packed, bytes.length + 1)).toThrow(Error);
      if (bytes.length > 0) expect(() => unpackZstd(packed, bytes.length - 1)).toThrow(Error);
    }
  });
});
