// Groups of the sorted side: in memory while they are small, else on a file, and no more of them than is asked for.
import { expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import type { RunPiece } from '../../spill/sorted-runs.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { UTF8 } from '../../table/data-type.ts';
import { KeyGroups } from './key-groups.ts';

const SCHEMA = schemaOf([['text', UTF8]]);

/** A piece with a row for each key: its text says which row of all that is. */
async function* piecesOf(...pieces: number[][]): AsyncGenerator<RunPiece> {
  let row = 0;
  for (const keys of pieces)
    yield {
      batch: batchOf(
        SCHEMA,
        keys.map((key) => [`${key}#${row++}`]),
      ),
      keys: {
        bytes: Uint8Array.from(keys),
        ends: Uint32Array.from(keys, (_, i) => i + 1),
        count: keys.length,
      },
    };
}

const open = (memoryBytes: number, most: number): KeyGroups =>
  new KeyGroups(piecesOf([1, 1, 2, 4], [4, 4], [4], [4, 5], [6]), {
    schema: SCHEMA,
    most,
    scratch: memoryScratch(memoryBytes),
  });

async function rowsOf(groups: KeyGroups): Promise<string[]> {
  const rows: string[] = [];
  for (const { batch, from, to } of groups.held ?? [])
    for (let row = from; row < to; row++) rows.push(cellText(batch, row, 0)!);
  if (groups.held === null)
    for await (const batch of groups.read())
      for (let row = 0; row < batch.rowCount; row++) rows.push(cellText(batch, row, 0)!);
  return rows;
}

it.each([1, 1 << 20])(
  'gives the rows of keys in order, with %d bytes of memory',
  async (memory) => {
    const groups = open(memory, Infinity);
    const find = async (key: number): Promise<number> => groups.find(Uint8Array.of(key), 0, 1);
    expect(await find(0)).toBe(0);
    expect(await find(1)).toBe(2);
    expect(await rowsOf(groups)).toEqual(['1#0', '1#1']);
    expect(await find(3)).toBe(0);
    expect(await find(4)).toBe(5);
    expect(groups.held === null).toBe(memory === 1);
    const four = ['4#3', '4#4', '4#5', '4#6', '4#7'];
    expect(await rowsOf(groups)).toEqual(four);
    expect(await rowsOf(groups)).toEqual(four);
    expect(groups.current(Uint8Array.of(9, 4), 1, 2)).toBe(5);
    expect(groups.current(Uint8Array.of(5), 0, 1)).toBe(null);
    expect(await find(6)).toBe(1);
    expect(await rowsOf(groups)).toEqual(['6#9']);
    expect(await find(7)).toBe(0);
    await groups.close();
  },
);

it('counts rows that nobody asks for', async () => {
  const groups = open(1, 1);
  expect(await groups.find(Uint8Array.of(4), 0, 1)).toBe(5);
  expect(await rowsOf(groups)).toEqual(['4#3']);
});
