// Shared texts beyond the memory that there is: on scratch, found by any number, gone with the reading.
import { expect, it } from 'vitest';
import type { ScratchFile } from '../../contract/scratch.ts';
import { createRandom } from '../../table/random.ts';
import { bookOf, readBook } from './testing.ts';

const COUNT = 6_000;
const text = (i: number): string =>
  `text ${i} ${'é'.repeat(i % 40)}${i === 77 ? 'x'.repeat(9_000) : ''}`;

/** Scratch that counts what is read of it. */
function scratchOf(memoryBytes: number) {
  const seen = { files: 0, open: 0, bytesRead: 0 };
  const create = async (): Promise<ScratchFile> => {
    let bytes = new Uint8Array(0);
    seen.files++;
    seen.open++;
    return {
      get sizeBytes() {
        return bytes.length;
      },
      async write(more) {
        const grown = new Uint8Array(bytes.length + more.length);
        grown.set(bytes);
        grown.set(more, bytes.length);
        bytes = grown;
      },
      read: () => expect.unreachable('it is read without waiting'),
      readNow(from, to) {
        seen.bytesRead += to - from;
        return bytes.slice(from, to);
      },
      async close() {
        seen.open--;
      },
    };
  };
  return { seen, scratch: { memoryBytes, create } };
}

function bookWith(order: readonly number[]): Uint8Array {
  return bookOf({
    rows: order.map((i) => `<row><c t="s"><v>${i}</v></c></row>`).join(''),
    sharedStrings: Array.from({ length: COUNT }, (_, i) => `<si><t>${text(i)}</t></si>`).join(''),
  });
}

const random = createRandom(3);
const orders: [string, number[]][] = [
  ['in their order', Array.from({ length: COUNT }, (_, i) => i)],
  ['backwards', Array.from({ length: COUNT }, (_, i) => COUNT - 1 - i)],
  ['at random', Array.from({ length: 2_000 }, () => Math.floor(random() * COUNT))],
];

it.each(orders)('%s, from scratch and from memory', async (_, order) => {
  const book = bookWith(order);
  const expected = order.map((i) => [text(i)]);
  const { seen, scratch } = scratchOf(100_000);
  const question = { header: 'absent', limits: { memoryBytes: scratch.memoryBytes } } as const;
  expect((await readBook(book, question, { scratch })).rows).toEqual(expected);
  expect(seen).toMatchObject({ files: 1, open: 0 });
  if (order.length === COUNT) expect(seen.bytesRead).toBeLessThan(1_000_000);

  const roomy = scratchOf(64 << 20);
  const read = await readBook(book, { header: 'absent' }, { scratch: roomy.scratch });
  expect(read.rows).toEqual(expected);
  expect(roomy.seen.files).toBe(0);

  await expect(readBook(book, question)).rejects.toMatchObject({
    code: 'read.excel.texts-too-large',
  });
});

it('that are more than can be counted are refused; the file is closed', async () => {
  const { seen, scratch } = scratchOf(20_000);
  const question = { header: 'absent', limits: { memoryBytes: 20_000 } } as const;
  await expect(readBook(bookWith([1]), question, { scratch })).rejects.toMatchObject({
    code: 'read.excel.texts-too-large',
  });
  expect(seen).toMatchObject({ files: 1, open: 0 });
});
