// The rows of a statement, cell by cell, as text: integers by their digits, doubles in the shortest text that gives them back.
import { ExportError, shorten } from '../../contract/errors.ts';
import { scanUtf8 } from '../../kernels/utf8.ts';
import type { BlockWriter } from '../../table/block-writer.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { floatText, writeBase64 } from '../../table/value-text.ts';
import type { OpenedDatabase } from './open.ts';

/** SQLite's storage classes by number (sqlite3_column_type). */
export const STORAGE = { integer: 1, real: 2, text: 3, blob: 4, null: 5 } as const;

export interface Statement {
  names: string[];
  /** Declared types, '' where there is none. */
  declared: string[];
  /** Steps to the next row; false behind the last. */
  next(): boolean;
  storageOf(column: number): number;
  /** Writes the row's cells; a blob as Base64. */
  writeRow(writer: BlockWriter): void;
  close(): void;
}

/** A SELECT in parts SQLite can name in its errors. Throws `read.sqlite.query`. */
export function openStatement(
  { sqlite, db, begin }: OpenedDatabase,
  sql: string,
  sourceName: string,
): Statement {
  const { capi, wasm } = sqlite;
  const wrong = (detail: string): ExportError => {
    const position = capi.sqlite3_error_offset(db);
    return new ExportError('read.sqlite.query', {
      name: sourceName,
      detail: position < 0 ? detail : `${detail} (at “${shorten(sql.slice(position), 40)}”)`,
    });
  };
  let prepared;
  begin();
  try {
    prepared = db.prepare(sql);
  } catch (thrown) {
    throw wrong((thrown as Error).message.replace(/^SQLITE_\w+: sqlite3 result code \d+: /, ''));
  }
  const statement = prepared;
  const pointer = statement.pointer!;
  const { columnCount } = statement;
  // What follows the first statement, but for spaces and semicolons.
  const rest = sql.slice((capi.sqlite3_sql(pointer) ?? sql).length).replace(/^[\s;]+/, '');
  if (rest !== '') {
    statement.finalize();
    throw new ExportError('read.sqlite.query', {
      name: sourceName,
      detail: `it is more than one statement: “${shorten(rest, 40)}” follows`,
    });
  }
  if (columnCount === 0 || capi.sqlite3_stmt_readonly(pointer) === 0) {
    statement.finalize();
    throw new ExportError('read.sqlite.query', {
      name: sourceName,
      detail: 'it gives no rows; only a SELECT can be read',
    });
  }
  const {
    sqlite3_column_type,
    sqlite3_column_text,
    sqlite3_column_bytes,
    sqlite3_column_decltype,
  } = wasm.exports as Record<string, (statement: number, column: number) => number>;
  const base64 = new ByteWriter(256);
  const handle = pointer as unknown as number;
  return {
    names: statement.getColumnNames(),
    declared: Array.from({ length: columnCount }, (_, column) =>
      wasm.cstrToJs(sqlite3_column_decltype!(handle, column)),
    ).map((type) => type ?? ''),
    next() {
      begin();
      return statement.step();
    },
    storageOf: (column) => sqlite3_column_type!(handle, column),
    writeRow(writer) {
      for (let column = 0; column < columnCount; column++) {
        const storage = sqlite3_column_type!(handle, column);
        if (storage === STORAGE.null) writer.addNull();
        else if (storage === STORAGE.real)
          writer.addAscii(floatText(capi.sqlite3_column_double(pointer, column)));
        else {
          const isBlob = storage === STORAGE.blob;
          // Of a blob, text would be asked for as text: its bytes are where a text's are.
          const start = isBlob
            ? (capi.sqlite3_column_blob(pointer, column) as unknown as number)
            : sqlite3_column_text!(handle, column);
          const end = start + sqlite3_column_bytes!(handle, column);
          const heap = wasm.heap8u();
          if (storage === STORAGE.integer) writer.addPlain(heap, start, end);
          else if (isBlob) {
            base64.clear();
            writeBase64(heap, start, end, base64);
            writer.addText(base64.written());
          } else {
            if (scanUtf8(heap, start, end).end < end)
              throw new ExportError('read.sqlite.invalid-text', {
                name: sourceName,
                column: this.names[column]!,
              });
            writer.addText(heap, start, end);
          }
        }
      }
      writer.endRow();
    },
    close: () => void statement.finalize(),
  };
}

/** A name as SQL writes it whatever it holds. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
