// Reads a database through inspect and read, as the engine does.
import { DEFAULT_LIMITS, type Limits } from '../../contract/config.ts';
import type { ByteInput, ByteSlices } from '../../contract/source-input.ts';
import type { ReadContext, SourceInspection } from '../../contract/source-plugin.ts';
import { cellText } from '../../table/cell-text.ts';
import { typeName } from '../../table/data-type.ts';
import { inspectSqlite } from './inspect.ts';
import type { SqliteOptions } from './options.ts';
import { readSqlite } from './read.ts';

export interface ReadDatabase {
  inspection: SourceInspection<SqliteOptions>;
  /** `name: type` of each column. */
  columns: string[];
  rows: (string | null)[][];
}

/** All cells of a table or query. */
export async function readDatabase(
  slices: ByteSlices,
  question: {
    query?: string;
    table?: string;
    wanted?: ReadonlySet<number>;
    limits?: Limits;
  } = {},
  change: Partial<ReadContext<SqliteOptions>> = {},
): Promise<ReadDatabase> {
  const input: ByteInput = {
    kind: 'bytes',
    name: 'test.db',
    sizeBytes: slices.sizeBytes,
    once: false,
    open: () => {
      throw new TypeError('read in slices');
    },
    slices,
  };
  const { query, table, wanted, limits = DEFAULT_LIMITS } = question;
  const inspection = await inspectSqlite({
    given: query === undefined ? {} : { query },
    columns: [],
    ...(table !== undefined && { table }),
    input,
    sample: slices.readNow!(0, Math.min(slices.sizeBytes, 4096)),
    profiles: false,
    isWhole: false,
    sizeBytes: slices.sizeBytes,
    name: input.name,
    limits,
  });
  const { schema, options } = inspection;
  const rows: (string | null)[][] = [];
  const batches = readSqlite({
    input,
    options,
    schema,
    columns: [],
    ...(inspection.table !== undefined && { table: inspection.table }),
    ...(wanted && { wanted }),
    limits,
    signal: new AbortController().signal,
    reject() {},
    lose() {},
    ...change,
  });
  for await (const batch of batches)
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(schema.fields.map((_, column) => cellText(batch, row, column)));
  return {
    inspection,
    columns: schema.fields.map((field) => `${field.name}: ${typeName(field.type)}`),
    rows,
  };
}
