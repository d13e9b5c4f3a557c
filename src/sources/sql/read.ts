// Reads the rows of one table of a script as batches of text blocks whose cuts depend on the content alone.
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { ERROR_TEXTS } from '../../contract/error-codes.ts';
import { ExportError, fillText, shorten } from '../../contract/errors.ts';
import { SchemaGrowth } from '../../contract/misfit.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { grownSize, openWindow, refuseBinary, WINDOW_BYTES } from '../../contract/text-window.ts';
import { count } from '../../contract/type-evidence.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { UTF8 } from '../../table/data-type.ts';
import { isTextOfBytes, writeCell } from './cells.ts';
import { DIALECTS } from './dialect.ts';
import { syntaxError } from './inspect.ts';
import { Lexer, MORE, SyntaxFault } from './lexer.ts';
import type { SqlScriptOptions } from './options.ts';
import { placesOf } from './places.ts';
import { ScriptReader } from './script.ts';
import { FAULTS, LOSS_SENTENCES } from './texts.ts';
import { KIND, type Kind } from './value-kinds.ts';

/** Characters of a statement or row that a message shows. */
const SHOWN_BYTES = 400;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

type BadRow =
  'read.sql.expression' | 'read.sql.raw-bytes' | 'read.sql.row-length' | 'read.sql.query';

export async function* readSql(context: ReadContext<SqlScriptOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal, table } = context;
  if (input.kind !== 'bytes') throw new TypeError('the sql source reads bytes');
  const { fields } = schema;
  const { length: width } = fields;
  const names = fields.map((field) => field.name);
  const types = fields.map((field) => field.type);
  const isUpdates = options.statements === 'updates';
  const lexer = new Lexer(DIALECTS[options.dialect === 'auto' ? 'standard' : options.dialect]);
  const reader = new ScriptReader(lexer, {
    wants: (name) => name === table,
    updates: isUpdates,
    creates: false,
  });
  const conform = createConformer(conformColumns(schema, context.columns), schema, 'sql');
  const writer = new BlockWriter(width, true);
  const window = openWindow(input.open());
  let rejectedRows: number[] = [];
  let row = 0;
  let leftOut = 0;
  let changes = 0;
  /** The columns that the statement names, and for each of ours its place among them. */
  let named: readonly string[] | null | undefined;
  let order: number[] = [];
  let isSome = false;
  /** Those of the named columns that hold bytes. */
  let binaries: number[] = [];

  /** Puts nulls in the place of a row that cannot be read, unless that is an error. */
  const refuse = (code: BadRow, more: Record<string, string>, value: string): void => {
    const line = reader.lineOf(reader.rowAt);
    const parameters = { line, value: shorten(value), ...more };
    if (options.badRows === 'fail') throw new ExportError(code, parameters);
    rejectedRows.push(writer.rowCount);
    const record = decoder.decode(lexer.bytes.subarray(reader.rowAt, reader.rowEnd));
    const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
    context.reject({ row, line, code, sentence, value: shorten(value), record });
    for (let c = 0; c < width; c++) writer.addNull();
    writer.endRow(line);
    row++;
  };

  const settleColumns = (): void => {
    named = reader.columns;
    const places = placesOf(named, names);
    const unknown = places.indexOf(-1);
    if (unknown >= 0) {
      const column = named![unknown]!;
      const line = reader.lineOf(reader.rowAt);
      const error = new ExportError('read.sql.new-column', { column: shorten(column), line });
      const field = { name: column, type: UTF8, nullable: true, origin: 'inferred' as const };
      const change = { column, from: null, value: '', line };
      throw new SchemaGrowth({ fields: [...fields, field] }, [change], error);
    }
    order = names.map((_, c) => places.indexOf(c));
    isSome = order.includes(-1);
    binaries = order.flatMap((i, c) => (types[c]!.kind === 'binary' && i >= 0 ? [i] : []));
  };

  const addRow = (): void => {
    if (reader.columns !== named) settleColumns();
    const expected = named?.length ?? width;
    if (named === null && reader.count > expected) reader.dropDefaults(expected);
    const { count: found, kinds, starts, ends, inScratch, value } = reader;
    if (found !== expected)
      return refuse(
        'read.sql.row-length',
        {
          found: count(found, 'value', 'values'),
          expected: count(expected, 'column', 'columns'),
        },
        decoder
          .decode(lexer.bytes.subarray(reader.rowAt, reader.rowAt + SHOWN_BYTES))
          .split('\n')[0]!,
      );
    const { bytes: scratch } = value.scratch;
    const { bytes } = lexer;
    const refuseValue = (code: BadRow, i: number): void => {
      const from = inScratch[i] === 1 ? scratch : bytes;
      const shown = from.subarray(starts[i], Math.min(ends[i]!, starts[i]! + SHOWN_BYTES));
      const column = shorten(names[order.indexOf(i)] ?? '');
      refuse(code, { column }, decoder.decode(shown));
    };
    for (let i = 0; i < found; i++)
      if (kinds[i] === KIND.unknown) return refuseValue('read.sql.expression', i);
    for (const i of binaries)
      if (
        kinds[i] === KIND.text &&
        !isTextOfBytes(inScratch[i] === 1 ? scratch : bytes, starts[i]!, ends[i]!)
      )
        return refuseValue('read.sql.raw-bytes', i);
    for (let c = 0; c < width; c++) {
      const i = order[c]!;
      if (i < 0 || kinds[i] === KIND.null) writer.addNull();
      else
        writeCell(
          writer,
          kinds[i] as Kind,
          inScratch[i] === 1 ? scratch : bytes,
          starts[i]!,
          ends[i]!,
          types[c]!,
        );
    }
    if (isSome) leftOut++;
    writer.endRow(reader.lineOf(reader.rowAt));
    row++;
  };

  const lose = (code: keyof typeof LOSS_SENTENCES, times: number): void => {
    if (times > 0) context.lose({ code, sentence: LOSS_SENTENCES[code], count: times });
  };

  const take = (): Batch => {
    lose('sql.columns-left-out', leftOut);
    lose('sql.changes-skipped', changes);
    leftOut = changes = 0;
    const { block, selection } = conform(writer.take(), rejectedRows, context);
    rejectedRows = [];
    return { ...blockBatch(schema, block), selection };
  };

  /** Reads as far as the bytes go; true where a batch is full, false at the end. */
  const readOn = (): boolean => {
    for (;;) {
      switch (reader.next()) {
        case 'end':
          return false;
        case 'row':
          if (reader.isUpdate === isUpdates) addRow();
          else if (reader.table === table && row > 0) changes++;
          break;
        case 'names': {
          const known = named ?? names;
          const places = placesOf(reader.columns, known);
          // Columns have their numbers where the sample did not reach their names.
          const isUnnamed = named === null && places.every((place) => place < 0);
          const isInOrder = isUnnamed || places.every((place, i) => place === i);
          if (places.length !== known.length || !isInOrder)
            throw new SyntaxFault(FAULTS.order, reader.rowAt);
          break;
        }
        case 'query':
          refuse(
            'read.sql.query',
            {},
            decoder.decode(lexer.bytes.subarray(reader.rowAt, reader.rowAt + SHOWN_BYTES)),
          );
          break;
        case 'create':
          break;
        case 'change':
          if (reader.table === table && row > 0) changes++;
          break;
      }
      if (writer.isFull) return true;
    }
  };

  try {
    const firstSize = Math.min(WINDOW_BYTES, limits.recordBytes + 2);
    let size = firstSize;
    await window.fill(size);
    if (window.filled === 0) throw new ExportError('read.empty', { name: input.name });
    refuseBinary(window.bytes.subarray(0, window.filled), input.name);
    for (;;) {
      signal.throwIfAborted();
      await window.fill(size);
      lexer.bytes = window.bytes;
      lexer.end = Math.min(size, window.filled);
      lexer.isEnd = window.isEnd && lexer.end === window.filled;
      reader.grown();
      try {
        while (readOn()) yield take();
        if (writer.rowCount > 0) yield take();
        lose('sql.changes-skipped', changes);
        return;
      } catch (thrown) {
        if (thrown instanceof SyntaxFault) throw syntaxError(thrown, reader, input.name);
        if (thrown !== MORE) throw thrown;
      }
      if (reader.at === 0) {
        size = grownSize(size, limits.recordBytes, reader.lineOf(0), 'read.sql.record-too-large');
        continue;
      }
      const { at } = reader;
      reader.moved(at);
      window.moveTo(at);
      size = firstSize;
    }
  } finally {
    await window.close();
  }
}
