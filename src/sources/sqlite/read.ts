// Reads the rows of a table, view or query of a database, as text blocks.
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { openDatabase } from './open.ts';
import type { SqliteOptions } from './options.ts';
import { openStatement } from './rows.ts';
import { selectOf } from './inspect.ts';

/** Rows between two looks at the clock and at whether the run was cancelled. */
const ROWS_AT_ONCE = 1_024;

export async function* readSqlite(context: ReadContext<SqliteOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, table, limits, signal, wanted } = context;
  if (input.kind !== 'bytes') throw new TypeError('the sqlite source reads bytes');
  signal.throwIfAborted();
  const opened = await openDatabase(input.slices!, input.name, limits);
  try {
    const names = schema.fields.map((field) => field.name);
    const statement = openStatement(opened, selectOf(options, table, names, wanted), input.name);
    const writer = new BlockWriter(names.length);
    try {
      while (statement.next()) {
        statement.writeRow(writer);
        if (writer.isFull) yield blockBatch(schema, writer.take());
        if (writer.rowCount % ROWS_AT_ONCE === 0) signal.throwIfAborted();
      }
    } finally {
      statement.close();
    }
    if (writer.rowCount > 0) yield blockBatch(schema, writer.take());
  } catch (thrown) {
    throw opened.errorOf(thrown);
  } finally {
    opened.close();
  }
}
