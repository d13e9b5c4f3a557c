// Charts and pivot tables of whole workbooks, as openpyxl and LibreOffice find them, and over many rows.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { FLOAT64, INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables } from '../format.suite.ts';
import { convertByOffice, lacksOffice } from '../office.suite.ts';
import { lacksPython, runPython } from '../python.suite.ts';
import { lacksSchemas, schemaErrors } from './ecma-schemas.suite.ts';
import { excelFormat } from './format.ts';
import { packageFaults } from './package-checks.suite.ts';

// Programs that have to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'charts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ORDERS = schemaOf([
  ['region', UTF8],
  ['kind', UTF8],
  ['count', INT64],
  ['amount', { kind: 'decimal', precision: 10, scale: 2 }],
]);
const SUMS = schemaOf([
  ['region', UTF8],
  ['total', FLOAT64],
]);
const REGIONS = ['North', 'South', 'East', 'West'];

const orderAt = (i: number): Value[] => [
  REGIONS[i % 4]!,
  ['Book', 'Pen', 'Lamp'][(i * 7) % 3]!,
  BigInt((i * 37) % 101),
  BigInt(((i * 13) % 17) * 150),
];

const decoder = new TextDecoder();
const textsOf = (parts: ReadonlyMap<string, Uint8Array>): Map<string, string> =>
  new Map(Array.from(parts, ([name, bytes]) => [name, decoder.decode(bytes)]));

const OPTIONS = {
  charts: [
    { title: 'Amounts', category: 'region', values: ['total'], dataset: 'sums' },
    { kind: 'line', category: 'region', values: ['count', 'amount'], sheet: 'Charts' },
  ],
  pivots: [
    { rows: ['region'], columns: ['kind'], values: 'amount' },
    {
      sheet: 'Averages',
      rows: ['region', 'kind'],
      values: ['count', { column: 'amount', function: 'average' }],
      layout: 'tabular',
    },
  ],
};

async function writeBook(name: string): Promise<{ path: string; parts: Map<string, string> }> {
  const rows = Array.from({ length: 120 }, (_, i) => orderAt(i));
  const sums = REGIONS.map((region, i): Value[] => [region, i + 0.5]);
  const { bytes, parts } = await encodeTables(excelFormat, OPTIONS, [
    { name: 'orders', schema: ORDERS, batches: [batchOf(ORDERS, rows)] },
    { name: 'sums', schema: SUMS, batches: [batchOf(SUMS, sums)] },
  ]);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, parts: textsOf(parts!) };
}

it('a workbook of both is whole, and its sheets are what readers count', async () => {
  const { parts } = await writeBook('whole.xlsx');
  expect(packageFaults(parts)).toEqual([]);
  if (!lacksSchemas) expect(schemaErrors(parts)).toEqual([]);
  const names = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet name="(.*?)"/g)];
  expect(names.map(([, name]) => name)).toEqual(['orders', 'sums', 'Charts', 'Pivot', 'Averages']);
});

describe.skipIf(lacksPython('openpyxl'))('openpyxl', () => {
  it('finds each chart with its ranges, and each pivot table with its source', async () => {
    const { path } = await writeBook('python.xlsx');
    const script = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({s.title: {
  'charts': [[type(c).__name__, [r.val.numRef.f for r in c.series]] for c in s._charts],
  'pivots': [[p.location.ref, p.cache.cacheSource.worksheetSource.ref] for p in s._pivots],
} for s in book.worksheets}))`;
    const found: unknown = JSON.parse(runPython(script, '', path));
    expect(found).toEqual({
      orders: { charts: [], pivots: [] },
      sums: { charts: [['BarChart', ['sums!$B$2:$B$5']]], pivots: [] },
      Charts: {
        charts: [['LineChart', ['orders!$C$2:$C$121', 'orders!$D$2:$D$121']]],
        pivots: [],
      },
      Pivot: { charts: [], pivots: [['A3:E9', 'A1:D121']] },
      Averages: { charts: [], pivots: [['A3:D20', 'A1:D121']] },
    });
  });
});

describe.skipIf(lacksOffice)('LibreOffice', () => {
  it('refreshes pivot tables to the very sums that stood in their cells', async () => {
    const { path, parts } = await writeBook('office.xlsx');
    const all = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
    convertByOffice(path, all, folder);
    for (const [sheet, part] of [
      ['Pivot', 'xl/worksheets/sheet4.xml'],
      ['Averages', 'xl/worksheets/sheet5.xml'],
    ] as const) {
      const text = readFileSync(join(folder, `office-${sheet}.csv`), 'utf8');
      const refreshed = text.match(/(?<=,|^)-?\d+(?:\.\d+)?(?=,|$)/gm)!.map(Number);
      const written = Array.from(parts.get(part)!.matchAll(/<v>(.*?)<\/v>/g), ([, v]) => Number(v));
      expect(written.length).toBeGreaterThan(15);
      expect(refreshed).toHaveLength(written.length);
      for (const [i, value] of written.entries()) expect(refreshed[i]).toBeCloseTo(value, 9);
    }
  });
});

it('over many rows only what is shown of them is kept', async () => {
  const size = 4000;
  const rows = Array.from({ length: size }, (_, i) => orderAt(i));
  const batch = batchOf(ORDERS, rows);
  const batches = Array.from({ length: 50 }, () => batch);
  const { parts, rowCount } = await encodeAll(
    excelFormat,
    {
      widths: 'fixed',
      charts: { kind: 'line', category: 'region', values: 'count' },
      pivots: { rows: 'region', values: ['count', 'amount'] },
    },
    ORDERS,
    batches,
  );
  expect(rowCount).toBe(200_000);
  const chart = decoder.decode(parts!.get('xl/charts/chart1.xml'));
  expect(chart).toContain('<c:f>data!$C$2:$C$200001</c:f>');
  expect(chart.length).toBeLessThan(120_000);
  const pivot = decoder.decode(parts!.get('xl/worksheets/sheet2.xml'));
  const totals = [2, 3].map((column) =>
    rows.reduce((sum, row) => sum + Number(row[column]) * (column === 3 ? 0.5 : 50), 0),
  );
  const cells = Array.from(pivot.matchAll(/<v>(.*?)<\/v>/g), ([, v]) => Number(v));
  expect(cells.slice(-2)).toEqual(totals);
});
