// Layouts that no writer at hand makes: runs, list views, and bodies too large to be read at once.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import { cellText } from '../../table/cell-text.ts';
import type { DataType } from '../../table/data-type.ts';
import { openBody } from './body.ts';
import type { ColumnPlan, Way } from './column-type.ts';
import type { BatchLayout } from './metadata.ts';
import { placeColumns, readColumn, type Reading } from './read-column.ts';

const INT32: DataType = { kind: 'int', bits: 32, signed: true };
const LIST: DataType = { kind: 'list', item: INT32 };

const plan = (type: DataType, way: Way, children: ColumnPlan[] = []): ColumnPlan => ({
  name: 'x',
  nullable: true,
  path: 'x',
  type,
  way,
  children,
  dictionary: null,
});
const int32 = plan(INT32, { kind: 'fixed', width: 4 });
const words = (...values: number[]): Uint8Array => new Uint8Array(new Int32Array(values).buffer);

interface Node {
  length: number;
  nullCount: number;
}

/** A record batch of one column, each of whose buffers begins at a multiple of 8. */
function record(nodes: Node[], parts: Uint8Array[]): { layout: BatchLayout; bytes: Uint8Array } {
  const buffers: BatchLayout['buffers'] = [];
  let size = 0;
  for (const part of parts) {
    buffers.push({ offset: size, length: part.length });
    size += (part.length + 7) & ~7;
  }
  const bytes = new Uint8Array(size);
  parts.forEach((part, i) => bytes.set(part, buffers[i]!.offset));
  const rowCount = nodes[0]!.length;
  return {
    layout: { rowCount, nodes, buffers, compression: 'none', variadicCounts: [] },
    bytes,
  };
}

async function cells(
  column: ColumnPlan,
  { layout, bytes }: { layout: BatchLayout; bytes: Uint8Array },
  from: number,
  count: number,
): Promise<{ cells: (string | null)[]; largestRead: number }> {
  let largestRead = 0;
  const slices = {
    sizeBytes: bytes.length,
    read: (start: number, end: number) => {
      largestRead = Math.max(largestRead, end - start);
      return Promise.resolve(bytes.slice(start, end));
    },
  };
  const wanted = layout.buffers.map(() => true);
  const body = await openBody(slices, 0, bytes.length, layout, wanted, false, {
    name: 'test.arrow',
    limits: DEFAULT_LIMITS,
  });
  const reading: Reading = {
    body,
    dictionaryOf: () => undefined,
    lookAt: (_, made) => made,
    cutDates: () => expect.unreachable(),
  };
  const made = await readColumn(placeColumns([column], layout)[0]!, from, count, reading);
  const batch = {
    schema: { fields: [] },
    rowCount: count,
    selection: null,
    columns: [made],
    block: null,
  };
  return {
    cells: Array.from({ length: count }, (_, row) => cellText(batch, row, 0)),
    largestRead,
  };
}

describe('runs', () => {
  const runs = plan(INT32, { kind: 'runs' }, [int32, int32]);
  const none = new Uint8Array(0);
  const data = record(
    [
      { length: 7, nullCount: 0 },
      { length: 3, nullCount: 0 },
      { length: 3, nullCount: 1 },
    ],
    [none, words(2, 3, 7), new Uint8Array([0b101]), words(10, 0, 30)],
  );

  it('are read from any row on', async () => {
    expect((await cells(runs, data, 0, 7)).cells).toEqual([
      '10',
      '10',
      null,
      '30',
      '30',
      '30',
      '30',
    ]);
    expect((await cells(runs, data, 1, 3)).cells).toEqual(['10', null, '30']);
  });

  it('that end too early are refused', async () => {
    const short = record(data.layout.nodes, [none, words(2, 3, 6), none, words(10, 0, 30)]);
    short.layout.nodes = short.layout.nodes.map((node) => ({ ...node, nullCount: 0 }));
    await expect(cells(runs, short, 0, 7)).rejects.toThrow('runs end before their column does');
  });
});

describe('list views', () => {
  const views = plan(LIST, { kind: 'list-view', isLarge: false }, [int32]);
  const view = (offsets: Uint8Array) =>
    record(
      [
        { length: 4, nullCount: 1 },
        { length: 5, nullCount: 0 },
      ],
      [
        new Uint8Array([0b1101]),
        offsets,
        words(2, 9, 0, 3),
        new Uint8Array(0),
        words(1, 2, 3, 4, 5),
      ],
    );

  it('may overlap and stand in any order', async () => {
    const data = view(words(3, 99, 0, 1));
    expect((await cells(views, data, 0, 4)).cells).toEqual(['[4,5]', null, '[]', '[2,3,4]']);
    expect((await cells(views, data, 2, 2)).cells).toEqual(['[]', '[2,3,4]']);
  });

  it('outside of their items are refused', async () => {
    await expect(cells(views, view(words(4, 0, 0, 1)), 0, 4)).rejects.toThrow(
      'outside of its items',
    );
  });
});

describe('a large body', () => {
  it('is read part by part', async () => {
    const count = 3_000_000;
    const values = new Int32Array(count).map((_, i) => i);
    const offsets = new Int32Array(count + 1).map((_, i) => i);
    const lists = plan(LIST, { kind: 'list', isLarge: false }, [int32]);
    const valid = new Uint8Array(Math.ceil(count / 8)).fill(0xfe);
    const data = record(
      [
        { length: count, nullCount: 1 },
        { length: count, nullCount: 0 },
      ],
      [
        valid,
        new Uint8Array(offsets.buffer),
        new Uint8Array(0),
        new Uint8Array(values.buffer),
        new Uint8Array(20 << 20),
      ],
    );
    const found = await cells(lists, data, 2_000_000, 20);
    expect(found.cells).toEqual(
      Array.from({ length: 20 }, (_, i) => (i % 8 === 0 ? null : `[${2_000_000 + i}]`)),
    );
    expect(found.largestRead).toBeLessThan(1_000);
  });
});
