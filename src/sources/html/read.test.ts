// Tables of pages as people and programs write them: unclosed, nested, spanning, hidden, and with what would break a reader.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertByOffice, lacksOffice } from '../../formats/office.suite.ts';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { utf8, type RecordsQuestion } from '../testing.ts';
import type { HtmlOptions } from './options.ts';
import { looksLikeHtml } from './recognise.ts';
import { readCells } from './testing.ts';

type Question = RecordsQuestion<HtmlOptions>;

async function read(page: string, given: Partial<HtmlOptions> = {}, more: Question = {}) {
  const found = await readCells(page, { ...more, given });
  return { ...found, codes: found.losses.map(({ code, count }) => [code, count]) };
}

/** The rows of a table that has no header. */
async function rowsOf(rows: string, given: Partial<HtmlOptions> = {}) {
  return (await read(`<table>${rows}</table>`, { header: 'absent', ...given })).rows;
}

const failing = (page: string, given: Partial<HtmlOptions> = {}, more: Question = {}) =>
  read(page, given, more).then(
    () => expect.unreachable('it is read'),
    (error: { code: string; message: string }) => error,
  );

describe('cells', () => {
  it('end where the next one begins, whatever is not closed', async () => {
    const page = '<TABLE><TR><TH>a<TH>b<TR><TD>1<td>x<tr><td>2</tr><td>3<td>z</TABLE>';
    expect(await read(page)).toMatchObject({
      names: ['a', 'b'],
      types: ['int64', 'utf8'],
      rows: [
        ['1', 'x'],
        ['2', null],
        ['3', 'z'],
      ],
      codes: [['html.row-padded', 1]],
    });
  });

  it('have their text as a browser shows it', async () => {
    const cells = [
      [' a \n  b\t', 'a b'],
      ['a<br>b<br/><br />c<br>', 'a\nb\n\nc'],
      ['<p>a</p>\n<p>b <i>c</i></p>', 'a\nb c'],
      ['<ul><li>a<li>b</ul>c', 'a\nb\nc'],
      ['a<!-- no > text -->b<![CDATA[c]]>', 'ab'],
      [
        '&lt;b&gt; &amp;amp; &#228;&#xe4;&auml; &euro;&nbsp;&copy 1&#128;',
        '<b> &amp; äää €\u00a0© 1€',
      ],
      ['a < b & c <3 &unknown; &', 'a < b & c <3 &unknown; &'],
      ['<pre>\n a  b\n c</pre>', ' a  b\n c'],
      ['x<script>if (a < b) "</td>"</script><style>td{}</style><svg><title>t</title></svg>y', 'xy'],
      ['<span style="color:red;display: none">7</span>9<b hidden>8</b>', '9'],
      ['<div hidden><div>x</div>y</div>z', 'z'],
      ['<span hidden>never closed', null],
      ['<a href="x"><img alt="no" src=y>link</a>', 'link'],
      ['&nbsp;', null],
      ['<br>', null],
      ['', null],
    ] as const;
    for (const [given, text] of cells)
      expect(await rowsOf(`<tr><td>${given}</td></tr>`), given).toEqual([[text]]);
  });

  it('keep white space where the styles of the page say so, or somebody does', async () => {
    const table = '<table><tr><th>n</th></tr><tr><td> a\n  b<br>\n</td></tr></table>';
    expect((await read(table)).rows).toEqual([['a b']]);
    for (const style of [
      'td { white-space: pre-wrap }',
      '.x :is(th,td){color:red;white-space:pre}',
    ])
      expect((await read(`<style>${style}</style>${table}`)).rows).toEqual([[' a\n  b\n\n']]);
    expect((await read(`<style>div{white-space:pre}</style>${table}`)).rows).toEqual([['a b']]);
    expect((await read(table, { whitespace: 'keep' })).rows).toEqual([[' a\n  b\n\n']]);
  });

  it('are null where they are empty, or marked, or have a text that says so', async () => {
    const rows = '<tr><td><td class="x null">-<td>n/a';
    expect(await rowsOf(rows, { emptyValues: 'null' })).toEqual([[null, null, 'n/a']]);
    // A table that marks its nulls means the other empty cells.
    expect(await rowsOf(rows)).toEqual([['', null, 'n/a']]);
    expect(await rowsOf(rows, { nullClass: '', nullText: 'n/a' })).toEqual([[null, '-', null]]);
    expect(await rowsOf(rows, { emptyValues: 'text', nullText: 'n/a' })).toEqual([
      ['', null, null],
    ]);
  });

  it('over several columns and rows give each of them their value, which is counted', async () => {
    const rows =
      '<tr><td rowspan=3>a<td colspan=2>b<tr><td>c<td rowspan=0>d<tr><td>e<tr><td colspan=2>f<tbody><tr><td>g<td>h<td>i';
    const page = `<table>${rows}</table>`;
    expect(await read(page, { header: 'absent' })).toMatchObject({
      rows: [
        ['a', 'b', 'b'],
        ['a', 'c', 'd'],
        ['a', 'e', 'd'],
        ['f', 'f', 'd'],
        ['g', 'h', 'i'],
      ],
      codes: [['html.cells-filled', 6]],
    });
    expect(await rowsOf(rows, { mergedCells: 'first' })).toEqual([
      ['a', 'b', null],
      [null, 'c', 'd'],
      [null, 'e', null],
      ['f', null, null],
      ['g', 'h', 'i'],
    ]);
  });

  it('that nobody looks at are not read', async () => {
    const page = '<table><tr><th>a<th>b<th>c<tr><td colspan=2>1<td>2<tr><td>3<td>4<td>5</table>';
    const { rows } = await read(page, {}, { wanted: new Set([1]) });
    expect(rows.map((row) => row[1])).toEqual(['1', '4']);
  });
});

describe('the header', () => {
  it('is what the table marks as its head, joined over several rows', async () => {
    const page = `<table><thead><tr><th colspan=4>Sales of all</th></tr>
      <tr><th rowspan=2>Name</th><th colspan=2>Sales</th><th rowspan=2>Total<br>sum</th></tr>
      <tr><th>2020</th><th>2021</th></tr></thead>
      <tr><th>x</th><td>1</td><td>2</td><td>3</td></tr></table>`;
    const { names, rows, inspection } = await read(page);
    expect(names).toEqual(['Name', 'Sales 2020', 'Sales 2021', 'Total sum']);
    expect(rows).toEqual([['x', '1', '2', '3']]);
    expect(inspection.options).toMatchObject({ header: 'present', headerRows: 3 });
  });

  it('is one of header cells, or what looks like one, or none', async () => {
    const cells = (tag: string, ...texts: string[]) =>
      `<tr>${texts.map((text) => `<${tag}>${text}`).join('')}`;
    const [ab, one] = [cells('th', 'a', 'b'), cells('td', '1', 'x')];
    expect((await read(`<table>${ab}${one}</table>`)).names).toEqual(['a', 'b']);
    expect((await read(`<table>${ab}</table>`)).rows).toEqual([]);
    expect((await read(`<table>${cells('td', 'a', 'b')}${one}</table>`)).names).toEqual(['a', 'b']);
    expect((await read(`<table>${one}${one}</table>`)).names).toEqual(['column1', 'column2']);
    expect((await read(`<table>${ab}${one}</table>`, { header: 'absent' })).rows).toHaveLength(2);
    const three = `<table>${one}${ab}${cells('td', '2', 'y')}</table>`;
    expect(await read(three, { headerRows: 2 })).toMatchObject({
      names: ['1 a', 'x b'],
      rows: [['2', 'y']],
    });
  });

  it('stands below titles that reach over all columns', async () => {
    const title = '<tr><td colspan=2>Sales of all';
    for (const tag of ['td', 'th'])
      expect(
        await read(`<table>${title}${title}<tr><${tag}>a<${tag}>b<tr><td>1<td>x</table>`),
      ).toMatchObject({ names: ['a', 'b'], rows: [['1', 'x']] });
    const bare = `<table>${title}<tr><td>1<td>2<tr><td>3<td>4</table>`;
    expect((await read(bare)).rows).toHaveLength(3);
  });

  it('leaves a first column out that only numbers the rows', async () => {
    const page = (from: number, tag = 'th') =>
      `<table><tr><th></th><th>v</th></tr><tr><${tag}>${from}</${tag}><td>a</td></tr><tr><th>${from + 1}</th><td>b</td></tr></table>`;
    for (const from of [0, 1])
      expect(await read(page(from))).toMatchObject({ names: ['v'], rows: [['a'], ['b']] });
    expect((await read(page(7))).names).toEqual(['', 'v']);
    expect((await read(page(1, 'td'))).names).toEqual(['', 'v']);
    expect((await read(page(1), { skipColumns: 0 })).names).toEqual(['', 'v']);
  });
});

describe('rows', () => {
  it('at the foot and hidden ones are left out and counted, unless they are wanted', async () => {
    const page = `<table><tr><th>a<th>b<tbody><tr><td>1<td>x<tr style="display:none"><td>2<td>y
      <tfoot><tr><td>3<td>z</table>`;
    expect(await read(page)).toMatchObject({
      rows: [['1', 'x']],
      codes: [
        ['html.hidden-rows', 1],
        ['html.footer-rows', 1],
      ],
    });
    const { rows, losses } = await read(page, { footer: 'rows', hidden: 'include' });
    expect(rows.map(([a]) => a)).toEqual(['1', '2', '3']);
    expect(losses).toEqual([]);
  });

  it('of another length are filled, listed or told, with their lines', async () => {
    const page = '<table>\n<tr><th>a<th>b\n<tr><td>1<td>2\n<tr><td>3\n<tr><td>4<td>5</table>';
    expect((await read(page)).rows).toEqual([
      ['1', '2'],
      ['3', null],
      ['4', '5'],
    ]);
    const rejecting = await read(page, { raggedRows: 'reject' });
    expect(rejecting.rows).toEqual([
      ['1', '2'],
      ['4', '5'],
    ]);
    expect(rejecting.rejects).toMatchObject([
      { row: 1, line: 4, code: 'read.html.ragged-row', value: '3' },
    ]);
    expect(await failing(page, { raggedRows: 'fail' })).toMatchObject({
      code: 'read.html.ragged-row',
      message: 'The row on line 4 has 1 cell; the table has 2 columns.',
    });
  });

  it('with more cells than all before ask for further columns, all at once', async () => {
    const page = `<table><tr><th>a${'<tr><td>1'.repeat(50)}<tr><td>1<td>2<tr><td>1<td>2<td>3<tr><td>4</table>`;
    const short = { sampleSize: 200 };
    const thrown = await read(page, {}, short).then(
      () => expect.unreachable('it grows'),
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(SchemaGrowth);
    const { schema, error } = thrown as SchemaGrowth;
    expect(schema.fields.map(({ name }) => name)).toEqual(['a', 'column2', 'column3']);
    expect(error.code).toBe('read.html.ragged-row');
    const { rows } = await read(page, {}, { ...short, schema });
    expect(rows.slice(-3)).toEqual([
      ['1', '2', null],
      ['1', '2', '3'],
      ['4', null, null],
    ]);
  });
});

describe('tables', () => {
  const PAGE = `<html><body><table id=layout><tr><td>Menu<td>
    <h2>Stock <span hidden>!</span>&amp; sales</h2><table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>
    <table><tr><td>7</table>between
    <table><caption> The <b>caption</b></caption><tr><td>8</table></td></tr></table>
    <table hidden><tr><td>${'<td>'.repeat(20)}</table><table id=layout><tr><td>9</table></body></html>`;

  it('are named by caption, id or heading, and the one with the most cells is proposed', async () => {
    const { inspection, rows } = await read(PAGE, { header: 'absent' });
    expect(inspection.tables).toEqual([
      { name: 'layout', kind: 'table', rowCount: 1 },
      { name: 'Stock & sales', kind: 'table', rowCount: 2 },
      { name: 'Stock & sales (2)', kind: 'table', rowCount: 1 },
      { name: 'The caption', kind: 'table', rowCount: 1 },
      { name: 'Stock & sales (3)', kind: 'table', rowCount: 1, isHidden: true },
      { name: 'layout (2)', kind: 'table', rowCount: 1 },
    ]);
    expect(inspection.table).toBe('Stock & sales');
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
  });

  it('are chosen by name, and what stands nested in a cell is no part of its text', async () => {
    const rowsIn = async (table: string) =>
      (await read(PAGE, { header: 'absent' }, { table })).rows;
    expect(await rowsIn('layout')).toEqual([['Menu', 'Stock & sales\nbetween']]);
    expect(await rowsIn('layout (2)')).toEqual([['9']]);
    expect(await rowsIn('The caption')).toEqual([['8']]);
    expect(await failing(PAGE, {}, { table: 'sales' })).toMatchObject({
      code: 'read.unknown-table',
      message: 'test.html has no table “sales”.',
    });
  });

  it('are told to be missing', async () => {
    const page = '<html><body><p>none</p></body></html>';
    expect((await failing(page)).code).toBe('read.no-tables');
    expect((await failing('<table></table>')).code).toBe('read.no-tables');
    expect((await failing('<table><tfoot><tr><td>1</table>')).code).toBe('read.html.no-rows');
    expect((await failing('')).code).toBe('read.empty');
    expect((await failing('<table><tr><td>\0')).code).toBe('read.binary');
    // The engine looks further where a sample ends before the first row.
    const late = `${'<p>text</p>'.repeat(100)}<table><tr><td>1<td>2</table>`;
    const error = await failing(late, {}, { sampleSize: 500 });
    expect(error.code).toBe('read.html.record-too-large');
  });
});

describe('bounds', () => {
  it('hold for cells that say that they reach over many others', async () => {
    const wide = `<table><tr>${'<td colspan=1000>x'.repeat(101)}</table>`;
    expect(await failing(wide)).toMatchObject({
      code: 'read.html.too-many-columns',
      message: 'The row on line 1 has more than 100000 columns.',
    });
    const tall = `<table><tr>${`<td colspan=1000 rowspan=65534>${'x'.repeat(50)}`.repeat(99)}${'<tr><td>'.repeat(500)}</table>`;
    const limits = { recordBytes: 8 << 20 };
    expect((await failing(tall, {}, { limits })).code).toBe('read.html.spans-too-large');
    const large = `<table><tr><td colspan=1000>${'x'.repeat(10_000)}</table>`;
    expect((await failing(large, {}, { limits })).code).toBe('read.html.record-too-large');
  });

  it('hold for deep, long and endless ones', async () => {
    expect((await failing('<table><tr><td>'.repeat(1_001))).code).toBe('read.html.too-deep');
    const limits = { recordBytes: 1_000 };
    const long = `<table><tr><td>1\n<tr><td>${'y'.repeat(2_000)}</table>`;
    expect(await failing(long, { header: 'absent' }, { limits })).toMatchObject({
      code: 'read.html.record-too-large',
      message: 'The row or tag on line 2 is larger than 1000 bytes.',
    });
    const tag = `<table><tr><td><${'x'.repeat(200_000)}>y`;
    expect((await failing(tag, { header: 'absent' }, { chunkSize: 5_000 })).code).toBe(
      'read.html.record-too-large',
    );
  });

  it('are wide enough for 20,000 columns and long attributes', async () => {
    const columns = Array.from({ length: 20_000 }, (_, i) => i);
    const row = (tag: string, text: string) =>
      `<tr>${columns.map((i) => `<${tag}>${text}${i}`).join('')}`;
    const { names, rows } = await read(`<table>${row('th', 'c')}${row('td', '')}</table>`);
    expect(names[19_999]).toBe('c19999');
    expect(rows[0]).toEqual(columns.map(String));
    const image = `<img src="data:image/png;base64,${'A'.repeat(300_000)}">`;
    const page = `<table><tr><td>a${image}b<td>${'&amp;x'.repeat(30_000)}</table>`;
    expect((await read(page, { header: 'absent' }, { chunkSize: 999 })).rows).toEqual([
      ['ab', '&x'.repeat(30_000)],
    ]);
  });
});

const PIECES = [
  ...[
    '<table>',
    '</table>',
    '<tr>',
    '</tr>',
    '<td>',
    '</td>',
    '<TH rowspan="2">',
    '<td colspan=3>',
  ],
  ...['<thead>', '<tfoot>', '<tbody>', '<caption>', '</caption>', '<h2>', '</h2>', '<br>', '<p>'],
  ...[
    '<td class="a null" hidden>',
    '<td title="a>b">',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<b',
  ],
  ...[
    '&amp;',
    '&am',
    'p;',
    '&#1',
    '3;',
    '&',
    ';',
    '<',
    '>',
    '"',
    "'",
    '\r',
    '\n',
    ' ',
    'é',
    '漢',
    '😀',
    'x',
    '1',
  ],
];

it('of a table and a larger one that is hidden the first is proposed', async () => {
  const page =
    '<table><tr><td>a<td>b<tr><td>1<td>2</table><table><tr><td hidden>x<td hidden>y<td hidden>z<td hidden>0<td hidden>0</table>';
  expect((await read(page)).rows).toContainEqual(['1', '2']);
});

it('a page is the same however its bytes are cut', async () => {
  const pages = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(pages, fc.integer({ min: 1, max: 9 }), async (pieces, chunkSize) => {
      const page = `<table><tr><td>${pieces.join('')}`;
      const result = async (size: number) => {
        try {
          const { rows, losses, batches } = await read(page, {}, { chunkSize: size });
          return { rows, losses, lines: batches.map(({ block }) => [...block!.lines!]) };
        } catch (thrown) {
          // A table of hidden rows alone has none.
          expect(thrown).toMatchObject({ code: 'read.html.no-rows' });
          return (thrown as Error).message;
        }
      };
      expect(await result(chunkSize)).toEqual(await result(1 << 20));
    }),
    { numRuns: 500 },
  );
});

it('batches are the same however the bytes are cut', async () => {
  const page = `<table><tr><th>a<th>b${Array.from({ length: 70_000 }, (_, i) => `\n<tr><td>${i}<td>a, "b" &auml; ${i}`).join('')}</table>`;
  const cuts = async (chunkSize: number) =>
    (await read(page, {}, { chunkSize, sampleSize: 5_000 })).batches.map(({ block }) => [
      block!.rowCount,
      block!.firstRow,
      block!.lines!.at(-1),
      block!.bytes.length,
    ]);
  const whole = await cuts(1 << 24);
  expect(whole.length).toBeGreaterThan(1);
  expect(whole.at(-1)![2]).toBe(70_001);
  for (const size of [1_000, 65_536, 100_003]) expect(await cuts(size)).toEqual(whole);
});

describe('recognition', () => {
  it.each([
    ['<table><tr><td>1', 2],
    [
      '\ufeff\n <!-- x --><!DOCTYPE html>\n<html><body><TABLE border=1>\n<!-- a --><!-- b --><TBODY>',
      2,
    ],
    ['<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><table><tr><td>', 2],
    ['<?xml version="1.0"?><!DOCTYPE html><html><table><tr><td>1', 2],
    ['<style>td{}</style><table class=x><caption>', 2],
    ['<!doctype html><html><body><p>no table so far', 1],
    ['<!doctype html><html><body><p>no table</html>', 0],
    ['<html><form><input name=p type="password"><table><tr><td>', 0],
    ['<table><row><cell>1</cell></row></table>', 0],
    ['<catalog><table><tr>', 0],
    ['a,b\n<table><tr>,1', 0],
    ['{"a":"<table><tr>"}', 0],
    ['', 0],
  ])('%j is %d', (text, score) => expect(looksLikeHtml(utf8(text))).toBe(score));

  it('takes no time over what is made to take long', () => {
    const start = performance.now();
    for (const text of ['<table>'.padEnd(60_000, '<!---->'), '<html>'.padEnd(60_000, '<input ')])
      looksLikeHtml(utf8(text));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('pages by other writers', () => {
  it('Python’s own, every text escaped', async () => {
    const texts = ['a<b', 'x & y', '"q"', "it's", 'é😀', '&amp;', '1.10', '007'];
    const script = `import html, json, sys
texts = json.load(sys.stdin)
print('<!DOCTYPE html>\\n<html>\\n <table border="1" class="dataframe">\\n  <thead>\\n    <tr style="text-align: right;">\\n      <th></th>\\n      <th>text</th>\\n    </tr>\\n  </thead>\\n  <tbody>')
for i, t in enumerate(texts):
    print(f'    <tr>\\n      <th>{i}</th>\\n      <td>{html.escape(t)}</td>\\n    </tr>')
print('  </tbody>\\n</table></html>')`;
    const page = execFileSync('python3', ['-c', script], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
    });
    const { names, rows } = await read(page);
    expect(names).toEqual(['text']);
    expect(rows).toEqual(texts.map((text) => [text]));
  });

  it.skipIf(lacksOffice)('LibreOffice’s, of a sheet', async () => {
    const at = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
      writeFileSync(
        join(at, 'in.csv'),
        'name,n,day\n"a & b",1,2026-01-02\n,2,\n"two\nlines",3,x\n',
      );
      convertByOffice(join(at, 'in.csv'), 'html', at);
      const page = readFileSync(join(at, 'in.html'), 'utf8');
      expect(looksLikeHtml(utf8(page))).toBe(2);
      const { names, rows } = await read(page);
      expect(names).toEqual(['name', 'n', 'day']);
      expect(rows).toEqual([
        ['a & b', '1', '2026-01-02'],
        [null, '2', null],
        ['two\nlines', '3', 'x'],
      ]);
    } finally {
      rmSync(at, { recursive: true });
    }
  });
});
