// How large rows of typed columns are before they are encoded: what row groups and record batches are cut by.
import type { TypedColumn } from './batch.ts';

/** Bytes of rows [from, to) of a column as plain values, nulls counted as such; the sum over rows, however they are cut. */
export function measureRows(column: TypedColumn, from: number, to: number): number {
  const { type, offsets, children } = column;
  const count = to - from;
  switch (type.kind) {
    case 'null':
      return 0;
    case 'bool':
      return count;
    case 'int':
    case 'float':
      return (count * type.bits) / 8;
    case 'date':
      return count * 4;
    case 'time':
    case 'timestamp':
      return count * 8;
    case 'decimal':
      return count * 16;
    case 'dictionary':
      return count * 4;
    case 'utf8':
    case 'json':
    case 'binary':
      return count * 4 + offsets![to]! - offsets![from]!;
    case 'struct':
      return children.reduce((sum, child) => sum + measureRows(child, from, to), count);
    case 'list':
    case 'map':
      return count * 4 + measureRows(children[0]!, offsets![from]!, offsets![to]!);
  }
}

/** How many rows from `from` on, at least one, are at most `mostBytes` large in all columns together. */
export function rowsWithin(
  columns: readonly TypedColumn[],
  from: number,
  to: number,
  mostBytes: number,
): number {
  const size = (end: number): number =>
    columns.reduce((sum, column) => sum + measureRows(column, from, end), 0);
  if (size(to) <= mostBytes) return to - from;
  let fits = from;
  let tooMany = to;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (size(middle) <= mostBytes) fits = middle;
    else tooMany = middle;
  }
  return fits - from;
}
