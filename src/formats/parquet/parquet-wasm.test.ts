// A third reader of our Parquet files: parquet-wasm, whose Arrow tables apache-arrow reads.
import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm';
import { expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { FLOAT64, INT64, UTF8 } from '../../table/data-type.ts';
import { encodeAll } from '../format.suite.ts';
import { parquetFormat } from './format.ts';

const schema = schemaOf([
  ['id', INT64],
  ['name', UTF8],
  ['ratio', FLOAT64],
]);
const rows = [
  [2n ** 63n - 1n, 'é😀', 0.1],
  [-(2n ** 63n), '', -0],
  [null, null, null],
];

it.each(['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'])(
  'parquet-wasm reads %s',
  async (compression) => {
    const { bytes } = await encodeAll(parquetFormat, { compression }, schema, [
      batchOf(schema, rows),
    ]);
    const table = tableFromIPC(readParquet(new Uint8Array(bytes)).intoIPCStream());
    const found = Array.from({ length: table.numRows }, (_, row) =>
      table.schema.fields.map((_field, column) => table.getChildAt(column)!.get(row) as unknown),
    );
    expect(found).toEqual(rows);
  },
);
