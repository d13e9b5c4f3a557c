// Scratch in memory and in Node's temporary folder.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createScratch, memoryScratch } from '../engine/scratch.ts';
import { describeScratch } from '../engine/scratch.suite.ts';
import { openNodeScratch } from './scratch.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeScratch(
  'in memory',
  () => memoryScratch(1),
  async () => 0,
);
describeScratch(
  'in the temporary folder',
  (most) => openNodeScratch(1, folder, most),
  async () => readdirSync(folder).length,
);

it('has no name that a crash could leave', async () => {
  const scratch = openNodeScratch(1, folder, 0);
  const file = await scratch.create();
  await file.write(new Uint8Array(100));
  expect(readdirSync(folder)).toEqual(process.platform === 'win32' ? [expect.anything()] : []);
  await scratch.close();
});

it('says so when there is no more room', async () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  let room = 250;
  const scratch = createScratch(
    1,
    {
      openFile: async () => ({
        write(bytes) {
          room -= bytes.length;
          if (room < 0) throw full;
        },
        read() {},
        close() {},
      }),
    },
    0,
  );
  const file = await scratch.create();
  await file.write(new Uint8Array(200));
  await expect(file.write(new Uint8Array(100))).rejects.toMatchObject({
    code: 'scratch.full',
    parameters: { written: 200 },
  });
  await scratch.close();
});

it('uses files only above its share of memory, over all files together', async () => {
  let opened = 0;
  const openFile = async () => {
    opened++;
    return { write() {}, read() {}, close() {} };
  };
  const scratch = createScratch(1, { openFile }, 4096);
  const files = await Promise.all([scratch.create(), scratch.create()]);
  await files[0]!.write(new Uint8Array(2000));
  await files[1]!.write(new Uint8Array(1500));
  expect(opened).toBe(0);
  await files[1]!.write(new Uint8Array(3000));
  expect(opened).toBe(1);
  await scratch.close();
});
