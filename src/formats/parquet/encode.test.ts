// Parquet files held against readers that we did not write: every codec, version and encoding, values compared exactly.
import { describe, expect, it } from 'vitest';
import { batchOf, type NestedValue, schemaOf } from '../../table/builders.ts';
import type { DataType } from '../../table/data-type.ts';
import { encodeAll } from '../format.suite.ts';
import { parquetFormat } from './format.ts';
import { openDuck, withFile } from './judge.suite.ts';

type Columns = readonly (readonly [string, DataType])[];

/** The rows of a file that DuckDB reads, as its JSON. */
async function written(columns: Columns, rows: NestedValue[][], options: Record<string, unknown>) {
  const schema = schemaOf(columns);
  const { bytes } = await encodeAll(parquetFormat, options, schema, [batchOf(schema, rows)]);
  const connection = await openDuck();
  const found = await withFile(bytes, async (path) =>
    (await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`)).getRowsJson(),
  );
  return { bytes, found };
}

const MIXED: Columns = [
  ['i', { kind: 'int', bits: 64, signed: true }],
  ['t', { kind: 'utf8' }],
  ['f', { kind: 'float', bits: 64 }],
];
const ROWS: NestedValue[][] = Array.from({ length: 5000 }, (_, i) => [
  BigInt(i) * 7_919_123_456_789n,
  i % 7 === 0 ? null : `text ${i % 100}`,
  i / 7,
]);

describe.each(['1.0', '2.0'])('version %s', (writerVersion) => {
  it.each(['none', 'snappy', 'gzip', 'brotli', 'lz4', 'zstd'])('packed with %s', async (codec) => {
    const options = {
      compression: codec,
      writerVersion,
      statistics: 'page',
      pageChecksums: true,
      pageSize: 4096,
      rowGroupSize: 1700,
    };
    const { found } = await written(MIXED, ROWS, options);
    expect(found).toEqual(ROWS.map(([i, t, f]) => [String(i as bigint), t, f]));
  });
});
