// Tests of the filter step: meanings, constants, misfits, and a row-by-row oracle over both storages.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { expressionOfFilter } from '../../contract/filter-text.ts';
import type { Comparison, FilterExpression } from '../../contract/filter.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { parseTypeName, type DataType } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { open } from './apply.ts';
import { filterOptions } from './options.ts';
import { transformContext } from '../transform.suite.ts';

const type = (name: string): DataType => parseTypeName(name)!;

function textBatch(
  columns: [string, string][],
  rows: (string | null)[][],
  quoteAll = false,
): Batch {
  return {
    schema: schemaOf(columns.map(([name, t]) => [name, type(t)])),
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, columns.length, { quoteAll }),
  };
}

async function keptRows(batch: Batch, where: unknown, timeZone = 'UTC'): Promise<number[]> {
  const parsed = filterOptions.parse({ where });
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const transform = open(transformContext(parsed.value, batch.schema, { timeZone }));
  const kept: number[] = [];
  const input = (async function* () {
    yield batch;
  })();
  for await (const out of transform.apply(input))
    for (let i = 0; i < selectedCount(out); i++) kept.push(selectedRow(out, i));
  return kept;
}

async function failure(batch: Batch, where: unknown): Promise<ExportError> {
  try {
    await keptRows(batch, where);
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Which of the values of one text column of a type pass. */
async function passing(typeText: string, values: (string | null)[], where: string, zone?: string) {
  const kept = await keptRows(
    textBatch(
      [['x', typeText]],
      values.map((v) => [v]),
    ),
    where,
    zone,
  );
  return kept.map((row) => values[row]);
}

describe('meanings', () => {
  it('never lets a comparison with null be true or false', async () => {
    const values = ['a', null, '', 'b'];
    expect(await passing('utf8', values, "x = 'a'")).toEqual(['a']);
    expect(await passing('utf8', values, "x != 'a'")).toEqual(['', 'b']);
    expect(await passing('utf8', values, "not (x = 'a')")).toEqual(['', 'b']);
    expect(await passing('utf8', values, "not (x = 'a' and x is null)")).toEqual(['a', '', 'b']);
    expect(await passing('utf8', values, "x = 'a' or x is null")).toEqual(['a', null]);
    expect(await passing('utf8', values, "x not in ('a')")).toEqual(['', 'b']);
    expect(await passing('utf8', values, 'x in ()')).toEqual([]);
    expect(await passing('utf8', values, 'x is not null')).toEqual(['a', '', 'b']);
    expect(await passing('utf8', values, "x = ''")).toEqual(['']);
    expect(await passing('utf8', values, 'all()')).toEqual(values);
    expect(await passing('utf8', values, 'any()')).toEqual([]);
    expect(await passing('utf8', values, '  ')).toEqual(values);
  });

  it('compares text by code point', async () => {
    const values = ['Z', 'a', 'ä', '\u{ffee}', '😀', 'ab'];
    expect(await passing('utf8', values, "x > 'a'")).toEqual(['ä', '\u{ffee}', '😀', 'ab']);
    expect(await passing('utf8', values, "x >= '😀'")).toEqual(['😀']);
    expect(await passing('utf8', values, "x between 'a' and 'ab'")).toEqual(['a', 'ab']);
    expect(await passing('utf8', values, "x in range from 'a' to 'ab'")).toEqual(['a']);
  });

  it('folds case code point by code point', async () => {
    const values = ['ÄPFEL', 'äpfel', 'Straße', 'STRASSE', 'ΣΑΣ', 'σας', 'K'];
    expect(await passing('utf8', values, "x = 'Äpfel' ignoring case")).toEqual(['ÄPFEL', 'äpfel']);
    expect(await passing('utf8', values, "x = 'strasse' ignoring case")).toEqual(['STRASSE']);
    expect(await passing('utf8', values, "x = 'σασ' ignoring case")).toEqual(['ΣΑΣ']);
    expect(await passing('utf8', values, "x = 'k' ignoring case")).toEqual(['K']);
    expect(await passing('utf8', values, "x contains 'RA' ignoring case")).toEqual([
      'Straße',
      'STRASSE',
    ]);
    expect(await passing('utf8', values, "x in ('STRAßE', 'k') ignoring case")).toEqual([
      'Straße',
      'K',
    ]);
    expect(await passing('utf8', values, "x matches '^ä' ignoring case")).toEqual([
      'ÄPFEL',
      'äpfel',
    ]);
  });

  it('looks into quoted fields', async () => {
    const values = ['say "hi"', 'a,b', 'two\nlines', '"', ''];
    expect(await passing('utf8', values, `x = 'say "hi"'`)).toEqual(['say "hi"']);
    expect(await passing('utf8', values, `x starts with '"'`)).toEqual(['"']);
    expect(await passing('utf8', values, `x ends with '"'`)).toEqual(['say "hi"', '"']);
    expect(await passing('utf8', values, `x contains ''`)).toEqual(values);
    expect(await passing('utf8', values, `x matches '^l'`)).toEqual([]);
    expect(await passing('utf8', values, `x matches '(?m)^l'`)).toEqual(['two\nlines']);
    expect(await passing('utf8', values, `x matches ','`)).toEqual(['a,b']);
  });

  it('compares integers and decimals exactly', async () => {
    const big = ['9007199254740992', '9007199254740993', '-9007199254740993', '7', '007', '-0'];
    expect(await passing('int64', big, 'x = 9007199254740993')).toEqual(['9007199254740993']);
    expect(await passing('int64', big, 'x < 9007199254740993')).toEqual(
      big.filter((_, i) => i !== 1),
    );
    expect(await passing('int64', big, "x in (7, '9007199254740993')")).toEqual([
      '9007199254740993',
      '7',
      '007',
    ]);
    expect(await passing('int64', big, 'x = 0')).toEqual(['-0']);
    expect(await passing('int64', ['1', '2', '3'], 'x > 1.5')).toEqual(['2', '3']);
    expect(await passing('int64', ['1', '2', '3'], 'x <= 2.5')).toEqual(['1', '2']);
    expect(await passing('int64', ['-1', '-2', '-3'], 'x < -1.5')).toEqual(['-2', '-3']);
    expect(await passing('int64', ['1', '2'], 'x = 1.5')).toEqual([]);
    expect(await passing('int64', ['1', '2'], 'x != 1.5')).toEqual(['1', '2']);
    const money = ['0.1', '0.10', '0.3', '12345678901234567.89', '-.5', '5.'];
    expect(await passing('decimal(19,2)', money, 'x = 0.1')).toEqual(['0.1', '0.10']);
    expect(await passing('decimal(19,2)', money, 'x > 12345678901234567.88')).toEqual([
      '12345678901234567.89',
    ]);
    expect(await passing('decimal(19,2)', money, 'x <= -5e-1')).toEqual(['-.5']);
    expect(await passing('decimal(19,2)', money, 'x = 5')).toEqual(['5.']);
    expect(await passing('uint64', ['18446744073709551615', '1'], 'x > 1')).toEqual([
      '18446744073709551615',
    ]);
  });

  it('puts NaN last and lets it equal itself', async () => {
    const batch = batchOf(schemaOf([['x', type('float64')]]), [
      [NaN],
      [1],
      [Infinity],
      [-0],
      [null],
    ]);
    expect(await keptRows(batch, "x = 'NaN'")).toEqual([0]);
    expect(await keptRows(batch, "x != 'NaN'")).toEqual([1, 2, 3]);
    expect(await keptRows(batch, 'x > 1')).toEqual([0, 2]);
    expect(await keptRows(batch, "x >= 'Infinity'")).toEqual([0, 2]);
    expect(await keptRows(batch, "x < 'NaN'")).toEqual([1, 2, 3]);
    expect(await keptRows(batch, "x <= 'NaN'")).toEqual([0, 1, 2, 3]);
    expect(await keptRows(batch, 'x = 0')).toEqual([3]);
    expect(await keptRows(batch, "x in ('NaN', 1)")).toEqual([0, 1]);
    expect(await keptRows(batch, "x between 0 and 'NaN'")).toEqual([0, 1, 2, 3]);
  });

  it('compares dates, times and booleans', async () => {
    const days = ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'];
    expect(await passing('date', days, "x in range from '2026-11-01' to '2026-12-01'")).toEqual([
      '2026-11-01',
      '2026-11-30',
    ]);
    expect(await passing('date', days, "x between '2026-11-01' and '2026-12-01'")).toHaveLength(3);
    expect(await passing('bool', ['true', 'FALSE', null], 'x = true')).toEqual(['true']);
    expect(await passing('bool', ['true', 'FALSE', null], "x != 'true'")).toEqual(['FALSE']);
    expect(await passing('time(ms)', ['08:00', '08:00:00.250', '09:00'], "x > '08:00'")).toEqual([
      '08:00:00.250',
      '09:00',
    ]);
  });

  it('compares wall clocks as such and instants as instants', async () => {
    const wall = ['2026-11-01T00:00', '2026-10-31 23:59:59.999', '2026-11-01T00:00:00.000001'];
    expect(await passing('timestamp(us)', wall, "x >= '2026-11-01'", 'Europe/Berlin')).toEqual([
      wall[0],
      wall[2],
    ]);
    const instants = ['2026-07-01T00:00Z', '2026-07-01T00:00+02:00', '2026-06-30T22:00:00.5Z'];
    expect(await passing('timestamp(ms, UTC)', instants, "x = '2026-06-30T22:00Z'")).toEqual([
      instants[1],
    ]);
    expect(await passing('timestamp(ms, UTC)', instants, "x = '2026-07-01'")).toEqual([
      instants[0],
    ]);
    // 2026-07-01 begins in Berlin two hours earlier.
    expect(
      await passing('timestamp(ms, UTC)', instants, "x = '2026-07-01'", 'Europe/Berlin'),
    ).toEqual([instants[1]]);
    const nanos = ['2026-07-01T00:00:00.000000001Z', '2026-07-01T00:00:00.000000002Z'];
    expect(
      await passing('timestamp(ns, UTC)', nanos, "x > '2026-07-01T00:00:00.000000001Z'"),
    ).toEqual([nanos[1]]);
    // A clock that is shown twice means the first time, one that is skipped goes on as before.
    const turns = ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-03-29T01:30Z'];
    const berlin = (clock: string) =>
      passing('timestamp(s, UTC)', turns, `x = '${clock}'`, 'Europe/Berlin');
    expect(await berlin('2026-10-25T02:30')).toEqual([turns[0]]);
    expect(await berlin('2026-03-29T02:30')).toEqual([turns[2]]);
  });

  it('takes the first of repeated names, or the one that is named', async () => {
    const batch = textBatch(
      [
        ['a', 'utf8'],
        ['a', 'utf8'],
        ['__proto__', 'utf8'],
      ],
      [['1', '2', '3']],
    );
    expect(await keptRows(batch, "a = '1'")).toEqual([0]);
    expect(await keptRows(batch, "a#2 = '2' and __proto__ = '3'")).toEqual([0]);
    expect((await failure(batch, 'a#3 is null')).code).toBe('config.unknown-column');
  });

  it('asks each entry of a dictionary once', async () => {
    const values = batchOf(schemaOf([['x', type('utf8')]]), [['red'], ['green'], [null]])
      .columns[0]!;
    if (values.storage !== 'typed') throw new Error('typed expected');
    const dictionary: DataType = { kind: 'dictionary', index: 8, value: type('utf8') };
    const batch: Batch = {
      schema: schemaOf([['x', dictionary]]),
      rowCount: 5,
      selection: null,
      block: null,
      columns: [
        {
          storage: 'typed',
          type: dictionary,
          length: 5,
          validity: Uint8Array.of(0b01111),
          values: Int8Array.of(0, 1, 2, 0, 0),
          offsets: null,
          bytes: null,
          children: [],
          dictionary: values,
        },
      ],
    };
    expect(await keptRows(batch, "x = 'red'")).toEqual([0, 3]);
    expect(await keptRows(batch, "x != 'red'")).toEqual([1]);
    expect(await keptRows(batch, 'x is null')).toEqual([2, 4]);
  });
});

describe('conditions between columns, and relative to the run', () => {
  const shipments = textBatch(
    [
      ['ordered', 'date'],
      ['shipped', 'date'],
      ['who', 'utf8'],
    ],
    [
      ['2026-11-01', '2026-11-02', 'Zoë'],
      ['2026-10-31', '2026-11-09', 'ZOE'],
      ['2026-10-01', null, 'zoë'],
      ['2026-09-30', '2026-09-30', 'Noé'],
    ],
  );

  it.each<[string, number[]]>([
    ['shipped > ordered', [0, 1]],
    ['not (shipped > ordered)', [3]],
    ['shipped > ordered + interval 3 days', [1]],
    ['shipped > ordered and ordered is today', [0]],
    ['shipped is null or shipped = ordered', [2, 3]],
    ['ordered in last 31 days', [0, 1]],
    ['ordered in last 1 month', [0, 1]],
    ['not (ordered in last 1 month)', [2, 3]],
    ['ordered in this month', [0]],
    ['shipped in next 8 days', [0, 1]],
    ['ordered in previous month', [1, 2]],
    ['ordered is yesterday', [1]],
    ['shipped is not today', [0, 1, 3]],
    ["who = 'zoe' ignoring case and accents", [0, 1, 2]],
    ["who = 'Zoe' ignoring accents", [0]],
    ["who != 'zoë' ignoring case", [1, 3]],
    ["who in ('zoe', 'noe') ignoring accents and case", [0, 1, 2, 3]],
    ["who ends with 'ZOE' ignoring accents", [1]],
    ["who matches '^zoë$' ignoring case and accents", [0, 1, 2]],
    ["lower(who) = 'zoë'", [0, 2]],
    ["starts_with(who, left(who, 1)) and who < 'a'", [0, 1, 3]],
    ["case when shipped is null then ordered else shipped end < '2026-10-05'", [2, 3]],
  ])('%s', async (where, kept) => {
    expect(await keptRows(shipments, where)).toEqual(kept);
  });

  it('refuses what is no condition, and fails where one cannot be computed', async () => {
    expect((await failure(shipments, 'lower(who)')).message).toContain('A condition is needed');
    expect((await failure(shipments, 'who in this month')).code).toBe('config.conflict');
    expect((await failure(shipments, 'ordered in last 3 hours')).hint).toContain('no hours');
    expect((await failure(shipments, "ordered = '2026-11-01' ignoring accents")).message).toContain(
      '“ignoring accents” cannot be asked',
    );
    expect((await failure(shipments, '1 / (day(ordered) - 1) > 0')).message).toBe(
      'Nothing can be divided by zero. (line 1)',
    );
  });
});

describe('mistakes', () => {
  it.each([
    ['int64', "x = 'abc'", 'filter.wrong-value'],
    ['int64', 'x = true', 'filter.wrong-value'],
    ['int64', "x = ''", 'filter.wrong-value'],
    ['int64', "x = '.'", 'filter.wrong-value'],
    ['float64', "x = 'abc'", 'filter.wrong-value'],
    ['bool', 'x = 1', 'filter.wrong-value'],
    ['date', "x = '2026-02-30'", 'filter.wrong-value'],
    ['date', 'x = 20260101', 'filter.wrong-value'],
    ['timestamp(us)', "x = 'noon'", 'filter.wrong-value'],
    ['timestamp(us)', "x = '2026-01-01T00:00Z'", 'config.conflict'],
    ['time(s)', "x = '25:00'", 'filter.wrong-value'],
    ['utf8', 'x = 5', 'filter.wrong-value'],
    ['utf8', "x matches 'a('", 'filter.wrong-pattern'],
    ['utf8', "x matches '(?=a)'", 'filter.wrong-pattern'],
    ['utf8', 'y is null', 'config.unknown-column'],
    ['utf8', 'x = ', 'filter.syntax'],
    ['int64', "x contains '1'", 'config.conflict'],
    ['int64', 'x = 1 ignoring case', 'config.conflict'],
    ['binary', "x = 'a'", 'config.conflict'],
  ])('of a %s: %s → %s', async (typeText, where, code) => {
    expect((await failure(textBatch([['x', typeText]], []), where)).code).toBe(code);
  });

  it('does not trust a number that JSON rounded', async () => {
    const where = { op: '=', column: 'x', value: 2 ** 53 };
    expect((await failure(textBatch([['x', 'int64']], []), where)).message).toContain('2^53');
  });

  it.each([
    ['int64', '12a'],
    ['int64', '1.0'],
    ['int64', '9223372036854775808'],
    ['int8', '128'],
    ['uint8', '-1'],
    ['int64', '-'],
    ['decimal(4,2)', '1.234'],
    ['decimal(4,2)', '100.00'],
    ['decimal(20,2)', '1234567890123456789'],
    ['decimal(4,2)', '.'],
    ['float64', 'one'],
    ['bool', 'yes'],
    ['date', '2026-2-1'],
    ['timestamp(ms)', '2026-02-01T00:00Z'],
    ['timestamp(ms)', '2026-02-01T00:00:00.0001'],
    ['timestamp(ms, UTC)', '2026-02-01T00:00'],
    ['null', 'something'],
  ])('fails with line and column for the %s %s', async (typeText, value) => {
    const constant: Record<string, string> = { bool: 'true', date: '2026-01-01', time: '00:00' };
    const kind = type(typeText).kind;
    const given = kind === 'timestamp' ? '2026-01-01' : (constant[kind] ?? '1');
    const batch = textBatch(
      [
        ['a', 'utf8'],
        ['x', typeText],
      ],
      [
        ['two\nlines', null],
        ['b', value],
      ],
    );
    const error = await failure(batch, { op: '=', column: 'x', value: given });
    expect(error.code).toBe('step.misfit');
    expect(error.parameters).toEqual({ value, line: 3, type: typeText, column: 'x' });
  });

  it('looks at a value only when what stands before it leaves the row open', async () => {
    const batch = textBatch(
      [
        ['s', 'utf8'],
        ['n', 'int64'],
      ],
      [
        ['a', 'x'],
        ['b', '5'],
      ],
    );
    expect(await keptRows(batch, "s = 'b' and n > 1")).toEqual([1]);
    expect(await keptRows(batch, "s = 'a' or n > 1")).toEqual([0, 1]);
  });

  it('names the place of a wrong tree, and refuses bottomless ones', () => {
    expect(filterOptions.parse({ where: { op: 'and', of: [{ op: 'nor' }] } }).issues).toBeDefined();
    expect(filterOptions.parse({ where: { op: '=', column: 'x' } }).issues).toBeDefined();
    let deep: unknown = { op: 'is-null', column: 'x' };
    for (let i = 0; i < 5000; i++) deep = { op: 'not', of: deep };
    expect(filterOptions.parse({ where: deep }).issues?.[0]?.sentence).toContain('500 levels');
  });
});

// ---------------------------------------------------------------- the oracle

interface Kind {
  type: string;
  /** Values with their text, in ascending order. */
  values: [Value, string][];
  /** Whether text tests can be asked. */
  op?: 'text';
}

const KINDS: Kind[] = [
  {
    type: 'utf8',
    op: 'text',
    values: ['', 'A', 'a', 'a"b', 'ab', 'b,c', 'é', '😀'].map((v) => [v, v]),
  },
  {
    type: 'int64',
    values: [
      -(2n ** 63n),
      -(2n ** 53n) - 1n,
      -(2n ** 53n),
      -7n,
      0n,
      7n,
      2n ** 53n,
      2n ** 53n + 1n,
      2n ** 63n - 1n,
    ].map((v) => [v, String(v)]),
  },
  { type: 'uint64', values: [0n, 5n, 2n ** 53n + 1n, 2n ** 64n - 1n].map((v) => [v, String(v)]) },
  { type: 'int16', values: [-300, -1, 0, 12].map((v) => [v, String(v)]) },
  {
    type: 'decimal(38,3)',
    values: [
      [-(10n ** 37n), '-10000000000000000000000000000000000'],
      [-1500n, '-1.5'],
      [1n, '0.001'],
      [100n, '0.1'],
      [2n ** 63n + 1n, '9223372036854775.809'],
      [10n ** 37n + 1n, '10000000000000000000000000000000000.001'],
    ],
  },
  {
    type: 'float64',
    values: [-1e300, -0.1, 0, 0.1, 0.30000000000000004, 1e21].map((v) => [v, String(v)]),
  },
  { type: 'float32', values: [-1.5, Math.fround(0.1), 3].map((v) => [v, String(v)]) },
  {
    type: 'bool',
    values: [
      [false, 'false'],
      [true, 'true'],
    ],
  },
  {
    type: 'date',
    values: [
      [-1, '1969-12-31'],
      [0, '1970-01-01'],
      [20758, '2026-11-01'],
    ],
  },
  {
    type: 'time(us)',
    values: [
      [0n, '00:00'],
      [1n, '00:00:00.000001'],
      [86399999999n, '23:59:59.999999'],
    ],
  },
  {
    type: 'timestamp(ms)',
    values: [
      [-1n, '1969-12-31T23:59:59.999'],
      [0n, '1970-01-01 00:00'],
      [1n, '1970-01-01T00:00:00.001'],
    ],
  },
  {
    type: 'timestamp(ns, UTC)',
    values: [
      [-1n, '1969-12-31T23:59:59.999999999Z'],
      [1793491200000000001n, '2026-11-01T00:00:00.000000001Z'],
      [1793491200000000002n, '2026-11-01T01:00:00.000000002+01:00'],
    ],
  },
];

type Truth = boolean | null;

/** A cell or constant is the position of its value in its kind's list, so that comparing needs no second reading. */
interface Test {
  op:
    | Comparison
    | 'between'
    | 'in-range'
    | 'in'
    | 'is-null'
    | 'contains'
    | 'starts-with'
    | 'ends-with';
  column: number;
  constants: number[];
}
type Tree = { test: Test } | { op: 'and' | 'or'; of: Tree[] } | { not: Tree };

function compare(op: Comparison, a: number, b: number): boolean {
  switch (op) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

function truth(tree: Tree, row: (number | null)[], kinds: Kind[]): Truth {
  if ('not' in tree) {
    const inner = truth(tree.not, row, kinds);
    return inner === null ? null : !inner;
  }
  if ('of' in tree) {
    const parts = tree.of.map((part) => truth(part, row, kinds));
    const decisive = tree.op === 'or';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(null) ? null : !decisive;
  }
  const { op, column, constants } = tree.test;
  const cell = row[column]!;
  if (op === 'is-null') return cell === null;
  if (cell === null) return null;
  const [a, b] = constants as [number, number];
  const text = (i: number): string => kinds[column]!.values[i]![1];
  switch (op) {
    case 'between':
      return a <= cell && cell <= b;
    case 'in-range':
      return a <= cell && cell < b;
    case 'in':
      return constants.includes(cell);
    case 'contains':
      return text(cell).includes(text(a));
    case 'starts-with':
      return text(cell).startsWith(text(a));
    case 'ends-with':
      return text(cell).endsWith(text(a));
    default:
      return compare(op, cell, a);
  }
}

function expressionOf(tree: Tree, kinds: Kind[], names: string[]): FilterExpression {
  if ('not' in tree) return { op: 'not', of: expressionOf(tree.not, kinds, names) };
  if ('of' in tree) return { op: tree.op, of: tree.of.map((t) => expressionOf(t, kinds, names)) };
  const { op, column: at, constants } = tree.test;
  const name = names[at]!;
  const column = { name, nth: names.slice(0, at).filter((n) => n === name).length };
  const [a, b, ...rest] = constants.map((i) => kinds[at]!.values[i]![1]) as [string, string];
  switch (op) {
    case 'is-null':
      return { op, column };
    case 'between':
      return { op, column, low: a, high: b };
    case 'in-range':
      return { op, column, from: a, to: b };
    case 'in':
      return { op, column, values: [a, b, ...rest] };
    default:
      return { op, column, value: a };
  }
}

const anyCase = fc
  .array(fc.nat(KINDS.length - 1), { minLength: 1, maxLength: 4 })
  .chain((kindNumbers) => {
    const kinds = kindNumbers.map((k) => KINDS[k]!);
    const anyTest = fc.nat(kinds.length - 1).chain((column) => {
      const { op, values } = kinds[column]!;
      const ops: Test['op'][] = [
        '=',
        '!=',
        '<',
        '<=',
        '>',
        '>=',
        'between',
        'in-range',
        'in',
        'is-null',
      ];
      if (op === 'text') ops.push('contains', 'starts-with', 'ends-with');
      return fc.record({
        test: fc.record({
          op: fc.constantFrom(...ops),
          column: fc.constant(column),
          constants: fc.array(fc.nat(values.length - 1), { minLength: 2, maxLength: 5 }),
        }),
      });
    });
    const { anyTree } = fc.letrec<{ anyTree: Tree }>((tie) => ({
      anyTree: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        anyTest,
        fc.record({ not: tie('anyTree') }),
        fc.record({
          op: fc.constantFrom('and', 'or' as const),
          of: fc.array(tie('anyTree'), { maxLength: 3 }),
        }),
      ),
    }));
    return fc.record({
      kinds: fc.constant(kinds),
      names: fc.array(fc.constantFrom('a', 'b', ''), {
        minLength: kinds.length,
        maxLength: kinds.length,
      }),
      rows: fc.array(fc.tuple(...kinds.map(({ values }) => fc.option(fc.nat(values.length - 1)))), {
        maxLength: 12,
      }),
      tree: anyTree,
      quoteAll: fc.boolean(),
      chosen: fc.option(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })),
    });
  });

describe('against a row-by-row oracle', () => {
  it('keeps the same rows, typed and as text, with and without a selection', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ kinds, names, rows, tree, quoteAll, chosen }) => {
        const where = expressionOf(tree, kinds, names);
        // The same condition evaluated as an expression, without the fast paths.
        const asExpression = { op: 'is-true', of: expressionOfFilter(where) };
        const columns = kinds.map((kind, i): [string, string] => [names[i]!, kind.type]);
        const cell = (c: number, i: number | null, side: 0 | 1) =>
          i === null ? null : kinds[c]!.values[i]![side];
        const text = textBatch(
          columns,
          rows.map((row) => row.map((i, c) => cell(c, i, 1) as string | null)),
          quoteAll,
        );
        const typed = batchOf(
          text.schema,
          rows.map((row) => row.map((i, c) => cell(c, i, 0))),
        );
        const mixed: Batch = {
          ...text,
          columns: text.columns.map((column, c) => (c % 2 ? column : typed.columns[c]!)),
        };
        const selected = rows.map((_, r) => r).filter((r) => chosen === null || chosen[r]);
        const expected = selected.filter((r) => truth(tree, rows[r]!, kinds) === true);
        const selection = chosen === null ? null : Uint32Array.from(selected);
        for (const batch of [text, typed, mixed]) {
          const before = selection?.slice();
          expect(await keptRows({ ...batch, selection }, where)).toEqual(expected);
          expect(await keptRows({ ...batch, selection }, asExpression)).toEqual(expected);
          expect(selection).toEqual(before ?? null);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
