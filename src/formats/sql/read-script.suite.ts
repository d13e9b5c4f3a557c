// Runs scripts in databases that we did not write, DuckDB and SQLite in this process, and reads what they loaded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import init, { type Database, type Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import { columnNames } from './names.ts';
import { DIALECTS } from './dialects.ts';
import type { DialectId } from './dialect.ts';

type Options = Record<string, unknown>;

/** What a database says is in a table. */
export interface LoadedTable {
  names: string[];
  rows: (string | null)[][];
}

let duckdb: Promise<DuckDBConnection> | undefined;

/** A connection to a database in memory. */
export function openDuckDb(): Promise<DuckDBConnection> {
  duckdb ??= DuckDBInstance.create(':memory:').then(async (instance) => {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return connection;
  });
  return duckdb;
}

let sqlite: Promise<Sqlite3Static> | undefined;

async function loadSqlite(): Promise<Sqlite3Static> {
  const path = createRequire(import.meta.url).resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm');
  const silent = (): void => {};
  const start = init as (options: object) => Promise<Sqlite3Static>;
  const door = globalThis as { sqlite3ApiConfig?: object };
  // What it says of storages it does not find here is no news to anybody.
  door.sqlite3ApiConfig = { log: silent, warn: silent };
  const loaded = await start({ wasmBinary: readFileSync(path), print: silent, printErr: silent });
  delete door.sqlite3ApiConfig;
  return loaded;
}

/** A database of its own in memory. */
export async function openSqlite(): Promise<Database> {
  sqlite ??= loadSqlite();
  return new (await sqlite).oo1.DB(':memory:');
}

/** Seconds without zeros at their end, so that a type's digits do not matter. */
export function withoutZeros(time: string): string {
  return time.replace(/(:\d\d)\.(\d*?)0+(?=$|[^\d])/, (_all, clock: string, digits: string) =>
    digits === '' ? clock : `${clock}.${digits}`,
  );
}

/** A value of DuckDB in the plain text that the suites compare. */
function textOfDuckDb(value: DuckDBValue, type: string): string | null {
  if (value === null) return null;
  if (typeof value === 'number') {
    if (type !== 'FLOAT') return Object.is(value, -0) ? '-0' : String(value);
    for (let digits = 6; digits < 9; digits++) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === value) return String(short);
    }
    return String(value);
  }
  if (type === 'BLOB')
    return Buffer.from((value as unknown as { bytes: Uint8Array }).bytes).toString('base64');
  const text = String(value);
  if (type === 'DATE') return isoYear(text);
  if (type === 'TIME' || type.startsWith('TIMESTAMP'))
    return withoutZeros(
      type === 'TIMESTAMP WITH TIME ZONE' ? text.replace(/\+00$/, 'Z') : isoYear(text),
    );
  return text;
}

/** DuckDB's years as ISO 8601 counts and pads them. */
function isoYear(text: string): string {
  const parts = /^(\d+)(-\d\d-\d\d)(?: \(BC\))?(.*)$/.exec(text);
  if (parts === null) return text;
  const isBefore = text.includes('(BC)');
  const year = isBefore ? 1 - Number(parts[1]) : Number(parts[1]);
  const digits = String(Math.abs(year));
  const padded =
    year >= 0 && year <= 9999
      ? digits.padStart(4, '0')
      : `${year < 0 ? '-' : '+'}${digits.padStart(6, '0')}`;
  return padded + parts[2]! + parts[3]!;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const inQuotes = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What stands in a table of DuckDB, in the order of `keys`: it keeps no order of rows where they may meet an old one. */
export async function readDuckDb(
  connection: DuckDBConnection,
  table: string,
  keys: readonly string[] = [],
): Promise<LoadedTable> {
  const described = await connection.runAndReadAll(`DESCRIBE ${table}`);
  const columns = described
    .getRows()
    .map(([name, type]) => ({ name: String(name), type: String(type) }));
  // The client takes a U+FEFF at the start of a text away: it is asked for the bytes.
  const isText = columns.map(({ type }) => type === 'VARCHAR' || type === 'JSON');
  const selected = columns.map(({ name }, i) =>
    isText[i] ? `encode(${inQuotes(name)})` : inQuotes(name),
  );
  const order = keys.length === 0 ? '' : ` ORDER BY ${keys.map(inQuotes).join(', ')}`;
  const result = await connection.runAndReadAll(
    `SELECT ${selected.join(', ')} FROM ${table}${order}`,
  );
  return {
    names: columns.map(({ name }) => name),
    rows: result.getRows().map((row) =>
      row.map((value, i) => {
        if (value === null) return null;
        return isText[i]
          ? decoder.decode((value as unknown as { bytes: Uint8Array }).bytes)
          : textOfDuckDb(value, columns[i]!.type);
      }),
    ),
  };
}

/** Runs a script in DuckDB in a database of its own and reads the table. */
async function loadDuckDb(
  script: string,
  names: readonly string[],
  options: Options,
): Promise<LoadedTable> {
  const connection = await openDuckDb();
  const table = (options.table as string) || '"data"';
  try {
    await connection.run('CREATE SCHEMA IF NOT EXISTS sales');
    if (options.create === 'none') {
      const columns = names.map((name) => `${inQuotes(name)} VARCHAR`);
      await connection.run(`CREATE TABLE ${table} (${columns.join(', ')})`);
    }
    await connection.run(script);
    return await readDuckDb(connection, table, options.keyColumns as readonly string[]);
  } finally {
    await connection.run('ROLLBACK').catch(() => {});
    await connection.run(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** PostgreSQL's script for DuckDB, whose grammar is its own: without settings, COPY as text that is split at its tabs. */
function forDuckDb(script: string): string {
  const plain = script.replace(/^SET .*;\n/gm, '');
  return plain.replace(
    /^COPY (.*) \((.*)\) FROM stdin;\n([\s\S]*?)\\\.\n/m,
    (_all, table: string, columns: string, lines: string) => {
      const rows = lines.trimEnd().split('\n');
      const values = rows.map((row) =>
        row
          .split('\t')
          .map((cell) => (cell === '\\N' ? 'NULL' : `'${cell.replaceAll("'", "''")}'`)),
      );
      return `INSERT INTO ${table} (${columns}) VALUES ${values.map((row) => `(${row.join(',')})`).join(',')};\n`;
    },
  );
}

/** The few words of other dialects that SQLite does not know, in its own; it takes their quotes as they are. */
function forSqlite(script: string): string {
  return script
    .replace(/^GO$/gm, '')
    .replace(/\bN'/g, "'")
    .replace(/^INSERT ALL\n {2}INTO/gm, 'INSERT INTO')
    .replace(/\n {2}INTO/g, ';\nINSERT INTO')
    .replace(/\nSELECT 1 FROM dual/g, '')
    .replace(/SELECT (?:column\d+::\w+(?:\([\d,]+\))?(?:, )?)+ FROM VALUES/g, 'VALUES');
}

async function loadSqliteScript(
  script: string,
  names: readonly string[],
  options: Options,
): Promise<LoadedTable> {
  const db = await openSqlite();
  try {
    if (options.create === 'none') {
      const columns = names.map(inQuotes);
      db.exec(`CREATE TABLE data (${columns.join(', ')})`);
    }
    db.exec(forSqlite(script));
    return readSqlite(db, 'data');
  } finally {
    db.close();
  }
}

/** What stands in a table of SQLite. */
export function readSqlite(db: Database, table: string): LoadedTable {
  const names: string[] = [];
  const rows = db.exec({
    sql: `SELECT * FROM ${table}`,
    rowMode: 'array',
    returnValue: 'resultRows',
    columnNames: names,
  });
  return {
    names,
    rows: rows.map((row) =>
      row.map((value) => {
        if (value === null) return null;
        return value instanceof Uint8Array
          ? Buffer.from(value).toString('base64')
          : String(value as string | number | bigint);
      }),
    ),
  };
}

/** Names as a dialect's columns have them. */
export function namesIn(dialect: DialectId, names: readonly string[]): string[] {
  return columnNames(names, DIALECTS[dialect].names, {
    quoteIdentifiers: 'always',
    identifierCase: 'keep',
  });
}

/** Runs a script of any dialect and reads the table that it fills. */
export function loadScript(
  script: string,
  options: Options,
  names: readonly string[],
): Promise<LoadedTable> {
  const { dialect } = options as { dialect: DialectId };
  const written = namesIn(dialect, names);
  return dialect === 'duckdb' || dialect === 'postgresql'
    ? loadDuckDb(dialect === 'postgresql' ? forDuckDb(script) : script, written, options)
    : loadSqliteScript(script, written, options);
}
