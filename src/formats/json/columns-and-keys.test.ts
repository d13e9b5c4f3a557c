// Documents by column and by key: the same rows in another arrangement, whatever their number and order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MisfitError } from '../../contract/misfit.ts';
import { memoryScratch } from '../../engine/scratch.ts';
import { sliceSelected } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { FLOAT64, INT64, parseTypeName, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from '../format.suite.ts';
import { jsonFormat } from './format.ts';

const schema = schemaOf([
  ['id', INT64],
  ['name', UTF8],
]);
const encode = (values: Record<string, unknown>, rows: Value[][]) =>
  encodeAll(jsonFormat, values, schema, [batchOf(schema, rows)]);
const COLUMNAR = { structure: 'columnar', rootKey: '' };
const KEYED = { structure: 'keyed', rootKey: '', keyColumns: ['name'] };

describe('by column', () => {
  it('stands as JSON.stringify has it, around it what is asked for', async () => {
    const rows = [
      [1n, 'a'],
      [2n, null],
    ];
    const lists = { id: [1, 2], name: ['a', null] };
    const pretty = { ...COLUMNAR, prettyPrint: true };
    expect((await encode(pretty, rows)).text).toBe(`${JSON.stringify(lists, null, 2)}\n`);
    expect((await encode(COLUMNAR, rows)).text).toBe('{\n"id":[1,2],\n"name":["a",null]\n}\n');
    const { text } = await encode({ structure: 'columnar', includeMetadata: true }, rows);
    expect(JSON.parse(text)).toMatchObject({ records: lists, metadata: { rowCount: 2 } });
    expect((await encode(COLUMNAR, [])).text).toBe('{\n"id":[],\n"name":[]\n}\n');
    expect((await encode(pretty, [])).text).toBe(
      `${JSON.stringify({ id: [], name: [] }, null, 2)}\n`,
    );
  });

  it('is the rows turned, also where most of them wait in a file, however they are cut', async () => {
    const wide = schemaOf([
      ['a', UTF8],
      ['a', UTF8],
      ['c', UTF8],
    ]);
    const rows = Array.from({ length: 4_000 }, (_, i) =>
      ['x', 'y', 'z'].map((letter) => (i % 7 === 0 ? null : letter.repeat(i % 300))),
    );
    const whole = textBatch(wide, rows);
    const at = [0, 1, 900, 2_500, 4_000];
    const pieces = at.slice(1).map((to, i) => sliceSelected(whole, at[i]!, to));
    for (const batches of [[whole], pieces]) {
      const { text, losses } = await encodeAll(jsonFormat, COLUMNAR, wide, batches);
      const found = JSON.parse(text) as Record<string, unknown[]>;
      expect(Object.keys(found)).toEqual(['a', 'a_2', 'c']);
      expect(Object.values(found)).toEqual([0, 1, 2].map((c) => rows.map((row) => row[c])));
      expect(losses.map(({ code }) => code)).toEqual(['json.name-repeated']);
    }
  });

  it('tells a misfit by its column', async () => {
    const types = schemaOf(
      [
        ['a', UTF8],
        ['b', FLOAT64],
      ],
      'inferred',
    );
    const batch = textBatch(types, [['x', 'y']]);
    const failed = encodeAll(jsonFormat, COLUMNAR, types, [batch]);
    await expect(failed).rejects.toSatisfy(
      (thrown) => thrown instanceof MisfitError && thrown.columnIndex === 1,
    );
  });

  it('means columns of the table where names repeat', async () => {
    const days = schemaOf([
      ['at', parseTypeName('date')!],
      ['at', parseTypeName('date')!],
    ]);
    const columnDates = [{ column: { name: 'at', nth: 1 }, format: 'unix' }];
    const { text } = await encodeAll(jsonFormat, { ...COLUMNAR, columnDates }, days, [
      batchOf(days, [[1, 1]]),
    ]);
    expect(JSON.parse(text)).toEqual({ at: ['1970-01-02'], at_2: [86_400] });
  });

  it.each([
    [{ nullHandling: 'exclude' }, 'nullHandling'],
    [{ arrayHandling: 'expand' }, 'arrayHandling'],
    [{ shape: 'arrays' }, 'shape'],
  ])('cannot be with %j', (values, option) => {
    const options = jsonFormat.options.parse({ ...COLUMNAR, ...values }).value!;
    expect(jsonFormat.check!({ options, schema, charset: 'utf-8' })).toContainEqual(
      expect.objectContaining({ severity: 'error', option }),
    );
  });
});

describe('by key', () => {
  const rows = [
    [1n, 'b'],
    [2n, 'a'],
    [3n, 'b'],
    [4n, 'b_2'],
    [5n, null],
    [6n, 'b'],
  ];

  it('repeated ones stop the run, are left out or are numbered', async () => {
    await expect(encode(KEYED, rows)).rejects.toMatchObject({
      code: 'encode.json.key-repeated',
      parameters: { key: 'b', column: 'name', row: 3 },
    });
    const first = await encode({ ...KEYED, duplicateKeys: 'first', keepKey: false }, rows);
    const kept = { b: { id: 1 }, a: { id: 2 }, b_2: { id: 4 }, null: { id: 5 } };
    expect(JSON.parse(first.text)).toEqual(kept);
    expect(first.rowCount).toBe(4);
    const codes = first.losses.map(({ code, count, example }) => [code, count, example]);
    expect(codes).toEqual([
      ['json.key-left-out', 2, 'b'],
      ['json.null-key', 1, 'null'],
    ]);
    const numbered = await encode({ ...KEYED, duplicateKeys: 'number', keepKey: false }, rows);
    expect(numbered.text).toBe(
      '{\n"b":{"id":1},\n"a":{"id":2},\n"b_2":{"id":3},\n"b_2_2":{"id":4},\n"null":{"id":5},\n"b_3":{"id":6}\n}\n',
    );
  });

  it('is every row once under keys that differ, however they are cut', async () => {
    const name = fc.option(fc.string({ unit: fc.constantFrom('a', '_', '2', '"', 'é') }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { maxLength: 30 }),
        fc.array(fc.nat(30), { maxLength: 3 }),
        fc.boolean(),
        async (names, cuts, prettyPrint) => {
          const batch = batchOf(
            schema,
            names.map((each, i) => [BigInt(i), each]),
          );
          const values = { ...KEYED, duplicateKeys: 'number', prettyPrint };
          const points = [0, ...cuts.map((n) => Math.min(n, names.length)), names.length];
          points.sort((a, b) => a - b);
          const pieces = points
            .slice(1)
            .flatMap((to, i) => (to > points[i]! ? [sliceSelected(batch, points[i]!, to)] : []));
          const { text, rowCount } = await encodeAll(jsonFormat, values, schema, pieces);
          const found = JSON.parse(text) as Record<string, { id: number; name: string | null }>;
          const records = Object.values(found).toSorted((a, b) => a.id - b.id);
          expect(records).toEqual(names.map((each, id) => ({ id, name: each })));
          expect(rowCount).toBe(names.length);
          const whole = await encodeAll(jsonFormat, values, schema, [batch]);
          expect(text).toBe(whole.text);
        },
      ),
    );
  });

  it('says that there are more keys than memory', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => [BigInt(i), `key ${i}`]);
    const tables = [{ name: 'data', schema, batches: [batchOf(schema, many)] }];
    await expect(
      encodeTables(jsonFormat, KEYED, tables, memoryScratch(2 ** 14)),
    ).rejects.toMatchObject({ code: 'encode.json.too-many-keys' });
  });

  it('asks for a column', () => {
    const options = jsonFormat.options.parse({ structure: 'keyed' }).value!;
    expect(jsonFormat.check!({ options, schema, charset: 'utf-8' })).toContainEqual(
      expect.objectContaining({ code: 'json.needs-key', remedy: expect.anything() as unknown }),
    );
  });
});
