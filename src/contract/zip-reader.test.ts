// Zip files of other programs, and hostile ones: read whole or refused with a reason, never anything else.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { strToU8, zipSync } from 'fflate';
import { DEFAULT_LIMITS } from './config.ts';
import { ExportError } from './errors.ts';
import type { ByteSlices } from './source-input.ts';
import { zipEntryName } from './zip-names.ts';
import { isZip, listZip, readZipMember } from './zip-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const slicesOf = (bytes: Uint8Array): ByteSlices => ({
  sizeBytes: bytes.length,
  read: async (from, to) => bytes.slice(from, to),
});

async function readAll(
  bytes: Uint8Array,
  limits = DEFAULT_LIMITS,
): Promise<{ name: string; content: Buffer }[]> {
  const slices = slicesOf(bytes);
  const files: { name: string; content: Buffer }[] = [];
  for (const member of await listZip(slices, 'in.zip')) {
    const pieces: Uint8Array[] = [];
    for await (const piece of readZipMember(slices, member, 'in.zip', limits)) pieces.push(piece);
    files.push({ name: member.name, content: Buffer.concat(pieces) });
  }
  return files;
}

const CSV = `id,name\n${Array.from({ length: 200 }, (_, i) => `${i},${i * i}\n`).join('')}`;
const plain = Buffer.from(
  zipSync({ 'a.csv': strToU8(CSV), 'dir/b.csv': [strToU8('x\n1\n'), { level: 0 }] }),
);
const text = [
  { name: 'a.csv', content: Buffer.from(CSV) },
  { name: 'dir/b.csv', content: Buffer.from('x\n1\n') },
];

const patched = (change: (bytes: Buffer) => void, from = plain): Buffer => {
  const bytes = Buffer.from(from);
  change(bytes);
  return bytes;
};
/** Where the directory's entry of a file begins. */
const entryOf = (bytes: Buffer, name: string): number => bytes.lastIndexOf(Buffer.from(name)) - 46;

describe('zip files', () => {
  it('are read whole, also behind a program and with a comment', async () => {
    expect(isZip(plain)).toBe(true);
    expect(await readAll(plain)).toEqual(text);
    expect(await readAll(Buffer.concat([Buffer.from('#!/bin/sh\n'), plain]))).toEqual(text);
    const commented = Buffer.concat([plain, Buffer.from('PK\x05\x06 hello')]);
    commented.writeUInt16LE(10, plain.length - 2);
    expect(await readAll(commented)).toEqual(text);
    const empty = Buffer.from(zipSync({}));
    expect(isZip(empty)).toBe(true);
    expect(await readAll(empty)).toEqual([]);
  });

  const isAbsent = (tool: string): boolean =>
    spawnSync(tool, ['--help']).error !== undefined && process.env['CI'] !== 'true';
  for (const tool of ['zip', '7z', 'python3'])
    it.skipIf(isAbsent(tool))(`of ${tool} are read`, async () => {
      writeFileSync(join(folder, 'ä.csv'), CSV);
      const path = join(folder, `${tool}.zip`);
      const zip64 =
        "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',8)\nf=z.open('ä.csv','w',force_zip64=True)\nf.write(open('ä.csv','rb').read())\nf.close()\nz.close()";
      const commands: Record<string, string[]> = {
        zip: ['-q', path, 'ä.csv'],
        '7z': ['a', '-bso0', '-tzip', path, 'ä.csv'],
        python3: ['-c', zip64, path],
      };
      execFileSync(tool, commands[tool]!, { cwd: folder });
      expect(await readAll(readFileSync(path))).toEqual([
        { name: 'ä.csv', content: Buffer.from(CSV) },
      ]);
    });

  it('have names in UTF-8 or code page 437, and only one kind of stroke', () => {
    const utf8 = Buffer.from('ä.csv');
    const old = Buffer.from([0x84, 0x2e, 0x63]);
    expect(zipEntryName(utf8, true, 0, null)).toBe('ä.csv');
    expect(zipEntryName(utf8, false, 3, null)).toBe('ä.csv');
    expect(zipEntryName(old, false, 0, null)).toBe('ä.c');
    expect(zipEntryName(old, true, 3, null)).toBe('ä.c');
    expect(zipEntryName(Buffer.from('a\\b.csv'), false, 0, null)).toBe('a/b.csv');
  });
});

describe('hostile zip files', () => {
  const refused: [string, Buffer, RegExp][] = [
    ['a sum', patched((b) => b.writeUInt32LE(1, entryOf(b, 'a.csv') + 16)), /checksum does not/],
    ['a size', patched((b) => b.writeUInt32LE(9, entryOf(b, 'a.csv') + 24)), /its size is not/],
    [
      'a place outside',
      patched((b) => b.writeUInt32LE(99_999, entryOf(b, 'a.csv') + 42)),
      /not where the directory says/,
    ],
    [
      'entries over each other',
      patched((b) => b.writeUInt32LE(0, entryOf(b, 'dir/b.csv') + 42)),
      /lie over each other/,
    ],
    ['a method', patched((b) => b.writeUInt16LE(14, entryOf(b, 'a.csv') + 10)), /LZMA/],
    ['a flag', patched((b) => b.writeUInt16LE(1, entryOf(b, 'a.csv') + 8)), /is encrypted/],
    ['a count', patched((b) => b.writeUInt16LE(60_000, b.length - 12)), /directory is not/],
    ['parts', patched((b) => b.writeUInt16LE(1, b.length - 18)), /one of several parts/],
    [
      'the same name twice',
      patched((b) => {
        b.write('a.csv', entryOf(b, 'a.csv') + 46);
        const other = Buffer.from(zipSync({ 'a.csv': strToU8('1'), 'b.csv': strToU8('2') }));
        other.write('a.csv', entryOf(other, 'b.csv') + 46);
        other.copy(b);
        b.fill(0, other.length);
      }).subarray(0, zipSync({ 'a.csv': strToU8('1'), 'b.csv': strToU8('2') }).length),
      /twice/,
    ],
  ];
  it.each(refused)('are refused for %s', async (_, bytes, sentence) => {
    const thrown: unknown = await readAll(bytes).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ExportError);
    expect((thrown as ExportError).message).toMatch(sentence);
  });

  it('are stopped at the limits', async () => {
    const bomb = Buffer.from(zipSync({ 'zeros.csv': new Uint8Array(8 * 1024 * 1024) }));
    for (const [option, value] of [
      ['unpackedBytes', 1000],
      ['unpackRatio', 20],
    ] as const) {
      const limits = { ...DEFAULT_LIMITS, [option]: value };
      await expect(readAll(bomb, limits)).rejects.toMatchObject({
        code: 'read.unpack.too-large',
        parameters: { option },
      });
    }
  });

  it('are refused cut at every byte', async () => {
    for (let size = 0; size < plain.length; size++)
      await expect(readAll(plain.subarray(0, size)), `cut at ${size}`).rejects.toBeInstanceOf(
        ExportError,
      );
  });

  it('give what they held or an error for any one wrong bit', async () => {
    let errors = 0;
    for (let at = 0; at < plain.length; at++) {
      const bytes = patched((b) => {
        b[at]! ^= 1 << (at % 8);
      });
      try {
        const contents = (await readAll(bytes)).map(({ content }) => content.toString());
        for (const content of contents) expect([CSV, 'x\n1\n']).toContain(content);
      } catch (thrown) {
        expect(thrown, `byte ${at}`).toBeInstanceOf(ExportError);
        errors++;
      }
    }
    expect(errors).toBeGreaterThan(plain.length / 2);
  });
});
