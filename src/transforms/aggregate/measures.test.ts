// The measures of the aggregate step against DuckDB, and where they are more exact.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { aggregated, tableOf, textBatch, typeOf, openDuck, type Cell } from './aggregate.suite.ts';

const duck = openDuck();

describe('measures', () => {
  const COLUMNS: [string, string][] = [
    ['g', 'varchar'],
    ['i', 'bigint'],
    ['u', 'ubigint'],
    ['s', 'integer'],
    ['d', 'decimal(38,4)'],
    ['f', 'double'],
    ['t', 'varchar'],
    ['b', 'boolean'],
    ['day', 'date'],
  ];
  const OURS = [
    'utf8',
    'int64',
    'uint64',
    'int32',
    'decimal(38,4)',
    'float64',
    'utf8',
    'bool',
    'date',
  ];
  const big = (bits: number) =>
    fc.bigInt({ min: -(2n ** BigInt(bits)), max: 2n ** BigInt(bits) - 1n });
  const opt = <T>(value: fc.Arbitrary<T>) => fc.option(value.map(String), { freq: 5 });
  const anyRow = fc.tuple(
    fc.option(fc.constantFrom('a', 'b', 'c c', 'é'), { freq: 5 }),
    opt(fc.oneof(big(63), big(8))),
    opt(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
    opt(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    opt(
      fc
        .oneof(
          fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
          fc.bigInt({ min: -500n, max: 500n }),
        )
        .map(
          (n) =>
            `${n < 0n ? '-' : ''}${(n < 0n ? -n : n) / 10000n}.${String((n < 0n ? -n : n) % 10000n).padStart(4, '0')}`,
        ),
    ),
    opt(fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8)),
    fc.option(fc.constantFrom('x', 'X', 'xy', 'ä', '😀', 'z'), { freq: 5 }),
    opt(fc.boolean()),
    opt(fc.constantFrom('2024-02-29', '1969-12-31', '2000-01-01')),
  );

  const batchOfRows = (rows: Cell[][]): Batch =>
    textBatch(
      COLUMNS.map(([name], k) => [name, OURS[k]!]),
      rows,
    );
  const asked = (rows: Cell[][], measures: readonly string[]): Promise<Cell[][]> =>
    duck.query(
      `${tableOf(COLUMNS, rows)} select g, ${measures.join()} from t group by g order by min(row_)`,
    );

  it('that are exact are those of DuckDB', async () => {
    const exact = ['i', 'u', 's', 'd'].flatMap((c) => [
      `count(${c})`,
      `sum(${c})`,
      `min(${c})`,
      `max(${c})`,
    ]);
    exact.push('min(t)', 'max(t)', 'min(b)', 'max(b)', 'min(day)', 'max(day)', 'count(t)');
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 40 }), async (rows) => {
        const ours = await aggregated([batchOfRows(rows)], { groups: 'g', measures: exact.join() });
        expect(ours.rows).toEqual(await asked(rows, exact));
      }),
      { numRuns: 40 },
    );
  });

  it('that are rounded are near those of DuckDB', async () => {
    const pairs = ['i', 'd', 'f'].flatMap((c): [string, string][] => [
      [`sum(${c})`, `sum(${c})`],
      [`avg(${c})`, `avg(${c})`],
      [`min(${c})`, `min(${c})`],
      [`stddev(${c})`, `stddev_samp(${c})`],
      [`stddev-pop(${c})`, `stddev_pop(${c})`],
      [`variance(${c})`, `var_samp(${c})`],
      [`variance pop(${c})`, `var_pop(${c})`],
      [`median(${c})`, `median(${c}::double)`],
      [`p0(${c})`, `quantile_cont(${c}::double, 0)`],
      [`p12_5(${c})`, `quantile_cont(${c}::double, 0.125)`],
      [`p95(${c})`, `quantile_cont(${c}::double, 0.95)`],
      [`p100(${c})`, `quantile_cont(${c}::double, 1)`],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 60 }), async (given) => {
        // Numbers of a size that variances can take.
        const rows = given.map((row) => {
          const small: Cell[] = [...row];
          small[1] = row[3];
          small[4] = row[5];
          return small;
        });
        const ours = await aggregated([batchOfRows(rows)], {
          groups: 'g',
          measures: pairs.map(([mine]) => mine).join(),
        });
        const theirs = await asked(
          rows,
          pairs.map(([, their]) => their),
        );
        expect(ours.rows).toHaveLength(theirs.length);
        for (const [r, row] of ours.rows.entries())
          for (const [c, cell] of row.entries()) {
            const wanted = theirs[r]![c]!;
            if (c === 0 || cell === null || wanted === null) expect(cell).toBe(wanted);
            else
              expect(Math.abs(Number(cell) - Number(wanted)), pairs[c - 1]![0]).toBeLessThanOrEqual(
                Math.abs(Number(wanted)) * 1e-9 + 1e-6,
              );
          }
      }),
      { numRuns: 40 },
    );
  });

  it('of different, first, last and most frequent values are right', async () => {
    const columns = ['i', 'u', 's', 'd', 't', 'b', 'day'];
    const sql = columns.map(
      (c) =>
        `count(distinct ${c}), arg_min(${c}, row_) filter (${c} is not null), arg_max(${c}, row_) filter (${c} is not null)`,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 60 }), async (rows) => {
        const measures = columns
          .map((c) => `count-distinct(${c}), first(${c}), last(${c}), mode(${c})`)
          .join();
        const ours = await aggregated([batchOfRows(rows)], { groups: 'g', measures });
        const others = ours.rows.map((row) => row.filter((_, c) => c === 0 || c % 4 !== 0));
        expect(others).toEqual(await asked(rows, sql));
        for (const row of ours.rows)
          for (const [k, name] of columns.entries()) {
            const c = COLUMNS.findIndex(([other]) => other === name);
            const counts = new Map<string, number>();
            for (const cells of rows) {
              const cell = cells[c];
              if (cells[0] === row[0] && cell != null)
                counts.set(cell, (counts.get(cell) ?? 0) + 1);
            }
            let best: Cell = null;
            for (const [cell, count] of counts)
              if (best === null || count > counts.get(best)!) best = cell;
            expect(row[k * 4 + 4]).toBe(best);
          }
      }),
      { numRuns: 30 },
    );
  });

  it('of floats hold NaN, infinities and zeros', async () => {
    const schema = schemaOf([['f', { kind: 'float', bits: 64 }]]);
    const of = async (...values: number[]): Promise<Cell[]> => {
      const batch = batchOf(
        schema,
        values.map((v) => [v]),
      );
      const measures = 'sum(f), min(f), max(f), mode(f), count-distinct(f), p100(f)';
      return (await aggregated([batch], { measures })).rows[0]!;
    };
    expect(await of(1, Infinity)).toEqual(['Infinity', '1', 'Infinity', '1', '2', 'Infinity']);
    expect(await of(NaN, 1, NaN)).toEqual(['NaN', '1', 'NaN', 'NaN', '2', 'NaN']);
    expect(await of(-2.5, -0, 0)).toEqual(['-2.5', '-2.5', '-0', '0', '2', '0']);
  });

  it('that are sketches are near the truth', async () => {
    const rows = Array.from({ length: 40_000 }, (_, n): Value[] => [BigInt((n * 7919) % 20_011)]);
    const schema = schemaOf([['n', typeOf('int64')]]);
    const batches = [batchOf(schema, rows.slice(0, 30_000)), batchOf(schema, rows.slice(30_000))];
    const counted = await aggregated(batches, {
      measures: 'approx-count-distinct(n), count-distinct(n)',
    });
    const [near, exact] = counted.rows[0]!.map(Number);
    expect(exact).toBe(20_011);
    expect(Math.abs(near! - exact!) / exact!).toBeLessThan(0.05);
    const sketched = await aggregated(batches, {
      measures: [0, 1, 50, 99.9, 100].flatMap((p) =>
        ['approx-percentile', 'percentile'].map((op) => ({ op, column: 'n', p })),
      ),
    });
    const found = sketched.rows[0]!.map(Number);
    for (let k = 0; k < found.length; k += 2)
      expect(Math.abs(found[k]! - found[k + 1]!)).toBeLessThan(20_011 * 0.01);
    expect([found[0], found.at(-2)]).toEqual([0, 20_010]);
  });

  it('list all values, nulls too', async () => {
    const batch = textBatch(
      [
        ['g', 'utf8'],
        ['n', 'int64'],
      ],
      [
        ['a', '1'],
        ['b', null],
        ['a', null],
        ['a', '3'],
      ],
    );
    const { rows, types } = await aggregated([batch], { groups: 'g', measures: 'list(n)' });
    expect(types[1]).toBe('list<int64>');
    expect(rows).toEqual([
      ['a', '[1,null,3]'],
      ['b', '[null]'],
    ]);
    const many = textBatch([['n', 'int64']], Array(200).fill(['1']));
    await expect(aggregated([many], { measures: 'list(n)' }, 4_000)).rejects.toMatchObject({
      code: 'aggregate.too-large',
    });
  });

  it('average exactly', async () => {
    const batch = textBatch(
      [
        ['d', 'decimal(10,2)'],
        ['i', 'int64'],
        ['f', 'float64'],
      ],
      [
        ['0.01', '9007199254740993', '1e100'],
        ['0.02', '9007199254740995', '1'],
        ['0.02', null, '-1e100'],
      ],
    );
    const { rows, types } = await aggregated([batch], {
      measures: 'avg(d), avg(i), sum(f), avg(f)',
    });
    expect(types).toEqual(['decimal(38,8)', 'float64', 'float64', 'float64']);
    expect(rows).toEqual([['0.01666667', '9007199254740994', '1', '0.3333333333333333']]);
  });

  it('add up a million rows without loss, and refuse more than 38 digits', async () => {
    const rows = Array.from({ length: 50_000 }, (): Value[] => [2n ** 63n - 1n]);
    const batch = batchOf(schemaOf([['i', typeOf('int64')]]), rows);
    const { rows: sums } = await aggregated(Array(30).fill(batch), { measures: 'sum(i)' });
    expect(sums).toEqual([[String((2n ** 63n - 1n) * 1_500_000n)]]);
    const huge = textBatch([['d', 'decimal(38,0)']], [['9'.repeat(38)], ['1']]);
    await expect(aggregated([huge], { measures: 'sum(d)' })).rejects.toMatchObject({
      code: 'aggregate.overflow',
    });
  });

  it('refuse columns they cannot take', () => {
    const batch = textBatch([['t', 'utf8']], [['x']]);
    return expect(aggregated([batch], { measures: 'sum(t)' })).rejects.toMatchObject({
      code: 'aggregate.wrong-type',
      parameters: { op: 'sum', column: 't', type: 'utf8' },
    });
  });
});
