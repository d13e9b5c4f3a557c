// Inspecting fixed-width text: the tables that databases' shells print, reports, and listings without any header.
import { describe, expect, it } from 'vitest';
import { typeName } from '../../table/data-type.ts';
import { fixedWidthSource } from './source.ts';
import type { FixedWidthOptions } from './options.ts';
import { inspect, readCells, utf8 } from './testing.ts';

const ROWS = [
  ['1', 'Ann Lee', '2.5'],
  ['22', 'Bo', null],
  ['333', null, '4.25'],
];

const SQLITE = `id   name     n   
---  -------  ----
1    Ann Lee  2.5 
22   Bo           
333           4.25
`;

const BORDERED = `+-----+---------+------+
| id  |  name   |  n   |
+-----+---------+------+
| 1   | Ann Lee | 2.5  |
| 22  | Bo      |      |
| 333 |         | 4.25 |
+-----+---------+------+
`;

const PSQL = ` id  |  name   |  n   
-----+---------+------
   1 | Ann Lee |  2.5
  22 | Bo      |     
 333 |         | 4.25
(3 rows)

`;

const SQLPLUS = `
        ID NAME             N
---------- ------- ----------
         1 Ann Lee        2.5
        22 Bo
       333               4.25

3 rows selected.
`;

const REPORT = `Stock of the north branch, all goods, by name and number
Printed 21 November 2026

id   name        n

  1  Ann Lee   2.5
 22  Bo
333           4.25

Total         6.75
`;

describe('tables', () => {
  it.each([
    ['of sqlite3', SQLITE, 0, 0],
    ['with borders', BORDERED, 1, 1],
    ['with borders and a count', `${BORDERED}3 rows in set (0.00 sec)\n`, 1, 2],
    ['of psql', PSQL, 0, 2],
    ['of SQL*Plus', SQLPLUS, 0, 2],
    ['of a report', REPORT, 3, 2],
    ['with CR LF', PSQL.replaceAll('\n', '\r\n'), 0, 2],
    ['below a title', `Goods\n\n${SQLITE}`, 2, 0],
  ])('%s', async (_, text, skipLines, skipLastLines) => {
    const { inspection, names, rows, rejects } = await readCells(text);
    expect(inspection.options).toMatchObject({ header: 'present', skipLines, skipLastLines });
    expect(names.map((name) => name.toLowerCase())).toEqual(['id', 'name', 'n']);
    expect(inspection.schema.fields.map((field) => typeName(field.type).slice(0, 7))).toEqual([
      'int64',
      'utf8',
      expect.stringMatching(/decimal|float64/),
    ]);
    expect(rows).toEqual(ROWS);
    expect(rejects).toEqual([]);
    expect(inspection.estimatedRows).toBe(3);
    const told = inspection.evidence.map((each) => each.option);
    expect(told).toEqual(expect.arrayContaining(['widths', 'header', 'ruler']));
    expect(told.includes('skipLines')).toBe(skipLines > 0);
    expect(told.includes('skipLastLines')).toBe(skipLastLines > 0);
  });

  it('are recognised by their dashes, and nothing else is', () => {
    const sure = (text: string) => fixedWidthSource.recognise!(utf8(text));
    for (const text of [SQLITE, BORDERED, PSQL, SQLPLUS]) expect(sure(text)).toBe(2);
    for (const text of [
      REPORT,
      'a,b\n---,---\n1,2\n',
      '| a | b |\n|---|---|\n| 1 | 2 |\n',
      'title: x\n---\ntext\n',
      'Heading\n-------\ntext\n',
      '- a\n- - -\n',
    ])
      expect(sure(text)).toBe(1);
    expect(sure('a\0b')).toBe(0);
  });
});

describe('columns from blanks', () => {
  const listing = (rows: number): string =>
    Array.from({ length: rows }, (_, i) => {
      const size = String((i * 7919) % 100_000).padStart(7);
      return `${'drwx'.slice(i % 2).padEnd(4)} ${['ann', 'bob', 'christine'][i % 3]!.padEnd(10)} ${size} file ${i}`;
    }).join('\n');

  it('keep a blank place between any two, so that longer values are noticed', async () => {
    const { inspection, rows } = await readCells(`${listing(40)}\n`, {});
    const { widths: columns, header } = inspection.options;
    expect(header).toBe('absent');
    expect(rows).toHaveLength(40);
    expect(rows[2]!.slice(0, 3)).toEqual(['drwx', 'christine', '15838']);
    expect(columns[0]).toBe('1-4');
    expect(columns.at(-1)).toMatch(/-$/);
    await expect(
      readCells(`${listing(40).replace('christine ', 'christine of the north ')}\n`, {
        widths: columns,
        header: 'absent',
      }),
    ).rejects.toMatchObject({ code: 'read.fixed-width.outside', parameters: { line: 3 } });
  });

  it('need more than a few words that end at the same place by chance', () => {
    const few = inspect('Anna Berg\nLisa Hahn\nOtto Wolf\n', { header: 'absent' });
    expect(few.options.widths).toEqual(['1-']);
    expect(few.evidence.find((each) => each.option === 'widths')!.sentence).toMatch(/one column/);
  });

  it('do not end where all values of a named column happen to have a blank', () => {
    const names = ['Ann Lee', 'Bob Fox', 'Zoe Ray'];
    const rows = Array.from({ length: 12 }, (_, i) => `${names[i % 3]}  ${i + 10}\n`).join('');
    expect(inspect(`name     n\n${rows}`).options.widths).toEqual(['1-8', '10-']);
    expect(inspect(rows, { header: 'absent' }).options.widths).toEqual(['1-3', '5-8', '10-']);
  });

  it('are looked for in lines from the whole sample', () => {
    const late = `${'ab cd\n'.repeat(6_000)}${'ab xcd\n'.repeat(3_000)}`;
    const { widths: columns } = inspect(late, { header: 'absent' }).options;
    expect(columns).toEqual(['1-2', '4-']);
    expect(inspect(`${late}${'abcde\n'.repeat(30)}`, { header: 'absent' }).options.widths).toEqual([
      '1-',
    ]);
  });

  it('are those that the user gives', () => {
    const given: Partial<FixedWidthOptions> = { widths: ['id=3', '5-'], header: 'absent' };
    const found = inspect('001 abc\n002 def\n', given);
    expect(found.options.widths).toEqual(['id=3', '5-']);
    expect(found.schema.fields.map(({ name, type }) => [name, type.kind])).toEqual([
      ['id', 'utf8'],
      ['column2', 'utf8'],
    ]);
    expect(found.evidence.map((each) => each.option)).not.toContain('widths');
  });
});

it('says where lines were cut off at the end, and fills them', async () => {
  const { inspection, rows, losses } = await readCells(SQLPLUS);
  expect(inspection.options.raggedRows).toBe('pad');
  expect(inspection.evidence.find((each) => each.option === 'raggedRows')!.sentence).toMatch(
    /Line 5/,
  );
  expect(rows[1]).toEqual(['22', 'Bo', null]);
  expect(losses).toMatchObject([
    { code: 'fixed-width.row-padded', count: 1 },
    { code: 'fixed-width.last-lines' },
  ]);
});

it('refuses what holds no lines', () => {
  expect(() => inspect('')).toThrow('is empty');
  expect(() => inspect('\n \n')).toThrow('is empty');
  expect(() => inspect('a\0b')).toThrow('does not look like text');
});
