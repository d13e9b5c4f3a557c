// Whole files of every kind of source and every packing, small, most of them by somebody else's writer: what damage is tried on.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  Dictionary,
  Field,
  Int16,
  Int32,
  List,
  Struct,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  Utf8View,
  vectorFromArray,
} from 'apache-arrow';
import ExcelJS from 'exceljs';
import { unzipSync, zipSync } from 'fflate';
import type { SourceConfig } from '../contract/config.ts';
import { writeAvro } from '../sources/avro/avro-files.suite.ts';

/** A file that is whole. */
export interface Seed {
  name: string;
  bytes: Uint8Array;
  /** What a configuration says of it beside its kind. */
  source?: Partial<SourceConfig>;
  /** Of files made of others, which are damaged one at a time too and put together anew, sums and all. */
  parts?: Map<string, Uint8Array>;
}

type MakeSeeds = () => Seed[] | Promise<Seed[]>;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const fixture = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../sources/${path}`, import.meta.url)));

/** One file for each query, by DuckDB. */
async function byDuckDb(
  files: readonly (readonly [name: string, query: string, options: string])[],
): Promise<Seed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'seeds-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const seeds: Seed[] = [];
    for (const [name, query, options] of files) {
      const path = join(folder, name);
      await connection.run(`COPY (${query}) TO '${path}' (${options})`);
      seeds.push({ name, bytes: new Uint8Array(readFileSync(path)) });
    }
    return seeds;
  } finally {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  }
}

function database(name: string, ...statements: string[]): Seed {
  const folder = mkdtempSync(join(tmpdir(), 'seeds-'));
  try {
    const script = `import sqlite3, sys, json
c = sqlite3.connect(sys.argv[1], isolation_level=None)
for s in json.loads(sys.stdin.read()): c.execute(s)
c.close()`;
    const path = join(folder, name);
    execFileSync('python3', ['-c', script, path], { input: JSON.stringify(statements) });
    return { name, bytes: new Uint8Array(readFileSync(path)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const CSV = utf8(
  `id,name,amount,day,note\n${range(60)
    .map((i) => `${i},n${i % 7},${i}.50,2026-01-${10 + (i % 20)},"a ""b"", ${i}\nc"\n`)
    .join('')}`,
);

const record = (i: number): string =>
  `{"id":${i},"t":"é\\u00e9\\"${i}","x":${i / 8},"b":${i % 2 === 0},"n":null,"l":[${i},{"a":[]}],"o":{"a":{"b":"c"}}}`;

const NDJSON = utf8(`${range(30).map(record).join('\n')}\n`);

/** Statistics, nesting, dictionaries, and pages of either version, by codec. */
const PARQUET: readonly (readonly [string, string, string])[] = [
  [
    'plain',
    `SELECT i, 'text ' || (i % 9) AS t, i / 7 AS f, i % 2 = 0 AS b FROM range(200) t(i)`,
    'COMPRESSION uncompressed',
  ],
  ['snappy', `SELECT i, 'long text number ' || i AS t FROM range(300) t(i)`, 'COMPRESSION snappy'],
  [
    'nested',
    `SELECT i, [i, NULL] AS l, {'a': i, 'b': ['x']} AS s, MAP {'k': i} AS m FROM range(40) t(i)`,
    'COMPRESSION zstd',
  ],
  [
    'v2',
    `SELECT i, i * 1000003 AS d, 'prefix ' || i AS t FROM range(300) t(i)`,
    'PARQUET_VERSION v2, COMPRESSION gzip',
  ],
  [
    'plain-v2',
    `SELECT i, i * 1000003 AS d, 'prefix ' || i AS t FROM range(300) t(i)`,
    'PARQUET_VERSION v2, COMPRESSION uncompressed',
  ],
  [
    'brotli',
    `SELECT i::DECIMAL(30,2) AS d, i::VARCHAR::BLOB AS b, DATE '2020-01-01' + i::INTEGER AS day FROM range(200) t(i)`,
    'COMPRESSION brotli',
  ],
  [
    'groups',
    `SELECT i, uuid() AS u, NULL AS n, TIMESTAMP '2026-01-01 00:00:00.5' AS at FROM range(200) t(i)`,
    'COMPRESSION lz4_raw, ROW_GROUP_SIZE 64',
  ],
];

function arrowTables(): Seed[] {
  const rows = range(120);
  const flat = new Table({
    n: vectorFromArray(
      rows.map((i) => (i % 3 ? i : null)),
      new Int32(),
    ),
    t: vectorFromArray(
      rows.map((i) => `text ${i}`),
      new Utf8(),
    ),
    d: vectorFromArray(
      rows.map((i) => `entry ${i % 5}`),
      new Dictionary(new Utf8(), new Int16()),
    ),
    at: vectorFromArray(
      rows.map((i) => i * 1000),
      new TimestampMicrosecond(),
    ),
  });
  const nested = new Table({
    l: vectorFromArray(
      rows.map((i) => [i, null]),
      new List(new Field('item', new Int32())),
    ),
    s: vectorFromArray(
      rows.map((i) => ({ a: i })),
      new Struct([new Field('a', new Int32())]),
    ),
    v: vectorFromArray(
      rows.map((i) => `a text beyond twelve bytes ${i}`),
      new Utf8View(),
    ),
  });
  return [
    { name: 'flat.arrow', bytes: tableToIPC(flat, 'file') },
    { name: 'flat.arrows', bytes: tableToIPC(flat, 'stream') },
    { name: 'nested.arrow', bytes: tableToIPC(nested, 'file') },
    { name: 'lz4.arrow', bytes: fixture('arrow/fixtures/compressed-lz4.arrow') },
    { name: 'zstd.arrow', bytes: fixture('arrow/fixtures/compressed-zstd.arrow') },
  ];
}

/** Every codec; unions, lists, maps, enums and fixed values among the records. */
async function avroFiles(): Promise<Seed[]> {
  const schema = {
    name: 'row',
    type: 'record',
    fields: [
      { name: 'n', type: ['null', 'long'] },
      { name: 't', type: 'string' },
      { name: 'l', type: { type: 'array', items: ['null', 'double'] } },
      { name: 'm', type: { type: 'map', values: 'bytes' } },
      { name: 'e', type: { type: 'enum', name: 'E', symbols: ['A', 'B'] } },
      { name: 'u', type: ['string', 'null', 'float', 'boolean'] },
    ],
  };
  const records = range(80).map((i) => ({
    n: i % 3 ? { long: BigInt(i) ** 9n } : null,
    t: `text ${i}`,
    l: [{ double: i / 7 }, null],
    m: { [`k${i}`]: Buffer.from([i]) },
    e: 'AB'[i % 2],
    u: i % 2 ? { float: 0.5 } : null,
  }));
  return Promise.all(
    ['null', 'deflate', 'snappy', 'zstandard'].map(async (codec) => ({
      name: `${codec}.avro`,
      bytes: await writeAvro(schema, records, { codec, blockBytes: 1024 }),
    })),
  );
}

/** Dates, formulas, rich text, merged and hidden cells, a table, shared texts. */
async function workbooks(): Promise<Seed[]> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('data');
  sheet.addRow(['n', 'text', 'day', 'formula', 'rich']);
  for (const i of range(25))
    sheet.addRow([
      i + 0.5,
      `t${i % 4} & é`,
      new Date(Date.UTC(2026, 0, 1 + i)),
      { formula: 'A2*2', result: i },
      { richText: [{ text: 'a' }, { text: `b${i}`, font: { bold: true } }] },
    ]);
  sheet.mergeCells('B3:B5');
  sheet.getRow(7).hidden = true;
  const other = book.addWorksheet('other');
  other.addTable({
    name: 'Sums',
    ref: 'B2',
    headerRow: true,
    columns: [{ name: 'k' }, { name: 'v' }],
    rows: [
      ['a', 1],
      ['b', 2],
    ],
  });
  const made = new Uint8Array(await book.xlsx.writeBuffer());
  const withParts = (name: string, bytes: Uint8Array, source: Partial<SourceConfig>): Seed => ({
    ...{ name, bytes, source },
    parts: new Map(Object.entries(unzipSync(bytes))),
  });
  return [
    withParts('made.xlsx', made, {}),
    withParts('merged.xlsx', made, { options: { mergedCells: 'fill', hiddenRows: 'skip' } }),
    withParts('table.xlsx', made, { table: 'Sums' }),
    withParts('kinds.xlsx', fixture('excel/fixtures/every-kind.xlsx'), {}),
  ];
}

/** Of every kind of source; null: what it reads are no bytes. */
export const KIND_SEEDS: Record<string, MakeSeeds | null> = {
  csv: () => [
    { name: 'quoted.csv', bytes: CSV },
    {
      name: 'ragged.csv',
      bytes: utf8(
        `# made\na;b\n${range(40)
          .map((i) => `${i};x${i}\n`)
          .join('')}1;2;3\n\n4\n`,
      ),
      source: { options: { raggedRows: 'pad' } },
    },
    {
      name: 'utf-16.csv',
      bytes: new Uint8Array(Buffer.from(`\ufeffa\tb\n${'1\té\n'.repeat(40)}`, 'utf16le')),
    },
    {
      name: 'layout.csv',
      bytes: utf8(
        `Stock\n\nid||2025||\n||sold||cost\n${range(30)
          .map((i) => `${i}||"a||${i}"||${i}.50\n`)
          .join('')}\nTotal||9||9\n`,
      ),
      source: { options: { delimiter: '||', skipLines: 2, skipLastLines: 2, headerRows: 2 } },
    },
  ],
  'fixed-width': () => [
    {
      name: 'psql.txt',
      bytes: utf8(
        ` id | name \n----+------\n${range(30)
          .map((i) => `${String(i).padStart(3)} | é${i}\n`)
          .join('')}(30 rows)\n\n`,
      ),
    },
    {
      name: 'places.txt',
      bytes: utf8(
        `${range(30)
          .map((i) => `${String(i).padStart(5, '0')}ab漢字${i}\n`)
          .join('')}`,
      ),
      source: { options: { widths: ['5', '6', '12-'], measure: 'wide', raggedRows: 'reject' } },
    },
  ],
  sql: () => [
    {
      name: 'dump.sql',
      bytes: utf8(
        `-- MySQL dump\nCREATE TABLE \`t\` (\`a\` int(11), \`b\` text, \`c\` blob);\nINSERT INTO \`t\` VALUES\n${range(
          30,
        )
          .map((i) => `(${i},'it\\'s ${i}',0x00${i + 10})`)
          .join(',\n')};\n`,
      ),
    },
    {
      name: 'copy.sql',
      bytes: utf8(
        `SET a = 1;\nCREATE TABLE t (a int, b text, c date);\nINSERT INTO o VALUES (1);\nCOPY t (a, b, c) FROM stdin;\n${range(
          30,
        )
          .map((i) => `${i}\ta\\n${i}\t${i % 3 === 0 ? '\\N' : '2026-01-01'}\n`)
          .join('')}\\.\n`,
      ),
    },
    {
      name: 'oracle.sql',
      bytes: utf8(
        `BEGIN\n  NULL;\nEND;\n/\n${range(20)
          .map(
            (i) =>
              `INSERT ALL\n  INTO "t" ("a", "b") VALUES (${i}, 'x'||CHR(10)||'y')\n  INTO "t" ("a", "b") VALUES (DATE '2026-01-01', TO_CLOB('${i}'))\nSELECT 1 FROM dual;\n`,
          )
          .join(
            '',
          )}MERGE INTO "t" t USING (SELECT 1 AS "a", 2 AS "b" FROM dual) s ON (t."a" = s."a");\n`,
      ),
      source: { options: { badRows: 'reject' } },
    },
  ],
  text: () => [
    {
      name: 'access.log',
      bytes: utf8(
        range(30)
          .map(
            (i) =>
              `10.0.0.${i} - - [10/Oct/2000:13:55:${10 + i} -0700] "GET /\\"é${i}\\" HTTP/1.1" 200 ${i * 97}\n`,
          )
          .join(''),
      ),
    },
    {
      name: 'list.txt',
      bytes: utf8(
        `[\n${range(30)
          .map((i) => `<${i}, "t\\n${i}", [${i}]>`)
          .join(',\n')}\n30]\n`,
      ),
      source: {
        options: {
          row: '<{n}, {t}, {l}>',
          prefix: '[\n',
          separator: ',\n',
          suffix: '\n{@rows}]\n',
          target: 'json',
          raggedRows: 'reject',
        },
      },
    },
    {
      name: 'rows.html',
      bytes: utf8(
        range(30)
          .map((i) => `<td>${i}&#38;<td>"é, ""${i}"\n`)
          .join(''),
      ),
      source: { options: { row: '<td>{n}<td>{t | csv}', target: 'html' } },
    },
  ],
  json: () => [
    { name: 'array.json', bytes: utf8(`[${range(30).map(record).join(',\n')}]`) },
    {
      name: 'inside.json',
      bytes: utf8(`{"meta":{"a":[1]},"data":[${range(9).map(record).join(',')}],"z":1}`),
    },
    {
      name: 'columns.json',
      bytes: utf8(`{"a":[${range(40).join(',')}],"b":["${range(40).join('","')}"]}`),
    },
    {
      name: 'keyed.json',
      bytes: utf8(
        `{${range(20)
          .map((i) => `"k${i}":${record(i)}`)
          .join(',')}}`,
      ),
    },
  ],
  ndjson: () => [{ name: 'lines.ndjson', bytes: NDJSON }],
  xml: () => [
    {
      name: 'attributes.xml',
      bytes: utf8(
        `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE r SYSTEM "x.dtd">\n<r xmlns:x="urn:x"><!-- c -->${range(
          30,
        )
          .map((i) => `<i id="${i}" x:n='a&lt;'><t>é &amp; ${i}</t><x:l>1</x:l><x:l/></i>`)
          .join('\n')}<?end?></r>`,
      ),
    },
    {
      name: 'deep.xml',
      bytes: utf8(
        `<a>${range(12)
          .map((i) => `<b><c><d e="${i}">x<![CDATA[<&]]>y</d><d>z</d></c><f/></b>`)
          .join('')}</a>`,
      ),
      source: { options: { nested: 'json' } },
    },
  ],
  html: () => [
    {
      name: 'page.html',
      bytes: utf8(
        `<!DOCTYPE html><html><head><meta charset=utf-8><style>.a{color:red}</style></head><body><h2>Stock &amp; more</h2>\n<table class="a"><thead><tr><th rowspan=2>n<th colspan=2>t<tr><th>x<th>y</thead><tbody>${range(
          30,
        )
          .map(
            (i) => `<tr><td>${i}</td><td class="null"></td><td hidden>-</td><td>é<br>b&nbsp;${i}`,
          )
          .join(
            '\n',
          )}</tbody><tfoot><tr><td colspan=3>30</tfoot></table><!-- end --></body></html>`,
      ),
    },
    {
      name: 'nested.html',
      bytes: utf8(
        `<TABLE ID=outer><TR><TD>menu<TD>${'<table><caption>Inner</caption><tr><td>a<td>b<tr><td rowspan=3>1<td>2<tr><td colspan=2>3</table>'.repeat(6)}</TABLE>`,
      ),
      source: { table: 'Inner (3)' },
    },
  ],
  markdown: () => [
    {
      name: 'readme.md',
      bytes: utf8(
        `# Stock\n\nText\n\n\`\`\`\n| no | table |\n|----|----|\n\`\`\`\n\n| n | *t* | x |\n|--:|:---:|---|\n${range(
          30,
        )
          .map((i) => `| ${i} | \`a\\|${i}\` &amp; <br> | [b](http://x/${i} "y") **c** |\n`)
          .join('')}\nEnd\n\n## Other\na | b\n-|-\n1 | 2 | 3\n4\n`,
      ),
    },
  ],
  rows: null,
  sqlite: () => [
    database(
      'table.db',
      'CREATE TABLE t(i INTEGER PRIMARY KEY, r REAL, t TEXT, b BLOB)',
      `WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300)
       INSERT INTO t SELECT i, i / 3.0, 'text ' || i, x'00ff' FROM c`,
      'CREATE INDEX ti ON t(t)',
    ),
    {
      ...database(
        'view.db',
        'PRAGMA page_size = 512',
        'CREATE TABLE t(i, t)',
        `WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 60)
         INSERT INTO t SELECT i, printf('%.*c', i * 20, 'x') FROM c`,
        'CREATE VIEW v AS SELECT t.i, length(t.t) AS n FROM t ORDER BY 2 DESC',
      ),
      source: { table: 'v' },
    },
  ],
  parquet: () =>
    byDuckDb(
      PARQUET.map(([name, query, options]) => [
        `${name}.parquet`,
        query,
        `FORMAT parquet, ${options}`,
      ]),
    ),
  arrow: arrowTables,
  avro: avroFiles,
  excel: workbooks,
};

/** A zip with the sizes of its only entry in 64 bits (APPNOTE §4.5.3), as Python writes it to what it cannot seek in. */
function zip64(name: string, bytes: Uint8Array): Uint8Array {
  const script = `import sys, zipfile, io
class Pipe(io.RawIOBase):
    def writable(self): return True
    def write(self, b): sys.stdout.buffer.write(b); return len(b)
with zipfile.ZipFile(Pipe(), 'w', zipfile.ZIP_DEFLATED) as z:
    with z.open(sys.argv[1], 'w', force_zip64=True) as f: f.write(sys.stdin.buffer.read())`;
  return new Uint8Array(execFileSync('python3', ['-c', script, name], { input: bytes }));
}

/** Of every packing, by codec. */
export const PACKED_SEEDS: Record<string, MakeSeeds> = {
  gzip: () => [
    { name: 'one.csv.gz', bytes: new Uint8Array(gzipSync(CSV)) },
    {
      name: 'members.ndjson.gz',
      bytes: new Uint8Array(
        Buffer.concat([gzipSync(NDJSON), gzipSync(''), gzipSync(NDJSON, { level: 1 })]),
      ),
    },
  ],
  zstd: async () =>
    byDuckDb([
      [
        'rows.csv.zst',
        `SELECT i, 'text ' || (i % 9) AS t, i / 7 AS f FROM range(300) t(i)`,
        'FORMAT csv, COMPRESSION zstd',
      ],
      [
        'rows.ndjson.zst',
        `SELECT i, hash(i) AS h FROM range(100) t(i)`,
        'FORMAT json, COMPRESSION zstd',
      ],
    ]),
  brotli: () => [
    { name: 'rows.csv.br', bytes: new Uint8Array(brotliCompressSync(CSV)) },
    { name: 'rows.ndjson.br', bytes: new Uint8Array(brotliCompressSync(NDJSON)) },
  ],
  zip: () => [
    { name: 'stored.zip', bytes: zipSync({ 'a.csv': CSV }, { level: 0 }) },
    { name: 'deflated.zip', bytes: zipSync({ 'a.csv': CSV, 'readme.md': utf8('# hello') }) },
    {
      name: 'two.zip',
      bytes: zipSync({ 'a.ndjson': NDJSON, 'b/b.ndjson': NDJSON }),
      source: { files: { columns: 'union', nameColumn: 'file' } },
    },
    { name: 'long.zip', bytes: zip64('a.csv', CSV) },
  ],
};
