// Placeholders of templates by other writers, and what is said of a template before the run.
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../contract/config.ts';
import { ExportError } from '../../../contract/errors.ts';
import { memoryScratch } from '../../../engine/scratch.ts';
import { batchOf, schemaOf, type Value } from '../../../table/builders.ts';
import { DATE, INT64, UTF8 } from '../../../table/data-type.ts';
import { encodeTables } from '../../format.suite.ts';
import { lacksSchemas, schemaErrors } from '../ecma-schemas.suite.ts';
import { EXCEL_OPTIONS } from '../options.ts';
import { excelFormat } from '../format.ts';
import { packageFaults } from '../package-checks.suite.ts';
import { loadWorkbook } from '../workbook-reader.suite.ts';

const SCHEMA = schemaOf([
  ['city', UTF8],
  ['count', INT64],
  ['date', DATE],
]);
const ROWS: Value[][] = [
  ['Lima', 1n, 20_778],
  ['<b> & {{rows}}', 5n, null],
  [null, null, 20_780],
];

type Change = (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void;

/** A letter with a row to be repeated, and facts around it. */
async function letterOf(change?: Change): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Letter');
  sheet.getCell('A1').value = 'Orders of {{ source }}, {{date}} {{time}}: {{rows}} rows & more';
  sheet.getCell('B1').value = '{{rows}}';
  sheet.getCell('C1').value = '{{date}}';
  sheet.getCell('D1').value = '{{date}}';
  sheet.getCell('D1').numFmt = 'd mmm yyyy';
  sheet.getRow(3).values = ['City', 'Count', 'Day', 'Double', 'Again'];
  sheet.getRow(4).values = ['{{city}}', '{{count}}', '{{date}}', null, '{{column:city}}'];
  sheet.getCell('B4').numFmt = '0.00';
  sheet.getCell('D4').value = { formula: 'B4*2', result: 0 };
  sheet.getCell('B6').value = '{{sum:count}}';
  sheet.getCell('C6').value =
    '{{average:count}} from {{min:count}} to {{max:count}}, {{count:city}}';
  const other = workbook.addWorksheet('Cover');
  other.getCell('B2').value = {
    richText: [
      { text: 'Made of ' },
      { font: { bold: true }, text: '{{columns}}' },
      { text: ' columns' },
    ],
  };
  change?.(sheet, workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const opens = (bytes: Uint8Array) => async () => ({
  name: 'letter.xlsx',
  slices: {
    sizeBytes: bytes.length,
    read: async (from: number, to: number) => bytes.slice(from, to),
  },
});

async function fill(bytes: Uint8Array, rows = ROWS, schema = SCHEMA) {
  const tables = [{ name: 'data', schema, batches: rows.map((row) => batchOf(schema, [row])) }];
  const options = { template: { binding: 'letter' } };
  return encodeTables(excelFormat, options, tables, memoryScratch(2 ** 28), opens(bytes));
}

async function see(bytes: Uint8Array, templateTarget = '', schema = SCHEMA) {
  const options = {
    ...EXCEL_OPTIONS.defaults,
    template: { binding: 'letter' },
    templateTarget,
  };
  const module = await excelFormat.load();
  return module.seeFiles!(
    { options, schema, timeZone: 'UTC' },
    { limits: DEFAULT_LIMITS, openFile: opens(bytes) },
  );
}

describe('placeholders', () => {
  it('are columns in the row that repeats, and facts and sums elsewhere', async () => {
    const { bytes } = await fill(await letterOf());
    const workbook = await loadWorkbook(bytes);
    const sheet = workbook.getWorksheet('Letter')!;
    const value = (place: string) => sheet.getCell(place).value;
    expect(value('A1')).toBe('Orders of source.csv, 2023-11-14 22:13:20: 3 rows & more');
    expect(value('B1')).toBe(3);
    expect([value('C1'), value('D1')]).toEqual(Array(2).fill(new Date('2023-11-14T00:00:00Z')));
    expect(sheet.getCell('D1').numFmt).toBe('d mmm yyyy');
    expect([4, 5, 6].map((row) => value(`A${row}`))).toEqual(['Lima', '<b> & {{rows}}', null]);
    expect([4, 5, 6].map((row) => value(`B${row}`))).toEqual([1, 5, null]);
    expect(sheet.getCell('B6').numFmt).toBe('0.00');
    expect([4, 5, 6].map((row) => value(`C${row}`))).toEqual([
      new Date('2026-11-21T00:00:00Z'),
      null,
      new Date('2026-11-23T00:00:00Z'),
    ]);
    expect([4, 5, 6].map((row) => sheet.getCell(`D${row}`).formula)).toEqual([
      'B4*2',
      'B5*2',
      'B6*2',
    ]);
    expect([4, 5, 6].map((row) => value(`E${row}`))).toEqual(['Lima', '<b> & {{rows}}', null]);
    expect([value('B8'), value('C8')]).toEqual([6, '3 from 1 to 5, 2']);
    expect(workbook.getWorksheet('Cover')!.getCell('B2').value).toEqual({
      richText: [{ text: 'Made of ' }, { font: { bold: true }, text: '3' }, { text: ' columns' }],
    });
  });

  it('of sums are empty without rows', async () => {
    const sheet = (await loadWorkbook((await fill(await letterOf(), [])).bytes)).getWorksheet(
      'Letter',
    )!;
    expect([sheet.getCell('B1').value, sheet.getCell('C6').value]).toEqual([0, ' from  to , 0']);
    expect(sheet.getCell('B6').value || null).toBeNull();
  });

  it.skipIf(lacksSchemas)('leave a workbook that is valid by the schemas of ECMA-376', async () => {
    const { parts } = await fill(await letterOf());
    const texts = Array.from(
      parts!,
      ([name, part]) => [name, new TextDecoder().decode(part)] as const,
    );
    expect(packageFaults(new Map(texts))).toEqual([]);
    const sheets = texts
      .filter(([name]) => /worksheets\/sheet|styles|workbook\.xml$/.test(name))
      .map(
        ([name, xml]) => [name, xml.replaceAll(/\s(?:mc|x14ac|xr\d?):\w+="[^"]*"/g, '')] as const,
      );
    expect(sheets.length).toBeGreaterThan(3);
    expect(schemaErrors(sheets)).toEqual([]);
  });

  it.each<[string, Change, RegExp]>([
    [
      'unknown',
      (sheet) => (sheet.getCell('B9').value = '{{citty}}'),
      /“\{\{citty\}\}” in Letter!B9 is no column/,
    ],
    [
      'in the row',
      (sheet) => (sheet.getCell('F4').value = '{{rows}}'),
      /“\{\{rows\}\}” in Letter!F4, in the row/,
    ],
    [
      'with more',
      (sheet) => (sheet.getCell('A4').value = 'To {{city}}'),
      /Letter!A4 is in the row that repeats/,
    ],
    ['missing', (sheet) => (sheet.getCell('B4').value = null), /has no \{\{count\}\}/],
    ['of text', (sheet) => (sheet.getCell('B9').value = '{{sum:city}}'), /holds no numbers/],
    [
      'of nothing',
      (_, book) => (book.getWorksheet('Cover')!.getCell('A1').value = '{{sum:x}}'),
      /Cover!A1 is of a column “x”/,
    ],
    [
      'in pieces',
      (sheet) => {
        sheet.getCell('B9').value = {
          richText: [{ text: '{{ro' }, { font: { bold: true }, text: 'ws}}' }],
        };
      },
      /in Letter!B9 is formatted in pieces/,
    ],
  ])('%s are told of before the run and by it', async (_, change, sentence) => {
    const bytes = await letterOf(change);
    const { findings } = await see(bytes);
    expect(findings.map((finding) => finding.sentence)).toEqual([expect.stringMatching(sentence)]);
    await expect(fill(bytes)).rejects.toThrow(sentence);
    await expect(fill(bytes)).rejects.toBeInstanceOf(ExportError);
  });
});

describe('what a template offers', () => {
  it('is its row with placeholders, tables, names and the cells below its rows', async () => {
    const bytes = await letterOf((_, workbook) => {
      workbook.definedNames.add('Letter!$A$4:$E$4', 'Lines');
      const sheet = workbook.addWorksheet('My table');
      sheet.addTable({
        name: 'Sales',
        ref: 'B2',
        headerRow: true,
        columns: [{ name: 'a' }],
        rows: [[1]],
      });
    });
    const { findings, choices } = await see(bytes);
    expect(findings).toEqual([]);
    expect(choices['templateTarget']!.map(({ value }) => value)).toEqual([
      '',
      'Sales',
      'Lines',
      'Letter!B7',
      'Cover!B3',
      "'My table'!B4",
    ]);
  });

  it('is said with what stands in the way of the rows', async () => {
    const bytes = await letterOf((sheet) => sheet.mergeCells('A4:A5'));
    expect((await see(bytes)).findings[0]).toMatchObject({
      option: 'templateTarget',
      sentence: expect.stringMatching(/merged cells at A4:A5/),
    });
    const other = await see(Uint8Array.of(1, 2, 3, 4));
    expect(other.findings).toMatchObject(
      [{ option: 'template', sentence: /no Excel workbook/ }].map(() => ({
        option: 'template',
        sentence: expect.stringMatching(/no Excel workbook/),
      })),
    );
  });
});
