// What SQLite itself, in Python, finds in a database file, which it checks first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { floatText } from '../../table/value-text.ts';
import { askPython } from '../ask-python.suite.ts';
import type { Judge } from '../judge.suite.ts';
import { uniqueSqlNames } from './columns.ts';

const OPEN = `
import base64, sqlite3
def opened(path):
    db = sqlite3.connect("file:" + path + "?mode=ro", uri=True)
    problems = [row[0] for row in db.execute("PRAGMA integrity_check")]
    if problems != ["ok"]: raise ValueError(problems)
    return db
`;

const READ = `${OPEN}
def cell(value):
    if value is None: return None
    if isinstance(value, bytes): return ["bytes", base64.b64encode(value).decode()]
    if isinstance(value, float): return ["float", repr(value)]
    return ["text", str(value)]
def answer(path):
    db = opened(path)
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")]
    found = []
    for table in tables:
        rows = db.execute('SELECT * FROM "' + table.replace('"', '""') + '"')
        found.append({"table": table, "names": [column[0] for column in rows.description], "rows": [[cell(value) for value in row] for row in rows]})
    db.close()
    return found
`;

interface Table {
  table: string;
  names: string[];
  rows: ([string, string] | null)[][];
}

const ask = askPython<string, Table[]>(READ);

/** Calls `look` with the path of the bytes as a file. */
export async function withDatabase<T>(
  bytes: Uint8Array,
  look: (path: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  try {
    const path = join(folder, 'data.sqlite');
    writeFileSync(path, bytes);
    return await look(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function plain(cell: [string, string] | null): string | null {
  if (cell === null) return null;
  const [kind, text] = cell;
  return kind === 'float' ? floatText(Number(text.replace('inf', 'Infinity'))) : text;
}

/** All tables, their values as texts. Rejects a file that does not pass SQLite's own check. */
export async function readSqlite(bytes: Uint8Array) {
  const tables = await withDatabase(bytes, ask);
  return tables.map(({ table, names, rows }) => ({
    table,
    names,
    rows: rows.map((row) => row.map(plain)),
  }));
}

/** The statements that made it, and what its header says. */
function describeSqlite(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  const path = join(folder, 'data.sqlite');
  writeFileSync(path, bytes);
  const script = `${OPEN}
import sys
db = opened(sys.argv[1])
for row in db.execute("SELECT sql FROM sqlite_schema"): print(row[0])
for name in ["page_size", "page_count", "user_version", "encoding"]: print(name, db.execute("PRAGMA " + name).fetchone()[0])
`;
  const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

/** How SQLite would answer a query. */
export function plansOf(bytes: Uint8Array, query: string): Promise<string> {
  return withDatabase(bytes, (path) => {
    const args = [path, `EXPLAIN QUERY PLAN ${query}`];
    const script = 'import sqlite3,sys;print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]))';
    return spawnSync('python3', ['-c', script, ...args], { encoding: 'utf8' }).stdout;
  });
}

const BOOLS = new Map([
  ['true', '1'],
  ['false', '0'],
]);

export const sqliteJudge: Judge = {
  exact: {},
  ofCell: (cell) => cell,
  ofValue: (text) => (text === 'NaN' ? null : (BOOLS.get(text) ?? text)),
  async read(_text, _options, names, bytes) {
    const [found] = await readSqlite(bytes);
    const written = uniqueSqlNames(names);
    return {
      names: found!.names.map((name, at) => (name === written[at] ? names[at]! : name)),
      rows: found!.rows,
    };
  },
  describe: describeSqlite,
  runs: 60,
};
