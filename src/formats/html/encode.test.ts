// What html adds to the shared suite: nothing becomes markup, losses, several tables, links, rows that count on.
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { BOOL, INT64, JSON_TEXT, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables, naughtyStrings, textBatch } from '../format.suite.ts';
import { checkHtml } from './check.ts';
import { htmlFormat } from './format.ts';
import { readHtml } from './judge.suite.ts';
import { HTML_OPTIONS } from './options.ts';

const TEXTS = schemaOf([
  ['a', UTF8],
  ['b', UTF8],
]);
const PLAIN = { content: 'fragment', styling: 'none', headers: false };

/** The rows of a bare table. */
async function rowsOf(cells: (string | null)[][], options = {}) {
  const encoded = await encodeAll(htmlFormat, { ...PLAIN, ...options }, TEXTS, [
    textBatch(TEXTS, cells),
  ]);
  const [, rows] = /<tbody>\n([^]*)<\/tbody>/.exec(encoded.text)!;
  return { rows, losses: encoded.losses };
}

describe('html', () => {
  it('escapes text and breaks lines', async () => {
    expect((await rowsOf([['<b>&amp;"\'', 'a\r\nb\rc\nd']])).rows).toBe(
      '<tr><td>&lt;b&gt;&amp;amp;"\'</td><td>a&#13;\nb&#13;c\nd</td></tr>\n',
    );
    expect((await rowsOf([['x', 'a\r\nb\rc\nd\r']], { lineBreaks: 'br' })).rows).toBe(
      '<tr><td>x</td><td>a<br>b<br>c<br>d<br></td></tr>\n',
    );
  });

  it('links http and https addresses and nothing else', async () => {
    const cells = [
      ['https://a.example/?x=1&y="2"', 'http://a.example/é'],
      ['javascript:alert(1)', 'https://a.example/ b'],
      ['data:text/html,x', 'see https://a.example'],
      ['https://a.example/"onclick=alert(1)//', "https://a.example/'x"],
    ];
    const { text } = await encodeAll(htmlFormat, { ...PLAIN, links: true }, TEXTS, [
      textBatch(TEXTS, cells),
    ]);
    const { links, rows } = await readHtml(text);
    expect(rows).toEqual(cells);
    expect(links).toEqual(['http://a.example/é', "https://a.example/'x"]);
  });

  it('counts what cannot be told apart', async () => {
    const cells = [
      ['', null],
      ['\0', 'a\0\0'],
    ];
    const counts = async (options: object) =>
      (await rowsOf(cells, options)).losses.map(({ code, column, count }) => [code, column, count]);
    expect(await counts({})).toEqual([
      ['html.empty-as-null', 'a', 1],
      ['html.nul-replaced', 'a', 1],
      ['html.nul-replaced', 'b', 2],
    ]);
    expect(await counts({ styling: 'classes' })).toEqual([
      ['html.nul-replaced', 'a', 1],
      ['html.nul-replaced', 'b', 2],
    ]);
    expect((await rowsOf([['–', null]], { nullText: '–' })).losses).toMatchObject([
      { code: 'html.text-as-null', column: 'a', count: 1 },
    ]);
  });

  it('numbers rows on over batches, and stripes by them', async () => {
    const options = { ...PLAIN, styling: 'inline', rowNumbers: true, stripes: true };
    const batches = [['1'], ['2', '3']].map((values) =>
      textBatch(
        TEXTS,
        values.map((value) => [value, value]),
      ),
    );
    const { text } = await encodeAll(htmlFormat, options, TEXTS, batches);
    const rows = text.split('\n').filter((line) => line.startsWith('<tr'));
    expect(rows.map((row) => /<th[^>]*>(\d)/.exec(row)![1])).toEqual(['1', '2', '3']);
    expect(rows.map((row) => row.startsWith('<tr style'))).toEqual([false, true, false]);
  });

  it('aligns by type, and writes a JSON string as its text', async () => {
    const schema = schemaOf([
      ['n', INT64],
      ['yes', BOOL],
      ['json', JSON_TEXT],
    ]);
    const batch = batchOf(schema, [
      [1n, true, '"a\\u003cb"'],
      [2n, null, '["x"]'],
    ]);
    const { text } = await encodeAll(htmlFormat, { styling: 'classes' }, schema, [batch]);
    expect(text).toContain(
      '<tr><td class="number">1</td><td class="bool">true</td><td>a&lt;b</td></tr>',
    );
    expect(text).toContain('<td class="bool null"></td><td>["x"]</td>');
  });

  it('writes several data sets as tables with their names', async () => {
    const schema = schemaOf([['v', INT64]]);
    const batches = [batchOf(schema, [[1n], [2n]])];
    const { text } = await encodeTables(
      htmlFormat,
      { content: 'fragment', styling: 'none', tableId: 't', footer: 'count' },
      [
        { name: 'one & all', schema, batches },
        { name: 'none', schema, batches: [] },
      ],
    );
    expect(text).toContain('<table id="t">\n<caption>one &amp; all</caption>');
    expect(text).toContain('<table id="t-2">\n<caption>none</caption>');
    expect(text).toContain('Rows: 2');
    expect(text).toContain('Rows: 0');
    expect(await readHtml(text)).toMatchObject({ tables: 2, rows: [['1'], ['2']] });
  });

  it.skipIf(naughtyStrings() === null)('takes nothing in its options for markup', async () => {
    for (const hostile of naughtyStrings()!) {
      const values = { title: hostile, caption: hostile, nullText: hostile };
      const { text } = await encodeAll(htmlFormat, values, TEXTS, [
        textBatch(TEXTS, [[null, 'b']]),
      ]);
      // The reader knows the elements and attributes there may be, and no others.
      expect((await readHtml(text)).rows).toEqual([[null, 'b']]);
    }
  });

  it('refuses classes, ids and languages that would break out', () => {
    const codes = (values: object) =>
      checkHtml({ ...HTML_OPTIONS.defaults, ...values }, TEXTS).map(({ code }) => code);
    expect(codes({ tableClass: 'a}body{b' })).toEqual(['html.bad-class']);
    expect(codes({ tableClass: ' a  b-2 ' })).toEqual([]);
    expect(codes({ tableId: 'a b' })).toEqual(['html.bad-id']);
    expect(codes({ lang: '"' })).toEqual(['html.bad-language']);
    expect(codes({ lang: 'zh-Hant-TW' })).toEqual([]);
  });
});
