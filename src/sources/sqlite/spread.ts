// A sample of a table: stretches of rows by their row numbers, all over it.
import type { ReadContext, SpreadRows, WantedSample } from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { selectOf } from './inspect.ts';
import { openDatabase, type OpenedDatabase } from './open.ts';
import type { SqliteOptions } from './options.ts';
import { openStatement, quoteName } from './rows.ts';

/** Names of the row number; a column may have taken any of them for itself (create table §5). */
const ROW_NUMBERS = ['_rowid_', 'rowid', 'oid'];

interface Stretches {
  /** What the row number is called here. */
  rowNumber: string;
  /** First row number of each, and the one behind the last of all. */
  from: bigint[];
  end: bigint;
}

/** See `Source.spread`. Views, queries and tables without row numbers are read from the start. */
export async function spreadSqlite(
  context: ReadContext<SqliteOptions>,
  sample: WantedSample,
): Promise<SpreadRows | null> {
  const { input, options, table, limits } = context;
  if (input.kind !== 'bytes') throw new TypeError('the sqlite source reads bytes');
  if (options.query.trim() !== '' || table === undefined) return null;
  const open = (): Promise<OpenedDatabase> => openDatabase(input.slices!, input.name, limits);
  const opened = await open();
  let stretches: Stretches | null;
  try {
    stretches = stretchesOf(opened, table, sample);
  } catch (thrown) {
    throw opened.errorOf(thrown);
  } finally {
    opened.close();
  }
  if (stretches === null) return null;
  const { from, end } = stretches;
  return {
    places: from.length,
    estimatedRows: Number(end - from[0]!),
    batches: readStretches(context, stretches, Math.ceil(sample.rows / from.length), open),
  };
}

function stretchesOf(
  { db }: OpenedDatabase,
  table: string,
  { rows, places }: WantedSample,
): Stretches | null {
  const kind = db.selectArray(
    `SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?`,
    [table],
  );
  if (kind?.[0] !== 'table' || Number(kind[1]) !== 0) return null;
  const columns = db.selectValues('SELECT lower(name) FROM pragma_table_xinfo(?)', [table]);
  const rowNumber = ROW_NUMBERS.find((name) => !columns.includes(name));
  if (rowNumber === undefined) return null;
  const quoted = quoteName(table);
  // Each by itself is found at once; both together are not.
  const least = db.selectValue(`SELECT CAST(min(${rowNumber}) AS TEXT) FROM ${quoted}`);
  const greatest = db.selectValue(`SELECT CAST(max(${rowNumber}) AS TEXT) FROM ${quoted}`);
  if (least == null || greatest == null) return null;
  const first = BigInt(String(least));
  const end = BigInt(String(greatest)) + 1n;
  const span = end - first;
  if (span <= BigInt(rows) || places < 2) return null;
  const each = BigInt(Math.ceil(rows / places));
  // The last stretch ends with the table.
  const from = Array.from(
    { length: places },
    (_, i) => first + ((span - each) * BigInt(i)) / BigInt(places - 1),
  );
  return { rowNumber, from, end };
}

async function* readStretches(
  { input, options, schema, table, wanted, signal }: ReadContext<SqliteOptions>,
  { rowNumber, from, end }: Stretches,
  each: number,
  open: () => Promise<OpenedDatabase>,
): AsyncGenerator<Batch> {
  const opened = await open();
  try {
    const names = schema.fields.map((field) => field.name);
    const select = selectOf(options, table, names, wanted);
    const writer = new BlockWriter(names.length);
    for (const [i, start] of from.entries()) {
      signal.throwIfAborted();
      const stop = from[i + 1] ?? end;
      const statement = openStatement(
        opened,
        `${select} WHERE ${rowNumber} >= ${start} AND ${rowNumber} < ${stop} ORDER BY ${rowNumber} LIMIT ${each}`,
        input.name,
      );
      try {
        while (statement.next()) {
          statement.writeRow(writer);
          if (writer.isFull) yield blockBatch(schema, writer.take());
        }
      } finally {
        statement.close();
      }
    }
    if (writer.rowCount > 0) yield blockBatch(schema, writer.take());
  } catch (thrown) {
    throw opened.errorOf(thrown);
  } finally {
    opened.close();
  }
}
