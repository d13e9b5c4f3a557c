// Tests of the filter's text form: what it reads, what it writes, where it says a mistake is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportError } from './errors.ts';
import { parseExpression } from './expression-text.ts';
import { formatFilter, parseFilter } from './filter-text.ts';
import type { Folding } from './expression.ts';
import type { ColumnRef, FilterExpression } from './filter.ts';

const column = (name: string, nth?: number): ColumnRef =>
  nth === undefined ? { name } : { name, nth };

describe('parseFilter', () => {
  it.each<[string, FilterExpression]>([
    [
      "status = 'failed' and duration_ms > 250",
      {
        op: 'and',
        of: [
          { op: '=', column: column('status'), value: 'failed' },
          { op: '>', column: column('duration_ms'), value: 250 },
        ],
      },
    ],
    ['not (a is null)', { op: 'not', of: { op: 'is-null', column: column('a') } }],
    ['a IS NOT NULL', { op: 'not', of: { op: 'is-null', column: column('a') } }],
    ["name contains 'x'", { op: 'contains', column: column('name'), value: 'x' }],
    ["name Starts With 'x'", { op: 'starts-with', column: column('name'), value: 'x' }],
    [
      "name ends with 'x' ignoring case",
      { op: 'ends-with', column: column('name'), value: 'x', ignoreCase: true },
    ],
    [
      "name not matches '^a+$'",
      { op: 'not', of: { op: 'matches', column: column('name'), value: '^a+$' } },
    ],
    ['a between 1 and -5.5', { op: 'between', column: column('a'), low: 1, high: -5.5 }],
    [
      "a in ('a', 'it''s', 3, true)",
      { op: 'in', column: column('a'), values: ['a', "it's", 3, true] },
    ],
    ['a not in ()', { op: 'not', of: { op: 'in', column: column('a'), values: [] } }],
    [
      "d in range from '2026-11-01' to '2026-12-01'",
      { op: 'in-range', column: column('d'), from: '2026-11-01', to: '2026-12-01' },
    ],
    ['d in range to 5', { op: 'in-range', column: column('d'), to: 5 }],
    ['a ≠ 1', { op: '!=', column: column('a'), value: 1 }],
    ['a<>1', { op: '!=', column: column('a'), value: 1 }],
    ['a≤-1', { op: '<=', column: column('a'), value: -1 }],
    ['"my ""own"" column"#2 >= .5', { op: '>=', column: column('my "own" column', 1), value: 0.5 }],
    ['""#1 = 1', { op: '=', column: column('', 0), value: 1 }],
    ['größe.x = 1', { op: '=', column: column('größe.x'), value: 1 }],
    ['id = 12345678901234567890', { op: '=', column: column('id'), value: '12345678901234567890' }],
    ['x = 1.2345678901234567890', { op: '=', column: column('x'), value: '1.2345678901234567890' }],
    ['x = 1e400', { op: '=', column: column('x'), value: '1e400' }],
    ['x = 9007199254740991', { op: '=', column: column('x'), value: 9007199254740991 }],
    ['all()', { op: 'and', of: [] }],
    ['any(a = 1)', { op: 'or', of: [{ op: '=', column: column('a'), value: 1 }] }],
    ['all = 1', { op: '=', column: column('all'), value: 1 }],
    ['"not" = 1', { op: '=', column: column('not'), value: 1 }],
    ['range in range', { op: 'in-range', column: column('range') }],
    [
      'shipped < ordered',
      {
        op: 'compare',
        left: { op: 'column', column: column('shipped') },
        is: '<',
        right: { op: 'column', column: column('ordered') },
      },
    ],
    [
      "lower(x) = 'y'",
      {
        op: 'compare',
        left: { op: 'call', name: 'lower', of: [{ op: 'column', column: column('x') }] },
        is: '=',
        right: { op: 'text', value: 'y' },
      },
    ],
    ["starts_with(x, 'a')", { op: 'is-true', of: parseExpression("starts_with(x, 'a')") }],
    ['a + 1 between b and c', { op: 'is-true', of: parseExpression('a + 1 between b and c') }],
    ["a = 'x' ignoring accents", { op: '=', column: column('a'), value: 'x', ignoreAccents: true }],
    [
      "a in ('x') ignoring case and accents",
      { op: 'in', column: column('a'), values: ['x'], ignoreCase: true, ignoreAccents: true },
    ],
    [
      // What was a second condition on a column called accents still is.
      "a = 'x' ignoring case and accents = 1",
      {
        op: 'and',
        of: [
          { op: '=', column: column('a'), value: 'x', ignoreCase: true },
          { op: '=', column: column('accents'), value: 1 },
        ],
      },
    ],
    ['d in last 30 days', { op: 'in-last', column: column('d'), count: 30, unit: 'day' }],
    ['d in next 1 hour', { op: 'in-next', column: column('d'), count: 1, unit: 'hour' }],
    ['d is today', { op: 'in-period', column: column('d'), unit: 'day', offset: 0 }],
    ['d in previous month', { op: 'in-period', column: column('d'), unit: 'month', offset: -1 }],
    // Words of the language are columns where nothing else can stand.
    ['case = 1 and today = 2', parseFilter('"case" = 1 and "today" = 2')],
    ["case in ('a') or interval > 3", parseFilter('"case" in (\'a\') or "interval" > 3')],
  ])('reads %s', (text, expression) => {
    expect(parseFilter(text)).toEqual(expression);
  });

  it('binds and closer than or, not closest', () => {
    expect(parseFilter('a = 1 or not b = 2 and c = 3')).toEqual(
      parseFilter('(a = 1) or ((not (b = 2)) and (c = 3))'),
    );
    expect(parseFilter('a between 1 and 2 and b = 3').op).toBe('and');
  });

  it.each([
    ['', 1, 'the filter ends here', 'a column'],
    ['a', 2, 'ends here', 'a comparison'],
    ['a = ', 5, 'ends here', 'a number, a text'],
    ['a = null', 5, 'found null', 'is null'],
    ["'a' = 'b'", 1, "found 'a'", 'a column'],
    ['a + 1', 6, 'ends here', 'a comparison'],
    ['a in last month', 11, 'found month', 'a number'],
    ["a = 'x' ignoring kase", 18, 'found kase', 'case or accents'],
    ["a = 'x", 5, 'never closed', "closing '"],
    ['"a = 1', 1, 'never closed', 'closing "'],
    ['a = 1 b', 7, 'found b', 'and, or, or the end'],
    ['(a = 1', 7, 'ends here', '“)”'],
    ['a in (1 2)', 9, 'found 2', '“,” or “)”'],
    ['a in 1', 6, 'found 1', '“(” or range'],
    ['a not = 1', 7, 'found =', 'between, in'],
    ['a = 12abc', 5, 'found 12abc', 'a number'],
    ['a = 1 ; b = 2', 7, 'found ;', 'a column'],
    ['a contains 5', 12, 'found 5', 'single quotes'],
    ['a starts 5', 10, 'found 5', 'with'],
    ['a#0 = 1', 3, 'found 0', 'a number from 1'],
    ['and = 1', 1, 'found and', 'a column'],
    ['😀 = 1', 1, 'found 😀', 'a column'],
    ["'😀' = 1", 1, "found '😀'", 'a column'],
    ["a = '😀' b", 10, 'found b', 'and, or'],
  ])('says where %j is wrong', (text, position, detail, expected) => {
    let error: unknown;
    try {
      parseFilter(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ExportError);
    const { code, parameters } = error as ExportError;
    expect(code).toBe('filter.syntax');
    expect(parameters['position']).toBe(position);
    expect(parameters['detail']).toContain(detail);
    expect(parameters['expected']).toContain(expected);
  });

  it('knows the columns when they are given', () => {
    expect(() => parseFilter('a = 1 and c = 2', ['a', 'b'])).toThrow(
      /position 11: there is no column “c”/,
    );
    expect(parseFilter('b = 1', ['a', 'b'])).toEqual(parseFilter('b = 1'));
    const many = ['', ...Array.from({ length: 20 }, (_, i) => `other_${i}`), 'Status', 'last_stat'];
    try {
      parseFilter("stat = 'new'", many);
      expect.unreachable();
    } catch (thrown) {
      const named = String((thrown as ExportError).parameters['expected'])
        .slice(7)
        .split(', ');
      expect(named.slice(0, 3)).toEqual(['Status', 'last_stat', 'other_0']);
      expect(named).toHaveLength(8);
    }
  });

  it('refuses bottomless nesting with a message, not a full stack', () => {
    expect(() => parseFilter('('.repeat(100_000))).toThrow(/levels|position/);
    expect(() => parseFilter('not '.repeat(100_000))).toThrow(ExportError);
  });
});

const anyRef: fc.Arbitrary<ColumnRef> = fc.oneof(
  fc.record({
    name: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a', 'not', 'ALL', '__proto__', ''),
    ),
  }),
  fc.record({ name: fc.string(), nth: fc.nat(1000) }),
);
const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, 1e21, 2 ** 53, 0.1 + 0.2, 5e-324, "it's", '12345678901234567890'),
);
const anyCase = fc.constantFrom<Folding>(
  {},
  { ignoreCase: true },
  { ignoreAccents: true },
  { ignoreCase: true, ignoreAccents: true },
);
const anyLeaf: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc
    .tuple(
      fc.record({
        op: fc.constantFrom('=', '!=', '<', '<=', '>', '>=' as const),
        column: anyRef,
        value: anyValue,
      }),
      anyCase,
    )
    .map(([a, b]) => ({ ...a, ...b })),
  fc
    .tuple(
      fc.record({
        op: fc.constantFrom('contains', 'starts-with', 'ends-with', 'matches' as const),
        column: anyRef,
        value: fc.string(),
      }),
      anyCase,
    )
    .map(([a, b]) => ({ ...a, ...b })),
  fc.record({ op: fc.constant('between' as const), column: anyRef, low: anyValue, high: anyValue }),
  fc.record(
    { op: fc.constant('in-range' as const), column: anyRef, from: anyValue, to: anyValue },
    { requiredKeys: ['op', 'column'] },
  ),
  fc
    .tuple(
      fc.record({ op: fc.constant('in' as const), column: anyRef, values: fc.array(anyValue) }),
      anyCase,
    )
    .map(([a, b]) => ({ ...a, ...b })),
  fc.record({ op: fc.constant('is-null' as const), column: anyRef }),
  fc.record({
    op: fc.constantFrom('in-last', 'in-next' as const),
    column: anyRef,
    count: fc.integer({ min: 1, max: 999 }),
    unit: fc.constantFrom('second', 'day', 'month' as const),
  }),
  fc.record({
    op: fc.constant('in-period' as const),
    column: anyRef,
    unit: fc.constantFrom('day', 'week', 'year' as const),
    offset: fc.constantFrom(-1, 0, 1 as const),
  }),
  fc
    .tuple(
      fc.record({
        op: fc.constant('compare' as const),
        left: fc.record({ op: fc.constant('column' as const), column: anyRef }),
        is: fc.constantFrom('=', '!=', '<', '<=', '>', '>=' as const),
        right: fc.constantFrom(...['b + 1', 'lower(b)', '"x"#2'].map((t) => parseExpression(t))),
      }),
      anyCase,
    )
    .map(([a, b]) => ({ ...a, ...b })),
  fc.constantFrom(
    ...['starts_with(a, b)', 'a + 1 in (1, 2)', 'lower(a) is null'].map((t) => ({
      op: 'is-true' as const,
      of: parseExpression(t),
    })),
  ),
);
const { anyFilter } = fc.letrec<{ anyFilter: FilterExpression }>((tie) => ({
  anyFilter: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    anyLeaf,
    fc.record({ op: fc.constant('not' as const), of: tie('anyFilter') }),
    fc.record({
      op: fc.constantFrom('and', 'or' as const),
      of: fc.array(tie('anyFilter'), { maxLength: 4 }),
    }),
  ),
}));

describe('formatFilter', () => {
  it('writes what people would', () => {
    const text = `status = 'failed' and (duration_ms > 250 or "my column"#2 is not null)`;
    expect(formatFilter(parseFilter(text))).toBe(text);
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(anyFilter, (expression) => {
        expect(parseFilter(formatFilter(expression))).toEqual(expression);
      }),
      { numRuns: 2000 },
    );
  });
});
