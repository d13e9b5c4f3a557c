// Reading: what was written comes back, however the bytes arrive, through the fast scan and through the strict loop.
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { contentAt, fieldEnd, fieldStart, fieldText, lineOfRow } from '../../table/text-block.ts';
import { createCutter } from './cut.ts';
import { csvDialect } from './dialect.ts';
import { csvOptions, type CsvOptions } from './options.ts';
import { readCells, utf8 } from './testing.ts';

type Cell = string | null;

const absent: Partial<CsvOptions> = {
  delimiter: ',',
  quote: '"',
  escape: null,
  comment: null,
  header: 'absent',
  lineEnd: 'lf',
};

const cell = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom(...'ab1 ,;"\'\n\r\\é😀'), maxLength: 12 }),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** Text without NUL, which at the start of a file means that it is no text. */
const textCell = cell.map((c) => (c === null ? null : c.replaceAll('\0', '0')));

const table = fc.integer({ min: 1, max: 6 }).chain((width) =>
  fc.array(fc.array(textCell, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 12,
  }),
);

function encode(rows: readonly (readonly Cell[])[], lineEnd: string, quoteAll: boolean): string {
  return rows
    .map((row) =>
      row
        .map((c) => {
          if (c === null) return '';
          const needs = quoteAll || c === '' || /[",\r\n]/.test(c);
          return needs ? `"${c.replaceAll('"', '""')}"` : c;
        })
        .join(','),
    )
    .join(lineEnd);
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });

describe('reading what was written', { timeout: 60_000 }, () => {
  it('gives the same cells for any chunks, line ends and quoting', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        chunkSizes,
        async (rows, lineEnd, quoteAll, hasLastEnd, sizes) => {
          const isOneNull = rows.at(-1)!.length === 1 && rows.at(-1)![0] === null;
          const text = encode(rows, lineEnd, quoteAll) + (hasLastEnd || isOneNull ? lineEnd : '');
          const read = await readCells(text, { given: absent, chunkSizes: sizes });
          // An empty line is a row only where there is one column; encode never writes one elsewhere.
          expect(read.rows).toEqual(rows);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('cuts the same blocks for any chunks, also when records do not fit the window', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        chunkSizes,
        fc.integer({ min: 0, max: 400 }),
        async (rows, lineEnd, sizes, room) => {
          const text = encode(rows, lineEnd, false) + lineEnd;
          const largest = Math.max(...rows.map((row) => utf8(encode([row], '', false)).length));
          // The window is never larger than the largest record allowed.
          const question = { given: absent, limits: { recordBytes: largest + room } };
          const whole = await readCells(text, question);
          const pieces = await readCells(text, { ...question, chunkSizes: sizes });
          expect(whole.rows).toEqual(rows);
          const blocks = (read: typeof whole): unknown[] =>
            read.batches.map(({ block }) => ({
              bytes: [...block!.bytes],
              ends: [...block!.ends],
              start: block!.start,
              firstRow: block!.firstRow,
              firstLine: block!.firstLine,
            }));
          expect(blocks(pieces)).toEqual(blocks(whole));
          const joined = whole.batches.flatMap(({ block }) => [
            ...block!.bytes.subarray(block!.start),
          ]);
          expect(joined).toEqual([...utf8(text)]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('numbers rows and lines in every block', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 0, max: 60 }), async (rows, room) => {
        const text = encode(rows, '\n', false) + '\n';
        const largest = Math.max(...rows.map((row) => utf8(encode([row], '', false)).length));
        const { batches } = await readCells(text, {
          given: absent,
          limits: { recordBytes: largest + room },
        });
        const lines: number[] = [];
        let line = 1;
        for (const row of rows) {
          lines.push(line);
          line += encode([row], '', false).split('\n').length;
        }
        let rowNumber = 0;
        for (const { block } of batches) {
          expect(block!.firstRow).toBe(rowNumber);
          for (let r = 0; r < block!.rowCount; r++)
            expect(lineOfRow(block!, r)).toBe(lines[rowNumber++]);
        }
        expect(rowNumber).toBe(rows.length);
      }),
      { numRuns: 200 },
    );
  });

  it('agrees with a second reader', async () => {
    await fc.assert(
      fc.asyncProperty(
        table.filter((rows) => rows[0]!.length > 1),
        fc.constantFrom('\n', '\r\n'),
        async (rows, lineEnd) => {
          const text = encode(rows, lineEnd, false);
          const theirs = Papa.parse<string[]>(text, {
            delimiter: ',',
            newline: lineEnd as '\n',
          }).data;
          const ours = await readCells(text, { given: absent });
          expect(ours.rows.map((row) => row.map((c) => c ?? ''))).toEqual(theirs);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('reading other spellings', { timeout: 60_000 }, () => {
  const readable = (rows: Cell[][], given: Partial<CsvOptions>, text: string, sizes: number[]) =>
    readCells(text, { given: { ...absent, ...given }, chunkSizes: sizes }).then((read) => {
      expect(read.rows).toEqual(rows);
      // Normal form: the same cells come out of the blocks' bytes when they are read as a file of their own.
      const { block } = read.batches[0]!;
      const { dialect } = block!;
      const plain = { ...csvOptions.defaults, header: 'absent', lineEnd: 'lf' } as const;
      const again = createCutter(
        csvDialect({
          ...plain,
          delimiter: String.fromCharCode(dialect.delimiter),
          quote: String.fromCharCode(dialect.quote),
          nullText: new TextDecoder().decode(dialect.nullText),
        }),
        block!.columnCount,
      ).cut(copyForCut(block!.bytes), 0, block!.bytes.length, true, { row: 0, line: 1 });
      expect([...again!.block!.ends]).toEqual([...block!.ends]);
    });

  function copyForCut(content: Uint8Array): Uint8Array {
    const bytes = new Uint8Array((content.length + 12) & ~3);
    bytes.set(content);
    return bytes;
  }

  it('undoes backslash escapes, with and without quotes', async () => {
    await fc.assert(
      fc.asyncProperty(table, chunkSizes, fc.boolean(), async (rows, sizes, hasQuotes) => {
        const special = hasQuotes ? /[\\,"\r\n]/g : /[\\,\r\n]/g;
        const escaped = (c: string): string => c.replaceAll(special, '\\$&');
        const text = rows
          .map((row) =>
            row
              .map((c) => {
                if (c === null) return '\\N';
                return hasQuotes ? `"${escaped(c)}"` : escaped(c);
              })
              .join(','),
          )
          // An escape takes a CR LF as one, so a lone escaped CR must not stand before a bare LF.
          .map((line) => `${line}\r\n`)
          .join('');
        const quote = hasQuotes ? '"' : null;
        await readable(rows, { escape: '\\', quote, nullText: '\\N' }, text, sizes);
      }),
      { numRuns: 300 },
    );
  });

  it('takes any mix of line ends when told so', async () => {
    const ends = fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(table, ends, chunkSizes, async (rows, lineEnds, sizes) => {
        const text = rows
          .map((row, i) => {
            const line = encode([row], '', false);
            // A CR end before an empty line that starts with LF would be one CR LF.
            const before = lineEnds[i - 1];
            return (before === '\r' && line === '' ? '""' : line) + lineEnds[i]!;
          })
          .join('');
        const wanted = rows.map((row, i) =>
          lineEnds[i - 1] === '\r' && row.length === 1 && row[0] === null ? [''] : row,
        );
        await readable(wanted, { lineEnd: 'any' }, text, sizes);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the fast scan and the strict loop', { timeout: 60_000 }, () => {
  const soup = fc.string({
    unit: fc.constantFrom('a', 'b', ',', '"', '\n', '\r', '#', 'é'),
    maxLength: 80,
  });

  function cutAll(
    text: string,
    options: CsvOptions,
    columnCount: number,
    isPlain: boolean,
  ): unknown {
    const dialect = { ...csvDialect(options), isPlain };
    const content = utf8(text);
    const bytes = new Uint8Array((content.length + 12) & ~3);
    bytes.set(content);
    const rows: Cell[][] = [];
    try {
      const cut = createCutter(dialect, columnCount).cut(bytes, 0, content.length, true, {
        row: 0,
        line: 1,
      });
      const block = cut?.block ?? null;
      const lines: number[] = [];
      for (let r = 0; block !== null && r < block.rowCount; r++) {
        rows.push(Array.from({ length: columnCount }, (_, c) => fieldText(block, r, c)));
        lines.push(lineOfRow(block, r));
      }
      return { rows, lines, next: cut?.next ?? 0, line: cut?.line, out: cut?.rejectedRows ?? [] };
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      return error.toJSON();
    }
  }

  it('read the same from any text, or refuse it the same way', () => {
    let refused = 0;
    let read = 0;
    fc.assert(
      fc.property(
        soup,
        fc.integer({ min: 1, max: 3 }),
        fc.record({
          raggedRows: fc.constantFrom('fail', 'reject', 'pad', 'fit'),
          quoteRules: fc.constantFrom('standard', 'strict'),
          skipEmptyLines: fc.constantFrom('auto', 'always', 'never'),
          comment: fc.constantFrom(null, '#'),
          quote: fc.constantFrom('"', null),
        } as const),
        (text, columnCount, set) => {
          const options: CsvOptions = { ...csvOptions.defaults, ...set };
          const strict = cutAll(text, options, columnCount, false);
          expect(cutAll(text, options, columnCount, true)).toEqual(strict);
          if ('code' in (strict as object)) refused++;
          else read++;
        },
      ),
      { numRuns: 3_000 },
    );
    // Both outcomes must really occur, else the comparison says nothing.
    expect(refused).toBeGreaterThan(100);
    expect(read).toBeGreaterThan(100);
  });

  it('a byte after the window is never taken for content', () => {
    const dialect = csvDialect(csvOptions.defaults);
    const content = utf8('a,b\nc,d\ne,f\n');
    for (let to = 0; to <= content.length; to++) {
      const bytes = new Uint8Array(24);
      bytes.set(content);
      const cut = createCutter(dialect, 2).cut(bytes, 0, to, false, { row: 0, line: 1 });
      expect(cut?.block?.rowCount ?? 0).toBe(Math.floor(to / 4));
      expect(cut?.next ?? 0).toBe(Math.floor(to / 4) * 4);
    }
  });
});

describe('traps', { timeout: 60_000 }, () => {
  const rowsOf = async (text: string, given: Partial<CsvOptions> = {}): Promise<Cell[][]> =>
    (await readCells(text, { given: { ...absent, ...given } })).rows;

  it('keeps quotes inside unquoted fields', async () => {
    expect(await rowsOf('5" pipe,"5"" pipe"\n')).toEqual([['5" pipe', '5" pipe']]);
    expect(await rowsOf('a"b,c"d"\n')).toEqual([['a"b', 'c"d"']]);
  });

  it('tells "" from null', async () => {
    expect(await rowsOf('"",\n,""\n')).toEqual([
      ['', null],
      [null, ''],
    ]);
    expect(await rowsOf('NULL,"NULL",\n', { nullText: 'NULL' })).toEqual([[null, 'NULL', '']]);
  });

  it('reads a field larger than the window', async () => {
    const large = 'x"\n,'.repeat(1_000_000);
    const text = `1,"${large.replaceAll('"', '""')}"\n2,y\n`;
    const { rows, batches } = await readCells(`a,b\n0,-\n${text}`, {
      given: { ...absent, header: 'present' },
      chunkSizes: [65_536],
    });
    expect(rows).toEqual([
      ['0', '-'],
      ['1', large],
      ['2', 'y'],
    ]);
    const last = batches.at(-1)!.block!;
    expect(lineOfRow(last, last.rowCount - 1)).toBe(1_000_004);
  });

  it('reads CR LF, LF and a missing last line end alike, and CR inside fields', async () => {
    for (const text of ['a,b\r\nc,d\r\n', 'a,b\nc,d\n', 'a,b\nc,d', 'a,b\r\nc,d', 'a,b\nc,d\r'])
      expect(await rowsOf(text)).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ]);
    expect(await rowsOf('a\rb,c\n')).toEqual([['a\rb', 'c']]);
    expect(await rowsOf('a,b\r\r\n')).toEqual([['a', 'b\r']]);
    expect(await rowsOf('a,b\r\r\n\nc,d\n')).toEqual([
      ['a', 'b\r'],
      ['c', 'd'],
    ]);
  });

  it('normalises lone CR line ends', async () => {
    const { rows, batches } = await readCells('a,b\rc,"d\re"\r\nf,g\nh,i', {
      given: { ...absent, lineEnd: 'any' },
    });
    expect(rows).toEqual([
      ['a', 'b'],
      ['c', 'd\re'],
      ['f', 'g'],
      ['h', 'i'],
    ]);
    expect([0, 1, 2, 3].map((r) => lineOfRow(batches[0]!.block!, r))).toEqual([1, 2, 4, 5]);
  });

  it('undoes backslash escapes, and keeps backslashes before anything else', async () => {
    const given = { escape: '\\' };
    expect(await rowsOf('"a\\"b",c\\,d\n', given)).toEqual([['a"b', 'c,d']]);
    expect(await rowsOf('"a\\\\",C:\\temp\n', given)).toEqual([['a\\', 'C:\\temp']]);
    expect(await rowsOf('"a""b","c\\\nd"\n', given)).toEqual([['a"b', 'c\nd']]);
    expect(await rowsOf('a\\\nb,c\n', given)).toEqual([['a\nb', 'c']]);
    expect(await rowsOf('a\\\r\nb,c\\', given)).toEqual([['a\r\nb', 'c\\']]);
    expect(await rowsOf('\\N,\\\\N,"\\N"\n', { ...given, nullText: '\\N' })).toEqual([
      [null, '\\N', '\\N'],
    ]);
  });

  it('undoes escapes where the file has no quotes at all', async () => {
    const given = { escape: '\\', quote: null, delimiter: '\t' } as const;
    expect(await rowsOf('a\\\tb\t"c\\\nd\n"x"\ty\n', given)).toEqual([
      ['a\tb', '"c\nd'],
      ['"x"', 'y'],
    ]);
  });

  it('reads quotes as text when nothing is quoted', async () => {
    expect(await rowsOf('"a,b"\n', { quote: null })).toEqual([['"a', 'b"']]);
  });

  it('leaves comments and empty lines out, with the right lines', async () => {
    const { rows, batches } = await readCells('# by hand\n\na,b\n1,2\n\r\n# more, text\n3,"#"\n', {
      given: { ...absent, comment: '#', header: 'present' },
    });
    expect(rows).toEqual([
      ['1', '2'],
      ['3', '#'],
    ]);
    expect([0, 1].map((r) => lineOfRow(batches[0]!.block!, r))).toEqual([4, 7]);
  });

  it('takes an empty line for a row where there is one column only', async () => {
    const given = { ...absent, header: 'present' } as const;
    expect((await readCells('a\n1\n\n2\n', { given })).rows).toEqual([['1'], [null], ['2']]);
    const always = { ...given, skipEmptyLines: 'always' } as const;
    expect((await readCells('a\n1\n\n2\n', { given: always })).rows).toEqual([['1'], ['2']]);
  });

  it('keeps lenient quotes as text', async () => {
    expect(await rowsOf('"a"b",c"d\n"x ""y"" z",1\n', { quoteRules: 'lenient' })).toEqual([
      ['a"b', 'c"d'],
      ['x "y" z', '1'],
    ]);
  });

  it('reads any delimiter of 1 to 16 characters, and refuses others', async () => {
    for (const delimiter of [';', '\t', '|', ':', ' ', '\x1f', 'x', '::', '€', '~|~', '\t\t'])
      expect(await rowsOf(`1${delimiter}"2${delimiter}3"\n`, { delimiter })).toEqual([
        ['1', `2${delimiter}3`],
      ]);
    for (const delimiter of ['a\n', '\ud800', '|'.repeat(17), '\n', ''])
      await expect(readCells('a', { given: { delimiter } })).rejects.toMatchObject({
        code: 'config.wrong-option',
      });
  });

  it('refuses characters that contradict each other', async () => {
    await expect(readCells('a,b', { given: { delimiter: '"', quote: '"' } })).rejects.toMatchObject(
      {
        code: 'read.csv.same-characters',
        parameters: { first: 'delimiter', second: 'quote' },
      },
    );
    await expect(
      readCells('a,b', { given: { delimiter: ',', nullText: 'a,b' } }),
    ).rejects.toMatchObject({
      code: 'config.wrong-option',
    });
  });
});

describe('blocks', { timeout: 60_000 }, () => {
  it('point at the source bytes where nothing had to be rewritten', async () => {
    const { batches } = await readCells('a,b\n"x ""1""",2\n', { given: { header: 'present' } });
    const block = batches[0]!.block!;
    const start = fieldStart(block, 0, 0);
    const end = fieldEnd(block, 0, 0);
    expect(new TextDecoder().decode(block.bytes.subarray(start, end))).toBe('"x ""1"""');
    expect(new TextDecoder().decode(contentAt(block, start, end))).toBe('x "1"');
  });

  it('own their buffers: a consumer may take them away', async () => {
    const line = 'abcdefgh,12345678\n';
    const text = `a,b\n${line.repeat(200_000)}`;
    let rows = 0;
    const { inspection } = await readCells('a,b\nabcdefgh,12345678\n');
    const { readCsv } = await import('./read.ts');
    const { DEFAULT_LIMITS } = await import('../../contract/config.ts');
    const { inChunks } = await import('./testing.ts');
    const { batchBuffers } = await import('../../table/batch.ts');
    for await (const batch of readCsv({
      input: {
        kind: 'bytes',
        name: 'x',
        sizeBytes: null,
        once: true,
        open: () => inChunks(utf8(text), [100_000]),
      },
      options: inspection.options,
      schema: inspection.schema,
      columns: [],
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      reject: () => {},
      lose: () => {},
    })) {
      expect(batch.schema).toBe(inspection.schema);
      expect(fieldText(batch.block!, batch.rowCount - 1, 1)).toBe('12345678');
      rows += batch.rowCount;
      structuredClone(null, { transfer: batchBuffers(batch) });
    }
    expect(rows).toBe(200_000);
  });
});
