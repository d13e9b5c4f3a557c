// What holds for every database that a script is loaded into: the same values come back, and nothing else is touched.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { type DataType, INT64, type Schema, UTF8 } from '../../table/data-type.ts';
import { type Batch } from '../../table/batch.ts';
import { encodeAll, naughtyStrings, textBatch } from '../format.suite.ts';
import type { DialectId } from './dialect.ts';
import { sqlFormat } from './format.ts';
import { tableIdentifier } from './layout.ts';
import type { SqlOptions } from './options.ts';
import { namesIn } from './read-script.suite.ts';
import type { TestServer } from './servers.suite.ts';

type Cell = string | null;

/** A value of a type, and its text in the database; null where it holds none. */
export type Edge = readonly [type: DataType, values: readonly (readonly [Value, Cell])[]];

export interface LoadingFacts {
  dialect: DialectId;
  start(): TestServer | Promise<TestServer>;
  /** How random texts are found: NUL where it cannot be held. */
  ofText?(text: string): string;
  edges: readonly Edge[];
  /** The modes that change rows by their key. */
  changing: readonly ('upsert' | 'merge' | 'update' | 'replace')[];
  /** Whether a script that fails leaves nothing behind. */
  isWhole: boolean;
}

const VICTIM = 'victim';

const HOSTILE = [
  "'); DROP TABLE victim; --",
  '"; DROP TABLE victim; --',
  '`; DROP TABLE victim; --',
  "\\'; DROP TABLE victim; --",
  "\\\\'; DROP TABLE victim; --",
  "'; DROP TABLE victim; --\\",
  'x\\',
  "'\n;DROP TABLE victim;\n--",
  '*/; DROP TABLE victim; /*',
  '$$; DROP TABLE victim; $$',
  '\\.\nDROP TABLE victim;',
  '\\N',
  'NULL',
  "';\nGO\nDROP TABLE victim\nGO\n",
  "'\r\n/\r\nDROP TABLE victim;",
  "E'\\'; DROP TABLE victim; --",
  "?; :x; :'x'; @x; &x; ${x}; $(x); %s; {0}",
  "'' ; DROP TABLE victim",
  '\u02bc; DROP TABLE victim; --',
  '\uff07; DROP TABLE victim; --',
  'DELIMITER $$\nDROP TABLE victim $$',
  '\\! echo x\n\\q',
];

/** Registers the tests of one database. */
export function loadingSuite(facts: LoadingFacts): void {
  const { dialect, ofText = (text: string) => text } = facts;
  let server: TestServer;
  beforeAll(async () => {
    server = await facts.start();
  }, 60_000);
  afterAll(() => server?.stop());

  const complete = (options: Partial<SqlOptions>): SqlOptions =>
    sqlFormat.options.parse({ dialect, ...options }).value!;

  /** A table to be written, and how. */
  interface Job {
    schema: Schema;
    batch: Batch;
    options?: Partial<SqlOptions>;
  }

  const withDefaults = (options: Partial<SqlOptions> = {}): Partial<SqlOptions> => ({
    dialect,
    create: 'replace',
    table: 'data',
    ...options,
  });

  async function scriptOf({ schema, batch, options }: Job): Promise<string> {
    const { text } = await encodeAll(sqlFormat, withDefaults(options), schema, [batch]);
    return text;
  }

  const tableOfJob = ({ options }: Job): string =>
    tableIdentifier(complete(withDefaults(options)), 'data');

  /** Writes each job as a script, runs them all, and reads their tables. */
  async function loadAll(jobs: readonly Job[]) {
    const scripts: string[] = [];
    for (const job of jobs) scripts.push(await scriptOf(job));
    await server.run(scripts.join(''));
    return server.read(jobs.map(tableOfJob));
  }

  async function load(schema: Schema, batch: Batch, options: Partial<SqlOptions> = {}) {
    const [loaded] = await loadAll([{ schema, batch, options }]);
    return loaded!;
  }

  /** Rows by the number in their first column, which is left out. */
  const inOrder = (rows: readonly Cell[][]): Cell[][] =>
    rows.toSorted(([a], [b]) => Number(a) - Number(b)).map((row) => row.slice(1));

  const textCell: fc.Arbitrary<Cell> = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE, '', ' ', '\u0000', 'a\u0000b', '\u001a') },
    { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    {
      weight: 4,
      arbitrary: fc.string({
        unit: fc.constantFrom(
          ...'\'"`\\;\n\r\t\0\u001a$(){}[]-/*%&:nrt0xUNE ab',
          "''",
          "\\'",
          '\r\n',
          '\ufeff',
          '😀',
        ),
        maxLength: 30,
      }),
    },
  );

  it('gives random texts back, in every way of writing them', async () => {
    const modes: Partial<SqlOptions>[] = [
      {},
      { rowsPerStatement: 1 },
      { rowsPerStatement: 7, transaction: false },
      { maxStatementBytes: 2000 },
      ...(dialect === 'postgresql' ? [{ mode: 'copy' as const }, { session: false }] : []),
      ...(dialect === 'mariadb' ? [{ backslashes: 'literal' as const }] : []),
    ];
    const schema = schemaOf([
      ['number', INT64],
      ['a', UTF8],
      ['b', UTF8],
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(textCell, textCell), { minLength: 30, maxLength: 60 }),
        async (rows) => {
          const numbered = rows.map((row, i) => [String(i), ...row]);
          const typed = rows.map((row, i): Value[] => [BigInt(i), ...row]);
          const batches = [textBatch(schema, numbered), batchOf(schema, typed)];
          const jobs = modes.flatMap((mode, m) =>
            batches.map((batch, b): Job => {
              return { schema, batch, options: { ...mode, table: `data_${m}_${b}` } };
            }),
          );
          const wanted = rows.map((row) =>
            row.map((cell) => (cell === null ? null : ofText(cell))),
          );
          for (const loaded of await loadAll(jobs)) expect(inOrder(loaded.rows)).toEqual(wanted);
        },
      ),
      { numRuns: 6 },
    );
    await server.run(
      modes.map((_mode, m) => `DROP TABLE data_${m}_0;\nDROP TABLE data_${m}_1;\n`).join(''),
    );
  }, 60_000);

  it('holds the edges of every type', async () => {
    const jobs = facts.edges.map(([type, edges], i): Job => {
      const schema = schemaOf([
        ['number', INT64],
        ['v', type],
      ]);
      const rows: Value[][] = edges.map(([value], k) => [BigInt(k), value]);
      const batch = batchOf(schema, [...rows, [99n, null]]);
      return { schema, batch, options: { table: `edge_${i}` } };
    });
    const loaded = await loadAll(jobs);
    for (const [i, [type, edges]] of facts.edges.entries())
      expect(inOrder(loaded[i]!.rows), JSON.stringify(type)).toEqual([
        ...edges.map(([, text]) => [text]),
        [null],
      ]);
    await server.run(facts.edges.map((_edge, i) => `DROP TABLE edge_${i};\n`).join(''));
  }, 30_000);

  const naughty = naughtyStrings();
  it.skipIf(naughty === null)(
    'keeps naughty strings as values and as names',
    async () => {
      const strings = naughty!;
      const schema = schemaOf([
        ['number', INT64],
        ['a', UTF8],
      ]);
      const batch = batchOf(
        schema,
        strings.map((text, i) => [BigInt(i), text]),
      );
      const { rows: found } = await load(schema, batch);
      expect(inOrder(found)).toEqual(strings.map((text) => [ofText(text)]));
      for (let from = 0; from < strings.length; from += 100) {
        const some = strings.slice(from, from + 100);
        const wide = schemaOf(some.map((name) => [name, UTF8]));
        const loaded = await load(wide, batchOf(wide, [some]));
        expect(loaded.names).toEqual(namesIn(dialect, some));
        expect(loaded.rows).toEqual([some.map(ofText)]);
      }
    },
    30_000,
  );

  it('touches no table beside its own, whatever names and values are', async () => {
    await server.run(`CREATE TABLE ${VICTIM} (id INTEGER);\nINSERT INTO ${VICTIM} VALUES (1);\n`);
    const jobs = HOSTILE.flatMap((name, i) =>
      (['insert', facts.changing[i % facts.changing.length]!] as const).map((mode, m): Job => {
        const schema = schemaOf([
          ['id', INT64],
          [name, UTF8],
          ['b', UTF8],
        ]);
        const rows = HOSTILE.map((text, k): Value[] => [BigInt(k), text, name]);
        const options: Partial<SqlOptions> = {
          mode,
          keyColumns: ['id'],
          table: `"${i} ${m} ${name.replaceAll('"', '""')}"`,
          comments: true,
          quoteIdentifiers: i % 3 === 0 ? 'never' : 'always',
        };
        return { schema, batch: batchOf(schema, rows), options };
      }),
    );
    const before = await server.tables();
    const loaded = await loadAll(jobs);
    for (const [i, { rows }] of loaded.entries())
      expect(rows).toHaveLength(jobs[i]!.options!.mode === 'update' ? 0 : HOSTILE.length);
    expect((await server.read([VICTIM]))[0]!.rows).toEqual([['1']]);
    expect(await server.tables()).toHaveLength(before.length + jobs.length);
    const names = [...new Set(jobs.map(tableOfJob)), VICTIM];
    await server.run(names.map((name) => `DROP TABLE ${name};\n`).join(''));
    expect(await server.tables()).toEqual(before.filter((name) => name !== VICTIM));
  }, 60_000);

  const SCHEMA = schemaOf([
    ['id', INT64],
    ['code', UTF8],
    ['name', UTF8],
    ['day', { kind: 'date' }],
    ['ratio', { kind: 'float', bits: 64 }],
    ['data', { kind: 'binary' }],
  ]);
  const first: Value[][] = [
    [1n, 'a', 'one', 20_000, 0.5, Uint8Array.of(1, 2)],
    [2n, 'b', 'two', null, null, null],
  ];
  const second: Value[][] = [
    [2n, 'b', "it's \\ two", 20_001, 1.5, Uint8Array.of(255)],
    [3n, 'B', null, null, null, null],
  ];

  it.each(facts.changing)('changes rows by their key: %s', async (mode) => {
    const keyColumns = ['id', 'code'];
    const before = await load(SCHEMA, batchOf(SCHEMA, first), { keyColumns });
    expect(before.rows).toHaveLength(2);
    const again = await load(SCHEMA, batchOf(SCHEMA, second), {
      keyColumns,
      create: 'if-missing',
      mode,
    });
    const fresh = await load(SCHEMA, batchOf(SCHEMA, [first[0]!, second[0]!, second[1]!]));
    const wanted = mode === 'update' ? fresh.rows.slice(0, 2) : fresh.rows;
    expect(again.rows.sort(([a], [b]) => Number(a) - Number(b))).toEqual(wanted);
  });

  it('finds rows by a key that is null, and tells keys apart by case and spaces', async () => {
    const schema = schemaOf([
      ['code', UTF8],
      ['n', INT64],
    ]);
    const keys = ['a', 'A', 'a ', 'á', 'ß', 'ss'];
    const rows = keys.map((key, i): Value[] => [key, BigInt(i)]);
    const found = await load(schema, batchOf(schema, rows), { keyColumns: ['code'] });
    expect(found.rows).toHaveLength(keys.length);
    await load(
      schema,
      batchOf(schema, [
        [null, 1n],
        ['a', 2n],
      ]),
    );
    const changed = await load(schema, batchOf(schema, [[null, 5n]]), {
      mode: 'update',
      keyColumns: ['code'],
      create: 'none',
    });
    expect(new Set(changed.rows.map(([, n]) => n))).toEqual(new Set(['2', '5']));
  });

  it('adds to a table that is there, and loads nothing of a script that fails', async () => {
    const schema = schemaOf([
      ['id', INT64],
      ['name', UTF8],
    ]);
    const rows = (from: number, to: number): Value[][] =>
      Array.from({ length: to - from }, (_, i) => [BigInt(from + i), `row ${from + i}`]);
    const options = { keyColumns: ['id'], rowsPerStatement: 2 };
    await load(schema, batchOf(schema, rows(0, 5)), options);
    const added = await load(schema, batchOf(schema, rows(5, 8)), {
      ...options,
      create: 'if-missing',
    });
    expect(added.rows).toHaveLength(8);
    if (!facts.isWhole) return;
    // The last row's key is there already.
    const failing = batchOf(schema, [...rows(20, 25), [0n, 'again']]);
    await expect(load(schema, failing, { ...options, create: 'if-missing' })).rejects.toThrow(
      /duplicate|unique/i,
    );
    expect(
      (await server.read([tableIdentifier(complete({ table: 'data' }), 'data')]))[0]!.rows,
    ).toHaveLength(8);
  });
}
