// The pivot step: against DuckDB, for values found and listed, and with hardly any memory.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Loss } from '../../contract/report.ts';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open, survey } from './apply.ts';
import { pivotOptions } from './options.ts';

type Cell = string | null;

const COLUMNS = [
  ['g', 'utf8'],
  ['c', 'decimal(4,1)'],
  ['n', 'int64'],
] as const;

const SCHEMA: Schema = {
  fields: COLUMNS.map(([name, type]) => ({
    name,
    type: parseTypeName(type)!,
    nullable: true,
    origin: 'inferred',
  })),
};

function batchesOf(rows: Cell[][], cut: number): Batch[] {
  const batches: Batch[] = [];
  for (let at = 0; at < rows.length; at += cut) {
    const part = rows.slice(at, at + cut);
    batches.push({
      schema: SCHEMA,
      rowCount: part.length,
      selection: null,
      columns: COLUMNS.map((_, index) => ({ storage: 'text', index })),
      block: textBlockOf(part, COLUMNS.length),
    });
  }
  return batches;
}

async function pivoted(
  rows: Cell[][],
  options: Record<string, unknown>,
  memoryBytes = 1 << 28,
  cut = 9,
): Promise<{ names: string[]; rows: Cell[][]; losses: Loss[] }> {
  const parsed = pivotOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const batches = batchesOf(rows, cut);
  const input = async function* (): AsyncGenerator<Batch> {
    yield* batches;
  };
  const losses: Loss[] = [];
  let balance = rows.length;
  const context = transformContext(parsed.value, SCHEMA, {
    scratch: memoryScratch(memoryBytes),
    lose: (loss) => void losses.push(loss),
    merged: (n) => void (balance -= n),
    added: (n) => void (balance += n),
  });
  const surveyed = await survey({ ...context, open: input });
  const transform = open({ ...context, ...(surveyed && { surveyed }) });
  const out: Cell[][] = [];
  for await (const batch of transform.apply(input()))
    for (let i = 0; i < selectedCount(batch); i++)
      out.push(batch.columns.map((_, k) => cellText(batch, selectedRow(batch, i), k)));
  expect(out).toHaveLength(balance);
  return { names: transform.schema.fields.map(({ name }) => name), rows: out, losses };
}

describe('pivot', () => {
  let duck: DuckDBConnection;
  beforeAll(async () => {
    duck = await (await DuckDBInstance.create(':memory:')).connect();
  });
  afterAll(() => duck.closeSync());

  it('is that of conditional aggregates, in memory or not', async () => {
    const anyRow = fc.tuple(
      fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { freq: 8 }),
      fc.constantFrom('1', '1.0', '2', '-3.5', '10'),
      fc.option(fc.integer({ min: -9, max: 9 }).map(String), { freq: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 80 }), async (rows) => {
        const options = {
          rows: 'g',
          column: 'c',
          measures: 'sum(n), count() as rows, p50(n)',
          order: 'sorted',
        };
        const ours = await pivoted(rows, options);
        const numbers = [...new Set(rows.map(([, c]) => Number(c)))].toSorted((a, b) => a - b);
        const spelt = numbers.map((n) => rows.find(([, c]) => Number(c) === n)![1]);
        expect(ours.names).toEqual([
          'g',
          ...spelt.flatMap((c) => [`${c}_sum_n`, `${c}_rows`, `${c}_p50_n`]),
        ]);
        const values = rows
          .map(
            ([g, c, n], i) =>
              `(${g === null ? 'null' : `'${g}'`}, ${c}::double, ${n ?? 'null'}::bigint, ${i})`,
          )
          .join();
        const cells = numbers.flatMap((c) =>
          ['sum(n)', 'count(*)', 'quantile_cont(n::double, 0.5)'].map(
            (op) => `${op} filter (c = ${c})`,
          ),
        );
        const theirs = await duck.runAndReadAll(
          `select g, ${cells.join()} from (values ${values}) t(g, c, n, i) group by g order by min(i)`,
        );
        const plain = (row: unknown[]): unknown[] =>
          row.map((cell, k) => (k === 0 || cell === null ? cell : Number(cell)));
        expect(ours.rows.map(plain)).toEqual(theirs.getRowsJson().map(plain));
        expect((await pivoted(rows, options, 4_000, 3)).rows).toEqual(ours.rows);
      }),
      { numRuns: 40 },
    );
  });

  const rows: Cell[][] = [
    ['a', '1.50', '1'],
    ['b', null, '2'],
    ['a', '1.5', '3'],
    ['a', '-2', '4'],
  ];

  it('names columns as values are spelt first, in their order', async () => {
    expect(await pivoted(rows, { column: 'c', rows: 'g', measures: 'list(n)' })).toEqual({
      names: ['g', '1.50', 'null', '-2'],
      rows: [
        ['a', '[1,3]', null, '[4]'],
        ['b', null, '[2]', null],
      ],
      losses: [],
    });
  });

  it('takes listed values only, and counts the others', async () => {
    const {
      names,
      rows: out,
      losses,
    } = await pivoted(rows, {
      column: 'c',
      measures: 'sum(n)',
      values: ['-2.0', '7'],
    });
    expect(names).toEqual(['-2.0', '7']);
    expect(out).toEqual([['4', null]]);
    expect(losses.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    await expect(
      pivoted(rows, { column: 'c', measures: 'sum(n)', values: ['1', '1.0'] }),
    ).rejects.toThrow('twice');
    await expect(
      pivoted(rows, { column: 'c', measures: 'sum(n)', values: ['x'] }),
    ).rejects.toMatchObject({ code: 'step.misfit' });
  });

  it('refuses more columns than wanted', () =>
    expect(pivoted(rows, { column: 'c', measures: 'sum(n)', most: 2 })).rejects.toMatchObject({
      code: 'pivot.too-many-columns',
      parameters: { limit: 2 },
    }));
});
