// gzip beyond the shared suite: its header and trailer, levels, other packers' files, several members, real bombs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../../contract/deflate-jobs.suite.ts';
import { gzipCodec } from './codec.ts';
import { decode } from './decode.ts';
import { transform } from './transform.ts';

// Megabytes at many levels, through programs that have to start: a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 });

const MIB = 1024 * 1024;
const context = { name: 'orders.csv.gz', limits: DEFAULT_LIMITS };

function pack(bytes: Uint8Array, level: number): Promise<Uint8Array<ArrayBuffer>> {
  return collect(transform(inChunks(bytes, 300_000), testPackContext({ level }, testJobs(3))));
}

function unpack(packed: Uint8Array, chunk = 50_000): Promise<Uint8Array> {
  return collect(decode(inChunks(packed, chunk), context));
}

describe('packing', () => {
  it('names no time and no system, and ends with sum and length', async () => {
    const bytes = tableBytes(2 * MIB + 5);
    const packed = Buffer.from(await pack(bytes, 6));
    expect([...packed.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    const byZlib = gzipSync(bytes);
    expect(packed.subarray(-8)).toEqual(byZlib.subarray(-8));
    expect(gunzipSync(packed).equals(bytes)).toBe(true);
  });

  it('has levels 1 to 9, each smaller than the one before', async () => {
    const bytes = tableBytes(MIB);
    let before = Infinity;
    for (let level = 1; level <= 9; level++) {
      expect(gzipCodec.options.parse({ level }).value).toEqual({ level });
      const size = (await pack(bytes, level)).length;
      expect(size).toBeLessThan(before);
      before = size;
    }
    for (const level of [0, 10, 6.5, '6', null]) {
      expect(gzipCodec.options.parse({ level }).issues, String(level)).toBeDefined();
    }
    const field = gzipCodec.options.fields.find(({ id }) => id === 'level');
    expect(field).toMatchObject({ kind: 'integer', min: 1, max: 9, default: 6 });
  });
});

describe('unpacking', () => {
  it('reads what zlib packs, at every level and chunk size', async () => {
    const bytes = tableBytes(700_000);
    for (const level of [0, 1, 6, 9]) {
      const packed = gzipSync(bytes, { level });
      for (const chunk of [1_000, 32_768, packed.length]) {
        expect(Buffer.compare(await unpack(packed, chunk), bytes)).toBe(0);
      }
    }
    expect(
      Buffer.compare(await unpack(gzipSync(bytes.subarray(0, 3000)), 1), bytes.subarray(0, 3000)),
    ).toBe(0);
  });

  it('reads every member, thousands of tiny ones and zero padding too', async () => {
    const parts = [tableBytes(100_000, 2), new Uint8Array(0), tableBytes(3, 3), tableBytes(50, 4)];
    for (let k = 0; k < 2000; k++) parts.push(tableBytes(k % 40, k));
    const packed = Buffer.concat([...parts.map((part) => gzipSync(part)), Buffer.alloc(1000)]);
    const whole = Buffer.concat(parts);
    for (const chunk of [13, 4_096, packed.length]) {
      expect(whole.equals(await unpack(packed, chunk))).toBe(true);
    }
  });

  it('steps over extra fields, names, comments and header sums, however they are cut', async () => {
    const bytes = tableBytes(500);
    const plain = gzipSync(bytes);
    const head = Buffer.from(plain.subarray(0, 10));
    head[3] = 2 | 4 | 8 | 16;
    const more = Buffer.from([5, 0, 1, 2, 0, 4, 5, 0x61, 0x62, 0, 0x63, 0, 0xaa, 0xbb]);
    const packed = Buffer.concat([head, more, plain.subarray(10)]);
    expect(gunzipSync(Buffer.concat([plain])).equals(bytes)).toBe(true);
    for (const chunk of [1, 2, 3, 11, 5000]) {
      expect(Buffer.compare(await unpack(packed, chunk), bytes)).toBe(0);
    }
  });

  it('names what is wrong', async () => {
    const packed = gzipSync(tableBytes(50_000));
    const cases: [string, Uint8Array, RegExp][] = [
      ['text', Buffer.from('id,name'), /does not begin as gzip/],
      ['cut', packed.subarray(0, 9000), /ends too early, after 9000 bytes/],
      ['no sum', packed.subarray(0, -3), /ends inside its checksum/],
      ['tail', Buffer.concat([packed, Buffer.from('junk')]), /something else follows .* at byte/],
      [
        'endless name',
        Buffer.concat([Buffer.from([31, 139, 8, 8, 0, 0, 0, 0, 0, 0]), Buffer.alloc(300_000, 65)]),
        /does not begin/,
      ],
    ];
    const wrongSum = Buffer.from(packed);
    wrongSum[packed.length - 8]! ^= 1;
    cases.push(['sum', wrongSum, /checksum does not match/]);
    const wrongSize = Buffer.from(packed);
    wrongSize[packed.length - 1]! ^= 1;
    cases.push(['size', wrongSize, /length does not match/]);
    for (const [what, bytes, sentence] of cases) {
      await expect(unpack(bytes), what).rejects.toMatchObject({
        code: 'read.gzip.corrupt',
        message: expect.stringMatching(sentence),
      });
    }
  });

  it('stops a bomb of 1 GiB early and in little memory', async () => {
    const member = gzipSync(Buffer.alloc(64 * MIB), { level: 9 });
    const bomb = Buffer.concat(Array.from({ length: 16 }, () => member));
    const limits = { ...DEFAULT_LIMITS, unpackedBytes: 100 * MIB };
    let seen = 0;
    let largest = 0;
    const run = async (): Promise<void> => {
      for await (const piece of decode(inChunks(bomb, bomb.length), { name: 'bomb', limits })) {
        seen += piece.length;
        largest = Math.max(largest, piece.length);
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'read.unpack.too-large' });
    expect(seen).toBeLessThanOrEqual(100 * MIB);
    expect(largest).toBeLessThan(34 * MIB);
  });

  it('lets its input go when the reader stops', async () => {
    let closed = false;
    const input = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield gzipSync(tableBytes(1000));
      } finally {
        closed = true;
      }
    };
    for await (const piece of decode(input(), context)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(true);
  });
});

describe('other readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gzip-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const readers: Readonly<Record<string, string[]>> = {
    gunzip: ['-c'],
    '7z': ['x', '-so', '-tgzip'],
    python3: ['-c', 'import sys,gzip;sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())'],
  };
  for (const [tool, args] of Object.entries(readers)) {
    const absent = spawnSync(tool, ['--help']).error !== undefined && process.env['CI'] !== 'true';
    it.skipIf(absent)(`${tool} reads it`, async () => {
      for (const size of [0, 1, MIB, 3 * MIB + 9]) {
        const path = join(folder, `${tool}-${size}.gz`);
        const bytes = tableBytes(size);
        writeFileSync(path, await pack(bytes, 6));
        const out = execFileSync(tool, [...args, path], { maxBuffer: 2 ** 27, stdio: 'pipe' });
        expect(Buffer.compare(out, bytes)).toBe(0);
      }
    });
  }

  it('DecompressionStream reads it as one member', async () => {
    const bytes = tableBytes(3 * MIB + 9);
    const packed = await pack(bytes, 6);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    expect(Buffer.compare(new Uint8Array(await new Response(stream).arrayBuffer()), bytes)).toBe(0);
  });
});
