// Tests of the derive step: where columns come to stand, what they see, and what happens to rows that cannot be computed.
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, typeName } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { deriveOptions } from './options.ts';

function textBatch(columns: [string, string][], rows: (string | null)[][]): Batch {
  return {
    schema: schemaOf(columns.map(([name, t]) => [name, parseTypeName(t)!])),
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: { ...textBlockOf(rows, columns.length), firstLine: 2, firstRow: 100 },
  };
}

async function derived(batches: Batch[], columns: unknown, onError = 'reject') {
  const parsed = deriveOptions.parse({ columns, onError });
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const rejects: Reject[] = [];
  const losses: Loss[] = [];
  const transform = open(
    transformContext(parsed.value, batches[0]!.schema, {
      reject: (reject) => rejects.push(reject),
      lose: (loss) => losses.push(loss),
    }),
  );
  const input = (async function* () {
    yield* batches;
  })();
  const rows: (string | null)[][] = [];
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  return {
    columns: transform.schema.fields.map(({ name, type }) => `${name} ${typeName(type)}`),
    rows,
    rejects,
    losses,
    transform,
  };
}

const orders = textBatch(
  [
    ['id', 'int64'],
    ['price', 'decimal(10,2)'],
    ['quantity', 'int64'],
  ],
  [
    ['1', '10.50', '3'],
    ['2', '0.10', '0'],
    ['3', null, '7'],
    ['4', '1', '2'],
  ],
);

describe('derive', () => {
  it('adds columns exactly, and leaves the others as they were written', async () => {
    const { columns, rows } = await derived([orders], {
      total: 'price * quantity',
      label: "'#' || pad_start('' || id, 3, '0')",
    });
    expect(columns).toEqual([
      'id int64',
      'price decimal(10,2)',
      'quantity int64',
      'total decimal(29,2)',
      'label utf8',
    ]);
    expect(rows).toEqual([
      ['1', '10.50', '3', '31.50', '#001'],
      ['2', '0.10', '0', '0.00', '#002'],
      ['3', null, '7', null, '#003'],
      ['4', '1', '2', '2.00', '#004'],
    ]);
  });

  it('puts columns where they are wanted, each seeing those before it', async () => {
    const { columns, rows, transform } = await derived(
      [orders],
      [
        { name: 'id', expression: 'id * 10', replace: 'id' },
        { name: 'next', expression: 'id + 1', after: 'id' },
        { name: 'id', expression: "'x'", before: { name: 'id' } },
      ],
    );
    expect(columns.map((column) => column.split(' ')[0])).toEqual([
      'id',
      'id',
      'next',
      'price',
      'quantity',
    ]);
    expect(rows[0]).toEqual(['x', '10', '11', '10.50', '3']);
    expect(transform.needs!(new Set([3]))).toEqual(new Set([0, 1]));
  });

  it('rejects rows with their line, once, and spares what follows', async () => {
    const { rows, rejects } = await derived([orders], {
      each: 'price / quantity',
      bad: 'cast(100 / quantity as int8)',
    });
    expect(rows.map((row) => row[0])).toEqual(['1', '3', '4']);
    expect(rejects).toEqual([
      {
        row: 101,
        line: 3,
        column: 'each',
        code: 'expression.failed',
        sentence: 'Nothing can be divided by zero.',
      },
    ]);
  });

  it('leaves values empty and counts them, or stops, if that is wanted', async () => {
    const { rows, losses } = await derived(
      [orders],
      { each: 'coalesce(price / quantity, 1)' },
      'null',
    );
    expect(rows.map((row) => row[3])).toEqual(['3.500000', null, '1.000000', '0.500000']);
    expect(losses).toMatchObject([{ code: 'derive.failed', column: 'each', count: 1 }]);
    await expect(derived([orders], { each: 'price / quantity' }, 'fail')).rejects.toThrow(
      'Nothing can be divided by zero. (column “each” on line 3)',
    );
  });

  it('fails with line and column for a value that is not of its column’s type', async () => {
    const batch = textBatch([['n', 'int64']], [['1'], ['x']]);
    await expect(derived([batch], { double: 'n * 2' })).rejects.toMatchObject({
      code: 'step.misfit',
      parameters: { line: 3, column: 'n', value: 'x' },
    });
    // A column that nobody computes with is never read.
    expect((await derived([batch], { one: '1' })).rows).toEqual([
      ['1', '1'],
      ['x', '1'],
    ]);
  });

  it.each([
    [{ a: 'id +' }, 'The expression of “a” cannot be read at position 5'],
    [
      { a: 'lower(id)' },
      'A value of type text is needed, but this is int64 in “id” (position 7) of “a”',
    ],
    [{ a: 'lowre(id)' }, 'There is no function “lowre”'],
    [{ a: 'nope + 1' }, 'There is no column “nope”'],
    [[{ name: 'a', expression: '1', before: 'nope' }], 'There is no column “nope”'],
  ])('says what is wrong with %j', async (columns, message) => {
    await expect(derived([orders], columns)).rejects.toThrow(message);
    await expect(derived([orders], columns)).rejects.toBeInstanceOf(ExportError);
  });

  it('refuses two places for one column, and trees that are none', () => {
    const two = [{ name: 'a', expression: '1', before: 'id', after: 'id' }];
    expect(deriveOptions.parse({ columns: two }).issues).toHaveLength(1);
    const tree = [{ name: 'a', expression: { op: 'number', value: 'twelve' } }];
    expect(deriveOptions.parse({ columns: tree }).issues).toHaveLength(1);
    let deep: unknown = { op: 'null' };
    for (let i = 0; i < 20_000; i++) deep = { op: 'not', of: deep };
    const issues = deriveOptions.parse({ columns: [{ name: 'a', expression: deep }] }).issues;
    expect(issues?.[0]?.sentence).toContain('nested');
  });
});
