// Compacts batches: chosen rows in any order, several batches as one, the selected rows alone.
import {
  selectedCount,
  selectedRow,
  type Batch,
  type Column,
  type TextColumn,
  type TypedColumn,
} from './batch.ts';
import type { Schema } from './data-type.ts';
import { concatColumns, gatherColumn } from './gather-column.ts';
import { gatherBlock, gatherBlockAcross, gatherBlockBeside } from './gather-text.ts';
import { materialise, type OnMisfit } from './materialise.ts';
import { linesOf } from './source-lines.ts';
import type { TextBlock } from './text-block.ts';

/**
 * A batch of these physical rows in this order (repeats allowed; `NO_ROW` = a row of nulls), without selection. Text stays
 * text, in a block of just the columns that are used; nested columns are copied whole; dictionaries are shared, and then
 * the batch `isShared`.
 */
export function gatherRows(batch: Batch, rows: Uint32Array): Batch {
  const { columns, places } = renumbered(batch);
  const block = batch.block;
  let isShared = false;
  const gathered = columns.map((column): Column => {
    if (column.storage === 'text') return column;
    isShared ||= hasDictionary(column);
    return gatherColumn(column, rows);
  });
  const out: Batch = {
    schema: batch.schema,
    rowCount: rows.length,
    selection: null,
    columns: gathered,
    block: places.length === 0 ? null : gatherBlock([{ block: block!, rows, columns: places }]),
  };
  if (isShared) out.isShared = true;
  return out;
}

/**
 * Rows side by side: row n has the columns of row `rows[n]` of each part, one part after the other (`NO_ROW` = nulls). Text
 * stays text: that of all parts goes into one new block. Dictionaries are shared, and then the batch `isShared`.
 */
export function gatherBeside(
  schema: Schema,
  parts: readonly { batch: Batch; rows: Uint32Array }[],
): Batch {
  const columns: Column[] = [];
  const texts: { block: TextBlock; rows: Uint32Array; columns: number[] }[] = [];
  let textCount = 0;
  let isShared = false;
  for (const { batch, rows } of parts) {
    const own = renumbered(batch);
    for (const column of own.columns) {
      if (column.storage === 'text')
        columns.push({ storage: 'text', index: textCount + column.index });
      else {
        isShared ||= hasDictionary(column);
        columns.push(gatherColumn(column, rows));
      }
    }
    if (own.places.length > 0) texts.push({ block: batch.block!, rows, columns: own.places });
    textCount += own.places.length;
  }
  const rowCount = parts[0]!.rows.length;
  const block = texts.length === 0 ? null : gatherBlockBeside(texts);
  const out: Batch = { schema, rowCount, selection: null, columns, block };
  if (isShared) out.isShared = true;
  return out;
}

function hasDictionary(column: TypedColumn): boolean {
  return column.dictionary !== null || column.children.some(hasDictionary);
}

/** The columns with text ones numbered without gaps, and which block columns those are. */
function renumbered(batch: Batch): { columns: Column[]; places: number[] } {
  const places: number[] = [];
  const columns = batch.columns.map((column): Column => {
    if (column.storage === 'typed') return column;
    let index = places.indexOf(column.index);
    if (index < 0) index = places.push(column.index) - 1;
    return { storage: 'text', index };
  });
  return { columns, places };
}

/** The batch with its selected rows only, and a block with the used columns only; itself when that is what it is. */
export function compact(batch: Batch): Batch {
  if (batch.selection !== null) return gatherRows(batch, batch.selection);
  if (batch.block === null) return batch;
  const { columns, places } = renumbered(batch);
  if (places.length === 0) return { ...batch, block: null };
  if (places.length === batch.block.columnCount) return batch;
  return {
    ...batch,
    columns,
    block: gatherBlock([{ block: batch.block, rows: null, columns: places }]),
  };
}

/**
 * The selected rows of all batches, in order, as one batch of `schema` (whose fields run parallel to theirs). A column that
 * is text everywhere stays text; one that is text in some batches and typed in others is read as the schema's type, and
 * `onMisfit` is called with the batch, the column, the row and the text where that fails (without it: RangeError).
 */
export function concatBatches(
  schema: Schema,
  batches: readonly Batch[],
  onMisfit?: (batch: Batch, column: number, row: number, text: string) => void,
): Batch {
  const filled = batches.filter((batch) => selectedCount(batch) > 0);
  const used = filled.length > 0 ? filled : batches.slice(0, 1);
  if (used.length === 0) throw new RangeError('no batches to join');
  if (used.length === 1) return { ...compact(used[0]!), schema };
  const { columns, places } = joinedColumns(schema, used, onMisfit);
  const rowCount = used.reduce((sum, batch) => sum + selectedCount(batch), 0);
  const block =
    places.length === 0
      ? null
      : gatherBlock(used.map((batch) => ({ ...textPart(batch, places), rows: batch.selection })));
  const out: Batch = { schema, rowCount, selection: null, columns, block };
  if (columns.some((column) => column.storage === 'typed' && hasDictionary(column)))
    out.isShared = true;
  return out;
}

/**
 * Columns over the selected rows of all batches: text ones numbered without gaps, and of which columns (`places`) their
 * texts are to be gathered; typed ones joined.
 */
function joinedColumns(
  schema: Schema,
  batches: readonly Batch[],
  onMisfit?: (batch: Batch, column: number, row: number, text: string) => void,
): { columns: Column[]; places: number[] } {
  const places: number[] = [];
  const columns = schema.fields.map((_, c): Column => {
    if (batches.some((batch) => batch.columns[c]!.storage !== 'text'))
      return concatColumns(batches.map((batch) => typedPart(schema, batch, c, onMisfit)));
    // Columns that are one and the same in all batches stay so.
    let index = places.findIndex((other) => batches.every((batch) => isOne(batch, other, c)));
    if (index < 0) index = places.push(c) - 1;
    return { storage: 'text', index };
  });
  return { columns, places };
}

function textPart(
  batch: Batch,
  places: readonly number[],
): { block: TextBlock; columns: number[] } {
  return {
    block: batch.block!,
    columns: places.map((c) => (batch.columns[c] as TextColumn).index),
  };
}

/**
 * Gathers rows of several batches (at least one) whose fields run parallel to those of `schema`, without joining their text
 * first. Rows are named by their place among the selected rows of all batches, one batch after the other. What comes out is
 * as with {@link gatherRows} of {@link concatBatches}.
 */
export function createGatherer(
  schema: Schema,
  batches: readonly Batch[],
): (places: Uint32Array) => Batch {
  const { columns, places: texts } = joinedColumns(schema, batches);
  const parts = texts.length === 0 ? [] : batches.map((batch) => withLines(textPart(batch, texts)));
  const total = batches.reduce((sum, batch) => sum + selectedCount(batch), 0);
  const partOf = new Uint32Array(total);
  const rowOf = new Uint32Array(total);
  let place = 0;
  batches.forEach((batch, part) => {
    for (let i = 0; i < selectedCount(batch); i++, place++) {
      partOf[place] = part;
      rowOf[place] = selectedRow(batch, i);
    }
  });
  const isShared = columns.some((column) => column.storage === 'typed' && hasDictionary(column));
  return (places) => {
    const out: Batch = {
      schema,
      rowCount: places.length,
      selection: null,
      columns: columns.map((column) =>
        column.storage === 'text' ? column : gatherColumn(column, places),
      ),
      block:
        parts.length === 0
          ? null
          : gatherBlockAcross(
              parts,
              places.map((at) => partOf[at]!),
              places.map((at) => rowOf[at]!),
            ),
    };
    if (isShared) out.isShared = true;
    return out;
  };
}

/** The lines of a block that is asked for them again and again. */
function withLines<P extends { block: TextBlock }>(part: P): P {
  return { ...part, block: { ...part.block, lines: linesOf(part.block) } };
}

function isOne(batch: Batch, a: number, b: number): boolean {
  return (batch.columns[a] as TextColumn).index === (batch.columns[b] as TextColumn).index;
}

function typedPart(
  schema: Schema,
  batch: Batch,
  c: number,
  onMisfit?: (batch: Batch, column: number, row: number, text: string) => void,
) {
  const told: OnMisfit | undefined = onMisfit && ((row, text) => onMisfit(batch, c, row, text));
  const column = materialise({ ...batch, schema }, c, told);
  return batch.selection === null ? column : gatherColumn(column, batch.selection);
}
