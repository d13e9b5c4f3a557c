// Tests of the text form of expressions: what it reads, what it writes, where it says a mistake is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportError } from './errors.ts';
import { positionOf } from './expression-parser.ts';
import { formatExpression, parseExpression } from './expression-text.ts';
import { TIME_STEPS, type ColumnRef, type Expression } from './expression.ts';

const column = (name: string): Expression => ({ op: 'column', column: { name } });
const number = (value: string): Expression => ({ op: 'number', value });
const text = (value: string): Expression => ({ op: 'text', value });

describe('parseExpression', () => {
  it.each<[string, Expression]>([
    ['a', column('a')],
    ['-1.10', number('-1.10')],
    ['12345678901234567890.5', number('12345678901234567890.5')],
    ['- a', { op: 'negate', of: column('a') }],
    ['-(5)', { op: 'negate', of: number('5') }],
    ['a-1', { op: '-', left: column('a'), right: number('1') }],
    ['a - -1', { op: '-', left: column('a'), right: number('-1') }],
    [
      'a + b * 2',
      {
        op: '+',
        left: column('a'),
        right: { op: '*', left: column('b'), right: number('2') },
      },
    ],
    [
      "first || ' ' || last",
      {
        op: '||',
        left: { op: '||', left: column('first'), right: text(' ') },
        right: column('last'),
      },
    ],
    ['Round(a, 2)', { op: 'call', name: 'round', of: [column('a'), number('2')] }],
    ['cast(a as decimal( 12, 2 ))', { op: 'cast', of: column('a'), to: 'decimal(12,2)' }],
    [
      "try_cast(a as 'timestamp(us, Europe/Berlin)')",
      { op: 'cast', of: column('a'), to: 'timestamp(us, Europe/Berlin)', onMisfit: 'null' },
    ],
    ['cast(a as integer)', { op: 'cast', of: column('a'), to: 'int64' }],
    [
      "case when a > 1 then 'x' else null end",
      {
        op: 'case',
        when: [{ if: { op: '>', left: column('a'), right: number('1') }, then: text('x') }],
        else: { op: 'null' },
      },
    ],
    [
      "case a when 1 then 'x' end",
      { op: 'case', of: column('a'), when: [{ if: number('1'), then: text('x') }] },
    ],
    [
      'd + interval 3 days',
      { op: '+', left: column('d'), right: { op: 'interval', count: 3, unit: 'day' } },
    ],
    ['interval + 3', { op: '+', left: column('interval'), right: number('3') }],
    ['d in last 30 days', { op: 'in-last', of: column('d'), count: 30, unit: 'day' }],
    ['d in this Month', { op: 'in-period', of: column('d'), unit: 'month', offset: 0 }],
    ['d in next week', { op: 'in-period', of: column('d'), unit: 'week', offset: 1 }],
    [
      'd is not today',
      { op: 'not', of: { op: 'in-period', of: column('d'), unit: 'day', offset: 0 } },
    ],
  ])('reads %s', (source, expression) => {
    expect(parseExpression(source)).toEqual(expression);
  });

  it.each([
    ['', 1, 'the expression ends here', 'a column'],
    ['a +', 4, 'ends here', 'a number'],
    ['lower(a', 8, 'ends here', '“)”'],
    ['a b', 3, 'found b', 'an operator'],
    ['cast(a as money)', 11, 'found money', 'a type'],
    ['case when a then b', 19, 'ends here', 'end'],
    ['d in last days', 11, 'found days', 'a number'],
    ['d in last 3 apples', 13, 'found apples', 'day'],
    ['a ! b', 3, 'found !', 'a column'],
  ])('says where %j is wrong', (source, position, detail, expected) => {
    let error: unknown;
    try {
      parseExpression(source);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ExportError);
    const { code, parameters } = error as ExportError;
    expect(code).toBe('expression.syntax');
    expect(parameters['position']).toBe(position);
    expect(parameters['detail']).toContain(detail);
    expect(parameters['expected']).toContain(expected);
  });

  it('knows where its parts stood', () => {
    const sum = parseExpression('a  +  lower(b)') as Expression & { op: '+' };
    expect(positionOf(sum)).toBe(4);
    expect(positionOf(sum.left)).toBe(1);
    expect(positionOf(sum.right)).toBe(7);
  });

  it('refuses bottomless nesting with a message, not a full stack', () => {
    for (const bottomless of ['(', 'not ', '-', 'lower(', 'a + ', 'case when '])
      expect(() => parseExpression(bottomless.repeat(50_000))).toThrow(ExportError);
  });
});

export const anyRef: fc.Arbitrary<ColumnRef> = fc.oneof(
  fc.record({
    name: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        ...['a', 'not', 'ALL', '__proto__', '', 'case', 'When', 'end', 'interval', 'accents'],
        ...['contains', 'ignoring', 'from', 'to', 'last', 'today', 'as', 'starts', 'range', 'else'],
      ),
    ),
  }),
  fc.record({ name: fc.string(), nth: fc.nat(1000) }),
);
const anyFolding = fc.constantFrom<{ ignoreCase?: true; ignoreAccents?: true }>(
  {},
  { ignoreCase: true },
  { ignoreAccents: true },
  { ignoreCase: true, ignoreAccents: true },
);
const anyStep = fc.constantFrom(...TIME_STEPS);
const anyCount = fc.integer({ min: 1, max: 999_999 });

const { expression: anyExpression } = fc.letrec<{ expression: Expression }>((tie) => {
  const of = tie('expression');
  const withFolding = <T extends object>(arbitrary: fc.Arbitrary<T>) =>
    fc.tuple(arbitrary, anyFolding).map(([a, b]) => ({ ...a, ...b }));
  const conditional = fc.record(
    {
      op: fc.constant('case' as const),
      of,
      when: fc.array(fc.record({ if: of, then: of }), { minLength: 1, maxLength: 3 }),
      else: of,
    },
    { requiredKeys: ['op', 'when'] },
  );
  const c = <T extends string>(...values: T[]) => fc.constantFrom(...values);
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
      fc.record({ op: c('column'), column: anyRef }),
      fc.record({
        op: c('number'),
        value: c('0', '-0', '12', '-1.50', '.5', '1e400', '123456789012345678901234567890'),
      }),
      fc.record({ op: c('text'), value: fc.string({ unit: 'binary' }) }),
      fc.record({ op: c('bool'), value: fc.boolean() }),
      fc.record({ op: c('null') }),
      fc.record({ op: c('interval'), count: anyCount.map((n) => (n % 2 ? n : -n)), unit: anyStep }),
      fc.record({ op: c('negate', 'not', 'is-null'), of }),
      fc.record({ op: c('+', '-', '*', '/', '%', '||'), left: of, right: of }),
      withFolding(fc.record({ op: c('=', '!=', '<', '<=', '>', '>='), left: of, right: of })),
      fc.record({ op: c('and', 'or'), of: fc.array(of, { maxLength: 3 }) }),
      fc.record({ op: c('between'), of, low: of, high: of }),
      fc.record({ op: c('in-range'), of, from: of, to: of }, { requiredKeys: ['op', 'of'] }),
      withFolding(fc.record({ op: c('in'), of, values: fc.array(of, { maxLength: 3 }) })),
      withFolding(
        fc.record({
          op: c('contains', 'starts-with', 'ends-with', 'matches'),
          of,
          value: fc.oneof(fc.string().map(text), fc.record({ op: c('column'), column: anyRef })),
        }),
      ),
      fc.record({ op: c('in-last', 'in-next'), of, count: anyCount, unit: anyStep }),
      fc.record({ op: c('in-period'), of, unit: anyStep, offset: fc.constantFrom(-1, 0, 1) }),
      conditional,
      fc.record(
        {
          op: c('cast'),
          of,
          to: c(
            'utf8',
            'int64',
            'decimal(12,2)',
            'timestamp(us, Europe/Berlin)',
            'timestamp(s, +02:00)',
          ),
          onMisfit: c('null'),
        },
        { requiredKeys: ['op', 'of', 'to'] },
      ),
      fc.record({
        op: c('call'),
        name: c('lower', 'case_of', 'to', 'x'),
        of: fc.array(of, { maxLength: 3 }),
      }),
    ) as fc.Arbitrary<Expression>,
  };
});

describe('formatExpression', () => {
  it('keeps what ignores accents apart from a case behind it', () => {
    const text = '(a = b ignoring accents) and case when c then d end';
    expect(formatExpression(parseExpression(text))).toBe(text);
  });

  it.each([
    'round(price * 1.19, 2)',
    "case when a > 1 and b is not null then 'x' else upper(c) end",
    'a - (b - c)',
    '(a + b) * c - -1',
    "cast(a || 'x' as decimal(12,2))",
    'name contains lower(part) ignoring case and accents',
    'created in last 30 days or created is today',
  ])('writes %s as people would', (source) => {
    expect(formatExpression(parseExpression(source))).toBe(source);
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        expect(parseExpression(formatExpression(expression))).toEqual(expression);
      }),
      { numRuns: 3000 },
    );
  });
});
