// Typed formats hold every value of every type: random tables written, then read by our own sources and by others.
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrowFormat } from '../formats/arrow/format.ts';
import { arrowRows } from '../formats/arrow/judge.suite.ts';
import { encodeAll } from '../formats/format.suite.ts';
import { parquetFormat } from '../formats/parquet/format.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';
import { openDuck, withFile } from '../formats/parquet/judge.suite.ts';
import { readAll as readArrow } from '../sources/arrow/testing.ts';
import { differences, duckRows } from '../sources/parquet/judge.ts';
import { readAll as readParquet } from '../sources/parquet/testing.ts';
import { createConfig } from '../contract/config.ts';
import { anyBatch, MIXED_SCHEMA, selectedCells } from '../table/any-batch.suite.ts';

const engine = testEngine();

/** What the engine makes of a file. */
async function converted(
  [kind, bytes]: [string, Uint8Array],
  format: { id: string; options: Record<string, unknown> },
) {
  const target = memoryTarget();
  const config = createConfig({
    source: { kind, from: { binding: 'in' } },
    format,
    delivery: { id: 'memory', options: {} },
  });
  const { report } = await engine.run(config, {
    bytes: { in: new File([bytes as BlobPart], `in.${kind}`) },
    targets: { output: target },
  });
  expect(report.error).toBeNull();
  expect(report.audit.balances).toBe(true);
  return { report, bytes: [...target.files.values()][0]! };
}

describe.each(['parquet', 'arrow'])('CSV to %s and back', (id) => {
  const csv = { id: 'csv', options: { quotes: 'minimal', formulaGuard: false } };
  const there = async (text: string, options: Record<string, unknown> = {}) => {
    const { report, bytes } = await converted(['csv', new TextEncoder().encode(text)], {
      id,
      options,
    });
    const back = await converted([id, bytes], csv);
    return { report, text: new TextDecoder().decode(back.bytes) };
  };

  it('keeps values of every type that is guessed', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const day = `2026-01-${String((i % 28) + 1).padStart(2, '0')}`;
      const empty = i % 7 === 0 ? '' : i % 7 === 1 ? '""' : `text ${i % 50}`;
      return `${i},${i % 2 === 0},${i / 4 - (i % 4) / 4}.50,${day},${day}T10:00:00Z,${empty},00${i % 9}`;
    });
    const text = `n,flag,amount,day,at,note,code\n${rows.join('\n')}\n`;
    expect((await there(text)).text).toBe(text.replaceAll('T10:00:00Z', AT[id]!));
  });

  it('takes a column for text where a late value is no number', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${i}`);
    const text = `n,m\n${rows.join('\n')}\n60000,none\n`;
    const { report, text: found } = await there(text);
    expect(found).toBe(text);
    expect(report.retyped.map(({ column }) => column)).toEqual(['m']);
  });
});

/** Parquet has no seconds: they are milliseconds there. */
const AT: Record<string, string> = { parquet: 'T10:00:00.000Z', arrow: 'T10:00:00Z' };

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
