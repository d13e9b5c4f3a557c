// Runs the shared suite over every source; one without a fixture fails.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sources } from './registry.ts';
import {
  batchesFixture,
  bytesFixture,
  describeSource,
  slicesFixture,
  type SourceFixture,
} from './source.suite.ts';

const database = new Uint8Array(
  readFileSync(new URL('./sqlite/fixtures/three-rows.db', import.meta.url)),
);

const parquet = new Uint8Array(
  readFileSync(new URL('./parquet/fixtures/three-rows.parquet', import.meta.url)),
);

const arrow = new Uint8Array(
  readFileSync(new URL('./arrow/fixtures/three-rows.arrow', import.meta.url)),
);

const avro = new Uint8Array(
  readFileSync(new URL('./avro/fixtures/three-rows.avro', import.meta.url)),
);

const workbook = new Uint8Array(
  readFileSync(new URL('./excel/fixtures/three-rows.xlsx', import.meta.url)),
);

const cells = [
  ['1', 'a'],
  ['2', ''],
  [null, 'c,"'],
];

const fixtures = new Map<string, () => SourceFixture>([
  ['csv', () => bytesFixture('n,t\n1,a\n2,""\n,"c,"""\n', ['n', 't'], cells)],
  [
    'fixed-width',
    () =>
      bytesFixture(
        'n     t\n---- ----\n 1   a\n2    b c\n     c,"\n',
        ['n', 't'],
        [
          ['1', 'a'],
          ['2', 'b c'],
          [null, 'c,"'],
        ],
      ),
  ],
  [
    'text',
    () =>
      bytesFixture(
        '127.0.0.1 - ann [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 23\n'.repeat(3),
        ['host', 'ident', 'user', 'time', 'request', 'status', 'bytes'],
        Array.from({ length: 3 }, () => [
          '127.0.0.1',
          null,
          'ann',
          '10/Oct/2000:13:55:36 -0700',
          'GET / HTTP/1.0',
          '200',
          '23',
        ]),
      ),
  ],
  [
    'json',
    () =>
      bytesFixture(
        '{"data": [{"n": 1, "t": "a"}, {"n": 2, "t": ""}, {"t": "c,\\""}], "more": {}}',
        ['n', 't'],
        cells,
      ),
  ],
  [
    'ndjson',
    () => bytesFixture('{"n":1,"t":"a"}\n{"n":2,"t":""}\n{"t":"c,\\""}\n', ['n', 't'], cells),
  ],
  [
    'html',
    () =>
      bytesFixture(
        '<table class=x><thead><tr><th>n<th>t<tbody><tr><td>1<td>a<tr><td>2<td><tr><td class=null><td>c,&quot;</table>',
        ['n', 't'],
        cells,
      ),
  ],
  [
    'xml',
    () =>
      bytesFixture(
        '<?xml version="1.0"?><r><i n="1"><t>a</t></i><i n="2"><t/></i><i><t>c,&quot;</t></i></r>',
        ['n', 't'],
        cells,
      ),
  ],
  [
    'sql',
    () =>
      bytesFixture(
        "INSERT INTO t (n, t) VALUES (1, 'a'), (2, '');\nINSERT INTO t (n, t) VALUES (NULL, 'c,\"');\n",
        ['n', 't'],
        cells,
      ),
  ],
  [
    'markdown',
    () =>
      bytesFixture(
        '# T\n\n| n | t |\n|--:|---|\n| 1 | a |\n| 2 | `b` |\n| | c,&quot; |\n\nEnd\n',
        ['n', 't'],
        [
          ['1', 'a'],
          ['2', 'b'],
          [null, 'c,"'],
        ],
      ),
  ],
  ['rows', batchesFixture],
  ['sqlite', () => slicesFixture(database, ['n', 't'], cells)],
  ['parquet', () => slicesFixture(parquet, ['n', 't'], cells)],
  ['arrow', () => slicesFixture(arrow, ['n', 't'], cells)],
  ['avro', () => slicesFixture(avro, ['n', 't'], cells)],
  ['excel', () => slicesFixture(workbook, ['n', 't'], cells)],
]);

it('every source has an id of its own and a fixture', () => {
  const ids = sources.map((card) => card.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual([...fixtures.keys()]);
});

for (const card of sources) describeSource(card, fixtures.get(card.id)!);
