// Tables of Markdown documents as people write them, and as the reference program reads them.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { markdownJudge, renderMarkdown } from '../../formats/markdown/judge.suite.ts';
import { utf8, type RecordsQuestion } from '../testing.ts';
import { readCells as readHtml } from '../html/testing.ts';
import { inlineText } from './inline.ts';
import type { MarkdownOptions } from './options.ts';
import { looksLikeMarkdown } from './recognise.ts';
import { readCells } from './testing.ts';

type Question = RecordsQuestion<MarkdownOptions>;

async function read(text: string, given: Partial<MarkdownOptions> = {}, more: Question = {}) {
  const found = await readCells(text, { ...more, given });
  return { ...found, codes: found.losses.map(({ code, count }) => [code, count]) };
}

const failing = (text: string, given: Partial<MarkdownOptions> = {}, more: Question = {}) =>
  read(text, given, more).then(
    () => expect.unreachable('it is read'),
    (error: { code: string; message: string }) => error,
  );

const rowsOf = async (cell: string, given: Partial<MarkdownOptions> = {}) =>
  (await read(`| x |\n|---|\n| ${cell} |\n`, given)).rows;

describe('tables as GFM §4.10 has them', () => {
  it.each([
    ['| foo | bar |\n| --- | --- |\n| baz | bim |', ['foo', 'bar'], [['baz', 'bim']]],
    ['| abc | defghi |\n:-: | -----------:\nbar | baz', ['abc', 'defghi'], [['bar', 'baz']]],
    [
      '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |',
      ['f|oo'],
      [['b | az'], ['b | im']],
    ],
    ['| abc | def |\n| --- | --- |\n| bar | baz |\n> bar', ['abc', 'def'], [['bar', 'baz']]],
    [
      '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar',
      ['abc', 'def'],
      [
        ['bar', 'baz'],
        ['bar', null],
      ],
    ],
    [
      '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |',
      ['abc', 'def'],
      [
        ['bar', null],
        ['bar', 'baz'],
      ],
    ],
    ['| abc | def |\n| --- | --- |', ['abc', 'def'], []],
  ])('%j', async (text, names, rows) => {
    expect(await read(text)).toMatchObject({ names, rows });
    expect((await read(text.replaceAll('\n', '\r\n'))).rows).toEqual(rows);
  });

  it('and where there are none', async () => {
    for (const text of [
      '| abc | def |\n| --- |\n| bar |',
      'abc\n---\nbar',
      'abc | def\n\n--- | ---\n',
      '```\n| a |\n|---|\n```\n',
      '~~~~ js\n```\n| a |\n|---|\n~~~~\n',
      '    | a |\n    |---|\n',
      '<!-- x\n| a |\n|---|\n-->\n',
      '| a |\n|-x-|\n',
      '| a |\n| : |\n',
    ])
      expect((await failing(text)).code, text).toBe('read.no-tables');
  });
});

describe('cells', () => {
  it('have the text that is shown, or keep their Markdown', async () => {
    for (const [given, text, source] of [
      ['a\\|b', 'a|b', 'a|b'],
      ['\\*a\\* \\\\ \\a', '*a* \\ \\a', '\\*a\\* \\\\ \\a'],
      ['a<br>b<BR />c', 'a\nb\nc', 'a<br>b<BR />c'],
      ['&lt;b&gt; &auml;&#228;&#xE4; &#0;', '<b> äää \ufffd', '&lt;b&gt; &auml;&#228;&#xE4; &#0;'],
      ['&amp &unknown; &notit; & &#x80;', '&amp &unknown; &notit; & \u0080', undefined],
      ['&#32;a&#32;', ' a ', undefined],
      ['`a\\|b` `` ` `` `*x*`', 'a|b ` *x*', '`a|b` `` ` `` `*x*`'],
      ['`a', '`a', undefined],
      ['**a** *b* __c__ _d_ ~~e~~ ***f***', 'a b c d e f', undefined],
      ['a_b_c 2*3*4 a * b ** c', 'a_b_c 234 a * b ** c', undefined],
      ['[text](http://x "t") ![alt](y.png) <http://z>', 'text alt http://z', undefined],
      ['[a](<b c>) [x] [y][z] [u](v w)', 'a [x] [y][z] [u](v w)', undefined],
      ['[**bold** ![i](j)](k(l)m)', 'bold i', undefined],
      ['https://a.example/?x=1&y=a_b', 'https://a.example/?x=1&y=a_b', undefined],
      ['List<String> a < b', 'List<String> a < b', undefined],
    ] as const) {
      expect(await rowsOf(given), given).toEqual([[text]]);
      expect(await rowsOf(given, { inline: 'source' }), given).toEqual([[source ?? given]]);
    }
  });

  it('keep only what stands before bars and at the end of them of backslashes', async () => {
    for (const [given, source] of [
      ['a\\\\\\|b', 'a\\|b'],
      ['a\\\\', 'a\\'],
      ['a\\\\b', 'a\\\\b'],
    ] as const)
      expect(await rowsOf(given, { inline: 'source' })).toEqual([[source]]);
  });

  it('are null where they are empty, or have the text that says so', async () => {
    const text = '| a | b | c |\n|---|---|---|\n| 1 |  | – |\n';
    expect((await read(text)).rows).toEqual([['1', null, '–']]);
    expect((await read(text, { nullText: '–' })).rows).toEqual([['1', '', null]]);
    const { types } = await read('| n | d | t |\n|-|-|-|\n| 1 | 2026-11-21 | 007 |\n| | | x |\n');
    expect(types).toEqual(['int64', 'date', 'utf8']);
  });

  it('that nobody looks at are not read', async () => {
    const { rows } = await read('|a|b|\n|-|-|\n|1|2|\n', {}, { wanted: new Set([1]) });
    expect(rows).toEqual([[null, '2']]);
  });
});

describe('rows of another length', () => {
  const text = '\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |\n| 4 | 5 | 6 |\n| 7 | 8 |\n';

  it('are as Markdown has them, counted', async () => {
    expect(await read(text)).toMatchObject({
      rows: [
        ['1', '2'],
        ['3', null],
        ['4', '5'],
        ['7', '8'],
      ],
      codes: [
        ['markdown.row-padded', 1],
        ['markdown.row-cut', 1],
      ],
    });
  });

  it('are listed or told, with their lines', async () => {
    const { rows, rejects } = await read(text, { raggedRows: 'reject' });
    expect(rows).toEqual([
      ['1', '2'],
      ['7', '8'],
    ]);
    expect(rejects).toMatchObject([
      { row: 1, line: 5, code: 'read.markdown.ragged-row', record: '| 3 |' },
      { row: 2, line: 6, value: '| 4 | 5 | 6 |' },
    ]);
    expect(await failing(text, { raggedRows: 'fail' })).toMatchObject({
      code: 'read.markdown.ragged-row',
      message: 'The row on line 5 has 1 cell; the table has 2 columns.',
    });
  });
});

describe('documents', () => {
  const TEXT = `Title\n=====\n\n| a |\n|---|\n| 1 |\n\n## The *second* &amp; last ##\n\n
Text before\n| b | c |\n| - | :-: |\n| 2 | 3 |\n| 4 | 5 |\n# Third\n\n- x\n\n  | d |\n  |---|\n  | 6 |\n- y\n\n| | |\n|-|-|\n| 7 | 8 |`;

  it('have their tables named by the headings above them, the largest is proposed', async () => {
    const { inspection, names, rows } = await read(TEXT);
    expect(inspection.tables).toEqual([
      { name: 'Title', kind: 'table', rowCount: 1 },
      { name: 'The second & last', kind: 'table', rowCount: 2 },
      { name: 'Third', kind: 'table', rowCount: 1 },
      { name: 'Third (2)', kind: 'table', rowCount: 1 },
    ]);
    expect(names).toEqual(['b', 'c']);
    expect(rows).toEqual([
      ['2', '3'],
      ['4', '5'],
    ]);
    expect(await read(TEXT, {}, { table: 'Third' })).toMatchObject({ names: ['d'], rows: [['6']] });
    expect(await read(TEXT, { skipColumns: 1 }, { table: 'Third (2)' })).toMatchObject({
      names: ['column1'],
      rows: [['8']],
    });
    expect((await failing(TEXT, {}, { table: 'third' })).code).toBe('read.unknown-table');
    expect((await failing(TEXT, { skipColumns: 2 })).code).toBe('config.wrong-option');
    expect((await failing('')).code).toBe('read.empty');
    expect((await failing('| a |\n|---|\n| \0 |')).code).toBe('read.binary');
  });

  it('with lines beyond the limit are refused with the line, wide ones are read', async () => {
    const limits = { recordBytes: 1_000 };
    const long = `| a |\n|---|\n| ${'x'.repeat(2_000)} |\n`;
    expect(await failing(long, {}, { limits })).toMatchObject({
      code: 'read.markdown.record-too-large',
    });
    const wide = (text: string) => `|${`${text}|`.repeat(20_000)}\n`;
    expect((await read(wide('a') + wide('-') + wide('1'))).rows[0]).toHaveLength(20_000);
    const columns = { columns: 100 };
    expect(await failing(wide('a') + wide('-'), {}, { limits: columns })).toMatchObject({
      code: 'read.markdown.too-many-columns',
    });
  });

  it('are looked at further down where a sample ends too early', async () => {
    const late = `${'text\n'.repeat(100)}\n| a |\n|---|\n| 1 |\n`;
    expect((await failing(late, {}, { sampleSize: 200 })).code).toBe(
      'read.markdown.record-too-large',
    );
  });

  it('give the same batches however the bytes are cut', async () => {
    const text = `# T\n\n| a | b |\n|---|---|\n${Array.from({ length: 70_000 }, (_, i) => `| ${i} | é\\|${i} |\n`).join('')}\nend`;
    const cuts = async (chunkSize: number) =>
      (await read(text, {}, { chunkSize, sampleSize: 5_000 })).batches.map(({ block }) => [
        block!.rowCount,
        block!.lines!.at(-1),
        block!.bytes.length,
      ]);
    const whole = await cuts(1 << 24);
    expect(whole.length).toBeGreaterThan(1);
    expect(whole.at(-1)![1]).toBe(70_004);
    for (const size of [997, 65_536, 100_003]) expect(await cuts(size)).toEqual(whole);
    const short = '## H\n\n| a | b |\n|-|-|\n| 1 | `x` |\n| 2 |\n\nend\n';
    for (let size = 1; size < 20; size++)
      expect((await read(short, {}, { chunkSize: size })).rows).toEqual([
        ['1', 'x'],
        ['2', null],
      ]);
  });
});

describe('recognition', () => {
  it.each([
    ['| a | b |\n|---|---|\n', 2],
    ['# x\n\ntext\r\n\r\n  | a |\r\n  |:-:|\r\n', 2],
    ['a | b\n--|--\n', 1],
    ['| a | b |\n|---|\n', 0],
    ['a,b\n1,2\n', 0],
    ['a|b\n1|2\n', 0],
    ['+---+\n| a |\n+---+\n', 0],
    ['', 0],
  ])('%j is %d', (text, score) => expect(looksLikeMarkdown(utf8(text))).toBe(score));
});

it('text that is made to take long does not', () => {
  const start = performance.now();
  for (const piece of ['[', '`', '``` ', '*a', '_', '![](', '&', '<', '\\', '[a](', '~~'])
    inlineText(piece.repeat(20_000), (text) => text);
  expect(performance.now() - start).toBeLessThan(3_000);
});

describe.skipIf(Boolean(markdownJudge.missing))('beside cmark-gfm', () => {
  it('rows are cut and read alike', async () => {
    const pieces = [
      '|',
      '\\',
      'a',
      'b',
      ' ',
      '&amp;',
      '&lt;',
      '\\|',
      '\\\\',
      '-',
      '1',
      '**c**',
      '`d`',
    ];
    const row = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
        const text = `| x | y | z |\n|---|---|---|\n${rows.map((cells) => `|q|${cells}\n`).join('')}`;
        const expected = await readHtml(renderMarkdown(text), { given: { whitespace: 'keep' } });
        expect((await read(text)).rows).toEqual(expected.rows);
      }),
      { numRuns: 60 },
    );
  });
});
