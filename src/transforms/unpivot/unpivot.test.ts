// The unpivot step: against DuckDB, with values that keep their spelling, and types that hold all of them.
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, typeName, type DataType } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { commonType } from './common-type.ts';
import { unpivotOptions } from './options.ts';

type Cell = string | null;

const typeOf = (name: string): DataType => parseTypeName(name)!;

function textBatch(columns: [name: string, type: string][], rows: Cell[][]): Batch {
  return {
    schema: schemaOf(
      columns.map(([name, type]) => [name, typeOf(type)]),
      'inferred',
    ),
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, columns.length),
  };
}

async function unpivoted(
  batches: Batch[],
  options: Record<string, unknown>,
): Promise<{ names: string[]; types: string[]; rows: Cell[][] }> {
  const parsed = unpivotOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  let balance = 0;
  const transform = open(
    transformContext(parsed.value, batches[0]!.schema, {
      filtered: (n) => void (balance -= n),
      added: (n) => void (balance += n),
    }),
  );
  const input = (async function* () {
    for (const batch of batches) {
      balance += selectedCount(batch);
      yield batch;
    }
  })();
  const rows: Cell[][] = [];
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  expect(rows).toHaveLength(balance);
  const { fields } = transform.schema;
  return {
    names: fields.map(({ name }) => name),
    types: fields.map(({ type }) => typeName(type)),
    rows,
  };
}

describe('unpivot', () => {
  it('is that of DuckDB', async () => {
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    const anyCell = fc.option(fc.integer({ min: -9, max: 9 }).map(String), { freq: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyCell, anyCell, anyCell), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        async (cells, drops) => {
          const rows = cells.map((row, i) => [String(i), ...row]);
          const batch = textBatch(
            [
              ['id', 'int64'],
              ['a', 'int64'],
              ['b', 'int64'],
              ['c', 'int64'],
            ],
            rows,
          );
          const half = rows.length >> 1;
          const parts: Batch[] = [
            { ...batch, selection: Uint32Array.from({ length: half }, (_, i) => i) },
            {
              ...batch,
              selection: Uint32Array.from({ length: rows.length - half }, (_, i) => half + i),
            },
          ];
          const ours = await unpivoted(parts, {
            columns: ['c', 'a'],
            keep: ['id'],
            nulls: drops ? 'drop' : 'keep',
          });
          const values = rows.map((row) => `(${row.map((cell) => cell ?? 'null').join()})`).join();
          const table = `(select id, c::bigint c, a::bigint a from (values ${values}) t(id, a, b, c))`;
          const theirs = await duck.runAndReadAll(
            `from ${table} unpivot ${drops ? '' : 'include nulls'} (value for name in (c, a))`,
          );
          expect(ours.rows).toEqual(
            theirs
              .getRowsJson()
              .map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
          );
        },
      ),
      { numRuns: 30 },
    );
    duck.closeSync();
  });

  it('keeps the spelling of values, whatever their types', async () => {
    const batch = textBatch(
      [
        ['k', 'utf8'],
        ['n', 'int64'],
        ['d', 'decimal(5,2)'],
        ['n', 'date'],
      ],
      [['x', '007', '1.10', '2024-01-01']],
    );
    expect(await unpivoted([batch], { keep: ['k'], name: '__proto__', value: '' })).toEqual({
      names: ['k', '__proto__', ''],
      types: ['utf8', 'utf8', 'utf8'],
      rows: [
        ['x', 'n', '007'],
        ['x', 'd', '1.10'],
        ['x', 'n', '2024-01-01'],
      ],
    });
    const numbers = await unpivoted([batch], { columns: ['n', 'd'] });
    expect(numbers.types.at(-1)).toBe('decimal(21,2)');
    expect(numbers.rows.map((row) => row.at(-1))).toEqual(['007', '1.10']);
  });

  it('casts typed values to what holds all of them', async () => {
    const schema = schemaOf([
      ['a', typeOf('int32')],
      ['b', typeOf('decimal(6,2)')],
      ['c', typeOf('bool')],
    ]);
    const batch = batchOf(schema, [[7, 150n, true]]);
    expect((await unpivoted([batch], { columns: ['a', 'b'], keep: [] })).rows).toEqual([
      ['a', '7.00'],
      ['b', '1.50'],
    ]);
    expect((await unpivoted([batch], { keep: [] })).rows).toEqual([
      ['a', '7'],
      ['b', '1.50'],
      ['c', 'true'],
    ]);
  });

  it('refuses columns that cannot stand in one', () => {
    const list: DataType = { kind: 'list', item: typeOf('int32') };
    expect(commonType([list, typeOf('int32')])).toBeNull();
    expect(commonType([typeOf('uint64'), typeOf('int8')])).toEqual(typeOf('decimal(20,0)'));
    const schema = schemaOf([
      ['a', list],
      ['b', typeOf('int32')],
    ]);
    expect(() => open(transformContext(unpivotOptions.parse({ keep: [] }).value!, schema))).toThrow(
      'list<int32>',
    );
  });
});
