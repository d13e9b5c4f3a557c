// Variance and standard deviation by group, in one pass (Welford).
import type { TypedColumn } from '../table/batch.ts';
import { FLOAT64 } from '../table/data-type.ts';
import { columnOf, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';
import { doublesOf } from './value-keys.ts';

export class Moments implements Accumulator {
  readonly bytesPerGroup = 24;
  #counts = new Float64Array(64);
  #means = new Float64Array(64);
  #squares = new Float64Array(64);

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#counts = withRoom(this.#counts, groupCount);
    this.#means = withRoom(this.#means, groupCount);
    this.#squares = withRoom(this.#squares, groupCount);
    if (column!.type.kind === 'null') return;
    const counts = this.#counts;
    const means = this.#means;
    const squares = this.#squares;
    const { validity } = column!;
    const values = doublesOf(column!);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      const value = values[row]!;
      const size = ++counts[group]!;
      const distance = value - means[group]!;
      means[group]! += distance / size;
      squares[group]! += distance * (value - means[group]!);
    }
  }

  /** `isSample`: over one value fewer, null for fewer than two. */
  finish(groupCount: number, isSample: boolean, isRoot: boolean): TypedColumn {
    const values = new Float64Array(groupCount);
    const less = isSample ? 1 : 0;
    const isSet = (g: number): boolean => g < this.#counts.length && this.#counts[g]! > less;
    for (let g = 0; g < groupCount; g++) {
      if (!isSet(g)) continue;
      const variance = this.#squares[g]! / (this.#counts[g]! - less);
      values[g] = isRoot ? Math.sqrt(variance) : variance;
    }
    return columnOf(FLOAT64, groupCount, values, isSet);
  }
}
