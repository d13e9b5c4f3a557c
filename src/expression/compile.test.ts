// Tests of compiled expressions: types, exactness, nulls, folding, time, errors of rows and of compiling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import { EXPRESSION_FUNCTIONS } from '../contract/expression-functions.ts';
import { parseExpression } from '../contract/expression-text.ts';
import { isNullValue, type Batch } from '../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { cellText } from '../table/cell-text.ts';
import { parseTypeName, typeName, type DataType } from '../table/data-type.ts';
import { textBlockOf } from '../table/text-block.ts';
import { compileExpression } from './compile.ts';
import { DEFINED_FUNCTIONS } from './functions.ts';

const STARTED = Date.UTC(2026, 10, 21, 9);

const type = (name: string): DataType => parseTypeName(name)!;

function textBatch(columns: [string, string][], rows: (string | null)[][]): Batch {
  return {
    schema: schemaOf(columns.map(([name, t]) => [name, type(t)])),
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, columns.length),
  };
}

function run(text: string, batch: Batch, timeZone = 'UTC') {
  const errors: string[] = [];
  const compiled = compileExpression(parseExpression(text), batch.schema, {
    timeZone,
    startedAtMs: STARTED,
    onError: (_, row, sentence) => errors.push(`${row}: ${sentence}`),
  });
  const column = compiled.evaluate(batch);
  const shown: Batch = {
    schema: schemaOf([['x', compiled.type]]),
    rowCount: batch.rowCount,
    selection: null,
    columns: [column],
    block: null,
  };
  const values = Array.from({ length: batch.rowCount }, (_, row) =>
    compiled.type.kind === 'null' || isNullValue(column, row) ? null : cellText(shown, row, 0),
  );
  return { type: typeName(compiled.type), values, errors };
}

const one = textBatch([['one', 'int64']], [['1']]);
const valueOf = (text: string, timeZone?: string): string | null =>
  run(text, one, timeZone).values[0]!;

function failure(text: string, batch: Batch = one): ExportError {
  try {
    run(text, batch);
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the catalogue of functions', () => {
  it('has every function once, and no other', () => {
    const names = EXPRESSION_FUNCTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const own = ['if', 'coalesce', 'nullif', 'cast', 'try_cast'];
    expect(names.toSorted()).toEqual([...DEFINED_FUNCTIONS, ...own].toSorted());
  });

  it.each(EXPRESSION_FUNCTIONS.map((each) => [each.example.text, each] as const))(
    'computes %s',
    (_, { name, signature, help, example }) => {
      expect(signature.startsWith(`${name}(`)).toBe(true);
      expect(help).toMatch(/\.$/);
      expect(example.text).toContain(`${name}(`);
      const { values, errors } = run(example.text, one);
      expect(errors).toEqual([]);
      expect(values[0] ?? 'null').toBe(example.result);
    },
  );
});

const numbers = textBatch(
  [
    ['i', 'int64'],
    ['d', 'decimal(12,2)'],
    ['f', 'float64'],
    ['t', 'utf8'],
  ],
  [
    ['7', '10.50', '0.1', 'a'],
    ['-7', '-0.05', '1e3', 'B'],
    ['9007199254740993', '9999999999.99', '2.5', ''],
    [null, null, null, null],
  ],
);

describe('arithmetic', () => {
  it('is exact on integers and decimals of any size', () => {
    expect(run('i + 1', numbers)).toMatchObject({
      type: 'int64',
      values: ['8', '-6', '9007199254740994', null],
    });
    expect(run('i * d', numbers)).toMatchObject({
      type: 'decimal(31,2)',
      values: ['73.50', '0.35', '90071992547319858007452590.07', null],
    });
    expect(run('d * 1.19', numbers)).toMatchObject({ type: 'decimal(15,4)' });
    expect(run('d + 0.005', numbers).values).toEqual(['10.505', '-0.045', '9999999999.995', null]);
    expect(run('0.1 + 0.2 = 0.3', one).values).toEqual(['true']);
    expect(run('- d', numbers).values).toEqual(['-10.50', '0.05', '-9999999999.99', null]);
    expect(valueOf('12345678901234567890 + 1')).toBe('12345678901234567891');
  });

  it('divides to six digits at least, halves away from zero, and leaves the sign of the left side', () => {
    expect(valueOf('7 / 2')).toBe('3.500000');
    expect(valueOf('-1 / 3')).toBe('-0.333333');
    expect(valueOf('2 / 3')).toBe('0.666667');
    expect(valueOf('1.00000001 / 1')).toBe('1.00000001');
    expect(valueOf('-7 % 3')).toBe('-1');
    expect(valueOf('7.5 % -2')).toBe('1.5');
    expect(run('f / 0.5', numbers)).toMatchObject({
      type: 'float64',
      values: ['0.2', '2000', '5', null],
    });
  });

  it('tells of overflow and of division by zero, and gives null', () => {
    expect(run('i * i', numbers)).toMatchObject({
      values: ['49', '49', null, null],
      errors: ['2: The result is too large for int64.'],
    });
    expect(run('1 / (i - 7)', numbers).errors).toEqual(['0: Nothing can be divided by zero.']);
    expect(run('f % (i - 7)', numbers).errors).toEqual(['0: Nothing can be divided by zero.']);
    const long = '99999999999999999999999999999999999999';
    expect(run(`${long} + 1`, one)).toMatchObject({
      values: [null],
      errors: [/too large/] as never,
    });
    expect(run(`coalesce(${long} + 1, 5)`, one).values).toEqual([null]);
    // Brought to a common type they would need 48 digits.
    expect(run(`if(i = 7, ${long}, 0.0000000001)`, numbers).errors).toHaveLength(1);
    expect(run(`${long} > 0.0000000001`, one).values).toEqual(['true']);
  });

  const anyDecimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(9))
    .map(([digits, scale]) => ({ digits, scale }));
  const textOf = ({ digits, scale }: { digits: bigint; scale: number }): string => {
    const size = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
    const sign = digits < 0n ? '-' : '';
    return scale === 0 ? sign + size : `${sign}${size.slice(0, -scale)}.${size.slice(-scale)}`;
  };
  /** A text as a fraction of big integers. */
  const fraction = (text: string): [bigint, bigint] => {
    const [whole, rest = ''] = text.split('.');
    return [BigInt(whole! + rest), 10n ** BigInt(rest.length)];
  };

  it('fails where the result of two int64 is none', () => {
    for (const text of ['-2 * 4611686018427387905', '9223372036854775807 + 1'])
      expect(run(text, one).errors).toEqual(['0: The result is too large for int64.']);
  });

  it('agrees with fractions of big integers', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (x, y) => {
        const [a, b] = [textOf(x), textOf(y)];
        const [an, ad] = fraction(a);
        const [bn, bd] = fraction(b);
        const same = (text: string, n: bigint, d: bigint): void => {
          const [rn, rd] = fraction(valueOf(text)!);
          expect(rn * d).toBe(n * rd);
        };
        // Two int64 stay int64, so their result may be too large where a decimal's is not.
        const areInt64 = [x, y].every(
          ({ digits, scale }) => scale === 0 && BigInt.asIntN(64, digits) === digits,
        );
        const fits = (result: bigint): boolean =>
          areInt64
            ? BigInt.asIntN(64, result) === result
            : (result < 0n ? -result : result) < 10n ** 38n;
        const sums = [an * bd + bn * ad, an * bd - bn * ad] as const;
        if (fits(sums[0])) same(`${a} + ${b}`, sums[0], ad * bd);
        if (fits(sums[1])) same(`${a} - ${b}`, sums[1], ad * bd);
        if (fits(an * bn)) same(`${a} * ${b}`, an * bn, ad * bd);
        expect(valueOf(`${a} < ${b}`)).toBe(String(an * bd < bn * ad));
        expect(valueOf(`${a} = ${b}`)).toBe(String(an * bd === bn * ad));
        if (bn === 0n) return;
        // |a - q·b| is at most half a unit of the quotient's last digit times |b|.
        const quotient = run(`${a} / ${b}`, one);
        if (quotient.errors.length > 0) return;
        const [qn, qd] = fraction(quotient.values[0]!);
        const off = an * bd * qd - qn * bn * ad;
        expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual((bn < 0n ? -bn : bn) * ad);
      }),
      { numRuns: 300 },
    );
  });
});

describe('conditions', () => {
  const truths = textBatch(
    [
      ['a', 'bool'],
      ['b', 'bool'],
    ],
    ['true', 'false', null].flatMap((a) => ['true', 'false', null].map((b) => [a, b])),
  );
  const [T, F, U] = ['true', 'false', null];

  it.each([
    ['a and b', [T, F, U, F, F, F, U, F, U]],
    ['a or b', [T, T, T, T, F, U, T, U, U]],
    ['not a', [F, F, F, T, T, T, U, U, U]],
    ['a = b', [T, F, U, F, T, U, U, U, U]],
    ['a != b', [F, T, U, T, F, U, U, U, U]],
    ['a is null', [F, F, F, F, F, F, T, T, T]],
    ['coalesce(a, b)', [T, T, T, F, F, F, T, F, U]],
    ['a in (b)', [T, F, U, F, T, U, U, U, U]],
    ['a in (true, null)', [T, T, T, U, U, U, U, U, U]],
    ['not (a and b)', [F, T, U, T, T, T, U, T, U]],
    ['if(a, 1, 0) = 1', [T, T, T, F, F, F, F, F, F]],
    ['all()', [T, T, T, T, T, T, T, T, T]],
    ['any()', [F, F, F, F, F, F, F, F, F]],
  ])('%s follows three-valued logic', (text, expected) => {
    expect(run(text, truths).values).toEqual(expected);
  });

  it('compares across types exactly, and reads constants as what they stand beside', () => {
    expect(run("i = '9007199254740993'", numbers).values).toEqual([F, F, T, U]);
    expect(run('i > 9007199254740992.5', numbers).values).toEqual([F, F, T, U]);
    expect(run('d between -0.05 and i + 4', numbers).values).toEqual([T, F, T, U]);
    expect(run('f in (0.1, 1000)', numbers).values).toEqual([T, T, F, U]);
    expect(run("t < 'a'", numbers).values).toEqual([F, T, T, U]);
    expect(run('t in range from t to t', numbers).values).toEqual([F, F, F, U]);
    const clocks = textBatch(
      [
        ['day', 'date'],
        ['wall', 'timestamp(s)'],
        ['at', 'timestamp(ms, UTC)'],
      ],
      [['2026-03-29', '2026-03-29T00:00', '2026-03-28T23:00Z']],
    );
    expect(run('day = wall', clocks).values).toEqual([T]);
    expect(run('day = at', clocks, 'Europe/Berlin').values).toEqual([T]);
    expect(run("at = '2026-03-29'", clocks, 'Europe/Berlin').values).toEqual([T]);
    expect(run("at > '2026-03-28T22:59:59.999999999Z'", clocks).values).toEqual([T]);
    expect(failure('wall < at', clocks).message).toContain('cannot stand beside');
    expect(failure("wall < '2026-03-29T00:00Z'", clocks).message).toContain('is not of type');
  });

  it('folds case and accents', () => {
    const texts = textBatch([['t', 'utf8']], [['Café'], ['CAFE'], ['cafe\u0301'], ['Øre']]);
    expect(run("t = 'cafe' ignoring case and accents", texts).values).toEqual([T, T, T, F]);
    expect(run("t = 'Cafe' ignoring accents", texts).values).toEqual([T, F, F, F]);
    expect(run("t starts with 'CAFÉ' ignoring case", texts).values).toEqual([T, F, F, F]);
    expect(run("t contains lower('FE') ignoring accents", texts).values).toEqual([T, F, T, F]);
    expect(run("t in ('ØRE', 'x') ignoring case", texts).values).toEqual([F, F, F, T]);
    expect(run("t matches '^cafe$' ignoring case and accents", texts).values).toEqual([T, T, T, F]);
    expect(failure('one = 1 ignoring case').code).toBe('expression.wrong-type');
  });

  it('looks only where it must', () => {
    const batch = textBatch(
      [
        ['a', 'int64'],
        ['b', 'int64'],
      ],
      [
        ['0', 'x'],
        ['2', '4'],
      ],
    );
    expect(run('a != 0 and b / a > 1', batch)).toMatchObject({ values: [F, T], errors: [] });
    expect(run('if(a = 0, null, b / a)', batch).values).toEqual([null, '2.000000']);
    expect(run('case a when 0 then -1 else b end', batch).values).toEqual(['-1', '4']);
    expect(run('coalesce(nullif(a, 0), 9)', batch).values).toEqual(['9', '2']);
    expect(run('b is null', batch).values).toEqual([F, F]);
    expect(() => run('b + 1', batch)).toThrow(
      '“x” on line 1 is not of type int64, which the step needs of column “b”.',
    );
  });

  it('knows now by the clock of the run and the calendar of the zone', () => {
    const days = textBatch(
      [['d', 'date']],
      [
        ['2026-10-31'],
        ['2026-11-01'],
        ['2026-11-14'],
        ['2026-11-15'],
        ['2026-11-21'],
        ['2026-11-22'],
      ],
    );
    const kept = (text: string, zone?: string) =>
      run(text, days, zone).values.flatMap((value, i) => (value === 'true' ? [i] : []));
    expect(kept('d in last 7 days')).toEqual([3, 4]);
    expect(kept('d in last 21 days')).toEqual([1, 2, 3, 4]);
    expect(kept('d in last 1 month')).toEqual([0, 1, 2, 3, 4]);
    expect(kept('d in next 1 day')).toEqual([5]);
    expect(kept('d is today')).toEqual([4]);
    expect(kept('d is today', 'Pacific/Kiritimati')).toEqual([4]);
    expect(kept('d is tomorrow')).toEqual([5]);
    expect(kept('d in this week')).toEqual([4, 5]);
    expect(kept('d in this month')).toEqual([1, 2, 3, 4, 5]);
    expect(kept('d in previous month')).toEqual([0]);
    expect(kept('d >= today() - interval 7 days and d < today()')).toEqual([2, 3]);
    const instants = textBatch(
      [['t', 'timestamp(s, UTC)']],
      [
        ['2026-11-20T22:59:59Z'],
        ['2026-11-20T23:00:00Z'],
        ['2026-11-21T09:00:00Z'],
        ['2026-11-21T09:00:01Z'],
      ],
    );
    const of = (text: string, zone: string) => run(text, instants, zone).values;
    expect(of('t is today', 'Europe/Berlin')).toEqual([F, T, T, T]);
    expect(of('t in last 10 hours', 'Europe/Berlin')).toEqual([F, F, T, F]);
    expect(of('t in last 1 day', 'Europe/Berlin')).toEqual([T, T, T, F]);
    expect(failure('d in last 3 hours', days).message).toContain('A date has no hours');
  });
});

describe('time', () => {
  it('goes by the wall clock for days, by elapsed time for hours', () => {
    // The clock of Berlin went back an hour on 25 October 2026.
    const at = textBatch([['t', 'timestamp(s, Europe/Berlin)']], [['2026-10-24T12:00+02:00']]);
    expect(run('t + interval 1 day', at).values).toEqual(['2026-10-25T12:00:00+01:00']);
    expect(run('t + interval 24 hours', at).values).toEqual(['2026-10-25T11:00:00+01:00']);
    expect(run("date_trunc('day', t)", at).values).toEqual(['2026-10-24T00:00:00+02:00']);
    const twice = textBatch(
      [['t', 'timestamp(s, UTC)']],
      [['2026-10-25T00:30Z'], ['2026-10-25T01:30Z']],
    );
    expect(run("date_trunc('hour', t)", twice, 'Europe/Berlin').values).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00Z',
    ]);
    expect(run('hour(t)', twice, 'Europe/Berlin').values).toEqual(['2', '2']);
    expect(run("date_trunc('month', t)", twice, 'Europe/Berlin').values[0]).toBe(
      '2026-09-30T22:00:00Z',
    );
    expect(run("format(t, 'HH:mm XXX')", twice, 'Europe/Berlin').values).toEqual([
      '02:30 +02:00',
      '02:30 +01:00',
    ]);
    expect(run("date_diff('day', '2026-10-24', t)", twice, 'Europe/Berlin').values).toEqual([
      '1',
      '1',
    ]);
  });

  it('keeps months within months, and weeks from Monday', () => {
    expect(valueOf("cast('2024-01-31' as date) + interval 1 month")).toBe('2024-02-29');
    expect(valueOf("cast('2024-02-29' as date) - interval 1 year")).toBe('2023-02-28');
    expect(valueOf("cast('2026-11-22' as date) - cast('2026-11-01' as date)")).toBe('21');
    expect(valueOf("date_trunc('week', '2026-11-22')")).toBe('2026-11-16');
    expect(valueOf("date_bucket('2026-11-22', 2, 'month')")).toBe('2026-11-01');
    expect(valueOf("week('2027-01-01')")).toBe('53');
    expect(valueOf("date_diff('month', '2026-03-31', '2026-02-28')")).toBe('-1');
    expect(valueOf("date_diff('year', '2024-02-29', '2025-02-28')")).toBe('1');
    expect(valueOf("year(cast('1969-12-31T23:59:59.999' as timestamp(ms)))")).toBe('1969');
  });

  it('reads and writes patterns of three token sets', () => {
    expect(valueOf("parse_date('21/11/26', 'dd/MM/yy')")).toBe('2026-11-21');
    expect(valueOf("parse_date('2026-11-21', '%Y-%m-%d')")).toBe('2026-11-21');
    expect(valueOf("parse_date('21.11.2026', 'DD.MM.YYYY', 'moment')")).toBe('2026-11-21');
    expect(run("parse_date('31.02.2026', 'dd.MM.yyyy')", one).errors).toHaveLength(1);
    expect(failure("parse_date('x', 'HH:mm')").message).toContain('it says no date');
    expect(failure("format(today(), 'QQQQQQ')").code).toBe('expression.wrong-type');
  });
});

describe('casts', () => {
  it.each<[string, string | null]>([
    ["cast('007' as int64)", '7'],
    ['cast(2.5 as int64)', '3'],
    ['cast(-2.5 as int64)', '-3'],
    ['cast(1e2 as decimal(5,1))', '100.0'],
    ["cast('2026-11-21' as date)", '2026-11-21'],
    ["cast('2026-11-21T10:00+02:00' as timestamp(s, UTC))", '2026-11-21T08:00:00Z'],
    ["cast('2026-11-21T10:00' as 'timestamp(s, Asia/Tokyo)')", '2026-11-21T10:00:00+09:00'],
    ['cast(now() as date)', '2026-11-21'],
    ['cast(now() as time(s))', '09:00:00'],
    ["cast(cast('2026-11-21' as date) as timestamp(ms))", '2026-11-21T00:00:00.000'],
    ['cast(1 as bool)', 'true'],
    ['cast(true as int8)', '1'],
    ['cast(1.10 as text)', '1.10'],
    ['cast(12 as float64) / 5', '2.4'],
    ['cast(0.1 as float32) = 0.1', 'false'],
    ['cast(null as date)', null],
    ["try_cast('12,5' as decimal(5,2))", null],
    ['try_cast(300 as int8)', null],
  ])('%s', (text, expected) => {
    expect(run(text, one)).toMatchObject({ values: [expected], errors: [] });
  });

  it('tells what does not fit', () => {
    expect(run("cast('12,5' as decimal(5,2))", one).errors).toEqual([
      '0: “12,5” is not of type decimal(5,2).',
    ]);
    expect(run('cast(i as int32)', numbers).errors).toHaveLength(1);
    expect(run('cast(d as decimal(4,2))', numbers).errors).toHaveLength(1);
    // The value of a tried cast is no less told.
    expect(run('try_cast(1 / 0 as int8)', one).errors).toEqual([
      '0: Nothing can be divided by zero.',
    ]);
    expect(failure('cast(true as date)').message).toContain('cannot become date');
  });
});

describe('functions on texts and numbers', () => {
  it.each([
    ["substr('a😀b', 2, 1)", '😀'],
    ["substr('abc', -2)", 'bc'],
    ["left('abc', -5)", ''],
    ["right('a😀', 1)", '😀'],
    ["pad_start('abc', 2)", 'abc'],
    ["split_part('a', ',', 2)", null],
    ["regex_extract('k=v', '(\\w)=(\\w)', 2)", 'v'],
    ["replace('a$&b', '$', '$$')", 'a$$&b'],
    ["position('😀x', 'x')", '2'],
    ['round(-0.5)', '-1'],
    ['round_even(0.5)', '0'],
    ['round(1.005 * 100)', '101'],
    ['round(cast(1.005 as float64), 2)', '1.01'],
    ['round(1250, -2)', '1300'],
    ['floor(-7 / 2)', '-4'],
    ['ceil(cast(1.2 as float64))', '2'],
    ['mod(7, -3)', '-2'],
    ['greatest(1, 2.5, null)', '2.5'],
    ["least('b', 'a')", 'a'],
    ['abs(-9007199254740993)', '9007199254740993'],
    ["concat(1.50, '/', true, null)", '1.50/true'],
    ['1.50 || null', null],
  ])('%s', (text, expected) => {
    expect(run(text, one)).toMatchObject({ values: [expected], errors: [] });
  });
});

describe('compiling', () => {
  it.each([
    ['lower(one)', 'expression.wrong-type', 7],
    ["'a' + 1", 'expression.wrong-type', 1],
    ['one and true', 'expression.wrong-type', 1],
    ['if(one = 1, 1, today())', 'expression.wrong-type', 16],
    ['round(1.5, one)', 'expression.wrong-type', 12],
    ['left(1)', 'expression.wrong-type', 1],
    ["date_trunc('moth', today())", 'expression.wrong-type', 12],
    ["to_zone(now(), 'Mars/Base')", 'expression.wrong-type', 16],
    ['  uper(one)', 'expression.unknown-function', 3],
    ['interval 3 days', 'expression.wrong-type', 1],
    ["'x' matches '('", 'filter.wrong-pattern', undefined],
    ['two', 'config.unknown-column', undefined],
  ])('refuses %s', (text, code, position) => {
    const error = failure(text);
    expect(error.code).toBe(code);
    expect(error.parameters['position']).toBe(position);
    expect(error.message).not.toContain('{');
    expect(error.hint).not.toContain('{');
  });

  it('bears the deepest expressions that can be written', () => {
    expect(valueOf(`1${' + 1'.repeat(1000)}`)).toBe('1001');
    const deep = `${'abs('.repeat(190)}1${' + 1'.repeat(1000)}${')'.repeat(190)}`;
    expect(valueOf(deep)).toBe('1001');
  });

  it('takes typed columns, dictionaries and any selection, and writes nothing', () => {
    const schema = schemaOf([
      ['n', type('int64')],
      ['d', type('decimal(30,3)')],
      ['b', type('bool')],
    ]);
    const rows: Value[][] = [
      [2n ** 62n, 10n ** 29n, true],
      [-(2n ** 53n), -1n, false],
      [null, null, null],
      [-5n, 1500n, true],
    ];
    const batch = { ...batchOf(schema, rows), selection: Uint32Array.of(1, 3) };
    expect(run('n', batch).values).toEqual([null, '-9007199254740992', null, '-5']);
    const whole = batchOf(schema, rows);
    expect(run('n', whole).values).toEqual([
      '4611686018427387904',
      '-9007199254740992',
      null,
      '-5',
    ]);
    expect(run('d + 1', whole).values).toEqual([
      '100000000000000000000000001.000',
      '0.999',
      null,
      '2.500',
    ]);
    expect(run('not b', whole).values).toEqual(['false', 'true', null, 'false']);
  });
});
