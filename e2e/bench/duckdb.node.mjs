// The peer of the command line: one statement by native DuckDB with one thread.
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
const startedAt = performance.now();
await connection.run(process.argv[2]);
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - startedAt }));
