// Pieces cut anywhere out of JSON lists: what is found in them are whole records of the list, in their order, or nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonRecords } from './find-records.ts';
import { jsonOptions } from './options.ts';

const options = { ...jsonOptions.defaults, layout: 'list', path: '', records: 'objects' } as const;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function find(piece: Uint8Array, columnNames: string[], isStart = false, isEnd = false) {
  const about = { options, columnCount: columnNames.length, columnNames, isStart, isEnd };
  return findJsonRecords(piece, about);
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"', '\\', '},{', '","', '[{"id":1},', '{"id":', ',', ': ', '\n'),
);
const record = fc.record({
  id: fc.integer(),
  name: text,
  note: fc.option(text),
  items: fc.array(fc.record({ sku: text, count: fc.nat() }), { maxLength: 3 }),
  at: fc.record({ lat: fc.double({ noNaN: true, noDefaultInfinity: true }), tag: text }),
});
const names = ['id', 'name', 'note', 'items', 'at'];

it('finds whole records or none, wherever a piece begins and ends', () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 60, maxLength: 90 }),
      fc.constantFrom(undefined, 2),
      fc.nat(),
      (records, indent, seed) => {
        const bytes = encoder.encode(JSON.stringify(records, null, indent));
        const from = 1 + (seed % Math.floor(bytes.length / 3));
        const pieces = [
          { bytes: bytes.subarray(0, bytes.length - from), isStart: true, isEnd: false },
          { bytes: bytes.subarray(from, bytes.length - 7), isStart: false, isEnd: false },
          { bytes: bytes.subarray(from), isStart: false, isEnd: true },
        ];
        for (const { bytes: piece, isStart, isEnd } of pieces) {
          const place = find(piece, names, isStart, isEnd);
          if (place === null) continue;
          found++;
          let cut = decoder.decode(piece.subarray(place.from, place.to));
          if (!isStart) {
            expect(cut[0]).toBe(',');
            cut = `[${cut.slice(1)}`;
          }
          const got = JSON.parse(isEnd ? cut : `${cut}]`) as unknown[];
          const all = JSON.parse(JSON.stringify(records)) as unknown[];
          const first = isStart ? 0 : isEnd ? all.length - got.length : -1;
          if (first >= 0) expect(got).toEqual(all.slice(first, first + got.length));
          else {
            const texts = all.map((each) => JSON.stringify(each));
            const own = got.map((each) => JSON.stringify(each));
            expect(texts.join('\n')).toContain(own.join('\n'));
          }
        }
      },
    ),
    { numRuns: 60, seed: 7 },
  );
  // Not by finding nothing.
  expect(found).toBeGreaterThan(150);
});

describe('is not sure', () => {
  const list = (each: (i: number) => unknown): Uint8Array =>
    encoder.encode(JSON.stringify(Array.from({ length: 200 }, (_, i) => each(i))));

  it('of records in lists of records like them', () => {
    const tree = list((id) => ({
      id,
      children: Array.from({ length: 3 }, () => ({ id: 1, children: [] })),
    }));
    expect(find(tree.subarray(0, tree.length - 9), ['id', 'children'], true)).toBeNull();
    expect(find(tree.subarray(99, tree.length - 9), ['id', 'children'])).toBeNull();
  });

  it('of a piece that lies in a list inside of one record', () => {
    const orders = encoder.encode(
      JSON.stringify([
        { id: 1, lines: Array.from({ length: 500 }, (_, i) => ({ sku: i, count: 2 })) },
      ]),
    );
    expect(find(orders.subarray(99, orders.length - 99), ['id', 'lines'])).toBeNull();
  });

  it('of texts that read like JSON', () => {
    const inside = list((id) => ({ id, name: `","id":${id},"name":"` }));
    const place = find(inside.subarray(33, inside.length - 9), ['id', 'name']);
    if (place === null) return;
    const cut = decoder.decode(inside.subarray(33 + place.from + 1, 33 + place.to));
    for (const each of JSON.parse(`[${cut}]`) as { id: number; name: string }[])
      expect(each.name).toBe(`","id":${each.id},"name":"`);
  });

  it('of anything but a list of objects at the top', () => {
    expect(find(list((i) => i).subarray(9), ['a'])).toBeNull();
    const numbers = list((id) => ({ id }));
    const about = { columnCount: 1, columnNames: ['id'], isStart: false, isEnd: false };
    expect(
      findJsonRecords(numbers.subarray(9, numbers.length - 1), { ...about, options }),
    ).not.toBeNull();
    const below = { ...options, path: '/data' };
    expect(
      findJsonRecords(numbers.subarray(9, numbers.length - 1), { ...about, options: below }),
    ).toBeNull();
  });
});
