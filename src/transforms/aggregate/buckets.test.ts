// Buckets of time: against DuckDB's calendar in zones whose clocks are set, and the empty ones in between.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { aggregated, textBatch, openDuck, type Cell } from './aggregate.suite.ts';

const duck = openDuck();

const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

const anyTime = fc.integer({
  min: Date.UTC(1970, 0, 3) / 1000,
  max: Date.UTC(2037, 0) / 1000,
});

/** Times around the days on which the clocks of the zones here are set. */
const nearShifts = fc
  .tuple(
    fc.constantFrom(
      Date.UTC(2024, 2, 31, 1),
      Date.UTC(2024, 9, 27, 1),
      Date.UTC(2024, 2, 10, 7),
      Date.UTC(2024, 10, 3, 6),
      Date.UTC(2017, 9, 15, 3),
      Date.UTC(2018, 1, 18, 2),
    ),
    fc.integer({ min: -100_000, max: 100_000 }),
  )
  .map(([ms, away]) => ms / 1000 + away);

describe('buckets of time', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo'])(
    'are those of DuckDB in %s',
    async (zone) => {
      await duck.query(`set timezone = '${zone}'`);
      const schema = schemaOf([['at', { kind: 'timestamp', unit: 'us', zone: 'UTC' }]]);
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.oneof(anyTime, nearShifts), { minLength: 1, maxLength: 40 }),
          async (times) => {
            const batch = batchOf(
              schema,
              times.map((s) => [BigInt(s) * 1_000_000n + 999_999n]),
            );
            const values = times.map((s, n) => `(to_timestamp(${s}), ${n})`).join();
            for (const unit of UNITS) {
              const { rows } = await aggregated([batch], {
                groups: ['at', { column: 'at', bucket: { unit, zone } }],
              });
              const theirs = await duck.query(
                `select epoch(date_trunc('${unit}', x))::bigint from (values ${values}) t(x, n) order by n`,
              );
              for (const [n, time] of times.entries()) {
                const wanted = Number(theirs[n]![0]);
                // Where clocks go back at midnight DuckDB finds hours that begin after the time in them.
                if (wanted <= time)
                  expect(Date.parse(rows[n]![1]!) / 1000, `${unit} of ${time}`).toBe(wanted);
              }
            }
          },
        ),
        { numRuns: 12 },
      );
    },
  );

  it('are right in an hour that comes twice before midnight', async () => {
    const schema = schemaOf([['at', { kind: 'timestamp', unit: 's', zone: 'UTC' }]]);
    const first = BigInt(Date.UTC(2018, 1, 18, 1, 59, 59) / 1000);
    const batch = batchOf(schema, [[first], [first + 1n], [first + 3_601n]]);
    const of = async (bucket: string): Promise<Cell[]> => {
      const [unit, count] = bucket.split(' ');
      const zone = 'America/Sao_Paulo';
      const groups = [{ column: 'at', bucket: { unit, count: Number(count), zone } }];
      return (await aggregated([batch], { groups })).rows.map(([at]) => at!);
    };
    expect(await of('hour 1')).toEqual([
      '2018-02-17T23:00:00-02:00',
      '2018-02-17T23:00:00-03:00',
      '2018-02-18T00:00:00-03:00',
    ]);
    expect(await of('day 1')).toEqual(['2018-02-17T00:00:00-02:00', '2018-02-18T00:00:00-03:00']);
  });

  it('of dates, of several units and other first days of the week are right', async () => {
    const batch = textBatch(
      [['day', 'date']],
      [['2024-02-29'], ['2024-03-01'], ['2023-12-31'], [null], ['1969-12-31']],
    );
    const of = async (bucket: Record<string, unknown>): Promise<Cell[]> =>
      (await aggregated([batch], { groups: [{ column: 'day', bucket }] })).rows.map(([d]) => d!);
    expect(await of({ unit: 'month' })).toEqual([
      '2024-02-01',
      '2024-03-01',
      '2023-12-01',
      null,
      '1969-12-01',
    ]);
    expect(await of({ unit: 'week' })).toEqual(['2024-02-26', '2023-12-25', null, '1969-12-29']);
    expect(await of({ unit: 'week', weekStart: 'sunday' })).toEqual([
      '2024-02-25',
      '2023-12-31',
      null,
      '1969-12-28',
    ]);
    expect(await of({ unit: 'month', count: 6 })).toEqual([
      '2024-01-01',
      '2023-07-01',
      null,
      '1969-07-01',
    ]);
    expect(await of({ unit: 'year', count: 10 })).toEqual(['2020-01-01', null, '1960-01-01']);
    await expect(of({ unit: 'hour' })).rejects.toMatchObject({ code: 'aggregate.wrong-type' });
    await expect(of({ unit: 'day', zone: 'Europe/Berlin' })).rejects.toMatchObject({
      code: 'config.conflict',
    });
  });

  it('never shift a wall clock, and are exact for nanoseconds', async () => {
    const batch = textBatch(
      [['at', 'timestamp(ns)']],
      [
        ['2024-03-31T02:59:59.999999999'],
        ['2024-03-31T03:00:00.000000000'],
        ['1677-10-01T00:14:59.5'],
      ],
    );
    const { rows, names } = await aggregated([batch], {
      groups: '15 minutes(at), hour(at) as hour',
    });
    expect(names).toEqual(['at_15_minutes', 'hour']);
    expect(rows.map((row) => row.map((cell) => cell!.slice(0, 19)))).toEqual([
      ['2024-03-31T02:45:00', '2024-03-31T02:00:00'],
      ['2024-03-31T03:00:00', '2024-03-31T03:00:00'],
      ['1677-10-01T00:00:00', '1677-10-01T00:00:00'],
    ]);
  });

  it('that are empty are filled, also on days on which clocks are set', async () => {
    const zone = 'Europe/Berlin';
    const batch = textBatch(
      [
        ['g', 'utf8'],
        ['at', 'timestamp(s, UTC)'],
        ['n', 'int64'],
      ],
      [
        ['b', '2024-10-27T02:10:00Z', '5'],
        ['a', '2024-03-30T23:30:00Z', '1'],
        ['b', '2024-10-26T23:59:59Z', '2'],
        ['a', '2024-03-31T02:00:00Z', '3'],
        ['a', null, '4'],
      ],
    );
    const { rows, ledger } = await aggregated([batch], {
      groups: ['g', { column: 'at', bucket: { unit: 'hour', zone }, as: 'hour' }],
      measures: 'count(), sum(n), count-distinct(n)',
      fillEmpty: true,
    });
    expect(rows).toEqual([
      ['a', '2024-03-31T00:00:00+01:00', '1', '1', '1'],
      ['a', '2024-03-31T01:00:00+01:00', '0', null, '0'],
      ['a', '2024-03-31T03:00:00+02:00', '0', null, '0'],
      ['a', '2024-03-31T04:00:00+02:00', '1', '3', '1'],
      ['a', null, '1', '4', '1'],
      ['b', '2024-10-27T01:00:00+02:00', '1', '2', '1'],
      ['b', '2024-10-27T02:00:00+02:00', '0', null, '0'],
      ['b', '2024-10-27T02:00:00+01:00', '0', null, '0'],
      ['b', '2024-10-27T03:00:00+01:00', '1', '5', '1'],
    ]);
    expect(ledger).toEqual({ filtered: 0, merged: 0, added: 4 });
    const days = textBatch([['d', 'date']], [['0001-01-01'], ['9999-12-31']]);
    await expect(aggregated([days], { groups: 'day(d)', fillEmpty: true })).rejects.toMatchObject({
      code: 'aggregate.too-many-buckets',
    });
    await expect(aggregated([days], { groups: 'd', fillEmpty: true })).rejects.toMatchObject({
      code: 'config.conflict',
    });
  });
});
