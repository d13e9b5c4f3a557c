// Reads JSON records as batches of text blocks: from lists, objects, lines or one after the other, wherever in the document.
import type { Batch, Column } from '../table/batch.ts';
import { INCOMPLETE, WRONG } from '../table/json-scan.ts';
import type { TextBlock } from '../table/text-block.ts';
import { conformColumns, createConformer } from './conform.ts';
import { ERROR_TEXTS } from './error-codes.ts';
import { ExportError, fillText, shorten } from './errors.ts';
import { JsonDocument } from './json-document.ts';
import { GrowingSchema } from './json-growth.ts';
import { ascend, descend } from './json-path.ts';
import { JsonRows, type JsonRowsOptions } from './json-rows.ts';
import {
  LAYOUT_WORDS,
  LOSS_SENTENCES,
  REMEDIES,
  SHAPE_WORDS,
  valueWord,
} from './json-source-texts.ts';
import type { ReadContext } from './source-plugin.ts';
import type { Reject } from './report.ts';

const LF = 10;
const CR = 13;
const RECORD_SEPARATOR = 0x1e;
const VALUE_BYTES = 400;

/** How records stand beside each other. */
export type JsonFraming = 'list' | 'entries' | 'single' | 'sequence' | 'lines';

export interface JsonReadingOptions extends JsonRowsOptions {
  /** `json` or `ndjson`: begins the codes of losses. */
  kind: string;
  framing: JsonFraming;
  /** Keys and positions that lead from the document to what holds the records. */
  path: readonly string[];
  /** Whether the first record holds the columns' names. */
  skipsFirst: boolean;
  /** Records of another shape, and lines that are no JSON. */
  badRecords: 'fail' | 'reject';
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Throws `read.empty` when there is nothing but white space. */
async function begin(document: JsonDocument, name: string): Promise<void> {
  await document.fill(document.windowBytes);
  if ((await document.peek()) < 0) throw new ExportError('read.empty', { name });
}

/** What a cut through the window brought. */
type CutEnd = 'window' | 'full' | 'done';

/** Cuts records off the window. */
class Cutter {
  rejectedRows: number[] = [];
  rejects: Reject[] = [];
  /** 0-based number of the block's first row. */
  firstRow = 0;
  #phase: 'first' | 'next' | 'element' = 'first';
  readonly #document: JsonDocument;
  readonly #rows: JsonRows;
  readonly #options: JsonReadingOptions;
  readonly #close: number;
  #skipsFirst: boolean;

  constructor(document: JsonDocument, rows: JsonRows, options: JsonReadingOptions) {
    this.#document = document;
    this.#rows = rows;
    this.#options = options;
    this.#close = options.framing === 'list' ? 93 : options.framing === 'entries' ? 125 : -1;
    this.#skipsFirst = options.skipsFirst;
  }

  /** Goes to the next record; -1: there is none, -2: the window ends before it. */
  #next(from: number): number {
    const document = this.#document;
    const { scan } = document;
    const { bytes } = scan;
    const { framing } = this.#options;
    const close = this.#close;
    let at = scan.space(from);
    if (close >= 0) {
      if (this.#phase !== 'element') {
        if (bytes[at] === close) {
          document.at = at + 1;
          return -1;
        }
        if (this.#phase === 'next') {
          if (bytes[at] !== 44) {
            if (scan.unexpected('comma', at) === WRONG) throw document.faultError();
            document.at = at;
            return -2;
          }
          const comma = at;
          at = scan.space(at + 1);
          if (bytes[at] === close) throw document.unexpected('trailing-comma', comma);
        }
        if (at < document.filled) this.#phase = 'element';
        else if (this.#phase === 'next') this.#phase = 'element';
      }
    } else if (framing === 'single') {
      if (this.#phase === 'next') {
        document.at = at;
        return -1;
      }
    } else {
      while (bytes[at] === RECORD_SEPARATOR) at = scan.space(at + 1);
      if (at >= document.filled && document.isEnd) {
        document.at = at;
        return -1;
      }
    }
    document.at = at;
    return at >= document.filled && !document.isEnd ? -2 : at;
  }

  /** Whether the record that ended at `end` is alone on its line. */
  #endsLine(at: number, end: number, isBroken: boolean): number {
    const { scan, filled, isEnd } = this.#document;
    const { bytes } = scan;
    let i = end;
    while (bytes[i] === 32 || bytes[i] === 9 || bytes[i] === CR) i++;
    if (i >= filled) return isEnd ? end : INCOMPLETE;
    if (bytes[i] !== LF && bytes[i] !== RECORD_SEPARATOR) return scan.unexpected('after', i);
    return isBroken ? scan.unexpected('end', bytes.indexOf(LF, at)) : end;
  }

  cut(): CutEnd {
    const document = this.#document;
    const rows = this.#rows;
    const { scan } = document;
    const { framing } = this.#options;
    for (;;) {
      const at = this.#next(document.at);
      if (at === -1) return 'done';
      if (at === -2) return 'window';
      const { lineBreaks } = scan;
      let end = this.#record(at, lineBreaks + 1);
      if (end >= 0 && framing === 'lines') {
        const after = this.#endsLine(at, end, scan.lineBreaks > lineBreaks);
        if (after < 0) {
          rows.block.dropLast();
          end = after;
        }
      }
      if (end === WRONG) end = this.#leaveOut(at, lineBreaks + 1);
      if (end === INCOMPLETE) {
        scan.lineBreaks = lineBreaks;
        return 'window';
      }
      document.at = end;
      this.#phase = 'next';
      if (rows.block.isFull) return 'full';
    }
  }

  #record(at: number, line: number): number {
    const rows = this.#rows;
    if (this.#skipsFirst) {
      const end = rows.read(at);
      if (end >= 0) this.#skipsFirst = false;
      return end;
    }
    if (this.#options.framing !== 'entries') return rows.row(at, line);
    const { scan } = this.#document;
    const { bytes } = scan;
    rows.problem = null;
    if (bytes[at] !== 34) return scan.unexpected('key', at);
    const end = scan.string(at + 1);
    if (end < 0) return end;
    const { hasEscapes, hasComma } = scan;
    const colon = scan.space(end + 1);
    if (bytes[colon] !== 58) return scan.unexpected('colon', colon);
    const start = scan.space(colon + 1);
    return rows.row(start, line, { start: at + 1, end, hasEscapes, hasComma });
  }

  /** Throws what is wrong with the record at `at`, or leaves it out and returns where to go on. */
  #leaveOut(at: number, line: number): number {
    const document = this.#document;
    const { scan } = document;
    const { problem } = this.#rows;
    const { badRecords, framing, shape } = this.#options;
    const isShape = problem?.kind === 'shape';
    const error = problem === null ? this.#syntaxError(at) : this.#problemError();
    const canLeaveOut = isShape || (problem === null && framing === 'lines');
    if (badRecords === 'fail' || !canLeaveOut) throw error;
    let end = isShape ? problem.end : scan.bytes.indexOf(LF, at);
    if (framing === 'lines') {
      if (end < 0 || end > document.filled) {
        if (!document.isEnd) return INCOMPLETE;
        end = document.filled;
      }
      scan.lineBreaks = line - 1;
    }
    this.rejectedRows.push(this.#rows.block.rowCount);
    this.#rows.addEmptyRow(line);
    const code = isShape ? 'read.json.other-record' : 'read.json.syntax';
    this.rejects.push({
      row: this.firstRow + this.#rows.block.rowCount - 1,
      line,
      code,
      sentence: isShape
        ? fillText(ERROR_TEXTS[code].sentence, {
            line,
            column: document.placeOf(at).column,
            found: valueWord(scan.bytes[at]),
            expected: SHAPE_WORDS[shape],
          })
        : error.message,
      value: shorten(decoder.decode(scan.bytes.subarray(at, Math.min(end, at + VALUE_BYTES)))),
    });
    return end;
  }

  #syntaxError(at: number): ExportError {
    const { scan } = this.#document;
    if (this.#options.framing !== 'lines') return this.#document.faultError();
    // What is wrong in a later line is that this one did not end.
    const lineEnd = scan.bytes.indexOf(LF, at);
    const isBroken = lineEnd >= 0 && lineEnd <= scan.fault.at && scan.fault.reason !== 'control';
    if (isBroken) scan.fault = { reason: 'end', at: lineEnd };
    return this.#document.faultError(isBroken ? REMEDIES.oneLine : REMEDIES.correct);
  }

  #problemError(): ExportError {
    const problem = this.#rows.problem!;
    const { line, column } = this.#document.placeOf(problem.at);
    switch (problem.kind) {
      case 'duplicate-key':
        return new ExportError('read.json.duplicate-key', {
          key: shorten(problem.key),
          line,
          column,
        });
      case 'new-key':
        return new ExportError('read.json.new-key', { key: shorten(problem.key), line });
      case 'lone-surrogate':
        return new ExportError('read.json.lone-surrogate', {
          column: shorten(this.#rows.nameOf(problem.column)),
          line,
        });
      default:
        return new ExportError('read.json.other-record', {
          line,
          column,
          found: valueWord(this.#document.scan.bytes[problem.at]),
          expected: SHAPE_WORDS[this.#options.shape],
        });
    }
  }
}

/** Makes batches of blocks: declared types are held against their values. */
export function createBatches(
  context: ReadContext<unknown>,
  kind: string,
): (block: TextBlock, rejectedRows: readonly number[]) => Batch {
  const { schema } = context;
  const columns: Column[] = schema.fields.map((_, index) => ({ storage: 'text', index }));
  const conform = createConformer(conformColumns(schema, context.columns), schema, kind);
  return (given, rejectedRows) => {
    const { block, selection } = conform(given, rejectedRows, context);
    return { schema, rowCount: block.rowCount, selection, columns: columns.slice(), block };
  };
}

/** Tells the losses that the rows counted. */
export function tellLosses(
  context: ReadContext<unknown>,
  rows: JsonRows,
  { kind, duplicateKeys }: Pick<JsonReadingOptions, 'kind' | 'duplicateKeys'>,
): void {
  const { duplicates, ignored, surrogates } = rows.counts;
  for (const [column, count] of duplicates)
    context.lose({
      code: `${kind}.duplicate-key`,
      sentence: LOSS_SENTENCES['duplicate-key'][duplicateKeys],
      column,
      count,
    });
  for (const [column, { count, example }] of ignored)
    context.lose({
      code: `${kind}.key-left-out`,
      sentence: LOSS_SENTENCES['key-left-out'],
      column,
      count,
      example: shorten(example),
    });
  for (const [column, count] of surrogates)
    context.lose({
      code: `${kind}.lone-surrogate`,
      sentence: LOSS_SENTENCES['lone-surrogate'],
      column: rows.nameOf(column),
      count,
    });
  duplicates.clear();
  ignored.clear();
  surrogates.clear();
}

/** Reads the records of a JSON document or of JSON lines. Throws SchemaGrowth for what an inferred schema cannot hold. */
export async function* readJsonRecords(
  context: ReadContext<unknown>,
  options: JsonReadingOptions,
): AsyncGenerator<Batch> {
  const { input, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('JSON sources read bytes');
  const document = new JsonDocument(input, limits);
  try {
    await begin(document, input.name);
    signal.throwIfAborted();
    const way = await descend(document, options.path, input.name);
    await enter(document, options);
    const growing = new GrowingSchema(schema, document.scan, limits.columns, (at) =>
      document.placeOf(at),
    );
    const rows = new JsonRows(document.scan, schema, options, growing, context.wanted);
    const cutter = new Cutter(document, rows, options);
    const batchOf = createBatches(context, options.kind);
    for (let end: CutEnd = 'full'; end !== 'done';) {
      signal.throwIfAborted();
      // The same window whatever came before it, so that blocks end where they do in every door.
      if (end === 'full') {
        document.advance();
        await document.fill(document.windowBytes);
      } else await document.more();
      end = cutter.cut();
      if (growing.surveyTo !== null) {
        rows.block.clear();
        if (document.offset >= growing.surveyTo) throw growing.growth();
      } else if (rows.block.rowCount > 0) {
        for (const reject of cutter.rejects) context.reject(reject);
        tellLosses(context, rows, options);
        const block = rows.block.take(cutter.firstRow);
        const { rejectedRows } = cutter;
        cutter.firstRow += block.rowCount;
        cutter.rejectedRows = [];
        cutter.rejects = [];
        yield batchOf(block, rejectedRows);
      }
    }
    if (growing.surveyTo !== null) throw growing.growth();
    if (options.framing === 'sequence' || options.framing === 'lines') return;
    for (const key of await ascend(document, way))
      context.lose({
        code: `${options.kind}.duplicate-key`,
        sentence: LOSS_SENTENCES['duplicate-key'].first,
        column: key,
        count: 1,
      });
  } finally {
    await document.close();
  }
}

/** Steps into the list or object that holds the records. Throws `read.json.wrong-layout`. */
async function enter(document: JsonDocument, { framing }: JsonReadingOptions): Promise<void> {
  if (framing !== 'list' && framing !== 'entries') return;
  const first = await document.peek();
  if (first !== (framing === 'list' ? 91 : 123)) {
    const { line, column } = document.placeOf(document.at);
    // What is no value at all is wrong before its layout is.
    await document.skipValue();
    throw new ExportError('read.json.wrong-layout', {
      expected: LAYOUT_WORDS[framing],
      found: valueWord(first),
      line,
      column,
    });
  }
  document.at++;
}
