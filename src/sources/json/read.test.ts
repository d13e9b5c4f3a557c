// Records in every layout, read exactly and in constant memory; odd ones by policy, wrong ones with their place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJsonRecords } from '../../contract/json-values.ts';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { isNullValue } from '../../table/batch.ts';
import { materialise } from '../../table/materialise.ts';
import { isNullField, lineOfRow } from '../../table/text-block.ts';
import { utf8 } from '../testing.ts';
import { readRecords, type ReadRecords, type RecordsQuestion } from './testing.ts';

const NOTHING = new Uint8Array(0);

/** What the records are as JSON again, one per line. */
function asJson({ batches, inspection }: ReadRecords): string[] {
  const { records, startBatch } = openJsonRecords(
    inspection.schema,
    {
      shape: 'objects',
      headers: true,
      dateFormat: 'iso',
      datePattern: '',
      dateTokens: 'cldr',
      columnDates: [],
      nullHandling: 'include',
      arrayHandling: 'keep',
      keyCase: 'keep',
      bigNumbers: 'number',
      nonFinite: 'fail',
      asciiOnly: false,
      schemaFile: false,
    },
    null,
  );
  const out = new ByteWriter();
  startBatch(0);
  const frame = { first: NOTHING, before: NOTHING, after: Uint8Array.of(10) };
  for (const batch of batches) records.writeBatch(batch, out, frame);
  return new TextDecoder().decode(out.take()).split('\n').slice(0, -1);
}

const read = (content: string, given: RecordsQuestion['given'] = {}) =>
  readRecords(content, { given });
const failure = (content: string, question: RecordsQuestion = {}): Promise<unknown> =>
  readRecords(content, question).then(
    () => expect.unreachable('it was read'),
    (thrown: unknown) => thrown,
  );

describe('layouts', () => {
  it.each<[string, string, string[], (string | null)[][], Record<string, unknown>]>([
    [
      'a list of objects',
      '[{"a":1},{"b":"x"}]',
      ['a', 'b'],
      [
        ['1', null],
        [null, 'x'],
      ],
      { layout: 'list', path: '' },
    ],
    [
      'records inside',
      '{"n":1,"data":{"items":[{"a":1},{"a":2}]},"z":[{"b":1}]}',
      ['a'],
      [['1'], ['2']],
      { path: '/data/items' },
    ],
    ['keys with slashes', '{"a/b":{"~":[{"a":1}]}}', ['a'], [['1']], { path: '/a~1b/~0' }],
    [
      'an object of objects',
      '{"x":{"a":1},"y":{"a":2,"b":3}}',
      ['key', 'a', 'b'],
      [
        ['x', '1', null],
        ['y', '2', '3'],
      ],
      { layout: 'entries' },
    ],
    [
      'columns',
      '{"a":[1,2,3],"b":["x",null,"z"]}',
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', null],
        ['3', 'z'],
      ],
      { layout: 'columns' },
    ],
    [
      'lists with names',
      '[["a","b"],[1,"x"],[2]]',
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', null],
      ],
      { records: 'arrays', header: 'present' },
    ],
    [
      'lists without names',
      '[[1,"x"],[2]]',
      ['column1', 'column2'],
      [
        ['1', 'x'],
        ['2', null],
      ],
      { records: 'arrays', header: 'absent' },
    ],
    [
      'one object',
      '{"a":1,"b":[1,{"c":2}]}',
      ['a', 'b'],
      [['1', '[1,{"c":2}]']],
      { layout: 'single' },
    ],
    [
      'values of several kinds',
      '[1,"x",null,{"a":1}]',
      ['value'],
      [['1'], ['"x"'], [null], ['{"a":1}']],
      { records: 'values' },
    ],
    ['one value', ' -0.50e1 ', ['value'], [['-0.50e1']], { layout: 'single' }],
    ['an empty list', ' [ ] ', [], [], { layout: 'list' }],
    ['an empty object', '{}', [], [[]], { layout: 'single' }],
  ])('%s', async (_, text, names, rows, options) => {
    for (const chunkSize of [1, 7, 1 << 20]) {
      const found = await readRecords(text, { chunkSize });
      expect(found.names).toEqual(names);
      expect(found.rows).toEqual(rows);
      expect(found.inspection.options).toMatchObject(options);
    }
  });

  it('one record after the other, when asked for', async () => {
    const text = '{"a":\n1}{"a":2} \u001e{"a":3}\n';
    expect((await read(text, { layout: 'sequence' })).rows).toEqual([['1'], ['2'], ['3']]);
    expect(await failure(text)).toMatchObject({
      code: 'read.json.syntax',
      parameters: { line: 2, column: 3 },
      hint: expect.stringContaining('sequence') as string,
    });
  });

  it('a path with positions, and what stands behind the records', async () => {
    const text = '[0,{"a":[[{"n":1}],[{"n":2},{"n":3}],7]},{"z":[]}]';
    expect((await read(text, { path: '/1/a/1' })).rows).toEqual([['2'], ['3']]);
    expect(await failure(text.slice(0, -1), { given: { path: '/1/a/1' } })).toMatchObject({
      code: 'read.json.syntax',
      parameters: { line: 1, column: text.length },
    });
    for (const path of ['/3', '/1/b', '/1/a/2/x'])
      expect(await failure(text, { given: { path } })).toMatchObject({ code: 'read.json.no-path' });
    expect(await failure(text, { given: { path: '/1', layout: 'list' } })).toMatchObject({
      code: 'read.json.wrong-layout',
      parameters: { line: 1, column: 4 },
    });
  });

  it('refuses columns of other lengths', async () => {
    expect(await failure('{"a":[1,2],"b":[1]}', { given: { layout: 'columns' } })).toMatchObject({
      code: 'read.json.uneven-columns',
    });
  });
});

describe('values', { timeout: 60_000 }, () => {
  it.each([
    ['int64', ['9223372036854775807', '-9223372036854775808']],
    ['uint64', ['9223372036854775808', '1']],
    ['uint64', ['1', '18446744073709551615', '0']],
    ['decimal(38,0)', ['18446744073709551616']],
    ['decimal(38,0)', ['-1', '9223372036854775808']],
    ['decimal(38,0)', ['9223372036854775808', '-1']],
    ['decimal(38,0)', ['-9223372036854775809', '1']],
    ['decimal(38,0)', ['9'.repeat(38), `-${'9'.repeat(38)}`]],
    ['json', ['1', '9'.repeat(39)]],
    ['json', ['12345678901234567890', '1.5']],
    ['json', ['12345678901234567890', '"a"']],
    ['list<uint64>', ['[1, 12345678901234567890]', '[]']],
  ])('whole numbers of any size are %s: %j', async (type, values) => {
    const found = await read(`[${values.map((value) => `{"v":${value}}`).join(',')}]`);
    expect(found.types).toEqual([type]);
    expect(found.rows.map(([value]) => value)).toEqual(values);
  });

  it('stand as they are written, under types that hold them', async () => {
    const found = await read(
      '[{"i":12345678901234567890,"d":1.10,"s":"007","t":"2024-01-02T03:04:05Z","u":"2024-01-02 03:04","o":{"k":[1,"x"]},"e":"","b":true},' +
        '{"i":1,"d":2.00,"s":"8","t":"2024-01-02T03:04:06.5Z","u":"2024-01-02 03:05","o":{"k":[],"m":null},"b":false}]',
    );
    expect(found.rows[0]).toEqual([
      '12345678901234567890',
      '1.10',
      '007',
      '2024-01-02T03:04:05Z',
      '2024-01-02 03:04',
      '{"k":[1,"x"]}',
      '',
      'true',
    ]);
    expect(found.types).toEqual([
      'uint64',
      'decimal(18,2)',
      'utf8',
      'timestamp(ms, UTC)',
      'utf8',
      'struct<k: list<json>, m: json>',
      'utf8',
      'bool',
    ]);
  });

  it('come back as what they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 0 }), fc.jsonValue()), {
          minLength: 1,
        }),
        fc.option(fc.nat(3), { nil: undefined }),
        fc.integer({ min: 1, max: 50 }),
        async (records, indent, chunkSize) => {
          const text = JSON.stringify(records, null, indent);
          const given = { layout: 'list', path: '', records: 'objects' } as const;
          const found = await readRecords(text, { given, chunkSize });
          const whole = await readRecords(text, { given });
          expect(found.rows).toEqual(whole.rows);
          const lines = asJson(found).map((line) => JSON.parse(line) as Record<string, unknown>);
          // Records that lack a key have null there.
          const wanted = (JSON.parse(text) as Record<string, unknown>[]).map((record) =>
            Object.fromEntries(
              found.names.map((name) => [name, Object.hasOwn(record, name) ? record[name] : null]),
            ),
          );
          expect(lines).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are all of the types that are proposed for them, nested ones too', async () => {
    const leaf = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.array(fc.record({ k: fc.option(fc.integer()), t: fc.string() }, { requiredKeys: [] })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: leaf, b: leaf }, { requiredKeys: [] }), { minLength: 1 }),
        async (records) => {
          const given = { layout: 'list', path: '', records: 'objects' } as const;
          const { batches, names } = await readRecords(JSON.stringify(records), { given });
          for (const batch of batches)
            names.forEach((_, c) => {
              const column = materialise(batch, c);
              for (let row = 0; row < batch.rowCount; row++)
                expect(isNullValue(column, row)).toBe(isNullField(batch.block!, row, c));
            });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('undo escapes, and replace or refuse halves of characters', async () => {
    const text = String.raw`[{"a":"\u00e9\n\"\\\/\ud83d\ude00,\u0000"},{"a":"\ud800x\udc00"}]`;
    const { rows, losses } = await read(text);
    expect(rows).toEqual([['é\n"\\/😀,\0'], ['\ufffdx\ufffd']]);
    expect(losses).toMatchObject([{ code: 'json.lone-surrogate', column: 'a', count: 2 }]);
    expect(await failure(text, { given: { loneSurrogates: 'fail' } })).toMatchObject({
      code: 'read.json.lone-surrogate',
      parameters: { column: 'a', line: 1 },
    });
  });

  it('of repeated keys, the one the policy says', async () => {
    const text = '[{"a":1,"b":2,"\\u0061":3},\n{"a":4}]';
    expect((await read(text)).rows).toEqual([
      ['3', '2'],
      ['4', null],
    ]);
    expect((await read(text)).losses).toMatchObject([{ code: 'json.duplicate-key', count: 1 }]);
    expect((await read(text, { duplicateKeys: 'first' })).rows[0]).toEqual(['1', '2']);
    expect(await failure(text, { given: { duplicateKeys: 'fail' } })).toMatchObject({
      code: 'read.json.duplicate-key',
      parameters: { key: 'a', line: 1 },
    });
  });

  it('under any name', async () => {
    const names = ['__proto__', 'constructor', '', 'a,b', '"', 'x'.repeat(5_000), '\u202eabc'];
    const text = JSON.stringify([Object.fromEntries(names.map((name) => [name, 1]))]);
    const found = await read(text);
    expect(found.names).toEqual(names);
    expect(asJson(found)[0] === text.slice(1, -1)).toBe(true);
  });
});

describe('beyond the sample', () => {
  const text = (rows: string[]): string => `[${rows.join(',\n')}]`;
  const many = Array.from({ length: 100 }, (_, i) => `{"a":${i},"n":null}`);

  it('new keys, other kinds and first values ask for another schema', async () => {
    const content = text([...many, '{"a":"x","b":{"c":1},"n":1.5}', '{"b":null,"n":2.5}']);
    const error = await failure(content, { sampleSize: 500 });
    expect(error).toBeInstanceOf(SchemaGrowth);
    const { schema, changes } = error as SchemaGrowth;
    expect(schema.fields.map(({ name, type }) => [name, type.kind])).toEqual([
      ['a', 'json'],
      ['n', 'decimal'],
      ['b', 'struct'],
    ]);
    expect(changes).toMatchObject([
      { column: 'a', from: 'int64', value: '"x"', line: 101 },
      { column: 'n', from: 'utf8', value: '1.5', line: 101 },
      { column: 'b', from: null, line: 101 },
    ]);
  });

  it('new keys are left out and counted, or refused', async () => {
    const content = text([...many, '{"b":1}', '{"b":2,"c":3}']);
    const question = { sampleSize: 500, given: { newKeys: 'ignore' } } as const;
    const { losses, rows } = await readRecords(content, question);
    expect(rows).toHaveLength(102);
    expect(losses).toMatchObject([
      { code: 'json.key-left-out', column: 'b', count: 2 },
      { code: 'json.key-left-out', column: 'c', count: 1 },
    ]);
    expect(await failure(content, { sampleSize: 500, given: { newKeys: 'fail' } })).toMatchObject({
      code: 'read.json.new-key',
      parameters: { key: 'b', line: 101 },
    });
  });

  it('records of another shape are refused or left out and listed', async () => {
    const content = text([...many, '7', '{"a":1}']);
    expect(await failure(content, { sampleSize: 500 })).toMatchObject({
      code: 'read.json.other-record',
      parameters: { line: 101, column: 1, found: 'a number' },
    });
    const found = await readRecords(content, { sampleSize: 500, given: { badRecords: 'reject' } });
    expect(found.rows).toHaveLength(101);
    expect(found.rejects).toMatchObject([{ row: 100, line: 101, value: '7' }]);
  });

  it('types the user set are kept to by the user’s policy', async () => {
    const columns = [{ column: { name: 'a' }, type: 'int64' }];
    const found = await readRecords('[{"a":1},\n{"a":"2"},\n{"a":"x"}]', { columns });
    expect(found.rows).toEqual([['1'], ['2']]);
    expect(found.rejects).toMatchObject([{ row: 2, line: 3, column: 'a', value: 'x' }]);
  });
});

describe('columns that nobody looks at', () => {
  it('are not written, and nothing about them matters', async () => {
    const content = `[${Array.from({ length: 50 }, (_, i) => `{"a":${i},"b":"t"}`).join(',')},{"a":"x","b":"y"}]`;
    const { rows } = await readRecords(content, { sampleSize: 300, wanted: new Set([1]) });
    expect(rows[0]).toEqual([null, 't']);
    expect(rows.at(-1)).toEqual([null, 'y']);
  });
});

describe('large and hostile input', { timeout: 60_000 }, () => {
  it('makes the same blocks of any chunks, with the lines of their rows', async () => {
    const content = `{"data": [\n${Array.from({ length: 60_000 }, (_, i) => `{"id":${i},\n"text":"some text, ${i}"}`).join(',\n')}\n]}`;
    const a = await readRecords(content, { sampleSize: 100_000 });
    const b = await readRecords(content, { sampleSize: 100_000, chunkSize: 65_537 });
    expect(a.rows).toHaveLength(60_000);
    expect(a.batches.length).toBeGreaterThan(1);
    expect(b.batches.map((batch) => batch.rowCount)).toEqual(a.batches.map((x) => x.rowCount));
    expect(b.rows).toEqual(a.rows);
    const last = a.batches.at(-1)!;
    expect(last.block!.firstRow + last.rowCount).toBe(60_000);
    expect(lineOfRow(last.block!, last.rowCount - 1)).toBe(2 + 59_999 * 2);
  });

  it('keeps to the limits', async () => {
    const deep = `[{"a":${'['.repeat(50)}${']'.repeat(50)}}]`;
    expect(await failure(deep, { limits: { depth: 20 } })).toMatchObject({
      code: 'read.json.too-deep',
      parameters: { line: 1, limit: 20 },
    });
    const wide = `[{${Array.from({ length: 50 }, (_, i) => `"k${i}":1`).join(',')}}]`;
    expect(await failure(wide, { limits: { columns: 20 } })).toMatchObject({
      code: 'read.json.too-many-columns',
    });
    const long = `[{"a":1},{"a":"${'x'.repeat(5_000)}"}]`;
    const question = { sampleSize: 10, limits: { recordBytes: 1_000 }, given: { path: '' } };
    expect(await failure(long, question)).toMatchObject({
      code: 'read.json.record-too-large',
      parameters: { line: 1 },
    });
  });

  it('skips what it is not asked for, however large', async () => {
    const skipped = `"x":[${'[1,{"y":"z"}],'.repeat(200_000)}0]`;
    const content = `{${skipped},"data":[{"a":1}],${skipped.replace('x', 'w')}}`;
    const { rows } = await readRecords(content, {
      given: { path: '/data' },
      limits: { recordBytes: 10_000 },
    });
    expect(rows).toEqual([['1']]);
  });

  it('names the place of a mistake far down', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `{"id":${i},"é":"${'x'.repeat(20)}"}`);
    rows[90_000] = '{"id":1,"é":"ü",}';
    expect(await failure(`[${rows.join(',\n')}]`, { sampleSize: 10_000 })).toMatchObject({
      code: 'read.json.syntax',
      parameters: {
        line: 90_001,
        column: 16,
        offset: utf8(`[${rows.slice(0, 90_000).join(',\n')},\n${rows[90_000]!.slice(0, 15)}`)
          .length,
      },
    });
  });
});
