// Zip files read back by fflate, unzip, 7z and Python; names, times, levels, zip64.
import { execFileSync, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  collect,
  tableBytes,
  testJobs,
  testPackContext,
} from '../../contract/deflate-jobs.suite.ts';
import type { Entry } from '../../contract/archive-plugin.ts';
import type { DeflateJobs } from '../../contract/deflate-jobs.ts';
import { entriesOf, testFiles, type TestFile } from '../archive.suite.ts';
import { zipArchive } from './archive.ts';
import { pack } from './pack.ts';
import { zipTime } from './records.ts';

// Megabytes at many levels, through programs that have to start: a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 });

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function packFiles(files: readonly TestFile[], level: number): Promise<Uint8Array<ArrayBuffer>> {
  return collect(
    pack(
      entriesOf(files, 300_000),
      testPackContext({ level, times: 'export' as const, password: null }, testJobs(3)),
    ),
  );
}

function isAbsent(tool: string): boolean {
  return spawnSync(tool, ['--help']).error !== undefined && process.env['CI'] !== 'true';
}

function run(tool: string, args: string[]): Buffer {
  // Names that are not ASCII are arguments: without a locale unzip reads them as something else.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return execFileSync(tool, args, { env, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Prints each entry of the zip as a line of JSON: name, size, CRC, method, flags, time, and whether it reads whole. */
const PYTHON_LIST = `
import sys, json, zipfile, zlib
with zipfile.ZipFile(sys.argv[1]) as z:
    for i in z.infolist():
        size = crc = 0
        with z.open(i) as f:
            while True:
                piece = f.read(1 << 20)
                if not piece: break
                size += len(piece); crc = zlib.crc32(piece, crc)
        print(json.dumps({'name': i.filename, 'size': size, 'crc': crc, 'right': crc == i.CRC and size == i.file_size,
          'method': i.compress_type, 'flags': i.flag_bits, 'time': i.date_time, 'needs': i.extract_version}))
`;

interface Listed {
  name: string;
  size: number;
  right: boolean;
  method: number;
  flags: number;
  time: number[];
  needs: number;
}

function listByPython(path: string): Listed[] {
  const lines = run('python3', ['-c', PYTHON_LIST, path]).toString().trimEnd();
  return lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line) as Listed);
}

describe.each([0, 1, 6, 9])('level %i', (level) => {
  const files = testFiles();
  const path = join(folder, `level-${level}.zip`);

  it('is read by fflate, from the directory and streaming', async () => {
    const packed = await packFiles(files, level);
    writeFileSync(path, packed);
    const read = new Map(Object.entries(unzipSync(packed)));
    expect([...read.keys()].sort()).toEqual(files.map((file) => file.name).sort());
    for (const { name, bytes } of files) expect(Buffer.compare(read.get(name)!, bytes)).toBe(0);

    const streamed = new Map<string, Uint8Array[]>();
    const unzip = new Unzip((file) => {
      const pieces: Uint8Array[] = [];
      streamed.set(file.name, pieces);
      file.ondata = (error, piece) => {
        if (error) throw error;
        pieces.push(piece);
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    for (let at = 0; at < packed.length; at += 65_536) {
      unzip.push(packed.subarray(at, at + 65_536), at + 65_536 >= packed.length);
    }
    for (const { name, bytes } of files) {
      expect(Buffer.concat(streamed.get(name)!).equals(bytes), name).toBe(true);
    }
  });

  it.skipIf(isAbsent('unzip'))('is read by unzip', () => {
    run('unzip', ['-tqq', path]);
    for (const { name, bytes } of files) {
      expect(Buffer.compare(run('unzip', ['-p', path, name]), bytes), name).toBe(0);
    }
  });

  it.skipIf(isAbsent('7z'))('is read by 7z without a warning', () => {
    const said = run('7z', ['t', path]).toString();
    expect(said).toContain('Everything is Ok');
    expect(said).not.toMatch(/warning/i);
    for (const { name, bytes } of files) {
      const out = run('7z', ['x', '-so', path, name]);
      expect(Buffer.compare(out, bytes), name).toBe(0);
    }
  });

  it.skipIf(isAbsent('python3'))('is read by Python, with the method and flags meant', () => {
    const listed = listByPython(path);
    expect(listed.map(({ name, size }) => ({ name, size }))).toEqual(
      files.map(({ name, bytes }) => ({ name, size: bytes.length })),
    );
    for (const entry of listed) {
      expect(entry.right, entry.name).toBe(true);
      const isLong = entry.size > 4 * MIB;
      expect(entry.flags, entry.name).toBe(isLong ? 0x808 : 0x800);
      expect(entry.needs, entry.name).toBe(isLong ? 45 : 20);
      const isStored = entry.size === 0 || (level === 0 && !isLong);
      expect(entry.method, entry.name).toBe(isStored ? 0 : 8);
      expect(entry.time).toEqual([2026, 11, 21, 3, 4, 6]);
    }
  });
});

describe('an archive', () => {
  it('may be empty', async () => {
    const packed = await packFiles([], 6);
    expect(packed.length).toBe(22);
    expect(unzipSync(packed)).toEqual({});
  });

  it('takes levels 0 to 9', () => {
    for (const level of [-1, 10, 2.5, '6']) {
      expect(zipArchive.options.parse({ level }).issues, String(level)).toBeDefined();
    }
    const [field] = zipArchive.options.fields;
    expect(field).toMatchObject({ id: 'level', kind: 'integer', min: 0, max: 9, default: 6 });
  });

  it.each([
    '',
    '/etc/passwd',
    '../up.csv',
    'a/../../b.csv',
    'a/./b.csv',
    'a//b.csv',
    'folder/',
    '..',
    '.',
    'C:/x.csv',
    'c:x.csv',
    'a\\b.csv',
    '\\\\server\\x',
    'a\0b.csv',
    'a\nb.csv',
    'half \ud83d emoji.csv',
    'x'.repeat(65_536),
    'ü'.repeat(32_768),
  ])('refuses the name %j', async (name) => {
    const run = packFiles([{ name, bytes: tableBytes(10) }], 6);
    await expect(run).rejects.toMatchObject({ code: 'pack.zip.bad-name' });
  });

  it.each(['__proto__', 'constructor', '...csv', 'a..b', '-rf', '~', 'x'.repeat(65_535)])(
    'takes the name %j',
    async (name) => {
      const packed = await packFiles([{ name, bytes: tableBytes(10) }], 6);
      expect(packed.length).toBeGreaterThan(2 * name.length);
      const at = Buffer.from(packed).indexOf(Buffer.from(name));
      expect(at).toBe(30);
    },
  );

  it.each([
    ['a.csv', 'a.csv'],
    ['a', 'a/b.csv'],
    ['a/b/c.csv', 'a/b'],
  ])('refuses %j beside %j', async (first, second) => {
    const files = [first, second].map((name) => ({ name, bytes: tableBytes(10) }));
    await expect(packFiles(files, 6)).rejects.toMatchObject({ code: 'pack.zip.name-repeated' });
  });

  it('writes times in UTC, within what the fields can hold', () => {
    expect(zipTime(Date.UTC(2024, 1, 29, 23, 59, 59, 999))).toEqual({
      dosTime: (23 << 11) | (59 << 5) | 29,
      dosDate: (44 << 9) | (2 << 5) | 29,
      unixSeconds: Date.UTC(2024, 1, 29, 23, 59, 59) / 1000,
    });
    expect(zipTime(0)).toEqual({ dosTime: 0, dosDate: (1 << 5) | 1, unixSeconds: 0 });
    expect(zipTime(Date.UTC(2500, 0, 1)).dosDate).toBe((127 << 9) | (12 << 5) | 31);
  });

  it.skipIf(isAbsent('unzip'))('unpacks with the time meant, in any zone', async () => {
    const path = join(folder, 'times.zip');
    writeFileSync(path, await packFiles([{ name: 'time.csv', bytes: tableBytes(10) }], 6));
    for (const TZ of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
      const args = ['-qqo', path, '-d', join(folder, TZ.replace('/', '-'))];
      execFileSync('unzip', args, { env: { ...process.env, TZ } });
      const file = join(folder, TZ.replace('/', '-'), 'time.csv');
      expect(statSync(file).mtimeMs, TZ).toBe(Date.UTC(2026, 10, 21, 3, 4, 7));
      expect(statSync(file).mode & 0o400).toBe(0o400);
    }
  });
});

describe('without times', () => {
  const files = [{ name: 'a.csv', bytes: tableBytes(70_000) }];
  const options = { ...zipArchive.options.defaults };
  const packAt = async (startedAtMs: number, times: 'none' | 'export') => {
    const context = { ...testPackContext({ ...options, times }, testJobs(1)), startedAtMs };
    return collect(pack(entriesOf(files, 9_000), context));
  };
  const [day, next] = [Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 22)];

  it('the same files are the same bytes whenever they are packed', async () => {
    expect(options.times).toBe('none');
    const packed = await packAt(day, 'none');
    expect(await packAt(next, 'none')).toEqual(packed);
    expect(await packAt(day, 'export')).not.toEqual(await packAt(next, 'export'));
    const path = join(folder, 'timeless.zip');
    writeFileSync(path, packed);
    expect(listByPython(path)[0]!.time).toEqual([1980, 1, 1, 0, 0, 0]);
  });
});

describe('a long entry without zip64', () => {
  it('has its sizes in 32 bits behind it, and is read by all', async () => {
    const long = new Uint8Array(9 * MIB).fill(65);
    const files = [
      { name: 'long.xml', bytes: long },
      { name: 'short.xml', bytes: tableBytes(10) },
    ];
    const context = {
      ...testPackContext({ level: 6, times: 'export' as const, password: null }, testJobs(2)),
      avoidsZip64: true,
    };
    const packed = await collect(pack(entriesOf(files, 300_000), context));
    const local = Buffer.from(packed);
    // Version 2.0, sizes behind the data, none in front, and no zip64 field.
    expect(local.readUInt16LE(4)).toBe(20);
    expect(local.readUInt16LE(6)).toBe(0x808);
    expect(local.readUInt32LE(18)).toBe(0);
    expect(local.readUInt16LE(28)).toBe(9);
    const read = unzipSync(packed);
    expect(Buffer.compare(read['long.xml']!, long)).toBe(0);
    const path = join(folder, 'narrow.zip');
    writeFileSync(path, packed);
    if (!isAbsent('unzip')) run('unzip', ['-tqq', path]);
    if (!isAbsent('7z')) expect(run('7z', ['t', path]).toString()).toContain('Everything is Ok');
    if (!isAbsent('python3'))
      expect(listByPython(path).map(({ size, right, needs }) => [size, right, needs])).toEqual([
        [9 * MIB, true, 20],
        [tableBytes(10).length, true, 20],
      ]);
  });
});

describe('zip64', () => {
  it.each([65_534, 65_535, 70_000])('holds %i entries', { timeout: 120_000 }, async (count) => {
    const entries = async function* (): AsyncGenerator<Entry> {
      for (let k = 0; k < count; k++) {
        const bytes = async function* (): AsyncGenerator<Uint8Array> {
          yield Uint8Array.of(48 + (k % 10), 10);
        };
        yield { name: `rows/${k}.txt`, bytes: bytes() };
      }
    };
    const packed = await collect(
      pack(
        entries(),
        testPackContext({ level: 6, times: 'export' as const, password: null }, testJobs(2)),
      ),
    );
    const end = Buffer.from(packed.subarray(-22));
    expect(end.readUInt16LE(10)).toBe(Math.min(count, 65_535));
    const hasWideEnd = Buffer.from(packed.subarray(-98, -94)).readUInt32LE() === 0x06064b50;
    expect(hasWideEnd).toBe(count >= 65_535);
    // One below the border is a plain zip, as the archives above are.
    if (count < 65_535) return;
    const path = join(folder, `${count}.zip`);
    writeFileSync(path, packed);
    if (!isAbsent('python3')) {
      const listed = listByPython(path);
      expect(listed.length).toBe(count);
      expect(listed.every((entry) => entry.right && entry.size === 2)).toBe(true);
    }
    if (!isAbsent('7z')) expect(run('7z', ['t', path]).toString()).toContain(`Files: ${count}`);
    if (!isAbsent('unzip')) run('unzip', ['-tqq', path]);
  });

  /** Jobs that deflate equal blocks once: what is tested is the container, not the encoder. */
  function cachedJobs(): DeflateJobs {
    const inner = testJobs(2);
    const cache = new Map<string, ReturnType<DeflateJobs['deflate']>>();
    return {
      width: 2,
      deflate(block, level) {
        const key = `${block.length}:${block[0]}:${level}`;
        if (!cache.has(key)) cache.set(key, inner.deflate(block, level));
        return cache.get(key)!;
      },
    };
  }

  async function* manyBlocks(count: number, value: number): AsyncGenerator<Uint8Array> {
    const block = new Uint8Array(MIB).fill(value);
    for (let k = 0; k < count; k++) yield block;
  }

  async function* largeEntries(): AsyncGenerator<Entry> {
    yield { name: 'first.bin', bytes: manyBlocks(2, 1) };
    yield { name: 'over 4 GiB.bin', bytes: manyBlocks(4100, 2) };
    yield { name: 'last.bin', bytes: manyBlocks(3, 3) };
  }

  /** Minutes and gigabytes: only on request, EXPORT_TEST_SLOW=1. */
  const isQuick = process.env['EXPORT_TEST_SLOW'] !== '1';

  it('counts an entry over 4 GiB without holding it', { timeout: 120_000 }, async () => {
    let size = 0;
    let largest = 0;
    let tail: Uint8Array = new Uint8Array(0);
    for await (const piece of pack(
      largeEntries(),
      testPackContext({ level: 1, times: 'export' as const, password: null }, cachedJobs()),
    )) {
      size += piece.length;
      largest = Math.max(largest, piece.length);
      tail = piece;
    }
    expect(largest).toBeLessThan(2 * MIB);
    // The directory is in the last piece: the large size has moved to the zip64 field.
    const directory = Buffer.from(tail);
    const at = directory.indexOf('over 4 GiB.bin');
    expect(directory.readUInt32LE(at - 46 + 24)).toBe(0xffffffff);
    const extra = at + 'over 4 GiB.bin'.length;
    expect(directory.readUInt16LE(extra)).toBe(1);
    expect(directory.readBigUInt64LE(extra + 4)).toBe(4100n * BigInt(MIB));
    expect(size).toBeGreaterThan(20_000);
  });

  it.skipIf(isQuick).each([0, 1])(
    'is read by 7z, Python and unzip when over 4 GiB, level %i',
    { timeout: 600_000 },
    async (level) => {
      const path = join(folder, `large-${level}.zip`);
      const context = testPackContext(
        { level, times: 'export' as const, password: null },
        cachedJobs(),
      );
      await pipeline(pack(largeEntries(), context), createWriteStream(path));
      expect(run('7z', ['t', path]).toString()).toContain('Everything is Ok');
      const listed = listByPython(path);
      expect(listed.map((entry) => [entry.size, entry.right])).toEqual([
        [2 * MIB, true],
        [4100 * MIB, true],
        [3 * MIB, true],
      ]);
      run('unzip', ['-tqq', path]);
      rmSync(path);
    },
  );
});
