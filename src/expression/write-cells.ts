// Writes cells as a typed column of a batch: rows nobody asked for hold nothing.
import type { TypedColumn } from '../table/batch.ts';
import { createBuilder, type Value } from '../table/builders.ts';
import type { DataType } from '../table/data-type.ts';
import type { Cell } from './cells.ts';

/** A column of `length` rows whose row `rows[i]` holds `cells[i]`; the others are null. */
export function columnOfCells(
  type: DataType,
  cells: readonly Cell[],
  rows: Uint32Array,
  length: number,
): TypedColumn {
  const builder = createBuilder(type, length);
  const isDecimal = type.kind === 'decimal';
  let next = 0;
  for (let row = 0; row < length; row++) {
    if (next >= cells.length || rows[next] !== row) {
      builder.append(null);
      continue;
    }
    const cell = cells[next++]!;
    builder.append((isDecimal && cell !== null ? BigInt(cell as number) : cell) as Value);
  }
  return builder.finish();
}
