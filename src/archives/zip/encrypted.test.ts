// Encrypted zips: 7z opens them with the password and with no other, and finds AES-256.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../../contract/deflate-jobs.suite.ts';
import type { Entry } from '../../contract/archive-plugin.ts';
import { zipArchive } from './archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-aes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function pack(entries: AsyncIterable<Entry>, level = 6): Promise<Uint8Array> {
  const options = { level, times: 'export' as const, password: { secret: 'zip' } };
  const module = await zipArchive.load();
  return collect(module.pack(entries, testPackContext(options, testJobs(2))));
}

async function* files(sizes: Readonly<Record<string, number>>): AsyncGenerator<Entry> {
  for (const [name, size] of Object.entries(sizes))
    yield { name, bytes: inChunks(tableBytes(size), 70_000) };
}

const absent = spawnSync('7z', ['--help']).error !== undefined && process.env['CI'] !== 'true';
const sevenZip = (...args: string[]) => spawnSync('7z', args, { maxBuffer: 2 ** 25 });

describe.skipIf(absent)('7z', () => {
  it.each([0, 1, 6, 9])('reads level %i with the password, and with no other', async (level) => {
    const sizes = { 'a/ä.csv': 2_000_000, 'empty.csv': 0, 'b.csv': 10 };
    const path = join(folder, `level${level}.zip`);
    writeFileSync(path, await pack(files(sizes), level));
    expect(sevenZip('t', '-pvalue of zip', path).status).toBe(0);
    expect(sevenZip('t', '-pwrong', path).status).not.toBe(0);
    const listed = String(sevenZip('l', '-slt', path).stdout);
    expect(listed.match(/Method = AES-256/g)).toHaveLength(3);
    for (const [name, size] of Object.entries(sizes)) {
      const { stdout } = sevenZip('x', '-so', '-pvalue of zip', path, name);
      expect(Buffer.compare(stdout, tableBytes(size)), name).toBe(0);
    }
  });

  it('sees the run’s time in UTC, whatever the machine’s zone', async () => {
    const path = join(folder, 'time.zip');
    writeFileSync(path, await pack(files({ 'a.csv': 10 })));
    const { stdout } = spawnSync('7z', ['l', '-slt', path], { env: { ...process.env, TZ: 'UTC' } });
    expect(String(stdout)).toContain('Modified = 2026-11-21 03:04:07');
  });
});

it('makes it smaller the higher the level', async () => {
  const sizes = [];
  for (const level of [0, 1, 9])
    sizes.push((await pack(files({ 'a.csv': 300_000 }), level)).length);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(new Set(sizes).size).toBe(3);
});

it('passes on what its entries fail with, and refuses bad names', async () => {
  const broken = async function* (): AsyncGenerator<Entry> {
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield tableBytes(100_000);
      throw new Error('the source failed');
    };
    yield { name: 'a.csv', bytes: bytes() };
  };
  await expect(pack(broken())).rejects.toThrow('the source failed');
  await expect(pack(files({ '../a.csv': 10 }))).rejects.toMatchObject({
    code: 'pack.zip.bad-name',
  });
});
