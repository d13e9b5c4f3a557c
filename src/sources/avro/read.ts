// Reads Avro files as batches of typed columns, only the columns that count.
import { ExportError, shorten } from '../../contract/errors.ts';
import { faultError, insist } from '../../contract/fault.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch, TypedColumn } from '../../table/batch.ts';
import { createBuilder, type ColumnBuilder } from '../../table/builders.ts';
import { nullColumn } from '../../table/null-column.ts';
import { firstInvalidText, replaceInvalidText } from '../../table/valid-text.ts';
import { blocksOf, readHead } from './container.ts';
import { Cursor } from './cursor.ts';
import type { AvroOptions } from './options.ts';
import { planColumns, type AvroColumn } from './schema.ts';
import { LOSS_SENTENCES } from './texts.ts';
import { loadUnpack, type Unpack } from './unpack.ts';

const MOST_ROWS = 8_192;
const BATCH_BYTES = 8 << 20;

export async function* readAvro(context: ReadContext<AvroOptions>): AsyncGenerator<Batch> {
  const { input, signal, schema, wanted } = context;
  if (input.kind !== 'bytes' || input.slices === undefined)
    throw new TypeError('the Avro source reads slices');
  const { slices, name } = input;
  try {
    signal.throwIfAborted();
    const head = await readHead(slices);
    const columns = planColumns(head.schema, name);
    const unpack = await unpackOf(head.codec, name);
    const rows = new Rows(columns, wanted);
    let firstRow = 0;
    const take = (): Batch => {
      const made = rows
        .take()
        .map((column, i) => withValidText(column, columns[i]!, firstRow, context));
      const rowCount = rows.lastCount;
      firstRow += rowCount;
      return { schema, rowCount, selection: null, columns: made, block: null };
    };
    for await (const { rowCount, from, to } of blocksOf(slices, head)) {
      signal.throwIfAborted();
      const cursor = new Cursor(await unpacked(slices, from, to, unpack));
      for (let i = 0; i < rowCount; i++) {
        rows.add(cursor);
        if (rows.isFull) yield take();
      }
      insist(cursor.left === 0, 'a block holds more than its records');
    }
    if (rows.count > 0) yield take();
  } catch (thrown) {
    throw faultError(thrown, 'read.avro.corrupt', name, 'its records cannot be decoded');
  }
}

/** Throws `read.avro.unsupported` for a codec that cannot be read. */
async function unpackOf(codec: string, name: string): Promise<Unpack> {
  const unpack = await loadUnpack(codec);
  if (unpack !== null) return unpack;
  throw new ExportError('read.avro.codec', { name, codec: shorten(codec) });
}

const unpacked = async (
  slices: ByteSlices,
  from: number,
  to: number,
  unpack: Unpack,
): Promise<Uint8Array> => unpack(await slices.read(from, to));

/** Collects the records of a batch. */
class Rows {
  readonly #columns: readonly AvroColumn[];
  readonly #isWanted: readonly boolean[];
  #builders: (ColumnBuilder | null)[];
  #bytes = 0;
  count = 0;
  /** Of the batch taken last. */
  lastCount = 0;

  constructor(columns: readonly AvroColumn[], wanted: ReadonlySet<number> | undefined) {
    this.#columns = columns;
    this.#isWanted = columns.map((_, index) => wanted === undefined || wanted.has(index));
    this.#builders = this.#fresh();
  }

  get isFull(): boolean {
    return this.count >= MOST_ROWS || this.#bytes >= BATCH_BYTES;
  }

  add(cursor: Cursor): void {
    const before = cursor.at;
    for (let c = 0; c < this.#columns.length; c++) {
      const value = this.#columns[c]!.read(cursor);
      this.#builders[c]?.append(value);
    }
    this.#bytes += cursor.at - before;
    this.count++;
  }

  take(): TypedColumn[] {
    const { count } = this;
    const made = this.#builders.map(
      (builder, c) => builder?.finish() ?? nullColumn(this.#columns[c]!.type, count),
    );
    this.lastCount = count;
    this.count = 0;
    this.#bytes = 0;
    this.#builders = this.#fresh();
    return made;
  }

  #fresh(): (ColumnBuilder | null)[] {
    return this.#columns.map(({ type }, c) =>
      this.#isWanted[c] ? createBuilder(type, 256) : null,
    );
  }
}

/** Texts come as the file has them: what is no UTF-8 stops the reading or is replaced, as the options say. */
function withValidText(
  column: TypedColumn,
  { name }: AvroColumn,
  firstRow: number,
  context: ReadContext<AvroOptions>,
): TypedColumn {
  const { type } = column;
  if (type.kind !== 'utf8') {
    if (column.children.length === 0) return column;
    const children = column.children.map((child) =>
      withValidText(child, { name } as AvroColumn, firstRow, context),
    );
    return { ...column, children };
  }
  if (firstInvalidText(column) < 0) return column;
  if (context.options.invalidText === 'fail')
    throw new ExportError('read.avro.invalid-text', {
      name: context.input.name,
      column: shorten(name),
      row: `${firstRow + 1} or later`,
    });
  const replaced = replaceInvalidText(column);
  context.lose({
    code: 'avro.text-replaced',
    column: name,
    count: replaced.changed,
    sentence: LOSS_SENTENCES['avro.text-replaced'],
  });
  return replaced.column;
}
