// Files that are no workbook, other kinds of workbook, damage and bombs: errors that say so, or the right cells, never a hang.
import { strToU8, zipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { recogniseWorkbook } from './recognise.ts';
import { bookOf, readBook } from './testing.ts';

const fixture = new Uint8Array(
  readFileSync(new URL('./fixtures/three-rows.xlsx', import.meta.url)),
);

async function errorOf(bytes: Uint8Array, question = {}): Promise<ExportError> {
  const thrown: unknown = await readBook(bytes, question).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ExportError);
  return thrown as ExportError;
}

/** A compound file whose directory has these entries. */
function compound(...names: string[]): Uint8Array {
  const bytes = new Uint8Array(512 * 3);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const view = new DataView(bytes.buffer);
  view.setUint16(30, 9, true);
  view.setUint32(48, 1, true);
  names.forEach((name, i) => {
    for (let k = 0; k < name.length; k++)
      view.setUint16(1024 + i * 128 + k * 2, name.charCodeAt(k), true);
  });
  return bytes;
}

describe('what is no workbook', () => {
  it.each([
    [
      'encrypted',
      compound('Root Entry', 'EncryptionInfo', 'EncryptedPackage'),
      'read.excel.encrypted',
    ],
    ['old', compound('Root Entry', 'Workbook'), 'read.excel.other-form'],
    ['another document', compound('Root Entry', 'WordDocument'), 'read.excel.other-form'],
    [
      'OpenDocument',
      zipSync({
        mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
        'content.xml': strToU8('<x/>'),
      }),
      'read.excel.other-form',
    ],
    [
      'binary',
      zipSync({
        '_rels/.rels': strToU8(
          '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        ),
        'xl/workbook.bin': strToU8('x'),
      }),
      'read.excel.other-form',
    ],
    [
      'a text document',
      zipSync({
        '_rels/.rels': strToU8(
          '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
        ),
        'word/document.xml': strToU8('<x/>'),
      }),
      'read.excel.not-a-workbook',
    ],
    ['text', strToU8('a,b\n1,2\n'), 'read.excel.not-a-workbook'],
    ['nothing', new Uint8Array(0), 'read.empty'],
    ['a zip cut short', fixture.slice(0, 3000), 'read.unpack.corrupt'],
  ])('%s', async (_, bytes, code) => {
    expect((await errorOf(bytes)).code).toBe(code);
  });

  it('names the form', async () => {
    const old = await errorOf(compound('Root Entry', 'Workbook'));
    expect(old.message).toBe(
      'test.xlsx is a workbook of Excel 97 to 2003 (.xls), which cannot be read here.',
    );
  });

  it('recognises its own by their first bytes', () => {
    expect(recogniseWorkbook(fixture.subarray(0, 4096))).toBeGreaterThanOrEqual(2);
    expect(recogniseWorkbook(bookOf({}).subarray(0, 4096))).toBe(3);
    expect(recogniseWorkbook(zipSync({ 'orders.csv': strToU8('a') }))).toBe(0);
    expect(recogniseWorkbook(zipSync({ 'book.xlsx': fixture }))).toBe(0);
    expect(recogniseWorkbook(strToU8('PK\u0003\u0004'))).toBe(0);
    expect(recogniseWorkbook(compound('Workbook'))).toBe(2);
    expect(recogniseWorkbook(new Uint8Array(0))).toBe(0);
  });
});

describe('parts that are wrong', () => {
  it.each([
    ['cut in a row', { sheet: '<worksheet><sheetData><row><c><v>1</v></c>' }],
    ['cut in a tag', { sheet: '<worksheet><sheetData><row><c r="A' }],
    ['a text that is not there', { rows: '<row><c t="s"><v>5</v></c></row>' }],
    ['a text number that is none', { rows: '<row><c t="s"><v>x</v></c></row>' }],
    [
      'rows backwards',
      { rows: '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>' },
    ],
    ['a row beyond the last', { rows: '<row r="1048577"><c><v>1</v></c></row>' }],
    ['a column beyond the last', { rows: '<row><c r="XFE1"><v>1</v></c></row>' }],
    ['a place that is none', { rows: '<row><c r="11"><v>1</v></c></row>' }],
    ['a number with entities', { rows: '<row><c><v>&amp;</v></c></row>' }],
    ['an unknown entity', { rows: '<row><c t="str"><v>&xxe;</v></c></row>' }],
    ['a document type', { sheet: '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' }],
    ['another charset', { sheet: '<?xml version="1.0" encoding="ISO-8859-1"?><worksheet/>' }],
    ['a tag without quotes', { sheet: '<worksheet a=b/>' }],
  ])('%s', async (_, made) => {
    const error = await errorOf(bookOf(made), { header: 'absent' });
    expect(error.code).toBe('read.excel.corrupt');
    expect(error.message).toContain('xl/worksheets/sheet1.xml');
  });

  it('a sheet that is named and not there', async () => {
    const gone = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="gone.xml"/></Relationships>`;
    const error = await errorOf(bookOf({ parts: { 'xl/_rels/workbook.xml.rels': gone } }));
    expect(error.message).toContain('xl/gone.xml: it is missing');
  });

  it('a missing sheet, styles or texts', async () => {
    const parts = { 'xl/_rels/workbook.xml.rels': '<Relationships/>' };
    expect((await errorOf(bookOf({ parts }))).code).toBe('read.no-tables');
  });

  it('text that is not UTF-8', async () => {
    const bytes = bookOf({ rows: '<row><c t="str"><v>\u00e9\u00e9</v></c></row>' });
    const rows = (await readBook(bytes, { header: 'absent' })).rows;
    expect(rows).toEqual([['éé']]);
    const broken = zipSync({
      '_rels/.rels': strToU8(
        '<R><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></R>',
      ),
      'xl/workbook.xml': strToU8('<w><sheets><sheet name="s" r:id="a"/></sheets></w>'),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<R><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></R>',
      ),
      'xl/s.xml': strToU8(
        '<w><sheetData><row><c t="str"><v>\xe9</v></c></row></sheetData></w>',
        true,
      ),
    });
    expect((await errorOf(broken)).message).toContain('not UTF-8');
  });
});

describe('limits', () => {
  it('a bomb among the rows, the texts and the small parts', async () => {
    const huge = ' '.repeat(3 * 1024 * 1024);
    for (const made of [
      { sheet: `<worksheet>${huge}<sheetData/></worksheet>` },
      { rows: '<row><c t="s"><v>0</v></c></row>', sharedStrings: `<si><t>${huge}</t></si>` },
      { workbookPr: huge },
    ]) {
      const error = await errorOf(bookOf(made), { limits: { unpackedBytes: 2 * 1024 * 1024 } });
      expect(error.code).toBe('read.unpack.too-large');
    }
  });

  it('one row and all texts are bounded', async () => {
    const long = 'x'.repeat(100_000);
    const row = bookOf({ rows: `<row><c t="str"><v>${long}</v></c></row>` });
    const small = { memoryBytes: 50_000 };
    expect((await readBook(row, { header: 'absent', limits: small })).rows[0]![0]).toBe(long);
    const texts = bookOf({
      rows: '<row><c t="s"><v>0</v></c></row>',
      sharedStrings: `<si><t>${long}</t></si>`,
    });
    const error = await errorOf(texts, { limits: small });
    expect(error.code).toBe('read.excel.texts-too-large');
    // Of little regularity, so that it is unpacked in many pieces.
    const digits = Array.from({ length: 100_000 }, (_, i) => ((i * 2_654_435_761) % 1e9) + 1).join(
      '',
    );
    const wide = bookOf({ rows: `<row><c t="str"><v>${digits}</v></c></row>` });
    const tooLarge = await errorOf(wide, { limits: { recordBytes: 200_000 } });
    expect(tooLarge.code).toBe('read.excel.row-too-large');
  });

  it('a first row too large is told as such, and a table below many blank rows is found', async () => {
    const MiB = 1024 * 1024;
    const row = `<row><c t="str"><v>${'x'.repeat(66 * MiB)}</v></c></row>`;
    const tooLarge = await errorOf(bookOf({ rows: row, isStored: true }), {
      limits: { recordBytes: 60 * MiB },
    });
    expect(tooLarge.code).toBe('read.excel.row-too-large');
    const blanks = '<row><c s="0"/></row>'.repeat(2);
    const spaced = `${blanks}${' '.repeat(8 * MiB)}`.repeat(9);
    const below = await readBook(
      bookOf({ rows: `${spaced}<row><c><v>7</v></c></row>`, isStored: true }),
    );
    expect(below).toMatchObject({ rows: [['7']], lines: [19] });
  }, 60_000);

  it('columns far away', async () => {
    const rows = '<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>';
    const error = await errorOf(bookOf({ rows }), { limits: { columns: 1000 } });
    expect(error).toMatchObject({
      code: 'read.excel.too-many-columns',
      parameters: { found: 16_384, limit: 1000 },
    });
    const read = await readBook(bookOf({ rows }), { header: 'absent' });
    expect(read.rows[0]!.filter((value) => value !== null)).toEqual(['1', '2']);
  });
});
