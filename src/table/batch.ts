// A batch: some rows of a dataset as columns, with the selection of rows that still count.
import type { DataType, Schema } from './data-type.ts';
import type { TextBlock } from './text-block.ts';

/** Typed arrays that hold fixed-width values. */
export type FixedValues =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * A column in the Arrow memory layout (Columnar.rst), as plain transferable typed arrays.
 * - `values`: bool = bits, LSB first; int/float = their array; decimal = BigInt64Array of 2 words a value (low, high: 128-bit
 *   two's complement); date = Int32Array of days; time, timestamp = BigInt64Array of units; dictionary = indices; else null.
 * - `offsets`/`bytes`: utf8, json, binary (length + 1 offsets); `offsets` alone: list, map.
 */
export interface TypedColumn {
  storage: 'typed';
  type: DataType;
  length: number;
  /** Bit per value, LSB first, 1 = valid; null = all valid. */
  validity: Uint8Array | null;
  values: FixedValues | null;
  offsets: Int32Array | null;
  bytes: Uint8Array | null;
  children: TypedColumn[];
  dictionary: TypedColumn | null;
}

/** Column `index` of the batch's text block; its logical type stands in the schema. */
export interface TextColumn {
  storage: 'text';
  index: number;
}

export type Column = TypedColumn | TextColumn;

/**
 * Rows in flight. `columns` run parallel to `schema.fields`; text columns point into `block`, which they share.
 * `selection` lists the rows that still count, ascending; null = all `rowCount` rows. Filters and limits write only it.
 * A batch owns its buffers unless `isShared`: whoever receives it may transfer them, nobody may write them.
 */
export interface Batch {
  schema: Schema;
  rowCount: number;
  selection: Uint32Array | null;
  columns: Column[];
  block: TextBlock | null;
  /** Other batches use the same buffers (slices of one batch): such a batch is read where it is, never transferred. */
  isShared?: true;
}

/** Number of rows that still count. */
export function selectedCount(batch: Batch): number {
  return batch.selection === null ? batch.rowCount : batch.selection.length;
}

/** The physical row number of the i-th selected row. */
export function selectedRow(batch: Batch, i: number): number {
  return batch.selection === null ? i : batch.selection[i]!;
}

/** The same batch with only the selected rows [from, to) left selected (positions among selected rows). */
export function sliceSelected(batch: Batch, from: number, to: number): Batch {
  const count = selectedCount(batch);
  if (from <= 0 && to >= count) return batch;
  const start = Math.max(0, from);
  const end = Math.max(start, Math.min(to, count));
  if (batch.selection !== null)
    return { ...batch, selection: batch.selection.subarray(start, end), isShared: true };
  const selection = new Uint32Array(end - start);
  for (let i = 0; i < selection.length; i++) selection[i] = start + i;
  return { ...batch, selection, isShared: true };
}

/** Whether the value at `row` of a typed column is null. */
export function isNullValue(column: TypedColumn, row: number): boolean {
  return column.validity !== null && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0;
}

/** The content bytes of a utf8, json or binary value (a view). */
export function valueBytes(column: TypedColumn, row: number): Uint8Array {
  return column.bytes!.subarray(column.offsets![row]!, column.offsets![row + 1]!);
}

/** The integer behind a 128-bit decimal value: value = this / 10^scale. */
export function decimalAt(column: TypedColumn, row: number): bigint {
  const words = column.values as BigInt64Array;
  return (words[row * 2 + 1]! << 64n) | BigInt.asUintN(64, words[row * 2]!);
}

/** Every ArrayBuffer of a batch, once each, for a transfer list. */
export function batchBuffers(batch: Batch): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>();
  const add = (view: ArrayBufferView | null): void => {
    if (view !== null) buffers.add(view.buffer);
  };
  const addColumn = (column: Column): void => {
    if (column.storage === 'text') return;
    add(column.validity);
    add(column.values);
    add(column.offsets);
    add(column.bytes);
    column.children.forEach(addColumn);
    if (column.dictionary) addColumn(column.dictionary);
  };
  batch.columns.forEach(addColumn);
  add(batch.selection);
  if (batch.block) {
    add(batch.block.bytes);
    add(batch.block.ends);
    if (batch.block.lines) add(batch.block.lines);
    // The dialect's nullText is shared by every block of a source: it is copied, never moved.
  }
  return [...buffers] as ArrayBuffer[];
}

/** Bytes of all buffers of a batch, each once, whatever part of them it uses. */
export function batchBytes(batch: Batch): number {
  return batchBuffers(batch).reduce((sum, buffer) => sum + buffer.byteLength, 0);
}
