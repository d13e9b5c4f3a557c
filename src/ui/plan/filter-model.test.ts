// Tests of the builder's tree: what it makes of filters, what it gives back, and what it holds back as unfinished.
import { describe, expect, it } from 'vitest';
import { formatFilter, parseFilter } from '../../contract/filter-text.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import {
  expressionOf,
  isValue,
  newCondition,
  newGroup,
  problemOf,
  treeOf,
  valueKindOf,
  withColumn,
  withNode,
  withOperator,
  type Condition,
} from './filter-model.ts';

const TYPES = new Map([
  ['name', 'utf8'],
  ['n', 'int64'],
  ['price', 'decimal(12,2)'],
  ['ok', 'bool'],
  ['day', 'date'],
  ['at', 'timestamp(us)'],
]);
const typeOf = (column: ColumnRef) => TYPES.get(column.name);
const back = (text: string) => formatFilter(expressionOf(treeOf(parseFilter(text))!, typeOf)!);

describe('from text to the builder and back', () => {
  it.each([
    "name = 'x'",
    "name != 'x' ignoring case",
    "name contains 'a' and n > 5",
    'n between 1 and 5 or (ok = true and name is null)',
    "not (name = 'x' or n = 1)",
    "not (name in ('DE', 'FR'))",
    'name is not null',
    "day in range from '2026-01-01' to '2026-02-01'",
    "day in range to '2026-02-01'",
    "not (not (name = 'x' and n = 1))",
    "n in (1, 2, '12345678901234567890')",
    'price >= 100.5',
    "at < '2026-01-01T10:00:00'",
    'not (n = 1)',
    "name in ('zoe', 'x') ignoring case and accents",
    "name contains 'oe' ignoring accents",
    'day in last 30 days',
    'not (at in next 2 hours)',
    'day in this month and at in previous quarter',
    'day is yesterday',
  ])('%s', (text) => {
    expect(back(text)).toBe(text);
  });

  it('shows no filter as an empty group, and an empty group as no filter', () => {
    expect(treeOf(null)).toMatchObject({ kind: 'group', of: [] });
    expect(expressionOf(newGroup(), typeOf)).toBeNull();
  });

  it('leaves to the text what is too deep or too long', () => {
    expect(treeOf(parseFilter(`${'not ('.repeat(20)}n = 1${')'.repeat(20)}`))).toBeNull();
    expect(treeOf(parseFilter(Array(300).fill('n = 1').join(' or ')))).toBeNull();
  });
});

describe('unfinished conditions', () => {
  const condition = (change: Partial<Condition>): Condition => ({
    ...newCondition({ name: 'n' }, 'number'),
    ...change,
  });

  it('are held back, the finished ones beside them count', () => {
    const tree = treeOf(parseFilter('n > 5 and n < 9'))!;
    const open = withNode(tree, tree.of[1]!.key, (node) => ({
      ...(node as Condition),
      values: [''],
    }));
    expect(formatFilter(expressionOf(open, typeOf)!)).toBe('n > 5');
  });

  it('say what is wrong and where', () => {
    expect(problemOf(condition({ values: [''] }), 'int64')).toEqual({ at: 0, kind: 'missing' });
    expect(problemOf(condition({ values: ['x'] }), 'int64')).toEqual({ at: 0, kind: 'wrong' });
    expect(problemOf(condition({ operator: 'between', values: ['1', '2x'] }), 'int64')).toEqual({
      at: 1,
      kind: 'wrong',
    });
    expect(problemOf(condition({ values: ['1'] }), undefined)?.kind).toBe('no column');
    expect(problemOf(condition({ operator: 'in-range', values: ['', '5'] }), 'int64')).toBeNull();
    expect(problemOf(condition({ operator: 'in', values: [] }), 'int64')?.kind).toBe('missing');
  });

  it('knows values by their type', () => {
    expect(isValue('2026-02-30', 'date', 'date')).toBe(false);
    expect(isValue('2024-02-29', 'date', 'date')).toBe(true);
    expect(isValue('2026-13-01', 'date', 'date')).toBe(false);
    expect(isValue('NaN', 'number', 'float64')).toBe(true);
    expect(isValue('NaN', 'number', 'int64')).toBe(false);
    expect(isValue('2026-01-01', 'timestamp', 'timestamp(us)')).toBe(true);
    expect(valueKindOf('list<utf8>')).toBe('none');
  });
});

describe('changes', () => {
  it('keep the values that another operator or column can use', () => {
    const one = { ...newCondition({ name: 'n' }, 'number'), values: ['5'] };
    expect(withOperator(one, 'between').values).toEqual(['5', '']);
    expect(withOperator(one, 'in').values).toEqual(['5']);
    expect(withOperator(one, 'is-null').values).toEqual([]);
    expect(withColumn(one, { type: 'int8' }, { name: 'm' }, 'number').values).toEqual(['5']);
    expect(withColumn(one, { type: 'utf8' }, { name: 'name' }, 'number').values).toEqual(['']);
    expect(withColumn(one, { type: 'bool' }, { name: 'ok' }, 'number').values).toEqual(['true']);
    const text = { ...newCondition({ name: 'name' }, 'text'), operator: 'matches' as const };
    expect(withColumn(text, { type: 'int8' }, { name: 'm' }, 'text').operator).toBe('=');
  });

  it('reach a node wherever it is, and can take it away', () => {
    const tree = treeOf(parseFilter('n = 1 and (n = 2 or n = 3)'))!;
    const inner = tree.of[1] as ReturnType<typeof newGroup>;
    const less = withNode(tree, inner.of[0]!.key, () => null);
    expect(formatFilter(expressionOf(less, typeOf)!)).toBe('n = 1 and n = 3');
  });
});
