// What DuckDB finds in a Parquet file, and what hyparquet says of its footer and pages.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import type { Judge } from '../judge.suite.ts';
import { unitsOf } from '../units-text.suite.ts';

let opening: Promise<DuckDBConnection> | undefined;

/** A connection whose zone is UTC. */
export function openDuck(): Promise<DuckDBConnection> {
  opening ??= (async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run("SET TimeZone = 'UTC'");
    return connection;
  })();
  return opening;
}

/** Calls `look` with the path of the bytes as a file. */
export async function withFile<T>(
  bytes: Uint8Array,
  look: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
  try {
    const path = join(folder, 'data.parquet');
    writeFileSync(path, bytes);
    return await look(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The footer as hyparquet reads it. */
export function footerOf(bytes: Uint8Array): FileMetaData {
  const { buffer } = Uint8Array.from(bytes);
  return parquetMetadata(buffer);
}

/** A number as texts of tables have it. */
function floatText(value: number, isSingle: boolean): string {
  if (Object.is(value, -0)) return '-0';
  for (let digits = 1; isSingle && digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

function cellOf(value: DuckDBValue, type: string): unknown {
  if (value === null) return null;
  if (typeof value === 'number') return floatText(value, type === 'FLOAT');
  if (value instanceof DuckDBDateValue) return `day ${value.days}`;
  if (value instanceof DuckDBTimeValue) return `time ${value.micros * 1000n}`;
  if (value instanceof DuckDBTimestampNanosecondsValue) return `wall ${value.nanos}`;
  if (value instanceof DuckDBTimestampValue) return `wall ${value.micros * 1000n}`;
  if (value instanceof DuckDBTimestampTZValue) return `instant ${value.micros * 1000n}`;
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof DuckDBDecimalValue) return value.toString();
  return typeof value === 'string' ? value : String(value as boolean | bigint);
}

/** All rows of a file. Texts are asked for as bytes: the client would leave marks at their start out. */
async function rowsOf(bytes: Uint8Array): Promise<unknown[][]> {
  const connection = await openDuck();
  return withFile(bytes, async (path) => {
    const from = `read_parquet('${path}')`;
    const head = await connection.runAndReadAll(`SELECT * FROM ${from} LIMIT 0`);
    const types = head.columnTypes().map((type) => type.toString());
    const names = types.map((_, c) => `c${c}`);
    const asked = types.map((type, c) => (type === 'VARCHAR' ? `encode(c${c})` : `c${c}`));
    const reader = await connection.runAndReadAll(
      `SELECT ${asked.join()} FROM ${from} AS t(${names.join()})`,
    );
    return reader
      .getRows()
      .map((row) =>
        row.map((value, c) =>
          types[c] === 'VARCHAR' && value instanceof DuckDBBlobValue
            ? utf8.decode(value.bytes)
            : cellOf(value, types[c]!),
        ),
      );
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const PAGES = ['DATA_PAGE', 'INDEX_PAGE', 'DICTIONARY_PAGE', 'DATA_PAGE_V2'];

/** The footer and the heads of all pages, a line each. */
export function describeParquet(bytes: Uint8Array): string {
  const footer = footerOf(bytes);
  const lines = [`version ${footer.version}`];
  for (const element of footer.schema.slice(1)) {
    const { name, type, repetition_type, logical_type, field_id } = element;
    const meaning = logical_type === undefined ? [] : [JSON.stringify(logical_type)];
    const id = field_id === undefined ? [] : [`id ${field_id}`];
    lines.push(['schema', name, type ?? 'GROUP', repetition_type, ...meaning, ...id].join(' '));
  }
  for (const { key, value } of footer.key_value_metadata ?? [])
    lines.push(`metadata ${key}=${value}`);
  for (const group of footer.row_groups) {
    lines.push(`group of ${group.num_rows} rows`);
    for (const chunk of group.columns) {
      const meta = chunk.meta_data!;
      const { statistics } = meta;
      const text = (value: unknown): string =>
        value instanceof Date ? value.toISOString() : String(value as string);
      const bounds = statistics
        ? `min ${text(statistics.min_value)} max ${text(statistics.max_value)} nulls ${statistics.null_count}`
        : 'no statistics';
      lines.push(
        `chunk ${meta.path_in_schema.join('.')} ${meta.codec} ${meta.encodings.join('+')} ${bounds}`,
      );
      if (chunk.column_index_offset !== undefined) lines.push('column index');
      lines.push(...pagesOf(bytes, Number(chunk.file_offset), meta));
    }
  }
  return lines.join('\n');
}

function pagesOf(
  bytes: Uint8Array,
  start: number,
  meta: { total_compressed_size: bigint },
): string[] {
  const lines: string[] = [];
  const end = start + Number(meta.total_compressed_size);
  for (let at = start; at < end;) {
    const { buffer } = Uint8Array.from(bytes.subarray(at, end));
    const reader = { view: new DataView(buffer), offset: 0 };
    const head = deserializeTCompactProtocol(reader) as Record<string, number | undefined>;
    const crc = head.field_4 === undefined ? '' : ' with crc';
    lines.push(`page ${PAGES[head.field_1!]} of ${head.field_3} bytes${crc}`);
    at += reader.offset + head.field_3!;
  }
  return lines;
}

export const parquetJudge: Judge = {
  exact: {},
  ofCell: (cell) => cell,
  ofValue: (text) => unitsOf(text),
  // hyparquet leaves marks at their start out.
  ofNames: (names) => names.map((name) => name.replace(/^\ufeff/, '')),
  async read(_text, _options, _names, bytes) {
    const footer = footerOf(bytes);
    const names: string[] = [];
    // Elements stand depth first: those below a column's own are passed by.
    const skip = (at: number): number => {
      let next = at + 1;
      for (let child = footer.schema[at]!.num_children ?? 0; child > 0; child--) next = skip(next);
      return next;
    };
    for (let at = 1; at < footer.schema.length; at = skip(at)) names.push(footer.schema[at]!.name);
    return { names, rows: await rowsOf(bytes) };
  },
  describe: describeParquet,
  runs: 40,
  cutRuns: 300,
};
