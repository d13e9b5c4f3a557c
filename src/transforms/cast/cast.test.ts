// The cast step: types read from text as it is spelt, values converted, those that do not fit by policy.
import { describe, expect, it } from 'vitest';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type NestedValue } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, typeName, UTF8, type DataType } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { castOptions } from './options.ts';

type Cell = string | null;

async function cast(batches: Batch[], given: Record<string, unknown>) {
  const parsed = castOptions.parse(given);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const losses: Loss[] = [];
  const rejects: Reject[] = [];
  const transform = open(
    transformContext(parsed.value, batches[0]!.schema, {
      lose: (loss) => losses.push(loss),
      reject: (reject) => rejects.push(reject),
    }),
  );
  const input = (async function* () {
    yield* batches;
  })();
  const rows: Cell[][] = [];
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  const types = transform.schema.fields.map(({ type }) => typeName(type));
  return { rows, types, losses, rejects };
}

const typed = (type: DataType, ...values: NestedValue[]): Batch =>
  batchOf(
    schemaOf([['x', type]]),
    values.map((value) => [value]),
  );

const text = (type: string, ...values: Cell[]): Batch => ({
  schema: schemaOf([['x', parseTypeName(type)!]], 'inferred'),
  rowCount: values.length,
  selection: null,
  columns: [{ storage: 'text', index: 0 }],
  block: textBlockOf(
    values.map((value) => [value]),
    1,
  ),
});

describe('cast', () => {
  it.each([
    ['utf8', '007', 'int64', '7'],
    ['int64', '007', 'utf8', '007'],
    ['int64', '007', 'int8', '7'],
    ['int64', '7', 'decimal(5,2)', '7.00'],
    ['decimal(5,2)', '2.50', 'int32', '3'],
    ['float64', '1e3', 'int64', '1000'],
    ['decimal(5,2)', '2.50', 'float64', '2.5'],
    ['int64', '1', 'bool', 'true'],
    ['timestamp(ms)', '2026-11-01T10:20:30', 'date', '2026-11-01'],
    ['timestamp(ms)', '2026-11-01T10:20:30', 'time(s)', '10:20:30'],
    ['date', '2026-11-01', 'timestamp(s, UTC)', '2026-11-01T00:00:00Z'],
    ['utf8', '[1, 2]', 'json', '[1, 2]'],
    ['utf8', '', 'utf8', ''],
  ])('%s %s as %s', async (from, value, to, wanted) => {
    const { rows, types } = await cast([text(from, value, null)], { columns: { x: to } });
    expect(types).toEqual([to]);
    expect(rows).toEqual([[wanted], [null]]);
  });

  it('converts typed values alike', async () => {
    const item: DataType = { kind: 'list', item: UTF8 };
    expect((await cast([typed(item, ['a'])], { columns: { x: 'json' } })).rows).toEqual([
      ['["a"]'],
    ]);
    const words: DataType = { kind: 'dictionary', index: 8, value: UTF8 };
    expect((await cast([typed(words, '5')], { columns: { x: 'int8' } })).rows).toEqual([['5']]);
    const price: DataType = { kind: 'decimal', precision: 9, scale: 2 };
    expect((await cast([typed(price, 150n)], { columns: { x: 'int8' } })).rows).toEqual([['2']]);
    expect((await cast([typed(price, 150n)], { columns: { x: 'utf8' } })).rows).toEqual([['1.50']]);
  });

  it.each([
    ['cldr', 'dd.MM.yyyy HH:mm'],
    ['moment', 'DD.MM.YYYY HH:mm'],
    ['strftime', '%d.%m.%Y %H:%M'],
  ])('reads dates in the tokens of %s', async (tokens, pattern) => {
    const columns = { x: { pattern: { text: pattern, tokens }, nullTexts: ['-'] } };
    const { rows, types } = await cast([text('utf8', '24.12.2026 18:30', '-')], { columns });
    expect(types).toEqual(['timestamp(s)']);
    expect(rows).toEqual([['2026-12-24T18:30:00'], [null]]);
  });

  it('reads numbers by their signs', async () => {
    const numbers = { decimalSign: ',', groupSign: '.' };
    const columns = [{ column: 'x', type: 'decimal(9,2)', numbers }];
    expect((await cast([text('utf8', '1.234,5')], { columns })).rows).toEqual([['1234.50']]);
  });

  it('rejects, empties or refuses what does not fit, also what is none of its own type', async () => {
    const values = ['1', 'x', '300', null];
    for (const from of ['utf8', 'int64', 'decimal(9,0)', 'float64']) {
      const rejecting = await cast([text(from, ...values), text(from, 'y')], {
        columns: { x: 'uint8' },
      });
      expect(rejecting.rows).toEqual([['1'], [null]]);
      const told = rejecting.rejects.map(({ value, line }) => `${value} on ${line}`);
      expect(told.toSorted()).toEqual(['300 on 3', 'x on 2', 'y on 1']);
      const emptying = await cast([text(from, ...values)], {
        columns: { x: 'uint8' },
        onMisfit: 'null',
      });
      expect(emptying.rows).toEqual([['1'], [null], [null], [null]]);
      expect(emptying.losses.every(({ code }) => code === 'cast.misfit-null')).toBe(true);
      expect(emptying.losses.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      await expect(
        cast([text(from, '300')], { columns: { x: { type: 'uint8', onMisfit: 'fail' } } }),
      ).rejects.toThrow(/300/);
    }
  });

  it('refuses what has no meaning', async () => {
    await expect(cast([typed({ kind: 'bool' })], { columns: { x: 'date' } })).rejects.toThrow(
      'cannot become',
    );
    await expect(
      cast([text('utf8')], {
        columns: [
          { column: 'x', type: 'int8' },
          { column: { name: 'x' }, type: 'int64' },
        ],
      }),
    ).rejects.toThrow('cast twice');
    expect(castOptions.parse({ columns: { x: 'number' } }).issues?.[0]?.sentence).toContain(
      'not a type',
    );
    expect(castOptions.parse({ columns: [{ column: 'x' }] }).issues?.[0]?.sentence).toContain(
      'needs a type',
    );
  });
});
