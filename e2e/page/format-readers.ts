// Readers that we did not write, one per format: what each finds of four columns in a file that the page made.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { RecordBatchReader, tableFromIPC } from 'apache-arrow';
import { arrowRows } from '../../src/formats/arrow/judge.suite.ts';
import { readAvro } from '../../src/formats/avro/judge.suite.ts';
import { loadWorkbook, rowsOf } from '../../src/formats/excel/workbook-reader.suite.ts';
import { renderMarkdown } from '../../src/formats/markdown/judge.suite.ts';

/** Rows of texts, the names of the columns first where the file has them; null where there is no value. */
export type Cells = (string | null)[][];

/** What Python's own readers find; numbers stay as they are written. */
const PYTHON = `
import csv, json, sqlite3, sys
import xml.etree.ElementTree as tree
from html.parser import HTMLParser
kind, path = sys.argv[1:]
def text():
    return open(path, encoding="utf-8", newline="").read()
def objects(rows):
    return [list(rows[0])] + [list(row.values()) for row in rows]
def read_json(text):
    return json.loads(text, parse_int=str, parse_float=str)
class Table(HTMLParser):
    def __init__(self):
        super().__init__(); self.rows = []; self.cell = None
    def handle_starttag(self, tag, attributes):
        if tag == "tr": self.rows.append([])
        if tag in ("th", "td"): self.cell = ""; self.null = "null" in (dict(attributes).get("class") or "").split()
    def handle_endtag(self, tag):
        if tag in ("th", "td"): self.rows[-1].append(None if self.null else self.cell); self.cell = None
    def handle_data(self, data):
        if self.cell is not None: self.cell += data
def csv_rows(): return list(csv.reader(open(path, encoding="utf-8", newline="")))
def ndjson(): return objects([read_json(line) for line in text().splitlines()])
def json_records(): return objects(read_json(text())["records"])
def xml():
    names = ["id", "name", "price", "at"]
    cell = lambda record, name: None if record.find(name) is None else record.find(name).text or ""
    return [names] + [[cell(record, name) for name in names] for record in tree.parse(path).getroot()]
def html():
    table = Table(); table.feed(text()); table.close(); return table.rows
def template(): return [line.split(", ") for line in text().splitlines()]
def sqlite():
    db = sqlite3.connect(path)
    if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]: raise ValueError("not whole")
    rows = db.execute("SELECT * FROM orders")
    return [[column[0] for column in rows.description]] + [[None if cell is None else str(cell) for cell in row] for row in rows]
readers = {"csv": csv_rows, "ndjson": ndjson, "json": json_records, "xml": xml, "html": html, "text": template, "sqlite": sqlite}
print(json.dumps(readers[kind]()))
`;

function askPython(kind: string) {
  return (path: string): Cells => {
    const args = ['-X', 'utf8', '-c', PYTHON, kind, path];
    const { stdout, stderr, status, error } = spawnSync('python3', args, { encoding: 'utf8' });
    if (error) throw error;
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Cells;
  };
}

/** An instant as ISO 8601 has it, with six digits of the second where there are any. */
function instantOf(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = (micros - fraction) / 1_000_000n;
  const [whole] = new Date(Number(seconds) * 1000).toISOString().split('.');
  return fraction === 0n ? `${whole}Z` : `${whole}.${String(fraction).padStart(6, '0')}Z`;
}

/** Cells of readers that tell instants as `instant` and nanoseconds. */
function plain(cell: unknown): string | null {
  if (cell === null) return null;
  const text = String(cell as string);
  const nanos = /^instant (-?\d+)$/.exec(text)?.[1];
  return nanos === undefined ? text : instantOf(BigInt(nanos) / 1000n);
}

/** What DuckDB finds in a table of its own, or that a script made first. */
async function askDuckDb(from: string, script = ''): Promise<Cells> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    if (script !== '') await connection.run(script);
    const found = await connection.runAndReadAll(
      `SELECT * REPLACE (epoch_us("at") AS "at") FROM ${from}`,
    );
    const rows = found
      .getRows()
      .map(([id, name, price, at]) => [
        plain(id),
        plain(name),
        plain(price),
        at === null ? null : instantOf(at as bigint),
      ]);
    return [found.columnNames(), ...rows];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** By their titles in the page. */
export const READERS: Readonly<Record<string, (path: string) => Cells | Promise<Cells>>> = {
  CSV: askPython('csv'),
  NDJSON: askPython('ndjson'),
  JSON: askPython('json'),
  XML: askPython('xml'),
  HTML: askPython('html'),
  SQLite: askPython('sqlite'),
  'Text template': askPython('text'),
  async Markdown(path) {
    await writeFile(`${path}.html`, renderMarkdown(await readFile(path, 'utf8')));
    return askPython('html')(`${path}.html`);
  },
  async SQL(path) {
    const script = await readFile(path, 'utf8');
    // Settings of PostgreSQL, which DuckDB has not.
    return askDuckDb('"orders"', script.replaceAll(/^SET .*;\n/gm, ''));
  },
  Parquet: (path) => askDuckDb(`read_parquet('${path}')`),
  async Arrow(path) {
    const table = tableFromIPC(RecordBatchReader.from(await readFile(path)));
    const names = table.schema.fields.map(({ name }) => name);
    return [names, ...arrowRows(table).map((row) => row.map(plain))];
  },
  async Avro(path) {
    const { names, rows } = readAvro(await readFile(path));
    return [names, ...rows.map((row) => row.map(plain))];
  },
  async Excel(path) {
    const { names, rows } = rowsOf(await loadWorkbook(await readFile(path)), 4, true);
    return [names, ...rows];
  },
};
