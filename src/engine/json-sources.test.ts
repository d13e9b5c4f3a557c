// JSON from source to output: the same values out as in, and a run that begins again where the sample knew too little.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { chunkedBytes, memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

async function run(
  kind: string,
  text: string | Uint8Array,
  format: { id: string; options: Record<string, unknown> },
  source: Record<string, unknown> = {},
) {
  const target = memoryTarget();
  const config = createConfig({
    source: { kind, from: { binding: 'input' }, ...source },
    format,
    delivery: { id: 'memory', options: {} },
  });
  const bytes = { input: new File([text as BlobPart], `input.${kind}`) };
  const bindings = { bytes, targets: { output: target } };
  const { report } = await engine.run(config, bindings);
  const preview = await engine.preview(config, bindings);
  return { report, preview, text: textOf([...target.files.values()][0]) };
}

const NDJSON = { id: 'ndjson', options: {} };
const CSV = { id: 'csv', options: {} };
const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('JSON', { timeout: 60_000 }, () => {
  it.each(['budget', 'football', 'gapminder', 'movies', 'penguins', 'earthquakes'])(
    'vega’s %s comes back value for value, whatever the door',
    async (name) => {
      const url = new URL(`../../../shared/corpora/vega/data/${name}.json`, import.meta.url);
      const bytes = readFileSync(url);
      const { report, text, preview } = await run('json', bytes, NDJSON);
      expect(report.error).toBeNull();
      expect(report.audit.balances).toBe(true);
      expect(report.losses).toEqual([]);
      expect(preview.error).toBeNull();
      const document = JSON.parse(bytes.toString()) as { features: object[] } | object[];
      const records = Array.isArray(document) ? document : document.features;
      const columns = report.columns.map((column) => column.name);
      expect(lines(text)).toEqual(
        records.map((record) =>
          Object.fromEntries(
            columns.map((column) => [column, (record as Record<string, unknown>)[column] ?? null]),
          ),
        ),
      );
    },
  );

  it('numbers keep their spelling, texts their quotes, on the way to CSV and JSON', async () => {
    const text = '[{"a":1.10,"b":"007","c":12345678901234567890,"d":"2024-01-02","e":[ 1, "x" ]}]';
    expect((await run('json', text, CSV)).text).toBe(
      'a,b,c,d,e\n1.10,007,12345678901234567890,2024-01-02,"[ 1, ""x"" ]"\n',
    );
    expect((await run('json', text, { id: 'json', options: { rootKey: '' } })).text).toBe(
      `[\n${text.slice(1, -1)}\n]\n`,
    );
  });

  it('whole numbers beyond 64 bits are added up and compared as numbers, and are nothing nested', async () => {
    const step = (kind: string, options: Record<string, unknown>) => ({
      ...{ id: kind, kind, enabled: true, options },
    });
    const measures = ['sum', 'max'].map((op) => ({ op, column: { name: 'v' }, as: op }));
    for (const [values, text, type] of [
      [
        ['12345678901234567890', '9223372036854775808', '7'],
        'sum,max\n21569050938089343698,12345678901234567890\n',
        'uint64',
      ],
      [
        ['-12345678901234567890', '99999999999999999999999', '12'],
        'sum,max\n100000000000000000000011,99999999999999999999999\n',
        'decimal(38,0)',
      ],
    ] as const) {
      const config = createConfig({
        source: { kind: 'auto', from: { binding: 'input' } },
        steps: [
          step('filter', { where: { op: '>', column: { name: 'v' }, value: 8 } }),
          step('aggregate', { groups: [], measures }),
        ],
        format: CSV,
        delivery: { id: 'memory', options: {} },
      });
      const records = `[${values.map((v) => `{"v":${v}}`).join(',')}]`;
      const bytes = { input: new File([records], 'long.json') };
      const inspection = await engine.inspect(config, { bytes });
      expect(inspection.columns.map((column) => column.type)).toEqual([type]);
      const own = memoryTarget();
      const { report } = await engine.run(config, { bytes, targets: { output: own } });
      expect(report.error).toBeNull();
      expect(textOf([...own.files.values()][0])).toBe(text);
    }
  });

  it('is recognised by its bytes', async () => {
    for (const [text, kind] of [
      ['[{"a":1}]', 'json'],
      ['{"a":1}\n{"a":2}\n', 'ndjson'],
      ['a,b\n1,2\n', 'csv'],
    ] as const) {
      const config = createConfig({
        source: { kind: 'auto', from: { binding: 'input' } },
        format: CSV,
        delivery: { id: 'memory', options: {} },
      });
      const bytes = { input: new File([text], 'data') };
      expect((await engine.inspect(config, { bytes })).kind).toBe(kind);
    }
  });
});

describe('what the sample did not know', { timeout: 60_000 }, () => {
  const many = Array.from(
    { length: 40_000 },
    (_, i) => `{"id":${i},"text":"a text of some length"}`,
  );
  const late = '{"id":"x","text":"t","late":{"a":1}}';
  const content = `${[...many, late, ...many].join('\n')}\n`;

  it('starts the run again, once, and is told', async () => {
    const { report, text } = await run('ndjson', content, NDJSON);
    expect(report.error).toBeNull();
    expect(report.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'json'],
      ['text', 'utf8'],
      ['late', 'struct<a: int64>'],
    ]);
    expect(report.notes).toEqual([
      expect.stringContaining('“id” was taken for int64 until "x" on line 40001'),
      expect.stringContaining('“late” was first met on line 40001'),
    ]);
    const out = lines(text);
    expect(out).toHaveLength(80_001);
    expect(out[40_000]).toEqual(JSON.parse(late));
    expect(out[0]).toEqual({ id: 0, text: 'a text of some length', late: null });
    expect(report.audit).toMatchObject({ rowsIn: 80_001, rowsOut: 80_001, balances: true });
  });

  it('is an error where the source cannot be read again', async () => {
    const config = createConfig({
      source: { kind: 'ndjson', from: { binding: 'input' } },
      format: CSV,
      delivery: { id: 'memory', options: {} },
    });
    const input = chunkedBytes('x.ndjson', new TextEncoder().encode(content), [65_536], true);
    const { report } = await engine.run(config, {
      bytes: { input: input as unknown as Blob },
      targets: { output: memoryTarget() },
    });
    expect(report.error).toMatchObject({ code: 'read.json.new-key' });
    expect(report.error!.sentence).toContain('line 40001');
  });

  it('a number too long for the found type is text only where a format needs the type', async () => {
    const long = `${[...many, '{"id":99999999999999999999,"text":"t"}'].join('\n')}\n`;
    const { report, text } = await run('ndjson', long, NDJSON);
    expect(report.retyped).toEqual([]);
    expect(text.endsWith('{"id":99999999999999999999,"text":"t"}\n')).toBe(true);
  });
});
