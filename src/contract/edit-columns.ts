// What the user settled about columns, put into effect on batches: names, spellings, types, texts for null.
import { resolveColumn } from './columns.ts';
import type { ColumnEdit } from './config.ts';
import { ERROR_TEXTS } from './error-codes.ts';
import { ExportError, fillText, shorten } from './errors.ts';
import type { Loss, Reject } from './report.ts';
import { isNullValue, type Batch, type TypedColumn } from '../table/batch.ts';
import { BlockWriter } from '../table/block-writer.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import {
  parseTypeName,
  typeName,
  UTF8,
  type DataType,
  type Schema,
  type TimeUnit,
} from '../table/data-type.ts';
import { compilePattern, type DatePattern } from '../table/date-pattern.ts';
import { materialiseAs } from '../table/materialise.ts';
import { createNumberPattern, numberSignsProblem } from '../table/number-pattern.ts';
import { PatternError } from '../table/pattern-parts.ts';
import { patternProblem, type TextSpelling } from '../table/read-spelt.ts';
import { createLines } from '../table/source-lines.ts';
import type { TextBlock } from '../table/text-block.ts';
import { createValueWriter } from '../table/write-value.ts';
import { EDIT_TEXTS } from './edit-texts.ts';

/** A column whose values are read. */
export interface ReadColumn {
  position: number;
  /** As those before call it: that is what rejects say. */
  name: string;
  type: DataType;
  spelling: TextSpelling;
  onMisfit: 'reject' | 'null' | 'fail';
}

/** Edits made ready for a source's schema. */
export interface ColumnEdits {
  /** The schema behind the edits. */
  schema: Schema;
  apply(batches: AsyncIterable<Batch>, sink: EditSink): AsyncIterable<Batch>;
  /** The batch with the edits in effect, all its rows: what does not fit is told and null, whatever was to become of it. */
  readAll(batch: Batch, tell: (misfit: FoundMisfit) => void): Batch;
}

/** A value that does not fit its column's type; `column`: as the source calls it, and its place. */
export interface FoundMisfit {
  column: string;
  position: number;
  line: number;
  value: string;
}

export interface EditSink {
  reject(reject: Reject): void;
  lose(loss: Loss): void;
}

/** Whether values are to be read in another spelling than the product's own. */
export const hasSpelling = ({ pattern, numbers, nullTexts = [] }: ColumnEdit): boolean =>
  pattern !== undefined || numbers !== undefined || nullTexts.length > 0;

/**
 * The part of the edits that a source of bytes sees to itself: plain types, and that columns with a spelling of their own come
 * as text. With `asText` all edited types come as text.
 */
export function editsForSource(edits: readonly ColumnEdit[], asText = false): ColumnEdit[] {
  return edits.flatMap(({ column, type, onMisfit, ...rest }): ColumnEdit[] => {
    const isRead = asText && type !== undefined;
    if (isRead || hasSpelling({ column, ...rest })) return [{ column, type: 'utf8' }];
    return type === undefined ? [] : [{ column, type, ...(onMisfit && { onMisfit }) }];
  });
}

const wrong = (edit: ColumnEdit, option: string, detail: string): ExportError =>
  new ExportError('config.wrong-option', {
    path: `columns.${shorten(edit.column.name, 40)}.${option}`,
    detail,
  });

function patternOf(edit: ColumnEdit): DatePattern | undefined {
  if (edit.pattern === undefined) return undefined;
  try {
    return compilePattern(edit.pattern.text, edit.pattern.tokens);
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    throw wrong(edit, 'pattern', EDIT_TEXTS.wrongPattern(thrown.message, thrown.position + 1));
  }
}

/** The type that a pattern speaks of. */
function typeOfPattern({ hasDate, hasTime, saysInstant, fractionDigits }: DatePattern): DataType {
  if (hasDate && !hasTime) return { kind: 'date' };
  const unit: TimeUnit =
    fractionDigits === 0 ? 's' : fractionDigits <= 3 ? 'ms' : fractionDigits <= 6 ? 'us' : 'ns';
  return hasDate
    ? { kind: 'timestamp', unit, zone: saysInstant ? 'UTC' : null }
    : { kind: 'time', unit };
}

const NUMBERS = new Set<DataType['kind']>(['int', 'decimal', 'float']);

/**
 * The column that an edit makes of a field; null: the field is so already. Throws `config.wrong-option` and `config.conflict`.
 */
export function readColumnOf(
  edit: ColumnEdit,
  schema: Schema,
  position: number,
): ReadColumn | null {
  const field = schema.fields[position]!;
  const wanted = edit.type === undefined ? undefined : parseTypeName(edit.type)!;
  if (!hasSpelling(edit)) {
    // What the source has made of it itself needs nothing more.
    if (wanted === undefined || typeName(wanted) === typeName(field.type)) return null;
    return {
      position,
      name: field.name,
      type: wanted,
      spelling: {},
      onMisfit: edit.onMisfit ?? 'reject',
    };
  }
  const isText = ['utf8', 'json', 'dictionary'].includes(field.type.kind);
  if (!isText)
    throw new ExportError('config.conflict', {
      detail: EDIT_TEXTS.noText(shorten(field.name), typeName(field.type)),
      remedy: EDIT_TEXTS.noTextRemedy,
    });
  const pattern = patternOf(edit);
  const type = wanted ?? (pattern ? typeOfPattern(pattern) : UTF8);
  if (pattern !== undefined) {
    const problem = patternProblem(type, pattern);
    if (problem !== null)
      throw wrong(edit, 'pattern', EDIT_TEXTS.patternProblem[problem](typeName(type)));
  }
  if (edit.numbers !== undefined) {
    const problem = numberSignsProblem(edit.numbers);
    if (problem !== null) throw wrong(edit, 'numbers', problem);
    if (!NUMBERS.has(type.kind)) throw wrong(edit, 'type', EDIT_TEXTS.numbersNeedType);
  }
  const encoder = new TextEncoder();
  return {
    position,
    name: field.name,
    type,
    spelling: {
      ...(pattern && { pattern }),
      ...(edit.numbers && { numbers: createNumberPattern(edit.numbers) }),
      ...(edit.nullTexts && { nullTexts: edit.nullTexts.map((text) => encoder.encode(text)) }),
    },
    onMisfit: edit.onMisfit ?? 'reject',
  };
}

/**
 * What is left of the edits over the schema that a source gives; null: nothing. `sourceKind` begins the codes of losses. Throws
 * `config.unknown-column`, `config.wrong-option` and `config.conflict`.
 */
export function prepareEdits(
  edits: readonly ColumnEdit[],
  schema: Schema,
  sourceKind: string,
): ColumnEdits | null {
  const fields = [...schema.fields];
  const read: ReadColumn[] = [];
  for (const edit of edits) {
    const position = resolveColumn(schema, edit.column);
    const column = readColumnOf(edit, schema, position);
    if (column !== null) {
      read.push(column);
      fields[position] = { ...fields[position]!, type: column.type, origin: 'declared' };
    }
    if (edit.name !== undefined) fields[position] = { ...fields[position]!, name: edit.name };
  }
  if (fields.every((field, i) => field === schema.fields[i])) return null;
  const edited: Schema = { fields };
  // Nulls last: a value of a row that another column rejects was not changed.
  const isNulling = ({ onMisfit }: ReadColumn): boolean => onMisfit === 'null';
  const ordered = [...read.filter((c) => !isNulling(c)), ...read.filter(isNulling)];
  return {
    schema: edited,
    async *apply(batches, sink) {
      for await (const batch of batches) {
        const made = readBatch(batch, ordered, edited, sourceKind, sink);
        if (made.selection === null || made.selection.length > 0) yield made;
      }
    },
    readAll(batch, tell) {
      const columns = [...batch.columns];
      const lineOf = createLines(batch.block);
      for (const { position, name, type, spelling } of read)
        columns[position] = materialiseAs(
          asText(batch, position),
          position,
          type,
          (row, text) => tell({ column: name, position, line: lineOf(row), value: shorten(text) }),
          'selected',
          spelling,
        );
      return { ...batch, schema: edited, columns };
    },
  };
}

/**
 * The batch under `schema` with these columns read; rows that they reject are not selected any more. `kind` begins the codes
 * of losses; `rowsBefore`: where rows are counted from in batches that do not tell.
 */
export function readBatch(
  batch: Batch,
  read: readonly ReadColumn[],
  schema: Schema,
  kind: string,
  sink: EditSink,
  rowsBefore = 0,
): Batch {
  const columns = [...batch.columns];
  let { selection } = batch;
  const lineOf = createLines(batch.block);
  for (const { position, name, type, spelling, onMisfit } of read) {
    // Text that is to be text is moved, not read.
    const isMoved = type.kind === 'utf8' && spelling.nullTexts === undefined;
    if (isMoved && columns[position]!.storage === 'text') continue;
    const rejected = new Set<number>();
    let loss: Loss | null = null;
    const unfit = (row: number, text: string): void => {
      const value = shorten(text);
      if (onMisfit === 'null') {
        loss ??= {
          code: `${kind}.misfit-null`,
          sentence: EDIT_TEXTS.misfitNull,
          column: name,
          count: 0,
          example: value,
        };
        loss.count++;
        return;
      }
      const line = lineOf(row);
      const code = 'read.misfit';
      const parameters = { value, line, type: typeName(type), column: shorten(name) };
      if (onMisfit === 'fail') throw new ExportError(code, parameters);
      rejected.add(row);
      const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
      const first = batch.block?.firstRow ?? rowsBefore;
      sink.reject({ row: first + row, line, column: name, code, sentence, value });
    };
    const text = asText({ ...batch, selection }, position);
    columns[position] = materialiseAs(text, position, type, unfit, 'selected', spelling);
    if (loss !== null) sink.lose(loss);
    if (rejected.size > 0) selection = without(selection, batch.rowCount, rejected);
  }
  return { ...batch, schema, columns, selection };
}

function without(
  selection: Uint32Array | null,
  rowCount: number,
  rejected: ReadonlySet<number>,
): Uint32Array {
  const rows = selection ?? Uint32Array.from({ length: rowCount }, (_, row) => row);
  return rows.filter((row) => !rejected.has(row));
}

/** The batch with this column as text: as it stands, or as the product writes the typed values. */
function asText(batch: Batch, position: number): Batch {
  const column = batch.columns[position]!;
  if (column.storage === 'text') return batch;
  const columns = [...batch.columns];
  columns[position] = { storage: 'text', index: 0 };
  return { ...batch, columns, block: blockOf(column) };
}

function blockOf(column: TypedColumn): TextBlock {
  const block = new BlockWriter(1);
  const out = new ByteWriter(256);
  const write = column.type.kind === 'null' ? null : createValueWriter(column);
  const { dictionary, values } = column;
  for (let row = 0; row < column.length; row++) {
    const isNull =
      write === null ||
      isNullValue(column, row) ||
      (dictionary !== null && isNullValue(dictionary, Number(values![row])));
    if (isNull) block.addNull();
    else {
      out.clear();
      write(row, out);
      block.addText(out.bytes, 0, out.length);
    }
    block.endRow();
  }
  return block.take();
}
