// What a host's filter and aggregate calls become: steps in plain JSON, and the text that says the same.
import { describe, expect, it } from 'vitest';
import { formatFilter, parseFilter } from './filter-text.ts';
import {
  aggregate,
  aggregations,
  and,
  buildFilter,
  filters,
  filterStep,
  groupBy,
  not,
  or,
  timeBucket,
  type FilterCriterion,
} from './service-steps.ts';

describe('filters', () => {
  it.each<[FilterCriterion[], string]>([
    [[{ field: 'a', operator: '=', value: 1 }], 'a = 1'],
    [
      [
        { field: 'a', operator: '>=', value: '20000000000000000001' },
        { field: { name: 'b', nth: 1 }, operator: 'contains', value: "it's", ignoreCase: true },
      ],
      "a >= '20000000000000000001' and b#2 contains 'it''s' ignoring case",
    ],
    [[{ field: 'a', operator: 'not-in', value: ['x', 'y'] }], "not a in ('x', 'y')"],
    [[{ field: 'a', operator: 'between', value: [1, 2] }], 'a between 1 and 2'],
    [[{ field: 'a', operator: 'is-not-null' }], 'not a is null'],
    [[{ field: 'a', operator: 'matches', value: '^x' }], "a matches '^x'"],
  ])('%j', (criteria, text) => {
    expect(buildFilter(criteria)).toEqual(parseFilter(text));
  });

  it('nests', () => {
    const filter = or(
      and(filters.status(['failed']), filters.custom('n', '<', 5)),
      not(filters.agentIds(['a-1'])),
    );
    expect(parseFilter(formatFilter(filter))).toEqual(filter);
    expect(filterStep(filter)).toEqual({
      id: 'filter',
      kind: 'filter',
      enabled: true,
      options: { where: filter },
    });
  });

  it('takes half-open ranges of time', () => {
    const start = new Date(Date.UTC(2026, 10, 1));
    expect(filters.timeRange(start, '2026-12-01', 'at')).toEqual({
      op: 'in-range',
      column: { name: 'at' },
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-12-01',
    });
    expect(filters.timeRange(null, start)).not.toHaveProperty('from');
    expect(filters.commandTypes(['run'], 'kind')).toMatchObject({ column: { name: 'kind' } });
  });

  it.each<FilterCriterion>([
    { field: 'a', operator: 'in', value: 'x' },
    { field: 'a', operator: 'between', value: [1] },
    { field: 'a', operator: '=', value: [1] },
    { field: 'a', operator: '=' },
    { field: 'a', operator: 'contains', value: 1 },
  ])('refuses %j', (criterion) => {
    expect(() => buildFilter([criterion])).toThrow(/operator/);
  });
});

describe('aggregates', () => {
  it('are steps', () => {
    const step = aggregate({
      groupBy: ['region', ...groupBy(['agent']), timeBucket('at', '15 minutes', { zone: 'UTC' })],
      measures: [
        aggregations.count(),
        aggregations.count('id'),
        aggregations.sum('amount', 'total'),
        aggregations.percentile('ms', 95),
      ],
      having: filters.custom('total', '>', 10),
      fillEmpty: true,
    });
    expect(step).toEqual({
      id: 'aggregate',
      kind: 'aggregate',
      enabled: true,
      options: {
        groups: [
          { column: { name: 'region' } },
          { column: { name: 'agent' } },
          { column: { name: 'at' }, bucket: { unit: 'minute', count: 15, zone: 'UTC' } },
        ],
        measures: [
          { op: 'count' },
          { op: 'count', column: { name: 'id' } },
          { op: 'sum', column: { name: 'amount' }, as: 'total' },
          { op: 'percentile', column: { name: 'ms' }, p: 95 },
        ],
        having: { op: '>', column: { name: 'total' }, value: 10 },
        fillEmpty: true,
      },
    });
  });

  it('refuse what is no stretch of time and no percentile', () => {
    expect(timeBucket('at', 'week', { weekStart: 'sunday' }).bucket).toEqual({
      unit: 'week',
      count: 1,
      weekStart: 'sunday',
    });
    expect(() => timeBucket('at', 'fortnight')).toThrow('fortnight');
    expect(() => timeBucket('at', { unit: 'day', count: 0 })).toThrow('0');
    expect(() => aggregations.percentile('ms', 101)).toThrow('101');
  });
});
