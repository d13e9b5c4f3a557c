// What each option of the XML source does, and where records are found when nobody says.
import { describe, expect, it } from 'vitest';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { xmlOptions, type XmlOptions } from './options.ts';
import { looksLikeXml } from './recognise.ts';
import { utf8 } from '../testing.ts';
import { readRecords } from './testing.ts';

async function read(text: string, given: Partial<XmlOptions> = {}) {
  const { names, rows, types, losses, inspection } = await readRecords(text, { given });
  return { names, rows, types, losses, path: inspection.options.path, inspection };
}

describe('the path of the records', () => {
  it.each([
    ['<r><a/><b/><b/></r>', '/r/b'],
    ['<rss><channel><title/><item/><item/><item/></channel></rss>', '/rss/channel/item'],
    // Orders of a few lines each are the records; points in two tracks of many are.
    [`<os>${'<o><l><x/></l><l><x/></l></o>'.repeat(5)}</os>`, '/os/o'],
    [`<g>${`<t>${'<p><x/></p>'.repeat(30)}</t>`.repeat(2)}</g>`, '/g/t/p'],
    // Of texts and elements that both repeat, the elements.
    [`<r>${'<note>a</note>'.repeat(5)}${'<i k="1"/>'.repeat(4)}</r>`, '/r/i'],
    ['<config><a>1</a><b>2</b></config>', '/config'],
    ['<x:r xmlns:x="u"><x:i/><x:i/></x:r>', '/r/i'],
  ])('of %s is found: %s', async (text, path) => {
    const found = await read(text);
    expect(found.path).toBe(path);
    expect(found.inspection.evidence[0]).toMatchObject({ option: 'path' });
  });

  const tree = '<r><a><i>1</i></a><b><i>2</i><c><i>3</i></c></b><x:i xmlns:x="u">4</x:i></r>';
  it.each([
    ['/r/a/i', ['1']],
    ['//i', ['1', '2', '3', '4']],
    ['i', ['1', '2', '3', '4']],
    ['/r/*/i', ['1', '2']],
    ['/r//i', ['1', '2', '3', '4']],
    ['//b/i', ['2']],
    ['//x:i', ['4']],
    ['/*/i', ['4']],
  ])('%s', async (path, values) => {
    const { names, rows } = await read(tree, { path });
    expect(names).toEqual(['#text']);
    expect(rows.map(([value]) => value)).toEqual(values);
  });

  it('that leads nowhere, or is none, is an error', async () => {
    await expect(read(tree, { path: '/r/none' })).rejects.toMatchObject({
      code: 'read.xml.no-path',
    });
    for (const path of ['', '/', 'a/', '/a b', '///a', '/a[1]', '/a/@b'])
      expect(xmlOptions.parse({ path }).issues, path).toHaveLength(1);
    await expect(read(' \n')).rejects.toMatchObject({ code: 'read.empty' });
  });

  it('takes a record inside of a record for part of it', async () => {
    const { names, rows } = await read('<r><i><n>1</n><i><n>2</n></i></i></r>', { path: '//i' });
    expect([names, rows]).toEqual([['n', 'i.n'], [['1', '2']]]);
  });
});

describe('names', () => {
  const text =
    '<r xmlns:p="u" xmlns="v"><p:i p:k="1" k2="2"><p:a>x</p:a></p:i><p:i><b>y</b></p:i></r>';

  it('lose their prefixes or keep them', async () => {
    expect((await read(text)).names).toEqual(['@k', '@k2', 'a', 'b']);
    expect((await read(text, { names: 'prefixed' })).names).toEqual(['@p:k', '@k2', 'p:a', 'b']);
  });

  it('of attributes and own text are as asked for', async () => {
    const own = '<r><i k="1">own</i><i><k>2</k></i></r>';
    const { names, rows } = await read(own, { attributePrefix: '_', textName: 'value' });
    expect([names, rows]).toEqual([
      ['value', '_k', 'k'],
      [
        ['own', '1', null],
        [null, null, '2'],
      ],
    ]);
  });

  it('that come to the same column make it a list', async () => {
    const clash = '<r><i k="1"><k>2</k></i><i><a.b>3</a.b><a><b>4</b></a></i></r>';
    const { names, rows } = await read(clash, { attributePrefix: '' });
    expect([names, rows]).toEqual([
      ['k', 'a.b'],
      [
        ['["1","2"]', null],
        [null, '["3","4"]'],
      ],
    ]);
  });
});

describe('values', () => {
  it('keep white space unless it is to be trimmed, and always where the file says so', async () => {
    const text =
      '<r><i> a\n</i><i xml:space="preserve"> b </i><i> <![CDATA[ c ]]> </i><i>\t&#9;d</i></r>';
    const kept = await read(text);
    expect(kept.rows.flat()).toEqual([' a\n', ' b ', '  c  ', '\t\td']);
    const trimmed = await read(text, { whitespace: 'trim' });
    expect(trimmed.rows.flat()).toEqual(['a', ' b ', 'c', 'd']);
    const around = '<r xml:space="preserve"><i> a </i><i xml:space="default"> b </i></r>';
    expect((await read(around, { whitespace: 'trim' })).rows.flat()).toEqual([' a ', 'b']);
  });

  it('of attributes are normalised as XML has it', async () => {
    const { rows } = await read('<r><i a=" x\r\n\ty&#10;&#13; "/><i a="&quot;"/></r>');
    expect(rows).toEqual([[' x  y\n\r '], ['"']]);
  });

  it('have their line ends as LF, whatever stands in the file', async () => {
    const { rows } = await read('<r><i>a\r\nb\rc&#13;</i><i><![CDATA[d\r\ne\r]]></i></r>');
    expect(rows).toEqual([['a\nb\nc\r'], ['d\ne\n']]);
  });

  const empty = '<r><i><n>1</n><t>x</t></i><i><n/><t/></i><i><n></n><t></t></i></r>';
  it.each([
    ['auto', ['int64', 'utf8'], [null, '']],
    ['text', ['utf8', 'utf8'], ['', '']],
    ['null', ['int64', 'utf8'], [null, null]],
  ] as const)('that are empty: %s', async (emptyValues, types, cells) => {
    const found = await read(empty, { emptyValues });
    expect(found.types).toEqual(types);
    expect(found.rows.slice(1)).toEqual([cells, cells]);
  });

  it('are null by xsi:nil, whatever its prefix', async () => {
    const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
    const text = `<r xmlns:n="${xsi}"><i><a n:nil="true"/></i><i><a n:nil="0">x</a></i><i><a n:nil="1"/></i></r>`;
    const { names, rows } = await read(text);
    expect([names, rows]).toEqual([['a'], [[null], ['x'], [null]]]);
  });

  it('between elements are joined, and counted as a loss', async () => {
    const { names, rows, losses } = await read(
      '<r><i><p>one <b>two</b> three</p></i><i><p>four</p></i></r>',
    );
    expect([names, rows]).toEqual([
      ['p', 'p.b'],
      [
        ['one  three', 'two'],
        ['four', null],
      ],
    ]);
    expect(losses).toEqual([expect.objectContaining({ code: 'xml.mixed-text', column: 'p' })]);
  });

  it('by default from a document type are missing, which is told', async () => {
    const { losses } = await read('<!DOCTYPE r [<!ATTLIST i a CDATA "1">]><r><i/><i>x</i></r>');
    expect(losses).toEqual([expect.objectContaining({ code: 'xml.default-left-out', count: 1 })]);
  });
});

describe('nested elements', () => {
  const text =
    '<r><i><a k="1">x</a><b/></i><i><a>y</a><b><c>1</c></b></i><i><b><c>2</c><c>3</c></b></i></r>';

  it('as columns', async () => {
    const { names, types, rows } = await read(text);
    expect([names, types]).toEqual([
      ['a', 'a.@k', 'b.c'],
      ['utf8', 'int64', 'list<utf8>'],
    ]);
    expect(rows).toEqual([
      ['x', '1', null],
      ['y', null, '["1"]'],
      [null, null, '["2","3"]'],
    ]);
  });

  it('as JSON', async () => {
    const { names, types, rows } = await read(text, { nested: 'json' });
    expect([names, types]).toEqual([
      ['a', 'b'],
      ['json', 'struct<c: json>'],
    ]);
    expect(rows).toEqual([
      ['{"@k":"1","#text":"x"}', null],
      ['"y"', '{"c":"1"}'],
      [null, '{"c":["2","3"]}'],
    ]);
  });

  it('that repeat are a list of objects', async () => {
    const { types, rows } = await read(
      '<r><i><l n="1"><q>2</q></l><l><q>&lt;</q></l></i><i><l n="3"/></i></r>',
      { path: '/r/i' },
    );
    expect(types).toEqual(['list<struct<@n: utf8, q: utf8>>']);
    expect(rows).toEqual([['[{"@n":"1","q":"2"},{"q":"<"}]'], ['[{"@n":"3"}]']]);
  });

  it.each([
    ['<i><a>1</a></i>', '<i><a k="1">x</a></i>', 'a', 'json'],
    ['<i><a k="1"/></i>', '<i><a>x</a></i>', 'a', 'json'],
    ['<i><a k="1"/></i>', '<i><a k="1"/><a/></i>', 'a', 'list<json>'],
    ['<i><a>1</a><a>2</a></i>', '<i><a k="1"/></i>', 'a', 'list<json>'],
    ['<i><a>1</a></i>', '<i><b><c/></b></i>', 'b', 'json'],
    ['<i><a>1</a></i>', '<i><b>2</b></i>', 'b', 'int64'],
  ])('as JSON: after %s, %s asks for another type', async (known, late, column, type) => {
    const text = `<r>${known}${known}${late}</r>`;
    const question = {
      given: { nested: 'json' as const, path: '/r/i' },
      sampleSize: text.length - late.length - 4,
    };
    const error = await readRecords(text, question).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SchemaGrowth);
    const { schema } = error as SchemaGrowth;
    const { names, types, rows } = await readRecords(text, { ...question, schema });
    expect(types[names.indexOf(column)]).toBe(type);
    expect(rows).toHaveLength(3);
    for (const row of rows)
      for (const [c, cell] of row.entries())
        if (cell !== null && /json|list/.test(types[c]!)) JSON.parse(cell);
  });

  it('met late are an error that names the line, when asked for', async () => {
    const text = '<r>\n<i><a>1</a></i>\n<i><a>2</a></i>\n<i><b>3</b></i>\n</r>';
    const question = { given: { newKeys: 'fail' as const }, sampleSize: 40 };
    await expect(readRecords(text, question)).rejects.toMatchObject({
      code: 'read.xml.new-key',
      parameters: { key: 'b', line: 4 },
    });
  });

  it('that nobody wants are not looked at', async () => {
    const text = '<r><i><a>1</a><b>2</b></i><i><a>1</a><b>2</b></i></r>';
    const { rows } = await readRecords(text, { wanted: new Set([1]) });
    expect(rows).toEqual([
      [null, '2'],
      [null, '2'],
    ]);
  });
});

describe('recognition', () => {
  it.each([
    ['<?xml version="1.0"?>', 2],
    ['\n <a:b c="d">', 2],
    ['<!-- x --><r/>', 2],
    ['<!DOCTYPE r SYSTEM "x.dtd">\n<r>', 2],
    ['<!DOCTYPE html><html>', 1],
    ['<html lang="en">', 1],
    ['a,b\n1,2', 0],
    ['<3 hearts, 2\n', 0],
    ['< a >', 0],
    ['{"a":1}', 0],
    ['', 0],
  ] as const)('of %j: %i', (head, sure) => {
    expect(looksLikeXml(utf8(head))).toBe(sure);
  });
});
