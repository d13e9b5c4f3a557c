// Where tables begin and end on a sheet: names, ranges, defined tables, hidden parts, and what comes after the sample.
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { typeName } from '../../table/data-type.ts';
import { parseRange } from './cell-range.ts';
import { bookOf, readBook } from './testing.ts';

const cell = (place: string, content: string | number): string =>
  typeof content === 'number'
    ? `<c r="${place}"><v>${content}</v></c>`
    : `<c r="${place}" t="str"><v>${content}</v></c>`;

/** Rows of cells by their places. */
function rowsOf(cells: Record<string, string | number>, hidden: number[] = []): string {
  const rows = new Map<number, string>();
  for (const [place, content] of Object.entries(cells)) {
    const row = Number(/\d+/.exec(place)![0]);
    rows.set(row, (rows.get(row) ?? '') + cell(place, content));
  }
  return [...rows]
    .map(([row, all]) => `<row r="${row}"${hidden.includes(row) ? ' hidden="1"' : ''}>${all}</row>`)
    .join('');
}

describe('the row of names', () => {
  it('stands below titles and empty rows, beside empty columns', async () => {
    const cells = { B2: 'Report', C5: 'id', D5: 'name', F5: 'n', C6: 1, D6: 'a', C9: 2, F9: 2.5 };
    const read = await readBook(bookOf({ rows: rowsOf(cells) }));
    expect(read.columns).toEqual(['id: int64', 'name: utf8', 'E: utf8', 'n: decimal(18,1)']);
    expect(read.rows).toEqual([
      ['1', 'a', null, null],
      ['2', null, null, '2.5'],
    ]);
    expect(read.inspection.options).toMatchObject({ header: 'present', headerRow: 5 });
    expect(read.lines).toEqual([6, 9]);
  });

  it('is missing where the first row is data, and can be set', async () => {
    const rows = rowsOf({ A1: 1, B1: 'x', A2: 2, B2: 'y' });
    const read = await readBook(bookOf({ rows }));
    expect(read.columns).toEqual(['A: int64', 'B: utf8']);
    expect(read.rows).toHaveLength(2);
    const set = await readBook(bookOf({ rows }), { header: 'present' });
    expect(set.columns).toEqual(['1: int64', 'x: utf8']);
    const second = await readBook(bookOf({ rows }), { headerRow: 2 });
    expect(second.columns).toEqual(['2: utf8', 'y: utf8']);
    expect(second.rows).toEqual([]);
  });

  it('numbers, dates and errors can be names, names can repeat', async () => {
    const rows = rowsOf({ A1: 2020, B1: 'n', C1: 'n', A2: 1, B2: 2, C2: 3 });
    const read = await readBook(bookOf({ rows }), { header: 'present' });
    expect(read.columns).toEqual(['2020: int64', 'n: int64', 'n: int64']);
  });
});

describe('rows below the data', () => {
  const above = { A1: 'id', B1: 'n', A2: 1, B2: 2, A3: 3, B3: 4 };
  const codes = ({ losses }: { losses: { code: string; count: number }[] }) =>
    losses.map(({ code, count }) => [code, count]);

  it('are left out with the empty rows above them, whatever they hold', async () => {
    const cells = { ...above, A6: 'Total', B6: 6, D6: 'aside' };
    const read = await readBook(bookOf({ rows: rowsOf(cells) }), { skipLastRows: 1 });
    expect(read.columns).toEqual(['id: int64', 'n: int64']);
    expect(read.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(codes(read)).toEqual([['excel.last-rows', 1]]);
    const kept = await readBook(bookOf({ rows: rowsOf(cells) }), {
      skipLastRows: 1,
      emptyRows: 'all',
    });
    expect(kept.rows).toHaveLength(2);
  });

  it('count where they are formulas without values, and where there are fewer', async () => {
    const rows = `${rowsOf(above)}<row r="4"><c r="B4"><f>SUM(B2:B3)</f></c></row>`;
    const read = await readBook(bookOf({ rows }), { skipLastRows: 1 });
    expect(read.rows).toHaveLength(2);
    expect(read.inspection.sampledRows).toBe(2);
    const none = await readBook(bookOf({ rows }), { skipLastRows: 9 });
    expect(none.rows).toEqual([]);
    expect(codes(none)).toEqual([['excel.last-rows', 3]]);
  });

  it('are found behind the sample, and make no column', async () => {
    const cells: Record<string, string | number> = { A1: 'id', B1: 'n' };
    for (let row = 2; row <= 1_500; row++)
      Object.assign(cells, { [`A${row}`]: row, [`B${row}`]: 1 });
    Object.assign(cells, { A1501: 'Sum', C1501: 'x', A1502: 'Notes' });
    const read = await readBook(bookOf({ rows: rowsOf(cells) }), { skipLastRows: 2 });
    expect(read.columns).toEqual(['id: int64', 'n: int64']);
    expect(read.rows).toHaveLength(1_499);
    expect(read.rows.at(-1)).toEqual(['1500', '1']);
  });
});

describe('ranges', () => {
  it('are read as people write them', () => {
    expect(parseRange('B3:F200')).toEqual({
      firstColumn: 1,
      lastColumn: 5,
      firstRow: 2,
      lastRow: 199,
    });
    expect(parseRange('$b$3')).toEqual({ firstColumn: 1, lastColumn: 1, firstRow: 2, lastRow: 2 });
    expect(parseRange('B:F')).toMatchObject({ firstColumn: 1, lastColumn: 5, firstRow: 0 });
    expect(parseRange('AA3:AB')).toMatchObject({
      firstColumn: 26,
      firstRow: 2,
      lastRow: 1_048_575,
    });
    expect(parseRange('3:5')).toMatchObject({ firstColumn: 0, lastColumn: 16_383, lastRow: 4 });
    for (const wrong of [
      '',
      'B',
      '3',
      'F3:B1',
      'XFE1:XFE2',
      'A0:B2',
      'A1:B1048577',
      'A1:B2:C3',
      'ß1',
    ])
      expect(parseRange(wrong), wrong).toBeNull();
  });

  it('bound rows and columns', async () => {
    const cells = { A1: 'x', B2: 'a', C2: 'b', B3: 1, D3: 9, B4: 2, C4: 3, B5: 4 };
    const read = await readBook(bookOf({ rows: rowsOf(cells) }), { range: 'B2:C4' });
    expect(read.columns).toEqual(['a: int64', 'b: int64']);
    expect(read.rows).toEqual([
      ['1', null],
      ['2', '3'],
    ]);
  });

  it('rows 1 to 1000000 that are empty cost nothing, kept ones are rows of nulls', async () => {
    const rows = rowsOf({ A1: 'n', A2: 1, A5: 2 });
    expect((await readBook(bookOf({ rows }))).rows).toEqual([['1'], ['2']]);
    const kept = await readBook(bookOf({ rows }), { emptyRows: 'keep' });
    expect(kept.rows).toEqual([['1'], [null], [null], ['2']]);
    expect(kept.lines).toEqual([2, 3, 4, 5]);
  });

  it('behind the last value are read when asked for', async () => {
    const rows = `${rowsOf({ A1: 'n', A2: 1 })}<row r="3"/><row r="5"><c r="A5" s="0"/></row>`;
    expect((await readBook(bookOf({ rows }), { emptyRows: 'keep' })).rows).toEqual([['1']]);
    const all = await readBook(bookOf({ rows }), { emptyRows: 'all' });
    expect(all.rows).toEqual([['1'], [null], [null], [null]]);
    expect(all.lines).toEqual([2, 3, 4, 5]);
  });
});

describe('hidden rows and columns', () => {
  const rows = rowsOf({ A1: 'a', B1: 'b', C1: 'c', A2: 1, B2: 2, C2: 3, A3: 4, A4: 5, C4: 6 }, [3]);
  const head = '<cols><col min="2" max="2" hidden="1"/></cols>';

  it('are read like any other', async () => {
    const { rows: all, inspection } = await readBook(bookOf({ rows, head }));
    expect(all).toEqual([
      ['1', '2', '3'],
      ['4', null, null],
      ['5', null, '6'],
    ]);
    expect(inspection.evidence).toContainEqual({
      option: 'hiddenColumns',
      sentence: '1 column is hidden and read all the same.',
    });
  });

  it('are left out when asked to', async () => {
    const read = await readBook(bookOf({ rows, head }), {
      hiddenRows: 'skip',
      hiddenColumns: 'skip',
      emptyRows: 'keep',
    });
    expect(read.columns).toEqual(['a: int64', 'c: int64']);
    expect(read.rows).toEqual([
      ['1', '3'],
      ['5', '6'],
    ]);
  });
});

describe('merged cells', () => {
  const cells = { A1: 'place', B1: 'x', C1: 'y', A2: 'north', B2: 1, C2: 2, B3: 3, C3: 4, A4: 5.5 };
  const tail =
    '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:C5"/><mergeCell ref="B9:C9"/></mergeCells>';
  const sheet = `<worksheet><sheetData>${rowsOf(cells)}<row r="5"/></sheetData>${tail}</worksheet>`;

  it('have their value in the first, or in each', async () => {
    expect((await readBook(bookOf({ sheet }))).rows).toEqual([
      ['north', '1', '2'],
      [null, '3', '4'],
      ['5.5', null, null],
    ]);
    const filled = await readBook(bookOf({ sheet }), { mergedCells: 'fill' });
    expect(filled.rows).toEqual([
      ['north', '1', '2'],
      ['north', '3', '4'],
      ['5.5', '5.5', '5.5'],
      ['5.5', '5.5', '5.5'],
    ]);
    expect(filled.columns).toEqual(['place: utf8', 'x: float64', 'y: float64']);
  });
});

describe('tables and names', () => {
  async function book(): Promise<Uint8Array> {
    const made = new ExcelJS.Workbook();
    const sheet = made.addWorksheet('Data');
    sheet.getCell('A1').value = 'not part of it';
    sheet.addTable({
      name: 'Sales',
      ref: 'C3',
      headerRow: true,
      totalsRow: true,
      columns: [{ name: 'item' }, { name: 'amount', totalsRowFunction: 'sum' }],
      rows: [
        ['a', 1],
        ['b', 2],
      ],
    });
    sheet.getCell('H2').value = 'k';
    sheet.getCell('I2').value = 'v';
    sheet.getCell('H3').value = 'x';
    sheet.getCell('I3').value = 7;
    made.definedNames.add('Data!$H$2:$I$3', 'Pairs');
    return new Uint8Array((await made.xlsx.writeBuffer()) as ArrayBuffer);
  }

  it('are listed beside the sheets and read by their names', async () => {
    const bytes = await book();
    const { inspection, columns, rows } = await readBook(bytes, { table: 'Sales' });
    expect(inspection.tables).toEqual([
      { name: 'Data', kind: 'sheet', rowCount: null },
      { name: 'Sales', kind: 'table', rowCount: 2 },
      { name: 'Pairs', kind: 'range', rowCount: null },
    ]);
    expect(columns).toEqual(['item: utf8', 'amount: int64']);
    expect(rows).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    const named = await readBook(bytes, { table: 'Pairs' });
    expect(named.columns).toEqual(['k: utf8', 'v: int64']);
    expect(named.rows).toEqual([['x', '7']]);
  });

  it('a name of one sheet or in quotes, and no name of one cell', async () => {
    const definedNames =
      '<definedNames><definedName name="a">\'Sheet1\'!$A$1:$B$2</definedName><definedName name="one">Sheet1!$A$1</definedName>' +
      '<definedName name="b" localSheetId="0">Sheet1!$A$1:$A$2</definedName><definedName name="gone">#REF!</definedName></definedNames>';
    const rows = rowsOf({ A1: 'x', B1: 'y', A2: 1, B2: 2 });
    const { inspection } = await readBook(bookOf({ rows, definedNames }));
    expect(inspection.tables!.map(({ name }) => name)).toEqual(['Sheet1', 'a', 'Sheet1!b']);
  });
});

describe('what comes after the first rows', () => {
  const many = (last: string): string =>
    Array.from(
      { length: 1100 },
      (_, i) => `<row r="${i + 2}">${cell(`B${i + 2}`, i)}${cell(`C${i + 2}`, 'x')}</row>`,
    ).join('') + last;
  const rows = (last: string): string => rowsOf({ B1: 'n', C1: 't' }) + many(last);

  it('further columns and other numbers ask for another schema, all at once', async () => {
    const last = rowsOf({ B2000: 1.5, E2000: 7, B2001: '-', G2001: 'z' });
    const bytes = bookOf({ rows: rows(last) });
    const thrown: unknown = await readBook(bytes).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SchemaGrowth);
    const { schema, changes, error } = thrown as SchemaGrowth;
    expect(schema.fields.map(({ name, type }) => `${name}: ${typeName(type)}`)).toEqual([
      'n: float64',
      't: utf8',
      'D: utf8',
      'E: int64',
      'F: utf8',
      'G: utf8',
    ]);
    expect(changes).toEqual([
      { column: 'n', from: 'int64', value: '1.5', line: 2000 },
      { column: 'E', from: null, value: '7', line: 2000 },
      { column: 'G', from: null, value: 'z', line: 2001 },
    ]);
    expect(error.code).toBe('read.excel.right-of-columns');
    const again = await readBook(bytes, {}, { schema });
    expect(again.rows.slice(-2)).toEqual([
      ['1.5', null, null, '7', null, null],
      ['-', null, null, null, null, 'z'],
    ]);
  });

  it('a value left of the columns is an error that says how', async () => {
    const bytes = bookOf({ rows: rows(rowsOf({ A2000: 1 })) });
    await expect(readBook(bytes)).rejects.toMatchObject({
      code: 'read.excel.left-of-columns',
      parameters: { cell: 'A2000' },
    });
    const head = '<dimension ref="A1:C2000"/>';
    const told = await readBook(bookOf({ head, rows: rows(rowsOf({ A2000: 1 })) }));
    expect(told.columns).toEqual(['A: utf8', 'n: int64', 't: utf8']);
    expect((await readBook(bytes, { range: 'B:C' })).rows).toHaveLength(1100);
  });

  it('estimates its rows', async () => {
    const { inspection } = await readBook(bookOf({ rows: rows('') }));
    expect(inspection.isWhole).toBe(false);
    expect(inspection.estimatedRows).toBeGreaterThan(1000);
    expect(inspection.estimatedRows).toBeLessThan(1300);
  });
});
