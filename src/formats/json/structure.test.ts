// The three structures of a JSON document, as the samples of the data-export workflow show them, and the laws behind them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MisfitError } from '../../contract/misfit.ts';
import { memoryScratch } from '../../engine/scratch.ts';
import { sliceSelected } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from '../format.suite.ts';
import { jsonFormat } from './format.ts';

const schema = schemaOf([
  ['id', INT64],
  ['agent', UTF8],
  ['command', UTF8],
  ['status', UTF8],
]);
const rows: Value[][] = [
  [1n, 'agent-1', 'test', 'success'],
  [2n, 'agent-1', 'build', 'failed'],
  [3n, 'agent-2', 'test', 'success'],
];
const encode = (values: Record<string, unknown>, given = rows) =>
  encodeAll(jsonFormat, values, schema, [batchOf(schema, given)]);

const NESTED = { structure: 'nested', levels: { agent: 'agents' }, childrenKey: 'commands' };
const NORMALIZED = {
  structure: 'normalized',
  entities: [
    { name: 'agents', key: 'agent', columns: ['agent'] },
    { name: 'commands', key: 'id' },
  ],
};

describe('the sample shapes', () => {
  const agents = {
    'agent-1': {
      commands: [
        { id: 1, command: 'test', status: 'success' },
        { id: 2, command: 'build', status: 'failed' },
      ],
    },
    'agent-2': { commands: [{ id: 3, command: 'test', status: 'success' }] },
  };
  const normalized = {
    agents: { 'agent-1': { agent: 'agent-1' }, 'agent-2': { agent: 'agent-2' } },
    commands: {
      '1': { id: 1, agent: 'agent-1', command: 'test', status: 'success' },
      '2': { id: 2, agent: 'agent-1', command: 'build', status: 'failed' },
      '3': { id: 3, agent: 'agent-2', command: 'test', status: 'success' },
    },
    relationships: { commands: { agent: 'agents' } },
  };
  it.each([
    [
      { structure: 'flat' },
      {
        records: rows.map(([id, agent, command, status]) => ({
          id: Number(id),
          agent,
          command,
          status,
        })),
      },
    ],
    [NESTED, { agents }],
    [NORMALIZED, normalized],
  ])('%j', async (values, wanted) => {
    const { text, rowCount, losses } = await encode(values);
    expect(JSON.parse(text)).toEqual(wanted);
    expect(rowCount).toBe(3);
    expect(losses).toEqual([]);
    // Indented it is, byte for byte, what JSON.stringify makes (of keys that are no numbers, which it sorts).
    const pretty = (await encode({ ...values, prettyPrint: true })).text;
    expect(pretty).toBe(`${JSON.stringify(wanted, null, 2)}\n`);
    const told = JSON.parse((await encode({ ...values, includeMetadata: true })).text) as object;
    expect(told).toMatchObject({ ...wanted, metadata: { rowCount: 3 } });
  });

  it('are whole without rows', async () => {
    expect((await encode(NESTED, [])).text).toBe('{"agents":{}}\n');
    for (const prettyPrint of [false, true])
      expect(JSON.parse((await encode({ ...NORMALIZED, prettyPrint }, [])).text)).toEqual({
        agents: {},
        commands: {},
        relationships: { commands: { agent: 'agents' } },
      });
  });
});

describe('nested', () => {
  it('has as many levels as wanted', async () => {
    const levels = [
      { column: 'status', key: 'states' },
      { column: 'agent', key: 'agents' },
    ];
    const given: Value[][] = [
      [1n, 'a', 'x', 's'],
      [2n, 'b', 'x', 's'],
      [3n, 'b', 'y', 't'],
      [4n, null, 'y', 't'],
    ];
    const wanted = {
      states: {
        s: {
          agents: {
            a: { records: [{ id: 1, command: 'x' }] },
            b: { records: [{ id: 2, command: 'x' }] },
          },
        },
        t: {
          agents: {
            b: { records: [{ id: 3, command: 'y' }] },
            null: { records: [{ id: 4, command: 'y' }] },
          },
        },
      },
    };
    const options = { structure: 'nested', levels, prettyPrint: true };
    const { text, losses } = await encode(options, given);
    expect(text).toBe(`${JSON.stringify(wanted, null, 2)}\n`);
    expect(losses).toMatchObject([{ code: 'json.null-key', column: 'agent', count: 1 }]);
  });

  it('says which group comes again', async () => {
    await expect(encode(NESTED, [...rows, rows[0]!])).rejects.toMatchObject({
      code: 'encode.json.group-apart',
      parameters: { group: 'agent-1', column: 'agent', row: 4 },
    });
  });

  it('tells misfits by the columns of the table', async () => {
    const batch = textBatch(schema, [['x', 'agent-1', 'c', 's']]);
    for (const options of [NESTED, NORMALIZED]) {
      const failed = encodeAll(jsonFormat, options, schema, [batch]);
      await expect(failed).rejects.toBeInstanceOf(MisfitError);
      await expect(failed).rejects.toMatchObject({ columnIndex: 0, rowInBatch: 0 });
    }
  });
});

describe('normalized', () => {
  it('takes each key once, and counts what differs and what has none', async () => {
    const entities = [{ name: 'agents', key: ['agent'], columns: ['agent', 'status'] }];
    const { text, rowCount, losses } = await encode({ structure: 'normalized', entities }, [
      [1n, 'a', 'x', 's'],
      [2n, 'a', 'x', 's'],
      [3n, 'a', 'x', 't'],
      [4n, null, 'x', 's'],
      [5n, 'b', 'x', 's'],
    ]);
    expect(JSON.parse(text)).toEqual({
      agents: { a: { agent: 'a', status: 's' }, b: { agent: 'b', status: 's' } },
      relationships: {},
    });
    expect(rowCount).toBe(2);
    expect(losses).toMatchObject([
      { code: 'json.entity-differs', column: 'agent', count: 1 },
      { code: 'json.no-key', column: 'agent', count: 1 },
    ]);
  });

  it('holds several data sets, as lists or by key', async () => {
    const people = schemaOf([
      ['id', INT64],
      ['name', UTF8],
    ]);
    const tables = [
      { name: 'commands', schema, batches: [batchOf(schema, rows)] },
      { name: 'none', schema: people, batches: [] },
      { name: 'people', schema: people, batches: [batchOf(people, [[7n, 'Ada']])] },
    ];
    const lists = await encodeTables(jsonFormat, { structure: 'normalized' }, tables);
    expect(JSON.parse(lists.text)).toMatchObject({
      commands: [{ id: 1 }, { id: 2 }, { id: 3 }],
      none: [],
      people: [{ id: 7, name: 'Ada' }],
      relationships: {},
    });
    expect(lists.rowCount).toBe(4);
    const keyed = await encodeTables(
      jsonFormat,
      {
        structure: 'normalized',
        entities: [
          { name: 'commands', columns: ['id', 'agent'] },
          { name: 'humans', dataset: 'people', key: 'id', columns: ['name'] },
          { name: 'none' },
        ],
        references: [{ from: 'commands', column: 'agent', to: 'humans' }],
        prettyPrint: true,
      },
      tables,
    );
    expect(JSON.parse(keyed.text)).toMatchObject({
      humans: { '7': { name: 'Ada' } },
      relationships: { commands: { agent: 'humans' } },
    });
  });

  it('gives the same document whatever the cuts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(5), fc.constantFrom('a', 'b', '', '"', null), fc.nat(2)), {
          maxLength: 20,
        }),
        fc.nat(20),
        async (given, cut) => {
          const all = given.map(([id, agent, n]): Value[] => [BigInt(id), agent, `c${n}`, 's']);
          const whole = batchOf(schema, all);
          const pieces = [sliceSelected(whole, 0, cut), sliceSelected(whole, cut, all.length)];
          const one = await encodeAll(jsonFormat, NORMALIZED, schema, [whole]);
          const two = await encodeAll(
            jsonFormat,
            NORMALIZED,
            schema,
            pieces.filter((piece) => cut < all.length || piece === pieces[0]),
          );
          expect(two.text).toBe(one.text);
          const parsed = JSON.parse(one.text) as { commands: object; agents: object };
          expect(Object.keys(parsed.commands)).toHaveLength(new Set(given.map((r) => r[0])).size);
          const agents = given.map((r) => r[1]).filter((agent) => agent !== null);
          expect(Object.keys(parsed.agents)).toHaveLength(new Set(agents).size);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps entities that wait outside of memory, in any number of pieces', async () => {
    const given = Array.from({ length: 4_000 }, (_, i): Value[] => [
      BigInt(i),
      `agent-${i % 3}`,
      'c'.repeat(200),
      's',
    ]);
    const files: number[] = [];
    const room = memoryScratch(2 ** 28);
    const scratch = {
      ...room,
      async create() {
        const file = await room.create();
        return {
          ...file,
          get sizeBytes() {
            return file.sizeBytes;
          },
          async close() {
            files.push(file.sizeBytes);
            await file.close();
          },
        };
      },
    };
    const batches = [0, 1, 2, 3].map((i) =>
      batchOf(schema, given.slice(i * 1_000, i * 1_000 + 1_000)),
    );
    const { text } = await encodeTables(
      jsonFormat,
      NORMALIZED,
      [{ name: 'data', schema, batches }],
      scratch,
    );
    expect(files).toHaveLength(1);
    expect(files[0]).toBeGreaterThan(500_000);
    const { agents, commands } = JSON.parse(text) as { agents: object; commands: object };
    expect(Object.keys(agents)).toEqual(['agent-0', 'agent-1', 'agent-2']);
    expect(Object.values(commands)).toHaveLength(4_000);
  });

  it('says when keys need more memory than there is', async () => {
    const tables = [
      {
        name: 'data',
        schema,
        batches: [
          batchOf(
            schema,
            Array.from({ length: 3_000 }, (_, i) => [BigInt(i), 'a', '', '']),
          ),
        ],
      },
    ];
    await expect(
      encodeTables(jsonFormat, NORMALIZED, tables, memoryScratch(10_000)),
    ).rejects.toMatchObject({ code: 'encode.json.too-many-keys' });
  });
});

describe('what cannot be', () => {
  it.each([
    [{ structure: 'nested' }, { levels: [{ column: { name: 'agent' }, key: 'agents' }] }],
    [{ ...NESTED, shape: 'arrays' }, { shape: 'objects' }],
    [{ ...NESTED, levels: { agent: 'metadata' }, includeMetadata: true }, undefined],
    [
      { structure: 'normalized' },
      { entities: [{ name: 'agents', key: [{ name: 'agent' }] }, { name: 'records' }] },
    ],
    [{ ...NORMALIZED, arrayHandling: 'expand' }, { arrayHandling: 'keep' }],
    [{ structure: 'normalized', entities: [{ name: 'relationships' }] }, undefined],
    [
      { ...NORMALIZED, references: [{ from: 'commands', column: 'agent', to: 'nobody' }] },
      undefined,
    ],
  ])('%j is refused with a proposal', async (values, remedy) => {
    const parsed = jsonFormat.options.parse(values);
    const findings = jsonFormat.check!({ options: parsed.value!, schema, charset: 'utf-8' });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    if (remedy === undefined) expect(errors[0]!.remedy).toBeUndefined();
    else {
      expect(errors[0]!.remedy!.options).toMatchObject(remedy);
      const cured = jsonFormat.options.parse({ ...values, ...errors[0]!.remedy!.options });
      const left = jsonFormat.check!({ options: cured.value!, schema, charset: 'utf-8' });
      expect(left.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    await expect(encode(values)).rejects.toMatchObject({ code: 'config.conflict' });
  });
});
