// Scripts of databases and of people, read to rows: dumps of pg_dump, mysqldump and sqlite3, every literal, and what is no row.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasStatements } from './recognise.ts';
import { inspect, readScript } from './testing.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/${name}.sql`, import.meta.url), 'utf8');

const cellsOf = async (values: string, given = {}): Promise<(string | null)[]> =>
  (await readScript(`INSERT INTO t VALUES (${values});`, given)).rows[0]!;

describe('dumps of pg_dump', () => {
  const ROWS = [
    [
      ...['1', "O'Brien", 'line one\nline two\ttab \\ back', '1234567890.10', 'NaN', 'true'],
      ...['1999-12-31', '2026-03-01 19:50:40.123456+00:00', '2026-03-01 21:50:40.5', '08:30:00'],
      ...['AP8Q', '{"a": [1, "x;y"]}', '{a,"b,c"}', 'happy'],
      ...['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '9223372036854775807', '007  '],
    ],
    [
      ...[
        '2',
        '',
        null,
        null,
        'Infinity',
        'false',
        '-000043-03-15',
        null,
        '+012026-01-01 00:00:00',
      ],
      ...[null, null, null, null, null, null, '-1', null],
    ],
    [
      ...['3', 'é漢😀', '\\N', '-0.05', '1.5e-300', null, null, '2026-01-01 00:00:00+00:00', null],
      ...['23:59:59.999999', '', 'null', '{}', 'sad', null, '0', '12345'],
    ],
  ];

  it.each(['pg_dump-copy', 'pg_dump-inserts', 'pg_dump-column-inserts'])(
    '%s: every table, exactly',
    async (name) => {
      const { rows, inspection, rejects } = await readScript(
        fixture(name),
        {},
        {
          table: 'public.customers',
        },
      );
      const isTyped = name !== 'pg_dump-column-inserts';
      const untyped = (row: (string | null)[]) =>
        row.map((cell) =>
          cell === 'AP8Q'
            ? '\\x00ff10'
            : cell === '-000043-03-15'
              ? '0044-03-15 BC'
              : cell === '+012026-01-01 00:00:00'
                ? '12026-01-01 00:00:00'
                : (cell?.replace(/\+00:00$/, '+00') ?? null),
        );
      const expected = isTyped ? ROWS : ROWS.map(untyped);
      if (!isTyped) expected[2]![10] = '\\x';
      // A year that the type has no room for leaves the column a text, as it stands.
      if (isTyped && inspection.schema.fields[6]!.type.kind === 'utf8') {
        expected[1]![6] = '0044-03-15 BC';
        expected[1]![8] = '12026-01-01 00:00:00';
      }
      expect(rows).toEqual(expected);
      expect(rejects).toEqual([]);
      const tables = inspection.tables!.map((table) => [table.name, table.rowCount]);
      expect(tables).toContainEqual(['public.customers', 3]);
      expect(tables).toContainEqual(['public.Order Lines', 7]);
      const lines = await readScript(fixture(name), {}, { table: 'public.Order Lines' });
      expect(lines.rows).toHaveLength(7);
      expect(lines.rows[6]).toEqual(['2', '1', 'item 7']);
      expect(lines.columns).toEqual(['order_id: int64', 'pos: int64', 'item: utf8']);
    },
  );

  it('declare the types of their columns', async () => {
    const { columns } = await readScript(
      fixture('pg_dump-copy'),
      {},
      { table: 'public.customers' },
    );
    expect(columns).toMatchInlineSnapshot(`
      [
        "id: int64",
        "name: utf8",
        "Note; here: utf8",
        "balance: decimal(12,2)",
        "ratio: utf8",
        "active: bool",
        "born: utf8",
        "seen: timestamp(us, UTC)",
        "made: utf8",
        "opens: time(us)",
        "photo: binary",
        "doc: json",
        "tags: utf8",
        "m: utf8",
        "uid: utf8",
        "big: int64",
        "code: utf8",
      ]
    `);
  });
});

describe('a dump of mysqldump', () => {
  it('is read with its escapes, and no row of a trigger', async () => {
    const { columns, rows, inspection } = await readScript(fixture('mysqldump'));
    expect(inspection.options.dialect).toBe('mysql');
    expect(inspection.tables).toEqual([
      { name: 'audit', kind: 'table', rowCount: 0 },
      { name: 'customers', kind: 'table', rowCount: 3 },
      { name: 'order_lines', kind: 'table', rowCount: 3 },
    ]);
    expect(inspection.table).toBe('customers');
    expect(columns).toMatchInlineSnapshot(`
      [
        "id: int64",
        "name: utf8",
        "Note; here: utf8",
        "balance: decimal(12,2)",
        "ratio: float64",
        "active: int64",
        "flag: bool",
        "born: date",
        "made: timestamp(us)",
        "seen: timestamp(s)",
        "opens: utf8",
        "photo: binary",
        "doc: utf8",
        "kind: utf8",
        "big: uint64",
        "y: int64",
      ]
    `);
    expect(rows).toEqual([
      [
        ...[
          '1',
          "O'Brien",
          'line one\nline two\ttab \\ back "q"',
          '1234567890.10',
          '1.5e-300',
          '1',
        ],
        ...['true', '1999-12-31', '2026-03-01 21:50:40.123456', '2026-03-01 21:50:40'],
        ...['08:30:00.500', 'AP8QJw==', '{"a": [1, "x;y"]}', 'a', '18446744073709551615', '1999'],
      ],
      ['2', '', ...Array.from({ length: 14 }, () => null)],
      [
        ...['3', 'é漢😀', '\\N \0 \u001a \r ; -- # /* */', '-0.05', '0.1', '0', 'false'],
        ...['0001-01-01', '2026-01-01 00:00:00.000000', null, '-23:59:59.999', '', 'null', 'b'],
        ...['0', '2026'],
      ],
    ]);
  });
});

describe('a dump of sqlite3', () => {
  it('is read with its functions, and no row of a trigger', async () => {
    const { columns, rows } = await readScript(fixture('sqlite-dump'));
    expect(columns).toMatchInlineSnapshot(`
      [
        "id: int64",
        "name: utf8",
        "Note; here: utf8",
        "balance: utf8",
        "ratio: utf8",
        "active: bool",
        "born: date",
        "photo: binary",
        "untyped: utf8",
      ]
    `);
    expect(rows).toEqual([
      [
        ...['1', "O'Brien", 'line one\nline two\r\n\t\\ back', '1234567890.0999999046', 'Infinity'],
        ...['true', '1999-12-31', 'AP8Q', '007'],
      ],
      ['2', '', null, null, '-Infinity', 'false', null, null, '7'],
      [
        ...['3', 'é漢😀', "it's; -- not a comment", '-0.050000000000000002775'],
        ...['1.5000000000000001205e-300', null, null, '', 'AQ=='],
      ],
    ]);
    const other = await readScript(fixture('sqlite-dump'), {}, { table: 'Order Lines' });
    expect(other.rows).toHaveLength(3);
  });
});

it('a script of SQL Server is read: marks around types, no semicolons, GO inside of a text', async () => {
  const { columns, rows, rejects } = await readScript(
    [
      'USE [shop]\nGO\nSET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[Person](',
      '\t[Id] [int] IDENTITY(1,1) NOT NULL,\n\t[Name] [nvarchar](50) NULL,',
      '\t[Born] [datetime2](7) NULL,\n\t[Paid] [decimal](18, 2) NULL,',
      '\t[Active] [bit] NOT NULL,\n\t[Data] [varbinary](max) NULL,',
      ' CONSTRAINT [PK] PRIMARY KEY CLUSTERED \n(\n\t[Id] ASC\n)WITH (PAD_INDEX = OFF) ON [PRIMARY]',
      ') ON [PRIMARY]\nGO\nSET IDENTITY_INSERT [dbo].[Person] ON \n',
      "INSERT [dbo].[Person] ([Id], [Name], [Born], [Paid], [Active], [Data]) VALUES (1, N'O''Brien', CAST(N'1999-12-31T00:00:00.1230000' AS DateTime2), CAST(12.50 AS Decimal(18, 2)), 1, 0x00FF)",
      "INSERT [dbo].[Person] ([Id], [Name], [Born], [Paid], [Active], [Data]) VALUES (2, N'a\nGO\nb', NULL, NULL, 0, 0x)",
      "GO\nprint 'Processed 100 total records'",
      'INSERT [dbo].[Person] ([Id], [Active]) VALUES (3, 1)',
      'SET IDENTITY_INSERT [dbo].[Person] OFF\nGO\nALTER TABLE [dbo].[Person] ADD  DEFAULT ((1)) FOR [Active]\nGO\n',
    ].join('\n'),
  );
  expect(columns).toEqual([
    'Id: int64',
    'Name: utf8',
    'Born: timestamp(ns)',
    'Paid: decimal(18,2)',
    'Active: bool',
    'Data: binary',
  ]);
  expect(rows).toEqual([
    ['1', "O'Brien", '1999-12-31T00:00:00.1230000', '12.50', 'true', 'AP8='],
    ['2', 'a\nGO\nb', null, null, 'false', ''],
    ['3', null, null, null, 'true', null],
  ]);
  expect(rejects).toEqual([]);
});

describe('literals', () => {
  it.each<[string, string | null, object?]>([
    ["'it''s'", "it's"],
    ["'a\\'", 'a\\'],
    ["'a\\'b\\n\\%\\\\'", "a'b\n\\%\\", { dialect: 'mysql' }],
    ['"say ""x"" \\"y\\""', 'say "x" "y"', { dialect: 'mysql' }],
    ["E'a\\'b\\n\\x41\\101\\u00e9'", "a'b\nAAé"],
    ["N'x'", 'x'],
    ["_utf8mb4'x'", 'x', { dialect: 'mysql' }],
    ["$$it's $1$$", "it's $1"],
    ['$q$a$$b$q$', 'a$$b'],
    ["X'00ff'", 'AP8='],
    ['0x00FF', 'AP8='],
    ["'\\x00ff'::bytea", 'AP8='],
    ["'\\x00ff'", '\\x00ff'],
    ["HEXTORAW('00ff')", 'AP8='],
    ["CAST(X'616263' AS TEXT)", 'abc'],
    ["CONVERT(X'c3a9' USING utf8mb4)", 'é', { dialect: 'mysql' }],
    ['CONVERT(nvarchar(max), 0x6100e900)', 'aé'],
    ["CAST(N'2026-01-02T03:04:05.000' AS DateTime)", '2026-01-02T03:04:05.000'],
    ['CAST(1.50 AS Decimal(18, 2))', '1.50'],
    ["DATE '2026-01-02'", '2026-01-02'],
    ["TIMESTAMP '2026-01-02 03:04:05 +02:00'", '2026-01-02 03:04:05+02:00'],
    ["TIMESTAMP WITH TIME ZONE '2026-01-02 03:04:05+02'", '2026-01-02 03:04:05+02:00'],
    ["TO_DATE('02.01.2026', 'DD.MM.YYYY')", '2026-01-02'],
    ["to_date('02-JAN-2026 03:04:05','DD-MON-YYYY HH24:MI:SS')", '2026-01-02 03:04:05'],
    ["TO_TIMESTAMP('2026-01-02 03:04:05.25', 'YYYY-MM-DD HH24:MI:SS.FF2')", null],
    [
      "to_timestamp('17-06-03 10.15.30.120000000','DD-MM-RR HH24.MI.SSXFF')",
      '2003-06-17 10:15:30.120000000',
    ],
    ["to_timestamp('17-JUN-87 12.15.30.5 AM','DD-MON-RR HH.MI.SSXFF AM')", '1987-06-17 00:15:30.5'],
    ["to_timestamp('01/02/2026 01:00:00 PM','DD/MM/YYYY HH12:MI:SS AM')", '2026-02-01 13:00:00'],
    [
      "TO_TIMESTAMP('2026-01-02 03:04:05.25', 'YYYY-MM-DD HH24:MI:SS.FF')",
      '2026-01-02 03:04:05.25',
    ],
    ["TO_CLOB('a')||'b'||CHR(10)", 'ab\n'],
    ["N'a' + NCHAR(13) + N'b'", 'a\rb'],
    ["'NaN'::float8", 'NaN'],
    ["'-infinity'::double precision", '-Infinity'],
    ["'{1,2}'::int[]", '{1,2}'],
    ["'abc'::character varying(10)", 'abc'],
    ["'2026-01-02 03:04:05+00'::timestamp(3) with time zone", '2026-01-02 03:04:05+00:00'],
    ['\'x\'::public."My Type"', 'x'],
    ['-1e999', '-Infinity'],
    ['1.10', '1.10'],
    ['+.5e-3', '.5e-3'],
    ['-  7', '-7'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['1.5d', '1.5'],
    ['(7)', '7'],
    ['TRUE', 'true'],
    ["unistr('a\\000ab\\\\')", 'a\nb\\'],
    ['PARSE_JSON(\'{"a":1}\')', '{"a":1}'],
    ["b'\\x00\\xff'", 'AP8=', { dialect: 'bigquery' }],
    ["r'a\\n'", 'a\\n', { dialect: 'bigquery' }],
    ['NULL', null],
    ['null /* none */', null],
  ])('%s', async (literal, expected, given) => {
    if (literal.includes('FF2')) {
      const { rejects } = await readScript(`INSERT INTO t VALUES (1, ${literal})`, {
        badRows: 'reject',
      });
      expect(rejects).toHaveLength(1);
      return;
    }
    expect(await cellsOf(`1, ${literal}, 'end'`, given)).toEqual(['1', expected, 'end']);
  });

  it.each([
    'now()',
    "nextval('s')",
    'DEFAULT',
    '1 + 2',
    "'a' COLLATE nocase",
    'a.b',
    'CURRENT_TIMESTAMP',
    "DATE 'x' + INTERVAL '1 day'",
    'CASE WHEN 1 IS NULL THEN 2 END',
    '(SELECT max(id) FROM t)',
    'CAST(now() AS date)',
    'f(g(1), [2, 3])',
    "_binary 'é'",
    "U&'d\\0061t'",
  ])('%s is no value, and never taken for one', async (expression) => {
    const script = `INSERT INTO t (a, b, c) VALUES\n(1, 2, 3),\n(4, ${expression}, 5), (6, 7, 8);`;
    await expect(readScript(script)).rejects.toMatchObject({
      code: 'read.sql.expression',
      message: expect.stringMatching(/Line 3 .* column “b”/) as string,
    });
    const { rows, rejects } = await readScript(script, { badRows: 'reject' });
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['6', '7', '8'],
    ]);
    expect(rejects).toMatchObject([
      { row: 1, line: 3, code: 'read.sql.expression', value: expression },
    ]);
    expect(rejects[0]!.record).toBe(`(4, ${expression}, 5)`);
  });
});

describe('statements', () => {
  it.each<[string, string]>([
    ['several rows', 'INSERT INTO t (a, b) VALUES (1, 2), (3, 4);'],
    [
      'a row each, without semicolons',
      'INSERT t (a, b) VALUES (1, 2)\nINSERT [t] ([a], [b]) VALUES (3, 4)\nGO\n',
    ],
    ['replacing', 'REPLACE INTO t (a, b) VALUES (1, 2);\nREPLACE t (a,b) VALUE (3,4)'],
    [
      'ignoring',
      'INSERT IGNORE INTO t (a, b) VALUES (1, 2), (3, 4) ON DUPLICATE KEY UPDATE a = 9;',
    ],
    [
      'by conflict',
      'INSERT OR REPLACE INTO t (a, b) VALUES (1, 2),\n(3, 4)\nON CONFLICT (a) DO UPDATE SET b = excluded.b;',
    ],
    ['in another order', 'INSERT INTO t (a, b) VALUES (1, 2); INSERT INTO t (b, a) VALUES (4, 3);'],
    [
      'after CREATE TABLE',
      'CREATE TABLE t (a int, b int, PRIMARY KEY (a));INSERT INTO t VALUES (1,2),(3,4)',
    ],
    ['with ROW', 'INSERT INTO t (a, b) VALUES ROW(1, 2), ROW(3, 4);'],
    [
      'INSERT ALL',
      'INSERT ALL\n INTO t (a, b) VALUES (1, 2)\n INTO other (x) VALUES (9)\n INTO t (a, b) VALUES (3, 4)\nSELECT * FROM dual;',
    ],
    ['SELECT … UNION ALL', 'INSERT INTO t (a, b) SELECT 1, 2 UNION ALL SELECT 3 AS a, 4;'],
    [
      'SELECT … FROM dual',
      'INSERT INTO t (a, b) SELECT 1, 2 FROM dual UNION ALL\nSELECT 3, 4 FROM dual;',
    ],
    ['SET', 'INSERT INTO t SET a = 1, b = 2; INSERT INTO t SET b = 4, a = 3;'],
    ['COPY', 'COPY t (a, b) FROM stdin;\n1\t2\n3\t4\n\\.\n'],
    ['COPY with CR LF', 'COPY t (a, b) FROM stdin;\r\n1\t2\r\n3\t4\r\n\\.\r\n'],
    [
      'MERGE … VALUES',
      'MERGE INTO t AS x USING (VALUES (1, 2), (3, 4)) AS s (a, b) ON x.a = s.a WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.a, s.b);',
    ],
    [
      'MERGE … SELECT',
      'MERGE INTO t USING (SELECT 1 AS a, 2 AS b FROM dual UNION ALL SELECT 3 AS a, 4 AS b FROM dual) s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET b = s.b;',
    ],
    ['UPDATE', 'UPDATE t SET b = 2 WHERE a = 1;\nUPDATE t SET b = 4 WHERE a = 3\n'],
    [
      'comments',
      '-- INSERT INTO t VALUES (9)\n/* INSERT INTO t (x) VALUES (8); */\nINSERT /* x */ INTO t -- y\n (a /* ; */, b) VALUES (1 /* ) */, 2), -- z\n (3, 4) ; -- end',
    ],
    [
      'other tables',
      "INSERT INTO o VALUES ('(', ')', ';');INSERT INTO t (a,b) VALUES (1,2),(3,4);CREATE TABLE z (q text);COPY o FROM stdin;\n9\n\\.\n",
    ],
    [
      'a name in parts',
      'INSERT INTO "my ""db""".t (a, b) VALUES (1, 2); INSERT INTO "my ""db""".t (t.a, b) VALUES (3, 4);',
    ],
    [
      'DELIMITER',
      'DELIMITER //\nCREATE TRIGGER x BEGIN INSERT INTO t (a, b) VALUES (8, 8); END//\nDELIMITER ;\nINSERT INTO t (a, b) VALUES (1, 2), (3, 4);',
    ],
    [
      'bodies',
      'CREATE PROCEDURE p() BEGIN IF 1 THEN INSERT INTO t (a, b) VALUES (8, 8); END IF; CASE x WHEN 1 THEN DELETE FROM t; END CASE; END;\nINSERT INTO t (a, b) VALUES (1, 2), (3, 4);',
    ],
    [
      'blocks',
      "BEGIN\n  EXECUTE IMMEDIATE 'CREATE TABLE t (a int, b int)';\nEXCEPTION WHEN OTHERS THEN IF 1 != 2 THEN RAISE; END IF;\nEND;\n/\nINSERT INTO t VALUES (1, 2);\nINSERT INTO t VALUES (3, 4);",
    ],
    [
      'transactions',
      'BEGIN TRANSACTION\nINSERT INTO t (a, b) VALUES (1, 2)\nCOMMIT TRANSACTION\nSTART TRANSACTION;\nINSERT INTO t (a, b) VALUES (3, 4);ROLLBACK',
    ],
    [
      'settings',
      "SET IDENTITY_INSERT [t] ON\nINSERT t (a, b) VALUES (1, 2)\nSET x = 1;\nPROMPT it's\nINSERT t (a, b) VALUES (3, 4);",
    ],
  ])('%s', async (_what, script) => {
    const table = inspect(script).tables!.find(({ name }) => name.endsWith('t'))!;
    for (const size of [1, 7, 10_000]) {
      const { rows, inspection } = await readScript(script, {}, { table: table.name, size });
      const names = inspection.schema.fields.map(({ name }) => name);
      const a = names.indexOf('a');
      expect(
        rows.map((row) => [row[a], row[1 - a]]),
        script,
      ).toEqual([
        ['1', '2'],
        ['3', '4'],
      ]);
      expect(names).toHaveLength(2);
    }
  });

  it('with fewer columns have nulls, and that is counted', async () => {
    const { rows, losses } = await readScript(
      'INSERT INTO t (a, b) VALUES (1, 2); INSERT INTO t (b) VALUES (4), (5);',
    );
    expect(rows).toEqual([
      ['1', '2'],
      [null, '4'],
      [null, '5'],
    ]);
    expect(losses).toMatchObject([{ code: 'sql.columns-left-out', count: 2 }]);
  });

  it('with a column that no statement of the sample has ask for more room', async () => {
    const script = `INSERT INTO t (a) VALUES (1);${' '.repeat(100)}INSERT INTO t (a, b) VALUES (2, 3);`;
    await expect(readScript(script, {}, { sampleBytes: 60 })).rejects.toMatchObject({
      schema: { fields: [{ name: 'a' }, { name: 'b' }] },
    });
  });

  it('that change rows are not applied, and that is counted', async () => {
    const { rows, losses } = await readScript(
      'DELETE FROM t; INSERT INTO t (a) VALUES (1); UPDATE t SET a = 2 WHERE a = 1; UPDATE t SET a = a + 1; TRUNCATE TABLE t; UPDATE o SET a = 1 WHERE b = 2;',
    );
    expect(rows).toEqual([['1']]);
    expect(losses).toMatchObject([{ code: 'sql.changes-skipped', count: 3 }]);
  });

  it.each([
    ['INSERT INTO t (a) VALUES (1);\nINSERT INTO t (a) SELECT x FROM o;', 2],
    ['INSERT INTO t (a) VALUES (1);\n\nINSERT INTO t (a) SELECT 1 WHERE 1 = 2;', 3],
    ['INSERT INTO t (a) VALUES (1);\nINSERT INTO t DEFAULT VALUES;', 2],
    [
      'INSERT INTO t (a) VALUES (1);\nMERGE INTO t USING o ON t.a = o.a WHEN MATCHED THEN DELETE;',
      2,
    ],
  ])('whose rows come out of a query are refused: %s', async (script, line) => {
    await expect(readScript(script)).rejects.toMatchObject({
      code: 'read.sql.query',
      message: expect.stringContaining(`line ${line} `) as string,
    });
    const { rows, rejects } = await readScript(script, { badRows: 'reject' });
    expect(rows).toEqual([['1']]);
    expect(rejects).toMatchObject([{ line, code: 'read.sql.query' }]);
  });

  it('with rows of another length are refused', async () => {
    const script = 'INSERT INTO t (a, b) VALUES (1, 2),\n(3),\n(4, 5, 6);';
    await expect(readScript(script)).rejects.toMatchObject({ code: 'read.sql.row-length' });
    const { rows, rejects } = await readScript(script, { badRows: 'reject' });
    expect(rows).toEqual([['1', '2']]);
    expect(rejects.map(({ line }) => line)).toEqual([2, 3]);
  });

  it.each([
    ["INSERT INTO t (a) VALUES ('x", /a text in quotes is not closed/],
    ['INSERT INTO t (a) VALUES (1', /not closed|should follow/],
    ['INSERT INTO t (a) VALUES (1),', /a row in brackets/],
    ['INSERT INTO t (a) VALUES (1) /* x', /a comment is not closed/],
    ['COPY t (a) FROM stdin;\n1\n', /COPY have no end/],
    ['COPY t (a) FROM stdin WITH (FORMAT csv);\n1\n\\.\n', /text form/],
    ['INSERT INTO t (a) VALUES (1 2);', /only a database/],
    ['CREATE TABLE t (a int, b', /not closed/],
  ])('that are cut off or wrong are told: %s', async (script, message) => {
    await expect(readScript(`SELECT 1;\n${script}`)).rejects.toThrow(message);
  });

  it('are cut into the same batches whatever pieces they come in', async () => {
    const script = fixture('pg_dump-copy');
    const whole = await readScript(script, {}, { table: 'public.customers' });
    for (const size of [1, 2, 3, 5, 64, 4_096]) {
      const pieces = await readScript(script, {}, { table: 'public.customers', size });
      expect(pieces.rows).toEqual(whole.rows);
      expect(pieces.lines).toEqual(whole.lines);
    }
    const rows = Array.from({ length: 60_000 }, (_, i) => `(${i}, 'text ${i} it''s', ${i / 8})`);
    const long = `INSERT INTO t (a, b, c) VALUES\n${rows.join(',\n')};\n`;
    const one = await readScript(long);
    expect(one.rows).toHaveLength(60_000);
    expect(one.lines[59_999]).toBe(60_001);
    expect(one.batchRows.length).toBeGreaterThan(1);
    for (const size of [4_093, 100_000]) {
      const other = await readScript(long, {}, { size });
      expect(other.batchRows).toEqual(one.batchRows);
      expect(other.rows[59_999]).toEqual(['59999', "text 59999 it's", '7499.875']);
    }
  });

  it('with a value beyond the limit are refused where they stand', async () => {
    const script = `SELECT 1;\nINSERT INTO t (a) VALUES (1);\nINSERT INTO t (a) VALUES ('${'x'.repeat(9_000)}');`;
    await expect(readScript(script, {}, { limits: { recordBytes: 4_096 } })).rejects.toMatchObject({
      code: 'read.sql.record-too-large',
    });
    const skipped = script.replace("INTO t (a) VALUES ('", "INTO o (a) VALUES ('");
    expect((await readScript(skipped, {}, { table: 't' })).rows).toEqual([['1']]);
  });
});

describe('types', () => {
  it.each<[string, string]>([
    ["1, '1', 1.5, TRUE, DATE '2026-01-01', X'00'", 'int64 utf8 decimal(18,1) bool date binary'],
    ["'007', 007, NULL, 1e3, 18446744073709551615", 'utf8 utf8 utf8 float64 uint64'],
    ["TIMESTAMP '2026-01-01 00:00:00', TIME '10:00:00', JSON '[1]'", 'timestamp(s) time(s) json'],
  ])('of literals: %s', async (values, types) => {
    const { columns } = await readScript(`INSERT INTO t VALUES (${values})`);
    expect(columns.map((column) => column.split(': ')[1]).join(' ')).toBe(types);
  });

  it('are those that people set', async () => {
    const { columns, rows, rejects } = await readScript(
      "INSERT INTO t (a) VALUES ('1'), ('x');",
      {},
      { columns: [{ column: { name: 'a' }, type: 'int32' }] },
    );
    expect(columns).toEqual(['a: int32']);
    expect(rows).toEqual([['1']]);
    expect(rejects).toMatchObject([{ code: 'read.misfit', value: 'x' }]);
  });
});

describe('inspecting', () => {
  it('says what the tables are, and what is not there', () => {
    const script =
      'CREATE TABLE a (x int); INSERT INTO b (y) VALUES (1), (2); INSERT INTO c VALUES (3);';
    const found = inspect(script, {}, { profiles: true });
    expect(found.tables).toEqual([
      { name: 'a', kind: 'table', rowCount: 0 },
      { name: 'b', kind: 'table', rowCount: 2 },
      { name: 'c', kind: 'table', rowCount: 1 },
    ]);
    expect(found.table).toBe('b');
    expect(found.columns[0]!.sentence).toContain('whole numbers');
    expect(() => inspect(script, {}, { table: 'd' })).toThrow(/no table “d”/);
    expect(() => inspect('SELECT 1;')).toThrow(/holds no table/);
    expect(() => inspect('')).toThrow(/is empty/);
    expect(() => inspect(script, {}, { table: 'c', sampleBytes: 60 })).toThrow(/hold no rows/);
  });
});

describe('recognising', () => {
  const recognised = (text: string): boolean => hasStatements(new TextEncoder().encode(text));

  it.each([
    'pg_dump-copy',
    'pg_dump-inserts',
    'pg_dump-column-inserts',
    'mysqldump',
    'sqlite-dump',
  ])('a dump: %s', (name) => expect(recognised(fixture(name))).toBe(true));

  it.each([
    'insert into t values (1)',
    '-- x\n/* y */\nCREATE TABLE IF NOT EXISTS t (a int)',
    'SET NAMES utf8mb4;',
    'USE [shop]\nGO\n',
    'BEGIN;\nINSERT INTO t VALUES (1);',
    'COPY "a b" (x) FROM stdin;\n',
    'REM INSERTING into HR.EMPLOYEES\nSET DEFINE OFF;\n',
  ])('a script: %s', (text) => expect(recognised(text)).toBe(true));

  it.each([
    'insert,into,t\n1,2,3\n',
    'id,name\n1,CREATE TABLE\n',
    'set\ta\tb\n1\t2\t3\n',
    'update\n2026-01-01\n',
    '{"insert": "into t values (1)"}',
    '<insert into="t"/>',
    'Begin\n1\n',
    'create table;copy\n1;2\n',
    'use case;status\nlogin;done\n',
    'Drop rate,User\n1,2\n',
    '',
  ])('no other text: %j', (text) => expect(recognised(text)).toBe(false));
});

it('long texts in many pieces and deep brackets take no more than their length', async () => {
  const pieces = Array.from({ length: 9_000 }, () => `'${'x'.repeat(50)}'`).join('||');
  expect((await cellsOf(pieces))[0]).toHaveLength(450_000);
  const deep = 100_000;
  const script = `INSERT INTO t (a) VALUES (${'('.repeat(deep)}1${')'.repeat(deep)}), (2);`;
  const { rows, rejects } = await readScript(script, { badRows: 'reject' });
  expect(rows).toEqual([['2']]);
  expect(rejects).toMatchObject([{ code: 'read.sql.expression' }]);
});

it('whatever a script holds is read or refused in our words', async () => {
  const words = [
    ...["'", '"', '`', '$$', '(', ')', ',', ';', '\n', '--', '/*', '*/', '\\', '\\.\n', 'N', '0x'],
    ...[
      'INSERT INTO t',
      ' VALUES ',
      'COPY t FROM stdin;\n',
      'SELECT ',
      ' UNION ALL ',
      'MERGE INTO t',
    ],
    ...[' USING (', 'BEGIN ', 'END', 'CREATE TABLE t (', 'a int', '1', "'x'", '\t', '::int', '||'],
    ...[
      'CAST(',
      ' AS ',
      'DELIMITER x\n',
      'UPDATE t SET a = ',
      ' WHERE b = ',
      '/',
      'GO\n',
      '[',
      ']',
    ],
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 30 }), async (parts) => {
      const script = `INSERT INTO t (a) VALUES (1);\n${parts.join('')}`;
      const outcome = async (size: number) => {
        try {
          const { rows, lines } = await readScript(script, { badRows: 'reject' }, { size });
          return { rows, lines };
        } catch (thrown) {
          const { code, message, changes } = thrown as {
            code?: string;
            message: string;
            changes?: unknown;
          };
          expect(code ?? changes, (thrown as Error).stack).toBeDefined();
          return { code, message };
        }
      };
      expect(await outcome(1)).toEqual(await outcome(10_000));
    }),
    { numRuns: 600 },
  );
});
