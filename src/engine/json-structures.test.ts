// JSON in every structure is read back as it was: by this product's own source, by jq, and by DuckDB.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();
const utf8 = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

/** One export of a file's content; the name says its kind. */
async function convert(
  name: string,
  content: string,
  format: { id: string; options: object },
  layout = 'auto',
  path: string | null = null,
) {
  const target = memoryTarget();
  const config = createConfig({
    source: {
      kind: name.endsWith('.json') ? 'json' : 'auto',
      from: { binding: 'input' },
      options: name.endsWith('.json') ? { layout, path } : {},
    },
    format: { id: format.id, options: { ...format.options } },
    delivery: { id: 'memory', options: {} },
  });
  const { report } = await engine.run(config, {
    bytes: { input: new File([utf8(content)], name) },
    targets: { output: target },
    clock: () => 0,
    jobId: '0123456789',
  });
  expect(report.error).toBeNull();
  return new TextDecoder().decode([...target.files.values()][0]);
}

const LINES = { id: 'ndjson', options: {} };

const value = fc.oneof(
  fc.constant(null),
  fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', 'é', '😀', ',') }),
);
const rows = fc.array(
  fc.record({
    key: fc.nat(1_000_000),
    text: value,
    number: fc.option(fc.constantFrom('1.10', '-0.5', '7', '12345678901234567890.5')),
    list: fc.option(fc.array(fc.nat(9), { maxLength: 3 })),
    day: fc.option(fc.constantFrom('2026-11-21', '1969-12-31')),
  }),
  // One record alone is found to be a table of one row, or a list of nothing.
  { minLength: 2, maxLength: 12 },
);
/** Rows under different keys, as lines of JSON. */
const linesOf = (records: readonly { key: number; number: string | null }[]): string =>
  records
    .map((record, i) => {
      const { number, ...rest } = record;
      const json = JSON.stringify({ ...rest, key: `${i} ${record.key}` });
      return `${json.slice(0, -1)},"number":${number ?? 'null'}}\n`;
    })
    .join('');

/** Options, and the layout and the path that they are read by. */
const structures: [object, string?, string?][] = [
  [{ rootKey: '' }],
  [{ prettyPrint: true, indent: 'tab' }],
  [{ includeMetadata: true, metadataPlace: 'before' }, 'auto', '/records'],
  [{ includeMetadata: true, finalNewline: false }, 'auto', '/records'],
  [{ structure: 'columnar', rootKey: '' }, 'columns'],
  [{ structure: 'columnar', rootKey: '', prettyPrint: true }, 'columns'],
  [{ structure: 'keyed', rootKey: '', keyColumns: ['key'], keepKey: false }, 'entries'],
  [{ asciiOnly: true }],
];

describe('the same rows', () => {
  it('come back from each structure', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(...structures),
        async (records, [options, layout, path]) => {
          const lines = await convert('a.ndjson', linesOf(records), LINES);
          const written = await convert('a.ndjson', linesOf(records), { id: 'json', options });
          expect(await convert('b.json', written, LINES, layout, path)).toBe(lines);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('other readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'json-structures-'));
  const source =
    'id,name,amount,at\n1,"a ""b"" é",1.10,2026-11-21T08:30:00Z\n2,,-7,\n3,"",,2026-11-21T08:30:00.5Z\n';
  let duckdb: DuckDBInstance;
  beforeAll(async () => {
    duckdb = await DuckDBInstance.create(':memory:');
  });
  afterAll(() => {
    duckdb.closeSync();
    rmSync(folder, { recursive: true });
  });

  async function query(sql: string): Promise<unknown[][]> {
    const connection = await duckdb.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    } finally {
      connection.closeSync();
    }
  }

  async function write(name: string, format: { id: string; options: object }): Promise<string> {
    const path = join(folder, name);
    writeFileSync(path, await convert('a.csv', source, format));
    return path;
  }

  it('DuckDB finds the rows in lists, lines and lines of ASCII', async () => {
    const wanted = [
      ['1', 'a "b" é', '1.1', 1_795_249_800],
      ['2', null, '-7.0', null],
      ['3', '', null, 1_795_249_800.5],
    ];
    const times = { dateFormat: 'unix' };
    for (const [name, id, options] of [
      ['a.json', 'json', { rootKey: '' }],
      ['b.json', 'json', { rootKey: '', prettyPrint: true, indent: '8' }],
      ['c.ndjson', 'ndjson', {}],
      ['d.ndjson', 'ndjson', { asciiOnly: true, nullHandling: 'exclude' }],
    ] as const) {
      const path = await write(name, { id, options: { ...times, ...options } });
      const found = await query(
        `select id, name, amount, "at" from read_json('${path}', columns={id: 'BIGINT', name: 'VARCHAR', amount: 'DOUBLE', "at": 'DOUBLE'})`,
      );
      expect(
        found.map(([id_, text, amount, at]) => [
          id_,
          text,
          amount === null ? null : Number(amount).toFixed(1),
          at,
        ]),
      ).toEqual(wanted);
    }
  });

  const hasJq = spawnSync('jq', ['--version']).error === undefined;
  it.skipIf(!hasJq && process.env['CI'] !== 'true')(
    'jq finds the values in every structure',
    async () => {
      const jq = (path: string, filter: string): unknown => {
        const { stdout, stderr } = spawnSync('jq', ['-c', filter, path], { encoding: 'utf8' });
        expect(stderr).toBe('');
        return JSON.parse(stdout);
      };
      const names = ['a "b" é', null, ''];
      for (const [options, filter] of [
        [{}, '[.records[].name]'],
        [{ structure: 'columnar' }, '.records.name'],
        [{ structure: 'columnar', rootKey: '', asciiOnly: true }, '.name'],
        [{ structure: 'keyed', keyColumns: ['id'] }, '[.records["1","2","3"].name]'],
        [{ shape: 'arrays', headers: false, rootKey: '' }, '[.[][1]]'],
        [
          { includeMetadata: true, metadataPlace: 'before' },
          'if .rowCount == 3 then [.records[].name] else null end',
        ],
        [{ structure: 'nested', levels: { id: 'ids' } }, '[.ids["1","2","3"].records[0].name]'],
      ] as const)
        expect(jq(await write('x.json', { id: 'json', options }), filter)).toEqual(names);
    },
  );
});
