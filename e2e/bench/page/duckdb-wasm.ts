// The peer: DuckDB-Wasm reads the picked file and copies the result to a file of its own; its start is not counted.
import * as duckdb from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import type { Outcome } from './main.ts';

export async function runDuckDbWasm(file: File, sql: string): Promise<Outcome> {
  const worker = new Worker(workerUrl);
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(wasmUrl);
  await db.open({ path: ':memory:' });
  await db.registerFileHandle('in.csv', file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  await db.registerOPFSFileName('opfs://duckdb-out');
  const connection = await db.connect();
  const startedAt = performance.now();
  await connection.query(`COPY (${sql}) TO 'opfs://duckdb-out' (FORMAT csv, HEADER)`);
  const milliseconds = performance.now() - startedAt;
  await connection.close();
  await db.dropFile('opfs://duckdb-out');
  worker.terminate();
  const root = await navigator.storage.getDirectory();
  const written = await (await root.getFileHandle('duckdb-out')).getFile();
  return { milliseconds, rows: null, bytes: written.size };
}
