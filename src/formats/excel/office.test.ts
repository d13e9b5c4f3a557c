// Workbooks as LibreOffice opens them: formulas are calculated, texts that look like formulas are not, dates are dates.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { BOOL, DATE, INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll } from '../format.suite.ts';
import { convertByOffice, lacksOffice } from '../office.suite.ts';
import { excelFormat } from './format.ts';

const folder = mkdtempSync(join(tmpdir(), 'office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What stands in the cells of the first sheet, as they are shown. */
function shownCells(bytes: Uint8Array): string[][] {
  const file = join(folder, 'book.xlsx');
  writeFileSync(file, bytes);
  convertByOffice(file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false', folder);
  const text = readFileSync(join(folder, 'book.csv'), 'utf8');
  return Papa.parse<string[]>(text.replace(/\n$/, '')).data;
}

/** Texts that spreadsheets take for formulas where they are typed or stand in a CSV. */
const PAYLOADS = ['=1+1', '+1', '-2+3', '@SUM(1)', '=HYPERLINK("http://x.test")', "'=1", '\t=2'];

it.skipIf(lacksOffice)(
  'calculates what is a formula and nothing else',
  { timeout: 180_000 },
  async () => {
    const schema = schemaOf([
      ['count', INT64],
      ['text', UTF8],
      ['day', DATE],
      ['paid', BOOL],
    ]);
    const rows = PAYLOADS.map((text, i): Value[] => [BigInt(i + 1), text, 20_778 + i, i % 2 === 0]);
    const options = {
      formulas: [{ name: 'double', formula: '2*{count}' }],
      totals: [{ column: 'count' }, { column: 'double', function: 'max' }],
    };
    const { bytes } = await encodeAll(excelFormat, options, schema, [batchOf(schema, rows)]);
    expect(shownCells(bytes)).toEqual([
      ['count', 'text', 'day', 'paid', 'double'],
      ...PAYLOADS.map((text, i) => [
        String(i + 1),
        text,
        `2026-11-${21 + i}`,
        i % 2 === 0 ? 'TRUE' : 'FALSE',
        String(2 * (i + 1)),
      ]),
      ['28', 'Total', '', '', '14'],
    ]);
  },
);
