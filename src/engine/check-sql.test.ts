// Scripts of every dialect, mode and option hold the values that were written, as the source of scripts reads them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConfig, type PartConfig } from '../contract/config.ts';
import { DIALECT_IDS, MODES } from '../formats/sql/dialect.ts';
import { DIALECTS } from '../formats/sql/dialects.ts';
import { batchOf, schemaOf, type NestedValue } from '../table/builders.ts';
import { BOOL, DATE, FLOAT64, INT64, JSON_TEXT, UTF8, type DataType } from '../table/data-type.ts';
import { memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

type Options = Record<string, unknown>;

const COLUMNS: [string, DataType][] = [
  ['id', INT64],
  ['name', UTF8],
  ['order', UTF8],
  ['Amount, net', { kind: 'decimal', precision: 20, scale: 2 }],
  ['unsigned', { kind: 'int', bits: 64, signed: false }],
  ['ratio', FLOAT64],
  ['small', { kind: 'float', bits: 32 }],
  ['paid', BOOL],
  ['day', DATE],
  ['at', { kind: 'timestamp', unit: 'us', zone: null }],
  ['instant', { kind: 'timestamp', unit: 'ms', zone: 'UTC' }],
  ['clock', { kind: 'time', unit: 's' }],
  ['bytes', { kind: 'binary' }],
  ['more', JSON_TEXT],
  ['tags', { kind: 'list', item: UTF8 }],
];

const TEXTS = [
  "it's",
  'back\\slash \\n \\',
  "a\\' -- b",
  'two\nlines\r\nand \r one',
  '"double" `back` [square]',
  'semi;colon, (comma) /* no comment */ # -- x',
  '$$dollar$$ $1 $(var) &sub',
  'é 漢字 😀',
  '',
  ' padded ',
  'NULL',
  '007',
  '\\N',
  '\t\u001a\u0008',
  '%_\\%\\_',
  "'",
  'x'.repeat(2_500),
];

const rowOf = (text: string | null, i: number): NestedValue[] => [
  BigInt(i + 1),
  text,
  i % 3 === 0 ? null : TEXTS[(i * 7) % TEXTS.length]!,
  i % 4 === 0 ? null : BigInt(i) * 123_456_789n - 50n,
  i % 5 === 0 ? 2n ** 64n - 1n : BigInt(i),
  [0.1, -1e300, 5e-324, 0, 12_345.678, null][i % 6]!,
  i / 4,
  i % 3 === 2 ? null : i % 2 === 0,
  i % 4 === 3 ? null : 19_000 + i,
  1_700_000_000_123_456n + BigInt(i),
  1_700_000_000_123n + BigInt(i) * 3_600_000n,
  3_600 + i,
  i % 2 === 0 ? new Uint8Array([0, i, 255]) : i % 3 === 0 ? null : new Uint8Array(0),
  `{"a":[${i},"b\\"'${i}"]}`,
  i % 2 === 0 ? null : ['x', "y'", null],
];

const ROWS = [...TEXTS, null].map(rowOf);

interface Written {
  rows?: NestedValue[][];
  columns?: typeof COLUMNS;
  output?: Options;
  flip?: { at: number; bit: number };
}

async function verified(
  options: Options,
  { rows = ROWS, columns = COLUMNS, output = {}, flip }: Written = {},
) {
  const schema = schemaOf(columns);
  const target = memoryTarget();
  if (flip !== undefined) target.flip = flip;
  const config = createConfig({
    source: { kind: 'rows', from: { binding: 'input' } },
    format: { id: 'sql', options },
    delivery: { id: 'memory', options: {} },
    output: { ...output, verify: { checksum: 'sha256', readBack: true, values: 'full' } },
  });
  const { report } = await engine.run(config, {
    rows: {
      input: {
        name: 'orders',
        schema,
        rowCount: rows.length,
        once: false,
        async *open() {
          yield batchOf(schema, rows);
        },
      },
    },
    targets: { output: target },
  });
  return { report, text: textOf(target.files.values().next().value) };
}

async function expectSame(options: Options, more: Written = {}) {
  const { report, text } = await verified(options, more);
  const said = JSON.stringify([options, report.error, report.values, report.losses]);
  expect(report.error, `${said}\n${text?.slice(0, 3_000)}`).toBeNull();
  expect(report.values?.outcome, said).toBe('same');
  return text!;
}

const modesOf = (id: (typeof DIALECT_IDS)[number]) =>
  MODES.filter((mode) => {
    const dialect = DIALECTS[id];
    if (mode === 'copy') return id === 'postgresql';
    if (mode === 'replace') return dialect.replace !== null;
    if (mode === 'merge') return dialect.hasMerge;
    return mode !== 'upsert' || dialect.upsert !== null;
  });

describe.each(DIALECT_IDS)('%s scripts come back', (dialect) => {
  it.each(modesOf(dialect))('by %s', async (mode) => {
    for (const create of ['if-missing', 'replace', 'none'])
      for (const more of [{}, { rowsPerStatement: 3 }] as Options[])
        await expectSame({ dialect, mode, create, keyColumns: ['id'], ...more });
    await expectSame({ dialect, mode, keyColumns: ['id'] }, { rows: [] });
    await expectSame({ dialect, mode, keyColumns: ['id'], create: 'none' }, { rows: [] });
  });

  it.each<Options>([
    { transaction: false, comments: true },
    { quoteIdentifiers: 'needed' },
    { quoteIdentifiers: 'never' },
    { identifierCase: 'upper' },
    { identifierCase: 'snake', quoteIdentifiers: 'never' },
    { table: 'sales."my orders"' },
    { booleans: 'numbers' },
    { zonedTimes: 'utc' },
    { zonedTimes: 'text' },
    { nested: 'text' },
    { emptyText: 'null' },
    { textLength: 3_000 },
    { session: false },
    { columnTypes: { name: 'VARCHAR(9000)', id: 'DECIMAL(20)' } },
    { maxStatementBytes: 40_000 },
    { terminator: 'batch' },
    { backslashes: 'literal' },
    { multiRow: 'none' },
    { multiRow: 'values' },
    { terminator: 'batch', mode: 'update', keyColumns: ['id'] },
    { mode: 'update', keyColumns: ['id', 'order'] },
  ])('with %j', async (options) => {
    await expectSame({ dialect, ...options });
    await expectSame({ dialect, create: 'none', ...options });
  });

  it.each(modesOf(dialect))('by %s: one other bit in a value is found', async (mode) => {
    const columns: typeof COLUMNS = [
      ['id', INT64],
      ['name', UTF8],
      ['at', DATE],
    ];
    const rows = Array.from({ length: 40 }, (_, i): NestedValue[] => [
      BigInt(1_000 + i),
      `name ${i} of many`,
      19_000 + i,
    ]);
    const options = { dialect, mode, keyColumns: ['id'] };
    const text = await expectSame(options, { columns, rows });
    for (let k = 0; k < 12; k++) {
      const row = k * 3;
      const wanted = [String(1_000 + row), `name ${row} of`, '2022-0'][k % 3]!;
      const value = text.lastIndexOf(wanted);
      expect(value).toBeGreaterThan(0);
      const flip = { at: value + (k % 4), bit: k % 3 };
      const { report } = await verified(options, { columns, rows, flip });
      expect(report.error?.code, `${k}: ${text.slice(value, value + 20)}`).toMatch(/^verify\./);
      expect(report.outcome).toBe('failed');
    }
  });

  it('of one column, and of numbers and times that are few', async () => {
    const columns: typeof COLUMNS = [['a', UTF8]];
    await expectSame({ dialect }, { columns, rows: [['x'], [null], ['']] });
    for (const mode of modesOf(dialect).filter((id) => id !== 'update'))
      await expectSame(
        { dialect, mode, keyColumns: ['a'], create: 'none' },
        { columns: [['a', INT64]], rows: [[1n], [-2n]] },
      );
  });

  it('whatever the texts', async () => {
    const cell = fc.option(
      fc.oneof(
        fc.constantFrom(...TEXTS),
        fc
          .array(
            fc.constantFrom(
              "'",
              '\\',
              '\n',
              '\r',
              '"',
              'n',
              '0',
              'x41',
              '%',
              ';',
              '$',
              '(',
              ')',
              ',',
              '-',
              '/*',
              '*/',
              'é',
              '\0',
              'r',
            ),
            {
              maxLength: 8,
            },
          )
          .map((parts) => parts.join('')),
        fc.string({ maxLength: 8, unit: 'grapheme' }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const { report, text } = await verified(
            { dialect },
            {
              columns: [
                ['a', UTF8],
                ['b', UTF8],
              ],
              rows,
            },
          );
          expect(report.error, text).toBeNull();
          if (report.losses.length === 0) expect(report.values!.outcome).toBe('same');
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The same values, unless the report says which were changed. */
async function expectTold(options: Options, more: Written): Promise<void> {
  const { report, text } = await verified(options, more);
  expect(report.error, `${JSON.stringify(options)}\n${text}`).toBeNull();
  if (report.losses.length === 0) expect(report.values!.outcome).toBe('same');
}

describe.each(DIALECT_IDS)('%s scripts hold', (dialect) => {
  const created = ['if-missing', 'none'];

  it('years before 1 and behind 9999, and doubles that are no numbers', async () => {
    const columns: typeof COLUMNS = [
      ['day', DATE],
      ['at', { kind: 'timestamp', unit: 'ms', zone: null }],
      ['instant', { kind: 'timestamp', unit: 'us', zone: 'UTC' }],
      ['clock', { kind: 'time', unit: 'us' }],
      ['ratio', FLOAT64],
      ['small', { kind: 'float', bits: 32 }],
    ];
    const rows: NestedValue[][] = [-735_000, -719_528, 0, 3_000_000].flatMap((day, i) => [
      [day, BigInt(day) * 86_400_000n + 1n, BigInt(day) * 86_400_000_000n, 0, i / 3, i / 4],
      [
        day,
        null,
        null,
        86_399_999_999n,
        [NaN, Infinity, -Infinity, -0][i]!,
        [NaN, -Infinity, -0, 1][i]!,
      ],
    ]);
    // One kind of year at a time, so that a database which lacks it does not hide the others.
    for (const create of created)
      for (let i = 0; i < rows.length; i += 2)
        await expectTold({ dialect, create }, { columns, rows: rows.slice(i, i + 2) });
  });

  it('values under types that people give, and values by a dictionary', async () => {
    const columns: typeof COLUMNS = [
      ['flag', INT64],
      ['word', UTF8],
      ['when', UTF8],
      ['raw', UTF8],
      [
        'day',
        { kind: 'dictionary', index: 8, value: { kind: 'timestamp', unit: 's', zone: null } },
      ],
      ['kind', { kind: 'dictionary', index: 8, value: UTF8 }],
    ];
    const rows: NestedValue[][] = [
      [0n, 't', '2026-01-01 00:00:00+00', '\\x00', 0n, 'a'],
      [1n, 'yes', '0044-03-15 BC', 'é', 86_400n, ''],
      [5n, null, 'then', '', null, null],
    ];
    const columnTypes = { flag: 'BOOLEAN', word: 'bit', when: 'TIMESTAMP', raw: 'VARCHAR(9)' };
    for (const create of created) {
      await expectTold({ dialect, create, columnTypes }, { columns, rows });
      await expectTold({ dialect, create, columnTypes, emptyText: 'null' }, { columns, rows });
      const { report } = await verified(
        { dialect, create, columnTypes: { raw: 'BLOB' } },
        { columns, rows },
      );
      expect(report.error).toBeNull();
      expect(report.values!.outcome).toBe('not-possible');
    }
  });

  it('names of any letters', async () => {
    const name = fc.oneof(
      fc.constantFrom(
        ...[
          'key',
          'index',
          'exclude',
          'like',
          'select',
          'values',
          'a.b',
          '`',
          '"',
          '[',
          ']',
          "'",
          '--',
        ],
        ...['/*', '\\', ';', 'a b', ' ', '', 'primary key', 'É', 'as', 'ignore', 'overwrite', '1'],
      ),
      fc.string({ maxLength: 6, unit: 'grapheme' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        name,
        fc.constantFrom('always', 'needed', 'never'),
        fc.constantFrom(...created),
        async (names, table, quoteIdentifiers, create) => {
          const columns = names.map((each): [string, DataType] => [each, UTF8]);
          const rows = [names.map((_, i) => String(i)), names.map(() => 'x')];
          const quoted = `"${table.replaceAll('"', '""')}"`;
          const options = {
            dialect,
            quoteIdentifiers,
            create,
            ...(table !== '' && { table: quoted }),
          };
          await expectTold(options, { columns, rows });
        },
      ),
      { numRuns: 40 },
    );
  });
});

const part = (id: string): PartConfig => ({ id, options: {} });

it.each<Options>([
  { compression: part('gzip') },
  { archive: part('zip') },
  { split: { rows: 5 } },
  { archive: part('zip'), split: { rows: 5 } },
])('scripts come back out of %j', async (output) => {
  await expectSame({ dialect: 'postgresql' }, { output });
  await expectSame({ dialect: 'mysql', create: 'replace' }, { output });
});
