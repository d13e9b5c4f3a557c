// The presets for Excel, opened by LibreOffice as Excel of that language would: numbers are numbers, texts texts, no formula runs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll } from '../format.suite.ts';
import { convertByOffice, lacksOffice } from '../office.suite.ts';
import { csvFormat } from './format.ts';

const schema = schemaOf([
  ['id', INT64],
  ['text', UTF8],
  ['price', { kind: 'decimal', precision: 20, scale: 2 }],
]);
const rows: Value[][] = [
  [1n, 'a;b, "c"', 123_450n],
  [2n, '=1+1', -725n],
  [3n, 'São Paulo\nSP', 5n],
  [4n, '@SUM(A1)', null],
];

/** Preset, the language of the program (as Windows numbers it), and the delimiter it expects. */
const LANGUAGES = [
  ['excel', 1033, ','],
  ['semicolon', 1031, ';'],
  ['semicolon', 1036, ';'],
  ['excel-swiss', 2055, ';'],
] as const;

describe.skipIf(lacksOffice)('a file for Excel', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'csv-sheets-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(LANGUAGES)(
    'by the preset %s is right in language %i',
    async (id, language, delimiter) => {
      const preset = csvFormat.presets.find((each) => each.id === id)!;
      const { text } = await encodeAll(csvFormat, preset.options, schema, [batchOf(schema, rows)]);
      expect(preset.output?.charset).toEqual({ id: 'utf-8', bom: true });
      const path = join(folder, `${id}-${language}.csv`);
      writeFileSync(path, `\ufeff${text}`);
      // Delimiter, quote, UTF-8, first line, no formats, language, quoted numbers are no texts, special numbers are looked for.
      const how = `CSV:${delimiter.charCodeAt(0)},34,76,1,,${language},false,true`;
      convertByOffice(path, 'xlsx', folder, `--infilter=${how}`);
      const book = new exceljs.Workbook();
      await book.xlsx.readFile(path.replace('.csv', '.xlsx'));
      const found: unknown[][] = [];
      book.worksheets[0]!.eachRow((row) => found.push((row.values as unknown[]).slice(1)));
      expect(found).toEqual([
        ['id', 'text', 'price'],
        [1, 'a;b, "c"', 1234.5],
        [2, "'=1+1", -7.25],
        [3, 'São Paulo\nSP', 0.05],
        [4, "'@SUM(A1)"],
      ]);
    },
    120_000,
  );
});
