// Charts and pivot tables as parts: valid by the standard's schemas whatever was asked for, and over the right cells.
import { describe, expect, it } from 'vitest';
import type { EncoderContext } from '../../contract/encoder.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { FLOAT64, INT64, UTF8 } from '../../table/data-type.ts';
import { CHART_GROUPINGS, CHART_KINDS, LEGEND_PLACES } from './chart/model.ts';
import { checkExtras } from './extras-check.ts';
import { createExtras, pointsOf } from './extras.ts';
import { EXCEL_OPTIONS, type ExcelOptions } from './options.ts';
import { lacksSchemas, schemaErrors } from './ecma-schemas.suite.ts';
import type { Part, WorkbookAdditions, WrittenSheet } from './parts.ts';
import { PIVOT_FUNCTIONS, PIVOT_LAYOUTS, PIVOT_TOTALS } from './pivot/model.ts';
import { createSheetNames } from './sheet-names.ts';

const ORDERS = schemaOf([
  ['placed', { kind: 'date' }],
  ['region', UTF8],
  ['count', INT64],
  ['amount', { kind: 'decimal', precision: 10, scale: 2 }],
  ['ratio', FLOAT64],
  ['at', { kind: 'timestamp', unit: 'ms', zone: '+02:00' }],
]);
const ROWS: Value[][] = [
  [20_000, 'North & East', 2n ** 60n, 1250n, 0.5, 0n],
  [20_001, 'a\u0001"<', -3n, 99n, Number.NaN, 43_200_000n],
  [null, null, null, null, null, null],
];
const SUMS = schemaOf([
  ['region', UTF8],
  ['total', FLOAT64],
]);
const TABLES = [
  { name: 'orders', schema: ORDERS, rows: ROWS },
  { name: "it's sums", schema: SUMS, rows: [['North', 1.5]] as Value[][] },
];

interface Asked {
  charts?: unknown;
  pivots?: unknown;
  /** Sheets that the first table's rows went to. */
  sheets?: number;
  rows?: Value[][];
}

function contextOf({ charts = [], pivots = [] }: Asked): EncoderContext<ExcelOptions> {
  const { value, issues } = EXCEL_OPTIONS.parse({ charts, pivots });
  expect(issues).toBeUndefined();
  return {
    options: value!,
    schema: ORDERS,
    tables: TABLES,
    name: 'orders',
    timeZone: 'UTC',
    charset: { id: 'utf-8', bom: false },
    startedAtMs: 0,
    sourceName: '',
    part: 0,
  };
}

function build(asked: Asked): WorkbookAdditions {
  const { sheets = 1, rows = ROWS } = asked;
  const context = contextOf(asked);
  const names = createSheetNames();
  const tables = TABLES.map((table, i) => (i === 0 ? { ...table, rows } : table));
  const extras = createExtras(
    context,
    tables.map(({ name }) => ({ name, capacity: 100_000 })),
  );
  const firstNames = tables.map(({ name }) => names.take(name));
  const written = tables.flatMap((one, table) =>
    Array.from({ length: table === 0 ? sheets : 1 }, (_, position): WrittenSheet => ({
      name: position === 0 ? firstNames[table]! : names.take(one.name),
      table,
      position,
      schema: one.schema,
      names: one.schema.fields.map(({ name }) => name),
      firstColumn: 1,
      headerRow: 1,
      firstRow: 2,
      lastRow: one.rows.length + 1,
      points: pointsOf(context, table, [batchOf(one.schema, one.rows)]),
    })),
  );
  for (const [table, one] of tables.entries()) extras.see(table, batchOf(one.schema, one.rows), 0);
  const formats: string[] = [];
  return extras.finish(written, names, {
    cell: ({ bold = false, format = '' }) => (bold ? 1 : 0) + (format === '' ? 0 : 2),
    idOf: (code) => 164 + (formats.includes(code) ? formats.indexOf(code) : formats.push(code) - 1),
  });
}

/** All parts under the additions by name; one name is one part. */
function partsOf({ drawings, sheets, pivotCaches }: WorkbookAdditions): Map<string, Part> {
  const parts = new Map<string, Part>();
  const add = (part: Part): void => {
    const known = parts.get(part.name);
    if (known !== undefined) return expect(known).toBe(part);
    parts.set(part.name, part);
    const ids = part.relationships.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      if (part.relationships.every(({ type }) => !type.startsWith('pivot')))
        expect(part.content).toContain(`"${id}"`);
    for (const { target } of part.relationships) add(target as Part);
  };
  [...drawings, ...sheets, ...pivotCaches].forEach(({ part }) => add(part));
  return parts;
}

const texts = (parts: Map<string, Part>): [string, string][] =>
  Array.from(parts, ([name, { content }]) => [name, content as string]);

const chartOf = (more: object): string => {
  const parts = partsOf(build({ charts: { values: 'count', category: 'region', ...more } }));
  return parts.get('xl/charts/chart1.xml')!.content as string;
};

describe.skipIf(lacksSchemas)('by the schemas', () => {
  it('what stands in the wrong order is found', () => {
    const [[name, text]] = texts(partsOf(build({ charts: { values: 'count' } }))) as [
      [string, string],
    ];
    expect(name).toBe('xl/drawings/drawing1.xml');
    const wrong = text.replace(/(<xdr:from>.*<\/xdr:from>)(<xdr:ext [^>]*>)/, '$2$1');
    expect(wrong).not.toBe(text);
    expect(schemaErrors([[name, wrong]])).not.toEqual([]);
  });

  it('charts of every kind, grouping and legend are valid', () => {
    const charts = CHART_KINDS.flatMap((kind) =>
      CHART_GROUPINGS.flatMap((grouping) =>
        [false, true].map((labels) => ({
          kind,
          grouping,
          labels,
          title: labels ? '' : 'Sales <&> "more"\u0001',
          category: kind === 'scatter' ? 'placed' : labels ? 'region' : undefined,
          values:
            kind === 'pie'
              ? ['amount']
              : ['count', { column: 'amount', secondAxis: labels && kind !== 'bar', name: 'A' }],
          categoryTitle: labels ? 'Where' : '',
          valueTitle: 'How many',
          secondTitle: 'How much',
          numberFormat: labels ? '#,##0.0 "t"' : '',
          legend: LEGEND_PLACES[(kind.length + grouping.length) % LEGEND_PLACES.length],
          sheet: labels ? kind : '',
        })),
      ),
    );
    const parts = partsOf(build({ charts: charts.slice(0, 100) }));
    expect([...parts.keys()].filter((name) => name.includes('/charts/'))).toHaveLength(42);
    expect(schemaErrors(texts(parts))).toEqual([]);
  });

  it('pivot tables of every layout, function and total are valid', () => {
    const pivots = PIVOT_LAYOUTS.flatMap((layout) =>
      PIVOT_TOTALS.map((grandTotals, i) => ({
        layout,
        grandTotals,
        subtotals: i % 2 === 0,
        rows: i === 1 ? [] : ['region', 'at'].slice(0, i),
        columns: i > 1 ? [] : ['placed'],
        filters: i === 3 ? ['ratio', 'count'] : [],
        values: PIVOT_FUNCTIONS.slice(0, i + 1).map((called) => ({
          column: 'amount',
          function: called,
          numberFormat: i === 2 ? '0.0 "&"' : '',
        })),
      })),
    );
    const parts = partsOf(build({ pivots }));
    expect([...parts.keys()].filter((name) => name.includes('/pivotTables/'))).toHaveLength(12);
    expect(schemaErrors(texts(parts))).toEqual([]);
  });
});

describe('charts', () => {
  it('read the rows of their columns and the name above them', () => {
    const xml = chartOf({ values: ['amount'] });
    expect(xml).toContain('<c:f>orders!$D$1</c:f>');
    expect(xml).toContain('<c:cat><c:strRef><c:f>orders!$B$2:$B$4</c:f>');
    expect(xml).toContain('<c:val><c:numRef><c:f>orders!$D$2:$D$4</c:f>');
  });

  it('hold the first values as cells do, without what no cell holds', () => {
    const cache = /<c:strCache><c:ptCount val="3"\/>(.*?)<\/c:strCache><\/c:strRef><\/c:cat>/;
    expect(cache.exec(chartOf({}))![1]).toBe(
      '<c:pt idx="0"><c:v>North &amp; East</c:v></c:pt><c:pt idx="1"><c:v>a_x0001_&quot;&lt;</c:v></c:pt>',
    );
    expect(chartOf({ values: 'ratio' })).toContain(
      '<c:ptCount val="3"/><c:pt idx="0"><c:v>0.5</c:v></c:pt></c:numCache>',
    );
    expect(chartOf({ values: 'amount' })).toContain('<c:pt idx="0"><c:v>12.5</c:v></c:pt>');
    // 2024-10-04, and noon UTC two hours to the east.
    expect(chartOf({ category: 'placed' })).toContain('<c:pt idx="0"><c:v>45569</c:v></c:pt>');
    expect(chartOf({ kind: 'line', category: 'at' })).toContain(`<c:v>${25569 + 14 / 24}</c:v>`);
  });

  it('keep no more than the first thousand values', () => {
    const rows = Array.from({ length: 1200 }, (_, i): Value[] => [null, `r${i}`, BigInt(i), null]);
    const xml = partsOf(build({ rows, charts: { values: 'count' } })).get('xl/charts/chart1.xml')!;
    expect(xml.content).toContain('<c:ptCount val="1200"/>');
    expect((xml.content as string).match(/<c:pt idx="/g)).toHaveLength(1000 + 1);
  });

  it('without rows read the cell where the first would stand', () => {
    const parts = partsOf(
      build({ rows: [], charts: { values: 'count' }, pivots: { rows: 'region', values: 'count' } }),
    );
    expect(parts.get('xl/charts/chart1.xml')!.content).toContain('<c:f>orders!$C$2</c:f>');
    expect(parts.get('xl/pivotCache/pivotCacheDefinition1.xml')!.content).toContain('ref="A1:F2"');
  });

  it('stand beside the rows they are of, on the rows of others, or on sheets of their own', () => {
    const { drawings, sheets } = build({
      charts: [
        { values: 'count' },
        { values: 'amount', cell: 'B30' },
        { values: 'total', dataset: "it's sums", sheet: 'ORDERS' },
        { values: 'total', dataset: "it's sums", sheet: 'All' },
        { values: 'count', sheet: 'all' },
      ],
    });
    expect(drawings.map(({ table }) => table)).toEqual([0]);
    const content = drawings[0]!.part.content as string;
    const places = [...content.matchAll(/<xdr:col>(\d+)<.*?<xdr:row>(\d+)</g)];
    expect(places.map(([, column, row]) => [column, row])).toEqual([
      ['7', '0'],
      ['1', '29'],
      // Not on the one before, which reaches this far.
      ['7', '48'],
    ]);
    expect(sheets.map(({ name }) => name)).toEqual(['All']);
    const own = sheets[0]!.part.relationships[0]!.target as Part;
    expect(own.relationships).toHaveLength(2);
    expect((own.relationships[0]!.target as Part).content).toContain("'it''s sums'!$B$2");
  });

  it('on a sheet of their own there is one for each sheet of rows', () => {
    const parts = partsOf(
      build({ sheets: 3, charts: { values: 'count', title: 'T', sheet: 'Own' } }),
    );
    const titles = [1, 2, 3].map(
      (n) => /<a:t>(.*?)<\/a:t>/.exec(parts.get(`xl/charts/chart${n}.xml`)!.content as string)![1],
    );
    expect(titles).toEqual(['T – orders', 'T – orders (2)', 'T – orders (3)']);
    expect(partsOf(build({ sheets: 3, charts: { values: 'count' } })).size).toBe(2);
  });
});

describe('charts of combined rows', () => {
  const rows: Value[][] = [
    [20_001, 'South', 2n, 150n],
    [20_000, 'North', 1n, 250n],
    [20_001, 'South', 3n, 100n],
    [null, null, 4n, 25n],
  ];
  const written = (chart: object) => {
    const parts = partsOf(build({ rows, charts: { title: 'T', ...chart } }));
    const sheet = parts.get('xl/worksheets/sheet3.xml')!.content as string;
    const cells = [...sheet.matchAll(/<c r="([A-Z]+\d+)".*?<(?:t|t [^>]*|v)>(.*?)<\//g)];
    return {
      parts,
      chart: parts.get('xl/charts/chart1.xml')!.content as string,
      cells: cells.map(([, place, content]) => `${place}=${content}`).join(' '),
    };
  };

  it('read their sums from a sheet of their own', () => {
    const { parts, chart, cells } = written({
      category: 'region',
      values: ['count', { column: 'amount', name: 'Money' }],
      combine: 'sum',
    });
    expect(cells).toBe(
      'A1=region B1=Sum of count C1=Money A2=North B2=1 C2=2.5 A3=South B3=5 C3=2.5 A4=(blank) B4=4 C4=0.25',
    );
    expect(chart).toContain("<c:f>'Chart data'!$A$2:$A$4</c:f>");
    expect(chart).toContain("<c:f>'Chart data'!$C$2:$C$4</c:f>");
    expect(chart).toContain('<c:pt idx="1"><c:v>5</c:v></c:pt>');
    if (!lacksSchemas) expect(schemaErrors(texts(parts))).toEqual([]);
  });

  it('keep days as days, in their order', () => {
    const { chart, cells } = written({
      kind: 'line',
      category: 'placed',
      values: 'region',
      combine: 'count',
    });
    expect(cells).toBe('A1=placed B1=Count of region A2=45569 B2=1 A3=45570 B3=2 A4=(blank) B4=0');
    expect(chart).toContain('<c:dateAx>');
  });
});

describe('pivot tables', () => {
  it('of the same rows share what they read', () => {
    const { pivotCaches, sheets } = build({
      pivots: [
        { rows: 'region', values: 'amount' },
        { rows: 'placed', values: 'count' },
        { rows: 'region', values: 'total', dataset: "it's sums" },
      ],
    });
    expect(sheets.map(({ name }) => name)).toEqual(['Pivot', 'Pivot (2)', 'Pivot (3)']);
    expect(pivotCaches.map(({ cacheId }) => cacheId)).toEqual([1, 2]);
    expect(pivotCaches[1]!.part.content).toContain(
      'ref="A1:B2" sheet="it&apos;s sums"'.replace('&apos;', "'"),
    );
  });

  it('have headings that are no field and no other heading', () => {
    const parts = partsOf(
      build({
        pivots: {
          rows: 'region',
          values: [
            { column: 'count', name: 'Count' },
            'amount',
            'amount',
            { column: 'ratio', function: 'max' },
          ],
        },
      }),
    );
    const found = [
      ...(parts.get('xl/pivotTables/pivotTable1.xml')!.content as string).matchAll(
        /<dataField name="(.*?)"/g,
      ),
    ];
    expect(found.map(([, name]) => name)).toEqual([
      'Count ',
      'Sum of amount',
      'Sum of amount ',
      'Max of ratio',
    ]);
  });
});

/** The cells of the first pivot table's sheet, row by row. */
function cellsOf(pivot: object, rows: Value[][]): string[] {
  const parts = partsOf(build({ rows, pivots: { ...pivot } }));
  const sheet = parts.get('xl/worksheets/sheet3.xml')!.content as string;
  return [...sheet.matchAll(/<row r="(\d+)">(.*?)<\/row>/g)].map(([, row, cells]) => {
    const found = [...cells!.matchAll(/<c r="([A-Z]+)\d+".*?<(?:t|t [^>]*|v)>(.*?)<\//g)];
    return `${row}: ${found.map(([, column, content]) => `${column}=${content}`).join(' ')}`;
  });
}

describe('the values of a pivot table', () => {
  const day = 20_000;
  const rows: Value[][] = [
    [day, 'South', 2n, 150n, 0.125],
    [day, 'North', 1n, 250n, 0.25],
    [day + 1, 'South', 3n, 100n, null],
    [day, 'South', null, 50n, 0.375],
    [day + 1, null, 5n, 25n, Number.NaN],
  ];

  it('stand in its cells as they do after a refresh', () => {
    expect(cellsOf({ rows: 'region', values: 'count' }, rows)).toEqual([
      '3: A=Row Labels B=Sum of count',
      '4: A=North B=1',
      '5: A=South B=5',
      '6: A=(blank) B=5',
      '7: A=Grand Total B=11',
    ]);
    expect(
      cellsOf(
        {
          rows: 'region',
          columns: 'placed',
          layout: 'tabular',
          filters: ['ratio'],
          values: { column: 'amount', numberFormat: '0.00' },
        },
        rows,
      ),
    ).toEqual([
      '1: A=ratio B=(All)',
      '3: A=Sum of amount B=placed',
      '4: A=region B=2024-10-04 C=2024-10-05 D=Grand Total',
      '5: A=North B=2.5 D=2.5',
      '6: A=South B=2 C=1 D=3',
      '7: A=(blank) C=0.25 D=0.25',
      '8: A=Grand Total B=4.5 C=1.25 D=5.75',
    ]);
  });

  it('have totals of groups below them or beside their name, as the layout says', () => {
    const two = {
      rows: ['placed', 'region'],
      values: ['count', { column: 'ratio', function: 'average' }],
    };
    expect(cellsOf({ ...two, layout: 'tabular', grandTotals: 'none' }, rows)).toEqual([
      '3: A=placed B=region C=Sum of count D=Average of ratio',
      '4: A=2024-10-04 B=North C=1 D=0.25',
      '5: B=South C=2 D=0.25',
      '6: A=2024-10-04 Total C=3 D=0.25',
      '7: A=2024-10-05 B=South C=3',
      '8: B=(blank) C=5',
      '9: A=2024-10-05 Total C=8',
    ]);
    expect(cellsOf({ ...two, values: { column: 'region', function: 'count' } }, rows)).toEqual([
      '3: A=Row Labels B=Count of region',
      '4: A=2024-10-04 B=3',
      '5: A=   North B=1',
      '6: A=   South B=2',
      '7: A=2024-10-05 B=1',
      '8: A=   South B=1',
      '9: A=   (blank) B=0',
      '10: A=Grand Total B=4',
    ]);
    expect(
      cellsOf(
        {
          ...two,
          values: { column: 'count', function: 'max' },
          layout: 'outline',
          subtotals: false,
        },
        rows,
      ),
    ).toEqual([
      '3: A=placed B=region C=Max of count',
      '4: A=2024-10-04',
      '5: B=North C=1',
      '6: B=South C=2',
      '7: A=2024-10-05',
      '8: B=South C=3',
      '9: B=(blank) C=5',
      '10: A=Grand Total C=5',
    ]);
  });

  it('spread over columns with their totals', () => {
    expect(cellsOf({ columns: ['placed', 'region'], values: 'count' }, rows)).toEqual([
      '3: A=Sum of count B=Column Labels',
      '4: B=2024-10-04 D=2024-10-04 Total E=2024-10-05 G=2024-10-05 Total H=Grand Total',
      '5: B=North C=South E=South F=(blank)',
      '6: A=Sum of count B=1 C=2 D=3 E=3 F=5 G=8 H=11',
    ]);
    expect(
      cellsOf(
        { rows: 'region', columns: 'placed', values: ['count', 'amount'], grandTotals: 'rows' },
        rows,
      ),
    ).toEqual([
      '3: A=Values B=Column Labels',
      '4: B=2024-10-04 D=2024-10-05',
      '5: A=Row Labels B=Sum of count C=Sum of amount D=Sum of count E=Sum of amount F=Total Sum of count G=Total Sum of amount',
      '6: A=North B=1 C=2.5 F=1 G=2.5',
      '7: A=South B=2 C=2 D=3 E=1 F=5 G=3',
      '8: A=(blank) D=5 E=0.25 F=5 G=0.25',
    ]);
  });

  it('are left to the program that opens it where there are too many, or none were wanted', () => {
    const many = Array.from({ length: 20_001 }, (_, i): Value[] => [null, `r${i}`, 1n]);
    const rowsOf = (some: Value[][]): number => {
      const parts = partsOf(build({ rows: some, pivots: { rows: 'region', values: 'count' } }));
      return (parts.get('xl/worksheets/sheet3.xml')!.content as string).split('<row ').length - 1;
    };
    expect(rowsOf(many)).toBe(0);
    expect(rowsOf(many.slice(1))).toBe(20_002);
    expect(cellsOf({ rows: 'region', values: 'count', writeValues: false }, rows)).toEqual([]);
  });
});

describe('before the run', () => {
  const errors = (asked: object, schema = ORDERS, tables = [{ name: 'orders', schema }]) => {
    const { value, issues } = EXCEL_OPTIONS.parse(asked);
    expect(issues).toBeUndefined();
    return checkExtras(value!, tables).map(({ code, sentence, option }) => {
      expect(sentence).toMatch(/[.?]$/);
      expect(Object.keys(asked)).toContain(option);
      return code;
    });
  };

  it('says which columns and data sets are missing, and what cannot be drawn', () => {
    expect(errors({ charts: { values: 'count', category: 'region' } })).toEqual([]);
    expect(errors({ charts: { values: 'cuont' } })).toEqual(['excel.unknown-column']);
    expect(errors({ charts: { values: 'count', category: { name: 'region', nth: 1 } } })).toEqual([
      'excel.unknown-column',
    ]);
    expect(errors({ charts: { values: 'count', dataset: 'x' } }, ORDERS, TABLES)).toEqual([
      'excel.unknown-dataset',
    ]);
    expect(errors({ charts: { values: 'region' } })).toEqual(['excel.chart-no-number']);
    expect(errors({ charts: { kind: 'pie', values: ['count', 'amount'] } })).toEqual([
      'excel.chart-one-series',
    ]);
    expect(errors({ charts: { kind: 'scatter', values: 'count' } })).toEqual(['excel.chart-no-x']);
    expect(errors({ charts: { kind: 'scatter', values: 'count', category: 'region' } })).toEqual([
      'excel.chart-no-number',
    ]);
    expect(
      errors({
        charts: { kind: 'bar', values: ['count', { column: 'amount', secondAxis: true }] },
      }),
    ).toEqual(['excel.chart-no-second']);
    expect(errors({ charts: { values: 'count', combine: 'sum' } })).toEqual([
      'excel.chart-no-category',
    ]);
    expect(errors({ charts: { values: 'region', category: 'kind', combine: 'count' } })).toEqual([
      'excel.unknown-column',
    ]);
    expect(errors({ charts: { values: { column: 'amount', secondAxis: true } } })).toEqual([
      'excel.chart-second-alone',
    ]);
  });

  it('says what a pivot table lacks', () => {
    expect(errors({ pivots: { rows: 'region', values: 'count' } })).toEqual([]);
    expect(errors({ pivots: { rows: 'reigon', values: 'count' } })).toEqual([
      'excel.unknown-column',
    ]);
    expect(errors({ pivots: { values: 'count' } })).toEqual(['excel.pivot-no-fields']);
    expect(errors({ pivots: { rows: 'region', filters: 'region', values: 'count' } })).toEqual([
      'excel.pivot-repeated',
    ]);
    expect(errors({ pivots: { rows: 'count', values: 'region' } })).toEqual([
      'excel.pivot-no-number',
    ]);
    expect(
      errors({ pivots: { rows: 'count', values: { column: 'region', function: 'count' } } }),
    ).toEqual([]);
    expect(errors({ pivots: { rows: 'region', values: 'count' }, headers: false })).toEqual([
      'excel.pivot-no-header',
    ]);
    const unnamed = schemaOf([
      ...ORDERS.fields.map(({ name, type }) => [name, type] as const),
      [' ', UTF8],
    ]);
    expect(errors({ pivots: { rows: 'region', values: 'count' } }, unnamed)).toEqual([
      'excel.pivot-unnamed',
    ]);
  });
});
