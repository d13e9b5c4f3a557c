// What the tests of the aggregate step share: runs of it that are accounted for, and DuckDB's answers to hold them against.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, typeName, type DataType, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { aggregateOptions } from './options.ts';

export type Cell = string | null;

export interface Outcome {
  names: string[];
  types: string[];
  rows: Cell[][];
  files: number;
  ledger: { filtered: number; merged: number; added: number };
}

export async function aggregated(
  batches: Batch[],
  options: Record<string, unknown>,
  memoryBytes = 1 << 28,
  schema: Schema = batches[0]!.schema,
): Promise<Outcome> {
  const parsed = aggregateOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const memory = memoryScratch(memoryBytes);
  const ledger = { filtered: 0, merged: 0, added: 0 };
  let files = 0;
  let openFiles = 0;
  const transform = open(
    transformContext(parsed.value, schema, {
      filtered: (n) => void (ledger.filtered += n),
      merged: (n) => void (ledger.merged += n),
      added: (n) => void (ledger.added += n),
      scratch: {
        memoryBytes,
        async create() {
          files++;
          openFiles++;
          const file = await memory.create();
          return {
            get sizeBytes() {
              return file.sizeBytes;
            },
            write: (bytes) => file.write(bytes),
            read: (from, to) => file.read(from, to),
            readNow: (from, to) => file.readNow(from, to),
            async close() {
              openFiles--;
              await file.close();
            },
          };
        },
      },
    }),
  );
  const rows: Cell[][] = [];
  const input = (async function* () {
    yield* batches;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  expect(openFiles).toBe(0);
  const taken = batches.reduce((sum, batch) => sum + selectedCount(batch), 0);
  expect(taken + ledger.added).toBe(rows.length + ledger.filtered + ledger.merged);
  return {
    names: transform.schema.fields.map(({ name }) => name),
    types: transform.schema.fields.map(({ type }) => typeName(type)),
    rows,
    files,
    ledger,
  };
}

export const typeOf = (name: string): DataType => parseTypeName(name)!;

/** Rows of text with inferred types, as a CSV source gives them. */
export function textBatch(columns: [name: string, type: string][], rows: Cell[][]): Batch {
  return {
    schema: {
      fields: columns.map(([name, type]) => ({
        name,
        type: typeOf(type),
        nullable: true,
        origin: 'inferred',
      })),
    },
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, columns.length),
  };
}

/** A DuckDB of the file's own, there while its tests run. */
export function openDuck(): { query(sql: string): Promise<Cell[][]> } {
  let duck: DuckDBConnection;
  beforeAll(async () => {
    duck = await (await DuckDBInstance.create(':memory:')).connect();
  });
  afterAll(() => duck.closeSync());
  return {
    async query(sql) {
      const result = await duck.runAndReadAll(sql);
      return result
        .getRowsJson()
        .map((row) => row.map((cell) => (cell === null ? null : String(cell))));
    },
  };
}

/** Rows as a query of DuckDB: table `t`, its columns cast from text, `row_` their number. */
export function tableOf(columns: [name: string, type: string][], rows: Cell[][]): string {
  const quoted = (cell: Cell): string =>
    cell === null ? 'null' : `'${cell.replaceAll("'", "''")}'`;
  const names = columns.map(([name]) => `"${name}"`).join();
  const casts = columns.map(([name, type]) => `"${name}"::${type} as "${name}"`).join();
  const values = rows.map((row, i) => `(${[...row.map(quoted), String(i)].join()})`).join();
  const none = columns.map(() => 'null').join();
  const from = `(values ${values || `(${none},0)`}) v(${names},row_)${values ? '' : ' where false'}`;
  return `with t as (select ${casts}, row_ from ${from})`;
}
