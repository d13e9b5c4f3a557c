// Text read by templates: every target's escapes undone, rows that do not fit told with their line, the same however it arrives.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextSourceOptions } from './options.ts';
import { textSource } from './source.ts';
import { read } from './testing.ts';
import { utf8 } from '../testing.ts';

type Given = Partial<TextSourceOptions>;

const rowsOf = async (text: string, given: Given) => (await read(text, { given })).rows;

describe('templates', () => {
  it.each<[string, string, Given, (string | null)[][]]>([
    [
      'a value ends where the text behind it first stands',
      'a-b-c: d: e\nx-: \n',
      { row: '{a}-{b}: {c}' },
      [
        ['a', 'b-c', 'd: e'],
        ['x', null, null],
      ],
    ],
    ['the last line may lack its end', 'a\nb', { row: '{v}' }, [['a'], ['b']]],
    [
      'an empty row is one, blank ones that do not fit are none',
      'a\n\nb\n',
      { row: '{v}' },
      [['a'], [null], ['b']],
    ],
    [
      'blank ones that do not fit are none',
      'a=1\n\n \t\nb=2\n\n',
      { row: '{k}={v}' },
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'CR LF ends lines too',
      'a=1\r\nb=2\r\n',
      { row: '{k}={v}' },
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'unless it may not',
      'a=1\r\nb=2\r\n',
      { row: '{k}={v}', lineEnds: 'exact' },
      [
        ['a', '1\r'],
        ['b', '2\r'],
      ],
    ],
    [
      'rows of several lines',
      'k: a\r\nv: 1\r\n--\r\nk: b\r\nv: 2\r\n',
      { row: 'k: {k}\nv: {v}', separator: '\n--\n' },
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'nothing between rows',
      '<1;a><2;b>',
      { row: '<{n};{t}>', separator: '', suffix: '' },
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
    ],
    [
      'what stands around the rows',
      'Report of x at 5\n1\n2\nRows: 2\n',
      { row: '{n}', prefix: 'Report of {@name} at {@time}\n', suffix: '\nRows: {@rows}\n' },
      [['1'], ['2']],
    ],
    [
      'the numbers of rows are read over',
      '1. a\n2. b\n',
      { row: '{@rowNumber}. {v}' },
      [['a'], ['b']],
    ],
    [
      'signs that mean something elsewhere',
      'a.*(b)[^1]$\\d+c\n',
      { row: '{a}.*({b})[^{c}]$\\d+{d}' },
      [['a', 'b', '1', 'c']],
    ],
    ['braces', '{1} {2}\n', { row: '{{{a}}} {{{b}}}' }, [['1', '2']]],
    [
      'texts of null',
      '1 - ?\n2 x y\n',
      { row: "{n} {a} {b | default:'?'}", nullText: '-' },
      [
        ['1', null, null],
        ['2', 'x', 'y'],
      ],
    ],
    [
      'all columns',
      'a, b\n1, 2\n',
      { row: '{*}', columnNames: ['a', 'b'], prefix: '{@columns}\n' },
      [['1', '2']],
    ],
    [
      'columns in another order',
      '2 1\n',
      { row: '{b} {a}', columnNames: ['a', 'b'] },
      [['1', '2']],
    ],
    ['a column twice', '1 1\n2 2\n', { row: '{a} {a}' }, [['1'], ['2']]],
    ['no row', '[]\n', { row: '{a}', prefix: '[', suffix: ']' + '\n' }, []],
    [
      'json',
      '"a\\n\\u00e9", -1.5e3, true, null, {"x": [1, "]"]}, "7"\n',
      { row: '{*}', columnNames: ['a', 'b', 'c', 'd', 'e', 'f'], target: 'json' },
      [['a\né', '-1.5e3', 'true', null, '{"x": [1, "]"]}', '7']],
    ],
    [
      'csv',
      'a;"b;""c""\n";"";\n',
      { row: '{a};{b};{c};{d}', target: 'csv' },
      [['a', 'b;"c"\n', '', null]],
    ],
    [
      'sql',
      "('it''s', 5, NULL, TRUE, 'a\\'), ('', -1, 'NULL', false, '')",
      {
        row: '({*})',
        columnNames: ['a', 'b', 'c', 'd', 'e'],
        target: 'sql',
        separator: ', ',
        suffix: '',
      },
      [
        ["it's", '5', null, 'true', 'a\\'],
        ['', '-1', 'NULL', 'false', ''],
      ],
    ],
    ['mysql', "'a\\\\b\\'c''d\\n'\n", { row: '{a}', target: 'mysql' }, [["a\\b'c'd\n"]]],
    [
      'html',
      '<td>&lt;b&gt; &amp;amp; &#233;&#xe9;&nbsp;&what; &#0;</td>\n',
      { row: '<td>{a}</td>', target: 'html' },
      [['<b> &amp; éé\u00a0&what; &#0;']],
    ],
    ['url', 'a%20b%2F%C3%A9/100%\n', { row: '{a}/{b}', target: 'url' }, [['a b/é', '100%']]],
    ['url that is no text', '%ff%20\n', { row: '{a}', target: 'url' }, [['%ff%20']]],
    [
      'markdown',
      '| a\\|b\\<br\\><br>c | d |\n',
      { row: '| {a} | {b} |', target: 'markdown' },
      [['a|b<br>\nc', 'd']],
    ],
    [
      'latex',
      'a\\&b\\textbackslash{}x & 5\\% \\\\\n',
      { row: '{a} & {b} \\\\', target: 'latex' },
      [['a&b\\x', '5%']],
    ],
    [
      'log',
      '"a \\" b" "\\\\" "\\x22\\t"\n',
      { row: '"{a}" "{b}" "{c}"', target: 'log' },
      [['a " b', '\\', '"\t']],
    ],
    [
      'one escaped otherwise',
      '<i>&amp;</i> "a</i>"\n',
      { row: '<i>{a}</i> {b | json}', target: 'html' },
      [['&', 'a</i>']],
    ],
  ])('%s', async (_, text, given, wanted) => {
    expect(await rowsOf(text, given)).toEqual(wanted);
  });

  it.each<[string, Given, RegExp]>([
    ['no placeholder', { row: 'abc' }, /names no column/],
    ['nothing but numbers of rows', { row: '{@rowNumber}' }, /names no column/],
    ['nothing between two columns', { row: '{a}{b}' }, /nothing stands between a and b/],
    [
      'an empty text between columns',
      { row: "{* | join:''}", columnNames: ['a', 'b'] },
      /nothing stands between a and b/,
    ],
    ['computed values', { row: '{upper(a)} {b}' }, /\{upper\(a\)\} is computed/],
    ['what is done with a value', { row: '{a | trim}' }, /computed/],
    ['a name with a hyphen', { row: '{user-agent}' }, /in quotes/],
    ['masks of numbers', { row: "{a | number:'0.00'}" }, /mask/],
    ['all columns of nobody', { row: '{*}' }, /say in columnNames which these are/],
    ['columns that are not there', { row: '{a}', columnNames: ['b'] }, /no column/],
    ['columns that the template lacks', { row: '{a}', columnNames: ['a', 'b'] }, /has no \{b\}/],
    ['an open brace', { row: '{a' }, /line 1, column 1/],
    ['no end of a row', { row: '{a}', separator: '' }, /ends the row/],
    ['rows at the start', { prefix: '{@rows}' }, /known at the end only/],
    ['a prefix without end', { prefix: '{@name}' }, /the first row/],
  ])('is refused with %s', async (_, given, detail) => {
    await expect(read('x\n', { given })).rejects.toMatchObject({
      code: 'config.wrong-option',
      message: expect.stringMatching(detail),
    });
  });
});

describe('types', () => {
  it('are guessed of what stands bare, and texts in quotes are texts', async () => {
    const { types } = await read('1 "2" "2026-11-21" 1.5\n', {
      given: { row: '{a} {b} {c} {d}', target: 'json' },
    });
    expect(types).toEqual(['int64', 'utf8', 'date', 'decimal(18,1)']);
  });

  it('that are declared hold', async () => {
    const columns = [{ column: { name: 'n' }, type: 'int64' }];
    const { rows, rejects } = await read('a=1\nb=x\nc=3\n', { given: { row: '{k}={n}' }, columns });
    expect(rows.map(([k]) => k)).toEqual(['a', 'c']);
    expect(rejects).toMatchObject([{ code: 'read.misfit', line: 2 }]);
  });
});

describe('rows that do not fit', () => {
  const TEXT = 'a=1\n\nnothing\nb=2\n';

  it('stop with their line and what is missing', async () => {
    await expect(read(TEXT, { given: { row: '{k}={v}' } })).rejects.toMatchObject({
      code: 'read.text.misfit',
      parameters: { line: 3, detail: expect.stringContaining('“=” does not stand behind k') },
    });
  });

  it('are left out and listed, and none is lost', async () => {
    const { rows, rejects } = await read(TEXT, {
      given: { row: '{k}={v}', raggedRows: 'reject' },
    });
    expect(rows).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(rejects).toMatchObject([{ row: 1, line: 3, record: 'nothing', value: 'nothing' }]);
  });

  it.each<[string, string, Given, string]>([
    ['more behind the end', '<a>\n<b> c\n', { row: '<{v}>' }, 'there is more behind its end'],
    ['two values of one column', '1 1\n1 2\n', { row: '{a} {a}' }, 'a stands there twice'],
    ['no JSON', '1\nx\n', { row: '{a}', target: 'json' }, 'a is not written as JSON has it'],
    ['wrong JSON', '"a"\n"\\q"\n', { row: '{a}', target: 'json' }, 'a is not written as JSON'],
    ['no literal', "'a'\n'b\n", { row: '{a}', target: 'sql' }, 'a is not written as SQL'],
    ['an open quote', '"a"\n"b\n', { row: '{a}', target: 'csv' }, 'a is not written as CSV'],
    ['another start', '- a\n+ b\n', { row: '- {v}' }, '“- ” does not stand where it should'],
  ])('because of %s', async (_, text, given, detail) => {
    await expect(read(text, { given })).rejects.toMatchObject({
      code: 'read.text.misfit',
      parameters: { line: 2, detail: expect.stringContaining(detail) },
    });
  });

  it('are no reason to look for more in the next line', async () => {
    const text = `a [1\nb [2]\n${'c [3\n'.repeat(3)}`;
    const { rows, rejects } = await read(text, {
      given: { row: '{k} [{v}]', raggedRows: 'reject' },
    });
    expect(rows).toEqual([['b', '2']]);
    expect(rejects.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
  });

  it.each([
    ['"a"\n"b\nc\n', 'csv'],
    ["'a'\n'b\nc\n", 'sql'],
  ] as const)('stop where a value is open to the end: %j', async (text, target) => {
    const given = { row: '{a}', target, raggedRows: 'reject' } as const;
    await expect(read(text, { given })).rejects.toMatchObject({
      code: 'read.text.misfit',
      parameters: { line: 2 },
    });
  });

  it('end with their line where rows are lines and values of JSON are open', async () => {
    const given = { row: '{a}', target: 'json', raggedRows: 'reject' } as const;
    const { rows, rejects } = await read('[1\n"x\n{"y": "]\n[2]\n', { given });
    expect(rows).toEqual([['[2]']]);
    expect(rejects.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('are told in time, however many look for what never comes', async () => {
    const start = performance.now();
    const missing = `<td>a</td>\n${'<td>b\n'.repeat(200_000)}`;
    const given = { row: '<td>{a}</td>', target: 'html', raggedRows: 'reject' } as const;
    expect((await read(missing, { given })).rejects).toHaveLength(200_000);
    const open = { row: '{a}', target: 'json', separator: ';', raggedRows: 'reject' } as const;
    await expect(read('[1;'.repeat(100_000), { given: open })).rejects.toMatchObject({
      code: 'read.text.misfit',
    });
    // Each of them looking through all that follows would take minutes.
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('stop where nothing says where the next one begins', async () => {
    const given = { row: '<{v}>', separator: '', suffix: '', raggedRows: 'reject' } as const;
    await expect(read('<a>b<c>', { given })).rejects.toMatchObject({ code: 'read.text.misfit' });
  });
});

describe('what is no such text', () => {
  it.each<[string, string, Given, string]>([
    ['empty', '', {}, 'read.empty'],
    ['binary', 'a\0b\n', {}, 'read.binary'],
    ['without its prefix', 'x\n', { row: '{a}', prefix: '[' }, 'read.text.prefix'],
    [
      'cut off',
      '[1,\n2',
      { row: '{a}', prefix: '[', separator: ',\n', suffix: ']' },
      'read.text.suffix',
    ],
  ])('%s', async (_, text, given, code) => {
    await expect(read(text, { given })).rejects.toMatchObject({ code });
  });

  it('has rows larger than they may be', async () => {
    const text = `a\n${'b'.repeat(5_000)}\nc\n`;
    await expect(
      read(text, { given: { row: '{v}' }, limits: { recordBytes: 1_000 } }),
    ).rejects.toMatchObject({ code: 'read.text.record-too-large', parameters: { line: 2 } });
    expect(
      (await read(text, { given: { row: '{v}' }, limits: { recordBytes: 6_000 } })).rows,
    ).toHaveLength(3);
  });

  it('runs on where a text behind a value never comes', async () => {
    const text = `<td>a</td>\n${'<td>b\n'.repeat(2_000)}`;
    await expect(
      read(text, {
        given: { row: '<td>{v}</td>', target: 'html' },
        limits: { recordBytes: 1_000 },
      }),
    ).rejects.toMatchObject({ code: 'read.text.record-too-large', parameters: { line: 2 } });
  });
});

describe('logs of web servers', () => {
  const COMMON = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326';
  const COMBINED = `${COMMON} "http://example.com/\\"x\\"" "Mozilla/4.08 [en] (Win98; I ;Nav)"`;

  it.each([
    ['common', COMMON, 7],
    ['of an IPv6 address', COMMON.replace('127.0.0.1', '::1'), 7],
    [
      'of an IPv6 address and a user of two words',
      COMBINED.replace('127.0.0.1 - frank', '::1 - a b'),
      9,
    ],
    ['combined', COMBINED, 9],
    ['with the forwarded address', `${COMBINED} "10.0.0.1, 10.0.0.2"`, 10],
    ['of several hosts', `example.com:443 ${COMBINED}`, 10],
    ['with a user of two words', COMMON.replace('frank', 'frank smith'), 7],
    ['without a request', COMMON.replace('GET /a.gif HTTP/1.0', '-'), 7],
  ])('%s: are known by their lines', async (_, line, columns) => {
    for (const end of ['\n', '\r\n']) {
      const text = `${line}${end}`.repeat(3);
      expect(textSource.recognise!(utf8(text))).toBe(2);
      const { rows, names, inspection } = await read(text);
      expect(rows).toHaveLength(3);
      expect(names).toHaveLength(columns);
      const row = Object.fromEntries(names.map((name, c) => [name, rows[0]![c]]));
      expect(row).toMatchObject({ ident: null, status: '200', bytes: '2326' });
      if (columns > 7) expect(row.referer).toBe('http://example.com/"x"');
      expect(inspection.evidence.map(({ option }) => option)).toEqual(['row', 'nullText', '']);
    }
  });

  it.each([
    ['one line', `${COMMON}\n`, 1],
    ['nothing', '', 0],
    ['one whole line and another', `${COMMON}\nanother\n`, 0],
    ['lines of two forms', `${COMMON}\n${COMBINED}\n`, 0],
    ['JSON', '{"a":1}\n{"a":2}\n', 0],
    ['CSV', 'a,b\n1,2\n', 0],
    ['binary', '\0\n\0\n', 0],
  ])('%s: is not sure', (_, text, sure) => {
    expect(textSource.recognise!(utf8(text))).toBe(sure);
  });

  it('have types', async () => {
    const { types } = await read(`${COMMON}\n`.repeat(2));
    expect(types).toEqual(['utf8', 'utf8', 'utf8', 'utf8', 'utf8', 'int64', 'int64']);
  });
});

it('lines are what a text has that nobody described', async () => {
  const { names, rows, inspection } = await read('first\n\n"a","b"\n');
  expect(names).toEqual(['line']);
  expect(rows).toEqual([['first'], [null], ['"a","b"']]);
  expect(inspection.evidence).toMatchObject([{ option: 'row' }]);
});

describe('pieces of any size', () => {
  const TEXTS: [string, string, Given][] = [
    ['lines', 'a=1\r\nno\r\n\r\nbéé=2\r\nc=3', { row: '{k}={v}', raggedRows: 'reject' }],
    [
      'json',
      '[\n<"a\\n", 1>,\n<"b", [2, "]"]>,\n<null, -3>\n3]\n',
      {
        row: '<{t}, {n}>',
        prefix: '[\n',
        separator: ',\n',
        suffix: '\n{@rows}]\n',
        target: 'json',
      },
    ],
    ['csv', 'a,"b\n""c"\n,""\nd,\n', { row: '{a},{b}', target: 'csv' }],
    ['latex', 'a\\& & b \\\\\nc & \\textless{} \\\\\n', { row: '{a} & {b} \\\\', target: 'latex' }],
    [
      'records',
      '--\nx\ny\n--\nz\n\n--\n',
      { row: '{a}\n{b}', prefix: '--\n', separator: '\n--\n', suffix: '\n--\n' },
    ],
  ];

  it.each(TEXTS)('of %s make the same rows and batches', async (_, text, given) => {
    const whole = await read(text, { given });
    const size = utf8(text).length;
    for (let chunkSize = 1; chunkSize <= size; chunkSize++) {
      const cut = await read(text, { given, chunkSize });
      expect(cut.rows).toEqual(whole.rows);
      expect(cut.rejects).toEqual(whole.rejects);
    }
    for (let sampleSize = 1; sampleSize < size; sampleSize++) {
      const part = await read(text, { given, sampleSize }).catch((thrown) => thrown);
      // Of too little nothing can be said, and more is asked for.
      if (part instanceof Error) expect(part).toMatchObject({ code: 'read.text.record-too-large' });
      else expect(part.rows).toEqual(whole.rows);
    }
  });

  it('of large texts make the same batches, whose rows keep their lines', async () => {
    const line = (i: number) => `${i}=${'x'.repeat(i % 97)}${i % 1_000 === 0 ? '\nbroken' : ''}\n`;
    const text = Array.from({ length: 60_000 }, (_, i) => line(i)).join('');
    const given = { row: '{n}={t}', raggedRows: 'reject' } as const;
    const whole = await read(text, { given });
    expect(whole.rows).toHaveLength(60_000);
    expect(whole.rejects).toHaveLength(60);
    expect(whole.rejects.at(-1)).toMatchObject({ line: 59_000 + 59 + 2 });
    expect(whole.batches.length).toBeGreaterThan(2);
    for (const chunkSize of [4_096, 65_537, 1 << 20]) {
      const cut = await read(text, { given, chunkSize });
      expect(cut.batches.map(({ rowCount }) => rowCount)).toEqual(
        whole.batches.map(({ rowCount }) => rowCount),
      );
      expect(cut.rows).toEqual(whole.rows);
    }
  });

  it('are read or refused in words whatever they are', async () => {
    const piece = fc.constantFrom(
      'a',
      '=',
      '\n',
      '\r\n',
      '"',
      "'",
      '\\',
      ' ',
      ',',
      '&',
      '<',
      '1',
      'null',
      '{',
      '%4',
      'é',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(
          ...(['none', 'csv', 'json', 'sql', 'html', 'url', 'markdown', 'latex', 'log'] as const),
        ),
        fc.integer({ min: 1, max: 5 }),
        async (pieces, target, chunkSize) => {
          const given = { row: '{a}={b}', target, raggedRows: 'reject' } as const;
          const text = pieces.join('');
          const [one, other] = await Promise.all(
            [undefined, chunkSize].map((size) =>
              read(text, { given, ...(size && { chunkSize: size }) }).then(
                ({ rows, rejects }) => ({ rows, rejects }),
                (thrown: Error & { code?: string }) => ({ code: thrown.code ?? thrown.stack }),
              ),
            ),
          );
          expect(other).toEqual(one);
          if ('code' in one!) expect(one.code).toMatch(/^read\.text\./);
        },
      ),
      { numRuns: 300 },
    );
  });
});
