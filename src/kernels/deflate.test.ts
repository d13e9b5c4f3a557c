// Deflated blocks and their joins, read back by inflaters that are not ours.
import { Inflate, gunzipSync as fflateGunzip, inflateSync as fflateInflate } from 'fflate';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { combineCrc32, crc32 } from './crc32.ts';
import { testGoldenBytes } from './deflate-golden.suite.ts';
import { type Deflate, DEFLATE_BLOCK_BYTES, DEFLATE_STREAM_END, openDeflate } from './deflate.ts';

// Megabytes at many levels, through programs that have to start: a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 });

const LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A small seeded generator (mulberry32), so that a failing block can be made again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const encoder = new TextEncoder();
const words = 'alpha beta gamma delta order shipped late refund "quoted", über naïve 東京'.split(
  ' ',
);

/** Kinds of content: each stresses another part of the encoder. */
const kinds: Readonly<Record<string, (size: number, random: () => number) => Uint8Array>> = {
  zeros: (size) => new Uint8Array(size),
  random: (size, random) => fill(size, () => random() * 256),
  twoValues: (size, random) => fill(size, () => (random() < 0.02 ? 1 : 0)),
  skewed: (size, random) => fill(size, () => 255 * random() ** 12),
  fibonacci: (size, random) => fill(size, () => Math.min(40, -Math.log(random()) / 0.4812)),
  ramp: (size) => fill(size, (i) => i + (i >>> 8)),
  period: (size, random) => {
    const period = 1 + Math.floor(random() * 40_000);
    const unit = fill(period, () => random() * 256);
    return fill(size, (i) => unit[i % period]!);
  },
  text: (size, random) => textOf(size, () => `${words[Math.floor(random() * words.length)]} `),
  csv: (size, random) => {
    let id = 1000;
    return textOf(size, () => {
      id += 1 + Math.floor(random() * 3);
      const word = words[Math.floor(random() * words.length)]!;
      const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
      return `${id},${word},${(random() * 1e4).toFixed(2)},2024-03-${day},${random() < 0.5}\r\n`;
    });
  },
  changing: (size, random) => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const part = Math.min(size - at, 1 + Math.floor(random() * 90_000));
      const other = ['zeros', 'random', 'text', 'csv', 'skewed'][Math.floor(random() * 5)]!;
      bytes.set(kinds[other]!(part, random), at);
      at += part;
    }
    return bytes;
  },
};

function fill(size: number, byteAt: (i: number) => number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = byteAt(i);
  return bytes;
}

function textOf(size: number, next: () => string): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const piece = encoder.encode(next()).subarray(0, size - at);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function concat(parts: readonly Readonly<Uint8Array>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Without printing a megabyte when they differ. */
function expectSame(actual: Uint8Array, expected: Uint8Array, what: string): void {
  if (actual.length !== expected.length || Buffer.compare(actual, expected) !== 0) {
    expect.fail(`${what}: ${actual.length} bytes came back for ${expected.length}, not the same`);
  }
}

async function throughDecompressionStream(
  format: 'gzip' | 'deflate-raw',
  packed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

let deflate: Deflate;
beforeAll(async () => {
  deflate = await openDeflate();
});

function packed(parts: readonly Uint8Array[], level: number): Uint8Array<ArrayBuffer> {
  return concat([...parts.map((part) => deflate.deflateBlock(part, level)), DEFLATE_STREAM_END]);
}

function gzipped(parts: readonly Uint8Array[], level: number): Uint8Array<ArrayBuffer> {
  const trailer = new DataView(new ArrayBuffer(8));
  const sum = parts.reduce((crc, part) => combineCrc32(crc, crc32(part), part.length), 0);
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, parts.reduce((size, part) => size + part.length, 0) >>> 0, true);
  const head = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  return concat([head, packed(parts, level), new Uint8Array(trailer.buffer)]);
}

describe('deflateBlock', () => {
  testGoldenBytes();

  it('gives back thousands of small blocks of every kind at every level', () => {
    let blocks = 0;
    for (const [kind, make] of Object.entries(kinds)) {
      for (let seed = 0; seed < 40; seed++) {
        const random = randomFrom(seed * 7919 + kind.length);
        const block = make(Math.floor(random() ** 4 * 40_000), random);
        for (const level of LEVELS) {
          const stream = packed([block], level);
          expectSame(inflateRawSync(stream), block, `${kind} ${seed} level ${level}, zlib`);
          if (seed % 4 === 0) {
            expectSame(fflateInflate(stream), block, `${kind} ${seed} level ${level}, fflate`);
          }
          blocks++;
        }
      }
    }
    expect(blocks).toBe(Object.keys(kinds).length * 40 * LEVELS.length);
  });

  it('gives back every size from 0 to 300 bytes', () => {
    const random = randomFrom(5);
    for (let size = 0; size <= 300; size++) {
      for (const make of [kinds.zeros!, kinds.random!, kinds.text!]) {
        const block = make(size, random);
        for (const level of [0, 1, 4, 6]) {
          expectSame(inflateRawSync(packed([block], level)), block, `size ${size} level ${level}`);
        }
      }
    }
  });

  it.each(Object.keys(kinds))('gives back a whole block of 1 MiB: %s', (kind) => {
    const block = kinds[kind]!(DEFLATE_BLOCK_BYTES, randomFrom(99));
    for (const level of LEVELS) {
      const stream = packed([block], level);
      expectSame(inflateRawSync(stream), block, `${kind} level ${level}`);
      // Stored blocks bound the growth: five bytes per 64 KiB and per block of tokens.
      expect(stream.length).toBeLessThanOrEqual(block.length + 512);
    }
  });

  it('keeps codes within 15 bits where frequencies ask for more', () => {
    // Fibonacci counts make the deepest tree; sixteen even values keep matches rare and push it deeper still.
    const bytes: number[] = [];
    for (let k = 0, a = 1, b = 1; k < 16; k++, [a, b] = [b, a + b]) {
      for (let n = 0; n < a; n++) bytes.push(k);
    }
    for (let n = 0; n < 20_000; n++) bytes.push(100 + (n % 16));
    for (let seed = 0; seed < 5; seed++) {
      const random = randomFrom(seed);
      const block = Uint8Array.from(bytes);
      for (let i = block.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [block[i], block[j]] = [block[j]!, block[i]!];
      }
      for (const level of LEVELS) {
        expectSame(inflateRawSync(packed([block], level)), block, `seed ${seed} level ${level}`);
      }
    }
  });

  it('falls back to stored blocks for what does not shrink', () => {
    const block = kinds.random!(60_000, randomFrom(3));
    for (const level of [1, 6, 9]) {
      expect(deflate.deflateBlock(block, level).length).toBeLessThanOrEqual(60_000 + 25);
    }
    expect(deflate.deflateBlock(block, 0).length).toBe(60_005);
  });

  it('shrinks more at a higher level', () => {
    const block = kinds.csv!(DEFLATE_BLOCK_BYTES, randomFrom(8));
    const sizes = LEVELS.map((level) => deflate.deflateBlock(block, level).length);
    for (let level = 1; level < sizes.length; level++) {
      expect(sizes[level]).toBeLessThan(sizes[level - 1]!);
    }
  });

  it('depends on block and level alone, whatever was encoded before', () => {
    const random = randomFrom(11);
    const block = kinds.csv!(200_000, random);
    const first = LEVELS.map((level) => deflate.deflateBlock(block, level));
    for (const kind of Object.values(kinds)) deflate.deflateBlock(kind(300_000, random), 9);
    LEVELS.forEach((level) => {
      expectSame(deflate.deflateBlock(block, level), first[level]!, `level ${level}`);
    });
  });

  it('never ends a stream: without the end mark readers wait for more', () => {
    for (const level of LEVELS) {
      const block = kinds.text!(5_000, randomFrom(level));
      const open = deflate.deflateBlock(block, level);
      expect(() => inflateRawSync(open)).toThrow(/unexpected end/);
      let out = 0;
      let ended = false;
      const inflate = new Inflate((chunk, final) => {
        out += chunk.length;
        ended ||= final;
      });
      inflate.push(open);
      expect(out).toBe(block.length);
      expect(ended).toBe(false);
    }
  });

  it('gives no bytes for no input', () => {
    for (const level of LEVELS) {
      expect(deflate.deflateBlock(new Uint8Array(0), level).length).toBe(0);
    }
  });

  it('refuses more than 1 MiB and levels that do not exist', () => {
    const tooLarge = new Uint8Array(DEFLATE_BLOCK_BYTES + 1);
    expect(() => deflate.deflateBlock(tooLarge, 6)).toThrow(RangeError);
    for (const level of [-1, 10, 1.5, Number.NaN]) {
      expect(() => deflate.deflateBlock(new Uint8Array(1), level)).toThrow(RangeError);
    }
  });
});

describe('joined blocks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deflate-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function randomParts(seed: number, largest: number): Uint8Array[] {
    const random = randomFrom(seed);
    const names = Object.keys(kinds);
    return Array.from({ length: 1 + Math.floor(random() * 8) }, () => {
      const size = Math.min(DEFLATE_BLOCK_BYTES, Math.floor(random() ** 3 * largest));
      return kinds[names[Math.floor(random() * names.length)]!]!(size, random);
    });
  }

  it('are one stream for zlib, fflate and DecompressionStream', async () => {
    for (let seed = 0; seed < 250; seed++) {
      const parts = randomParts(seed, 60_000);
      const whole = concat(parts);
      const level = seed % 10;
      const stream = packed(parts, level);
      expectSame(inflateRawSync(stream), whole, `join ${seed}, zlib`);
      expectSame(fflateInflate(stream), whole, `join ${seed}, fflate`);
      if (seed % 5 > 0) continue;
      const file = gzipped(parts, level);
      expectSame(fflateGunzip(file), whole, `gzip ${seed}, fflate`);
      expectSame(await throughDecompressionStream('deflate-raw', stream), whole, `raw ${seed}`);
      expectSame(await throughDecompressionStream('gzip', file), whole, `gzip ${seed}`);
    }
  });

  const readers: Readonly<Record<string, (path: string) => string[]>> = {
    gunzip: (path) => ['gunzip', '-c', path],
    '7z': (path) => ['7z', 'x', '-so', '-tgzip', path],
    python3: (path) => [
      'python3',
      '-c',
      'import sys,zlib\n' +
        'd=zlib.decompressobj(31)\n' +
        'b=open(sys.argv[1],"rb").read()\n' +
        'o=d.decompress(b)+d.flush()\n' +
        'assert d.eof and not d.unused_data\n' +
        'sys.stdout.buffer.write(o)',
      path,
    ],
  };

  for (const [tool, command] of Object.entries(readers)) {
    const absent = spawnSync(tool, ['--help']).error !== undefined && process.env['CI'] !== 'true';
    it.skipIf(absent)(`are one .gz file for ${tool}`, () => {
      for (let seed = 1000; seed < 1008; seed++) {
        const parts = randomParts(seed, 1_400_000);
        const path = join(folder, `${tool}-${seed}.gz`);
        writeFileSync(path, gzipped(parts, seed % 10));
        const [program, ...args] = command(path) as [string, ...string[]];
        const out = execFileSync(program, args, {
          maxBuffer: 2 ** 27,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        expectSame(out, concat(parts), `${tool} ${seed}`);
      }
    });
  }
});
