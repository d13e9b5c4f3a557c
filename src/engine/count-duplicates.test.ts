// Duplicate rows are counted exactly, in memory and beyond it, as DuckDB counts them.
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { FLOAT64, INT64, UTF8 } from '../table/data-type.ts';
import { createDuplicateCounter } from './count-duplicates.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';
import { toSeedReport } from './report.ts';
import { memoryScratch } from './scratch.ts';

const schema = schemaOf([
  ['n', INT64],
  ['t', UTF8],
  ['f', FLOAT64],
]);
type Row = [bigint | null, string | null, number | null];

async function counted(rows: readonly Row[], cut: number, memoryBytes: number): Promise<number> {
  const scratch = memoryScratch(memoryBytes);
  const counter = createDuplicateCounter(scratch);
  const batches = (async function* () {
    for (let at = 0; at < rows.length; at += cut) yield batchOf(schema, rows.slice(at, at + cut));
  })();
  for await (const batch of counter.watch(batches)) expect(batch.rowCount).toBeGreaterThan(0);
  const found = await counter.count();
  await counter.close();
  await scratch.close();
  return found;
}

it('counts rows beyond the first of each kind, however they are cut and wherever they are kept', async () => {
  const row = fc.tuple(
    fc.constantFrom(null, 0n, 1n, 2n),
    fc.constantFrom(null, '', 'a', 'b'.repeat(300)),
    fc.constantFrom(null, 0, -0, NaN, 1.5),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      async (rows, cut) => {
        const kinds = new Set(
          rows.map(([n, t, f]) => JSON.stringify([String(n), t, String(f === 0 ? 0 : f)])),
        );
        const expected = rows.length - kinds.size;
        expect(await counted(rows, cut, 1 << 20)).toBe(expected);
        // No room at all: everything but the first key goes to parts.
        expect(await counted(rows, cut, 4)).toBe(expected);
      },
    ),
    { numRuns: 50 },
  );
});

it('stands in both shapes of the report, only when asked for', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => `${(i * 7919) % 20_011},name ${i % 13}`);
  const connection = await (await DuckDBInstance.create()).connect();
  const found = await connection.runAndReadAll(`SELECT count(*) - (SELECT count(*) FROM (
    SELECT DISTINCT (i * 7919) % 20011, i % 13 FROM range(30000) t(i))) FROM range(30000)`);
  connection.closeSync();
  const expected = Number(found.getRows()[0]![0]);
  const run = async (duplicates: boolean) => {
    const config = createConfig({
      source: { kind: 'csv', from: { binding: 'in' } },
      format: { id: 'csv', options: {} },
      delivery: { id: 'memory', options: {} },
    });
    if (duplicates) config.outputs[0]!.verify.duplicates = true;
    const bytes = { in: new Blob([`id,name\n${rows.join('\n')}\n7,name x\n7,name x\n`]) };
    return (await testEngine().run(config, { bytes, targets: { output: memoryTarget() } })).report;
  };
  const asked = await run(true);
  expect(asked).toMatchObject({ outcome: 'completed', duplicates: expected + 1 });
  expect(toSeedReport(asked).validation.duplicate_count).toBe(expected + 1);
  const plain = await run(false);
  expect('duplicates' in plain).toBe(false);
  expect(toSeedReport(plain).validation.duplicate_count).toBeNull();
});
