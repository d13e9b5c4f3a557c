// Reads finished files with the source plug-in of their kind and compares their values with those that left the pipeline.
import { createConfig } from '../contract/config.ts';
import { ExportError, asExportError } from '../contract/errors.ts';
import type { ReadBack } from '../contract/read-back.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { ValueCheck } from '../contract/report.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import { UTF8, type Schema } from '../table/data-type.ts';
import { Fingerprinter, fingerprintDifference, type Fingerprint } from '../table/fingerprint.ts';
import { nullColumn } from '../table/null-column.ts';
import { planStream, type PlannedStream } from './graph.ts';
import { GrownSource, type GrownSchemas } from './plan-source.ts';
import type { Plugins } from './plugins.ts';
import { COMPARE_TEXTS } from './texts.ts';

/** Of a sample: the first rows, and one of so many behind them. */
const FIRST_ROWS = 1_000;
const ONE_OF = 64;
/** Readings that may begin again because a record has what none before it had. */
const MOST_RESTARTS = 20;
const NULL_ROWS = 8_192;

export type ValueLevel = 'sample' | 'full';

const sampled = (row: number): boolean => row < FIRST_ROWS || row % ONE_OF === 0;

/** Notes rows in their order. */
export class ValueWatch {
  readonly #columns: ReadBack['columns'];
  readonly #fingerprinter: Fingerprinter;
  readonly #takes: ((row: number) => boolean) | undefined;
  #rows = 0;

  constructor(readBack: ReadBack, level: ValueLevel) {
    this.#columns = readBack.columns;
    this.#fingerprinter = new Fingerprinter(readBack.columns);
    this.#takes = level === 'sample' ? sampled : undefined;
  }

  add(batch: Batch): void {
    this.#fingerprinter.add(batch, this.#rows, this.#takes);
    this.#rows += selectedCount(batch);
  }

  /** Rows of nothing but nulls. */
  addNulls(rows: number): void {
    const fields = this.#columns.map(({ name }) => ({
      name,
      type: UTF8,
      nullable: true,
      origin: 'declared' as const,
    }));
    for (let left = rows; left > 0; left -= NULL_ROWS) {
      const rowCount = Math.min(left, NULL_ROWS);
      const nothing = nullColumn(UTF8, rowCount);
      this.add({
        schema: { fields },
        rowCount,
        selection: null,
        block: null,
        columns: fields.map(() => nothing),
      });
    }
  }

  result(): Fingerprint {
    // Of a sample too all rows are counted.
    return { ...this.#fingerprinter.result(), rows: this.#rows };
  }
}

/** How a finished file is opened once more. */
export interface AgainContext {
  plugins: Plugins;
  readBack: Pick<ReadBack, 'kind' | 'options'>;
  /** Charset of a text format; null of any other. */
  charset: string | null;
  /** How the files are packed: `none`, or the id of a codec or archive. */
  packing: string;
  /** Several entries of an archive that are read as one: their extension. */
  entriesLike: string | null;
  scratch: Scratch;
  signal: AbortSignal;
}

/** What was written of one data set. */
export interface WrittenTable {
  name: string;
  readBack: ReadBack;
  fingerprint: Fingerprint;
}

/** How one of the data sets in the files is read. */
interface TableContext extends AgainContext {
  readBack: ReadBack;
  level: ValueLevel;
  /** Its sheets among all of the file, where it stands on sheets. */
  sheets: { from: number; count: number };
}

/** The values of finished files, in their order. Throws `verify.unreadable` for what the source plug-in does not take. */
async function watchOf(files: readonly OpenedBytes[], context: TableContext): Promise<ValueWatch> {
  const grown: GrownTables = new Map();
  for (let attempt = 0; ; attempt++) {
    const watch = new ValueWatch(context.readBack, context.level);
    try {
      for (const file of files)
        for await (const batch of rowsOf(file, context, grown)) watch.add(batch);
      return watch;
    } catch (thrown) {
      if (context.signal.aborted) throw thrown;
      if (thrown instanceof GrownTable && attempt < MOST_RESTARTS) {
        const { sourceId, growth } = thrown.source;
        grown.set(thrown.table, new Map(grown.get(thrown.table)).set(sourceId, growth.schema));
        continue;
      }
      if (thrown instanceof ColumnsDiffer) throw thrown;
      // Of no rows a file holds nothing that its reader could find.
      if (thrown instanceof ExportError && NO_ROWS.has(thrown.code)) return watch;
      throw new ExportError(
        'verify.unreadable',
        { name: files[0]?.name ?? '', detail: asExportError(thrown).message },
        { cause: thrown },
      );
    }
  }
}

/** What was written and what was read cannot be laid side by side. */
class ColumnsDiffer extends Error {}

/** What readers say of a file without a record. */
const NO_ROWS: ReadonlySet<string> = new Set([
  'read.empty',
  'read.no-tables',
  'read.excel.empty-sheet',
  'read.no-tables',
  'read.xml.no-path',
  'read.html.no-rows',
]);

/** Schemas with more room, by sheet of the files; undefined = the only or first one. */
type GrownTables = Map<string | undefined, GrownSchemas>;

class GrownTable extends Error {
  readonly table: string | undefined;
  readonly source: GrownSource;

  constructor(table: string | undefined, source: GrownSource) {
    super();
    this.table = table;
    this.source = source;
  }
}

/** The rows of a file: of one table, or of all its sheets, one behind the other. */
async function* rowsOf(
  file: OpenedBytes,
  context: TableContext,
  grown: GrownTables,
): AsyncGenerator<Batch> {
  const { readBack, sheets } = context;
  let tables: readonly (string | undefined)[] = [readBack.table];
  for (let i = 0; i < tables.length; i++) {
    const table = tables[i];
    try {
      const stream = await openTable(file, table, context, grown.get(table) ?? new Map());
      if (i === 0 && readBack.sheetRows !== undefined) {
        const found = stream.source.planned.inspection?.tables ?? [];
        const names = found.filter(({ kind }) => kind === 'sheet').map(({ name }) => name);
        const own = names.slice(sheets.from, sheets.from + sheets.count);
        if (sheets.from > 0) {
          // The file was opened to know its sheets: this data set begins further back.
          tables = [table, ...own];
          continue;
        }
        tables = [table, ...own.slice(1)];
      }
      yield* rowsOfTable(stream, context);
    } catch (thrown) {
      throw thrown instanceof GrownSource ? new GrownTable(table, thrown) : thrown;
    }
  }
}

/** How many sheets so many rows take; those of charts and the like stand behind them. */
function sheetsOf({ readBack: { sheetRows = 0 }, fingerprint: { rows } }: WrittenTable): number {
  return sheetRows === 0 ? Infinity : Math.max(1, Math.ceil(rows / sheetRows));
}

/** A finished file, or one table of it, as a source of its own. */
export async function openTable(
  file: OpenedBytes,
  table: string | undefined,
  { readBack, charset, packing, entriesLike, plugins, scratch, signal }: AgainContext,
  grown: GrownSchemas,
): Promise<PlannedStream> {
  const config = createConfig({
    source: {
      kind: readBack.kind,
      from: { binding: 'file' },
      compression: packing,
      options: readBack.options,
      ...(table !== undefined && { table }),
      ...(charset !== null && { charset: { id: charset, onInvalid: 'fail' } }),
      ...(entriesLike !== null && { files: { match: entriesLike, columns: 'same' as const } }),
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'none', options: {} },
  });
  // What was written within its limits is read without them.
  config.limits.unpackRatio = Number.MAX_SAFE_INTEGER;
  config.limits.unpackedBytes = Number.MAX_SAFE_INTEGER;
  const { stream } = await planStream(
    'source',
    config,
    { bytes: { file: file as never } },
    plugins,
    async () => file,
    signal,
    {
      grown,
      isRun: true,
      scratch,
    },
  );
  return stream;
}

async function* rowsOfTable(
  stream: PlannedStream,
  { readBack, signal }: TableContext,
): AsyncGenerator<Batch> {
  const { planned } = stream.source;
  const reading = {
    filtered() {},
    signal,
    reject(reject: { sentence: string }): never {
      throw new Error(reject.sentence);
    },
    lose() {},
  };
  let places: number[] | undefined;
  for await (const batch of planned.read(reading)) {
    // Without a row there may be nothing that names the columns either.
    if (selectedCount(batch) === 0) continue;
    places ??= placesOf(readBack, stream.schema);
    const nothing = places.includes(-1) ? nullColumn(UTF8, batch.rowCount) : null;
    yield {
      ...batch,
      columns: places.map((place) => (place < 0 ? nothing! : batch.columns[place]!)),
    };
  }
}

/** Where each column of what was written stands in what is read: in its place, or where the names say; -1: nowhere. */
function placesOf({ columns, hasNames, names: spelt, omitsNulls }: ReadBack, { fields }: Schema) {
  const names = spelt ?? columns.map(({ name }) => name);
  const areApart = new Set(names).size === names.length && !names.includes('');
  if (omitsNulls === true) {
    if (!areApart || fields.some(({ name }) => !names.includes(name))) throw new ColumnsDiffer();
    return names.map((name) => fields.findIndex((field) => field.name === name));
  }
  if (fields.length === columns.length) {
    const other = fields.findIndex(({ name }, i) => name !== names[i]);
    if (hasNames === true && areApart && other >= 0)
      throw new Error(COMPARE_TEXTS.name(names[other]!, fields[other]!.name));
    return columns.map((_, i) => i);
  }
  const places = names.map((name) => fields.findIndex((field) => field.name === name));
  if (places.includes(-1)) throw new ColumnsDiffer();
  return places;
}

/** Compares, and says how it came out. Throws `verify.values` where a value is another one. */
export async function compareValues(
  tables: readonly WrittenTable[],
  files: readonly OpenedBytes[],
  context: Omit<TableContext, 'readBack' | 'sheets'>,
): Promise<ValueCheck> {
  const { level } = context;
  const isMany = tables.length > 1;
  const found: { name: string; fingerprint: Fingerprint }[] = [];
  const byNulls: string[] = [];
  let from = 0;
  for (const table of tables) {
    const { name, readBack } = table;
    const sheets = { from, count: sheetsOf(table) };
    from += sheets.count;
    const fingerprint = await compareTable(table, files, { ...context, readBack, sheets }, isMany);
    if (fingerprint === null)
      return { level, outcome: 'not-possible', reason: COMPARE_TEXTS.columns };
    found.push({ name, fingerprint });
    for (const column of readBack.columns)
      if (column.rule === 'nulls') byNulls.push(isMany ? `${name}.${column.name}` : column.name);
  }
  return {
    level,
    outcome: 'same',
    reader: tables[0]!.readBack.kind,
    ...(isMany ? { tables: found } : { fingerprint: found[0]!.fingerprint }),
    ...(byNulls.length > 0 && { byNulls }),
  };
}

/** The fingerprint of a data set read again; null where its columns cannot be told. Throws `verify.values`. */
async function compareTable(
  { name, readBack, fingerprint: expected }: WrittenTable,
  files: readonly OpenedBytes[],
  context: TableContext,
  isMany: boolean,
): Promise<Fingerprint | null> {
  let watch: ValueWatch;
  try {
    watch = await watchOf(files, context);
  } catch (thrown) {
    if (thrown instanceof ColumnsDiffer) return null;
    throw thrown;
  }
  let found = watch.result();
  let difference = fingerprintDifference(expected, found);
  if (difference !== null && readBack.dropsLastNulls === true && found.rows < expected.rows) {
    watch.addNulls(expected.rows - found.rows);
    found = watch.result();
    if (fingerprintDifference(expected, found) === null) difference = null;
  }
  if (difference !== null)
    throw new ExportError('verify.values', {
      name: files[0]?.name ?? '',
      what: COMPARE_TEXTS.what(difference.what, difference.column, isMany ? name : null),
      expected: difference.expected,
      found: difference.found,
    });
  return found;
}
