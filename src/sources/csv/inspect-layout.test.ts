// What inspecting says of layouts: rare delimiters, titles above, sums below; and that rows are not taken for any of them.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import { inspectCsv } from './inspect.ts';
import type { CsvOptions } from './options.ts';
import { readCells, utf8 } from './testing.ts';

function inspect(text: string, given: Partial<CsvOptions> = {}, isWhole = true) {
  const sample = utf8(text);
  const { options, evidence, schema } = inspectCsv({
    given,
    columns: [],
    sample,
    profiles: false,
    isWhole,
    sizeBytes: sample.length,
    name: 'x.csv',
    limits: DEFAULT_LIMITS,
  });
  const { delimiter, skipLines, skipLastLines } = options;
  return {
    delimiter,
    skipLines,
    skipLastLines,
    names: schema.fields.map((field) => field.name),
    sentence: (option: string) => evidence.find((each) => each.option === option)?.sentence,
  };
}

describe('delimiters that few files have', () => {
  it.each([
    ['||', 'id||name||n\n1||a, b||2\n2||c||3\n'],
    ['||', 'id||name||n\n1||||2\n2||c|d||3\n'],
    [';;', 'id;;n\n1;;2,5\n2;;3,5\n'],
    ['~|~', 'id~|~name\n1~|~a\n2~|~b\n'],
    ['¦', 'id¦name\n1¦a\n2¦b\n'],
    ['§', 'id§name§n\n1§a, b§2\n2§b§3\n'],
    ['\u0001', 'id\u0001name\n1\u0001a,b\n2\u0001c,d\n'],
    ['\u001f', 'id\u001fname\n1\u001fa\n'],
    ['::', '1::1193::5::978300760\n1::661::3::978302109\n1::914::3::978301968\n'],
  ])('%j is found', (delimiter, text) => {
    const found = inspect(text);
    expect(found.delimiter).toBe(delimiter);
    expect(found.sentence('delimiter')).toMatch(/splits \d+ of the first \d+ records/);
  });

  it.each([
    ['|', 'id|a|b\n1||2\n2|x|3\n'],
    ['|', 'a|b|c|d\n1|x||\n'],
    [',', 'law,n\n§ 5,1\n§ 6,2\n'],
    [',', 'from,to\nfe80::1,fe80::2\nfe80::3,fe80::4\n'],
    [',', 'address\nfe80::1\nfe80::2\n'],
    [';', 'a;b;c\n1;;2\n3;4;5\n'],
    [',', 'id,tags\n1,x||y\n2,z\n'],
  ])('but %j stays in %j', (delimiter, text) => {
    expect(inspect(text).delimiter).toBe(delimiter);
  });
});

describe('lines above the table', () => {
  const ROWS = 'id,name,n,unit\n1,a,2,kg\n2,b,3,kg\n3,c,4,kg\n';

  it.each([
    ['a title and a blank line', `Stock of the year\n\n${ROWS}`, 2],
    ['many lines, most of the file', `Stock\nBranch,North\nMade by,Ann\n\n\n${ROWS}`, 5],
    ['a stray quote', `Stock of 5" pipes\n"Unclosed\n${ROWS}`, 2],
    ['a spreadsheet’s even lines', `Stock,,,\n,,,\nBranch,,,\n${ROWS}`, 3],
    ['a comment among them', `Stock\n# made by hand\n${ROWS}`, 2],
    ['another delimiter', `Stock, all branches\n\n${ROWS.replaceAll(',', ';')}`, 2],
    ['a rare delimiter', `Stock\n\n${ROWS.replaceAll(',', '||')}`, 2],
    ['lone CR', `Stock\r\r${ROWS.replaceAll('\n', '\r')}`, 2],
    ['CR LF', `Stock\r\n\r\n${ROWS.replaceAll('\n', '\r\n')}`, 2],
  ])('%s', async (_, text, lines) => {
    const found = inspect(text);
    expect(found.skipLines).toBe(lines);
    expect(found.names).toEqual(['id', 'name', 'n', 'unit']);
    expect(found.sentence('skipLines')).toMatch(/Stock/);
    const { rows, losses } = await readCells(text);
    expect(rows).toHaveLength(3);
    expect(losses).toMatchObject([{ code: 'csv.first-lines', count: lines }]);
  });

  it.each([
    ['a header narrower than its rows', 'id,name\n1,2,3,4\n2,3,4,5\n'],
    ['one column', 'Stock\n\na\nb\n'],
    ['a sparse first row', 'id,a,b,c\n1,,,\n2,x,y,z\n'],
    ['a first row of nulls', ',,,\nid,a,b,c\n2,x,y,z\n'],
    ['free text', 'Dear all\nhello, all\nmore words\nand, so, on\n'],
    ['a field of several lines', '"x\nid,n",b\n1,2\n3,4\n'],
    ['merged headings', 'id,2025,,2026,\n,sold,cost,sold,cost\n1,2,3,4,5\n2,3,4,5,6\n'],
    ['ragged rows', 'a,b,c\n1,2\n1,2,3\n1,2\n'],
  ])('but not %s', (_, text) => {
    expect(inspect(text).skipLines).toBe(0);
  });

  it('are rows where the user says that there is no header, or how many there are', () => {
    const even = `Stock,,,\n${ROWS}`;
    expect(inspect(even, { header: 'absent' }).skipLines).toBe(0);
    expect(inspect(even, { skipLines: 0 }).names[0]).toBe('Stock');
    expect(inspect(even, { headerRows: 2 }).skipLines).toBe(0);
  });
});

describe('lines below the table', () => {
  const ROWS = 'id,name,n,unit\n1,a,2,kg\n2,b,3,kg\n3,c,4,kg\n';

  it.each([
    ['a sum', `${ROWS}Total,,9,\n`, 1],
    ['a sum in the second cell', `${ROWS},Total:,9,\n`, 1],
    ['a short sum', `${ROWS}Summe;9\n`.replaceAll(',', ';'), 1],
    ['a sum below a blank line', `${ROWS}\nGrand total,3,9,kg\n`, 2],
    ['a row count', `${ROWS}(3 rows)\n`, 1],
    ['a row count below a blank line', `${ROWS}\n3 rows affected.`, 2],
    ['several lines', `${ROWS}\nSum,,9,\nMade by Ann\n\n`, 4],
    ['a note', `${ROWS}Source: the office of stocks\n`, 1],
    ['a stray quote', `${ROWS}\n"Unclosed, as notes are\n`, 2],
  ])('%s', async (_, text, lines) => {
    const found = inspect(text);
    expect(found.skipLastLines).toBe(lines);
    expect(found.sentence('skipLastLines')).toMatch(/last/);
    const { rows, losses } = await readCells(text);
    expect(rows).toHaveLength(3);
    expect(losses).toMatchObject([{ code: 'csv.last-lines', count: lines }]);
  });

  it.each([
    ['a record that was cut off', `${ROWS}4,d`],
    ['a record cut off in its first field', `${ROWS}4`],
    ['a record cut off in a first field of several words', `${ROWS}New York (old`],
    ['a sparse last row', `${ROWS}4,,,\n`],
    ['a whole row that speaks of totals', `${ROWS}Total,war,1,kg\n`],
    ['a last row with a blank line behind', `${ROWS}\n\n`],
    ['one column', 'name\na\n\nTotal\n'],
    ['a field of several lines', `${ROWS}4,"d\n\nTotal",2,kg\n`],
  ])('but not %s', (_, text) => {
    expect(inspect(text).skipLastLines).toBe(0);
  });

  it('are proposed only where the end of the file was seen, and the user left it open', () => {
    expect(inspect(`${ROWS}Total,,9,\n`, {}, false).skipLastLines).toBe(0);
    expect(inspect(`${ROWS}Total,,9,\n`, { skipLastLines: 0 }).skipLastLines).toBe(0);
  });
});
