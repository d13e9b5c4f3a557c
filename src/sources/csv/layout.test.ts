// Delimiters of several characters, several header rows, lines above and below the table: against Papa Parse, and by the book.
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { lineOfRow } from '../../table/text-block.ts';
import type { CsvOptions } from './options.ts';
import { readCells, utf8 } from './testing.ts';

const absent: Partial<CsvOptions> = {
  header: 'absent',
  delimiter: '||',
  quote: '"',
  comment: null,
};

const DELIMITERS = ['||', ';;', '~|~', '¦', '§§', '\u0001\u0002', 'ab', '😀', ', '];

const linesOf = async (text: string, given: Partial<CsvOptions>): Promise<number[]> => {
  const { batches } = await readCells(text, { given });
  return batches.flatMap(({ block, rowCount }) =>
    Array.from({ length: rowCount }, (_, row) => lineOfRow(block!, row)),
  );
};

describe('delimiters of several characters', { timeout: 60_000 }, () => {
  it('give the cells that were written, however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DELIMITERS),
        fc.integer({ min: 2, max: 4 }).chain((width) =>
          fc.array(
            fc.array(
              fc
                .array(
                  fc.constantFrom(
                    'a',
                    'b',
                    '|',
                    ';',
                    '~',
                    ',',
                    '"',
                    ' ',
                    '\n',
                    'ü',
                    '¦',
                    '§',
                    '😀',
                    '\u0001',
                  ),
                )
                .map((parts) => parts.join('')),
              { minLength: width, maxLength: width },
            ),
            { minLength: 1, maxLength: 8 },
          ),
        ),
        fc.boolean(),
        fc.integer({ min: 1, max: 11 }),
        async (delimiter, cells, quoteAll, size) => {
          // Everything that could be taken for something else is quoted; empty text too, which is not null.
          const text = cells
            .map((row) =>
              row
                .map((cell) =>
                  quoteAll ||
                  cell === '' ||
                  /["\n\r]/.test(cell) ||
                  [...delimiter].some((c) => cell.includes(c))
                    ? `"${cell.replaceAll('"', '""')}"`
                    : cell,
                )
                .join(delimiter),
            )
            .join('\n');
          const { rows, losses } = await readCells(`${text}\n`, {
            given: { ...absent, delimiter },
            chunkSizes: [size],
          });
          expect(rows).toEqual(cells);
          expect(losses).toEqual([]);
          expect(Papa.parse(text, { delimiter }).data).toEqual(rows);
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });

  it('are found from the left, as Papa Parse does, in text without any quotes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DELIMITERS),
        fc.array(
          fc.array(
            fc.constantFrom(
              'a',
              'b',
              '|',
              ';',
              '~',
              '||',
              ', ',
              ',',
              '§',
              '😀',
              '¦',
              '\u0001',
              '\u0002',
            ),
            { minLength: 1, maxLength: 12 },
          ),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async (delimiter, lines) => {
          const text = lines.map((parts) => parts.join('')).join('\n');
          const expected = Papa.parse<string[]>(text, { delimiter, quoteChar: '\u0007' }).data;
          const width = expected[0]!.length;
          const { rows, losses } = await readCells(text, {
            given: {
              ...absent,
              delimiter,
              quote: null,
              raggedRows: 'fit',
              skipEmptyLines: 'never',
            },
          });
          expect(rows.map((row) => row.map((cell) => cell ?? ''))).toEqual(
            expected.map((row) => Array.from({ length: width }, (_, c) => row[c] ?? '')),
          );
          const ragged = expected.filter((row) => row.length !== width).length;
          expect(losses.reduce((sum, loss) => sum + loss.count, 0)).toBe(ragged);
        },
      ),
      { numRuns: 300, seed: 12 },
    );
  });

  it('keep nulls, quotes, spelling and the other rules of the dialect', async () => {
    const read = async (text: string, given: Partial<CsvOptions> = {}) =>
      (await readCells(text, { given: { ...absent, ...given } })).rows;
    expect(await read('1.10||""||\n||x,y||"a||b"\n')).toEqual([
      ['1.10', '', null],
      [null, 'x,y', 'a||b'],
    ]);
    expect(await read('a,b||NULL\nNULL||"a,b"\n', { nullText: 'a,b' })).toEqual([
      [null, 'NULL'],
      ['NULL', 'a,b'],
    ]);
    expect(await read('"x||a\n,||"\n', { quote: null })).toEqual([
      ['"x', 'a'],
      [',', '"'],
    ]);
    expect(await read('a\\||b||c\\|d||\\\\\n', { escape: '\\' })).toEqual([
      ['a||b', 'c\\|d', '\\'],
    ]);
    expect(await read('a||b\r\nc||d\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(await read('a||b\rc||d\r', { lineEnd: 'any' })).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(await read('"a"x"||b\n', { quoteRules: 'lenient' })).toEqual([['a"x', 'b']]);
  });

  it('say where something is wrong', async () => {
    const read = (text: string, given: Partial<CsvOptions> = {}) =>
      readCells(text, { given: { ...absent, ...given } });
    await expect(read('a||b\n1||2\n3\n')).rejects.toMatchObject({
      code: 'read.csv.ragged-row',
      parameters: { line: 3, found: 1, expected: 2 },
    });
    await expect(read('a||b\n1||"x"|y\n')).rejects.toMatchObject({
      code: 'read.csv.stray-quote',
      parameters: { line: 2, column: 7 },
    });
    await expect(read('a||b\n1||"x\n')).rejects.toMatchObject({ code: 'read.csv.unclosed-quote' });
    const { rejects } = await read('a||b\n1\n', { raggedRows: 'reject' });
    expect(rejects).toMatchObject([{ line: 2, record: '1' }]);
  });

  it('refuse what cannot be told apart', async () => {
    for (const given of [
      { delimiter: '"|' },
      { escape: '\\', delimiter: '|\\' },
      { comment: '|' },
      { comment: '||#' },
      { comment: '"#' },
      { nullText: 'a||b' },
    ] as Partial<CsvOptions>[])
      await expect(readCells('a||b', { given: { ...absent, ...given } })).rejects.toMatchObject({
        code: 'config.wrong-option',
      });
  });

  it.each([
    ['as large as others', 1 << 20, 100_000],
    ['that end anywhere in a delimiter', 64, 1_000],
  ])('are read in blocks %s', async (_, recordBytes, count) => {
    const line = 'abcdefgh||"1234||5678"||x,y\n';
    const { rows, batches } = await readCells(line.repeat(count), {
      given: absent,
      chunkSizes: [65_521],
      limits: { recordBytes },
    });
    expect(rows).toHaveLength(count);
    expect(rows.every((row) => row.join('|') === 'abcdefgh|1234||5678|x,y')).toBe(true);
    expect(batches.length).toBeGreaterThan(1);
  });
});

describe('comments of several characters', { timeout: 60_000 }, () => {
  it('are left out, counted, and told from what only begins like them', async () => {
    for (const [comment, near] of [
      ['//', '/'],
      ['--', '-5'],
      ['REM ', 'REM'],
    ] as const) {
      const text = `${comment} by hand\na,b\n${near},1\n${comment}x\n2,"${comment}"\n`;
      const { rows, losses } = await readCells(text, {
        given: { ...absent, delimiter: ',', header: 'present', comment },
        chunkSizes: [3],
      });
      expect(rows).toEqual([
        [near, '1'],
        ['2', comment],
      ]);
      expect(losses.map(({ code, count }) => [code, count])).toEqual([
        ['csv.comment-lines', 1],
        ['csv.comment-lines', 1],
      ]);
    }
  });
});

describe('several header rows', { timeout: 60_000 }, () => {
  it('make one name, merged headings filled from the left', async () => {
    const text = ',2025,,2026\nid,sold,cost,sold\n1,2,3,4\n5,6,7,8\n';
    const given = { headerRows: 2, headerJoin: ' / ', delimiter: ',' };
    const { names, rows, inspection } = await readCells(text, { given, chunkSizes: [5] });
    expect(names).toEqual(['id', '2025 / sold', '2025 / cost', '2026 / sold']);
    expect(rows).toEqual([
      ['1', '2', '3', '4'],
      ['5', '6', '7', '8'],
    ]);
    expect(inspection.options.header).toBe('present');
    expect(inspection.schema.fields.map((field) => field.type.kind)).toEqual(
      Array.from({ length: 4 }, () => 'int'),
    );
    expect(await linesOf(text, given)).toEqual([3, 4]);
  });

  it('may be of different width, with empty lines and comments between them', async () => {
    const text = 'a;b\n\n# c\nx;"y\nz";w\n1;2;3\n';
    const { names, rows } = await readCells(text, {
      given: { headerRows: 2, delimiter: ';', comment: '#' },
    });
    expect(names).toEqual(['a x', 'b y\nz', 'b w']);
    expect(rows).toEqual([['1', '2', '3']]);
  });

  it('are no rows where there is no header, and have to be there', async () => {
    const given = { headerRows: 3, delimiter: ',' };
    expect((await readCells('1,2\n3,4\n', { given: { ...given, header: 'absent' } })).rows).toEqual(
      [
        ['1', '2'],
        ['3', '4'],
      ],
    );
    await expect(readCells('a,b\n1,2\n', { given })).rejects.toMatchObject({
      code: 'config.wrong-option',
      parameters: { path: 'headerRows' },
    });
  });
});

describe('lines above and below the table', { timeout: 60_000 }, () => {
  const TEXT = 'Report "of\n2026\n\nid,n\n1,2\n3,4\n\nTotal "6\n';
  const given = { skipLines: 3, skipLastLines: 2, delimiter: ',', header: 'present' } as const;

  it('are left out, counted, and keep the line numbers', async () => {
    for (const size of [1, 2, 7, 1_000]) {
      const { names, rows, losses, rejects } = await readCells(TEXT, { given, chunkSizes: [size] });
      expect(names).toEqual(['id', 'n']);
      expect(rows).toEqual([
        ['1', '2'],
        ['3', '4'],
      ]);
      expect(rejects).toEqual([]);
      expect(losses.map(({ code, count }) => [code, count])).toEqual([
        ['csv.first-lines', 3],
        ['csv.last-lines', 2],
      ]);
    }
    expect(await linesOf(TEXT, given)).toEqual([5, 6]);
  });

  it('do not tell types apart', async () => {
    const { inspection } = await readCells(TEXT, { given });
    expect(inspection.schema.fields.map((field) => field.type.kind)).toEqual(['int', 'int']);
    expect(inspection.estimatedRows).toBe(2);
  });

  it('are the last ones of a file larger than what is looked at first', async () => {
    const body = 'abcdefghij,1234567\n'.repeat(120_000);
    const { rows, losses } = await readCells(`x\nid,n\n${body}"sum,"\n(120000 rows)`, {
      given: { ...given, skipLines: 1 },
      chunkSizes: [65_521],
    });
    expect(rows).toHaveLength(120_000);
    expect(losses.map(({ count }) => count)).toEqual([1, 2]);
  });

  it('may be all there is', async () => {
    await expect(readCells('a\nb\n', { given: { ...given } })).rejects.toMatchObject({
      code: 'read.empty',
    });
  });
});

it(
  'damaged files of any layout give rows or an error that names itself',
  { timeout: 60_000 },
  async () => {
    const layouts: [string, Partial<CsvOptions>][] = [
      ['id||note||n\n1||"a||b"||2\n3||"x\ny"||4\n', { delimiter: '||', header: 'present' }],
      [
        't\n\nid,2025,\n,"a",b\n1,2,3\n4,5,6\nTotal,7,9\n',
        { skipLines: 2, skipLastLines: 1, headerRows: 2, delimiter: ',' },
      ],
      ['// c\nid¦n\n1¦2\n//\n3¦4\n', { comment: '//', delimiter: '¦', escape: '\\' }],
    ];
    let seed = 20_261_121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const outcomes = new Set<string>();
    for (const [text, given] of layouts)
      for (let round = 0; round < 300; round++) {
        const bytes = [...utf8(text)];
        for (let k = random(3); k >= 0; k--) {
          const at = random(bytes.length);
          const byte = utf8('"|\n\r,\\/¦a')[random(9)]!;
          const way = random(3);
          if (way === 0) bytes[at] = byte;
          else if (way === 1) bytes.splice(at, 1 + random(4));
          else bytes.splice(at, 0, byte);
        }
        // A file that was damaged before it came here is text all the same.
        const damaged = utf8(new TextDecoder().decode(Uint8Array.from(bytes)));
        const policy = (['fail', 'reject', 'pad', 'fit'] as const)[random(4)]!;
        const read = (size: number) =>
          readCells(damaged, { given: { ...given, raggedRows: policy }, chunkSizes: [size] }).then(
            ({ rows, rejects, losses }) => ({ rows, rejects, losses }),
            (error: { code?: string; name: string }) => ({ code: error.code, name: error.name }),
          );
        const found = await read(1_000);
        expect(await read(1 + random(5))).toEqual(found);
        if ('name' in found) {
          expect(found.name).toBe('ExportError');
          outcomes.add(found.code!);
        } else outcomes.add('rows');
      }
    expect(outcomes).toContain('rows');
    expect(outcomes).toContain('read.csv.ragged-row');
    expect(outcomes).toContain('read.csv.unclosed-quote');
  },
);
