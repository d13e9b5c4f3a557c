// A value that nothing looks at comes out as it went in: from every source, through every step, into every exact format.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromArrays, tableToIPC, vectorFromArray, Utf8, Int64, Table } from 'apache-arrow';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig, type StepConfig } from '../contract/config.ts';
import { sources } from '../sources/registry.ts';
import { transforms } from '../transforms/registry.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { INT64, UTF8 } from '../table/data-type.ts';
import { memoryTarget, testEngine, textOf } from './engine.suite.ts';
import { writeAvro } from '../sources/avro/avro-files.suite.ts';

/** Names with their types in DuckDB. `n` counts the rows and is the only one that a step may look at. */
const COLUMNS = [
  ['n', 'BIGINT'],
  ['int', 'BIGINT'],
  ['unsigned', 'UBIGINT'],
  ['decimal', 'DECIMAL(38,10)'],
  ['float', 'DOUBLE'],
  ['micros', 'TIMESTAMP'],
  ['nanos', 'TIMESTAMP_NS'],
  ['instant', 'TIMESTAMPTZ'],
  ['text', 'VARCHAR'],
  ['odd', 'VARCHAR'],
] as const;

type Cell = string | null;

/** Values by column but the first: extremes first, then what tempts readers to change it. */
const VALUES: Record<Exclude<(typeof COLUMNS)[number][0], 'n'>, Cell[]> = {
  int: ['9223372036854775807', '-9223372036854775808', '0', null, '9007199254740993', '-1'],
  unsigned: ['18446744073709551615', '0', null, '9223372036854775808', '1', '9007199254740993'],
  decimal: [
    '9999999999999999999999999999.9999999999',
    '-0.0000000001',
    null,
    '1.1000000000',
    '0.0000000000',
    '-9999999999999999999999999999.9999999999',
  ],
  float: ['0.1', '-1.7976931348623157e+308', '5e-324', null, '123456789.12345679', '1e+21'],
  micros: [
    '2026-11-21T09:00:00.123456',
    '1969-12-31T23:59:59.999999',
    null,
    '0001-01-01T00:00:00.000001',
    '9999-12-31T23:59:59.999999',
    '2026-03-29T02:30:00.000000',
  ],
  nanos: [
    '2026-11-21T09:00:00.123456789',
    '1969-12-31T23:59:59.999999999',
    null,
    '1700-01-01T00:00:00.000000001',
    '2262-04-11T23:47:16.854775806',
    '2026-03-29T02:30:00.000000000',
  ],
  instant: [
    '2026-11-21T09:00:00.123456Z',
    '1969-12-31T23:59:59.999999Z',
    null,
    '2026-03-29T01:00:00.000000Z',
    '2026-10-25T01:30:00.000000Z',
    '1900-01-01T00:00:00.000000Z',
  ],
  text: ['007', '1e5', '', null, '+1', '-0'],
  odd: ['a,"b"\nc', '  spaces  ', null, 'e\u0301 😀 \u202e', 'null', '2026-11-21'],
};

const ROWS = 24;
const names = COLUMNS.map(([name]) => name);
const rows: Cell[][] = Array.from({ length: ROWS }, (_, i) => [
  String(i),
  ...names.slice(1).map((name, c) => {
    const values = VALUES[name as keyof typeof VALUES];
    // Each column turns at a pace of its own, so that every row is another.
    return values[(i + Math.floor(i / (c + 2))) % values.length]!;
  }),
]);

/** The one CSV text that all of them come to. */
function csvOf(columns: readonly string[]): string {
  const places = columns.map((name) => names.indexOf(name as (typeof names)[number]));
  const cell = (value: Cell): string =>
    value === null
      ? ''
      : value === '' || /[",\r\n]/.test(value)
        ? `"${value.replaceAll('"', '""')}"`
        : value;
  return [columns as Cell[], ...rows.map((row) => places.map((at) => row[at]!))]
    .map((row) => `${row.map(cell).join(',')}\n`)
    .join('');
}

const NUMERIC = new Set(['n', 'int', 'unsigned', 'decimal', 'float']);
const jsonOf = (row: Cell[]): string =>
  `{${row
    .map((cell, c) => {
      const value = cell !== null && NUMERIC.has(names[c]!) ? cell : JSON.stringify(cell);
      return `${JSON.stringify(names[c])}:${value}`;
    })
    .join(',')}}`;
const xmlText = (text: string): string =>
  text.replace(/[&<>\r\n]/g, (c) => `&#${c.charCodeAt(0)};`);

interface Made {
  file: Uint8Array | null;
  name: string;
  /** Columns the kind of file can hold exactly; missing = all. */
  columns?: string[];
  rows?: Bindings['rows'];
  /** Of the source. */
  options?: Record<string, unknown>;
}

const folder = mkdtempSync(join(tmpdir(), 'untouched-'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXTS = ['n', 'text', 'odd'];

/** A file of every kind of source, most of them by somebody else's writer. */
const makers: Record<string, () => Promise<Made> | Made> = {
  csv: () => ({ name: 'in.csv', file: utf8(csvOf(names)) }),
  'fixed-width': () => {
    const columns = ['n', 'int', 'unsigned', 'decimal', 'float', 'micros', 'nanos', 'instant'];
    const lines = [
      columns,
      ...rows.map((row) => columns.map((name) => row[names.indexOf(name as 'n')]!)),
    ];
    return {
      name: 'in.fwf',
      columns,
      file: utf8(
        lines
          .map(
            (cells) =>
              `${cells.map((cell, c) => (c < 4 ? (cell ?? '').padStart(40) : (cell ?? '').padEnd(32))).join(' ')}\n`,
          )
          .join(''),
      ),
    };
  },
  text: () => ({
    name: 'in.txt',
    file: utf8(
      rows
        .map((row) =>
          row
            .map((cell, c) => (NUMERIC.has(names[c]!) ? cell : JSON.stringify(cell)) ?? 'null')
            .map((cell, c) => `${names[c]!}: ${cell};\n`)
            .join(''),
        )
        .join('---\n'),
    ),
    options: {
      row: names.map((name) => `${name}: {${name}};\n`).join(''),
      separator: '---\n',
      suffix: '',
      target: 'json',
    },
  }),
  json: () => ({ name: 'in.json', file: utf8(`[\n${rows.map(jsonOf).join(',\n')}\n]`) }),
  ndjson: () => ({ name: 'in.ndjson', file: utf8(rows.map((row) => `${jsonOf(row)}\n`).join('')) }),
  xml: () => ({
    name: 'in.xml',
    file: utf8(
      `<rows>${rows
        .map(
          (row) =>
            `<row>${row.map((cell, c) => (cell === null ? '' : `<${names[c]!}>${xmlText(cell)}</${names[c]!}>`)).join('')}</row>`,
        )
        .join('\n')}</rows>`,
    ),
  }),
  html: () => ({
    name: 'in.html',
    file: utf8(
      `<style>td { white-space: pre-wrap }</style><table><tr>${names.map((name) => `<th>${name}</th>`).join('')}${rows
        .map(
          (row) =>
            `\n<tr>${row.map((cell) => (cell === null ? '<td class=null></td>' : `<td>${xmlText(cell)}</td>`)).join('')}`,
        )
        .join('')}</table>`,
    ),
  }),
  sql: () => {
    const text = (cell: string): string => `'${cell.replaceAll("'", "''")}'`;
    const lines = rows.map((row) => {
      const cells = row.map((cell, c) =>
        cell === null ? 'NULL' : NUMERIC.has(names[c]!) ? cell : text(cell),
      );
      return `(${cells.join(', ')})`;
    });
    const columns = COLUMNS.map(([name, type]) => `"${name}" ${type}`);
    return {
      name: 'in.sql',
      file: utf8(
        `CREATE TABLE t (${columns.join(', ')});\nINSERT INTO t VALUES\n${lines.join(',\n')};\n`,
      ),
    };
  },
  markdown: () => {
    const columns = names.filter((name) => name !== 'text');
    const spelt = (text: string): string =>
      text
        .replace(/[\\|*_`<&[~]/g, '\\$&')
        .replace(/^ +| +$/g, (spaces) => '&#32;'.repeat(spaces.length))
        .replaceAll('\n', '<br>');
    const line = (cells: Cell[]): string =>
      `| ${cells.map((cell) => spelt(cell ?? '')).join(' | ')} |\n`;
    const lines = rows.map((row) => line(columns.map((name) => row[names.indexOf(name)]!)));
    return {
      name: 'in.md',
      columns,
      file: utf8(`${line(columns)}|${'---|'.repeat(columns.length)}\n${lines.join('')}`),
    };
  },
  rows: () => {
    const schema = schemaOf([
      ['n', INT64],
      ['text', UTF8],
      ['odd', UTF8],
    ]);
    const places = TEXTS.map((name) => names.indexOf(name as 'n'));
    const batch = batchOf(
      schema,
      rows.map((row) => places.map((at, c) => (c === 0 ? BigInt(row[at]!) : row[at]!))),
    );
    return {
      name: 'rows',
      file: null,
      columns: TEXTS,
      rows: {
        in: {
          name: 'rows',
          schema,
          rowCount: ROWS,
          once: false,
          async *open() {
            yield batch;
          },
        },
      },
    };
  },
  sqlite: () => {
    const path = join(folder, 'in.db');
    const script = `import sqlite3, sys, json
c = sqlite3.connect(sys.argv[1])
d = json.load(sys.stdin)
c.execute('CREATE TABLE t (n INTEGER, "int" INTEGER, "float" REAL, "text" TEXT, odd TEXT, micros TEXT)')
for r in d: c.execute('INSERT INTO t VALUES (?,?,?,?,?,?)', [int(r[0]), None if r[1] is None else int(r[1]), None if r[2] is None else float(r[2]), r[3], r[4], r[5]])
c.commit()`;
    const columns = ['n', 'int', 'float', 'text', 'odd', 'micros'];
    const input = rows.map((row) => columns.map((name) => row[names.indexOf(name as 'n')]));
    execFileSync('python3', ['-c', script, path], { input: JSON.stringify(input) });
    return { name: 'in.db', file: new Uint8Array(readFileSync(path)), columns };
  },
  parquet: async () => {
    const path = join(folder, 'in.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET TimeZone = 'UTC'");
    const literal = (cell: Cell, type: string): string =>
      cell === null ? `NULL::${type}` : `'${cell.replaceAll("'", "''")}'::${type}`;
    const values = rows.map(
      (row) => `(${row.map((cell, c) => literal(cell, COLUMNS[c]![1])).join(', ')})`,
    );
    await connection.run(
      `COPY (SELECT * FROM (VALUES ${values.join(', ')}) AS t(${names.map((name) => `"${name}"`).join(', ')})) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    return { name: 'in.parquet', file: new Uint8Array(readFileSync(path)) };
  },
  arrow: () => {
    const column = (name: string): Cell[] => rows.map((row) => row[names.indexOf(name as 'n')]!);
    const table = new Table({
      n: vectorFromArray(column('n').map(BigInt as (cell: Cell) => bigint), new Int64()),
      int: vectorFromArray(
        column('int').map((cell) => (cell === null ? null : BigInt(cell))),
        new Int64(),
      ),
      float: tableFromArrays({
        float: Float64Array.from(column('float'), (cell) => Number(cell ?? 0)),
      }).getChild('float')!,
      text: vectorFromArray(column('text'), new Utf8()),
      odd: vectorFromArray(column('odd'), new Utf8()),
    }).select(['n', 'int', 'text', 'odd']);
    return {
      name: 'in.arrow',
      file: tableToIPC(table, 'file'),
      columns: ['n', 'int', 'text', 'odd'],
    };
  },
  avro: async () => {
    const columns = ['n', 'int', 'text', 'odd'];
    const fields = columns.map((name) => ({
      name,
      type: ['null', name === 'n' || name === 'int' ? 'long' : 'string'],
    }));
    const records = rows.map((row) =>
      Object.fromEntries(
        fields.map(({ name, type }) => {
          const cell = row[names.indexOf(name as 'n')]!;
          const value = type[1] === 'long' && cell !== null ? BigInt(cell) : cell;
          return [name, value === null ? null : { [type[1]!]: value }];
        }),
      ),
    );
    const schema = { name: 'row', type: 'record', fields };
    return {
      name: 'in.avro',
      file: await writeAvro(schema, records, { codec: 'snappy' }),
      columns,
    };
  },
  excel: async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('data');
    sheet.addRow(TEXTS);
    const places = TEXTS.map((name) => names.indexOf(name as 'n'));
    for (const row of rows)
      sheet.addRow(places.map((at, c) => (c === 0 ? Number(row[at]) : row[at])));
    return {
      name: 'in.xlsx',
      file: new Uint8Array(await book.xlsx.writeBuffer()),
      columns: TEXTS,
    };
  },
};

/**
 * For every step options with which all rows and the columns given stay; `drops`: columns it adds, which are taken away
 * again. null: what it does leaves no row as it was.
 */
const steps: Record<string, { options: Record<string, unknown>; drops?: string[] } | null> = {
  filter: { options: { where: 'n >= 0' } },
  select: { options: { order: ['n'] } },
  cast: { options: {} },
  derive: { options: { columns: { further: 'n + 1' } }, drops: ['further'] },
  mask: { options: {} },
  distinct: { options: { by: ['n'] } },
  aggregate: null,
  sample: { options: { method: 'count', count: 1_000 } },
  sort: { options: { by: 'n' } },
  top: { options: { by: 'n', count: 1_000 } },
  pivot: null,
  unpivot: null,
  union: { options: { with: ['none'] } },
  join: { options: { with: 'none', on: 'n = n', kind: 'left', columns: [] } },
  split: { options: {} },
  'replace-values': { options: {} },
  'join-columns': { options: {} },
  flatten: { options: {} },
  unnest: { options: {} },
  validate: { options: { columns: { n: { required: true, min: 0 } }, unique: ['n'] } },
  limit: { options: { limit: 1_000 } },
};

const step = (kind: string, options: Record<string, unknown>, id = kind): StepConfig => ({
  id,
  kind,
  enabled: true,
  options,
});

const made = new Map<string, Made>();
beforeAll(async () => {
  for (const { id } of sources) made.set(id, await makers[id]!());
});
afterAll(() => rmSync(folder, { recursive: true }));

async function exported(
  source: string,
  chain: StepConfig[],
  format: { id: string; options: Record<string, unknown> },
  memoryBytes?: number,
): Promise<string> {
  const { file, name, rows: bound, options } = made.get(source)!;
  const target = memoryTarget();
  const config = createConfig({
    source: { kind: source, from: { binding: 'in' }, ...(options && { options }) },
    format,
    delivery: { id: 'memory', options: {} },
    steps: chain,
  });
  config.sources.push({ ...config.sources[0]!, id: 'again' });
  config.datasets.push({
    id: 'none',
    from: 'again',
    steps: [step('limit', { limit: 0 }, 'no-rows')],
  });
  if (memoryBytes !== undefined) config.limits.memoryBytes = memoryBytes;
  const { report } = await testEngine().run(config, {
    ...(file === null ? { rows: bound! } : { bytes: { in: new File([file as BlobPart], name) } }),
    targets: { output: target },
  });
  expect(report.error).toBeNull();
  expect(report.audit).toMatchObject({ rowsOut: ROWS, rejected: 0, balances: true });
  // Said of numbers that stand in the output with all their digits.
  expect(report.losses.filter(({ code }) => code !== 'json.number-beyond-double')).toEqual([]);
  return textOf([...target.files.values()][0]);
}

const CSV = { id: 'csv', options: { quotes: 'minimal', formulaGuard: false } };

it('knows a file of every source and what to ask of every step', () => {
  expect(Object.keys(makers).toSorted()).toEqual(sources.map(({ id }) => id).toSorted());
  expect(Object.keys(steps).toSorted()).toEqual(transforms.map(({ id }) => id).toSorted());
});

describe.each(sources.map(({ id }) => [id]))('from %s', (source) => {
  it('all values come to the same CSV', async () => {
    const { columns = names } = made.get(source)!;
    const chain = [step('select', { include: [...columns] })];
    expect(await exported(source, chain, CSV)).toBe(csvOf(columns));
  });

  it.each(
    Object.entries(steps).flatMap(([kind, given]) => (given ? [[kind, given] as const] : [])),
  )(
    '%s leaves every value as it is, in memory and put aside',
    async (kind, { options, drops = [] }) => {
      const { columns = names } = made.get(source)!;
      const all = step('select', { include: [...columns] }, 'all');
      const keep = step('select', drops.length > 0 ? { exclude: drops } : {}, 'keep');
      for (const format of [CSV, { id: 'ndjson', options: {} }, { id: 'json', options: {} }]) {
        const plain = await exported(source, [all], format);
        for (const memoryBytes of [undefined, 2_000])
          expect(
            await exported(source, [all, step(kind, options), keep], format, memoryBytes),
          ).toBe(plain);
      }
    },
  );
});
