// What measures of groups are made from: state by group number, filled a batch at a time.
import type { TypedColumn } from '../table/batch.ts';
import type { DataType } from '../table/data-type.ts';
import { valuesLike } from '../table/fixed-values.ts';

/**
 * Rows of a batch on their way into groups: row `rows[i]` belongs to group `groups[i]`, for i below `count`. The arrays are
 * filled anew for the next batch.
 */
export interface GroupedRows {
  rows: Uint32Array;
  groups: Uint32Array;
  count: number;
  /** Groups so far, those of these rows included. */
  groupCount: number;
}

/** State of all groups over one column (or over the rows alone). */
export interface Accumulator {
  /** Bytes that each further group takes. */
  readonly bytesPerGroup: number;
  /** `column` has no dictionary; null where the accumulator looks at no column. */
  add(column: TypedColumn | null, rows: GroupedRows): void;
  /** After each batch, for those that put something aside. */
  flush?(): Promise<void>;
  /** Once behind the last batch, before anything is asked. */
  settle?(): Promise<void>;
  close?(): Promise<void>;
}

/** One column of the result, read from an accumulator's state. */
export interface Measure {
  type: DataType;
  /** The values of groups 0 to `groupCount`. Throws `aggregate.overflow`. */
  finish(groupCount: number): TypedColumn;
}

/** The array, or a larger one with its values, so that index `length - 1` exists. */
export function withRoom<A extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  array: A,
  length: number,
): A {
  if (length <= array.length) return array;
  const grown = valuesLike(array, Math.max(array.length * 2, length)) as A;
  (grown as Float64Array).set(array as Float64Array);
  return grown;
}

/** Whether the value at `row` counts. */
export function isValid(validity: Uint8Array | null, row: number): boolean {
  return validity === null || ((validity[row >> 3]! >> (row & 7)) & 1) === 1;
}

/** A column of a flat type from its parts; `isSet[g]` 0 = null. */
export function columnOf(
  type: DataType,
  length: number,
  values: TypedColumn['values'],
  isSet: (group: number) => boolean,
): TypedColumn {
  const validity = new Uint8Array((length + 7) >> 3);
  let nullCount = 0;
  for (let g = 0; g < length; g++)
    if (isSet(g)) validity[g >> 3]! |= 1 << (g & 7);
    else nullCount++;
  return {
    storage: 'typed',
    type,
    length,
    validity: nullCount === 0 ? null : validity,
    values,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
}
