// What a script is made of beside its literals: names, types, limits, parts, what is refused and what is said before the run.
import { describe, expect, it } from 'vitest';
import { MisfitError } from '../../contract/misfit.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { type DataType, INT64, type Schema, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from '../format.suite.ts';
import { sqlFormat } from './format.ts';
import type { SqlOptions } from './options.ts';
import { openSqlite, readSqlite } from './read-script.suite.ts';

type Options = Partial<SqlOptions>;

const ROWS: Options = { create: 'none', session: false, transaction: false };

const SCHEMA = schemaOf([
  ['id', INT64],
  ['name', UTF8],
]);

const write = (options: Options, schema: Schema, rows: Value[][]) =>
  encodeAll(sqlFormat, options, schema, [batchOf(schema, rows)]);

const complete = (options: Options): SqlOptions => sqlFormat.options.parse(options).value!;

const check = (options: Options, schema: Schema = SCHEMA, charset = 'utf-8') =>
  sqlFormat.check!({ options: complete(options), schema, charset }).map(
    ({ severity, code, column }) => [severity, code, ...(column === undefined ? [] : [column])],
  );

describe('before the run', () => {
  it('refuses what a database has no statement for, with another that it has', () => {
    const keyColumns = ['id'];
    for (const [dialect, mode] of [
      ['mysql', 'copy'],
      ['mysql', 'merge'],
      ['postgresql', 'replace'],
      ['sqlserver', 'replace'],
      ['sqlite', 'merge'],
      ['clickhouse', 'upsert'],
    ] as const) {
      const options = complete({ dialect, mode, keyColumns });
      const [finding] = sqlFormat.check!({ options, schema: SCHEMA, charset: 'utf-8' });
      expect(finding).toMatchObject({ severity: 'error', code: 'sql.no-such-statement' });
      const other = { ...options, ...finding!.remedy!.options };
      expect(sqlFormat.check!({ options: other, schema: SCHEMA, charset: 'utf-8' })).toEqual([]);
    }
  });

  it('refuses keys that are missing, tables and types that are none', async () => {
    expect(check({ mode: 'upsert' })).toEqual([['error', 'sql.no-key']]);
    expect(check({ keyColumns: ['x'] })).toEqual([['error', 'sql.unknown-key']]);
    expect(check({ mode: 'update', keyColumns: ['id', 'name'] })).toEqual([
      ['error', 'sql.only-keys'],
    ]);
    for (const table of ['a..b', '.a', 'a.', '"a', 'a"b', 'a.b.c.d.e'])
      expect(check({ table }), table).toEqual([['error', 'sql.bad-table']]);
    for (const table of ['a', 'a.b', '"a.b".c', '"a""b"', ' a . b '])
      expect(check({ table }), table).toEqual([]);
    expect(check({ columnTypes: { x: 'text' } })).toEqual([['error', 'sql.unknown-column']]);
    for (const type of ['text); DROP TABLE x', 'text -- ', "varchar(1)'", 'a;b', ''])
      expect(check({ columnTypes: { name: type } }), type).toEqual([['error', 'sql.bad-type']]);
    for (const type of ['varchar(40)', 'numeric(10, 2)', 'double precision', "Enum8('a', 'b')"])
      expect(check({ columnTypes: { name: type } }), type).toEqual([]);
    await expect(write({ mode: 'update' }, SCHEMA, [])).rejects.toThrow(/key/);
  });

  it('refuses tables without a column, and with more than the database takes', () => {
    const wide = (count: number) =>
      schemaOf(Array.from({ length: count }, (_, i) => [`c${i}`, INT64]));
    for (const [dialect, most] of [
      ['postgresql', 1600],
      ['mariadb', 4096],
      ['sqlite', 2000],
      ['sqlserver', 1024],
      ['oracle', 1000],
      ['bigquery', 10_000],
      ['duckdb', null],
    ] as const) {
      expect(check({ dialect }, wide(0)), dialect).toEqual([['error', 'sql.no-columns']]);
      expect(check({ dialect }, wide(most ?? 20_000)), dialect).toEqual([]);
      if (most !== null)
        expect(check({ dialect }, wide(most + 1)), dialect).toEqual([
          ['error', 'sql.many-columns'],
        ]);
    }
  });

  it('refuses charsets in which bytes can be taken for quotes', () => {
    for (const charset of ['gbk', 'shift_jis', 'big5', 'iso-2022-jp', 'utf-16le'])
      expect(check({ dialect: 'mysql' }, SCHEMA, charset), charset).toEqual([
        ['error', 'sql.charset'],
      ]);
    expect(check({ dialect: 'mysql' }, SCHEMA, 'windows-1252')).toEqual([]);
    expect(check({ dialect: 'mysql', session: false }, SCHEMA, 'windows-1252')).toEqual([
      ['error', 'sql.charset'],
    ]);
    expect(check({ dialect: 'sqlite' }, SCHEMA, 'windows-1252')).toEqual([
      ['error', 'sql.charset'],
    ]);
  });

  it('says what a database cannot hold', () => {
    const of = (...types: DataType[]): Schema => schemaOf(types.map((type, i) => [`c${i}`, type]));
    const zoned: DataType = { kind: 'timestamp', unit: 'ms', zone: 'Europe/Berlin' };
    expect(check({ dialect: 'mysql' }, of(zoned))).toEqual([['loss', 'sql.zone-as-utc', 'c0']]);
    expect(check({ dialect: 'mysql', zonedTimes: 'text' }, of(zoned))).toEqual([]);
    expect(check({ dialect: 'postgresql' }, of(zoned))).toEqual([]);
    expect(check({ dialect: 'sqlite' }, of({ kind: 'int', bits: 64, signed: false }))).toEqual([
      ['loss', 'sql.number-as-text', 'c0'],
    ]);
    expect(check({ dialect: 'mysql' }, of({ kind: 'json' }))).toEqual([
      ['loss', 'sql.json-respelt', 'c0'],
    ]);
    expect(check({ dialect: 'sqlserver', keyColumns: ['name'] })).toEqual([
      ['warning', 'sql.key-length', 'name'],
    ]);
    const names = ['a', 'A', 'x\ny', 'n'.repeat(64), ''];
    expect(check({}, schemaOf(names.map((name) => [name, UTF8])))).toEqual(
      ['A', 'x\ny', 'n'.repeat(64), ''].map((name) => ['loss', 'sql.name-changed', name]),
    );
  });
});

describe('values that are no values', () => {
  it.each<[string, DataType]>([
    ['1); DROP TABLE victim; --', INT64],
    ['1e5', INT64],
    ['9223372036854775808', INT64],
    ['1.5; DROP', { kind: 'decimal', precision: 10, scale: 2 }],
    ['123456789.00', { kind: 'decimal', precision: 10, scale: 2 }],
    ['0x10', { kind: 'float', bits: 64 }],
    ["2020-01-01'; --", { kind: 'date' }],
    ['yes); --', { kind: 'bool' }],
    ['{"a":', { kind: 'json' }],
  ])('never reach a script: %s', async (text, type) => {
    const schema = schemaOf([
      ['a', type],
      ['b', UTF8],
    ]);
    const written = encodeAll(sqlFormat, {}, schema, [textBatch(schema, [[text, 'x']])]);
    await expect(written).rejects.toBeInstanceOf(MisfitError);
  });

  it('are spelt as SQL has them, and keep their digits where it does', async () => {
    const schema = schemaOf([
      ['i', INT64],
      ['d', { kind: 'decimal', precision: 18, scale: 4 }],
      ['f', { kind: 'float', bits: 64 }],
    ]);
    const rows = [
      ['007', '1.10', '1.10'],
      ['+5', '-0.5', '1e5'],
      ['-0', '+.5', '.5'],
      ['9223372036854775807', '12345678901234', '-0.0'],
    ];
    const { text } = await encodeAll(sqlFormat, { ...ROWS, mode: 'copy' }, schema, [
      textBatch(schema, rows),
    ]);
    expect(text.split('\n').slice(1, -2)).toEqual([
      '7\t1.10\t1.10',
      '5\t-0.5\t1e5',
      '-0\t0.5000\t0.5',
      '9223372036854775807\t12345678901234\t-0',
    ]);
  });
});

describe('decimals in SQLite', () => {
  const schemaOfOrigin = (origin: 'inferred' | 'declared'): Schema => ({
    fields: [
      { name: 'd', type: { kind: 'decimal', precision: 18, scale: 2 }, nullable: true, origin },
    ],
  });
  const script = async (origin: 'inferred' | 'declared', text: string): Promise<string> => {
    const schema = schemaOfOrigin(origin);
    const batch = textBatch(schema, [[text]]);
    return (await encodeAll(sqlFormat, { dialect: 'sqlite' }, schema, [batch])).text;
  };

  it('are numbers while a guessed type allows it, and text where digits could be lost', async () => {
    const made = await script('inferred', '0001234567890123.45');
    expect(made).toContain('"d" DECIMAL(15,2)');
    expect(made).toContain('(1234567890123.45)');
    // The engine begins again with the column as text.
    const failing = script('inferred', '1234567890123456.78');
    await expect(failing).rejects.toBeInstanceOf(MisfitError);
    const exact = await script('declared', '1234567890123456.78');
    expect(exact).toContain('"d" TEXT');
    expect(exact).toContain("('1234567890123456.78')");
  });
});

describe('limits', () => {
  it('stop at texts that are longer than the column, by characters', async () => {
    const fits = [[1n, '😀'.repeat(5)]];
    await write({ textLength: 5 }, SCHEMA, fits);
    const failing = write({ textLength: 4 }, SCHEMA, fits);
    await expect(failing).rejects.toMatchObject({ code: 'encode.sql.value-too-long' });
    // SQL Server counts UTF-16 units.
    const units = write({ textLength: 5, dialect: 'sqlserver' }, SCHEMA, fits);
    await expect(units).rejects.toMatchObject({ code: 'encode.sql.value-too-long' });
    const key = write({ dialect: 'mysql', keyColumns: ['name'] }, SCHEMA, [[1n, 'x'.repeat(769)]]);
    await expect(key).rejects.toMatchObject({
      code: 'encode.sql.value-too-long',
      parameters: { column: 'name', row: 1, limit: 768 },
    });
  });

  it('keep every statement as short as was asked', async () => {
    const rows = Array.from({ length: 200 }, (_, i): Value[] => [BigInt(i), 'é'.repeat(i % 40)]);
    for (const limit of [150, 400, 5000]) {
      const { text } = await write({ ...ROWS, maxStatementBytes: limit }, SCHEMA, rows);
      const statements = text.split(/(?<=;\n)/);
      for (const one of statements) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(limit);
      expect(text.match(/^\(\d+, /gm)).toHaveLength(200);
      // No statement ends before it has to.
      const first = statements.map((one) => Buffer.byteLength(one));
      expect(Math.max(...first)).toBeGreaterThan(limit - 100);
    }
    const failing = write({ ...ROWS, maxStatementBytes: 100 }, SCHEMA, [[1n, 'x'.repeat(100)]]);
    await expect(failing).rejects.toMatchObject({ code: 'encode.sql.statement-too-long' });
  });

  it('of rows are those of the database', async () => {
    const many = (count: number): Value[][] =>
      Array.from({ length: count }, (_, i) => [BigInt(i), 'x']);
    const statements = async (options: Options, count: number): Promise<number> => {
      const { text } = await write({ ...ROWS, ...options }, SCHEMA, many(count));
      return text.split(';\n').length - 1;
    };
    expect(await statements({ dialect: 'sqlserver', rowsPerStatement: 5000 }, 2001)).toBe(3);
    expect(await statements({ dialect: 'oracle', rowsPerStatement: 5000 }, 999)).toBe(3);
    expect(await statements({ dialect: 'postgresql', rowsPerStatement: 5000 }, 5001)).toBe(2);
  });
});

describe('several files and tables', () => {
  it('make a table anew in the first part only', async () => {
    const { openEncoder } = await sqlFormat.load();
    const begin = (part: number): string => {
      const context = {
        options: complete({ create: 'replace' }),
        schema: SCHEMA,
        name: 'data',
        timeZone: 'UTC',
        charset: { id: 'utf-8', bom: false },
        startedAtMs: 0,
        sourceName: 'x',
        part,
      } as const;
      const [segment] = openEncoder(context).begin();
      return new TextDecoder().decode(segment!.bytes);
    };
    expect(begin(0)).toContain('DROP TABLE');
    expect(begin(1)).not.toContain('DROP TABLE');
    expect(begin(1)).toContain('CREATE TABLE IF NOT EXISTS');
  });

  it('stand in one script, each in its table', async () => {
    const other = schemaOf([['x', UTF8]]);
    const { text } = await encodeTables(
      sqlFormat,
      { dialect: 'sqlite', table: 'no name for several' },
      [
        { name: 'people', schema: SCHEMA, batches: [batchOf(SCHEMA, [[1n, 'Ann']])] },
        { name: 'none', schema: other, batches: [] },
        { name: 'People', schema: other, batches: [batchOf(other, [['y'], ['z']])] },
      ],
    );
    const db = await openSqlite();
    db.exec(text);
    expect(readSqlite(db, 'people').rows).toEqual([['1', 'Ann']]);
    expect(readSqlite(db, 'none').rows).toEqual([]);
    expect(readSqlite(db, 'People_2').rows).toEqual([['y'], ['z']]);
    db.close();
  });
});

describe('losses', () => {
  it('are counted by column', async () => {
    const schema = schemaOf([
      ['t', UTF8],
      ['f', { kind: 'float', bits: 64 }],
      ['at', { kind: 'timestamp', unit: 'ns', zone: null }],
    ]);
    const rows: Value[][] = [
      ['a\0\0', 0.5, 1n],
      ['', Number.NaN, 1000n],
      ['\0', Infinity, 1_999n],
    ];
    const counts = async (options: Options) => {
      const { losses } = await write(options, schema, rows);
      return losses.map(({ code, column, count }) => [code, column, count]);
    };
    expect(await counts({ emptyText: 'null' })).toEqual([
      ['sql.nul-replaced', 't', 3],
      ['sql.fraction-cut', 'at', 2],
      ['sql.empty-as-null', 't', 1],
    ]);
    expect(await counts({ dialect: 'mysql' })).toEqual([
      ['sql.fraction-cut', 'at', 2],
      ['sql.unheld-as-null', 'f', 2],
    ]);
    expect(await counts({ dialect: 'oracle' })).toEqual([['sql.empty-as-null', 't', 1]]);
  });
});
