// Sums of floats by group, with what rounding lost added at the end (Neumaier).
import type { TypedColumn } from '../table/batch.ts';
import { FLOAT64 } from '../table/data-type.ts';
import { columnOf, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';

export class FloatSums implements Accumulator {
  readonly bytesPerGroup = 24;
  readonly sumType = FLOAT64;
  readonly averageType = FLOAT64;
  #sums = new Float64Array(64);
  #lost = new Float64Array(64);
  #counts = new Float64Array(64);

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#sums = withRoom(this.#sums, groupCount);
    this.#lost = withRoom(this.#lost, groupCount);
    this.#counts = withRoom(this.#counts, groupCount);
    const sums = this.#sums;
    const lost = this.#lost;
    const counts = this.#counts;
    const { validity } = column!;
    const values = column!.values as Float64Array;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      const value = values[row]!;
      const before = sums[group]!;
      const sum = before + value;
      lost[group]! +=
        Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before;
      sums[group] = sum;
      counts[group]!++;
    }
  }

  #isSet = (group: number): boolean => group < this.#counts.length && this.#counts[group]! > 0;

  #sumAt(group: number): number {
    const sum = this.#sums[group]!;
    // Infinity takes itself away from itself in what was lost.
    return Number.isFinite(sum) ? sum + this.#lost[group]! : sum;
  }

  sums(groupCount: number): TypedColumn {
    const values = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++) if (this.#isSet(g)) values[g] = this.#sumAt(g);
    return columnOf(FLOAT64, groupCount, values, this.#isSet);
  }

  averages(groupCount: number): TypedColumn {
    const values = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++)
      if (this.#isSet(g)) values[g] = this.#sumAt(g) / this.#counts[g]!;
    return columnOf(FLOAT64, groupCount, values, this.#isSet);
  }
}
