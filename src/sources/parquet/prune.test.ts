// Row groups are only ever skipped when no row of them passes the filter, and are skipped when their statistics say so.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Comparison, FilterExpression } from '../../contract/filter.ts';
import { readAll } from './testing.ts';

const GROUPS = 10;
const ROWS = 2048;
let bytes: Uint8Array;
let all: (string | null)[][];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prune-'));
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run('SET threads = 1; SET preserve_insertion_order = true');
  const path = join(folder, 'x.parquet');
  await connection.run(`COPY (SELECT
    CASE WHEN i % 11 = 0 OR i BETWEEN 4096 AND 6143 THEN NULL ELSE i - 5000 END::BIGINT AS n,
    CASE WHEN i % 500 = 0 AND i < 10240 THEN 'NaN'::DOUBLE WHEN i % 7 = 0 THEN NULL ELSE (i // 2048) * 0.5 END AS f,
    CASE WHEN i % 13 = 0 THEN NULL ELSE chr(97 + (i // 2048)::INT) || (i % 3) END AS t,
    (i * 0.01)::DECIMAL(9,2) AS d, DATE '2020-01-01' + (i // 64)::INT AS day
    FROM range(${GROUPS * ROWS}) x(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE ${ROWS})`);
  connection.closeSync();
  bytes = new Uint8Array(readFileSync(path));
  rmSync(folder, { recursive: true });
  all = (await readAll(bytes)).rows;
});

const COLUMNS = ['n', 'f', 't', 'd', 'day'];
const OPS: Comparison[] = ['=', '!=', '<', '<=', '>', '>='];

/** A text that is ordered as the column's values are; constants are of two digits after the point at most. */
function order(column: number, a: string, b: string): number {
  if (column === 2 || column === 4) return a < b ? -1 : a > b ? 1 : 0;
  const [x, y] = [Number(a), Number(b)];
  // NaN comes last and equals itself.
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return x - y;
}

/** True, false or null (unknown), by the words of contract/filter.ts. */
function passes(filter: FilterExpression, row: (string | null)[]): boolean | null {
  const test = (name: string, op: Comparison, constant: unknown): boolean | null => {
    const column = COLUMNS.indexOf(name);
    const cell = row[column]!;
    if (cell === null) return null;
    const found = order(column, cell, String(constant));
    return {
      '=': found === 0,
      '!=': found !== 0,
      '<': found < 0,
      '<=': found <= 0,
      '>': found > 0,
      '>=': found >= 0,
    }[op];
  };
  const every = (parts: (boolean | null)[]): boolean | null =>
    parts.includes(false) ? false : parts.includes(null) ? null : true;
  const not = (one: boolean | null): boolean | null => (one === null ? null : !one);
  switch (filter.op) {
    case 'and':
      return every(filter.of.map((part) => passes(part, row)));
    case 'or':
      return not(every(filter.of.map((part) => not(passes(part, row)))));
    case 'not':
      return not(passes(filter.of, row));
    case 'is-null':
      return row[COLUMNS.indexOf(filter.column.name)] === null;
    case 'between':
      return every([
        test(filter.column.name, '>=', filter.low),
        test(filter.column.name, '<=', filter.high),
      ]);
    case 'in':
      return not(every(filter.values.map((value) => not(test(filter.column.name, '=', value)))));
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return test(filter.column.name, filter.op, filter.value);
    default:
      throw new Error(filter.op);
  }
}

const read = async (only: FilterExpression) => {
  const { rows, skipped } = await readAll(bytes, {}, { only });
  return { rows, skipped };
};

/** Per column what it may be held against. */
const constants: fc.Arbitrary<[string, string | number]> = fc.oneof(
  fc.tuple(fc.constant('n'), fc.integer({ min: -6_000, max: 17_000 })),
  fc.tuple(
    fc.constant('n'),
    fc.integer({ min: -12_000, max: 34_000 }).map((n) => String(n / 2)),
  ),
  fc.tuple(
    fc.constant('f'),
    fc.integer({ min: -2, max: 22 }).map((n) => n / 4),
  ),
  fc.tuple(fc.constant('t'), fc.constantFrom('', 'a', 'a0', 'c1', 'd2', 'j2', 'j3', 'ü', 'B')),
  fc.tuple(
    fc.constant('d'),
    fc.integer({ min: -100, max: 21_000 }).map((n) => String(n / 100)),
  ),
  fc.tuple(
    fc.constant('day'),
    fc.constantFrom(
      '2019-12-31',
      '2020-01-01',
      '2020-02-02',
      '2020-05-17',
      '2020-11-15',
      '2021-01-01',
    ),
  ),
);

const filters: fc.Arbitrary<FilterExpression> = fc.letrec<{ filter: FilterExpression }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(...OPS), constants)
      .map(([op, [name, value]]): FilterExpression => ({ op, column: { name }, value })),
    fc
      .constantFrom(...COLUMNS)
      .map((name): FilterExpression => ({ op: 'is-null', column: { name } })),
    fc
      .tuple(constants, fc.integer({ min: 0, max: 900 }))
      .filter(([[name]]) => name === 'n')
      .map(([[name, low], width]): FilterExpression => ({
        op: 'between',
        column: { name },
        low,
        high: Number(low) + width,
      })),
    fc.array(constants, { minLength: 1, maxLength: 3 }).map((list): FilterExpression => {
      const [name] = list[0]!;
      const values = list.filter(([other]) => other === name).map(([, value]) => value);
      return { op: 'in', column: { name }, values };
    }),
    tie('filter').map((of): FilterExpression => ({ op: 'not', of })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
      )
      .map(([op, of]): FilterExpression => ({ op, of })),
  ),
})).filter;

describe('skipping row groups', () => {
  it('never loses a row that passes, and counts what it skips', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { rows, skipped } = await read(filter);
        const passing = (from: (string | null)[][]) =>
          from.filter((row) => passes(filter, row) === true);
        expect(rows.length + skipped).toBe(all.length);
        expect(passing(rows)).toEqual(passing(all));
      }),
      { numRuns: 40, seed: 4 },
    );
  }, 30_000);

  it.each<[string, FilterExpression, number]>([
    ['numbers', { op: '=', column: { name: 'n' }, value: -4_999 }, 9],
    ['between two numbers', { op: '>', column: { name: 'n' }, value: '15478.5' }, 9],
    ['texts', { op: 'in', column: { name: 't' }, values: ['a1', 'j0'] }, 8],
    ['dates', { op: 'in-range', column: { name: 'day' }, from: '2020-02-02', to: '2020-03-05' }, 9],
    ['decimals', { op: '<', column: { name: 'd' }, value: 20.48 }, 9],
    ['nulls alone', { op: 'not', of: { op: 'is-null', column: { name: 'n' } } }, 1],
    [
      'what cannot be',
      {
        op: 'and',
        of: [
          { op: '>', column: { name: 'd' }, value: 150 },
          { op: '<', column: { name: 'd' }, value: 100 },
        ],
      },
      10,
    ],
    ['floats, where no NaN hides their least', { op: '<', column: { name: 'f' }, value: 0.5 }, 5],
  ])('skips by %s', async (_, filter, groups) => {
    expect((await read(filter)).skipped).toBe(groups * ROWS);
  });

  it('skips nothing that it cannot judge', async () => {
    const only: FilterExpression = { op: 'contains', column: { name: 't' }, value: 'nowhere' };
    expect((await read(only)).skipped).toBe(0);
  });
});
