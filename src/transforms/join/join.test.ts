// The join step: what a nested loop over all pairs gives, in its order, whether the other side fits into memory or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type NestedValue } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import {
  FLOAT64,
  INT64,
  parseTypeName,
  UTF8,
  type DataType,
  type Schema,
} from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { joinOptions } from './options.ts';

type Cell = string | null;

async function join(
  left: Batch[],
  right: Batch[],
  given: Record<string, unknown>,
  memoryBytes = 1 << 28,
) {
  const parsed = joinOptions.parse({ with: 'b', ...given });
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const counts = { filtered: 0, merged: 0, added: 0 };
  const memory = memoryScratch(memoryBytes);
  let files = 0;
  const transform = open(
    transformContext(parsed.value, left[0]!.schema, {
      others: [
        {
          id: 'b',
          schema: right[0]!.schema,
          async *open() {
            yield* right;
          },
        },
      ],
      scratch: {
        memoryBytes,
        create() {
          files++;
          return memory.create();
        },
      },
      filtered: (rowCount) => (counts.filtered += rowCount),
      merged: (rowCount) => (counts.merged += rowCount),
      added: (rowCount) => (counts.added += rowCount),
    }),
  );
  const rows: Cell[][] = [];
  const input = (async function* () {
    yield* left;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  const names = transform.schema.fields.map(({ name }) => name);
  return { rows, names, counts, files, transform };
}

const schema: Schema = schemaOf([
  ['k', UTF8],
  ['n', INT64],
  ['row', INT64],
]);

type Row = [k: Cell, n: number | null, row: number];

/** In batches of three, every second one as text. */
function batchesOf(rows: Row[]): Batch[] {
  const batches: Batch[] = [];
  for (let from = 0; from < Math.max(1, rows.length); from += 3) {
    const some = rows.slice(from, from + 3);
    batches.push(
      batches.length % 2 === 0
        ? batchOf(schema, some)
        : {
            schema,
            rowCount: some.length,
            selection: null,
            columns: schema.fields.map((_, index) => ({ storage: 'text', index })),
            block: textBlockOf(
              some.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
              3,
            ),
          },
    );
  }
  return batches;
}

function naive(left: Row[], right: Row[], kind: string, many: string): Cell[][] {
  const textOf = (row: Row): Cell[] => row.map((cell) => (cell === null ? null : String(cell)));
  return left.flatMap((row) => {
    const matches = right.filter(
      ([k, n]) => k !== null && n !== null && k === row[0] && n === row[1],
    );
    if (kind === 'semi') return matches.length > 0 ? [textOf(row)] : [];
    if (kind === 'anti') return matches.length > 0 ? [] : [textOf(row)];
    const taken = many === 'first' ? matches.slice(0, 1) : matches;
    if (taken.length === 0) return kind === 'left' ? [[...textOf(row), null]] : [];
    return taken.map((match) => [...textOf(row), String(match[2])]);
  });
}

const anyRows = fc
  .array(
    fc.tuple(
      fc.option(fc.constantFrom('', 'a', 'b,', 'a\0', 'é')),
      fc.option(fc.constantFrom(0, 1)),
    ),
    { maxLength: 60 },
  )
  .map((rows) => rows.map(([k, n], i): Row => [k, n, i]));

describe('join', () => {
  it('gives what all pairs give, in order, rows put aside or not, every row accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows,
        anyRows,
        fc.constantFrom('inner', 'left', 'semi', 'anti'),
        fc.constantFrom('all', 'first'),
        async (left, right, kind, many) => {
          const options = { on: 'k, n', kind, many };
          const inMemory = await join(batchesOf(left), batchesOf(right), options);
          expect(inMemory.rows).toEqual(naive(left, right, kind, many));
          const { filtered, merged, added } = inMemory.counts;
          expect(left.length + right.length + added).toBe(inMemory.rows.length + filtered + merged);
          const aside = await join(batchesOf(left), batchesOf(right), options, 3_000);
          expect(aside.rows).toEqual(inMemory.rows);
          expect(aside.counts).toEqual(inMemory.counts);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('puts rows aside where there are many, groups larger than a piece too', async () => {
    const left = Array.from({ length: 300 }, (_, i): Row => [`k${i % 7}`, i % 3, i]);
    const right = Array.from({ length: 900 }, (_, i): Row => [`k${i % 11}`, i % 2, i]);
    const { rows, files } = await join(
      batchesOf(left),
      batchesOf(right),
      { on: 'k = k, n = n', kind: 'left' },
      20_000,
    );
    expect(files).toBeGreaterThan(2);
    expect(rows).toEqual(naive(left, right, 'left', 'all'));
  });

  it('joins rows of one key that are too many for memory, in order', async () => {
    const long = 'é'.repeat(8_000);
    const right = Array.from({ length: 250 }, (_, i): Row => [
      i % 50 === 0 ? 'other' : 'huge',
      7,
      i,
    ]);
    const rights = right.map(([k, n, row]) =>
      batchOf(
        schemaOf([
          ['k', UTF8],
          ['n', INT64],
          ['row', INT64],
          ['long', UTF8],
        ]),
        [[k, n, row, long]],
      ),
    );
    const left = ['a', 'huge', 'other', 'huge', null, 'huge'].map((k, i): Row => [k, 7, i]);
    const { rows, files, counts } = await join(
      batchesOf(left),
      rights,
      { on: 'k, n', kind: 'left' },
      50_000,
    );
    expect(files).toBeGreaterThan(3);
    expect(rows.every((row) => row[4] === (row[3] === null ? null : long))).toBe(true);
    expect(rows.map((row) => row.slice(0, 4))).toEqual(naive(left, right, 'left', 'all'));
    expect(left.length + right.length + counts.added).toBe(rows.length + counts.merged);
    for (const many of ['first', 'all'])
      expect((await join(batchesOf(left), rights, { on: 'k, n', many }, 1e9)).rows).toEqual(
        (await join(batchesOf(left), rights, { on: 'k, n', many }, 50_000)).rows,
      );
  });

  it('takes the named columns, under a prefix, and leaves text as it is spelt', async () => {
    const texts = (rows: Cell[][], ...types: [string, DataType][]): Batch => ({
      schema: schemaOf(types),
      rowCount: rows.length,
      selection: null,
      columns: types.map((_, index) => ({ storage: 'text', index })),
      block: textBlockOf(rows, types.length),
    });
    const orders = texts(
      [
        ['007', '1.10'],
        ['8', '2.'],
        [null, '+3'],
      ],
      ['customer', INT64],
      ['total', FLOAT64],
    );
    const customers = texts(
      [
        ['7.00', 'Ann, "A"', ''],
        ['8.0', null, 'x'],
      ],
      ['id', { kind: 'decimal', precision: 9, scale: 2 }],
      ['name', UTF8],
      ['note', UTF8],
    );
    const { rows, names } = await join([orders], [customers], {
      on: 'customer = id',
      kind: 'left',
      columns: ['note', 'name'],
      prefix: 'customer_',
    });
    expect(names).toEqual(['customer', 'total', 'customer_note', 'customer_name']);
    expect(rows).toEqual([
      ['007', '1.10', '', 'Ann, "A"'],
      ['8', '2.', 'x', null],
      [null, '+3', null, null],
    ]);
  });

  it('tells taken columns apart from those of the same name by a suffix', async () => {
    const row: Row = ['a', 1, 2];
    const taking = { on: 'k', columns: ['n', 'row'], prefix: 'r' };
    const clashing = await join(batchesOf([row]), batchesOf([row]), { on: 'k', suffix: '_b' });
    expect(clashing.names).toEqual(['k', 'n', 'row', 'n_b', 'row_b']);
    const prefixed = await join(batchesOf([row]), batchesOf([row]), { ...taking, suffix: '_b' });
    expect(prefixed.names).toEqual(['k', 'n', 'row', 'rn', 'rrow']);
  });

  const one = (type: string, ...values: NestedValue[]): Batch[] => [
    batchOf(
      schemaOf([['x', parseTypeName(type)!]]),
      values.map((value) => [value]),
    ),
  ];

  it.each([
    ['int8', -5, 'int64', -5n],
    ['uint32', 4_294_967_295, 'int64', 4_294_967_295n],
    ['uint64', 2n ** 63n, 'uint8', null],
    ['uint64', 200n, 'uint8', 200],
    ['int64', -1n, 'uint64', null],
    ['int64', 3n, 'decimal(5,2)', 300n],
    ['decimal(30,0)', 7n, 'decimal(3,2)', 700n],
    ['float32', 0.5, 'float64', 0.5],
    ['timestamp(s)', 86_400n, 'timestamp(ns)', 86_400_000_000_000n],
    ['timestamp(s)', 2n ** 40n, 'timestamp(ns)', null],
    ['timestamp(ms, UTC)', 5n, 'timestamp(us, Europe/Berlin)', 5_000n],
    ['time(s)', 5n, 'time(us)', 5_000_000n],
  ] as [string, NestedValue, string, NestedValue][])(
    'finds %s %s among %s',
    async (type, value, otherType, otherValue) => {
      const rights = otherValue === null ? [null] : [otherValue, null];
      for (const kind of ['semi', 'anti']) {
        const { rows } = await join(one(type, value), one(otherType, ...rights), { on: 'x', kind });
        expect(rows.length).toBe(Number((otherValue !== null) === (kind === 'semi')));
      }
    },
  );

  it.each([
    ['int64', 'utf8', '“x” is int64, and “x” of “b” is utf8', '{"x": "int64"}} in “b”.'],
    ['utf8', 'int64', '“x” is utf8', '{"x": "int64"}} before this one.'],
    ['timestamp(s)', 'date', '“x” is timestamp(s)', '{"x": "date"}} before this one.'],
    ['timestamp(s)', 'timestamp(s, UTC)', '“x” of “b” is timestamp(s, UTC)', 'cast'],
    ['int64', 'float64', 'cannot be compared', '{"x": "int64"}} in “b”.'],
    ['bool', 'int8', 'cannot be compared', 'cast'],
  ])('does not compare %s with %s', async (left, right, sentence, hint) => {
    const failure = join(one(left), one(right), { on: 'x' });
    await expect(failure).rejects.toMatchObject({
      code: 'config.conflict',
      message: expect.stringContaining(sentence) as string,
      hint: expect.stringContaining(hint) as string,
    });
  });

  it('works on a batch whose rows match very many in stretches', async () => {
    const many = 140_000;
    const right = batchOf(
      schemaOf([['x', UTF8]]),
      Array.from({ length: many }, () => ['a']),
    );
    const { rows, counts } = await join(one('utf8', 'a', 'b', 'a', null), [right], {
      on: 'x',
      kind: 'left',
    });
    expect(rows.length).toBe(many * 2 + 2);
    expect(rows.findIndex(([x]) => x === 'b')).toBe(many);
    expect(rows.at(-2)).toEqual(['a']);
    expect(rows.at(-1)).toEqual([null]);
    expect(counts).toEqual({ filtered: 0, merged: many, added: many * 2 - 2 });
  });

  it('fails where several match and may not', async () => {
    const many = { on: 'x', many: 'fail' };
    const once = await join(one('utf8', 'a'), one('utf8', 'a', 'b', 'b'), many);
    expect(once.rows).toEqual([['a']]);
    for (const memoryBytes of [1 << 28, 10])
      await expect(
        join(one('utf8', 'a', 'b'), one('utf8', 'a', 'b', 'b'), many, memoryBytes),
      ).rejects.toThrow('The key “b” on line 0 matches several rows of “b”.');
  });

  it('needs a key', async () => {
    await expect(join(one('utf8'), one('utf8'), {})).rejects.toThrow('Nothing says');
    await expect(join(one('utf8'), one('utf8'), { on: 'x = y' })).rejects.toThrow('no column “y”');
    await expect(join(one('utf8'), one('utf8'), { on: 'x = ' })).rejects.toThrow('no column “”');
  });

  it('stays where the rows are when no text is moved', async () => {
    const left = one('int64', 1n, 2n, 3n);
    const right = [
      batchOf(
        schemaOf([
          ['x', INT64],
          ['y', { kind: 'dictionary', index: 8, value: UTF8 }],
        ]),
        [
          [3n, 'c'],
          [1n, 'a'],
        ],
      ),
    ];
    expect((await join(left, right, { on: 'x' })).rows).toEqual([
      ['1', 'a'],
      ['3', 'c'],
    ]);
    expect((await join(left, right, { on: 'x', kind: 'left' })).rows).toEqual([
      ['1', 'a'],
      ['2', null],
      ['3', 'c'],
    ]);
  });
});
