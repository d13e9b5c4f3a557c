// Files in slices: in order and whole wherever they are read, nothing read twice for a sample, failures told in their turn.
import { expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { openBlob, readSliceHere, type ReadSlice } from './blob.ts';

const MiB = 1024 * 1024;
/** Slices of 1, 4, 4 and a little more than 1 MiB. */
const content = new Uint8Array(10 * MiB + 7);
for (let i = 0; i < content.length; i++) content[i] = (i * 31 + (i >> 16)) & 255;
const blob = new Blob([content]);

/** Reads as a lane would, later ones first, and notes what it was asked for. */
function elsewhere(failAt = Infinity) {
  const asked: number[] = [];
  const read: ReadSlice = async (from, ...range) => {
    asked.push(range[0]);
    await new Promise((resolve) => setTimeout(resolve, 40 - range[0] / (256 * 1024)));
    if (range[0] >= failAt) throw new ExportError('run.worker-died');
    return readSliceHere(from, ...range);
  };
  return { asked, read };
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

it('gives every byte in order, here and elsewhere, as often as asked', async () => {
  const { asked, read } = elsewhere();
  for (const opened of [openBlob(blob), openBlob(blob, 'x', read)])
    for (let pass = 0; pass < 2; pass++)
      expect((await readAll(opened.open())).equals(content)).toBe(true);
  expect(asked).toEqual([1, 5, 9, 1, 5, 9].map((at) => at * MiB));
  expect(await readAll(openBlob(new Blob([]), 'x', read).open())).toHaveLength(0);
});

it('hands what a first look left on to the next pass, once', async () => {
  const { asked, read } = elsewhere();
  const opened = openBlob(blob, 'x', read);
  for await (const chunk of opened.open()) {
    expect(chunk).toHaveLength(MiB);
    break;
  }
  expect(asked).toEqual([MiB, 5 * MiB]);
  expect((await readAll(opened.open())).equals(content)).toBe(true);
  expect(asked).toEqual([MiB, 5 * MiB, 9 * MiB]);
  expect((await readAll(opened.open())).equals(content)).toBe(true);
  expect(asked).toHaveLength(6);
});

it('tells a failure elsewhere in its turn, as what it is', async () => {
  const opened = openBlob(blob, 'x', elsewhere(5 * MiB).read);
  const sizes: number[] = [];
  const reading = (async () => {
    for await (const chunk of opened.open()) {
      sizes.push(chunk.length);
      // Long enough for the failure to come first.
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'run.worker-died' });
  expect(sizes).toEqual([MiB, 4 * MiB]);
});
