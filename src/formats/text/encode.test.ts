// What text adds to the shared suite: the template language and its mistakes, and values that mean nothing in their targets.
import { DuckDBInstance } from '@duckdb/node-api';
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { INT64, parseTypeName, UTF8 } from '../../table/data-type.ts';
import { isXmlCharacter } from '../../table/xml-characters.ts';
import { askPython } from '../ask-python.suite.ts';
import { encodeAll, naughtyStrings, textBatch } from '../format.suite.ts';
import { readTemplates } from './check.ts';
import { textFormat } from './format.ts';
import { maskNumber, parseNumberMask } from '../../contract/number-mask.ts';
import { TEXT_OPTIONS } from './options.ts';

const SCHEMA = schemaOf([
  ['city', UTF8],
  ['unit price', parseTypeName('decimal(10,2)')!],
  ['n', INT64],
  ['n', INT64],
]);
const ROWS = [
  ['Lima', '1.10', '007', '2'],
  [null, '0.5', null, '3'],
];

async function lines(row: string, options = {}): Promise<string[]> {
  const { text } = await encodeAll(textFormat, { row, ...options }, SCHEMA, [
    textBatch(SCHEMA, ROWS),
  ]);
  return text.slice(0, -1).split('\n');
}

describe('templates', () => {
  it.each([
    ['{city}', ['Lima', '']],
    // What is only moved keeps its spelling; what is computed has the type's.
    ['{"unit price"} {n} {n#2}', ['1.10 007 2', '0.5  3']],
    ['{"unit price" + 1}', ['2.10', '1.50']],
    ["{ city | upper | default:'it''s {*}' }", ['LIMA', "it's {*}"]],
    ["{coalesce(city, '}')}|{{}}", ['Lima|{}', '}|{}']],
    ["{city || '|' || 'x'}", ['Lima|x', '']],
    ['{@index} {@rowNumber}', ['0 1', '1 2']],
    ["{* | join:';'}", ['Lima;1.10;007;2', ';0.5;;3']],
    ['{city | json} {city | sql} {n#2 | json}', ['"Lima" \'Lima\' 2', 'null NULL 3']],
    ['{city | raw}', ['Lima', ''], { target: 'json' }],
    ["{city | default:'<none>'}", ['Lima', '&lt;none&gt;'], { target: 'html' }],
    ["{n#2 | number:'0.00'}", ['2.00', '3.00']],
  ] as [string, string[], Record<string, string>?][])('%s', async (row, wanted, options = {}) => {
    expect(await lines(row, options)).toEqual(wanted);
  });

  it.each([
    ['row', 'a\n {cty}', 2, 3, 'Did you mean city?'],
    ['row', '{upper(}', 1, 8, null],
    ['row', '{city', 1, 1, 'Close it'],
    ['row', 'a}', 1, 2, 'Write }}'],
    ['row', '{}', 1, 2, 'Name a column'],
    ['row', '{city | uper}', 1, 8, 'Use upper.'],
    ['row', '{city | default}', 1, 8, "default:'–'"],
    ['row', "{city | trim:'x'}", 1, 8, 'Write trim.'],
    ['row', "{n | number:'x'}", 1, 5, "number:'#,##0.00'"],
    ['row', "{city | join:','}", 1, 8, 'join'],
    ['row', '{@rownumber}', 1, 2, '@rowNumber'],
    ['row', '{@rows}', 1, 2, 'after the rows'],
    ['prefix', '{city}', 1, 2, 'template of each row'],
    ['prefix', '{*}', 1, 2, '{@columns}'],
    ['suffix', '{@index}', 1, 2, 'template of each row'],
  ] as const)('%s template %j is wrong at %d:%d', async (place, template, line, column, remedy) => {
    const options = { ...TEXT_OPTIONS.defaults, [place]: template };
    const [finding, ...more] = readTemplates(options, SCHEMA).findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', option: place, code: 'text.template' });
    expect(finding!.sentence).toContain(
      `${place} template cannot be read at line ${line}, column ${column}:`,
    );
    if (remedy !== null) expect(finding!.remedy!.title).toContain(remedy);
    await expect(encodeAll(textFormat, { [place]: template }, SCHEMA, [])).rejects.toMatchObject({
      code: 'config.conflict',
    });
  });

  it('fails or counts where a value cannot be computed', async () => {
    await expect(lines('{cast(city as int64)}')).rejects.toMatchObject({
      code: 'expression.failed',
    });
    const { text, losses } = await encodeAll(
      textFormat,
      { row: '{cast(city as int64)}', onError: 'null', nullText: '?' },
      SCHEMA,
      [textBatch(SCHEMA, ROWS)],
    );
    expect(text).toBe('?\n?\n');
    expect(losses).toMatchObject([{ code: 'text.not-computed', count: 1 }]);
  });
});

describe('masks of numbers', () => {
  it.each([
    ['#,##0.00', '1234567.895', '1,234,567.90'],
    ['#.##0,00', '-1234.5', '-1.234,50'],
    ['# ##0', '999999.5', '1 000 000'],
    ['0.0#', '2', '2.0'],
    ['0.0#', '2.126', '2.13'],
    ['0.##', '2.10', '2.1'],
    ['0', '-0.4', '0'],
    ['0.00', '-0.005', '-0.01'],
    ['#,##0', '12345678901234567890', '12,345,678,901,234,567,890'],
    ['0.00', '1e+21', '1e+21'],
    ['0.00', 'NaN', 'NaN'],
    ['#$##0.0', '1234.56', '1$234.6'],
    ['0.00', '007', '7.00'],
  ])('%s of %s is %s', (mask, text, wanted) => {
    expect(maskNumber(text, parseNumberMask(mask)!)).toBe(wanted);
  });

  it.each(['', 'x', '#,##0.', '0,0,0', '#,##', '#.##0.0', '00'])('%j is none', (mask) => {
    expect(parseNumberMask(mask)).toBeNull();
  });
});

const strings = naughtyStrings();

describe.skipIf(strings === null)('naughty strings', () => {
  const all = (strings ?? []).filter((text) => !text.includes('\0'));
  const TEXT = schemaOf([['v', UTF8]]);

  async function written(target: string, row: string, separator: string): Promise<string> {
    const options = { target, row, separator, suffix: '' };
    const batch = batchOf(
      TEXT,
      all.map((text) => [text]),
    );
    return (await encodeAll(textFormat, options, TEXT, [batch])).text;
  }

  it('are texts of JSON and parts of addresses', async () => {
    expect(JSON.parse(`[${await written('json', '{v}', ',\n')}]`)).toEqual(all);
    const parts = (await written('url', '{v}', '/')).split('/');
    expect(parts.map((part) => decodeURIComponent(part))).toEqual(all);
    for (const part of parts) expect(part).toMatch(/^[-\w.~%]*$/);
  });

  it.each([',', ';', '\t'])('are fields of CSV with %j', async (delimiter) => {
    const text = await written('csv', `{v}${delimiter}{v}`, '\n');
    const { data } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
    expect(data).toEqual(all.map((value) => [value, value]));
  });

  it('are literals of SQL', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const values = await written('sql', '({v})', ', ');
    const reader = await connection.runAndReadAll(`SELECT hex(v) FROM (VALUES ${values}) AS t(v)`);
    expect(reader.getRows().map(([hex]) => Buffer.from(String(hex), 'hex').toString())).toEqual(
      all,
    );
  });

  it('are text of XML and HTML, between tags and in attributes', async () => {
    const found: string[][] = [];
    const parser = new SaxesParser();
    let texts: string[] = [];
    parser.on('opentag', ({ attributes }) => {
      texts = [attributes.a ?? '', ''];
    });
    parser.on('text', (text) => {
      texts[1] += text;
    });
    parser.on('closetag', ({ name }) => {
      if (name === 'v') found.push(texts);
    });
    parser.write(`<all>${await written('xml', '<v a="{v}">{v}</v>', '')}</all>`).close();
    const held = all.map((text) =>
      Array.from(text, (c) => (isXmlCharacter(c.codePointAt(0)!) ? c : '\ufffd')).join(''),
    );
    expect(found.map(([, text]) => text)).toEqual(held);
    expect(found.map(([value]) => value)).toEqual(
      held.map((text) => text.replaceAll(/[\t\n]/g, ' ')),
    );

    const readHtml = askPython<string, string[][]>(`
from html.parser import HTMLParser
class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
    def handle_starttag(self, tag, attributes):
        if tag != "p": raise ValueError(tag)
        self.found.append([dict(attributes)["title"], ""])
    def handle_data(self, data): self.found[-1][1] += data
def answer(text):
    reader = Reader(); reader.feed(text); reader.close()
    return reader.found
`);
    expect(await readHtml(await written('html', '<p title="{v}">{v}</p>', ''))).toEqual(
      all.map((text) => [text, text]),
    );
  });

  it('break out of no literal of MySQL', async () => {
    const text = await written('mysql', '{v}', '\n;\n');
    // As the manual has it: \\ and '' inside of quotes, and nothing else ends them.
    const literals = text.split('\n;\n');
    expect(literals).toHaveLength(all.length);
    for (const [i, literal] of literals.entries()) {
      expect(literal).toMatch(/^'(?:[^'\\]|''|\\\\)*'$/);
      expect(literal.slice(1, -1).replaceAll(/''|\\\\/g, (pair) => pair[0]!)).toBe(all[i]);
    }
  });
});
