// What json adds to the shared suite: the document around the records, indentation and metadata.
import { describe, expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll } from '../format.suite.ts';
import { jsonFormat } from './format.ts';

const schema = schemaOf([
  ['id', INT64],
  ['na"me', UTF8],
]);
const rows = [
  [1n, 'x'],
  [2n, null],
  [3n, '{\n}'],
];
const records = [
  { id: 1, 'na"me': 'x' },
  { id: 2, 'na"me': null },
  { id: 3, 'na"me': '{\n}' },
];
const metadata = {
  generated: '2023-11-14T22:13:20.000Z',
  source: 'source.csv',
  rowCount: 3,
  columns: [
    { name: 'id', type: 'int64' },
    { name: 'na"me', type: 'utf8' },
  ],
};
const encode = async (values: Record<string, unknown>, given = rows) =>
  (await encodeAll(jsonFormat, values, schema, [batchOf(schema, given)])).text;

describe('the document', () => {
  it.each([
    [{}, { records }],
    [{ rootKey: '' }, records],
    [{ includeMetadata: true }, { records, metadata }],
    [
      { rootKey: 'rows', includeMetadata: true },
      { rows: records, metadata },
    ],
    [{ shape: 'arrays', rootKey: '' }, [['id', 'na"me'], ...records.map((r) => Object.values(r))]],
  ])('%j', async (values, wanted) => {
    const compact = await encode(values);
    expect(JSON.parse(compact)).toEqual(wanted);
    // Indented it is, byte for byte, what JSON.stringify makes.
    const pretty = await encode({ ...values, prettyPrint: true });
    expect(pretty).toBe(`${JSON.stringify(wanted, null, 2)}\n`);
  });

  it('is whole without rows', async () => {
    expect(await encode({}, [])).toBe('{"records":[]}\n');
    expect(await encode({ rootKey: '' }, [])).toBe('[]\n');
    expect(await encode({ rootKey: '__proto__"é' }, [])).toBe('{"__proto__\\"é":[]}\n');
  });

  it('has a place for metadata or says so', async () => {
    for (const rootKey of ['', 'metadata'])
      await expect(encode({ rootKey, includeMetadata: true })).rejects.toMatchObject({
        code: 'config.conflict',
      });
  });

  it('has one line per record', async () => {
    expect((await encode({ rootKey: '' })).split('\n')).toHaveLength(3 + 3);
  });
});
