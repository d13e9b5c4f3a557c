// Counts rows, or values that are not null, by group.
import type { TypedColumn } from '../table/batch.ts';
import { INT64, type DataType } from '../table/data-type.ts';
import { columnOf, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';

const WORD = 4_294_967_296;

/** Whole numbers that a double holds, as a column of int64. */
export function wholeColumn(numbers: Float64Array, length: number): TypedColumn {
  const values = new BigInt64Array(length);
  const words = new Int32Array(values.buffer);
  for (let g = 0; g < length; g++) {
    const number = g < numbers.length ? numbers[g]! : 0;
    words[g * 2] = number;
    words[g * 2 + 1] = Math.floor(number / WORD);
  }
  return columnOf(INT64, length, values, () => true);
}

export class Counts implements Accumulator {
  readonly bytesPerGroup = 8;
  readonly type: DataType = INT64;
  #counts = new Float64Array(64);

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#counts = withRoom(this.#counts, groupCount);
    const counts = this.#counts;
    if (column?.type.kind === 'null') return;
    const validity = column === null ? null : column.validity;
    if (validity === null) for (let i = 0; i < count; i++) counts[groups[i]!]!++;
    else
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        counts[groups[i]!]! += (validity[row >> 3]! >> (row & 7)) & 1;
      }
  }

  finish(groupCount: number): TypedColumn {
    return wholeColumn(this.#counts, groupCount);
  }
}
