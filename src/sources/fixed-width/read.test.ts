// Reading fixed-width text: places, padding, lines of another length, lines around the table.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseColumns } from './columns.ts';
import type { FixedWidthOptions } from './options.ts';
import { readCells, utf8 } from './testing.ts';

const absent: Partial<FixedWidthOptions> = { header: 'absent' };

describe('columns', () => {
  it('are written as widths, places or both, with names', () => {
    expect(parseColumns(['3', 'b=2', '10-12', 'd = x=20-'])).toEqual([
      { name: null, from: 0, to: 3 },
      { name: 'b', from: 3, to: 5 },
      { name: null, from: 9, to: 12 },
      { name: 'd = x', from: 19, to: Infinity },
    ]);
    for (const [wrong, texts] of [
      [0, ['x']],
      [0, ['0']],
      [0, ['0-3']],
      [1, ['1', '5-4']],
      [1, ['1-', '5']],
      [0, ['99999999']],
      [0, ['-5']],
    ] as const)
      expect(parseColumns(texts)).toBe(wrong);
  });

  it('of a wrong spelling are refused by name', async () => {
    await expect(readCells('abc\n', { widths: ['3', 'x'] })).rejects.toMatchObject({
      code: 'config.wrong-option',
      parameters: { path: 'widths', detail: expect.stringContaining('“x” is no column') },
    });
  });

  it('give every value that was padded to its width, however the bytes arrive', async () => {
    const value = fc
      .array(fc.constantFrom('a', '1', '.', ',', '"', 'ü', '漢', '😀', 'x y'), { maxLength: 4 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }).chain((width) =>
          fc.array(fc.array(value, { minLength: width, maxLength: width }), {
            minLength: 1,
            maxLength: 6,
          }),
        ),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (cells, isRight, size, lineEnd) => {
          const points = (text: string): number => [...text].length;
          const widths = cells[0]!.map((_, c) =>
            Math.max(1, ...cells.map((row) => points(row[c]!))),
          );
          const text = cells
            .map((row) =>
              row
                .map((cell, c) => {
                  const padding = ' '.repeat(widths[c]! - points(cell));
                  return isRight[c] ? padding + cell : cell + padding;
                })
                .join(''),
            )
            .map((line) => line + lineEnd)
            .join('');
          fc.pre(cells.every((row) => row.some((cell) => cell !== '')));
          const { rows, losses, rejects } = await readCells(
            text,
            { ...absent, widths: widths.map(String) },
            { size },
          );
          expect(rows).toEqual(cells.map((row) => row.map((cell) => (cell === '' ? null : cell))));
          expect([...losses, ...rejects]).toEqual([]);
        },
      ),
      { numRuns: 200, seed: 21 },
    );
  });

  it('may overlap, leave places out, and stand in any order', async () => {
    const { names, rows } = await readCells('20261121abcxyz\n', {
      ...absent,
      widths: ['note=12-', 'year=1-4', 'day=1-8'],
      outside: 'any',
    });
    expect(names).toEqual(['note', 'year', 'day']);
    expect(rows).toEqual([['xyz', '2026', '20261121']]);
  });

  it('count characters, bytes, or places of East Asian text', async () => {
    const read = async (text: string, measure: FixedWidthOptions['measure']) =>
      (await readCells(text, { ...absent, measure, widths: ['4', '2'], outside: 'any' })).rows[0];
    expect(await read('漢字ab12', 'characters')).toEqual(['漢字ab', '12']);
    expect(await read('漢字12', 'wide')).toEqual(['漢字', '12']);
    expect(await read('ab漢字', 'wide')).toEqual(['ab漢', '字']);
    expect(await read('üü12', 'bytes')).toEqual(['üü', '12']);
    // A character across a border is the next field's.
    expect(await read('abcü1', 'bytes')).toEqual(['abc', 'ü1']);
    expect(await read('abc漢1', 'wide')).toEqual(['abc', '漢1']);
  });

  it('keep padding or take it off', async () => {
    const read = async (trim: FixedWidthOptions['trim']) =>
      (await readCells(' a \t b\n    c \n', { ...absent, trim, widths: ['4', '4'] })).rows;
    expect(await read('both')).toEqual([
      ['a', 'b'],
      [null, 'c'],
    ]);
    expect(await read('right')).toEqual([
      [' a', ' b'],
      [null, 'c'],
    ]);
    expect(await read('none')).toEqual([
      [' a \t', ' b'],
      ['    ', 'c '],
    ]);
  });

  it('keep the spelling of values, and null texts', async () => {
    const { rows } = await readCells('007 1.10\nNULL    \n', {
      ...absent,
      widths: ['4', '4'],
      nullText: 'NULL',
    });
    expect(rows).toEqual([
      ['007', '1.10'],
      [null, ''],
    ]);
  });
});

describe('lines of another length', () => {
  const TEXT = 'aa bb cc\n11\n22 33 44 tail\n55 66 7\n';
  const given: Partial<FixedWidthOptions> = { header: 'present', widths: ['1-2', '4-5', '7-8'] };

  it('fail with line and column', async () => {
    await expect(readCells(TEXT, { ...given, raggedRows: 'fail' })).rejects.toMatchObject({
      code: 'read.fixed-width.short-line',
      parameters: { line: 2, column: 'bb' },
    });
    await expect(
      readCells(TEXT, { ...given, raggedRows: 'fail', skipLines: 2, header: 'absent' }),
    ).rejects.toMatchObject({
      code: 'read.fixed-width.outside',
      parameters: { line: 3, place: 10, value: 'tail' },
    });
  });

  it('are rejected, filled or cut, and counted', async () => {
    const rejected = await readCells(TEXT, { ...given, raggedRows: 'reject' });
    expect(rejected.rows).toEqual([['55', '66', '7']]);
    expect(rejected.rejects).toMatchObject([
      { row: 0, line: 2, record: '11', code: 'read.fixed-width.short-line' },
      { row: 1, line: 3, record: '22 33 44 tail', code: 'read.fixed-width.outside' },
    ]);
    const padded = await readCells(TEXT, { ...given, raggedRows: 'pad' });
    expect(padded.rows).toEqual([
      ['11', null, null],
      ['55', '66', '7'],
    ]);
    expect(padded.rejects).toMatchObject([{ line: 3 }]);
    expect(padded.losses).toMatchObject([{ code: 'fixed-width.row-padded', count: 1 }]);
    const fit = await readCells(TEXT, { ...given, raggedRows: 'fit' });
    expect(fit.rows).toEqual([
      ['11', null, null],
      ['22', '33', '44'],
      ['55', '66', '7'],
    ]);
    expect(fit.losses.map(({ code, count }) => [code, count])).toEqual([
      ['fixed-width.row-padded', 1],
      ['fixed-width.row-cut', 1],
    ]);
    expect(fit.lines).toEqual([2, 3, 4]);
  });

  it('have text between the columns too', async () => {
    await expect(readCells('abc\n', { ...absent, widths: ['1', '3-3'] })).rejects.toMatchObject({
      code: 'read.fixed-width.outside',
      parameters: { place: 2, value: 'bc' },
    });
    expect((await readCells('a|c|\n', { ...absent, widths: ['1', '3-3'] })).rows).toEqual([
      ['a', 'c'],
    ]);
  });
});

describe('lines around the table', () => {
  it('are left out, counted, and keep the line numbers', async () => {
    const text =
      'Report\n-- c\n 2025      \n sold cost\n ==== ====\n\n    1    2\n-- c\n    3    4\n\nTotal 4\n';
    for (const size of [1, 5, 100]) {
      const { names, rows, lines, losses } = await readCells(
        text,
        {
          widths: ['5', '5'],
          skipLines: 1,
          skipLastLines: 2,
          headerRows: 2,
          headerJoin: '-',
          ruler: 'present',
          comment: '--',
        },
        { size },
      );
      expect(names).toEqual(['2025-sold', '2025-cost']);
      expect(rows).toEqual([
        ['1', '2'],
        ['3', '4'],
      ]);
      expect(lines).toEqual([7, 9]);
      expect(losses.map(({ code, count }) => [code, count])).toEqual([
        ['fixed-width.first-lines', 1],
        ['fixed-width.comment-lines', 2],
        ['fixed-width.last-lines', 2],
      ]);
    }
  });
});

it('reads files larger than a window, and refuses lines larger than the limit', async () => {
  const text = '0000000001 ü 12.50\n'.repeat(120_000);
  const { rows, lines } = await readCells(
    text,
    { ...absent, widths: ['10', '12-12', '14-'], outside: 'any' },
    { size: 65_521 },
  );
  expect(rows).toHaveLength(120_000);
  expect(rows.every((row) => row[0] === '0000000001' && row[2] === '12.50')).toBe(true);
  expect(lines.at(-1)).toBe(120_000);
  await expect(
    readCells(
      `ab\n${'x'.repeat(5_000)}\n`,
      { ...absent, widths: ['1-'] },
      { limits: { recordBytes: 1_000 } },
    ),
  ).rejects.toMatchObject({ code: 'read.fixed-width.record-too-large' });
});

it('holds declared types', async () => {
  const { rows, rejects } = await readCells(
    'n  t\n1  a\nx  b\n',
    { widths: ['2', '4-'] },
    {
      columns: [{ column: { name: 'n' }, type: 'int64' }],
    },
  );
  expect(rows).toEqual([['1', 'a']]);
  expect(rejects).toMatchObject([{ line: 3, column: 'n', code: 'read.misfit' }]);
});

it('damaged files give rows or an error that names itself', { timeout: 60_000 }, async () => {
  let seed = 20_261_121;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const texts = [
    ' id | name\n----+------\n  1 | a\n  2 | ü b\n(2 rows)\n\n',
    'Stock\n\nid   name  n\n1    a     2.5\n22   b\n\nTotal      2.5\n',
  ];
  const outcomes = new Set<string>();
  for (const text of texts)
    for (let round = 0; round < 120; round++) {
      const bytes = [...utf8(text)];
      for (let k = random(3); k >= 0; k--) {
        const at = random(bytes.length);
        const byte = utf8(' \n\r-+|=aü')[random(9)]!;
        const way = random(3);
        if (way === 0) bytes[at] = byte;
        else if (way === 1) bytes.splice(at, 1 + random(4));
        else bytes.splice(at, 0, byte);
      }
      const damaged = utf8(new TextDecoder().decode(Uint8Array.from(bytes)));
      const raggedRows = (['fail', 'reject', 'pad', 'fit'] as const)[random(4)]!;
      const read = (size: number) =>
        readCells(damaged, { raggedRows }, { size }).then(
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
  expect(outcomes).toContain('read.fixed-width.outside');
});
