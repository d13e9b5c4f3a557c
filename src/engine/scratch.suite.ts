// What every scratch promises, wherever its files are.
import { describe, expect, it } from 'vitest';
import type { RunScratch } from './scratch.ts';

const KiB = 1024;

function bytesOf(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 31 + seed + (i >> 8)) & 255;
  return bytes;
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** `open` gives one that uses files above so many bytes; `leftBehind` counts what can be seen of its files. */
export function describeScratch(
  title: string,
  open: (inMemoryBytes: number) => RunScratch,
  leftBehind: () => Promise<number>,
): void {
  describe(`scratch ${title}`, () => {
    it.each([0, 10 * KiB, 1024 * KiB])(
      'gives back what was written, above %i bytes',
      async (most) => {
        const scratch = open(most);
        const files = await Promise.all([scratch.create(), scratch.create(), scratch.create()]);
        const whole = files.map((_, i) => bytesOf(100 * KiB, i));
        for (let at = 0; at < 100 * KiB; at += 7001)
          for (const [i, file] of files.entries()) {
            const piece = whole[i]!.slice(at, at + 7001);
            await file.write(piece);
            // It may be used again.
            piece.fill(0);
          }
        for (const [i, file] of files.entries()) {
          expect(file.sizeBytes).toBe(100 * KiB);
          expect(same(await file.read(0, 100 * KiB), whole[i]!)).toBe(true);
          expect(same(file.readNow(50_001, 50_777), whole[i]!.slice(50_001, 50_777))).toBe(true);
          expect(await file.read(100 * KiB - 1, 200 * KiB)).toHaveLength(1);
          expect(await file.read(100 * KiB, 200 * KiB)).toHaveLength(0);
        }
        const got = files[0]!.readNow(0, 3);
        got.fill(9);
        expect(same(files[0]!.readNow(0, 3), whole[0]!.slice(0, 3))).toBe(true);
        await scratch.close();
      },
    );

    it('leaves nothing, whether files were closed or not', async () => {
      const before = await leftBehind();
      const scratch = open(0);
      const closed = await scratch.create();
      const open_ = await scratch.create();
      await closed.write(bytesOf(10, 1));
      await open_.write(bytesOf(10, 2));
      await closed.close();
      await closed.close();
      expect(same(await open_.read(0, 10), bytesOf(10, 2))).toBe(true);
      await scratch.close();
      await scratch.close();
      expect(await leftBehind()).toBe(before);
    });

    it('takes nothing once the run has ended', async () => {
      const scratch = open(0);
      const file = await scratch.create();
      await file.write(bytesOf(10, 1));
      await scratch.close();
      await expect(scratch.create()).rejects.toThrow(/ended/);
      await expect(file.write(bytesOf(1, 1))).rejects.toThrow(/ended/);
      await expect(file.read(0, 1)).rejects.toThrow(/ended/);
    });
  });
}
