// A host's records → typed batches, on the page's own thread in slices of 8 ms: objects are never posted.
import type { RowsBinding } from '../contract/bindings.ts';
import { ExportError } from '../contract/errors.ts';
import type { Batch } from '../table/batch.ts';
import { createBuilder, type ColumnBuilder } from '../table/builders.ts';
import { JSON_TEXT, UTF8, typeName } from '../table/data-type.ts';
import type { DataType, Schema } from '../table/data-type.ts';
import { readHostValue, typeOfHostValue } from './host-value.ts';
import { ROWS_TEXTS } from './texts.ts';

/** One record: an object by column name, or an array by position (then `columns` is required). */
export type HostRecord = Readonly<Record<string, unknown>> | readonly unknown[];

/** A page of records and where the next one starts; `next` null or missing ends. A bare array ends with the first short page. */
export interface HostPage {
  rows: readonly HostRecord[];
  next?: unknown;
}

/** Fetches one page. `cursor` is the `next` of the page before (undefined at first), `offset` the records so far. */
export type FetchPage = (request: {
  cursor: unknown;
  offset: number;
  limit: number;
  signal: AbortSignal;
}) => Promise<HostPage | readonly HostRecord[]>;

export type HostRows =
  | readonly HostRecord[]
  | Iterable<HostRecord>
  | AsyncIterable<HostRecord>
  | { fetchPage: FetchPage; pageRows?: number };

export interface RowsOptions {
  /** Name of the data, for file names. Default `rows`. */
  name?: string;
  /** Columns and their types; without them the records tell. Keys that are not named here are left out on purpose. */
  columns?: { name: string; type?: DataType }[];
  rowCount?: number;
  /** Rows in a batch, 1 to 65,536. */
  batchRows?: number | undefined;
}

const BATCH_ROWS = 65_536;
const BATCH_BYTES = 8 * 1024 * 1024;
const SLICE_MS = 8;
/** Records looked at to learn the columns of a stream; an array is looked at whole. */
const SAMPLE_RECORDS = 1000;
const PAGE_ROWS = 1000;

/** Lets the page breathe after SLICE_MS of work. */
class Slicer {
  #since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#since > SLICE_MS;
  }

  async pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
    this.#since = performance.now();
  }
}

interface HostColumn {
  name: string;
  key: string | number;
  type: DataType;
}

/** Records as the engine takes them. Reads the records' shape first: all of an array, the first 1,000 of a stream. */
export async function bindRows(rows: HostRows, options: RowsOptions = {}): Promise<RowsBinding> {
  const name = options.name ?? 'rows';
  const isArray = Array.isArray(rows);
  const pass = (): AsyncIterator<HostRecord> => iterate(rows)[Symbol.asyncIterator]();
  // An array and a fetch callback can be walked again; an iterator that gives itself cannot.
  const once = !isArray && !('fetchPage' in rows) && isOneShot(rows);
  const first = pass();
  const seen: HostRecord[] = [];
  if (!isArray) {
    while (seen.length < SAMPLE_RECORDS) {
      const next = await hostNext(first, seen.length);
      if (next.done === true) break;
      seen.push(next.value);
    }
  }
  const columns = await learnColumns(
    isArray ? (rows as readonly HostRecord[]) : seen,
    options.columns,
  );
  const schema: Schema = {
    fields: columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: true,
      origin: 'native',
    })),
  };
  const isClosed = options.columns !== undefined;
  const batchRows = Math.min(BATCH_ROWS, Math.max(1, options.batchRows ?? BATCH_ROWS));
  if (!once && !isArray) await first.return?.();

  let passes = 0;
  const records = async function* (): AsyncGenerator<HostRecord> {
    passes++;
    if (!once) {
      yield* iterateAll(pass());
      return;
    }
    // The sample was kept, so a pass that stays inside it (a preview) takes nothing away from the next.
    for (const record of seen) yield record;
    if (passes > 1 && isBeyondSample)
      throw new ExportError('read.rows.failed', {
        row: seen.length,
        detail: ROWS_TEXTS.readOnce,
      });
    isBeyondSample = true;
    yield* iterateAll(first);
  };
  let isBeyondSample = false;
  return {
    name,
    schema,
    rowCount: options.rowCount ?? (isArray ? (rows as readonly unknown[]).length : null),
    once,
    open: () => toBatches(records(), columns, schema, isClosed, batchRows),
  };
}

function isOneShot(rows: Exclude<HostRows, readonly HostRecord[]>): boolean {
  const iterable = rows as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
  const iterator: unknown = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  return iterator === rows || typeof (rows as { getReader?: unknown }).getReader === 'function';
}

async function* iterateAll(iterator: AsyncIterator<HostRecord>): AsyncGenerator<HostRecord> {
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function* iterate(rows: HostRows): AsyncGenerator<HostRecord> {
  if ('fetchPage' in rows) yield* pages(rows.fetchPage, rows.pageRows ?? PAGE_ROWS);
  else yield* rows as Iterable<HostRecord> | AsyncIterable<HostRecord>;
}

async function* pages(fetchPage: FetchPage, limit: number): AsyncGenerator<HostRecord> {
  const abort = new AbortController();
  let cursor: unknown;
  let offset = 0;
  try {
    for (;;) {
      const page = await fetchPage({ cursor, offset, limit, signal: abort.signal });
      const isBare = Array.isArray(page);
      const records = isBare ? (page as readonly HostRecord[]) : (page as HostPage).rows;
      yield* records;
      offset += records.length;
      cursor = isBare ? undefined : (page as HostPage).next;
      if (isBare ? records.length < limit : cursor === undefined || cursor === null) return;
    }
  } finally {
    abort.abort();
  }
}

/** Columns in order of first appearance, each with the narrowest type that holds all values looked at. */
async function learnColumns(
  records: readonly HostRecord[],
  given: RowsOptions['columns'],
): Promise<HostColumn[]> {
  const byKey = new Map<string | number, { name: string; type: DataType | null; fixed: boolean }>();
  given?.forEach((column, i) => {
    const isPositional = Array.isArray(records[0]);
    byKey.set(isPositional ? i : column.name, {
      name: column.name,
      type: column.type ?? null,
      fixed: column.type !== undefined,
    });
  });
  const slicer = new Slicer();
  for (let i = 0; i < records.length; i++) {
    if ((i & 255) === 0 && slicer.isOver) await slicer.pause();
    const record = records[i]!;
    const keys: readonly (string | number)[] = Array.isArray(record)
      ? record.map((_, k) => k)
      : Object.keys(record);
    for (const key of keys) {
      let column = byKey.get(key);
      if (column === undefined) {
        if (given !== undefined) continue;
        column = {
          name: typeof key === 'number' ? `column${key + 1}` : key,
          type: null,
          fixed: false,
        };
        byKey.set(key, column);
      }
      if (column.fixed) continue;
      const value = (record as Record<string | number, unknown>)[key];
      column.type = widen(column.type, typeOfHostValue(value));
    }
  }
  return [...byKey].map(([key, { name, type }]) => ({ key, name, type: type ?? UTF8 }));
}

/** The type that holds both; text where nothing else does (numbers then keep their own digits as text). */
function widen(a: DataType | null, b: DataType | null): DataType | null {
  if (a === null || b === null) return a ?? b;
  if (typeName(a) === typeName(b)) return a;
  const isNested = a.kind === 'json' || b.kind === 'json';
  if (isNested) return JSON_TEXT;
  const big = [a, b].find((type) => type.kind === 'decimal');
  if (big && [a, b].every((type) => type.kind === 'decimal' || type.kind === 'int')) return big;
  return UTF8;
}

async function* toBatches(
  records: AsyncGenerator<HostRecord>,
  columns: readonly HostColumn[],
  schema: Schema,
  isClosed: boolean,
  batchRows: number,
): AsyncGenerator<Batch> {
  const slicer = new Slicer();
  const known = new Set(columns.map((column) => column.key));
  const isGuarded = columns.map(
    (column) => typeof column.key === 'string' && column.key in Object.prototype,
  );
  let builders: ColumnBuilder[] = [];
  let count = 0;
  let size = 0;
  let row = 0;
  // The first batches are small: who only looks at the first rows asks the host for no more, and a pass that ends within
  // the sample takes nothing from rows that can be read only once.
  let mostRows = Math.min(batchRows, SAMPLE_RECORDS);
  const cut = (): Batch => {
    const batch: Batch = {
      schema,
      rowCount: count,
      selection: null,
      columns: builders.map((builder) => builder.finish()),
      block: null,
    };
    count = 0;
    size = 0;
    mostRows = Math.min(batchRows, mostRows * 4);
    return batch;
  };
  try {
    for (;;) {
      const next = await hostNext(records, row);
      if (next.done === true) break;
      const record = next.value;
      if (count === 0) builders = columns.map((column) => createBuilder(column.type, mostRows));
      if (!isClosed) refuseUnknownKeys(record, known, row);
      for (let c = 0; c < columns.length; c++) {
        const { key, name, type } = columns[c]!;
        const isThere = !isGuarded[c] || Object.hasOwn(record, key);
        const raw = isThere ? (record as Record<string | number, unknown>)[key] : undefined;
        const value = readHostValue(raw, type);
        if (value === undefined)
          throw new ExportError('read.rows.misfit', {
            row: row + 1,
            column: name,
            found: describe(raw),
            expected: typeName(type),
          });
        if (typeof value === 'string') size += value.length;
        builders[c]!.append(value);
      }
      size += columns.length * 8;
      count++;
      row++;
      if (count >= mostRows || size >= BATCH_BYTES) yield cut();
      if ((row & 63) === 0 && slicer.isOver) await slicer.pause();
    }
    if (count > 0) yield cut();
  } finally {
    await records.return(undefined);
  }
}

/** The host's next record; its own error becomes `read.rows.failed` with the place. */
async function hostNext(
  records: AsyncIterator<HostRecord>,
  row: number,
): Promise<IteratorResult<HostRecord>> {
  try {
    return await records.next();
  } catch (cause) {
    if (cause instanceof ExportError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError('read.rows.failed', { row, detail }, { cause });
  }
}

function refuseUnknownKeys(
  record: HostRecord,
  known: ReadonlySet<string | number>,
  row: number,
): void {
  if (Array.isArray(record)) {
    if (record.length <= known.size) return;
    throw new ExportError('read.rows.misfit', {
      row: row + 1,
      column: `column${known.size + 1}`,
      found: ROWS_TEXTS.furtherValue,
      expected: ROWS_TEXTS.values(known.size),
    });
  }
  for (const key of Object.keys(record))
    if (!known.has(key))
      throw new ExportError('read.rows.misfit', {
        row: row + 1,
        column: key,
        found: ROWS_TEXTS.newKey,
        expected: ROWS_TEXTS.none,
      });
}

function describe(value: unknown): string {
  if (value instanceof Date) return ROWS_TEXTS.date;
  if (typeof value === 'object') return Array.isArray(value) ? ROWS_TEXTS.list : ROWS_TEXTS.object;
  return `${typeof value} ${String(value).slice(0, 40)}`;
}
