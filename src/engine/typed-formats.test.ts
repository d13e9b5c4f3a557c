// Typed formats hold every value of every type: random tables written, then read by our own sources and by others.
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrowFormat } from '../formats/arrow/format.ts';
import { arrowRows } from '../formats/arrow/judge.suite.ts';
import { encodeAll } from '../formats/format.suite.ts';
import { parquetFormat } from '../formats/parquet/format.ts';
import { openDuck, withFile } from '../formats/parquet/judge.suite.ts';
import { readAll as readArrow } from '../sources/arrow/testing.ts';
import { differences, duckRows } from '../sources/parquet/judge.ts';
import { readAll as readParquet } from '../sources/parquet/testing.ts';
import { anyBatch, MIXED_SCHEMA, selectedCells } from '../table/any-batch.suite.ts';

const parquetOptions = fc.record({
  compression: fc.constantFrom('none', 'snappy', 'zstd'),
  writerVersion: fc.constantFrom('1.0', '2.0'),
  statistics: fc.constantFrom('none', 'chunk', 'page'),
  dictionary: fc.boolean(),
  rowGroupSize: fc.constantFrom(3, 100_000),
  encodings: fc.constantFrom(
    {},
    { typed1: 'delta', typed4: 'split', typed0: 'delta-prefix', text: 'delta-length' },
    { typed1: 'dictionary', typed6: 'dictionary', typed8: 'delta-length', again: 'plain' },
    { typed6: 'delta-prefix', typed5: 'delta' },
  ),
});

describe('parquet', () => {
  it('gives random tables back, nested ones too, to DuckDB and to our own source', async () => {
    const connection = await openDuck();
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyBatch, { minLength: 1, maxLength: 3 }),
        parquetOptions,
        async (made, options) => {
          const { bytes } = await encodeAll(
            parquetFormat,
            options,
            MIXED_SCHEMA,
            made.map(({ batch }) => batch),
          );
          const wanted = made.flatMap(selectedCells);
          const own = await readParquet(bytes);
          expect(own.rows).toEqual(wanted);
          const theirs = await withFile(bytes, (path) =>
            duckRows(connection, `SELECT * FROM read_parquet('${path}')`),
          );
          expect(differences(own.schema, wanted, theirs)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('arrow', () => {
  it('gives random tables back, nested ones too, to apache-arrow and to our own source', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyBatch, { minLength: 1, maxLength: 3 }),
        fc.record({
          container: fc.constantFrom('file', 'stream'),
          compression: fc.constantFrom('none', 'lz4', 'zstd'),
          dictionary: fc.boolean(),
          batchSize: fc.constantFrom(1, 4, 65_536),
        }),
        async (made, options) => {
          const batches = made.map(({ batch }) => batch);
          const { bytes } = await encodeAll(arrowFormat, options, MIXED_SCHEMA, batches);
          const wanted = made.flatMap(selectedCells);
          const own = await readArrow(bytes);
          expect(own.rows).toEqual(wanted);
          // The flat columns by their buffers; what stands inside of others as it says it.
          const table = tableFromIPC(Uint8Array.from(bytes));
          const flat = MIXED_SCHEMA.fields.flatMap(({ type }, c) =>
            ['list', 'struct', 'map'].includes(type.kind) ? [] : [c],
          );
          expect(table.numRows).toBe(wanted.length);
          const theirs = arrowRows(table.selectAt(flat));
          expect(theirs).toEqual(wanted.map((row) => flat.map((c) => row[c])));
          const lists = table.getChildAt(8)!;
          for (const [row, cells] of wanted.entries())
            expect(JSON.stringify(lists.get(row))).toBe(cells[8] ?? 'null');
        },
      ),
      { numRuns: 40 },
    );
  });
});
