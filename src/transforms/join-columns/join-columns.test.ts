// The join-columns step: texts as they stand, nulls by policy, the new column in the place of the first.
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { joinColumnsOptions } from './options.ts';

const schema = schemaOf([
  ['id', INT64],
  ['a', UTF8],
  ['b', UTF8],
  ['c', INT64],
]);
const ROWS = [
  [1n, 'x', 'y', 5n],
  [2n, null, '', 6n],
  [3n, null, null, null],
];

async function join(given: Record<string, unknown>) {
  const transform = open(transformContext(joinColumnsOptions.parse(given).value!, schema));
  const rows: (string | null)[][] = [];
  const input = (async function* () {
    yield batchOf(schema, ROWS);
  })();
  for await (const batch of transform.apply(input))
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(batch.columns.map((_, c) => cellText(batch, row, c)));
  return { rows, names: transform.schema.fields.map(({ name }) => name), transform };
}

describe('join-columns', () => {
  it('puts the texts together in the order they are named', async () => {
    const { rows, names, transform } = await join({
      columns: ['c', 'a', 'b'],
      name: 'all',
      separator: '-',
    });
    expect(names).toEqual(['id', 'all']);
    expect(rows).toEqual([
      ['1', '5-x-y'],
      ['2', '6-'],
      ['3', null],
    ]);
    expect([...transform.needs!(new Set([0]))]).toEqual([0]);
    expect([...transform.needs!(new Set([1]))]).toEqual([3, 1, 2]);
  });

  it.each([
    ['skip', ['x y', '', null]],
    ['empty', ['x y', ' ', ' ']],
    ['null', ['x y', null, null]],
  ])('takes nulls by policy: %s', async (nulls, wanted) => {
    const { rows, names } = await join({ columns: ['a', 'b'], nulls, keep: true });
    expect(names).toEqual(['id', 'joined', 'a', 'b', 'c']);
    expect(rows.map((row) => row[1])).toEqual(wanted);
  });
});
