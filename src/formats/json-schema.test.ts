// The JSON Schema beside an output, judged by Python's jsonschema: valid itself, kept by the output, and kept by nothing else.
import { describe, expect, it } from 'vitest';
import type { FormatCard } from '../contract/format-plugin.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { type DataType, DATE, FLOAT64, INT64, parseTypeName, UTF8 } from '../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from './format.suite.ts';
import { jsonFormat } from './json/format.ts';
import { ndjsonFormat } from './ndjson/format.ts';
import { lacksPython, runPython } from './python.suite.ts';

const TYPES: [string, DataType, Value][] = [
  ['id', { kind: 'int', bits: 32, signed: true }, 7],
  ['big number', INT64, 2n ** 60n],
  ['price', { kind: 'decimal', precision: 20, scale: 2 }, 1250n],
  ['ratio', FLOAT64, Number.NaN],
  ['flag', { kind: 'bool' }, true],
  ['text', UTF8, 'é'],
  ['text', UTF8, ''],
  ['__proto__', UTF8, 'x'],
  ['day', DATE, 20_000],
  ['clock', parseTypeName('time(ms)')!, 1_500n],
  ['at', parseTypeName('timestamp(ms, UTC)')!, 1_700_000_000_007n],
  ['naive', parseTypeName('timestamp(s)')!, 1_700_000_000n],
  ['any', { kind: 'json' }, '[1,{"a":null}]'],
  ['bytes', { kind: 'binary' }, Uint8Array.of(1, 2)],
  ['lon', FLOAT64, -77.03],
  ['lat', FLOAT64, -12.05],
];
const schema = schemaOf(
  TYPES.map(([name, type]) => [name, type]),
  'native',
);
const ROWS = [TYPES.map(([, , value]) => value), TYPES.map(() => null)];

/** A line per document: whether it keeps to the schema, which is checked first. Afterwards, whether wrong ones are told. */
const VALIDATE = `
import json,sys
from jsonschema import Draft202012Validator
schema,*documents=[json.loads(line) for line in sys.stdin]
Draft202012Validator.check_schema(schema)
v=Draft202012Validator(schema)
def spoiled(d):
    # Every value of the first level of records, one by one, as something no column holds.
    if isinstance(d,dict):
        for k in d:
            yield {**d,k:{'wrong':[]}}
            for s in spoiled(d[k]): yield {**d,k:s}
        yield {**d,'one more':1}
    elif isinstance(d,list) and d:
        yield [{'wrong':[]},*d[1:]]
        for s in spoiled(d[0]): yield [s,*d[1:]]
print(json.dumps([[e.message for e in v.iter_errors(d)] for d in documents]))
print(json.dumps([sum(1 for _ in spoiled(d)) for d in documents]))
print(json.dumps([sum(1 for s in spoiled(d) if not v.is_valid(s)) for d in documents]))`;

async function judge(
  card: FormatCard,
  values: Record<string, unknown>,
  given = schema,
  rows = ROWS,
) {
  const batches = [batchOf(given, rows)];
  const encoded = await encodeAll(card, { ...values, schemaFile: true }, given, batches);
  return validate(card, encoded);
}

function validate(card: FormatCard, { text, beside }: { text: string; beside: string }) {
  const described = JSON.parse(beside) as { $schema: string };
  expect(described.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  // Numbers keep their digits on the way to the judge.
  const documents = card.id === 'ndjson' ? text.trimEnd() : text.replaceAll('\n', '');
  const [errors, spoiled, told] = runPython(
    VALIDATE,
    `${JSON.stringify(described)}\n${documents}\n`,
  ).split('\n') as [string, string, string];
  expect((JSON.parse(errors) as string[][]).flat()).toEqual([]);
  return { spoiled: JSON.parse(spoiled) as number[], told: JSON.parse(told) as number[] };
}

describe.skipIf(lacksPython('jsonschema'))('a JSON Schema', () => {
  const structures: Record<string, unknown>[] = [
    {},
    { rootKey: '', shape: 'arrays' },
    { shape: 'arrays', headers: false },
    { structure: 'columnar' },
    { structure: 'keyed', keyColumns: ['id'], keepKey: false },
    { structure: 'nested', levels: { id: 'ids', flag: 'flags' } },
    {
      structure: 'normalized',
      entities: [
        { name: 'texts', key: 'text', columns: ['text', 'at'] },
        { name: 'rest', columns: ['id', 'price', 'text'] },
      ],
    },
    { structure: 'geojson', idColumn: 'id' },
  ];
  it.each(structures)('of the document %j is kept', async (values) => {
    const described = { ...values, includeMetadata: values.rootKey !== '' };
    const { spoiled, told } = await judge(jsonFormat, described);
    expect(spoiled[0]).toBeGreaterThan(1);
    // What may be anything, metadata among it, cannot be spoiled.
    expect(told[0]! / spoiled[0]!).toBeGreaterThan(0.3);
    await judge(jsonFormat, { ...described, metadataPlace: 'before', prettyPrint: true });
  });

  const lines: Record<string, unknown>[] = [
    {},
    { shape: 'arrays' },
    { nullHandling: 'exclude' },
    { nullHandling: 'empty' },
    { nullHandling: 'empty', nonFinite: 'string' },
    { arrayHandling: 'stringify', bigNumbers: 'string' },
    { arrayHandling: 'expand', nonFinite: 'string' },
    { dateFormat: 'unix', keyCase: 'snake' },
    { dateFormat: 'pattern', columnDates: { day: 'unix', clock: 'HH:mm' } },
    { structure: 'geojson', asciiOnly: true },
  ];
  it.each(lines)('of lines %j is kept by each of them', async (values) => {
    const { told } = await judge(ndjsonFormat, values);
    // All but the one column that holds any JSON.
    if (values.shape === undefined) expect(told[0]).toBeGreaterThanOrEqual(TYPES.length - 3);
  });

  it('says no more of guessed types than every text keeps to', async () => {
    const guessed = schemaOf(
      [
        ['n', INT64],
        ['at', parseTypeName('timestamp(s, UTC)')!],
      ],
      'inferred',
    );
    const batch = textBatch(guessed, [
      ['1', '2026-11-21T08:30Z'],
      ['1.5', null],
      ['123456789012345678901234567890', null],
    ]);
    for (const bigNumbers of ['number', 'string']) {
      const values = { bigNumbers, schemaFile: true };
      validate(ndjsonFormat, await encodeAll(ndjsonFormat, values, guessed, [batch]));
    }
  });

  it('of several tables is kept', async () => {
    const tables = ['a', 'b'].map((name) => ({ name, schema, batches: [batchOf(schema, ROWS)] }));
    const values = { structure: 'normalized', schemaFile: true };
    validate(jsonFormat, await encodeTables(jsonFormat, values, tables));
  });
});
