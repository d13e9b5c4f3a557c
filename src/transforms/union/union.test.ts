// The union step: columns by name, types that hold the values of all, names of data sets, what is left out counted.
import { describe, expect, it } from 'vitest';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type NestedValue } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import {
  INT64,
  JSON_TEXT,
  typeName,
  UTF8,
  type DataType,
  type Schema,
} from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { unionOptions } from './options.ts';

/** The other data sets are called b, c, … */
async function unite(tables: Batch[], given: Record<string, unknown> = {}) {
  const options = unionOptions.parse(given).value!;
  const losses: Loss[] = [];
  const transform = open(
    transformContext(options, tables[0]!.schema, {
      dataset: 'a',
      others: tables.slice(1).map((batch, i) => ({
        id: 'bcd'[i]!,
        schema: batch.schema,
        async *open() {
          yield batch;
        },
      })),
      lose: (loss) => losses.push(loss),
    }),
  );
  const rows: (string | null)[][] = [];
  const input = (async function* () {
    yield tables[0]!;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  const fields = transform.schema.fields.map(({ name, type }) => `${name}: ${typeName(type)}`);
  return { rows, fields, losses, transform };
}

function textBatch(schema: Schema, rows: (string | null)[][]): Batch {
  return {
    schema,
    rowCount: rows.length,
    selection: null,
    columns: schema.fields.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, schema.fields.length),
  };
}

const one = (type: DataType, ...values: NestedValue[]): Batch =>
  batchOf(
    schemaOf([['x', type]]),
    values.map((value) => [value]),
  );

const a = textBatch(
  schemaOf([
    ['id', INT64],
    ['name', UTF8],
  ]),
  [
    ['007', 'p'],
    [null, ''],
  ],
);
const b = batchOf(
  schemaOf([
    ['name', UTF8],
    ['id', { kind: 'decimal', precision: 5, scale: 2 }],
    ['more', { kind: 'bool' }],
    ['name', UTF8],
  ]),
  [['q', 125n, true, 'second']],
);

describe('union', () => {
  it('matches columns by name and turn, moves text as it is spelt, widens types', async () => {
    const { rows, fields } = await unite([a, b, a]);
    expect(fields).toEqual(['id: decimal(22,2)', 'name: utf8', 'more: bool', 'name: utf8']);
    expect(rows).toEqual([
      ['007', 'p', null, null],
      [null, '', null, null],
      ['1.25', 'q', 'true', 'second'],
      ['007', 'p', null, null],
      [null, '', null, null],
    ]);
  });

  it('tells the data set of each row', async () => {
    const { rows, fields } = await unite([a, b], { nameColumn: 'id', columns: 'first' });
    expect(fields).toEqual(['id: utf8', 'id: decimal(22,2)', 'name: utf8']);
    expect(rows).toEqual([
      ['a', '007', 'p'],
      ['a', null, ''],
      ['b', '1.25', 'q'],
    ]);
  });

  it('counts the rows whose columns were left out', async () => {
    const { losses } = await unite([a, b], { columns: 'first' });
    expect(losses.map(({ code, column, count }) => [code, column, count])).toEqual([
      ['union.column-left-out', 'more', 1],
      ['union.column-left-out', 'name', 1],
    ]);
  });

  it('matches columns by place where that is asked for', async () => {
    const other = textBatch(
      schemaOf([
        ['name', UTF8],
        ['number', INT64],
        ['more', INT64],
      ]),
      [['x', '1', '2']],
    );
    const { rows, fields } = await unite([a, other], { match: 'place' });
    expect(fields).toEqual(['id: utf8', 'name: utf8', 'more: int64']);
    expect(rows).toEqual([
      ['007', 'p', null],
      [null, '', null],
      ['x', '1', '2'],
    ]);
    const first = await unite([a, other], { match: 'place', columns: 'first' });
    expect(first.losses).toMatchObject([{ column: 'more', count: 1 }]);
    await expect(unite([a, other], { match: 'place', columns: 'same' })).rejects.toThrow('more');
  });

  it('refuses other columns where they must be the same', async () => {
    await expect(unite([a, b], { columns: 'same' })).rejects.toThrow(
      '“b” has the column “more”, which “a” lacks.',
    );
    await expect(unite([b, a], { columns: 'same' })).rejects.toThrow(
      '“b” lacks the column “more”, which “a” has.',
    );
    expect((await unite([a, a], { columns: 'same' })).rows).toHaveLength(4);
  });

  it.each([
    [one(INT64, 5n), one({ kind: 'int', bits: 8, signed: false }, 7), 'int64', ['5', '7']],
    [one({ kind: 'null' }, null), one(UTF8, ''), 'utf8', [null, '']],
    [one({ kind: 'date' }, 0), one({ kind: 'bool' }, true), 'utf8', ['1970-01-01', 'true']],
    [
      one({ kind: 'list', item: INT64 }, [1n, null]),
      one({ kind: 'list', item: UTF8 }, ['a']),
      'json',
      ['[1,null]', '["a"]'],
    ],
    [
      one({ kind: 'dictionary', index: 8, value: UTF8 }, 'd'),
      one(JSON_TEXT, '{}'),
      'utf8',
      ['d', '{}'],
    ],
  ] as [Batch, Batch, string, (string | null)[]][])(
    '%# unites types',
    async (x, y, type, texts) => {
      const { rows, fields } = await unite([x, y]);
      expect(fields).toEqual([`x: ${type}`]);
      expect(rows.flat()).toEqual(texts);
    },
  );

  it('asks for the columns that are wanted', async () => {
    const { transform } = await unite([a, b], { nameColumn: 'from' });
    expect([...transform.needs!(new Set([0, 2, 3]))]).toEqual([1]);
  });
});
