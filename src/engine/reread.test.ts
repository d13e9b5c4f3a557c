// What a receiver will see: every format's file of the first rows, read again and laid beside the values that were written.
import { describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import type { Reread, RereadLimits } from '../contract/reread.ts';
import { formats } from '../formats/registry.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { testEngine, testPlugins } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

const engine = testEngine();

const HEADER = 'id,name,paid at,price,is paid,empty';
const LINES = [
  '9007199254740993,Müller & Söhne,2026-03-01 21:50:40.123456,1.10,true,""',
  '-7,"=1+1",1969-12-31 23:59:59.999999,0.05,false,',
  '0,"line one\nline two",2026-03-02 00:00:00.000001,12345.60,true,x',
];
const CSV = `${[HEADER, ...LINES].join('\n')}\n`;

/** As they stand in the source. */
const WRITTEN = [
  ['9007199254740993', 'Müller & Söhne', '2026-03-01 21:50:40.123456', '1.10', 'true', ''],
  ['-7', '=1+1', '1969-12-31 23:59:59.999999', '0.05', 'false', null],
  ['0', 'line one\nline two', '2026-03-02 00:00:00.000001', '12345.60', 'true', 'x'],
];

type Parts = Partial<Parameters<typeof createConfig>[0]>;

async function rereadOf(
  format: string,
  options: Record<string, unknown> = {},
  parts: Parts = {},
  limits?: RereadLimits,
  text = CSV,
): Promise<Reread> {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: format, options },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });
  return engine.reread(config, { bytes: { input: new File([text], 'orders.csv') } }, limits);
}

const columnOf = (reread: Reread, name: string): unknown[] => {
  const at = reread.columns.findIndex((column) => (column.written?.name ?? '') === name);
  return reread.rows.map((row) => row[at]);
};
const changesOf = (reread: Reread): unknown[] =>
  reread.changed.map(({ row, column, written }) => [
    row,
    reread.columns[column]!.name,
    written,
    reread.rows[row]![column],
  ]);
const factOf = ({ facts }: Reread, label: string): string | undefined =>
  facts?.lines.find((line) => line.label === label)?.value;

interface Expected {
  changed: unknown[];
  types?: Record<string, string>;
  options?: Record<string, unknown>;
}

/** What a reader of each format says of the three rows: exact, but for these. */
const EXPECTED: Record<string, Expected> = {
  csv: { changed: [[1, 'name', '=1+1', "'=1+1"]] },
  ndjson: { changed: [] },
  json: { changed: [] },
  xml: { changed: [] },
  html: { changed: [] },
  // Nothing tells an empty text from a null.
  markdown: { changed: [[0, 'empty', '', null]] },
  excel: {
    // A workbook counts milliseconds.
    changed: [
      [0, 'paid at', '2026-03-01 21:50:40.123456', '2026-03-01T21:50:40.123'],
      [1, 'paid at', '1969-12-31 23:59:59.999999', '1970-01-01T00:00:00'],
      [2, 'paid at', '2026-03-02 00:00:00.000001', '2026-03-02T00:00:00'],
    ],
    types: { id: 'utf8', 'paid at': 'timestamp(ms)' },
  },
  parquet: { changed: [] },
  arrow: { changed: [] },
  avro: { changed: [] },
  text: { changed: [], options: { target: 'json' } },
  sqlite: {
    changed: [],
    types: { 'paid at': 'utf8', price: 'utf8', 'is paid': 'int64' },
  },
  sql: { changed: [] },
};

it('knows every format', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(formats.map(({ id }) => id).sort());
});

describe.each(Object.entries(EXPECTED))('%s read again', (id, { changed, types = {}, options }) => {
  it('has the values of the source, and names those that are others now', async () => {
    const reread = await rereadOf(id, options);
    expect(reread).toMatchObject({
      reader: id,
      isTold: true,
      rowsWritten: 3,
      rowsRead: 3,
      rowsRejected: 0,
      error: null,
    });
    expect(reread.columns.map(({ written }) => written?.name)).toEqual(HEADER.split(','));
    expect(changesOf(reread)).toEqual(changed);
    for (const { type, written } of reread.columns)
      expect(type, written!.name).toBe(types[written!.name] ?? written!.type);
    expect(columnOf(reread, 'id')).toEqual(WRITTEN.map((row) => row[0]));
    expect(columnOf(reread, 'price')).toEqual(WRITTEN.map((row) => row[3]));
    const hasEmpty = !changed.some((change) => (change as unknown[])[1] === 'empty');
    expect(columnOf(reread, 'empty')).toEqual([hasEmpty ? '' : null, null, 'x']);
    expect(reread.sizeBytes).toBeGreaterThan(100);
    expect(reread.head.length).toBe(Math.min(2048, reread.sizeBytes));
  });
});

it('says where a format has no reader', async () => {
  const plugins = {
    ...testPlugins,
    sources: testPlugins.sources.filter(({ id }) => id !== 'avro'),
    formats: testPlugins.formats.map((card) =>
      card.id === 'avro' ? { ...card, readBack: undefined } : card,
    ),
  };
  const lanes = inlineLanes(plugins.formats);
  const other = createEngine({
    plugins,
    openBytes: async (binding) => openBlob(binding as Blob),
    lanes: () => lanes,
    yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
  });
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'avro', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  const bindings = { bytes: { input: new File([CSV], 'orders.csv') } };
  const reread = await other.reread(config, bindings);
  expect(reread).toMatchObject({ reader: null, columns: [], rowsWritten: 3, error: null });
  expect(reread.sizeBytes).toBeGreaterThan(100);
});

it('text whose values nothing tells apart is read line by line', async () => {
  const reread = await rereadOf('text', { prefix: '# {@columns}\n' });
  expect(reread).toMatchObject({ reader: 'text', isTold: false, rowsRead: 5, error: null });
  expect(reread.columns.map(({ name, written }) => [name, written])).toEqual([['line', null]]);
  expect(reread.rows[0]).toEqual([`# ${HEADER.replaceAll(',', ', ')}`]);
  expect(reread.changed).toEqual([]);
});

describe('reread', () => {
  it('gives the names that a format had to make', async () => {
    const { columns } = await rereadOf('xml');
    expect(columns.map(({ name }) => name)).toContain('paid_x0020_at');
    expect(columns.find(({ name }) => name === 'paid_x0020_at')!.written!.name).toBe('paid at');
  });

  it('reads what its options wrote as a receiver would where no rule undoes them', async () => {
    const reread = await rereadOf('csv', {
      timestampPattern: 'dd.MM.yyyy HH:mm',
      formulaGuard: false,
    });
    expect(reread.isTold).toBe(false);
    expect(changesOf(reread)).toContainEqual([
      0,
      'paid at',
      '2026-03-01 21:50:40.123456',
      '01.03.2026 21:50',
    ]);
  });

  it('leaves out the totals below the rows, and counts rows that are read of others', async () => {
    const totals = await rereadOf('excel', { totals: [{ column: 'price', function: 'sum' }] });
    expect([totals.rowsWritten, totals.rowsRead, totals.isTold]).toEqual([3, 3, true]);
    const typed = await rereadOf('csv', { typesRow: true });
    expect([typed.rowsWritten, typed.rowsRead, typed.isTold]).toEqual([3, 4, false]);
  });

  it('reads in the charset it was written in', async () => {
    const charset = { id: 'utf-16le', bom: true, onLoss: 'fail', replacement: '?' } as const;
    const reread = await rereadOf('csv', { formulaGuard: false }, { output: { charset } });
    expect(changesOf(reread)).toEqual([]);
    expect(columnOf(reread, 'name')[0]).toBe('Müller & Söhne');
    expect([...reread.head.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  });

  it('is of the first part, without the columns that part the rows', async () => {
    const split = { columns: [{ name: 'is paid' }] };
    const reread = await rereadOf('parquet', {}, { output: { split: split as never } });
    expect(reread.error).toBeNull();
    expect(reread.columns.map(({ name }) => name)).not.toContain('is paid');
    expect(columnOf(reread, 'id')).toEqual(['9007199254740993', '0']);
  });

  it('takes fewer rows of a wide table, and gives the columns that are wanted', async () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `c${i}`);
    const text = `${names.join(',')}\n${`${names.map((_, i) => i).join(',')}\n`.repeat(100)}`;
    const limits = { firstColumn: 990, columns: 20 };
    const reread = await rereadOf('csv', {}, {}, limits, text);
    expect([reread.rowsWritten, reread.rowsRead, reread.columns.length]).toEqual([8, 8, 1_000]);
    expect(reread.rows[7]).toEqual(names.slice(990).map((name) => name.slice(1)));
  });

  it('says what is wrong with a plan, and stops when nobody wants it any more', async () => {
    const wrong = await rereadOf('csv', { delimiter: '\n' });
    expect(wrong.error).not.toBeNull();
    const config = createConfig({
      source: { kind: 'csv', from: { binding: 'input' } },
      format: { id: 'csv', options: {} },
      delivery: { id: 'memory', options: {} },
    });
    const bindings = { bytes: { input: new File([CSV], 'orders.csv') } };
    const signal = AbortSignal.abort();
    await expect(engine.reread(config, bindings, {}, { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('what a file says of itself', () => {
  it('parquet: row groups, codecs, encodings and sizes', async () => {
    const many = `${HEADER}\n${`${LINES[0]}\n`.repeat(100)}`;
    const reread = await rereadOf(
      'parquet',
      { compression: 'zstd', rowGroupSize: 40 },
      {},
      {},
      many,
    );
    expect([factOf(reread, 'Rows'), factOf(reread, 'Row groups')]).toEqual(['100', '3']);
    const [groups, chunks] = reread.facts!.tables;
    expect(groups!.rows.map(([rows]) => rows)).toEqual(['40', '40', '20']);
    expect(chunks!.rows.map(([name, codec]) => [name, codec])).toEqual(
      HEADER.split(',').map((name) => [name, 'zstd']),
    );
    expect(chunks!.rows[1]![2]).toBe('dictionary');
    const sum = chunks!.rows.reduce((all, row) => all + Number(row[3]), 0);
    expect(String(sum)).toBe(groups!.rows[0]![1]);
  });

  it('arrow: its form and record batches', async () => {
    const reread = await rereadOf('arrow', { compression: 'zstd' });
    expect(factOf(reread, 'Form')).toBe('IPC file');
    expect(factOf(reread, 'Record batches')).toBe('1');
    expect(factOf(reread, 'Codec')).toBe('zstd');
  });

  it('sqlite: the statement that made the table', async () => {
    const { facts } = await rereadOf('sqlite');
    expect(facts!.texts[0]!.text).toContain('"paid at" TEXT');
    expect(facts!.tables[0]!.rows).toEqual([['orders', '3']]);
  });

  it('excel: sheets, tables, charts', async () => {
    const { facts } = await rereadOf('excel', { table: true });
    expect(facts!.lines).toContainEqual({ label: 'Tables', value: '1' });
    expect(facts!.tables[0]!.rows.map(([, kind]) => kind)).toEqual(['sheet', 'table']);
    expect(facts!.tables[0]!.rows[1]![2]).toBe('A1:F4');
  });
});
