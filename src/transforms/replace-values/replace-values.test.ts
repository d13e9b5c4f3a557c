// The replace-values step: known values replaced, by text or by meaning, the others by policy and in their spelling.
import { describe, expect, it } from 'vitest';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, typeName, UTF8, type DataType } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { replaceOptions } from './options.ts';

const PRICE: DataType = { kind: 'decimal', precision: 9, scale: 2 };
const schema = schemaOf([
  ['s', UTF8],
  ['n', INT64],
  ['p', PRICE],
]);

const text: Batch = {
  schema,
  rowCount: 4,
  selection: null,
  columns: [0, 1, 2].map((index) => ({ storage: 'text', index })),
  block: textBlockOf(
    [
      ['A', '007', '1.5'],
      ['', '8', '2'],
      [null, null, null],
      ['B,"', '7', '3.10'],
    ],
    3,
  ),
};
const typed = batchOf(schema, [
  ['A', 7n, 150n],
  ['', 8n, 200n],
  [null, null, null],
  ['B,"', 7n, 310n],
]);

async function replace(batch: Batch, columns: unknown) {
  const parsed = replaceOptions.parse({ columns });
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const losses: Loss[] = [];
  const transform = open(
    transformContext(parsed.value, schema, { lose: (loss) => losses.push(loss) }),
  );
  const input = (async function* () {
    yield batch;
  })();
  const rows: (string | null)[][] = [];
  for await (const out of transform.apply(input))
    for (let i = 0; i < selectedCount(out); i++)
      rows.push(out.columns.map((_, c) => cellText(out, selectedRow(out, i), c)));
  return { rows, types: transform.schema.fields.map(({ type }) => typeName(type)), losses };
}

describe('replace-values', () => {
  it('replaces texts and leaves all else as it is spelt', async () => {
    const columns = { s: { A: 'active', 'B,"': null }, p: { '1.5': '1.75' } };
    const { rows, types } = await replace(text, columns);
    expect(rows).toEqual([
      ['active', '007', '1.75'],
      ['', '8', '2'],
      [null, null, null],
      [null, '7', '3.10'],
    ]);
    expect(types).toEqual(['utf8', 'int64', 'decimal(9,2)']);
    const fewer = await replace({ ...typed, selection: Uint32Array.of(1, 3) }, columns);
    expect(fewer.rows).toEqual([
      ['', '8', '2.00'],
      [null, '7', '3.10'],
    ]);
  });

  it('matches by value where that is asked for', async () => {
    const values = { '7': '70', '+8': '80' };
    const byValue = [{ column: 'n', values, match: 'value' }];
    for (const batch of [text, typed])
      expect((await replace(batch, byValue)).rows.map((row) => row[1])).toEqual([
        '70',
        '80',
        null,
        '70',
      ]);
    expect((await replace(text, { n: values })).rows.map((row) => row[1])).toEqual([
      '007',
      '8',
      null,
      '70',
    ]);
  });

  it('makes text of a column whose new values are none of its type', async () => {
    for (const batch of [text, typed]) {
      const { rows, types } = await replace(batch, { n: { '8': 'eight' } });
      expect(types[1]).toBe('utf8');
      expect(rows.map((row) => row[1])).toEqual([batch === text ? '007' : '7', 'eight', null, '7']);
      const unmet = await replace(batch, { n: { '9': 'nine' } });
      expect(unmet.rows[1]![1]).toBe('8');
    }
  });

  it('keeps, empties or refuses the others; null is none of them, but may be replaced', async () => {
    const values = [
      { from: 'A', to: 'a' },
      { from: null, to: '-' },
    ];
    const emptied = await replace(text, [{ column: 's', values, other: 'null' }]);
    expect(emptied.rows.map((row) => row[0])).toEqual(['a', null, '-', null]);
    expect(emptied.losses).toMatchObject([{ code: 'replace-values.other-null', count: 2 }]);
    await expect(replace(text, [{ column: 's', values, other: 'fail' }])).rejects.toThrow(
      'Line 2: “” of column “s” is not among the values',
    );
    const known = { A: '1', '': '2', 'B,"': '3' };
    const all = await replace(text, [{ column: 's', values: known, other: 'fail' }]);
    expect(all.rows.map((row) => row[0])).toEqual(['1', '2', null, '3']);
  });

  it('refuses what contradicts itself', async () => {
    const value = (values: unknown) => [{ column: 'n', values, match: 'value' }];
    await expect(replace(text, value({ '7': '1', '07': '2' }))).rejects.toThrow('two values');
    await expect(replace(text, value({ x: '1' }))).rejects.toThrow('not of type int64');
    await expect(
      replace(text, [
        { column: 'n', values: {} },
        { column: 'n', values: {} },
      ]),
    ).rejects.toThrow('replaced twice');
  });
});
