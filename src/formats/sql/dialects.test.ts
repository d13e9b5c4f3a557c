// Scripts of dialects whose databases are not at hand: an SQL lexer that we did not write sees their texts, and nothing but texts;
// whole scripts stand beside what the databases' documentation says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll, naughtyStrings } from '../format.suite.ts';
import { lacksPython, runPython } from '../python.suite.ts';
import { sqlFormat } from './format.ts';
import type { SqlOptions } from './options.ts';

type Options = Partial<SqlOptions>;

/** Reads scripts by sqlglot's lexers: the values of rows, and the texts of all tokens outside of them. */
const LEXER = String.raw`
import json, sys
from sqlglot import Dialect

def value(tokens, at):
    # The text of a literal, of pieces put together, or of a call that makes a text; None is NULL.
    text, isNull = '', False
    while True:
        kind, word = tokens[at].token_type.name, tokens[at].text
        if kind in ('STRING', 'NATIONAL', 'NUMBER'):
            text += word
            at += 1
        elif word in ('NCHAR', 'CHR'):
            text += chr(int(tokens[at + 2].text))
            assert tokens[at + 1].text == '(' and tokens[at + 3].text == ')'
            at += 4
        elif word == 'TO_CLOB':
            part, at = value(tokens, at + 2)
            text += part
            assert tokens[at].text == ')'
            at += 1
        elif word == 'CAST':
            assert [t.text for t in tokens[at + 1 : at + 6]] == ['(', '', 'AS', 'nvarchar(max)', ')']
            at += 6
        elif word == 'CONVERT':
            assert [t.text for t in tokens[at + 1 : at + 4]] == ['(', 'nvarchar(max)', ',']
            digits = '%x' % int(tokens[at + 4].text)
            digits = '0' * (-len(digits) % 4) + digits
            text += bytes.fromhex(digits).decode('utf-16-le', 'surrogatepass')
            at += 6
        elif word == 'NULL':
            isNull = True
            at += 1
        else:
            raise ValueError('not a text: ' + kind + ' ' + word)
        if tokens[at].text not in ('+', '||'):
            return (None if isNull else text), at
        at += 1

def read(dialect, script):
    tokens = Dialect.get_or_raise(dialect)().tokenizer.tokenize(script)
    rows, rest, at = [], [], 0
    while at < len(tokens):
        rest.append(tokens[at].text)
        at += 1
        if rest[-1] != 'VALUES':
            continue
        while at < len(tokens) and tokens[at].text == '(':
            row = []
            while tokens[at].text in ('(', ','):
                found, at = value(tokens, at + 1)
                row.append(found)
            assert tokens[at].text == ')', tokens[at].text
            rows.append(row)
            at += 1
            if at < len(tokens) and tokens[at].text == ',':
                at += 1
    return {'rows': rows, 'rest': rest}

print(json.dumps([read(*job) for job in json.load(sys.stdin)]))
`;

interface Lexed {
  rows: (string | null)[][];
  rest: string[];
}

function lex(jobs: readonly (readonly [dialect: string, script: string])[]): Lexed[] {
  return JSON.parse(runPython(LEXER, JSON.stringify(jobs))) as Lexed[];
}

const ROWS: Options = { create: 'none', session: false, transaction: false };

const SCHEMA = schemaOf([
  ['n', INT64],
  ['a', UTF8],
  ['b', UTF8],
]);

async function scriptOf(options: Options, rows: readonly (readonly (string | null)[])[]) {
  const batch = batchOf(
    SCHEMA,
    rows.map((row, i): Value[] => [BigInt(i), ...row]),
  );
  return (await encodeAll(sqlFormat, { table: 'data', ...options }, SCHEMA, [batch])).text;
}

/** Our dialects and sqlglot's, and whether backslashes are escapes. ClickHouse's literals are read by MySQL's rules. */
const LEXED = [
  ['postgresql', 'postgres', false],
  ['mysql', 'mysql', true],
  ['sqlserver', 'tsql', false],
  ['oracle', 'oracle', false],
  ['clickhouse', 'mysql', true],
  ['snowflake', 'snowflake', true],
  ['bigquery', 'bigquery', true],
] as const;

describe.skipIf(lacksPython('sqlglot')).each(LEXED)('texts of %s', (dialect, lexer, hasEscapes) => {
  const options: Options = { ...ROWS, dialect };
  const plain = [
    "'",
    '"',
    '`',
    '\\',
    ';',
    '--',
    '/*',
    '*/',
    '$(',
    '&',
    '{{',
    'N',
    'x',
    ' ',
    '😀',
    '${',
    ']]',
  ];
  const controls = ['\n', '\r', '\0', '\t', '\u001a', '\r\nGO\r\n', '\n/\n'];

  /** Texts of pieces; without controls where the lexer leaves escapes of them as they are. */
  const texts = (pieces: readonly string[]) =>
    fc.oneof(
      fc.constant(null),
      fc.string({ unit: fc.constantFrom(...pieces), maxLength: 25 }),
      // The lexer reads hexadecimal digits as a number, without zeros at its start.
      fc
        .string({ unit: fc.constantFrom(...pieces), minLength: 150, maxLength: 2500 })
        .map((text) => text.replace(/^\0+/, '')),
    );

  const tables = (pieces: readonly string[]) =>
    fc.array(fc.tuple(texts(pieces), texts(pieces)), { minLength: 1, maxLength: 12 });

  it('are exactly those of the table', async () => {
    // PostgreSQL's E'…' is no literal of this lexer.
    const pieces = dialect === 'postgresql' ? plain.filter((piece) => piece !== '\\') : plain;
    // Of two escaped backslashes side by side it keeps one.
    const isRead = (text: string | null): boolean => !hasEscapes || !text?.includes('\\\\');
    const isWhole = !hasEscapes && dialect !== 'postgresql';
    const samples = fc.sample(tables(isWhole ? [...pieces, ...controls] : pieces), { numRuns: 20 });
    const naughty = (naughtyStrings() ?? []).filter(
      // oxlint-disable-next-line no-control-regex -- controls are texts too
      (text) => isWhole || !/[\\\n\r\0\u001a]/.test(text),
    );
    samples.push(naughty.map((text) => [text, text]));
    const rowsOf = samples.map((rows) => rows.filter((row) => row.every(isRead)));
    const scripts: [string, string][] = [];
    for (const rows of rowsOf) scripts.push([lexer, await scriptOf(options, rows)]);
    for (const [i, { rows }] of lex(scripts).entries())
      expect(rows).toEqual(
        rowsOf[i]!.map((row, n) => [
          String(n),
          // Oracle takes empty text for NULL.
          ...row.map((text) => (dialect === 'oracle' ? text || null : text)),
        ]),
      );
  }, 30_000);

  it('are nothing but texts, whatever stands in them', async () => {
    if (dialect === 'postgresql') return;
    const samples = fc.sample(tables([...plain, ...controls]), { numRuns: 20 });
    const scripts: [string, string][] = [];
    for (const rows of samples) {
      scripts.push([lexer, await scriptOf(options, rows)]);
      scripts.push([
        lexer,
        await scriptOf(
          options,
          rows.map(() => ['x', 'y']),
        ),
      ]);
    }
    const found = lex(scripts);
    for (const [i] of samples.entries()) {
      expect(found[i * 2]!.rest).toEqual(found[i * 2 + 1]!.rest);
      expect(found[i * 2]!.rows).toHaveLength(samples[i]!.length);
    }
  }, 30_000);
});

describe('whole scripts', () => {
  const schema = schemaOf([
    ['id', INT64],
    ['Name', UTF8],
    ['paid', { kind: 'bool' }],
    ['price', { kind: 'decimal', precision: 10, scale: 2 }],
    ['ratio', { kind: 'float', bits: 64 }],
    ['day', { kind: 'date' }],
    ['at', { kind: 'timestamp', unit: 'ms', zone: 'UTC' }],
    ['local', { kind: 'timestamp', unit: 'us', zone: null }],
    ['bytes', { kind: 'binary' }],
    ['tags', { kind: 'json' }],
  ]);
  const rows: Value[][] = [
    [
      1n,
      "it's \\ a\nline",
      true,
      1250n,
      0.5,
      0,
      1_500n,
      1_500_000n,
      Uint8Array.of(1, 255),
      '["x"]',
    ],
    [2n, null, null, null, Number.NaN, null, null, null, null, null],
  ];
  const write = async (options: Options): Promise<string> => {
    const { text } = await encodeAll(sqlFormat, { table: 's.t', ...options }, schema, [
      batchOf(schema, rows),
    ]);
    return text;
  };

  it.each(['mysql', 'sqlserver', 'oracle', 'clickhouse', 'snowflake', 'bigquery'] as const)(
    'as %s has them',
    async (dialect) => {
      const made = await write({ dialect, keyColumns: ['id'], create: 'replace' });
      await expect(made).toMatchFileSnapshot(`fixtures/${dialect}.sql`);
      const mode = dialect === 'clickhouse' ? 'update' : 'upsert';
      const changing = await write({ ...ROWS, dialect, keyColumns: ['id'], mode });
      await expect(changing).toMatchFileSnapshot(`fixtures/${dialect}-${mode}.sql`);
    },
  );

  it.each([
    { dialect: 'sqlserver', terminator: 'batch' },
    { dialect: 'oracle', terminator: 'batch', multiRow: 'values' },
  ] as const)('with the lines that clients run them at: $dialect', async (options) => {
    const batches = await write({ ...ROWS, create: 'if-missing', ...options });
    await expect(batches).toMatchFileSnapshot(`fixtures/${options.dialect}-batches.sql`);
  });
});
