// XML as it is written: each option's bytes, and the judgement of xmllint on documents with a grammar.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { type DataType, type Schema, UTF8 } from '../../table/data-type.ts';
import type { Segment } from '../../contract/encoder.ts';
import { textOfXml } from '../judges.suite.ts';
import { xmlFormat } from './format.ts';
import { declarationOf } from './grammar.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const INT: DataType = { kind: 'int', bits: 32, signed: true };

async function encode(
  values: Record<string, unknown>,
  schema: Schema,
  rows: Value[][],
  charset = 'utf-8',
) {
  const parsed = xmlFormat.options.parse(values);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const encoder = (await xmlFormat.load()).openEncoder({
    options: parsed.value,
    schema,
    name: 'data',
    timeZone: 'UTC',
    charset: { id: charset, bom: true },
    startedAtMs: 0,
    sourceName: 'source.csv',
    part: 0,
  });
  const begun = encoder.begin();
  const batch = encoder.encodeBatch(batchOf(schema, rows), { firstRow: 0, isFirst: true });
  const segments: Segment[] = [...begun, ...batch.segments, ...encoder.end({ rowCount: 1 })];
  const side = segments.findIndex(({ entry }) => entry !== undefined);
  const textOf = (some: Segment[]): string =>
    some.map(({ bytes }) => decoder.decode(bytes)).join('');
  return {
    text: textOf(side < 0 ? segments : segments.slice(0, side)),
    beside: side < 0 ? null : textOf(segments.slice(side)),
    losses: batch.losses,
  };
}

/** The records alone, without what stands around them. */
async function records(values: Record<string, unknown>, schema: Schema, ...rows: Value[][]) {
  const { text } = await encode({ declaration: false, ...values }, schema, rows);
  return text.split('\n').slice(1, -2).join('\n');
}

const PEOPLE = schemaOf([
  ['id', INT],
  ['full name', UTF8],
  ['note', UTF8],
]);
const ANN: Value[] = [7, 'Ann & Bob', null];

describe('a record', () => {
  it.each<[Record<string, unknown>, string]>([
    [{}, '<record><id>7</id><full_x0020_name>Ann &amp; Bob</full_x0020_name></record>'],
    [
      { nameHandling: 'replace' },
      '<record><id>7</id><full_name>Ann &amp; Bob</full_name></record>',
    ],
    [
      { columnsAs: 'attributes', nullHandling: 'empty' },
      '<record id="7" full_x0020_name="Ann &amp; Bob" note=""/>',
    ],
    [
      { attributeColumns: ['id'], nameHandling: 'replace' },
      '<record id="7"><full_name>Ann &amp; Bob</full_name></record>',
    ],
    [
      { columnsAs: 'fields', fieldName: 'f', nullHandling: 'nil' },
      '<record><f name="id">7</f><f name="full name">Ann &amp; Bob</f><f name="note" xsi:nil="true"/></record>',
    ],
    [
      { cdata: 'needed', nameHandling: 'replace' },
      '<record><id>7</id><full_name><![CDATA[Ann & Bob]]></full_name></record>',
    ],
    [
      { prettyPrint: true, nameHandling: 'replace', nullHandling: 'empty' },
      '  <record>\n    <id>7</id>\n    <full_name>Ann &amp; Bob</full_name>\n    <note/>\n  </record>',
    ],
    [
      { namespace: 'urn:x', prefix: 'p', nameHandling: 'replace' },
      '<p:record><p:id>7</p:id><p:full_name>Ann &amp; Bob</p:full_name></p:record>',
    ],
  ])('with %j', async (values, expected) => {
    expect(await records(values, PEOPLE, ANN)).toBe(expected);
  });

  it('is empty where it holds nothing', async () => {
    expect(await records({}, PEOPLE, [null, null, null])).toBe('<record/>');
  });

  it('keeps empty text from null', async () => {
    expect(await records({}, PEOPLE, [null, '', null])).toBe('<record><full_x0020_name/></record>');
  });

  it('holds nested values as elements, with every digit', async () => {
    const schema = schemaOf([['tags', { kind: 'json' }]]);
    const json = '{"n":12345678901234567890.10,"l":[1,null,"a&b",[]],"e":"","o o":{"x":true}}';
    expect(await records({}, schema, [json])).toBe(
      '<record><tags><n>12345678901234567890.10</n><l><item>1</item><item/><item>a&amp;b</item><item/></l><e/><o_x0020_o><x>true</x></o_x0020_o></tags></record>',
    );
    expect(await records({ nested: 'json' }, schema, ['[1,2]'])).toBe(
      '<record><tags>[1,2]</tags></record>',
    );
    expect(await records({}, schema, ['[]'])).toBe('<record><tags/></record>');
  });
});

describe('characters', () => {
  const schema = schemaOf([['t', UTF8]]);
  const ugly = 'a\u0001\r\n\t"<>&]]>\ufffe_x0041_';

  it.each<[Record<string, unknown>, string, string | undefined]>([
    [{}, '<t>a_x0001_&#13;\n\t"&lt;&gt;&amp;]]&gt;_xFFFE__x005F_x0041_</t>', 'xml.illegal-escaped'],
    [
      { columnsAs: 'attributes' },
      ' t="a_x0001_&#13;&#10;&#9;&quot;&lt;&gt;&amp;]]&gt;_xFFFE__x005F_x0041_"/',
      'xml.illegal-escaped',
    ],
    [
      { illegalCharacters: 'replace' },
      '<t>a\ufffd&#13;\n\t"&lt;&gt;&amp;]]&gt;\ufffd_x0041_</t>',
      'xml.illegal-replaced',
    ],
    [
      { illegalCharacters: 'remove' },
      '<t>a&#13;\n\t"&lt;&gt;&amp;]]&gt;_x0041_</t>',
      'xml.illegal-removed',
    ],
    [
      { cdata: 'always', illegalCharacters: 'remove' },
      '<t><![CDATA[a]]>&#13;<![CDATA[\n\t"<>&]]]]><![CDATA[>_x0041_]]></t>',
      'xml.illegal-removed',
    ],
  ])('with %j', async (values, expected, code) => {
    const { text, losses } = await encode(values, schema, [[ugly]]);
    expect(text).toContain(expected);
    expect(losses.map((loss) => [loss.code, loss.count])).toEqual(code ? [[code, 2]] : []);
  });

  it('are read back, whatever stands before them', async () => {
    for (const text of ['_x0041\u0001', '_x0041\uffff', '_x0041_', '_x004', '__x0041__']) {
      const { text: document } = await encode({ declaration: false }, schema, [[text]]);
      expect(textOfXml(/<t>(.*)<\/t>/.exec(document)![1]!)).toBe(text);
    }
  });

  it('stop the run where wanted, with their place', async () => {
    await expect(encode({ illegalCharacters: 'fail' }, schema, [['ok'], [ugly]])).rejects.toThrow(
      'XML has no U+0001 (column “t”, row 2).',
    );
  });

  it('of names keep to what the charset has', async () => {
    const names = schemaOf([['prénom', UTF8]]);
    const { text } = await encode({}, names, [['é']], 'windows-1252');
    expect(text).toContain('encoding="WINDOWS-1252"');
    expect(text).toContain('<pr_x00E9_nom>é</pr_x00E9_nom>');
  });
});

it('names its charset', async () => {
  for (const [id, bom, name] of [
    ['utf-8', false, 'UTF-8'],
    ['utf-16le', true, 'UTF-16'],
    ['utf-16be', false, 'UTF-16BE'],
    ['ascii', false, 'US-ASCII'],
  ] as const)
    expect(declarationOf({ id, bom })).toBe(`<?xml version="1.0" encoding="${name}"?>\n`);
});

it('writes any name beside its value', async () => {
  const schema = schemaOf([['a\u0001"<_x0041_', UTF8]]);
  expect(await records({ columnsAs: 'fields' }, schema, ['v'])).toBe(
    '<record><field name="a_x0001_&quot;&lt;_x005F_x0041_">v</field></record>',
  );
});

describe('contradictions', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ rootName: 'all records' }, '“all records” is no XML name.'],
    [{ rowName: '' }, '“” is no XML name.'],
    [{ prefix: 'p' }, 'a prefix names a namespace'],
    [{ prefix: 'xsi', namespace: 'urn:x' }, 'belongs to the standard'],
    [{ columnsAs: 'attributes', nullHandling: 'nil' }, 'An attribute cannot be nil.'],
    [{ attributeColumns: ['nobody'] }, 'There is no column “nobody”'],
  ])('%j: %s', async (values, sentence) => {
    await expect(encode(values, PEOPLE, [ANN])).rejects.toThrow(sentence);
  });

  it('CDATA in a charset that lacks characters', async () => {
    await expect(encode({ cdata: 'always' }, PEOPLE, [ANN], 'ascii')).rejects.toThrow('CDATA');
  });
});

describe.skipIf(spawnSync('xmllint', ['--version']).error !== undefined)('xmllint', () => {
  const TYPED = schemaOf([
    ['id', INT],
    ['big', { kind: 'int', bits: 64, signed: false }],
    ['price', { kind: 'decimal', precision: 38, scale: 2 }],
    ['ratio', { kind: 'float', bits: 64 }],
    ['ok', { kind: 'bool' }],
    ['day', { kind: 'date' }],
    ['at', { kind: 'timestamp', unit: 'us', zone: 'UTC' }],
    ['clock', { kind: 'time', unit: 'ms' }],
    ['bytes', { kind: 'binary' }],
    ['full name', UTF8],
    ['id', UTF8],
  ]);
  const ROWS: Value[][] = [
    [1, 2n ** 64n - 1n, -5n, -Infinity, true, 0, 0n, 0n, Uint8Array.of(1, 2), 'a<b\u0001', 'x'],
    [-2, 0n, 10n ** 18n - 1n, NaN, false, 2932897, -1n, 86_399_999n, Uint8Array.of(), '', ''],
    TYPED.fields.map(() => null),
  ];

  /** What xmllint says of a document, and of one that was spoilt. */
  async function judge(values: Record<string, unknown>, spoil: (text: string) => string) {
    const folder = mkdtempSync(join(tmpdir(), 'xml-'));
    try {
      const { text, beside } = await encode(values, TYPED, ROWS);
      const run = (document: string): string => {
        writeFileSync(join(folder, 'a.xml'), document);
        if (beside !== null) writeFileSync(join(folder, 'a.xsd'), beside);
        const how = beside === null ? ['--valid'] : ['--schema', join(folder, 'a.xsd')];
        const args = ['--noout', '--nonet', ...how, join(folder, 'a.xml')];
        const { status, stderr } = spawnSync('xmllint', args, { encoding: 'utf8' });
        return status === 0 ? '' : stderr;
      };
      expect(run(text)).toBe('');
      expect(run(spoil(text))).not.toBe('');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const shapes: Record<string, unknown>[] = [
    { columnsAs: 'elements' },
    { columnsAs: 'elements', nullHandling: 'empty' },
    { columnsAs: 'elements', nullHandling: 'nil' },
    { columnsAs: 'elements', attributeColumns: ['big', 'day'] },
    { columnsAs: 'attributes' },
    { columnsAs: 'fields', nullHandling: 'nil' },
    { columnsAs: 'elements', namespace: 'urn:example:a', nullHandling: 'nil' },
    { columnsAs: 'elements', namespace: 'urn:example:a', prefix: 'p' },
    { columnsAs: 'fields', namespace: 'urn:example:a', prefix: 'p', prettyPrint: true },
  ];

  it.each(shapes)('finds documents valid by their DOCTYPE: %j', async (values) => {
    await judge({ ...values, grammar: 'doctype' }, (text) =>
      text.replace(/<((?:p:)?record)(?=[\s/>])/, '<$1 wrong="1"'),
    );
  });

  it.each(shapes)('finds documents valid by their XML Schema: %j', async (values) => {
    await judge({ ...values, grammar: 'xsd' }, (text) =>
      text.replace(/<((?:p:)?record)(?=[\s/>])/, '<$1 wrong="1"'),
    );
  });

  it('tells values that are not of the schema’s type', async () => {
    await judge({ grammar: 'xsd' }, (text) => text.replace('<price>-0.05<', '<price>five<'));
    await judge({ grammar: 'xsd' }, (text) =>
      text.replace('>INF<', '>Infinity<').replace('>-INF<', '>-Infinity<'),
    );
  });
});
