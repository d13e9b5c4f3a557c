// The aggregate step: its groups and subtotals, what a host's calls make of it, and the same result however little memory there is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregate, aggregations, filters, timeBucket } from '../../contract/service-steps.ts';
import type { Batch } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { UTF8 } from '../../table/data-type.ts';
import { aggregated, tableOf, textBatch, typeOf, openDuck, type Cell } from './aggregate.suite.ts';
import { aggregateOptions } from './options.ts';

const duck = openDuck();

describe('groups', () => {
  it('come in the order of their first rows, spelt as there', async () => {
    const batch = textBatch(
      [
        ['n', 'decimal(5,2)'],
        ['', 'utf8'],
      ],
      [
        ['1.10', 'b'],
        ['007', ''],
        ['1.1', 'b'],
        [null, 'a'],
        ['7', ''],
      ],
    );
    const { rows, names, ledger } = await aggregated([batch], {
      groups: ['n', { column: '', as: '__proto__' }],
      measures: [{ op: 'count' }],
    });
    expect(names).toEqual(['n', '__proto__', 'count']);
    expect(rows).toEqual([
      ['1.10', 'b', '2'],
      ['007', '', '2'],
      [null, 'a', '1'],
    ]);
    expect(ledger).toEqual({ filtered: 0, merged: 2, added: 0 });
  });

  it('without columns are one, also of no rows', async () => {
    const schema = schemaOf([['a', typeOf('int32')]]);
    const { rows, ledger } = await aggregated(
      [],
      { measures: 'count(), sum(a), max(a)' },
      1 << 28,
      schema,
    );
    expect(rows).toEqual([['0', null, null]]);
    expect(ledger.added).toBe(1);
    expect((await aggregated([], { groups: 'a' }, 1 << 28, schema)).rows).toEqual([]);
  });

  it('pass only where the condition is true', async () => {
    const batch = textBatch(
      [
        ['a', 'utf8'],
        ['n', 'int64'],
      ],
      [
        ['x', '1'],
        ['y', '5'],
        ['x', '2'],
      ],
    );
    const { rows, ledger } = await aggregated([batch], {
      groups: 'a',
      measures: 'sum(n) as total',
      having: 'total > 3',
    });
    expect(rows).toEqual([['y', '5']]);
    expect(ledger).toEqual({ filtered: 1, merged: 1, added: 0 });
  });

  let mostFiles = 0;

  it('are the same when hardly any memory is there, for any cuts', async () => {
    const schema = schemaOf([
      ['g', typeOf('int32')],
      ['t', UTF8],
      ['v', typeOf('int64')],
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 200 }),
            fc.constantFrom('a', 'b', null),
            fc.bigInt({ min: -9n, max: 9n }),
          ),
          {
            minLength: 1,
            maxLength: 300,
          },
        ),
        fc.integer({ min: 1, max: 50 }),
        async (rows, cut) => {
          const options = {
            groups: 'g, t',
            measures:
              'count(), sum(v), avg(v), min(t), max(v), p30(v), median(v), mode(v), count-distinct(v), first(t), last(v), stddev(v)',
            subtotals: 'rollup',
          };
          const whole = await aggregated([batchOf(schema, rows)], options);
          const cuts: Batch[] = [];
          for (let at = 0; at < rows.length; at += cut)
            cuts.push(batchOf(schema, rows.slice(at, at + cut)));
          const spilt = await aggregated(cuts, options, 3_000);
          expect(spilt.rows).toEqual(whole.rows);
          expect(whole.files).toBe(0);
          mostFiles = Math.max(mostFiles, spilt.files);
        },
      ),
      { numRuns: 30 },
    );
    expect(mostFiles).toBeGreaterThan(5);
  });
});

describe('short forms', () => {
  const read = (options: Record<string, unknown>): unknown => {
    const { value, issues } = aggregateOptions.parse(options);
    return issues ?? value;
  };

  it('stand for lists', () => {
    expect(
      read({
        groups: 'a, "b, ""c""" as x, d#2',
        measures: ' count() , sum( amount ) as "the total", max("a(b)")',
      }),
    ).toMatchObject({
      groups: [
        { column: { name: 'a' } },
        { column: { name: 'b, "c"' }, as: 'x' },
        { column: { name: 'd', nth: 1 } },
      ],
      measures: [
        { op: 'count' },
        { op: 'sum', column: { name: 'amount' }, as: 'the total' },
        { op: 'max', column: { name: 'a(b)' } },
      ],
    });
  });

  it('know buckets and percentiles', () => {
    expect(
      read({
        groups: 'month(at) as m, 15 minutes("the time")',
        measures: 'p95(x), p99_9(x), count distinct(y)',
      }),
    ).toMatchObject({
      groups: [
        { column: { name: 'at' }, bucket: { unit: 'month', count: 1 }, as: 'm' },
        { column: { name: 'the time' }, bucket: { unit: 'minute', count: 15 } },
      ],
      measures: [
        { op: 'percentile', p: 95, column: { name: 'x' } },
        { op: 'percentile', p: 99.9 },
        { op: 'count-distinct', column: { name: 'y' } },
      ],
    });
    expect(read({ groups: 'fortnight(at)' })).toMatchObject([{ option: 'groups.0.bucket.unit' }]);
  });

  it.each(['total', 'percentile(a)', 'sum()', 'sum(a', 'nope(a)', 'sum(a) b'])(
    'refuse %s',
    (measures) => {
      expect(read({ measures })).toMatchObject([{ option: expect.stringContaining('measures') }]);
    },
  );
});

describe('subtotals', () => {
  const columns: [string, string][] = [
    ['a', 'utf8'],
    ['b', 'utf8'],
    ['n', 'int64'],
  ];
  const rows: Cell[][] = [
    ['x', 'p', '1'],
    ['y', 'p', '2'],
    ['x', 'q', '3'],
    ['x', null, '4'],
  ];

  it('are those of ROLLUP', async () => {
    const ours = await aggregated([textBatch(columns, rows)], {
      groups: 'a, b',
      measures: 'count(), sum(n)',
      subtotals: 'rollup',
    });
    expect(ours.names).toEqual(['a', 'b', 'count', 'sum_n', 'grouping']);
    const table = tableOf(
      columns.map(([name]) => [name, name === 'n' ? 'bigint' : 'varchar']),
      rows,
    );
    const theirs = await duck.query(
      `${table} select a, b, count(*), sum(n), grouping(a, b) as g from t group by rollup(a, b) order by g, min(row_)`,
    );
    expect(ours.rows).toEqual(theirs);
    expect(ours.ledger).toEqual({ filtered: 0, merged: 0, added: 3 });
  });

  it('may be one over everything', async () => {
    const { rows: out } = await aggregated([textBatch(columns, rows)], {
      groups: 'a',
      measures: 'p50(n)',
      subtotals: 'total',
      having: 'grouping > 0',
    });
    expect(out).toEqual([[null, '2.5', '1']]);
  });
});

describe('the calls of a host', () => {
  it('give options that the step takes', async () => {
    const { options } = aggregate({
      groupBy: ['a', timeBucket('at', '2 days', { as: 'when' })],
      measures: [
        aggregations.count(),
        aggregations.countDistinct('n', 'different'),
        aggregations.sum('n', 'total'),
        aggregations.avg('n'),
        aggregations.min('n'),
        aggregations.max('n'),
        aggregations.percentile('n', 95),
      ],
      having: filters.custom('total', '>', 3),
      fillEmpty: false,
      subtotals: true,
    });
    const batch = textBatch(
      [
        ['a', 'utf8'],
        ['at', 'timestamp(ms)'],
        ['n', 'int64'],
      ],
      [
        ['x', '2024-01-02T12:00:00', '1'],
        ['x', '2024-01-03T12:00:00', '3'],
        ['y', '2024-01-03T12:00:00', '2'],
      ],
    );
    const { rows, names } = await aggregated([batch], options);
    expect(names.slice(0, 5)).toEqual(['a', 'when', 'count', 'different', 'total']);
    expect(rows).toEqual([
      ['x', '2024-01-02T00:00:00.000', '2', '2', '4', '2', '1', '3', '2.9', '0'],
      ['x', null, '2', '2', '4', '2', '1', '3', '2.9', '1'],
      [null, null, '3', '3', '6', '2', '1', '3', '2.9', '3'],
    ]);
  });
});
