// Reading workbooks: every kind of cell, as another writer stores it and as the format allows it.
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { typeName } from '../../table/data-type.ts';
import { bookOf, readBook } from './testing.ts';

async function written(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer);
}

const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const value = (content: string | number, attributes = ''): string =>
  `<c ${attributes}><v>${content}</v></c>`;

describe('a workbook of exceljs', () => {
  it('texts, numbers, booleans, dates', async () => {
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('Orders');
      sheet.addRow(['id', 'name', 'price', 'ok', 'day', 'at']);
      sheet.addRow([
        1,
        'Zoë & <Co>',
        1.5,
        true,
        new Date('2024-02-29'),
        new Date('2024-02-29T13:45:06Z'),
      ]);
      sheet.addRow([
        2,
        'a,"b"\nc',
        20.25,
        false,
        new Date('1999-12-31'),
        new Date('1999-12-31T00:00:00Z'),
      ]);
      sheet.getColumn(5).numFmt = 'yyyy-mm-dd';
      sheet.getColumn(6).numFmt = 'dd/mm/yyyy hh:mm:ss';
    });
    const { columns, rows, inspection, lines } = await readBook(bytes);
    expect(columns).toEqual([
      'id: int64',
      'name: utf8',
      'price: float64',
      'ok: bool',
      'day: date',
      'at: timestamp(ms)',
    ]);
    expect(rows).toEqual([
      ['1', 'Zoë & <Co>', '1.5', 'true', '2024-02-29', '2024-02-29T13:45:06'],
      ['2', 'a,"b"\nc', '20.25', 'false', '1999-12-31', '1999-12-31T00:00:00'],
    ]);
    expect(lines).toEqual([2, 3]);
    expect(inspection.tables).toEqual([{ name: 'Orders', kind: 'sheet', rowCount: null }]);
    expect(inspection.isWhole).toBe(true);
  });

  it('dates of both systems are the same days', async () => {
    for (const date1904 of [false, true]) {
      const bytes = await written((book) => {
        book.properties.date1904 = date1904;
        const sheet = book.addWorksheet('d');
        sheet.addRow(['day']);
        sheet.addRow([new Date('2024-02-29')]);
        sheet.addRow([new Date('1904-01-02')]);
      });
      const { columns, rows } = await readBook(bytes);
      expect(columns).toEqual(['day: date']);
      expect(rows).toEqual([['2024-02-29'], ['1904-01-02']]);
    }
  });

  it('the wanted sheet, hidden or not, and the first that is not empty', async () => {
    const bytes = await written((book) => {
      book.addWorksheet('secret', { state: 'hidden' }).addRow(['hidden']);
      book.addWorksheet('nothing');
      book.addWorksheet('Ätna & Co').addRows([['x'], [1]]);
    });
    const { inspection, rows } = await readBook(bytes);
    expect(inspection.table).toBe('Ätna & Co');
    expect(inspection.tables).toEqual([
      { name: 'secret', kind: 'sheet', rowCount: null, isHidden: true },
      { name: 'nothing', kind: 'sheet', rowCount: null },
      { name: 'Ätna & Co', kind: 'sheet', rowCount: null },
    ]);
    expect(rows).toEqual([['1']]);
    const hidden = await readBook(bytes, { table: 'secret', header: 'absent' });
    expect(hidden.rows).toEqual([['hidden']]);
    await expect(readBook(bytes, { table: 'Secret' })).rejects.toMatchObject({
      code: 'read.unknown-table',
    });
    await expect(readBook(bytes, { table: 'nothing' })).rejects.toMatchObject({
      code: 'read.excel.empty-sheet',
    });
  });
});

describe('whole numbers', () => {
  it('cost what their own digits cost, not what the rows around them do', async () => {
    const rows = (from: (row: number) => string): Uint8Array =>
      bookOf({
        rows: Array.from(
          { length: 60_000 },
          (_, row) => `<row>${value(from(row))}${value(from(row))}</row>`,
        ).join(''),
        isStored: true,
      });
    const time = async (book: Uint8Array): Promise<number> => {
      const started = performance.now();
      expect((await readBook(book)).rows).toHaveLength(60_000);
      return performance.now() - started;
    };
    const decimals = await time(rows((row) => `${row}.5`));
    // It was 15 times and more.
    expect(await time(rows(String))).toBeLessThan(5 * decimals + 1_000);
  });
});

describe('cells', () => {
  it('numbers keep their digits, those of doubles as few as are the same', async () => {
    const numbers = [
      '1.10',
      '12345678901234567890',
      '0.10000000000000001',
      '19.989999999999998',
      '1.0000000000000001E-5',
      '-0',
      '1E+20',
      '0.1234567890123456789012',
    ];
    const rows = numbers.map((number) => `<row>${value(number)}</row>`).join('');
    const shortest = await readBook(bookOf({ rows }), { header: 'absent' });
    expect(shortest.columns).toEqual(['A: float64']);
    expect(shortest.rows.map(([number]) => number)).toEqual([
      '1.10',
      '12345678901234567890',
      '0.1',
      '19.99',
      '0.00001',
      '-0',
      '1E+20',
      '0.1234567890123456789012',
    ]);
    const written = await readBook(bookOf({ rows }), { header: 'absent', numbers: 'as-written' });
    expect(written.rows.map(([number]) => number)).toEqual(numbers);
  });

  it.each([
    ['float64', ['1.1', '123000000000000000', '2']],
    ['float64', ['1.23E+17', '1.1']],
    ['float64', ['123000000000000000000', '-5']],
    ['int64', ['123000000000000000', '5']],
    ['decimal(18,1)', ['1.1', '2.5']],
  ])('numbers are %s whatever their digits: %j', async (type, numbers) => {
    const rows = numbers.map((number) => `<row>${value(number)}</row>`).join('');
    const read = await readBook(bookOf({ rows }), { header: 'absent' });
    expect(read.columns).toEqual([`A: ${type}`]);
    expect(read.rows.map(([number]) => Number(number))).toEqual(numbers.map(Number));
  });

  it('a number further down that is too large for its column makes it one of doubles', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) => `<row>${value(i)}</row>`).join('');
    for (const large of ['9223372036854775808', '-9223372036854775809']) {
      const bytes = bookOf({ rows: `${many}<row>${value(large)}</row>` });
      const growth: unknown = await readBook(bytes, { header: 'absent' }).catch(
        (thrown: unknown) => thrown,
      );
      expect(growth).toBeInstanceOf(SchemaGrowth);
      const { schema } = growth as SchemaGrowth;
      expect(schema.fields.map(({ type }) => typeName(type))).toEqual(['float64']);
      const { rows } = await readBook(bytes, { header: 'absent' }, { schema });
      expect(rows.at(-1)).toEqual([large]);
    }
    const least = bookOf({ rows: `${many}<row>${value('-9223372036854775808')}</row>` });
    expect((await readBook(least, { header: 'absent' })).columns).toEqual(['A: int64']);
  });

  it('shared texts: rich, empty, spaces, escapes, pronunciation left out', async () => {
    const sharedStrings =
      '<si><t>h</t></si><si><r><rPr><b/></rPr><t>bo</t></r><r><t xml:space="preserve">ld </t></r></si>' +
      '<si><t/></si><si/><si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></si>' +
      '<si><t>a_x000D_b_x005F_x0041_ &#233;&#x1F600;&quot;</t></si><si><t><![CDATA[<&>]]>!</t></si>';
    const rows = [0, 1, 2, 3, 4, 5, 6].map((i) => `<row>${value(i, 't="s"')}${value(1)}</row>`);
    const read = await readBook(bookOf({ sharedStrings, rows: rows.join('') }), {
      header: 'absent',
    });
    expect(read.rows.map(([first]) => first)).toEqual([
      'h',
      'bold ',
      '',
      '',
      '課',
      'a\rb_x0041_ é😀"',
      '<&>!',
    ]);
  });

  it('formulas: stored values of every kind, and missing ones counted', async () => {
    const rows =
      `<row>${text('n')}${text('t')}${text('b')}</row>` +
      '<row><c><f>A1+1</f><v>3</v></c><c t="str"><f>"x"</f><v>x &amp; y</v></c><c t="b"><f>1=1</f><v>1</v></c></row>' +
      '<row><c><f>A2</f></c><c t="str"><f>""</f><v></v></c><c t="b"><f>1=2</f><v>0</v></c></row>';
    const { columns, rows: cells, losses } = await readBook(bookOf({ rows }));
    expect(columns).toEqual(['n: int64', 't: utf8', 'b: bool']);
    expect(cells).toEqual([
      ['3', 'x & y', 'true'],
      [null, '', 'false'],
    ]);
    expect(losses).toMatchObject([
      { code: 'excel.no-value', column: 'n', count: 1, example: 'A3' },
    ]);
  });

  it('errors become null, text or an error', async () => {
    const rows = `<row>${text('n')}</row><row>${value(1)}</row><row>${value('#N/A', 't="e"')}</row><row>${value('#DIV/0!', 't="e"')}</row>`;
    const book = bookOf({ rows });
    const nulls = await readBook(book);
    expect(nulls.columns).toEqual(['n: int64']);
    expect(nulls.rows).toEqual([['1'], [null], [null]]);
    expect(nulls.losses).toMatchObject([
      { code: 'excel.error-null', column: 'n', count: 2, example: '#N/A' },
    ]);
    const texts = await readBook(book, { errors: 'text' });
    expect(texts.rows).toEqual([['1'], ['#N/A'], ['#DIV/0!']]);
    await expect(readBook(book, { errors: 'fail' })).rejects.toMatchObject({
      code: 'read.excel.error-value',
      parameters: { value: '#N/A', cell: 'A3' },
    });
  });

  it('empty texts among numbers become null, counted', async () => {
    const rows = `<row>${text('n')}</row><row>${value(1)}</row><row>${value('0', 't="s"')}</row>`;
    const read = await readBook(bookOf({ rows, sharedStrings: '<si><t></t></si>' }));
    expect(read.rows).toEqual([['1'], [null]]);
    expect(read.losses).toMatchObject([{ code: 'excel.empty-text-null', column: 'n', count: 1 }]);
  });

  it('cells and rows without a place, prefixed names, cells out of order', async () => {
    const sheet =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c r="C1"><x:v>3</x:v></x:c><x:c><x:v>4</x:v></x:c></x:row>' +
      '<!-- <row> --><x:row r="5"><x:c r="C5"><x:v>7</x:v></x:c><x:c r="A5"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const read = await readBook(bookOf({ sheet }), { header: 'absent' });
    expect(read.columns.map((column) => column[0])).toEqual(['A', 'B', 'C', 'D']);
    expect(read.rows).toEqual([
      ['1', null, '3', '4'],
      ['5', null, '7', null],
    ]);
    expect(read.lines).toEqual([1, 5]);
  });
});
