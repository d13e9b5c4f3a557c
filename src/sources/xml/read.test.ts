// XML to cells: where records are, what becomes of attributes, nested and repeated elements, and of everything met late.
import { describe, expect, it } from 'vitest';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { readRecords, type RecordsQuestion } from './testing.ts';

const CATALOG = `<?xml version="1.0" encoding="UTF-8"?>
<!-- books -->
<catalog xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <info>two &amp; more</info>
  <book id="1" lang="en">
    <title>War &amp; <![CDATA[<Peace>]]></title>
    <price currency="EUR">12.50</price>
    <sold>2024-01-02</sold>
    <author><first>Leo</first><last>Tolstoy</last></author>
    <tag>novel</tag>
    <tag>long</tag>
  </book>
  <book id="2">
    <title>&#x41;&#66;&#128512;</title>
    <price currency="USD">9.99</price>
    <sold xsi:nil="true"/>
    <author><last>Nobody</last></author>
    <tag>empty</tag>
  </book>
</catalog>
`;

const given = (options: NonNullable<RecordsQuestion['given']>): RecordsQuestion => ({
  given: options,
});

describe('records', () => {
  it('are found deeper than a path can say, and by names with more colons than one', async () => {
    const deep = `${'<a>'.repeat(40)}<r>1</r><r>2</r>${'</a>'.repeat(40)}`;
    const found = await readRecords(deep);
    expect(found.inspection.options.path).toBe('//r');
    expect(found.rows).toEqual([['1'], ['2']]);
    const odd = await readRecords('<x><a::b>1</a::b><a::b>2</a::b></x>');
    expect(odd.rows).toEqual([['1'], ['2']]);
  });

  it('are columns by name: attributes, elements, nested ones, lists', async () => {
    const { inspection, names, types, rows } = await readRecords(CATALOG);
    expect(inspection.options.path).toBe('/catalog/book');
    expect(inspection.evidence.map(({ option }) => option)).toEqual(['path', 'nested']);
    expect(names).toEqual([
      ...['@id', '@lang', 'title', 'price', 'price.@currency', 'sold'],
      ...['author.first', 'author.last', 'tag'],
    ]);
    expect(types).toEqual([
      ...['int64', 'utf8', 'utf8', 'decimal(18,2)', 'utf8', 'date'],
      ...['utf8', 'utf8', 'list<utf8>'],
    ]);
    expect(rows).toEqual([
      [
        ...['1', 'en', 'War & <Peace>', '12.50', 'EUR', '2024-01-02'],
        ...['Leo', 'Tolstoy', '["novel","long"]'],
      ],
      ['2', null, 'AB😀', '9.99', 'USD', null, null, 'Nobody', '["empty"]'],
    ]);
  });

  it('keep nested elements as JSON when asked to', async () => {
    const { names, types, rows } = await readRecords(CATALOG, given({ nested: 'json' }));
    expect(names).toEqual(['@id', '@lang', 'title', 'price', 'sold', 'author', 'tag']);
    expect(types[3]).toBe('struct<@currency: utf8, #text: utf8>');
    expect(rows[0]!.slice(3)).toEqual([
      '{"@currency":"EUR","#text":"12.50"}',
      '2024-01-02',
      '{"first":"Leo","last":"Tolstoy"}',
      '["novel","long"]',
    ]);
    expect(rows[1]![4]).toBeNull();
  });

  it('come out the same however the bytes and the sample are cut', async () => {
    const whole = await readRecords(CATALOG);
    for (const chunkSize of [1, 2, 3, 7, 64]) {
      const cut = await readRecords(CATALOG, { chunkSize });
      expect(cut.rows).toEqual(whole.rows);
    }
    const tight = await readRecords(CATALOG, { chunkSize: 5, limits: { recordBytes: 400 } });
    expect(tight.rows).toEqual(whole.rows);
  });
});

describe('records without anything', () => {
  it('are rows without columns, until one has something', async () => {
    expect((await readRecords('<r/>')).rows).toEqual([[]]);
    expect((await readRecords('<r><i/><i> </i></r>')).rows).toEqual([[], []]);
    const question = { given: { path: '/r/i' }, sampleSize: 11 };
    const text = '<r><i/><i/><i><a>1</a></i></r>';
    const error = await readRecords(text, question).catch((thrown: unknown) => thrown);
    const { schema } = error as SchemaGrowth;
    const { names, types, rows } = await readRecords(text, { ...question, schema });
    expect([names, types, rows]).toEqual([['a'], ['int64'], [[null], [null], ['1']]]);
  });
});

describe('what the sample did not know', () => {
  const late = `<r><i><a>1</a></i><i><a>2</a></i><i><a>3</a><a>4</a></i><i><b c="x"/></i></r>`;

  it('is asked for room', async () => {
    const error = await readRecords(late, { sampleSize: 40 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SchemaGrowth);
    const { schema, changes } = error as SchemaGrowth;
    expect(schema.fields.map(({ name, type }) => [name, type.kind])).toEqual([
      ['a', 'list'],
      ['b.@c', 'utf8'],
    ]);
    expect(changes).toEqual([
      { column: 'a', from: 'int64', value: '"4"', line: 1 },
      { column: 'b.@c', from: null, value: 'x', line: 1 },
    ]);
  });
});
