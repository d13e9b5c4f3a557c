// What the csv format adds to the shared suite: ranges copied whole, the guard, quote policies, and what is refused.
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { JSON_TEXT, type Schema, UTF8 } from '../../table/data-type.ts';
import { encodeAll, openFormat, textBatch } from '../format.suite.ts';
import { csvFormat } from './format.ts';

const AB = schemaOf([
  ['a', UTF8],
  ['b', UTF8],
]);

/** A text batch over exactly these bytes; quotes count only at a field's start. */
function rawBatch(text: string, columnCount: number): Batch {
  const bytes = new TextEncoder().encode(text);
  const ends: number[] = [];
  let start = 0;
  let isQuoted = false;
  bytes.forEach((b, i) => {
    if (b === 34 && (isQuoted || i === start)) isQuoted = !isQuoted;
    else if (!isQuoted && (b === 44 || b === 10)) {
      ends.push(i);
      start = i + 1;
    }
  });
  const schema = schemaOf(Array.from({ length: columnCount }, (_v, i) => [`c${i}`, UTF8] as const));
  return {
    schema,
    rowCount: ends.length / columnCount,
    selection: null,
    columns: schema.fields.map((_field, index) => ({ storage: 'text', index })),
    block: {
      bytes,
      ends: Uint32Array.from(ends),
      start: 0,
      rowCount: ends.length / columnCount,
      columnCount,
      dialect: { delimiter: 44, quote: 34, nullText: new Uint8Array(0) },
      firstRow: 0,
      firstLine: 1,
    },
  };
}

const encode = (values: Record<string, unknown>, batch: Batch, schema: Schema = batch.schema) =>
  encodeAll(csvFormat, values, schema, [batch]);

describe('fields that only move', () => {
  const source = '1,"a ""x""",\n2,5" pipe,""\n3,"q\nr",plain\n';

  it('copies rows byte for byte, odd quotes too', async () => {
    const { text, losses } = await encode({ headers: false }, rawBatch(source, 3));
    expect(text).toBe(source);
    expect(losses).toEqual([]);
  });

  it('changes line ends only, never those inside values', async () => {
    const crlf = '1,"a\nb",\r\n2,x,""\r\n';
    const lf = '1,"a\nb",\n2,x,""\n';
    const to = async (values: Record<string, unknown>, text: string) =>
      (await encode({ headers: false, ...values }, rawBatch(text, 3))).text;
    expect(await to({}, crlf)).toBe(lf);
    expect(await to({ lineTerminator: 'crlf' }, lf)).toBe(crlf);
    expect(await to({ lineTerminator: 'crlf' }, crlf)).toBe(crlf);
    expect(await to({}, `${lf}${crlf}${lf}`)).toBe(lf + lf + lf);
  });

  it('copies selected rows and chosen columns', async () => {
    const batch = rawBatch('1,a,x\n2,b,y\r\n3,"c",z\n4,d,w\n', 3);
    const selection = Uint32Array.of(1, 2, 3);
    const rows = await encode({ headers: false }, { ...batch, selection });
    expect(rows.text).toBe('2,b,y\n3,"c",z\n4,d,w\n');
    const order = [2, 0, 1];
    const schema: Schema = { fields: order.map((i) => batch.schema.fields[i]!) };
    const columns = order.map((index) => ({ storage: 'text' as const, index }));
    const moved = await encode({ headers: false }, { ...batch, schema, columns, selection });
    expect(moved.text).toBe('y,2,b\nz,3,"c"\nw,4,d\n');
  });

  it('writes a row with a formula anew and its neighbours as they are', async () => {
    const { text, losses } = await encode(
      { headers: false },
      rawBatch('1,5" a,x\n2,=A1,"x"\n3,"=B1","""y"""\n4,"5",z\n', 3),
    );
    expect(text).toBe('1,5" a,x\n2,\'=A1,"x"\n3,"\'=B1","""y"""\n4,"5",z\n');
    expect(losses).toEqual([
      expect.objectContaining({
        code: 'csv.formula-guarded',
        column: 'c1',
        count: 2,
        example: '=A1',
      }),
    ]);
  });

  it('mixes text with typed columns in their order', async () => {
    const text = rawBatch('x,"y"\nz,\n', 2);
    const typed = batchOf(schemaOf([['n', { kind: 'int', bits: 32, signed: true }]]), [[-7], [8]]);
    const schema: Schema = {
      fields: [text.schema.fields[1]!, typed.schema.fields[0]!, text.schema.fields[0]!],
    };
    const batch: Batch = {
      ...text,
      schema,
      columns: [text.columns[1]!, typed.columns[0]!, text.columns[0]!],
    };
    expect((await encode({}, batch)).text).toBe('c1,n,c0\n"y",-7,x\n,8,z\n');
  });
});

describe('cells of JSON', () => {
  it('are the text of a string, and JSON for everything else, whether text or typed', async () => {
    const cells = ['"a \\"b\\", ü"', '300', '{"a":[1, 2]}', '""', 'true', '"=1+1"', null];
    const wanted = '"a ""b"", ü"\n300\n"{""a"":[1, 2]}"\n""\ntrue\n\'=1+1\n\n';
    const schema = schemaOf([['x', JSON_TEXT]]);
    const typed = batchOf(
      schema,
      cells.map((cell) => [cell]),
    );
    expect((await encode({ headers: false }, typed)).text).toBe(wanted);
    const text = textBatch(
      schema,
      cells.map((cell) => [cell]),
    );
    expect((await encode({ headers: false }, text)).text).toBe(wanted);
  });
});

describe('the formula guard', () => {
  const path = new URL(
    '../../../../shared/corpora/csv-injection/Intruder/csv-payload.txt',
    import.meta.url,
  );
  const hasCorpus = existsSync(path);

  const hostile = [
    '=1+1',
    '+1+1',
    '-1+cmd',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\0=1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '=',
    '@',
    '--',
    '+ 5',
    '-5-',
    '+1e',
    '-.',
    '-1.2.3',
    '-0x5',
  ];
  const harmless = [
    '-5',
    '+5',
    '-5.25',
    '+3.2e4',
    '-1E-7',
    '+.5',
    '-5.',
    '+',
    '-',
    '5=5',
    'a@b',
    "'=1",
    ' =1',
    '',
    '％',
    'é',
    '"=x',
  ];

  it.skipIf(!hasCorpus)('disarms the public payloads', async () => {
    const payloads = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(payloads.length).toBeGreaterThan(3);
    const rows = payloads.map((p) => [p, 'x']);
    for (const quotes of ['preserve', 'minimal', 'all'])
      for (const batch of [
        textBatch(AB, rows),
        textBatch(AB, rows, { quoteAll: true }),
        batchOf(AB, rows),
      ]) {
        const { text } = await encode({ quotes }, batch);
        const cells = Papa.parse<string[]>(text.trimEnd())
          .data.slice(1)
          .map((row) => row[0]!);
        expect(cells).toHaveLength(payloads.length);
        cells.forEach((cell, i) => {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
          expect([payloads[i], `'${payloads[i]}`]).toContain(cell);
        });
      }
  });

  it('changes every hostile text and no harmless one, through every path', async () => {
    const rows = [...hostile, ...harmless].map((cell) => [cell, 'x']);
    const spellings = [
      {},
      { quoteAll: true },
      { delimiter: '\t' },
      { delimiter: ';', quoteAll: true },
    ];
    for (const quotes of ['preserve', 'minimal', 'all'])
      for (const delimiter of [',', '\t'])
        for (const batch of [...spellings.map((s) => textBatch(AB, rows, s)), batchOf(AB, rows)]) {
          const { text, losses } = await encode({ quotes, delimiter }, batch);
          const { data } = Papa.parse<string[]>(text.slice(0, -1), { delimiter, newline: '\n' });
          expect(data.slice(1).map((row) => row[0])).toEqual([
            ...hostile.map((cell) => `'${cell}`),
            ...harmless,
          ]);
          expect(losses).toHaveLength(1);
          expect(losses[0]).toMatchObject({ column: 'a', count: hostile.length });
        }
  });

  it('looks at names, the last field of CR LF rows, and never at typed numbers', async () => {
    const schema = schemaOf([
      ['=n', { kind: 'float', bits: 64 }],
      ['b', UTF8],
    ]);
    const { text, losses } = await encode(
      {},
      batchOf(schema, [
        [-Infinity, 'x'],
        [-1.5, ''],
      ]),
    );
    expect(text).toBe('\'=n,b\n-Infinity,x\n-1.5,""\n');
    expect(losses).toEqual([
      expect.objectContaining({ code: 'csv.formula-guarded', column: '=n' }),
    ]);
    const ends = rawBatch('1,\r\n2,=x\r\n3,-\r\n', 2);
    expect((await encode({ headers: false }, ends)).text).toBe("1,\n2,'=x\n3,-\n");
  });

  it('quotes the guard mark where it is the quote', async () => {
    const { text } = await encode({ quoteChar: "'" }, textBatch(AB, [['=1', 'x']]));
    expect(text).toBe("a,b\n'''=1',x\n");
  });
});

describe('quotes, nulls and empty text', () => {
  const rows = [
    [null, ''],
    ['NULL', 'x,"y"'],
  ];
  const both = [textBatch(AB, rows), batchOf(AB, rows), textBatch(AB, rows, { delimiter: ';' })];
  it.each([
    [{}, 'a,b\n,""\nNULL,"x,""y"""\n'],
    [{ quotes: 'minimal' }, 'a,b\n,""\nNULL,"x,""y"""\n'],
    [{ quotes: 'non-null' }, '"a","b"\n,""\n"NULL","x,""y"""\n'],
    [{ quotes: 'all' }, '"a","b"\n"",""\n"NULL","x,""y"""\n'],
    [{ nullText: 'NULL', quotes: 'minimal' }, 'a,b\nNULL,\n"NULL","x,""y"""\n'],
    [{ nullText: 'NULL', quotes: 'non-null' }, '"a","b"\nNULL,""\n"NULL","x,""y"""\n'],
    [{ nullText: '-', quotes: 'all' }, '"a","b"\n"-",""\n"NULL","x,""y"""\n'],
    [{ emptyText: 'bare' }, 'a,b\n,\nNULL,"x,""y"""\n'],
    [{ delimiter: ';' }, 'a;b\n;""\nNULL;"x,""y"""\n'],
    [{ quoteChar: "'" }, "a,b\n,''\nNULL,'x,\"y\"'\n"],
    [{ escape: '\\' }, 'a,b\n,""\nNULL,"x,\\"y\\""\n'],
    [{ delimiter: '·' }, 'a·b\n·""\nNULL·"x,""y"""\n'],
    [{ quotes: 'none', onUnquotable: 'escape', escape: '\\' }, 'a,b\n,\nNULL,x\\,\\"y\\"\n'],
    [{ quotes: 'none', onUnquotable: 'replace', replacement: '_' }, 'a,b\n,\nNULL,x__y_\n'],
    [{ headers: ['é', 'x,y'] }, 'é,"x,y"\n,""\nNULL,"x,""y"""\n'],
  ])('%j', async (values, wanted) => {
    for (const batch of both) {
      const { text } = await encode(values, batch);
      expect(text).toBe(wanted);
    }
  });

  it('counts what quotes-off loses and stops where told to', async () => {
    const values = { quotes: 'none', onUnquotable: 'replace', nullText: 'NULL' };
    const { losses } = await encode(values, batchOf(AB, [...rows, ['a\nb', null]]));
    expect(losses.map((l) => [l.code, l.column, l.count])).toEqual([
      ['csv.text-as-null', 'a', 1],
      ['csv.unquotable-replaced', 'b', 1],
      ['csv.unquotable-replaced', 'a', 1],
    ]);
    const failing = encodeAll(csvFormat, { quotes: 'none' }, AB, [
      batchOf(AB, [['x', 'y']]),
      batchOf(AB, [
        ['x', 'y'],
        ['x', 'y"'],
      ]),
    ]);
    await expect(failing).rejects.toMatchObject({
      code: 'encode.csv.needs-quotes',
      parameters: { row: 3, column: 'b' },
    });
  });

  it('leaves a lone null nothing under preserve, and keeps it from becoming a blank line elsewhere', async () => {
    const one = schemaOf([['a', UTF8]]);
    const cells = [['x'], [null], [''], ['y']];
    for (const batch of [textBatch(one, cells), batchOf(one, cells)]) {
      const kept = await encode({}, batch);
      expect(kept.text).toBe('a\nx\n\n""\ny\n');
      expect(kept.losses).toEqual([]);
      const { text, losses } = await encode({ quotes: 'minimal' }, batch);
      expect(text).toBe('a\nx\n""\n""\ny\n');
      expect(losses).toMatchObject([{ code: 'csv.null-as-empty', count: 1 }]);
    }
  });

  it('quotes a first cell that starts like a byte order mark', async () => {
    const marked = schemaOf([
      ['\ufeffa', UTF8],
      ['b', UTF8],
    ]);
    expect((await encode({}, batchOf(marked, []))).text).toBe('"\ufeffa",b\n');
    for (const batch of [
      textBatch(AB, [
        ['\ufeffx', 'y'],
        ['\ufeffx', 'y'],
      ]),
      batchOf(AB, [
        ['\ufeffx', 'y'],
        ['\ufeffx', 'y'],
      ]),
    ])
      expect((await encode({ headers: false }, batch)).text).toBe('"\ufeffx",y\n\ufeffx,y\n');
  });

  it('writes many-byte delimiters that share their first byte with other text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.string({ unit: fc.constantFrom('·', '«', 'à', 'a', '¶') }), {
            minLength: 2,
            maxLength: 2,
          }),
        ),
        async (cells) => {
          const { text } = await encode({ delimiter: '·', quoteChar: '«' }, batchOf(AB, cells));
          const { data } = Papa.parse<string[]>(text.slice(0, -1), {
            delimiter: '·',
            quoteChar: '«',
            newline: '\n',
          });
          expect(data.slice(1)).toEqual(cells);
        },
      ),
    );
  });
});

describe('check', () => {
  const check = (values: Record<string, unknown>, schema = AB, charset = 'utf-8') =>
    csvFormat.check!({ options: csvFormat.options.parse(values).value!, schema, charset }).map(
      (f) => `${f.severity} ${f.code}`,
    );

  it('is silent about sound options', () => {
    expect(check({})).toEqual([]);
    const losses = new Map([
      ['tsv', ['loss csv.empty-as-null', 'loss csv.unquotable-replaced']],
      ['fixed', ['loss csv.empty-as-null']],
      ['aligned', ['loss csv.empty-as-null']],
    ]);
    for (const { id, options } of csvFormat.presets)
      expect(check(options), id).toEqual(losses.get(id) ?? []);
  });

  it.each([
    [{ delimiter: '"' }, 'csv.same-characters'],
    [{ delimiter: '\\', escape: '\\' }, 'csv.same-characters'],
    [{ delimiter: '\n' }, 'csv.line-break-character'],
    [{ nullText: 'a,b' }, 'csv.null-text-breaks'],
    [{ headers: ['only one'] }, 'csv.header-count'],
    [{ quotes: 'none', onUnquotable: 'escape' }, 'csv.escape-is-quote'],
    [{ quotes: 'none', onUnquotable: 'replace', replacement: ',' }, 'csv.replacement-breaks'],
  ])('refuses %j, and so does the encoder', async (values, code) => {
    expect(check(values)).toContain(`error ${code}`);
    await expect(openFormat(csvFormat, values, AB)).rejects.toMatchObject({
      code: 'config.conflict',
    });
  });

  it('tells losses beforehand', () => {
    expect(check({ quotes: 'none' })).toEqual(['loss csv.empty-as-null']);
    expect(check({ emptyText: 'bare' })).toEqual(['loss csv.empty-as-null']);
    expect(
      check(
        {},
        schemaOf([
          ['=x', { kind: 'json' }],
          ['b', UTF8],
        ]),
      ),
    ).toEqual(['loss csv.nested-as-text', 'loss csv.formula-guarded']);
    const one = schemaOf([['a', UTF8]]);
    expect(check({}, one)).toEqual(['warning csv.blank-lines']);
    expect(check({ quotes: 'non-null' }, one)).toEqual(['loss csv.null-as-empty']);
    expect(check({ quotes: 'all' }, one)).toEqual(['loss csv.null-quoted']);
    expect(check({ delimiter: '·' }, AB, 'ascii')).toEqual(['error csv.character-not-in-charset']);
  });
});
