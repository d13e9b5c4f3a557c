// The flatten step: members become columns, those of typed structs and those of JSON text alike.
import { describe, expect, it } from 'vitest';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type NestedValue } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, typeName, UTF8, type DataType, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { flattenOptions } from './options.ts';

const CITY: DataType = {
  kind: 'struct',
  fields: schemaOf([
    ['name', UTF8],
    ['zip', INT64],
  ]).fields,
};
const PERSON: DataType = {
  kind: 'struct',
  fields: schemaOf([
    ['n', { kind: 'decimal', precision: 9, scale: 2 }],
    ['city', CITY],
    ['tags', { kind: 'list', item: UTF8 }],
    ['zip', INT64],
  ]).fields,
};
const SCHEMA: Schema = schemaOf([
  ['id', UTF8],
  ['p', PERSON],
  ['after', UTF8],
]);

const TYPED: NestedValue[][] = [
  ['a', [110n, ['Köln "am"', 5n], ['x'], 1n], 'z'],
  ['b', [null, null, null, 2n], ''],
  ['c', null, null],
  ['d', [700n, ['', null], [], null], 'y'],
];

const TEXT: (string | null)[][] = [
  [
    'a',
    '{"n": 1.10, "city": {"zip": 5, "name": "K\\u00f6ln \\"am\\""}, "tags": ["x"], "zip": 1}',
    'z',
  ],
  ['b', '{"zip":2,"city":null}', ''],
  ['c', null, null],
  ['d', ' {"n":7,"n":7.00,"city":{"name":"","zip":null},"tags":[]} ', 'y'],
];

const textBatch = (rows: (string | null)[][], schema = SCHEMA): Batch => ({
  schema,
  rowCount: rows.length,
  selection: null,
  columns: schema.fields.map((_, index) => ({ storage: 'text', index })),
  block: textBlockOf(rows, schema.fields.length),
});

async function flatten(batch: Batch, given: Record<string, unknown> = {}) {
  const losses: Loss[] = [];
  const transform = open(
    transformContext(flattenOptions.parse(given).value!, batch.schema, {
      lose: (loss) => losses.push(loss),
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
  return { rows, fields, losses, transform };
}

describe('flatten', () => {
  const wanted = [
    ['a', '1.10', 'Köln "am"', '5', '["x"]', '1', 'z'],
    ['b', null, null, null, null, '2', ''],
    ['c', null, null, null, null, null, null],
    ['d', '7.00', '', null, '[]', null, 'y'],
  ];

  it('gives each member a column, typed or as it is written', async () => {
    for (const batch of [batchOf(SCHEMA, TYPED), textBatch(TEXT)]) {
      const { rows, fields } = await flatten(batch);
      expect(rows).toEqual(wanted);
      expect(fields).toEqual([
        'id: utf8',
        'p.n: decimal(9,2)',
        'p.city.name: utf8',
        'p.city.zip: int64',
        'p.tags: list<utf8>',
        'p.zip: int64',
        'after: utf8',
      ]);
      const selected = await flatten({ ...batch, selection: Uint32Array.of(1, 3) });
      expect(selected.rows).toEqual([wanted[1], wanted[3]]);
    }
  });

  it('goes down to a depth, and leaves what is deeper as it stands', async () => {
    const options = { depth: 1, separator: '_', columns: ['p'] };
    const { rows, fields } = await flatten(textBatch(TEXT), options);
    expect(fields[2]).toBe('p_city: struct<name: utf8, zip: int64>');
    expect(rows[0]![2]).toBe('{"zip": 5, "name": "K\\u00f6ln \\"am\\""}');
    expect((await flatten(batchOf(SCHEMA, TYPED), options)).rows[0]![2]).toBe(
      '{"name":"Köln \\"am\\"","zip":5}',
    );
  });

  it('takes several columns apart, text beside typed', async () => {
    const both: Schema = { fields: [SCHEMA.fields[1]!, SCHEMA.fields[1]!] };
    const typed = batchOf(
      both,
      TYPED.map((row) => [row[1]!, row[1]!]),
    );
    const text = textBatch(
      TEXT.map((row) => [row[1]!]),
      { fields: [SCHEMA.fields[1]!] },
    );
    const mixed: Batch = {
      ...typed,
      columns: [text.columns[0]!, typed.columns[1]!],
      block: text.block,
    };
    expect((await flatten(mixed)).rows).toEqual((await flatten(typed)).rows);
    expect((await flatten({ ...mixed, columns: mixed.columns.toReversed() })).rows).toEqual(
      (await flatten(typed)).rows,
    );
  });

  it('counts members that nobody knows, and fails for what is no record', async () => {
    const other = textBatch([['a', '{"n":1,"new":2,"city":{"new":3}}', null]]);
    const { rows, losses } = await flatten(other);
    expect(rows[0]![1]).toBe('1');
    expect(losses).toMatchObject([
      { code: 'flatten.member-left-out', column: 'p', count: 2, example: 'new' },
    ]);
    for (const wrong of ['[1]', '5', '{"city":5}', '{"n":1', '{}{}', ''])
      await expect(flatten(textBatch([['a', wrong, null]]))).rejects.toMatchObject({
        code: 'step.misfit',
      });
  });

  it('asks for the columns that are wanted, and knows only structs', async () => {
    const { transform } = await flatten(batchOf(SCHEMA, TYPED));
    expect([...transform.needs!(new Set([2, 3, 6]))]).toEqual([1, 2]);
    await expect(flatten(batchOf(SCHEMA, TYPED), { columns: ['id'] })).rejects.toThrow(
      'holds utf8',
    );
  });
});
