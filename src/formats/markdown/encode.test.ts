// What markdown adds to the shared suite: everything that means something in it, padding, several tables, and rows put aside.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { BOOL, INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from '../format.suite.ts';
import { markdownFormat } from './format.ts';
import { markdownJudge, renderMarkdown } from './judge.suite.ts';

const TEXT = schemaOf([['v', UTF8]]);

async function cellOf(text: string, options = {}): Promise<string> {
  const encoded = await encodeAll(markdownFormat, options, TEXT, [textBatch(TEXT, [[text]])]);
  return encoded.text.split('\n')[2]!;
}

describe('markdown', () => {
  it.each([
    ['a|b', '| a\\|b |'],
    ['snake_case _x_', '| snake_case \\_x\\_ |'],
    ['2 * 3', '| 2 \\* 3 |'],
    ['a & b &amp; &c; AT&T', '| a & b &amp;amp; &amp;c; AT&T |'],
    ['<b>', '| &lt;b> |'],
    ['![x](y)', '| !\\[x](y) |'],
    ['C:\\dir\\|', '| C:\\\\dir\\\\\\| |'],
    ['  a ', '| &#32;&#32;a&#32; |'],
    ['a\nb\r\nc', '| a<br>b&#13;<br>c |'],
    ['https://a.example/x_y?b=1&c=2', '| https://a.example/x_y?b=1&c=2 |'],
    ['https://a.example/?b=1&amp;c', '| https&#58;//a.example/?b=1&amp;amp;c |'],
    ['www.a.example/*', '| www&#46;a.example/\\* |'],
    ['$1', '| \\$1 |'],
  ])('%j is written as %s', async (text, line) => {
    expect(await cellOf(text)).toBe(line);
  });

  it.each([
    ['**a** | `b|c`', '| **a** \\| `b\\|c` |'],
    ['a\\|b\\', '| a\\\\\\|b\\\\ |'],
    ['a\nb', '| a<br>b |'],
  ])('Markdown %j keeps its meaning', async (text, line) => {
    expect(await cellOf(text, { escape: 'pipes' })).toBe(line);
  });

  it.skipIf(markdownJudge.missing && process.env.CI !== 'true')(
    'shows every text as it is',
    async () => {
      const unit = fc.constantFrom(
        ...'\\`*_~[]()<>!&#;:|/.@-+=$^{}\'" \t\n\rab1é😀\u00a0\u2028',
        'www.',
        'https://',
        'a@b.example',
        '&amp;',
        '<br>',
        '\\|',
        '---',
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.array(unit, { maxLength: 9 }).map((parts) => [parts.join('')]),
            {
              maxLength: 20,
            },
          ),
          fc.constantFrom('compact', 'aligned'),
          async (rows, layout) => {
            const { text } = await encodeAll(markdownFormat, { layout }, TEXT, [
              textBatch(TEXT, rows, { quoteAll: true }),
            ]);
            expect((await markdownJudge.read(text, {}, ['v'], new Uint8Array())).rows).toEqual(
              rows,
            );
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it('pads by what is seen, to the sides of each type', async () => {
    const schema = schemaOf([
      ['city', UTF8],
      ['n', INT64],
      ['yes', BOOL],
    ]);
    const { text } = await encodeAll(markdownFormat, { layout: 'aligned' }, schema, [
      batchOf(schema, [
        ['東京', 1n, true],
        ['São|', 12345n, false],
        ['e\u0301', null, null],
      ]),
    ]);
    expect(text).toBe(
      [
        '| city  |     n |  yes  |',
        '| ----- | ----: | :---: |',
        '| 東京  |     1 | true  |',
        '| São\\| | 12345 | false |',
        '| e\u0301     |       |       |',
        '',
      ].join('\n'),
    );
  });

  it('writes several data sets under their names', async () => {
    const batches = [textBatch(TEXT, [['a']])];
    for (const layout of ['compact', 'aligned']) {
      const { text } = await encodeTables(markdownFormat, { layout, rowNumbers: true }, [
        { name: '# one', schema: TEXT, batches },
        { name: 'two', schema: TEXT, batches: [] },
      ]);
      expect(text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-')).toBe(
        '## # one\n\n| # | v |\n| -: | - |\n| 1 | a |\n\n## two\n\n| # | v |\n| -: | - |\n',
      );
    }
  });

  it('puts rows of any size aside, in files that are closed again', async () => {
    const scratch = memoryScratch(1 << 10);
    let open = 0;
    const counted = {
      ...scratch,
      async create() {
        const file = await scratch.create();
        open++;
        const close = file.close.bind(file);
        file.close = async () => {
          open--;
          await close();
        };
        return file;
      },
    };
    const long = 'x'.repeat(3_000_000);
    const rows = [['a'], [long], ['b']];
    const { text } = await encodeTables(
      markdownFormat,
      { layout: 'aligned' },
      [{ name: 'data', schema: TEXT, batches: [textBatch(TEXT, rows)] }],
      counted,
    );
    expect(text).toBe(`| v   |\n| --- |\n| a   |\n| ${long} |\n| b   |\n`);
    expect(open).toBe(0);
  });

  it('counts what it changes', async () => {
    const { losses } = await encodeAll(markdownFormat, { lineBreaks: 'space' }, TEXT, [
      textBatch(TEXT, [['a\r\nb\n'], [''], ['\0']]),
    ]);
    expect(losses.map(({ code, count }) => [code, count])).toEqual([
      ['markdown.break-as-space', 2],
      ['markdown.empty-as-null', 1],
      ['markdown.nul-replaced', 1],
    ]);
  });

  it.skipIf(markdownJudge.missing && process.env.CI !== 'true')(
    'is one table, whatever its heading says',
    async () => {
      for (const heading of ['# x', '- [ ] x', '<script>', 'a\nb', '| a |', '```', '===', '1. x']) {
        const { text } = await encodeAll(markdownFormat, { heading }, TEXT, [
          textBatch(TEXT, [['a']]),
        ]);
        expect(renderMarkdown(text)).toMatch(/^<h2>[^\n]*<\/h2>\n<table>[^]*<\/table>\n$/);
      }
    },
  );
});
