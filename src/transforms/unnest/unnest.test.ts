// The unnest step: a row for each element, of typed lists and of JSON text alike, every row accounted for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type NestedValue } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, JSON_TEXT, typeName, UTF8, type DataType } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { unnestOptions } from './options.ts';

async function unnest(batch: Batch, given: Record<string, unknown> = {}) {
  const counts = { filtered: 0, added: 0 };
  const transform = open(
    transformContext(unnestOptions.parse({ column: 'x', ...given }).value!, batch.schema, {
      filtered: (rowCount) => (counts.filtered += rowCount),
      added: (rowCount) => (counts.added += rowCount),
    }),
  );
  const rows: (string | null)[][] = [];
  const input = (async function* () {
    yield batch;
  })();
  for await (const out of transform.apply(input))
    for (let i = 0; i < selectedCount(out); i++)
      rows.push(out.columns.map((_, c) => cellText(out, selectedRow(out, i), c)));
  const fields = transform.schema.fields.map(({ name, type }) => `${name}: ${typeName(type)}`);
  return { rows, fields, counts, transform };
}

const schemaWith = (type: DataType) =>
  schemaOf([
    ['id', UTF8],
    ['x', type],
    ['after', UTF8],
  ]);

const textBatch = (type: DataType, rows: (string | null)[][]): Batch => ({
  schema: schemaWith(type),
  rowCount: rows.length,
  selection: null,
  columns: [0, 1, 2].map((index) => ({ storage: 'text', index })),
  block: textBlockOf(rows, 3),
});

const anyList = fc.option(
  fc.array(fc.option(fc.constantFrom('', 'a', 'say "x"', 'a,b', 'é😀', 'two\nlines')), {
    maxLength: 4,
  }),
);

describe('unnest', () => {
  it('gives what a loop over the elements gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyList, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('keep', 'drop'),
        async (lists, empty) => {
          const wanted = lists.flatMap((list, i): (string | null)[][] => {
            if (list === null || list.length === 0)
              return empty === 'keep' ? [[String(i), null, null, '']] : [];
            return list.map((item, k) => [String(i), item, String(k + 1), '']);
          });
          const type: DataType = { kind: 'list', item: UTF8 };
          const typed = batchOf(
            schemaWith(type),
            lists.map((list, i) => [String(i), list, '']),
          );
          const text = textBatch(
            type,
            lists.map((list, i) => [String(i), list && JSON.stringify(list), '']),
          );
          for (const batch of [
            typed,
            text,
            { ...typed, columns: typed.columns.with(2, text.columns[2]!), block: text.block },
          ]) {
            const { rows, counts } = await unnest(batch, { empty, indexColumn: 'number' });
            expect(rows).toEqual(wanted);
            expect(lists.length + counts.added).toBe(rows.length + counts.filtered);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves elements as they are written', async () => {
    const struct: DataType = { kind: 'struct', fields: schemaOf([['a', INT64]]).fields };
    const rows = [['r', '[{"a": 1}, null ]', 's']];
    expect((await unnest(textBatch({ kind: 'list', item: struct }, rows))).rows).toEqual([
      ['r', '{"a": 1}', 's'],
      ['r', null, 's'],
    ]);
    const numbers = await unnest(
      textBatch({ kind: 'list', item: INT64 }, [['r', '[1.10,2e1]', 's']]),
    );
    expect(numbers.rows.map((row) => row[1])).toEqual(['1.10', '2e1']);
    expect(numbers.fields).toEqual(['id: utf8', 'x: int64', 'after: utf8']);
  });

  it('takes JSON as it comes: lists of any elements, and single values', async () => {
    const cells = ['[1,"a",[2]]', '{"b":1}', '"t"', 'null', '[]'];
    const wanted = ['1', '"a"', '[2]', '{"b":1}', '"t"', null, null];
    const rows = cells.map((cell) => ['', cell, '']);
    for (const batch of [textBatch(JSON_TEXT, rows), batchOf(schemaWith(JSON_TEXT), rows)])
      expect((await unnest(batch)).rows.map((row) => row[1])).toEqual(wanted);
  });

  it('makes key and value of the entries of maps', async () => {
    const type: DataType = { kind: 'map', key: UTF8, value: INT64 };
    const entries: NestedValue = [
      ['k', 1n],
      ['l', null],
    ];
    const wanted = ['{"key":"k","value":1}', '{"key":"l","value":null}'];
    const typed = batchOf(schemaWith(type), [['', entries, '']]);
    const text = textBatch(type, [['', '{"k":1,"l":null}', '']]);
    for (const batch of [typed, text])
      expect((await unnest(batch)).rows.map((row) => row[1])).toEqual(wanted);
  });

  it('makes pieces of much, and asks for what is wanted', async () => {
    const list: NestedValue = Array.from({ length: 100_000 }, (_, i) => String(i));
    const type: DataType = { kind: 'list', item: UTF8 };
    const { rows, counts } = await unnest(batchOf(schemaWith(type), [['a', list, 'b']]));
    expect(rows).toHaveLength(100_000);
    expect(rows[99_999]).toEqual(['a', '99999', 'b']);
    expect(counts).toEqual({ filtered: 0, added: 99_999 });
    const { transform } = await unnest(batchOf(schemaWith(type), []), { indexColumn: 'n' });
    expect(transform.needs!(new Set([0, 2, 3]))).toEqual(new Set([0, 1, 2]));
    expect([...transform.needs!(new Set([2]))]).toEqual([1]);
  });

  it('refuses what is no list', async () => {
    await expect(unnest(batchOf(schemaWith(UTF8), []))).rejects.toThrow('holds utf8, not lists');
    const type: DataType = { kind: 'list', item: UTF8 };
    for (const wrong of ['5', '{}', '[1', '[1]]', ''])
      await expect(unnest(textBatch(type, [['', wrong, '']]))).rejects.toMatchObject({
        code: 'step.misfit',
      });
  });
});
