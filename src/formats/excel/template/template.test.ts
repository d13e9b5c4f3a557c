// Workbooks of other writers, filled: by the standard's schemas, our checks of the package, and readers that we did not write.
import ExcelJS from 'exceljs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../../contract/errors.ts';
import type { EncoderRoom } from '../../../contract/encoder.ts';
import { memoryScratch } from '../../../engine/scratch.ts';
import { batchOf, schemaOf, type Value } from '../../../table/builders.ts';
import { DATE, INT64, UTF8 } from '../../../table/data-type.ts';
import { encodeTables } from '../../format.suite.ts';
import { lacksSchemas, schemaErrors } from '../ecma-schemas.suite.ts';
import { excelFormat } from '../format.ts';
import { packageFaults } from '../package-checks.suite.ts';
import { loadWorkbook } from '../workbook-reader.suite.ts';

const SCHEMA = schemaOf([
  ['city', UTF8],
  ['count', INT64],
  ['day', DATE],
]);
const ROWS: Value[][] = [
  ['Lima', 1n, 20_778],
  ['<b> & c', 2n, null],
  [null, 3n, 20_780],
];

/** A report: a head, a row to be repeated, and sums below. */
async function reportOf(change?: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Data');
  sheet.getCell('A1').value = 'Report';
  sheet.getCell('C1').value = { formula: 'SUM(B4:B4)', result: 99 };
  sheet.getRow(3).values = ['city', 'count', 'day', 'double'];
  sheet.getRow(4).values = ['sample', 99, null];
  sheet.getCell('D4').value = { formula: 'B4*2', result: 198 };
  sheet.getCell('A4').font = { italic: true };
  sheet.getCell('B4').numFmt = '#,##0.00';
  sheet.getRow(4).height = 22;
  sheet.getCell('A6').value = 'Sum';
  sheet.getCell('B6').value = { formula: 'SUM(B$4:B4)', result: 99 };
  sheet.mergeCells('A8:C8');
  sheet.getCell('A8').value = 'Foot';
  sheet.addConditionalFormatting({
    ref: 'B4',
    rules: [
      {
        type: 'colorScale',
        priority: 1,
        cfvo: [{ type: 'min' }, { type: 'max' }],
        color: [{ argb: 'FFFFFFFF' }, { argb: 'FFFF0000' }],
      },
    ],
  });
  workbook.definedNames.add('Data!$A$4:$C$4', 'Rows');
  const other = workbook.addWorksheet('My sheet');
  other.getCell('A1').value = { formula: 'Data!B6', result: 99 };
  const tables = workbook.addWorksheet('T');
  tables.addTable({
    name: 'Amounts',
    ref: 'B2',
    headerRow: true,
    columns: [{ name: 'day' }, { name: 'Count' }, { name: 'city' }, { name: 'more' }],
    rows: [
      [1, 2, 'x', 'y'],
      [1, 2, 'x', 'y'],
    ],
  });
  tables.getCell('B6').value = 'below';
  change?.(sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function opens(bytes: Uint8Array): EncoderRoom['openFile'] {
  return async () => ({
    name: 'report.xlsx',
    slices: { sizeBytes: bytes.length, read: async (from, to) => bytes.slice(from, to) },
  });
}

async function fill(bytes: Uint8Array, templateTarget: string, rows = ROWS) {
  const options = { template: { binding: 'report' }, templateTarget };
  const batches =
    rows.length === 0 ? [] : [batchOf(SCHEMA, rows.slice(0, 2)), batchOf(SCHEMA, rows.slice(2))];
  const tables = [{ name: 'data', schema: SCHEMA, batches }];
  const made = await encodeTables(
    excelFormat,
    options,
    tables,
    memoryScratch(2 ** 28),
    opens(bytes),
  );
  const parts = new Map(
    Array.from(made.parts!, ([name, part]) => [name, new TextDecoder().decode(part)]),
  );
  return { ...made, parts };
}

/** What is wrong with it, by what the user reads. */
async function refusal(bytes: Uint8Array, target: string): Promise<string> {
  try {
    await fill(bytes, target);
  } catch (thrown) {
    if (thrown instanceof ExportError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return 'filled';
}

describe('a report', () => {
  it.each(['Rows', 'rows', 'Data!A4', "'Data'!$A$4"])('is filled at %s', async (target) => {
    const { bytes, rowCount } = await fill(await reportOf(), target);
    expect(rowCount).toBe(3);
    const workbook = await loadWorkbook(bytes);
    const sheet = workbook.getWorksheet('Data')!;
    const cell = (place: string) => sheet.getCell(place);
    expect([4, 5, 6].map((row) => cell(`A${row}`).value)).toEqual(['Lima', '<b> & c', null]);
    expect([4, 5, 6].map((row) => cell(`B${row}`).value)).toEqual([1, 2, 3]);
    expect(cell('C4').value).toEqual(new Date('2026-11-21T00:00:00Z'));
    expect([4, 5, 6].map((row) => cell(`D${row}`).formula)).toEqual(['B4*2', 'B5*2', 'B6*2']);
    expect(cell('A5').font.italic).toBe(true);
    expect(cell('B6').numFmt).toBe('#,##0.00');
    expect(sheet.getRow(6).height).toBe(22);
    expect(cell('C1').value).toEqual({ formula: 'SUM(B4:B6)' });
    expect([cell('A8').value, cell('B8').value]).toEqual(['Sum', { formula: 'SUM(B$4:B6)' }]);
    expect(cell('C10').isMerged && cell('A10').value).toBe('Foot');
    expect(cell('C8').isMerged).toBe(false);
    expect(workbook.getWorksheet('My sheet')!.getCell('A1').value).toEqual({ formula: 'Data!B8' });
    expect(workbook.definedNames.getRanges('Rows').ranges).toEqual(['Data!$A$4:$C$6']);
    expect(workbook.getWorksheet('T')!.getCell('B6').value).toBe('below');
  });

  it('is filled at a table, whose columns are found by name', async () => {
    const { bytes, parts } = await fill(await reportOf(), '');
    const sheet = (await loadWorkbook(bytes)).getWorksheet('T')!;
    expect([3, 4, 5].map((row) => sheet.getCell(`C${row}`).value)).toEqual([1, 2, 3]);
    expect([3, 4, 5].map((row) => sheet.getCell(`D${row}`).value)).toEqual([
      'Lima',
      '<b> & c',
      null,
    ]);
    expect(sheet.getCell('E3').value).toBeNull();
    expect(sheet.getCell('B7').value).toBe('below');
    expect(parts.get('xl/tables/table1.xml')).toContain('ref="B2:E5"');
  });

  it('keeps one empty row where there are none', async () => {
    const { bytes } = await fill(await reportOf(), 'Rows', []);
    const sheet = (await loadWorkbook(bytes)).getWorksheet('Data')!;
    expect([sheet.getCell('A4').value, sheet.getCell('A6').value]).toEqual([null, 'Sum']);
  });

  it('copies every other part byte for byte', async () => {
    const before = unzipSync(await reportOf());
    const { parts } = await fill(zipSync(before), 'Rows');
    expect([...parts.keys()].toSorted()).toEqual(
      Object.keys(before)
        .filter((name) => !name.endsWith('/'))
        .toSorted(),
    );
    const changed = [...parts.keys()].filter(
      (name) => new TextDecoder().decode(before[name]) !== parts.get(name),
    );
    expect(
      changed.every((name) => /workbook\.xml$|worksheets\/sheet|styles|tables\//.test(name)),
    ).toBe(true);
  });

  it.skipIf(lacksSchemas)('is valid by the schemas of ECMA-376', async () => {
    for (const target of ['Rows', 'Amounts']) {
      const { parts } = await fill(await reportOf(), target);
      expect(packageFaults(parts)).toEqual([]);
      const changed = [...parts].filter(([name]) =>
        /workbook\.xml$|worksheets\/sheet|styles|tables\/t/.test(name),
      );
      expect(changed.length).toBeGreaterThan(4);
      // What the template's own writer says may be ignored (ECMA-376 part 3) is no part of the standard's schemas.
      const plain = changed.map(
        ([name, xml]) => [name, xml.replaceAll(/\s(?:mc|x14ac|xr\d?):\w+="[^"]*"/g, '')] as const,
      );
      expect(schemaErrors(plain)).toEqual([]);
    }
  });
});

describe('what cannot be filled', () => {
  it.each([
    ['Nowhere', /no table, name or sheet for “Nowhere”/],
    ['Data!A8', /merged cells at A8:C8/],
    ['Data!XFD4', /columns wide/],
  ])('%s', async (target, sentence) => {
    expect(await refusal(await reportOf(), target)).toMatch(sentence);
  });

  it('is content beside the rows, and formulas that look ahead', async () => {
    const beside = await reportOf((sheet) => (sheet.getCell('F4').value = 'note'));
    expect(await refusal(beside, 'Rows')).toMatch(/cell F4 stands beside/);
    const ahead = await reportOf((sheet) => (sheet.getCell('D4').value = { formula: 'B4/B6' }));
    expect(await refusal(ahead, 'Rows')).toMatch(/formula in D4/);
  });

  it('is a package that is broken, hostile or has macros', async () => {
    const parts = unzipSync(await reportOf());
    const sheet = 'xl/worksheets/sheet1.xml';
    const withPart = (name: string, text: string | null): Uint8Array => {
      const changed = { ...parts };
      if (text === null) delete changed[name];
      else changed[name] = strToU8(text);
      return zipSync(changed);
    };
    expect(await refusal(strToU8('city,count'), '')).toMatch(/no Excel workbook/);
    expect(await refusal(zipSync({ 'a.txt': strToU8('a') }), '')).toMatch(/no Excel workbook/);
    expect(await refusal(withPart(sheet, null), 'Rows')).toMatch(/sheet1\.xml is missing/);
    expect(await refusal(withPart(sheet, '<worksheet><a></worksheet>'), 'Rows')).toMatch(
      /cannot be read/,
    );
    const doctype = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>';
    expect(await refusal(withPart(sheet, doctype), 'Rows')).toMatch(/document type/);
    expect(await refusal(withPart('xl/vbaProject.bin', 'x'), 'Rows')).toMatch(/macros/);
    const bomb = withPart(
      'xl/workbook.xml',
      `<workbook>${' '.repeat(65 * 1024 * 1024)}</workbook>`,
    );
    expect(await refusal(bomb, 'Rows')).toMatch(/encode\.excel\.template|read\.unpack/);
  });
});
