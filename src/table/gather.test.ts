// Gathered and joined batches hold the cells that a naive copy would.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyBatch, cellsOf, MIXED_SCHEMA, selectedCells } from './any-batch.suite.ts';
import type { Batch } from './batch.ts';
import { batchOf, schemaOf } from './builders.ts';
import { type DataType, INT64, UTF8 } from './data-type.ts';
import { compact, concatBatches, createGatherer, gatherBeside, gatherRows } from './gather.ts';
import { NO_ROW } from './gather-column.ts';
import { lineOfRow, textBlockOf } from './text-block.ts';

it('gathers any rows in any order', () => {
  fc.assert(
    fc.property(anyBatch, fc.array(fc.option(fc.nat())), ({ batch, cells }, picks) => {
      const rows = picks.map((p) => (p === null ? NO_ROW : p % batch.rowCount));
      const gathered = gatherRows(batch, Uint32Array.from(rows));
      const nulls = MIXED_SCHEMA.fields.map(() => null);
      expect(cellsOf(gathered)).toEqual(rows.map((r) => (r === NO_ROW ? nulls : cells[r]!)));
      expect(gathered.selection).toBe(null);
      const block = batch.block;
      if (block !== null)
        rows.forEach((from, to) => {
          if (from !== NO_ROW) expect(lineOfRow(gathered.block!, to)).toBe(lineOfRow(block, from));
        });
    }),
    { numRuns: 300 },
  );
});

it('compacts to the selected rows and the columns in use', () => {
  fc.assert(
    fc.property(anyBatch, (made) => {
      const small = compact(made.batch);
      expect(small.selection).toBe(null);
      expect(cellsOf(small)).toEqual(selectedCells(made));
      if (made.batch.block !== null) expect(small.block!.columnCount).toBe(2);
    }),
    { numRuns: 200 },
  );
});

it('joins batches of any storage and dialect', () => {
  fc.assert(
    fc.property(fc.array(anyBatch, { minLength: 1, maxLength: 4 }), (made) => {
      const joined = concatBatches(
        MIXED_SCHEMA,
        made.map(({ batch }) => batch),
      );
      expect(joined.schema).toBe(MIXED_SCHEMA);
      expect(cellsOf(joined)).toEqual(made.flatMap(selectedCells));
    }),
    { numRuns: 300 },
  );
});

it('gathers rows of several batches as if these were joined before', () => {
  fc.assert(
    fc.property(
      fc.array(anyBatch, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat()),
      (made, picks) => {
        const rows = made.flatMap(selectedCells);
        const places = rows.length === 0 ? [] : picks.map((pick) => pick % rows.length);
        const gather = createGatherer(
          MIXED_SCHEMA,
          made.map(({ batch }) => batch),
        );
        const gathered = gather(Uint32Array.from(places));
        expect(cellsOf(gathered)).toEqual(places.map((place) => rows[place]!));
        const again = gather(Uint32Array.from(places.reverse()));
        expect(cellsOf(again)).toEqual(places.map((place) => rows[place]!));
      },
    ),
    { numRuns: 150 },
  );
});

it('puts rows side by side', () => {
  const schema = { fields: [...MIXED_SCHEMA.fields, ...MIXED_SCHEMA.fields] };
  const picked = fc.array(fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())));
  fc.assert(
    fc.property(anyBatch, anyBatch, picked, (left, right, picks) => {
      const places = (made: typeof left, side: 0 | 1): number[] =>
        picks.map((pick) => (pick[side] === null ? NO_ROW : pick[side] % made.batch.rowCount));
      const [ofLeft, ofRight] = [places(left, 0), places(right, 1)];
      const beside = gatherBeside(schema, [
        { batch: left.batch, rows: Uint32Array.from(ofLeft) },
        { batch: right.batch, rows: Uint32Array.from(ofRight) },
      ]);
      const nulls = MIXED_SCHEMA.fields.map(() => null);
      expect(beside.schema).toBe(schema);
      expect(cellsOf(beside)).toEqual(
        picks.map((_, i) => [
          ...(left.cells[ofLeft[i]!] ?? nulls),
          ...(right.cells[ofRight[i]!] ?? nulls),
        ]),
      );
    }),
    { numRuns: 300 },
  );
});

it('keeps the spelling of fields where the dialect is one, and dictionaries as they are', () => {
  const block = textBlockOf([['"1.10"'], ['007'], ['x']], 1, { quoteAll: true });
  const batch: Batch = {
    schema: schemaOf([['n', UTF8]]),
    rowCount: 3,
    selection: null,
    columns: [{ storage: 'text', index: 0 }],
    block,
  };
  const joined = concatBatches(batch.schema, [gatherRows(batch, Uint32Array.of(1, 0)), batch]);
  expect(new TextDecoder().decode(joined.block!.bytes)).toBe(
    '"007"\n"""1.10"""\n"""1.10"""\n"007"\n"x"\n',
  );
  const words = batchOf(schemaOf([['d', { kind: 'dictionary', index: 8, value: UTF8 }]]), [
    ['a'],
    ['b'],
  ]);
  const gathered = gatherRows(words, Uint32Array.of(1));
  const kept = gathered.columns[0]!;
  const given = words.columns[0]!;
  expect(
    kept.storage === 'typed' && given.storage === 'typed' && kept.dictionary === given.dictionary,
  ).toBe(true);
  expect(gathered.isShared).toBe(true);
});

it('tells what cannot be read as its type when storages meet', () => {
  const numbers = schemaOf([['n', INT64]], 'inferred');
  const text: Batch = {
    schema: numbers,
    rowCount: 2,
    selection: null,
    columns: [{ storage: 'text', index: 0 }],
    block: textBlockOf([['5'], ['x']], 1),
  };
  const typed = batchOf(numbers, [[7n]]);
  expect(() => concatBatches(numbers, [typed, text])).toThrow(RangeError);
  const told: unknown[] = [];
  const joined = concatBatches(numbers, [typed, text], (_batch, ...where) => told.push(where));
  expect(told).toEqual([[0, 1, 'x']]);
  expect(cellsOf(joined)).toEqual([['7'], ['5'], [null]]);
});

it('widens the indices of dictionaries that are joined, and refuses a dictionary that is too large for its own', () => {
  const type: DataType = { kind: 'dictionary', index: 8, value: UTF8 };
  const words = schemaOf([['d', type]]);
  const hundred = (letter: string): string[][] =>
    Array.from({ length: 100 }, (_, i) => [`${letter}${i}`]);
  const joined = concatBatches(words, [batchOf(words, hundred('a')), batchOf(words, hundred('b'))]);
  expect(cellsOf(joined)).toEqual([...hundred('a'), ...hundred('b')]);
  expect(() => batchOf(words, [...hundred('a'), ...hundred('b')])).toThrow(RangeError);
  const plain = { ...batchOf(schemaOf([['d', UTF8]]), hundred('c')), schema: words };
  expect(cellsOf(concatBatches(words, [plain, joined])).flat()).toContain('b99');
});
