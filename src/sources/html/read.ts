// Reads the rows of one table of a page as batches of text blocks whose cuts depend on the content alone.
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { ERROR_TEXTS } from '../../contract/error-codes.ts';
import { ExportError, fillText, shorten } from '../../contract/errors.ts';
import { SchemaGrowth } from '../../contract/misfit.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { WINDOW_BYTES } from '../../contract/text-window.ts';
import { count } from '../../contract/type-evidence.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { UTF8, type Field, type Schema } from '../../table/data-type.ts';
import { isNull } from './null-cells.ts';
import type { HtmlOptions } from './options.ts';
import { isLeftOut, walkOptions, type TableRow } from './table-row.ts';
import { TableWalker } from './table-walker.ts';
import { LOSS_SENTENCES } from './texts.ts';

/** Throws SchemaGrowth where rows have more cells than an inferred schema has columns. */
export async function* readHtml(context: ReadContext<HtmlOptions>): AsyncGenerator<Batch> {
  const { input, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the HTML source reads bytes');
  const rows = new TableRows(context);
  let offset = 0;
  for await (const chunk of input.open()) {
    signal.throwIfAborted();
    if (offset < WINDOW_BYTES) refuseNul(chunk.subarray(0, WINDOW_BYTES - offset), offset, input);
    offset += chunk.length;
    rows.walker.write(chunk);
    yield* rows.take();
    if (rows.isOver) break;
  }
  if (!rows.isOver) rows.walker.end();
  yield* rows.finish();
}

function refuseNul(chunk: Uint8Array, offset: number, { name }: { name: string }): void {
  const at = chunk.indexOf(0);
  if (at >= 0) throw new ExportError('read.binary', { name, byte: '0x00', offset: offset + at });
}

class TableRows {
  readonly walker: TableWalker;
  /** The table has ended. */
  isOver = false;
  readonly #context: ReadContext<HtmlOptions>;
  readonly #schema: Schema;
  readonly #writer: BlockWriter;
  readonly #conform: ReturnType<typeof createConformer>;
  readonly #ready: Batch[] = [];
  readonly #losses = new Map<keyof typeof LOSS_SENTENCES, number>();
  #isFound = false;
  #headLeft: number;
  #row = 0;
  #rejected: number[] = [];
  /** The most cells of a row so far, where they are more than the schema has columns, and the first such row. */
  #widest = 0;
  #wideLine = 0;
  #wideCells = 0;

  constructor(context: ReadContext<HtmlOptions>) {
    const { schema, options, wanted, limits, table } = context;
    this.#context = context;
    this.#schema = schema;
    this.#writer = new BlockWriter(schema.fields.length, true);
    this.#conform = createConformer(conformColumns(schema, context.columns), schema, 'html');
    this.#headLeft = options.header === 'present' ? (options.headerRows ?? 1) : 0;
    const skipped = options.skipColumns ?? 0;
    this.walker = new TableWalker(
      {
        begin: ({ name }) => {
          if (this.#isFound || (table !== undefined && name !== table)) return false;
          this.#isFound = true;
          return true;
        },
        row: (row) => this.#add(row),
        end: ({ name }) => {
          if (table === undefined || name === table) this.isOver = true;
        },
      },
      walkOptions(options, wanted && ((column) => wanted.has(column - skipped))),
      limits,
    );
  }

  #count(code: keyof typeof LOSS_SENTENCES, times = 1): void {
    this.#losses.set(code, (this.#losses.get(code) ?? 0) + times);
  }

  #add(row: TableRow): void {
    const { options, schema } = this.#context;
    if (this.isOver) return;
    if (isLeftOut(row, options)) {
      this.#count(row.isHidden ? 'html.hidden-rows' : 'html.footer-rows');
      return;
    }
    if (this.#headLeft > 0) {
      this.#headLeft--;
      return;
    }
    if (row.filled > 0) this.#count('html.cells-filled', row.filled);
    const skipped = options.skipColumns ?? 0;
    const width = schema.fields.length;
    const found = row.width - skipped;
    let isRejected = false;
    if (found !== width) isRejected = this.#misfit(row, found, width);
    if (this.#widest > 0) return;
    const writer = this.#writer;
    for (let column = 0; column < width; column++) {
      const value = row.values[column + skipped] ?? null;
      if (isNull(value, options)) writer.addNull();
      else addText(writer, value!);
    }
    writer.endRow(row.line);
    if (isRejected) this.#rejected.push(writer.rowCount - 1);
    this.#row++;
    if (writer.isFull) this.#cut();
  }

  /** A row of another length; whether it is rejected. */
  #misfit(row: TableRow, found: number, width: number): boolean {
    const { options, reject } = this.#context;
    const code = 'read.html.ragged-row';
    const parameters = {
      line: row.line,
      found: count(Math.max(0, found), 'cell', 'cells'),
      expected: width,
    };
    if (options.raggedRows === 'fail') throw new ExportError(code, parameters);
    if (options.raggedRows === 'reject') {
      const record = row.values.map((value) => value ?? '').join('\t');
      const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
      reject({ row: this.#row, line: row.line, code, sentence, value: shorten(record), record });
      return true;
    }
    if (found < width) this.#count('html.row-padded');
    else if (found > this.#widest) {
      if (this.#widest === 0) {
        this.#wideLine = row.line;
        this.#wideCells = found;
      }
      this.#widest = found;
    }
    return false;
  }

  #cut(): void {
    const given = this.#writer.take();
    const { block, selection } = this.#conform(given, this.#rejected, this.#context);
    this.#rejected = [];
    this.#ready.push({ ...blockBatch(this.#schema, block), selection });
  }

  *take(): Generator<Batch> {
    this.#context.signal.throwIfAborted();
    yield* this.#ready.splice(0);
  }

  /** What is left at the end, and what is to be said of all of it. */
  *finish(): Generator<Batch> {
    const { input, lose } = this.#context;
    if (!this.#isFound) throw new ExportError('read.changed', { name: input.name });
    if (this.#widest > 0) throw this.#growth();
    if (this.#writer.rowCount > 0) this.#cut();
    yield* this.take();
    for (const [code, times] of this.#losses)
      lose({ code, sentence: LOSS_SENTENCES[code], count: times });
  }

  #growth(): SchemaGrowth {
    const { fields } = this.#schema;
    const more = Array.from({ length: this.#widest - fields.length }, (_, i): Field => ({
      name: `column${fields.length + i + 1}`,
      type: UTF8,
      nullable: true,
      origin: 'inferred',
    }));
    const line = this.#wideLine;
    return new SchemaGrowth(
      { fields: [...fields, ...more] },
      more.map(({ name }) => ({ column: name, from: null, value: '', line })),
      new ExportError('read.html.ragged-row', {
        line,
        found: count(this.#wideCells, 'cell', 'cells'),
        expected: fields.length,
      }),
    );
  }
}

/** Most values are short and of ASCII, for which no encoder is asked. */
function addText(writer: BlockWriter, text: string): void {
  let isPlain = text.length > 0 && text.length < 64;
  for (let i = 0; isPlain && i < text.length; i++) {
    const code = text.charCodeAt(i);
    isPlain = code < 128 && code > 31 && code !== 34 && code !== 44;
  }
  if (isPlain) writer.addAscii(text);
  else writer.addString(text);
}
