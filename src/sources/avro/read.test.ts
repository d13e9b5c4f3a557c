// Avro files that avsc wrote, read with every type's values exact, and what is damaged or lies told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import { typeName } from '../../table/data-type.ts';
import { describeAvro } from './describe.ts';
import { readAll } from './testing.ts';
import { memorySlices } from '../slice-testing.ts';
import { withSchema, writeAvro } from './avro-files.suite.ts';

const record = (fields: readonly [string, unknown][]) => ({
  name: 'row',
  type: 'record',
  fields: fields.map(([name, type]) => ({ name, type })),
});

const SIMPLE = record([
  ['id', 'long'],
  ['name', ['null', 'string']],
]);
const named = (id: bigint, name: string | null) => ({
  id,
  name: name === null ? null : { string: name },
});

async function typesOf(type: unknown, value: unknown) {
  const schema = record([['a', type]]);
  const { schema: read, rows } = await readAll(await writeAvro(schema, [{ a: value }]));
  return [typeName(read.fields[0]!.type), rows[0]![0]];
}

/** A value of a type of `below`, whose head says it is `type`. */
async function logicalOf(below: unknown, type: unknown, value: unknown) {
  const before = record([['a', below]]);
  const file = await writeAvro(before, [{ a: value }]);
  const { schema, rows } = await readAll(withSchema(file, before, record([['a', type]])));
  return [typeName(schema.fields[0]!.type), rows[0]![0]];
}

describe('values', () => {
  it.each([
    ['null', null, 'null', null],
    ['boolean', true, 'bool', 'true'],
    ['int', -2_147_483_648, 'int32', '-2147483648'],
    ['long', 9_223_372_036_854_775_807n, 'int64', '9223372036854775807'],
    ['long', -9_223_372_036_854_775_808n, 'int64', '-9223372036854775808'],
    ['double', 0.1, 'float64', '0.1'],
    ['float', 0.5, 'float32', '0.5'],
    ['string', 'Zoë 🎁', 'utf8', 'Zoë 🎁'],
    ['bytes', Buffer.from([0, 255]), 'binary', 'AP8='],
  ])('%s %s', async (type, value, kind, text) => {
    expect(await typesOf(type, value)).toEqual([kind, text]);
  });

  it.each([
    ['int', { type: 'int', logicalType: 'date' }, 20_778, '2026-11-21'],
    ['int', { type: 'int', logicalType: 'time-millis' }, 30_600_123, '08:30:00.123'],
    ['long', { type: 'long', logicalType: 'time-micros' }, 1n, '00:00:00.000001'],
    ['long', { type: 'long', logicalType: 'timestamp-millis' }, -1n, '1969-12-31T23:59:59.999Z'],
    [
      'long',
      { type: 'long', logicalType: 'timestamp-nanos' },
      1n,
      '1970-01-01T00:00:00.000000001Z',
    ],
    [
      'long',
      { type: 'long', logicalType: 'local-timestamp-micros' },
      1n,
      '1970-01-01T00:00:00.000001',
    ],
    [
      'bytes',
      { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 2 },
      Buffer.from([255, 146]),
      '-1.10',
    ],
    // No valid decimal, and a logical type that nobody knows: as the type below.
    [
      'bytes',
      { type: 'bytes', logicalType: 'decimal', precision: 1, scale: 2 },
      Buffer.from([1]),
      'AQ==',
    ],
    ['string', { type: 'string', logicalType: 'x' }, 'a', 'a'],
  ])('%s as %j', async (below, type, value, text) => {
    expect((await logicalOf(below, type, value))[1]).toBe(text);
  });

  it('fixed, a UUID among them', async () => {
    const fixed = { name: 'f', type: 'fixed', size: 16 };
    const value = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    expect(await typesOf(fixed, value)).toEqual(['binary', value.toString('base64')]);
    const uuid = { ...fixed, logicalType: 'uuid' };
    expect((await logicalOf(fixed, uuid, value))[1]).toBe('00010203-0405-0607-0809-0a0b0c0d0e0f');
  });

  it('lists, maps, records and enums, and names for types of before', async () => {
    const color = { type: 'enum', name: 'Color', symbols: ['RED', 'BLUE'] };
    expect(await typesOf({ type: 'array', items: ['null', 'long'] }, [{ long: 1n }, null])).toEqual(
      ['list<int64>', '[1,null]'],
    );
    expect((await typesOf({ type: 'map', values: 'string' }, { k: 'v' }))[1]).toBe('[["k","v"]]');
    const schema = {
      ...record([
        ['a', color],
        ['b', { type: 'record', name: 'Inner', fields: [{ name: 'c', type: 'Color' }] }],
        ['d', 'com.x.Color'],
      ]),
      namespace: 'com.x',
    };
    const { rows } = await readAll(
      await writeAvro(schema, [{ a: 'BLUE', b: { c: 'RED' }, d: 'BLUE' }]),
    );
    expect(rows).toEqual([['BLUE', '{"c":"RED"}', 'BLUE']]);
  });

  it('of several types stand each in a field of their own', async () => {
    const schema = record([['a', ['string', 'null', 'long']]]);
    const file = await writeAvro(schema, [
      { a: { string: 'x' } },
      { a: null },
      { a: { long: 2n } },
    ]);
    const { schema: read, rows } = await readAll(file);
    expect(read.fields[0]).toMatchObject({ nullable: true, type: { kind: 'struct' } });
    expect(rows.flat()).toEqual([
      '{"member0":"x","member1":null}',
      null,
      '{"member0":null,"member1":2}',
    ]);
  });

  it('of a schema that is no record are one column', async () => {
    const { schema, rows } = await readAll(await writeAvro('long', [5n, -1n]));
    expect(schema.fields.map(({ name }) => name)).toEqual(['value']);
    expect(rows).toEqual([['5'], ['-1']]);
  });
});

describe('files', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) =>
    named(BigInt(i * i), i % 3 ? `n ${i}` : null),
  );

  it.each(['null', 'deflate', 'snappy', 'zstandard'])('packed with %s', async (codec) => {
    const file = await writeAvro(SIMPLE, rows, { codec });
    const read = await readAll(file);
    expect(read.rows).toEqual(
      rows.map(({ id, name }) => [String(id), name === null ? null : name.string]),
    );
    expect(read.estimatedRows).toBe(rows.length);
    expect(read.evidence[0]).toContain(codec === 'null' ? 'not compressed' : codec);
    expect(read.batches.every(({ rowCount }) => rowCount > 0 && rowCount <= 8_192)).toBe(true);
  });

  it('with many blocks have about as many records as they say', async () => {
    const { estimatedRows, evidence } = await readAll(
      await writeAvro(SIMPLE, rows, { blockBytes: 256 }),
    );
    expect(evidence[0]).toContain('about');
    expect(Math.abs(estimatedRows! / rows.length - 1)).toBeLessThan(0.2);
  });

  it('without a record', async () => {
    const read = await readAll(await writeAvro(SIMPLE, []));
    expect([read.rows, read.estimatedRows, read.schema.fields.length]).toEqual([[], 0, 2]);
  });

  it('give only the columns that are wanted', async () => {
    const read = await readAll(
      await writeAvro(SIMPLE, rows.slice(0, 3)),
      {},
      { wanted: new Set([1]) },
    );
    expect(read.rows).toEqual([
      [null, null],
      [null, 'n 1'],
      [null, 'n 2'],
    ]);
  });

  it('say what they are', async () => {
    const metadata = { owner: Buffer.from('sales') };
    const file = await writeAvro(SIMPLE, rows.slice(0, 2), { codec: 'deflate', metadata });
    const { facts } = await describeAvro({
      input: memorySlices('test.avro', file),
      limits: DEFAULT_LIMITS,
    });
    expect(facts.lines.map(({ value }) => value)).toEqual(['2', '1', 'deflate']);
    expect(facts.texts.map(({ title }) => title)).toEqual(['Schema', 'owner']);
    expect(facts.texts[1]!.text).toBe('sales');
  });

  it('come back whatever stands in them', async () => {
    const value = fc.record({
      id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      name: fc.option(fc.string({ unit: 'grapheme' })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 30 }), async (list) => {
        const file = await writeAvro(
          SIMPLE,
          list.map(({ id, name }) => named(id, name)),
          {
            codec: 'snappy',
            blockBytes: 64,
          },
        );
        expect((await readAll(file)).rows).toEqual(list.map(({ id, name }) => [String(id), name]));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what cannot be read is told', () => {
  const good = writeAvro(SIMPLE, [named(1n, 'a'), named(2n, 'b')], { codec: 'deflate' });

  it('every piece of a file ends in the middle, or where no record begins', async () => {
    const file = await good;
    for (let size = 0; size < file.length; size++) {
      const read = readAll(file.subarray(0, size)).then(
        ({ rows }) => rows.length,
        ({ code }: { code: string }) => code,
      );
      // Behind the head there may be no block.
      expect(await read).toSatisfy((found) => found === 'read.avro.corrupt' || found === 0);
    }
  });

  it('a changed byte gives an error or other values, and never anything else', async () => {
    const file = await writeAvro(SIMPLE, [named(1n, 'a'), named(2n, 'b')], { codec: 'snappy' });
    for (let at = 0; at < file.length; at++)
      for (const bit of [1, 16, 128]) {
        const changed = Uint8Array.from(file);
        changed[at]! ^= bit;
        const found = await readAll(changed).then(
          () => 'read',
          ({ code }: { code?: string }) => code ?? 'unknown',
        );
        expect(found).toMatch(/^read(\.avro\.(corrupt|codec|invalid-text|unsupported))?$/);
      }
  });

  it.each([
    ['a record that holds itself', record([['a', ['null', 'row']]]), 'read.avro.unsupported'],
    ['a type that it does not have', record([['a', 'Missing']]), 'read.avro.corrupt'],
    ['a record without fields', { type: 'record', name: 'row' }, 'read.avro.corrupt'],
    ['a type that is none', record([['a', 5]]), 'read.avro.corrupt'],
  ])('%s', async (_what, schema, code) => {
    const before = record([['a', 'string']]);
    const file = withSchema(await writeAvro(before, [{ a: 'x' }]), before, schema);
    await expect(readAll(file)).rejects.toMatchObject({ code });
  });

  it('a codec', async () => {
    const file = Buffer.from(await good);
    const at = file.indexOf('deflate');
    const other = Uint8Array.from(file);
    other.set(Buffer.from('deflatf'), at);
    await expect(readAll(other)).rejects.toMatchObject({
      code: 'read.avro.codec',
      parameters: { codec: 'deflatf' },
    });
  });

  it('texts that are no UTF-8, of lists too, unless they are to be replaced', async () => {
    const before = record([['a', { type: 'array', items: 'bytes' }]]);
    const file = await writeAvro(before, [{ a: [Buffer.from([0x61, 0xff])] }]);
    const text = withSchema(file, before, record([['a', { type: 'array', items: 'string' }]]));
    await expect(readAll(text)).rejects.toMatchObject({
      code: 'read.avro.invalid-text',
      parameters: { column: 'a' },
    });
    const { rows, losses } = await readAll(text, { invalidText: 'replace' });
    expect(rows).toEqual([['["a�"]']]);
    expect(losses).toMatchObject([{ code: 'avro.text-replaced', column: 'a', count: 1 }]);
  });

  it('a block that counts more than it can hold asks for no room', async () => {
    const before = record([['a', { type: 'array', items: 'long' }]]);
    const file = await writeAvro(before, [{ a: [7n] }]);
    const block = Buffer.from(file);
    const count = Buffer.from([2, 14, 0]);
    const at = block.lastIndexOf(count);
    expect(at).toBeGreaterThan(0);
    const lie = Uint8Array.from(file);
    lie[at] = 0x7e;
    await expect(readAll(lie)).rejects.toMatchObject({ code: 'read.avro.corrupt' });
  });
});
