// What stands around the rows, and rows in columns: judged by Python, which knows the width of every character.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { sliceSelected } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { askPython } from '../ask-python.suite.ts';
import { encodeAll, encodeTables } from '../format.suite.ts';
import { csvFormat } from './format.ts';

const schema = schemaOf([
  ['n', INT64],
  ['text', UTF8],
]);

const lineText = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom('漢字', 'é', 'e\u0301', 'アbc', '한', '\u200d', '\uff01', 'ｶﾅ'),
);
const table = fc.array(fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), lineText), {
  minLength: 1,
  maxLength: 8,
});

describe('fixed width', () => {
  const ask = askPython<[string, number], string[][]>(`
def answer(question):
    text, width = question
    return [[line[:width], line[width:]] for line in text.split("\\n")[:-1]]
`);

  it('gives each column so many characters', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const options = {
          layout: 'fixed',
          width: 14,
          gap: '',
          formulaGuard: false,
          headers: false,
        };
        const { text } = await encodeAll(csvFormat, options, schema, [batchOf(schema, rows)]);
        const found = await ask([text, 14]);
        expect(found.map(([n, t]) => [[...n!].length, [...t!].length])).toEqual(
          rows.map(() => [14, 14]),
        );
        const plain = rows.map(([n, t]) => [
          String(n).padStart(14),
          t.replaceAll(/\r\n|\r|\n/g, ' ') + ' '.repeat(14 - [...t.replaceAll('\r\n', ' ')].length),
        ]);
        expect(found).toEqual(plain);
      }),
      { numRuns: 80 },
    );
  });

  it('stops at what is too long, or cuts texts and counts them, never numbers', async () => {
    const batch = batchOf(schema, [
      [1n, 'São Paulo'],
      [2n, 'ok'],
    ]);
    const options = { layout: 'fixed', width: 5, gap: '|' };
    await expect(encodeAll(csvFormat, options, schema, [batch])).rejects.toMatchObject({
      code: 'encode.csv.too-wide',
      parameters: { row: 1, column: 'text', width: 5, size: 9 },
    });
    const cut = await encodeAll(csvFormat, { ...options, onOverflow: 'cut' }, schema, [batch]);
    expect(cut.text).toBe('    n|text \n    1|São P\n    2|ok   \n');
    expect(cut.losses).toMatchObject([{ code: 'csv.cut', column: 'text', count: 1 }]);
    const long = batchOf(schema, [[123456n, 'x']]);
    await expect(
      encodeAll(csvFormat, { ...options, onOverflow: 'cut' }, schema, [long]),
    ).rejects.toMatchObject({ code: 'encode.csv.too-wide' });
  });

  it('has widths, sides and padding of its own for a column', async () => {
    const columns = [
      { column: 'n', width: 4, align: 'left' },
      { column: 'text', width: 5, align: 'center' },
    ];
    const options = { layout: 'fixed', gap: '', padding: '.', columns };
    const batch = batchOf(schema, [
      [1n, 'ab'],
      [null, '.x'],
    ]);
    const { text, losses } = await encodeAll(csvFormat, options, schema, [batch]);
    expect(text).toBe('n...text.\n1....ab..\n.....​.x..\n'.replace('\u200b', ''));
    expect(losses.map(({ code }) => code)).toEqual(['csv.like-padding']);
  });
});

describe('aligned text', () => {
  const ask = askPython<string, number[]>(`
import unicodedata
def columns(text):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
def answer(text):
    return [columns(line[:line.index("\\x01")]) for line in text.split("\\n")[:-1]]
`);

  it('stands at the same column of the screen in every row, however the batches are cut', async () => {
    // Python may know fewer characters than we do, most of them beyond the first plane.
    const isPlain = (text: string): boolean => !/[\p{Cc}\p{Cn}\u{10000}-\u{10ffff}]/u.test(text);
    const plain = table.filter((rows) => rows.every(([, text]) => isPlain(text)));
    await fc.assert(
      fc.asyncProperty(plain, fc.nat(8), async (rows, at) => {
        const turned = schemaOf([
          ['text', UTF8],
          ['n', INT64],
        ]);
        const batch = batchOf(
          turned,
          rows.map(([n, t]) => [t, n]),
        );
        const options = { layout: 'aligned', gap: '\u0001', formulaGuard: false };
        const { text } = await encodeAll(csvFormat, options, turned, [batch]);
        expect(new Set(await ask(text)).size).toBe(1);
        const pieces = [sliceSelected(batch, 0, at), sliceSelected(batch, at, rows.length)];
        const again = await encodeAll(
          csvFormat,
          options,
          turned,
          at < rows.length ? pieces : [batch],
        );
        expect(again.text).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('is as wide as the longest value, numbers to the right, no space at the end', async () => {
    const batch = batchOf(schema, [
      [5n, 'a\nb'],
      [-1200n, '漢字'],
      [7n, null],
      [null, null],
    ]);
    const bare = await encodeAll(csvFormat, { layout: 'aligned', gap: '  ' }, schema, [batch]);
    expect(bare.text).toBe('    n  text\n    5  a b\n-1200  漢字\n    7\n\n');
    const options = { layout: 'aligned', nullText: '-', preamble: '{rows} rows' };
    const { text, losses } = await encodeAll(csvFormat, options, schema, [batch]);
    expect(text).toBe('# 4 rows\n    n text\n    5 a b\n-1200 漢字\n    7 -\n    - -\n');
    expect(losses).toMatchObject([{ code: 'csv.line-break-replaced', count: 1 }]);
  });

  it('holds no rows in memory', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [BigInt(i), `row ${i} of many`]);
    const batch = batchOf(schema, rows);
    const scratch = memoryScratch(1);
    let files = 0;
    const counted = {
      ...scratch,
      create: () => {
        files++;
        return scratch.create();
      },
    };
    const { text } = await encodeTables(
      csvFormat,
      { layout: 'aligned' },
      [{ name: 'data', schema, batches: Array.from({ length: 20 }, () => batch) }],
      counted,
    );
    expect(text.split('\n').length).toBe(100_002);
    expect(files).toBe(1);
  });
});

describe('around the rows', () => {
  const batch = batchOf(schema, [
    [1n, '# no comment'],
    [2n, 'b'],
  ]);
  const write = (options: Record<string, unknown>) =>
    encodeAll(
      csvFormat,
      options,
      schemaOf([
        ['n', INT64],
        ['text', UTF8],
      ]),
      [batch],
    );

  it('names the delimiter first, then notes, header and types', async () => {
    const { text } = await write({
      delimiter: ';',
      sepLine: true,
      preamble: '{name}: {columns} columns\nmade {date} {time}',
      typesRow: true,
      trailer: 'the end',
      lineTerminator: 'crlf',
    });
    expect(text).toBe(
      'sep=;\r\n# data: 2 columns\r\n# made 2023-11-14 22:13:20Z\r\nn;text\r\nint64;utf8\r\n1;# no comment\r\n2;b\r\n# the end\r\n',
    );
  });

  it('counts rows before they are written, in constant memory', async () => {
    const { text, rowCount } = await write({ preamble: '{rows} rows', layout: 'fixed', width: 12 });
    expect(text.split('\n')[0]).toBe('# 2 rows');
    expect(rowCount).toBe(2);
    expect((await write({ preamble: '{rows}', headers: false })).text).toBe(
      '# 2\n1,# no comment\n2,b\n',
    );
  });

  it('quotes what would read as a note', async () => {
    const turned = schemaOf([['text', UTF8]]);
    const only = batchOf(turned, [['# no comment'], ['b#']]);
    const { text } = await encodeAll(csvFormat, { trailer: 'x' }, turned, [only]);
    expect(text).toBe('text\n"# no comment"\nb#\n# x\n');
  });

  it('never lets the name of a file begin a line as a formula', async () => {
    const { text } = await write({ preamble: '={source}', commentPrefix: '' });
    expect(text.startsWith("'=source.csv\n")).toBe(true);
  });

  it('frames every row', async () => {
    expect((await write({ rowPrefix: '| ', rowSuffix: ' |', delimiter: ' | ' })).text).toBe(
      '| n | text |\n| 1 | # no comment |\n| 2 | b |\n',
    );
  });
});
