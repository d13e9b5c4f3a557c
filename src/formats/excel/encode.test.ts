// Workbooks by the standard's schemas, our own checks of the package, and readers that we did not write.
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { type DataType, INT64, type Schema, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables } from '../format.suite.ts';
import { sampleOf } from '../option-examples.suite.ts';
import { lacksSchemas, schemaErrors } from './ecma-schemas.suite.ts';
import { excelFormat } from './format.ts';
import { packageFaults } from './package-checks.suite.ts';
import { loadWorkbook, rowsOf } from './workbook-reader.suite.ts';

/** 2026-11-21T08:30:00Z. */
const PLACED = 1_795_249_800_000n;

const ORDERS: readonly (readonly [string, DataType, readonly Value[]])[] = [
  ['order', INT64, [1001n, 1002n, 1003n]],
  ['city', UTF8, ['Lima', 'São Paulo', null]],
  ['note', UTF8, [' ok', '<say> "hi" & bye', '']],
  ['price', { kind: 'decimal', precision: 10, scale: 2 }, [1250n, 99n, null]],
  ['ratio', { kind: 'float', bits: 64 }, [0.5, -1e300, null]],
  ['placed', { kind: 'timestamp', unit: 'ms', zone: 'UTC' }, [PLACED, PLACED + 500n, null]],
  ['day', { kind: 'date' }, [20_778, -25_567, null]],
  ['clock', { kind: 'time', unit: 's' }, [30_600n, 0n, null]],
  ['paid', { kind: 'bool' }, [true, false, null]],
];

function tableOf(columns: typeof ORDERS) {
  const schema: Schema = schemaOf(columns.map(([name, type]) => [name, type]));
  const rows = columns[0]![2].map((_, row) => columns.map(([, , values]) => values[row]!));
  return { schema, batches: [batchOf(schema, rows)] };
}

/** The parts of a workbook of the sample orders, as texts. */
async function write(options: Record<string, unknown>, columns = ORDERS) {
  const { schema, batches } = tableOf(columns);
  const { parts, bytes, losses } = await encodeAll(excelFormat, options, schema, batches);
  return { parts: textsOf(parts!), bytes, losses };
}

const decoder = new TextDecoder();
const textsOf = (parts: ReadonlyMap<string, Uint8Array>): Map<string, string> =>
  new Map(Array.from(parts, ([name, bytes]) => [name, decoder.decode(bytes)]));

describe('every part', () => {
  const examples = excelFormat.options.fields.flatMap(({ examples: list = [] }) =>
    list
      .filter(({ finds }) => finds?.error === undefined)
      .map(({ options, columns }) => ({ options, ...sampleOf(columns, false, 1) })),
  );
  const presets = excelFormat.presets.map(({ options }) => ({ options, ...tableOf(ORDERS) }));

  it.skipIf(lacksSchemas)('is valid by the schemas of ECMA-376, with each option', async () => {
    /** Text by text with the name of a part that has it: most parts are the same in most workbooks. */
    const distinct = new Map<string, string>();
    for (const { options, schema, batches } of [...examples, ...presets]) {
      const { parts } = await encodeAll(excelFormat, options, schema, batches);
      for (const [name, text] of textsOf(parts!)) distinct.set(text, name);
    }
    expect(distinct.size).toBeGreaterThan(examples.length);
    expect(schemaErrors(Array.from(distinct, ([text, name]) => [name, text] as const))).toEqual([]);
  });

  it('has a type, and every relationship leads somewhere', async () => {
    for (const { options, schema, batches } of [...examples, ...presets]) {
      const { parts } = await encodeAll(excelFormat, options, schema, batches);
      expect(packageFaults(textsOf(parts!)), JSON.stringify(options)).toEqual([]);
    }
  });
});

describe('cells', () => {
  it('hold dates, times, numbers and booleans as such', async () => {
    const { bytes } = await write({});
    const sheet = (await loadWorkbook(bytes)).worksheets[0]!;
    const values = [2, 3].map((row) =>
      ORDERS.map((_, column) => sheet.getRow(row).getCell(column + 1).value),
    );
    expect(values[0]).toEqual([
      1001,
      'Lima',
      ' ok',
      12.5,
      0.5,
      new Date(Number(PLACED)),
      new Date('2026-11-21'),
      new Date('1899-12-30T08:30:00Z'),
      true,
    ]);
    expect(values[1]!.slice(3, 6)).toEqual([0.99, -1e300, new Date(Number(PLACED) + 500)]);
    expect(values[1]![8]).toBe(false);
    expect(sheet.getCell('F2').numFmt).toBe('yyyy-mm-dd hh:mm:ss.000');
    expect(sheet.getCell('D2').numFmt).toBe('0.00');
  });

  it('tell empty text from null', async () => {
    const { parts } = await write({});
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    expect(sheet).toContain('<c r="C4" t="inlineStr"><is><t></t></is></c>');
    expect(sheet).not.toContain('r="B4"');
  });

  it('hold the days of early 1900 as Excel counts them, and those before as text', async () => {
    const days: Value[] = [-25_567, -25_510, -25_509, -25_508, -25_568, 2_932_896, 2_932_897];
    const { parts, losses } = await write({}, [['day', { kind: 'date' }, days]]);
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    const found = [...sheet.matchAll(/<(?:v|t)>([^<]*)</g)].map(([, value]) => value);
    expect(found).toEqual(['1', '58', '59', '61', '1899-12-31', '2958465', '+010000-01-01']);
    expect(losses).toMatchObject([{ code: 'excel.date-as-text', column: 'day', count: 2 }]);
  });
});

describe('a table without columns', () => {
  const { schema, batches } = { schema: schemaOf([]), batches: [batchOf(schemaOf([]), [[], []])] };
  const settings = excelFormat.options.fields.flatMap(
    ({ id, kind, choices, default: usual }): Record<string, unknown>[] =>
      kind === 'switch'
        ? [{ [id]: usual !== true }]
        : (choices ?? []).map(({ value }) => ({ [id]: value })),
  );

  it.skipIf(lacksSchemas)('is a valid workbook with each option, or refused', async () => {
    let refused = 0;
    const written: (readonly [string, string])[] = [];
    for (const options of settings) {
      const parsed = excelFormat.options.parse(options);
      const found = excelFormat.check!({ options: parsed.value!, schema, charset: 'utf-8' });
      if (found.some(({ severity }) => severity === 'error')) {
        refused++;
        continue;
      }
      const { parts } = await encodeAll(excelFormat, options, schema, batches);
      const texts = textsOf(parts!);
      expect(packageFaults(texts), JSON.stringify(options)).toEqual([]);
      written.push(...[...texts].filter(([name]) => /sheet1|styles|workbook\.xml$/.test(name)));
    }
    expect(refused).toBe(1);
    const distinct = new Map(written.map(([name, text]) => [text, name]));
    expect(schemaErrors(Array.from(distinct, ([text, name]) => [name, text] as const))).toEqual([]);
  });
});

describe('totals', () => {
  it('of texts are warned of, and counting them is one click', () => {
    const { schema } = tableOf(ORDERS);
    const findingsOf = (options: Record<string, unknown>) =>
      excelFormat.check!({
        options: excelFormat.options.parse(options).value!,
        schema,
        charset: 'utf-8',
      }).filter(({ code }) => code === 'excel.total-of-text');
    const totals = ['city', 'price', 'day', 'paid'].map((column) => ({ column }));
    const found = findingsOf({ totals });
    expect(found.map(({ column }) => column)).toEqual(['city', 'paid']);
    expect(findingsOf(found[0]!.remedy!.options).map(({ column }) => column)).toEqual(['paid']);
  });
});

describe('losses that only values tell of', () => {
  const FOUND: [code: string, options: Record<string, unknown>, type: DataType, value: Value][] = [
    ['excel.text-cut', {}, UTF8, 'ä'.repeat(32_768)],
    ['excel.text-cut', { longText: 'mark' }, UTF8, '𝄞'.repeat(16_384)],
    ['excel.text-left', { longText: 'blank' }, UTF8, 'x'.repeat(32_768)],
    ['excel.date-as-text', {}, { kind: 'date' }, -25_568],
    ['excel.date-as-text', { dateSystem: '1904' }, { kind: 'date' }, -24_108],
    ['excel.date-left', { earlyDates: 'blank' }, { kind: 'date' }, 2_932_897],
    ['excel.not-finite', {}, { kind: 'float', bits: 64 }, Number.NaN],
    ['excel.not-finite', { notFinite: 'error' }, { kind: 'float', bits: 64 }, Infinity],
    ['excel.not-finite-left', { notFinite: 'blank' }, { kind: 'float', bits: 64 }, -Infinity],
    ['excel.digits-lost', { longNumbers: 'number' }, INT64, 2n ** 60n + 1n],
  ];

  it.each(FOUND)('%s of %j is gone after one click', async (code, options, type, value) => {
    const columns: typeof ORDERS = [['a', type, [value, null]]];
    const { losses } = await write(options, columns);
    expect(losses).toMatchObject([{ code, column: 'a', count: 1 }]);
    const { remedy } = excelFormat.losses.find((loss) => loss.code === code)!;
    const mended = { ...options, ...remedy!.options };
    if (Object.values(remedy!.options).includes('fail'))
      await expect(write(mended, columns)).rejects.toThrow(/column|of “a”/);
    else expect((await write(mended, columns)).losses.map((loss) => loss.code)).not.toContain(code);
  });

  it('leave a text that is marked as long as a cell may be, its last characters whole', async () => {
    const { parts } = await write({ longText: 'mark' }, [['a', UTF8, ['𝄞'.repeat(16_384)]]]);
    const found = />(𝄞*…)</u.exec(parts.get('xl/worksheets/sheet1.xml')!)!;
    expect(found[1]).toBe(`${'𝄞'.repeat(16_383)}…`);
  });
});

describe('the end of time', () => {
  it('is text where its number would be that of the day behind it', async () => {
    const last = 253_402_300_799_999_999n;
    const at: DataType = { kind: 'timestamp', unit: 'us', zone: null };
    const { parts, losses } = await write({}, [['at', at, [last, last - 999n]]]);
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    const found = [...sheet.matchAll(/<(?:v|t)>([^<]*)</g)].map(([, value]) => value);
    expect(found[0]).toBe('9999-12-31T23:59:59.999999');
    expect(Number(found[1])).toBeLessThan(2_958_466);
    expect(losses).toMatchObject([{ code: 'excel.date-as-text', count: 1 }]);
  });
});

describe('properties', () => {
  it('of the user’s own stand in a part of the standard, and the file was made when they say', async () => {
    const properties = { Zone: '', Department: 'Sales <&> "more"' };
    const { parts, bytes } = await write({ properties, created: '2026-11-01' });
    expect(packageFaults(parts)).toEqual([]);
    expect(parts.get('_rels/.rels')).toContain('relationships/custom-properties"');
    const { created } = await loadWorkbook(bytes);
    expect(created).toEqual(new Date('2026-11-01T00:00:00Z'));
  });

  it.each([
    [{ created: '21.11.2026' }, 'excel.created'],
    [{ created: '2026-13-01' }, 'excel.created'],
    [{ created: '2026-11-21T08:30:00' }, 'excel.created'],
    [{ properties: { '': 'x' } }, 'excel.property-name'],
    [{ properties: { Name: 'x', name: 'y' } }, 'excel.property-name'],
  ])('are refused where nobody could read them: %j', async (options, code) => {
    const { schema } = tableOf(ORDERS.slice(0, 2));
    const parsed = excelFormat.options.parse(options);
    const findings = excelFormat.check!({
      options: parsed.value!,
      schema,
      charset: 'utf-8',
    });
    expect(findings).toMatchObject([{ severity: 'error', code }]);
  });
});

describe('a table', () => {
  it('needs a column', async () => {
    const check = (table: boolean) =>
      excelFormat.check!({
        options: excelFormat.options.parse({ table }).value!,
        schema: { fields: [] },
        charset: 'utf-8',
      });
    expect(check(true)).toMatchObject([
      { code: 'excel.table-columns', remedy: { options: { table: false } } },
    ]);
    expect(check(false)).toEqual([]);
    await expect(encodeAll(excelFormat, { table: true }, { fields: [] }, [])).rejects.toMatchObject(
      { code: 'config.conflict' },
    );
  });
});

describe('several data sets', () => {
  it('stand on sheets of their own, also where one has more rows than a sheet', async () => {
    const orders = tableOf(ORDERS.slice(0, 2));
    const empty = { schema: schemaOf([['a', UTF8]]), batches: [] };
    const tables = [
      { name: 'orders', ...orders },
      { name: 'ORDERS', ...empty },
      { name: 'x'.repeat(40), ...orders },
    ];
    const { parts, bytes } = await encodeTables(excelFormat, { rowsPerSheet: 3 }, tables);
    expect(packageFaults(textsOf(parts!))).toEqual([]);
    const workbook = await loadWorkbook(bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'orders',
      'orders (2)',
      'ORDERS (3)',
      'x'.repeat(31),
      `${'x'.repeat(27)} (2)`,
    ]);
    expect(rowsOf(workbook, 2, true).rows).toEqual([
      ['1001', 'Lima'],
      ['1002', 'São Paulo'],
      ['1003', null],
      ['1001', 'Lima'],
      ['1002', 'São Paulo'],
      ['1003', null],
    ]);
  });
});
