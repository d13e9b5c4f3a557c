// The aggregate step: measures against DuckDB, exactness, groups, short forms, and the same result however little memory there is.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import {
  parseTypeName,
  typeName,
  UTF8,
  type DataType,
  type Schema,
} from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { aggregateOptions } from './options.ts';

type Cell = string | null;

interface Outcome {
  names: string[];
  types: string[];
  rows: Cell[][];
  files: number;
  ledger: { filtered: number; merged: number; added: number };
}

async function aggregated(
  batches: Batch[],
  options: Record<string, unknown>,
  memoryBytes = 1 << 28,
  schema: Schema = batches[0]!.schema,
): Promise<Outcome> {
  const parsed = aggregateOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const memory = memoryScratch(memoryBytes);
  const ledger = { filtered: 0, merged: 0, added: 0 };
  let files = 0;
  let openFiles = 0;
  const transform = open(
    transformContext(parsed.value, schema, {
      filtered: (n) => void (ledger.filtered += n),
      merged: (n) => void (ledger.merged += n),
      added: (n) => void (ledger.added += n),
      scratch: {
        memoryBytes,
        async create() {
          files++;
          openFiles++;
          const file = await memory.create();
          return {
            get sizeBytes() {
              return file.sizeBytes;
            },
            write: (bytes) => file.write(bytes),
            read: (from, to) => file.read(from, to),
            readNow: (from, to) => file.readNow(from, to),
            async close() {
              openFiles--;
              await file.close();
            },
          };
        },
      },
    }),
  );
  const rows: Cell[][] = [];
  const input = (async function* () {
    yield* batches;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  expect(openFiles).toBe(0);
  const taken = batches.reduce((sum, batch) => sum + selectedCount(batch), 0);
  expect(taken + ledger.added).toBe(rows.length + ledger.filtered + ledger.merged);
  return {
    names: transform.schema.fields.map(({ name }) => name),
    types: transform.schema.fields.map(({ type }) => typeName(type)),
    rows,
    files,
    ledger,
  };
}

const typeOf = (name: string): DataType => parseTypeName(name)!;

/** Rows of text with inferred types, as a CSV source gives them. */
function textBatch(columns: [name: string, type: string][], rows: Cell[][]): Batch {
  return {
    schema: {
      fields: columns.map(([name, type]) => ({
        name,
        type: typeOf(type),
        nullable: true,
        origin: 'inferred',
      })),
    },
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, columns.length),
  };
}

let duck: DuckDBConnection;
beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => duck.closeSync());

/** What DuckDB makes of the rows (`t`, all columns cast from text); every value as text. */
async function asked(
  columns: [name: string, type: string][],
  rows: Cell[][],
  sql: string,
): Promise<Cell[][]> {
  const quoted = (cell: Cell): string =>
    cell === null ? 'null' : `'${cell.replaceAll("'", "''")}'`;
  const names = columns.map(([name]) => `"${name}"`).join();
  const casts = columns.map(([name, type]) => `"${name}"::${type} as "${name}"`).join();
  const values = rows.map((row, i) => `(${[...row.map(quoted), String(i)].join()})`).join();
  const none = columns.map(() => 'null').join();
  const from = `(values ${values || `(${none},0)`}) v(${names},i)${values ? '' : ' where false'}`;
  const result = await duck.runAndReadAll(`with t as (select ${casts}, i from ${from}) ${sql}`);
  return result
    .getRowsJson()
    .map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}

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

  it('are those of DuckDB, exactly', async () => {
    const measures = [
      'count() as n',
      ...['i', 'u', 's', 'd'].flatMap((c) => [
        `count(${c})`,
        `sum(${c})`,
        `min(${c})`,
        `max(${c})`,
      ]),
      'sum(f), min(f), max(f), min(t), max(t), min(b), max(b), min(day), max(day), count(t)',
    ].join(', ');
    const ops = ['i', 'u', 's', 'd'].map((c) => `count(${c}), sum(${c}), min(${c}), max(${c})`);
    const sql =
      `select g, count(*), ${ops.join()}, sum(f), min(f), max(f), min(t), max(t), min(b), max(b), min(day), max(day), count(t) from t group by g order by min(i__)`.replace(
        'i__',
        'rowid__',
      );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 40 }), async (rows) => {
        const batch = textBatch(
          COLUMNS.map(([name], k) => [name, OURS[k]!]),
          rows,
        );
        const ours = await aggregated([batch], { groups: 'g', measures });
        const named: [string, string][] = COLUMNS;
        const theirs = await asked(named, rows, sql.replace('min(rowid__)', 'g'));
        const key = (row: Cell[]): string => row[0] ?? '\u{10ffff}';
        const order = (a: Cell[], b: Cell[]): number => (key(a) < key(b) ? -1 : 1);
        const floats = new Set([18, 19, 20]);
        const plain = (row: Cell[]): Cell[] =>
          row.map((cell, c) => (cell !== null && floats.has(c) ? String(Number(cell)) : cell));
        expect(ours.rows.toSorted(order).map(plain)).toEqual(theirs.toSorted(order).map(plain));
      }),
      { numRuns: 40 },
    );
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

  it('hold infinities and NaN', async () => {
    const schema = schemaOf([['f', { kind: 'float', bits: 64 }]]);
    const of = (...values: number[]): Batch =>
      batchOf(
        schema,
        values.map((v) => [v]),
      );
    const measures = 'sum(f), min(f), max(f)';
    expect((await aggregated([of(1, Infinity)], { measures })).rows).toEqual([
      ['Infinity', '1', 'Infinity'],
    ]);
    expect((await aggregated([of(NaN, 1)], { measures })).rows).toEqual([['NaN', '1', 'NaN']]);
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
          const options = { groups: 'g, t', measures: 'count(), sum(v), avg(v), min(t), max(v)' };
          const whole = await aggregated([batchOf(schema, rows)], options);
          const cuts: Batch[] = [];
          for (let at = 0; at < rows.length; at += cut)
            cuts.push(batchOf(schema, rows.slice(at, at + cut)));
          const spilt = await aggregated(cuts, options, 3_000);
          expect(spilt.rows).toEqual(whole.rows);
          expect(whole.files).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
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

  it.each(['total', 'sum()', 'sum(a', 'nope(a)', 'sum(a) b'])('refuse %s', (measures) => {
    expect(read({ measures })).toMatchObject([{ option: expect.stringContaining('measures') }]);
  });
});
