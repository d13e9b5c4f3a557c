// Indexes of single columns: their entries are sorted as SQLite compares values, outside of memory where they are many.
import type { Scratch } from '../../contract/scratch.ts';
import { createExternalSorter } from '../../spill/external-sorter.ts';
import type { TypedColumn } from '../../table/batch.ts';
import { valueBytes } from '../../table/batch.ts';
import { createBuilder } from '../../table/builders.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { type DataType, INT64, type Schema } from '../../table/data-type.ts';
import { foldName, quoted, uniqueSqlNames } from './columns.ts';
import type { SqliteOptions } from './options.ts';

const BINARY: DataType = { kind: 'binary' };

/** An entry as a record has it, and the id of its row. */
const ENTRIES: Schema = {
  fields: [
    { name: 'entry', type: BINARY, nullable: false, origin: 'native' },
    { name: 'row', type: INT64, nullable: false, origin: 'native' },
  ],
};

export interface OpenIndex {
  name: string;
  sql: string;
  /** Place of the column. */
  column: number;
  /** The value of the next row, as a record has it. */
  add(entry: Uint8Array, rowId: bigint): void;
  /** To be awaited after each batch. */
  endBatch(): Promise<void>;
  /** All entries in order. Once. */
  eachEntry(take: (entry: Uint8Array, rowId: bigint) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The indexes that the options ask for of a table; `taken` are names in use, and theirs are added. */
export function openIndexes(
  table: string,
  schema: Schema,
  options: SqliteOptions,
  taken: Set<string>,
  scratch: Scratch,
): OpenIndex[] {
  const names = uniqueSqlNames(schema.fields.map(({ name }) => name));
  return [...new Set(options.indexes)].flatMap((wanted) => {
    const column = schema.fields.findIndex(({ name }) => name === wanted);
    if (column < 0) return [];
    const plain = `${table}_${names[column]!}`;
    let name = plain;
    for (let n = 2; taken.has(foldName(name)); n++) name = `${plain}_${n}`;
    taken.add(foldName(name));
    const sql = `CREATE INDEX ${quoted(name)} ON ${quoted(table)} (${quoted(names[column]!)})`;
    return [openIndex(name, sql, column, scratch)];
  });
}

function openIndex(name: string, sql: string, column: number, scratch: Scratch): OpenIndex {
  let values: TypedColumn | null = null;
  const sorter = createExternalSorter(
    ENTRIES,
    {
      begin(batch) {
        values = batch.columns[0] as TypedColumn;
      },
      write: (row, out) => putKey(valueBytes(values!, row), out),
    },
    scratch,
    // Whoever ends the run closes the encoder.
    new AbortController().signal,
  );
  const start = () => ({ entries: createBuilder(BINARY, 1024), rows: createBuilder(INT64, 1024) });
  let builders = start();
  let count = 0;
  return {
    name,
    sql,
    column,
    add(entry, rowId) {
      builders.entries.append(entry);
      builders.rows.append(rowId);
      count++;
    },
    async endBatch() {
      if (count === 0) return;
      const columns = [builders.entries.finish(), builders.rows.finish()];
      const batch = { schema: ENTRIES, rowCount: count, selection: null, columns, block: null };
      builders = start();
      count = 0;
      await sorter.add(batch);
    },
    async eachEntry(take) {
      for await (const batch of sorter.sortedRows()) {
        const [entries, rows] = batch.columns as [TypedColumn, TypedColumn];
        for (let i = 0; i < batch.rowCount; i++) {
          const row = batch.selection === null ? i : batch.selection[i];
          if (row === undefined) break;
          await take(valueBytes(entries, row), (rows.values as BigInt64Array)[row]!);
        }
      }
      await sorter.close();
    },
    close: () => sorter.close(),
  };
}

const NUMBER = 1;
const TEXT = 2;
const BLOB = 3;

/** A key whose bytes stand in the order that SQLite has for values of one column: null, numbers, texts, bytes. */
function putKey(entry: Uint8Array, out: ByteWriter): void {
  let at = 0;
  let serial = 0;
  do serial = serial * 128 + (entry[at]! & 127);
  while (entry[at++]! >= 128);
  if (serial === 0) {
    out.byte(0);
    return;
  }
  if (serial >= 12) {
    out.byte(serial % 2 === 0 ? BLOB : TEXT);
    out.put(entry, at);
    return;
  }
  out.byte(NUMBER);
  out.reserve(8);
  const { view, length } = out;
  if (serial === 7) {
    // Negative numbers stand in the opposite order of their bits; 0 and −0 are the same.
    const bits = new DataView(entry.buffer, entry.byteOffset + at).getBigUint64(0);
    const isNegative = bits >> 63n === 1n && bits !== 1n << 63n;
    const flipped = bits === 1n << 63n ? 1n << 63n : bits ^ (1n << 63n);
    view.setBigUint64(length, isNegative ? BigInt.asUintN(64, ~bits) : flipped);
  } else {
    let value = serial === 9 ? 1n : 0n;
    if (serial < 7) {
      for (let i = at; i < entry.length; i++) value = (value << 8n) | BigInt(entry[i]!);
      value = BigInt.asIntN((entry.length - at) * 8, value);
    }
    view.setBigUint64(length, BigInt.asUintN(64, value) ^ (1n << 63n));
  }
  out.length += 8;
}
