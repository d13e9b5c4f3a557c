// XML from source to output: its charset, a run that begins again where the sample knew too little, and entities that stay shut.
import { describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { chunkedBytes, memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();
const NDJSON = { id: 'ndjson', options: {} };

function configOf(source: Record<string, unknown> = {}) {
  return createConfig({
    source: { kind: 'auto', from: { binding: 'input' }, ...source },
    format: NDJSON,
    delivery: { id: 'memory', options: {} },
  });
}

async function run(content: string | Uint8Array, source: Record<string, unknown> = {}) {
  const target = memoryTarget();
  const bindings = {
    bytes: { input: new File([content as BlobPart], 'input.xml') },
    targets: { output: target },
  };
  const config = configOf(source);
  const { report } = await engine.run(config, bindings);
  const inspection = await engine.inspect(config, bindings).catch(() => null);
  return { report, inspection, text: textOf([...target.files.values()][0]) };
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('XML', { timeout: 60_000 }, () => {
  it('is recognised, and decoded as its declaration says', async () => {
    const content =
      '<?xml version="1.0" encoding="ISO-8859-1"?><r><i><n>é</n></i><i><n>b</n></i></r>';
    const { inspection, text } = await run(latin1(content));
    expect(inspection!.kind).toBe('xml');
    expect(inspection!.evidence.filter(({ option }) => option === '')).toEqual([]);
    expect(text).toBe('{"n":"é"}\n{"n":"b"}\n');
  });

  it('says when its declaration cannot be true', async () => {
    const content =
      '<?xml version="1.0" encoding="UTF-8"?><r><i><n>Caf\xe9 \xfcber</n></i><i/></r>';
    const { inspection, text } = await run(latin1(content));
    expect(inspection!.evidence.map(({ sentence }) => sentence).join(' ')).toMatch(
      /declaration says UTF-8, but the text was read as (windows-1252|iso-8859-1)/,
    );
    expect(text).toContain('Café über');
  });

  it('in UTF-16 is XML too', async () => {
    const content = '\ufeff<?xml version="1.0" encoding="UTF-16"?><r><i><n>é漢</n></i><i/></r>';
    const bytes = new Uint8Array(Uint16Array.from(content, (c) => c.charCodeAt(0)).buffer);
    const { inspection, text } = await run(bytes);
    expect(inspection!.evidence.filter(({ option }) => option === '')).toEqual([]);
    expect(text).toBe('{"n":"é漢"}\n{"n":null}\n');
  });

  const many = '<i k="1"><n>a text of some length</n></i>\n'.repeat(30_000);
  const late = '<i k="2"><n>x</n><n>y</n><late>1.10</late></i>';
  const content = `<r>${many}${late}${many}</r>`;

  it('begins again where the sample knew too little, and loses nothing', async () => {
    const { report, text } = await run(content);
    expect(report.error).toBeNull();
    expect(report.columns.map(({ name, type }) => [name, type])).toEqual([
      ['k', 'int64'],
      ['n', 'list<utf8>'],
      ['late', 'decimal(18,2)'],
    ]);
    expect(report.audit).toMatchObject({ rowsIn: 60_001, rowsOut: 60_001, balances: true });
    const lines = text.trimEnd().split('\n');
    expect(lines[30_000]).toBe('{"k":2,"n":["x","y"],"late":1.10}');
    expect(lines[0]).toBe('{"k":1,"n":["a text of some length"],"late":null}');
  });

  it('is an error where the source cannot be read again, and counted where late elements are ignored', async () => {
    const input = chunkedBytes('x.xml', new TextEncoder().encode(content), [65_536], true);
    const { report } = await engine.run(configOf(), {
      bytes: { input: input as unknown as Blob },
      targets: { output: memoryTarget() },
    });
    expect(report.error!.code).toBe('read.xml.other-shape');
    expect(report.error!.sentence).toContain('line 30001');
    const ignored = await run(content, {
      kind: 'xml',
      options: { newKeys: 'ignore' },
      columns: [{ column: { name: 'n' }, type: 'utf8' }],
    });
    expect(ignored.report.error).toBeNull();
    expect(ignored.report.losses).toEqual([
      expect.objectContaining({ code: 'xml.key-left-out', column: 'late', count: 1 }),
    ]);
    expect(ignored.text.split('\n')[30_000]).toBe(String.raw`{"k":2,"n":"[\"x\",\"y\"]"}`);
  });

  it('rows that misfit a type set by the user are left out and listed with their line', async () => {
    const text = '<r>\n<i><n>1</n></i>\n<i><n>x</n></i>\n<i><n>3</n></i>\n</r>';
    const { report } = await run(text, {
      kind: 'xml',
      columns: [{ column: { name: 'n' }, type: 'int64' }],
    });
    expect(report.audit).toMatchObject({ rowsIn: 3, rowsOut: 2, rejected: 1 });
    expect(report.rejects.listed[0]).toMatchObject({ line: 3, value: 'x', column: 'n' });
  });

  it('that defines entities is refused, whatever they stand for', async () => {
    const { report } = await run(
      '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><i>&x;</i><i/></r>',
    );
    expect(report.error!.code).toBe('read.xml.entities');
  });
});
