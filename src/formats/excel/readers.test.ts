// Workbooks as openpyxl and exceljs read them: values of random tables, and everything that options add.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { BOOL, DATE, type DataType, FLOAT64, INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables } from '../format.suite.ts';
import { sampleOf } from '../option-examples.suite.ts';
import { lacksPython, runPython } from '../python.suite.ts';
import { excelFormat } from './format.ts';
import { loadWorkbook } from './workbook-reader.suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All of a workbook that openpyxl knows, as JSON. */
const READ = `
import json, sys, datetime, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
def plain(v):
    return v.isoformat() if isinstance(v, (datetime.date, datetime.time)) else v
def look(c):
    return [plain(c.value), c.number_format, bool(c.font.b), c.fill.fgColor.rgb if c.fill.fill_type else None]
print(json.dumps({
  'title': book.properties.title, 'creator': book.properties.creator,
  'created': plain(book.properties.created),
  'sheets': [{
    'name': s.title, 'frozen': s.freeze_panes, 'filter': s.auto_filter.ref,
    'cells': [[look(c) for c in row] for row in s.iter_rows()],
    'tables': {t.displayName: t.ref for t in s.tables.values()},
    'rules': [[str(r.sqref), [x.type for x in r.rules]] for r in s.conditional_formatting],
    'validations': [[str(v.sqref), v.type, v.formula1] for v in s.data_validations.dataValidation],
    'links': [[c.coordinate, c.hyperlink.target] for row in s.iter_rows() for c in row if c.hyperlink],
    'notes': [[c.coordinate, c.comment.text] for row in s.iter_rows() for c in row if c.comment],
    'widths': {k: d.width for k, d in s.column_dimensions.items()},
    'page': [s.page_setup.orientation, s.page_setup.paperSize, s.print_title_rows, s.oddFooter.right.text],
    'locked': s.protection.sheet,
  } for s in book.worksheets]}))
`;

interface Sheet {
  name: string;
  frozen: string | null;
  filter: string | null;
  cells: [unknown, string, boolean, string | null][][];
  tables: Record<string, string>;
  rules: [string, string[]][];
  validations: [string, string, string][];
  links: [string, string][];
  notes: [string, string][];
  widths: Record<string, number>;
  page: unknown[];
  locked: boolean;
}

function readByPython(bytes: Uint8Array): {
  title: string;
  creator: string;
  created: string;
  sheets: Sheet[];
} {
  const file = join(folder, 'book.xlsx');
  writeFileSync(file, bytes);
  return JSON.parse(runPython(READ, '', file)) as ReturnType<typeof readByPython>;
}

describe.skipIf(lacksPython('openpyxl'))('openpyxl', () => {
  it('finds values, formats and everything that was asked for', { timeout: 60_000 }, async () => {
    const { schema, batches } = sampleOf(
      ['order', 'city', 'price', 'placed', 'day', 'clock', 'paid', 'address'],
      false,
      1,
    );
    const { bytes } = await encodeAll(
      excelFormat,
      {
        headerLook: 'dark',
        autoFilter: true,
        freezeColumns: 1,
        links: ['address'],
        totals: [{ column: 'price', function: 'sum' }],
        formulas: [{ name: 'with tax', formula: '{price}*1.19', format: '0.000' }],
        conditionalFormats: [{ kind: 'bars', columns: 'price' }],
        validations: [{ kind: 'list', columns: 'city', values: ['Lima', 'Quito'] }],
        notes: [{ column: 'price', text: 'In euros\nwithout tax' }],
        columns: [{ column: 'city', width: 33 }],
        orientation: 'landscape',
        repeatHeader: true,
        pageFooter: '&R&P',
        protect: true,
        title: 'Orders',
        author: 'Sales',
      },
      schema,
      batches,
    );
    const book = readByPython(bytes);
    expect(book).toMatchObject({
      title: 'Orders',
      creator: 'Sales',
      created: '2023-11-14T22:13:20',
    });
    const [sheet] = book.sheets;
    expect(sheet).toMatchObject({
      name: 'data',
      frozen: 'B2',
      filter: 'A1:I4',
      rules: [['C2:C4', ['dataBar']]],
      validations: [['B2:B4', 'list', '"Lima,Quito"']],
      links: [['H2', 'https://example.com/?a=1&b=2']],
      notes: [['C1', 'In euros\nwithout tax']],
      page: ['landscape', 9, '$1:$1', '&P'],
      locked: true,
    });
    expect(sheet!.widths['B']).toBe(33);
    expect(sheet!.cells[0]!.map(([name]) => name)).toEqual([
      ...schema.fields.map(({ name }) => name),
      'with tax',
    ]);
    expect(sheet!.cells[0]![0]).toEqual(['order', 'General', true, 'FF1F3A5F']);
    expect(sheet!.cells[1]!.map(([value, format]) => [value, format])).toEqual([
      [1001, 'General'],
      ['Lima', 'General'],
      [12.5, '0.00'],
      ['2026-11-21T08:30:00', 'yyyy-mm-dd hh:mm:ss.000'],
      ['2026-11-21T00:00:00', 'yyyy-mm-dd'],
      ['08:30:00', 'hh:mm:ss.000'],
      [true, '"TRUE";"TRUE";"FALSE"'],
      ['https://example.com/?a=1&b=2', 'General'],
      ['=C2*1.19', '0.000'],
    ]);
    expect(sheet!.cells[4]!.slice(0, 3).map(([value]) => value)).toEqual([
      'Total',
      null,
      '=SUBTOTAL(109,C2:C4)',
    ]);
  });

  it('finds tables, with totals of their own', { timeout: 60_000 }, async () => {
    const { schema, batches } = sampleOf(['order', 'price'], false, 1);
    const options = { table: true, totals: [{ column: 'price' }] };
    const tables = [
      { name: 'one', schema, batches },
      { name: 'two', schema, batches: [] },
    ];
    const { bytes } = await encodeTables(excelFormat, options, tables);
    const { sheets } = readByPython(bytes);
    expect(sheets.map(({ tables: found }) => found)).toEqual([
      { Table1: 'A1:B5' },
      { Table2: 'A1:B3' },
    ]);
  });
});

describe('a sheet for each value', () => {
  it('has its rows in their order, whatever stands between them', async () => {
    const schema = schemaOf([
      ['n', INT64],
      ['where', UTF8],
    ]);
    const values = ['x', null, 'X', 'x', '', null, 'x/y', 'x'];
    const rows = values.map((value, i): Value[] => [BigInt(i), value]);
    const batches = [rows.slice(0, 3), rows.slice(3)].map((some) => batchOf(schema, some));
    const { bytes, rowCount } = await encodeAll(excelFormat, { sheetBy: 'where' }, schema, batches);
    expect(rowCount).toBe(8);
    const { worksheets } = await loadWorkbook(bytes);
    const found = worksheets.map((sheet) => [sheet.name, sheet.getColumn(1).values.slice(2)]);
    expect(found).toEqual([
      ['x', [0, 3, 7]],
      ['(null)', [1, 5]],
      ['X (2)', [2]],
      ['(empty)', [4]],
      ['x_y', [6]],
    ]);
  });
});

describe('more rows of a value than a sheet takes', () => {
  const schema = schemaOf([
    ['n', INT64],
    ['where', UTF8],
  ]);
  const rows = 'xyxxzxyx'.split('').map((value, i): Value[] => [BigInt(i), value]);

  it('go on in further sheets, next to its first', async () => {
    for (const cut of [1, 3, 8]) {
      const batches = [rows.slice(0, cut), rows.slice(cut)].map((some) => batchOf(schema, some));
      const options = { sheetBy: 'where', rowsPerSheet: 3, sheetsAtMost: 3 };
      const { bytes, rowCount } = await encodeAll(excelFormat, options, schema, batches);
      expect(rowCount).toBe(8);
      const { worksheets } = await loadWorkbook(bytes);
      const found = worksheets.map((sheet) => [sheet.name, sheet.getColumn(1).values.slice(2)]);
      expect(found).toEqual([
        ['x', [0, 2]],
        ['x (2)', [3, 5]],
        ['x (3)', [7]],
        ['y', [1, 6]],
        ['z', [4]],
      ]);
    }
  });

  it('are refused where they must not', async () => {
    const options = { sheetBy: 'where', rowsPerSheet: 3, overflow: 'fail' };
    await expect(
      encodeAll(excelFormat, options, schema, [batchOf(schema, rows)]),
    ).rejects.toMatchObject({ code: 'encode.excel.too-many-rows' });
  });
});

describe('random tables', () => {
  /** Values of a type, and what a reader finds for them. */
  const KINDS: readonly {
    type: DataType;
    value: fc.Arbitrary<Value>;
    found(value: Value): unknown;
  }[] = [
    { type: INT64, value: fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n), found: Number },
    {
      type: INT64,
      value: fc.bigInt(10n ** 16n + 1n, 10n ** 18n).filter((n) => n % 10n !== 0n),
      found: String,
    },
    { type: FLOAT64, value: fc.double({ noNaN: true, noDefaultInfinity: true }), found: (v) => v },
    { type: BOOL, value: fc.boolean(), found: (v) => v },
    {
      type: DATE,
      value: fc.integer({ min: -25_508, max: 2_932_896 }),
      found: (days) => new Date(Number(days) * 86_400_000),
    },
    {
      type: { kind: 'timestamp', unit: 'ms', zone: null },
      value: fc.bigInt(-2_000_000_000_000n, 4_000_000_000_000n),
      found: (ms) => new Date(Number(ms)),
    },
    {
      type: { kind: 'decimal', precision: 15, scale: 4 },
      value: fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n),
      found: (n) => Number(`${String(n)}e-4`),
    },
    {
      type: UTF8,
      value: fc
        .string({ minLength: 1, unit: 'grapheme' })
        .filter((text) => !/_x[\dA-Fa-f]{4}_/.test(text)),
      found: (text) =>
        String(text).replace(
          // oxlint-disable-next-line no-control-regex -- these are written as escapes
          /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
          (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
        ),
    },
  ];

  it('come back value by value', { timeout: 60_000 }, async () => {
    const table = fc
      .array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 5 })
      .chain((kinds) =>
        fc.record({
          kinds: fc.constant(kinds),
          rows: fc.array(fc.tuple(...kinds.map(({ value }) => fc.option(value))), { maxLength: 8 }),
          cutAt: fc.nat(8),
        }),
      );
    await fc.assert(
      fc.asyncProperty(table, async ({ kinds, rows, cutAt }) => {
        const schema = schemaOf(kinds.map(({ type }, i) => [`c${i}`, type]));
        const batches = [rows.slice(0, cutAt), rows.slice(cutAt)].map((some) =>
          batchOf(schema, some as Value[][]),
        );
        const { bytes } = await encodeAll(excelFormat, {}, schema, batches);
        const sheet = (await loadWorkbook(bytes)).worksheets[0]!;
        rows.forEach((row, r) => {
          (row as (Value | null)[]).forEach((value, c) => {
            const found = sheet.getRow(r + 2).getCell(c + 1).value;
            expect(found).toEqual(value === null ? null : kinds[c]!.found(value));
          });
        });
      }),
      { numRuns: 60 },
    );
  });
});
