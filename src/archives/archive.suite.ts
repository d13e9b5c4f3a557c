// What every archive must hold, whichever it is: run over the whole registry.
import { describe, expect, it } from 'vitest';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../contract/deflate-jobs.suite.ts';
import type { ArchiveCard, Entry } from '../contract/archive-plugin.ts';

const MIB = 1024 * 1024;

/** One file of an archive, whole. */
export interface TestFile {
  name: string;
  bytes: Uint8Array;
}

/** Files as entries, in chunks of a size. */
export async function* entriesOf(files: readonly TestFile[], chunk: number): AsyncGenerator<Entry> {
  for (const { name, bytes } of files) yield { name, bytes: inChunks(bytes, chunk) };
}

/** Files of the sizes that matter: none, tiny, around a block, around the look-ahead, beyond it. */
export function testFiles(): TestFile[] {
  return [
    { name: 'empty.csv', bytes: new Uint8Array(0) },
    { name: 'one.csv', bytes: tableBytes(1) },
    { name: 'parts/orders-1.csv', bytes: tableBytes(200_000, 2) },
    { name: 'parts/orders-2.csv', bytes: tableBytes(MIB, 3) },
    { name: 'parts/deeper/größe 東京 🗜.csv', bytes: tableBytes(MIB + 1, 4) },
    { name: 'four.csv', bytes: tableBytes(4 * MIB, 5) },
    { name: 'five.csv', bytes: tableBytes(4 * MIB + 1, 6) },
    { name: 'seven.csv', bytes: tableBytes(7 * MIB + 99, 7) },
  ];
}

/** Checks an archive's card and its one function. */
export function describeArchive(card: ArchiveCard): void {
  describe(`archive ${card.id}`, () => {
    const packAll = async (
      files: readonly TestFile[],
      chunk: number,
      width: number,
    ): Promise<Uint8Array> => {
      const module = await card.load();
      const context = testPackContext(card.options.defaults, testJobs(width));
      return collect(module.pack(entriesOf(files, chunk), context));
    };

    it('has a whole card', () => {
      expect(card.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(card.extension).toMatch(/^\.[a-z0-9]+$/);
      expect(card.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
      expect(card.title.length * card.purpose.length).toBeGreaterThan(0);
    });

    it('refuses options it does not know', () => {
      expect(card.options.parse({ 'no such option': 1 }).issues).toBeDefined();
      expect(card.options.parse({}).value).toEqual(card.options.defaults);
    });

    it('gives the same bytes for any chunks and any number of lanes', async () => {
      const files = testFiles();
      const packed = await packAll(files, 10 * MIB, 1);
      for (const [chunk, width] of [
        [0, 1],
        [4_097, 2],
        [MIB, 3],
        [3 * MIB + 1, 16],
      ] as const) {
        expect(Buffer.compare(await packAll(files, chunk, width), packed)).toBe(0);
      }
    });

    it('passes on the failure of a job, of an entry and of the list of entries', async () => {
      const module = await card.load();
      const run = async (entries: AsyncIterable<Entry>, failAt = -1): Promise<Uint8Array> =>
        collect(module.pack(entries, testPackContext(card.options.defaults, testJobs(3, failAt))));
      await expect(run(entriesOf(testFiles(), MIB), 9)).rejects.toThrow('the lane failed');
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield tableBytes(6 * MIB);
        throw new Error('the source failed');
      };
      const oneBroken = async function* (): AsyncGenerator<Entry> {
        yield { name: 'a.csv', bytes: broken() };
      };
      await expect(run(oneBroken())).rejects.toThrow('the source failed');
      const list = async function* (): AsyncGenerator<Entry> {
        yield { name: 'a.csv', bytes: inChunks(tableBytes(10), 10) };
        throw new Error('the list failed');
      };
      await expect(run(list())).rejects.toThrow('the list failed');
    });

    it('stops when it is cancelled', async () => {
      const module = await card.load();
      const controller = new AbortController();
      const context = {
        ...testPackContext(card.options.defaults, testJobs(2)),
        signal: controller.signal,
      };
      const endless = async function* (): AsyncGenerator<Uint8Array> {
        for (;;) yield tableBytes(MIB);
      };
      const entries = async function* (): AsyncGenerator<Entry> {
        yield { name: 'endless.csv', bytes: endless() };
      };
      let pieces = 0;
      const run = async (): Promise<void> => {
        for await (const piece of module.pack(entries(), context)) {
          pieces += piece.length > 0 ? 1 : 0;
          if (pieces === 8) controller.abort();
        }
      };
      await expect(run()).rejects.toThrow(/abort/i);
      expect(pieces).toBeLessThan(14);
    });
  });
}
