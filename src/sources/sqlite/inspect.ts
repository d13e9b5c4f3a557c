// Inspecting a database: its tables and views, and the types the first rows of one of them speak for.
import { ExportError, shorten } from '../../contract/errors.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type {
  InspectContext,
  SourceInspection,
  SourceTable,
} from '../../contract/source-plugin.ts';
import { FLOAT64, INT64, UTF8, type DataType, type Field } from '../../table/data-type.ts';
import { openDatabase, type OpenedDatabase } from './open.ts';
import type { SqliteOptions } from './options.ts';
import { openStatement, quoteName, STORAGE, type Statement } from './rows.ts';
import { SQLITE_EVIDENCE, SQLITE_WARNINGS } from './texts.ts';

const SAMPLED_ROWS = 1_000;
/** Counting rows reads the whole table: done for files of up to this many bytes. */
const COUNTED_BYTES = 64 * 1024 * 1024;

/** Behind the name of a database: its write-ahead log, which holds no change up to its own head (file format §4.1). */
const WAL_ENDING = '-wal';
const WAL_HEAD_BYTES = 32;

/** The statement that a source's rows come from; `wanted`: columns by position, the others as nulls. */
export function selectOf(
  options: SqliteOptions,
  table: string | undefined,
  names?: readonly string[],
  wanted?: ReadonlySet<number>,
): string {
  if (options.query.trim() !== '') return options.query;
  const columns =
    names === undefined || wanted === undefined
      ? '*'
      : names.map((name, i) => (wanted.has(i) ? quoteName(name) : 'NULL')).join(', ');
  return `SELECT ${columns} FROM ${quoteName(table ?? '')}`;
}

export async function inspectSqlite(
  context: InspectContext<SqliteOptions>,
): Promise<SourceInspection<SqliteOptions>> {
  const { given, input, name, limits, sizeBytes } = context;
  const options: SqliteOptions = { query: given.query ?? '' };
  const hidden = await input!.besideBytes?.(WAL_ENDING);
  if (hidden !== undefined && hidden > WAL_HEAD_BYTES)
    throw new ExportError('read.sqlite.wal', { name, log: name + WAL_ENDING });
  const opened = await openDatabase(input!.slices!, name, limits);
  try {
    const evidence: { option: string; sentence: string }[] = [];
    const tables = listTables(opened, sizeBytes ?? Infinity);
    const isQuery = options.query.trim() !== '';
    const table = isQuery ? undefined : chooseTable(tables, context.table, name);
    if (table !== undefined && context.table === undefined)
      evidence.push({
        option: 'table',
        sentence:
          tables.length === 1
            ? SQLITE_EVIDENCE.onlyTable(table)
            : SQLITE_EVIDENCE.firstTable(table, tables.length),
      });
    const statement = openStatement(opened, selectOf(options, table), name);
    if (statement.names.length > limits.columns)
      throw new ExportError('read.sqlite.query', {
        name,
        detail: `it has ${statement.names.length} columns; at most ${limits.columns} are read`,
      });
    const seen = sampleTypes(statement);
    const rowCount = tables.find((known) => known.name === table)?.rowCount ?? null;
    return {
      options,
      evidence,
      schema: { fields: seen.fields },
      columns: [],
      sampledRows: seen.rows,
      isWhole: seen.isWhole,
      estimatedRows: seen.isWhole ? seen.rows : rowCount,
      tables,
      ...(table !== undefined && { table }),
      ...(opened.isWal && hidden === undefined && { warnings: [SQLITE_WARNINGS.wal(name)] }),
    };
  } catch (thrown) {
    throw opened.errorOf(thrown);
  } finally {
    opened.close();
  }
}

function listTables({ db }: OpenedDatabase, sizeBytes: number): SourceTable[] {
  const found = db.exec({
    sql: `SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')
          AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
    returnValue: 'resultRows',
    rowMode: 'array',
  }) as [string, 'table' | 'view'][];
  return found.map(([name, kind]) => ({
    name,
    kind,
    rowCount:
      kind === 'table' && sizeBytes <= COUNTED_BYTES
        ? Number(db.selectValue(`SELECT count(*) FROM ${quoteName(name)}`))
        : null,
  }));
}

function chooseTable(
  tables: readonly SourceTable[],
  wanted: string | undefined,
  name: string,
): string {
  const names = tables.map((table) => table.name);
  if (wanted === undefined) {
    const first = tables.find((table) => table.kind === 'table') ?? tables[0];
    if (first === undefined) throw new ExportError('read.no-tables', { name });
    return first.name;
  }
  if (names.includes(wanted)) return wanted;
  throw new ExportError('read.unknown-table', {
    name,
    table: shorten(wanted),
    known: [...nearestNames(wanted, names), ...names]
      .slice(0, 10)
      .map((n) => shorten(n, 40))
      .join(', '),
  });
}

/** What the first rows hold, column by column. */
function sampleTypes(statement: Statement): { fields: Field[]; rows: number; isWhole: boolean } {
  const { names, declared } = statement;
  const kinds = names.map(() => new Set<number>());
  let rows = 0;
  let isWhole = false;
  while (!(isWhole = !statement.next()) && rows < SAMPLED_ROWS) {
    rows++;
    for (const [column, seen] of kinds.entries()) seen.add(statement.storageOf(column));
  }
  statement.close();
  const fields = names.map((label, column): Field => {
    const seen = kinds[column]!;
    seen.delete(STORAGE.null);
    const type = seen.size > 0 ? typeOfStorage(seen) : typeOfDeclaration(declared[column]!);
    return { name: label, type, nullable: true, origin: 'inferred' };
  });
  return { fields, rows, isWhole };
}

function typeOfStorage(seen: ReadonlySet<number>): DataType {
  const is = (...kinds: number[]): boolean => [...seen].every((kind) => kinds.includes(kind));
  if (is(STORAGE.integer)) return INT64;
  if (is(STORAGE.integer, STORAGE.real)) return FLOAT64;
  if (is(STORAGE.blob)) return { kind: 'binary' };
  return UTF8;
}

/** Column affinity (datatypes §3.1), for columns without a value to look at. */
function typeOfDeclaration(declared: string): DataType {
  if (/int/i.test(declared)) return INT64;
  if (/char|clob|text/i.test(declared)) return UTF8;
  if (/blob/i.test(declared)) return { kind: 'binary' };
  return /real|floa|doub/i.test(declared) ? FLOAT64 : UTF8;
}
