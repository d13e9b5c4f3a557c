// The sqlite encoder: rows become pages as they come, which are put aside until the first page, which knows them all, can be written.
import { countLosses } from '../../contract/count-losses.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type {
  EncodedTable,
  Encoder,
  EncoderContext,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, selectedCount, selectedRow, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { isNullCell } from '../../table/cell-content.ts';
import { materialise } from '../../table/materialise.ts';
import { optionErrors } from './check.ts';
import { createPut, createTableSql, foldName, tableNames } from './columns.ts';
import { openIndexes, type OpenIndex } from './indexes.ts';
import type { SqliteOptions } from './options.ts';
import { localSize, PageFile, TreeWriter } from './pages.ts';
import { RecordWriter } from './record.ts';
import { type LossCode, LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();

/** Bytes of finished pages that are put aside at once, and read again. */
const PIECE_BYTES = 1 << 20;
/** Before the tree of the first page. */
const HEADER_BYTES = 100;
/** The release whose format this is: no reader decides by it, but all show it. */
const WRITTEN_LIKE = 3_045_000;

interface OpenTable {
  name: string;
  sql: string;
  tree: TreeWriter;
  /** Place of the column that names the rows; -1 = none. */
  keyAt: number;
  rowId: number | bigint;
  indexes: OpenIndex[];
}

/** What the table of all tables says of one of them, or of an index. */
interface SchemaEntry {
  kind: 'table' | 'index';
  name: string;
  table: string;
  sql: string;
  root: number;
}

function openStream(
  context: EncoderContext<SqliteOptions>,
  { scratch }: { scratch: Scratch },
): StreamEncoder {
  const { options } = context;
  const isMany = context.tables !== undefined;
  const tables = context.tables ?? [
    { name: options.table === '' ? context.name : options.table, schema: context.schema },
  ];
  rejectFindings(
    optionErrors(
      options,
      tables.map(({ schema }) => schema),
    ),
  );
  const sqlNames = tableNames(tables.map(({ name }) => name));
  const file = new PageFile(Number(options.pageSize));
  const record = new RecordWriter();
  const cell = new ByteWriter(4096);
  const losses = countLosses(LOSS_TEXTS);
  const written: SchemaEntry[] = [];
  /** Tables and indexes share their names. */
  const taken = new Set(sqlNames.map((name) => foldName(name)));
  let aside: ScratchFile | null = null;
  let open: OpenTable | null = null;

  const flush = async (least: number): Promise<void> => {
    if (file.out.length < least || file.out.length === 0) return;
    aside ??= await scratch.create();
    await aside.write(file.out.written());
    file.out.clear();
  };

  const start = (nth: number): void => {
    const { schema } = tables[nth] as EncodedTable;
    const name = sqlNames[nth]!;
    open = {
      name,
      sql: createTableSql(name, schema, options),
      tree: new TreeWriter(file, true),
      keyAt: options.rowId === '' ? -1 : schema.fields.findIndex((f) => f.name === options.rowId),
      rowId: 0,
      indexes: openIndexes(name, schema, options, taken, scratch),
    };
  };

  const finish = async (): Promise<void> => {
    const { name, sql, tree, indexes } = open!;
    written.push({ kind: 'table', name, table: name, sql, root: tree.end() });
    await flush(0);
    for (const index of indexes) {
      const entries = new TreeWriter(file, false);
      await index.eachEntry(async (entry, rowId) => {
        record.clear();
        record.entry(entry);
        record.bigInteger(rowId);
        cell.clear();
        record.putEntry(cell, file);
        entries.add(cell.written());
        if (file.out.length >= PIECE_BYTES) await flush(PIECE_BYTES);
      });
      const root = entries.end();
      written.push({ kind: 'index', name: index.name, table: name, sql: index.sql, root });
      await flush(0);
    }
  };

  const addRows = async (batch: Batch, table: OpenTable, firstRow: number): Promise<void> => {
    let column = '';
    const onLoss = (code: LossCode): void => losses.count(code, column);
    const { fields } = batch.schema;
    const puts = fields.map((_field, at) => createPut(batch, at, options, onLoss));
    const keys = table.keyAt < 0 ? null : readKeys(batch, table.keyAt);
    const indexAt = fields.map((_field, at) => table.indexes.find(({ column: of }) => of === at));
    const count = selectedCount(batch);
    for (let i = 0; i < count; i++) {
      const row = selectedRow(batch, i);
      const rowId =
        keys === null
          ? Number(table.rowId) + 1
          : keyOf(keys, row, table.rowId, firstRow + i, options.rowId);
      record.clear();
      for (let at = 0; at < puts.length; at++) {
        column = fields[at]!.name;
        // The row's own id stands in its cell already.
        if (at === table.keyAt) record.none();
        else {
          const index = indexAt[at];
          const mark = index && record.mark();
          puts[at]!(row, record);
          if (index && mark) index.add(record.since(mark), BigInt(rowId));
        }
      }
      cell.clear();
      record.putRow(cell, rowId, file);
      table.tree.add(cell.written(), rowId);
      table.rowId = rowId;
      if (file.out.length >= PIECE_BYTES) await flush(PIECE_BYTES);
    }
    for (const index of table.indexes) await index.endBatch();
  };

  return {
    begin() {
      if (!isMany) start(0);
      return [];
    },
    beginTable(nth) {
      start(nth);
      return [];
    },
    async encodeBatch(batch, at) {
      await addRows(batch, open!, at.firstRow);
      return { segments: [], losses: losses.take() };
    },
    async *endTable() {
      await finish();
      yield* none();
    },
    async *end() {
      if (!isMany) await finish();
      const first = firstPage(file, written, options);
      await flush(0);
      yield { bytes: first };
      for (let from = 0; aside !== null && from < aside.sizeBytes; from += PIECE_BYTES)
        yield { bytes: await aside.read(from, Math.min(aside.sizeBytes, from + PIECE_BYTES)) };
    },
    async close() {
      for (const index of open?.indexes ?? []) await index.close();
      await aside?.close();
    },
  };
}

const none = (): Segment[] => [];

function readKeys(batch: Batch, at: number): TypedColumn {
  return materialise(batch, at, (row, text) => {
    throw new MisfitError(at, row, text);
  });
}

/** The id of a row, larger than the one before it. */
function keyOf(
  column: TypedColumn,
  row: number,
  before: number | bigint,
  rowsBefore: number,
  name: string,
): bigint {
  const problem = (code: 'encode.sqlite.key-order' | 'encode.sqlite.key-null'): ExportError =>
    new ExportError(code, { column: shorten(name), row: rowsBefore + 1 });
  if (isNullCell(column, row)) throw problem('encode.sqlite.key-null');
  const source = column.dictionary ?? column;
  const at = column.dictionary === null ? row : Number(column.values![row]);
  const value = BigInt(source.values![at]!);
  if (rowsBefore > 0 && value <= BigInt(before)) throw problem('encode.sqlite.key-order');
  return value;
}

/** The file's header and the table of all tables. Its longer records may take pages of their own. */
function firstPage(
  file: PageFile,
  entries: readonly SchemaEntry[],
  options: SqliteOptions,
): Uint8Array {
  const { pageSize } = file;
  const record = new RecordWriter();
  const cell = new ByteWriter(4096);
  const tree = new TreeWriter(file, true, HEADER_BYTES);
  for (const [at, { kind, name, table, sql, root }] of entries.entries()) {
    const put = (statement: string): void => {
      record.clear();
      for (const text of [kind, name, table]) record.text(encoder.encode(text));
      record.integer(root);
      record.text(encoder.encode(statement));
    };
    put(sql);
    // A record that has room in a page, but not in the first one, is made longer until the most of it stands elsewhere.
    let padded = sql;
    while (localSize(record.size, pageSize, true) > pageSize - HEADER_BYTES - 40)
      put((padded += ' '));
    cell.clear();
    record.putRow(cell, at + 1, file);
    tree.add(cell.written(), at + 1);
  }
  const page = new Uint8Array(pageSize);
  tree.endInFirst(page, HEADER_BYTES);
  page.set(encoder.encode('SQLite format 3\0'));
  const view = new DataView(page.buffer);
  // 65,536 is written as 1.
  view.setUint16(16, pageSize === 65_536 ? 1 : pageSize);
  page.set([1, 1, 0, 64, 32, 32], 18);
  view.setUint32(24, 1);
  view.setUint32(28, file.pageCount);
  view.setUint32(40, 1);
  view.setUint32(44, 4);
  view.setUint32(56, 1);
  view.setInt32(60, options.userVersion);
  view.setUint32(92, 1);
  view.setUint32(96, WRITTEN_LIKE);
  return page;
}

/**
 * Looks at values without writing them: with it the engine finds out which other columns of a batch hold texts that do not fit.
 * A file can only be written by the stream.
 */
function openEncoder({ options }: EncoderContext<SqliteOptions>): Encoder {
  return {
    begin: () => [],
    encodeBatch(batch) {
      for (let at = 0; at < batch.columns.length; at++) createPut(batch, at, options, () => {});
      return { segments: [], losses: [] };
    },
    end: () => [],
  };
}

export const sqliteModule: FormatModule<SqliteOptions> = { openEncoder, openStream };
