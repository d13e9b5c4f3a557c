// Keeps values by group as they are: the first, the last, or all of them as a list.
import { ExportError, shorten } from '../contract/errors.ts';
import type { TypedColumn } from '../table/batch.ts';
import type { DataType } from '../table/data-type.ts';
import { concatColumns, gatherColumn, NO_ROW } from '../table/gather-column.ts';
import { nullColumn } from '../table/null-column.ts';
import { columnOf, isValid, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';

/** Values of no group any more are let go when there are so many more than groups. */
const STALE = 65_536;

/** The first or the last value that is not null. */
export class EndValues implements Accumulator {
  readonly bytesPerGroup = 32;
  readonly #type: DataType;
  readonly #wantsFirst: boolean;
  /** Where the group's value stands among all kept, plus one; 0 = it has none. */
  #places = new Float64Array(64);
  #groupCount = 0;
  #parts: TypedColumn[] = [];
  #total = 0;

  constructor(type: DataType, wantsFirst: boolean) {
    this.#type = type;
    this.#wantsFirst = wantsFirst;
  }

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#groupCount = groupCount;
    this.#places = withRoom(this.#places, groupCount);
    if (column!.type.kind === 'null') return;
    const places = this.#places;
    const { validity } = column!;
    const kept: number[] = [];
    // Backwards, the last of each group is the one met first.
    const before = this.#total;
    const step = this.#wantsFirst ? 1 : -1;
    for (let k = 0, i = this.#wantsFirst ? 0 : count - 1; k < count; k++, i += step) {
      const row = rows[i]!;
      if (!isValid(validity, row)) continue;
      const group = groups[i]!;
      const place = places[group]!;
      if (this.#wantsFirst ? place > 0 : place > before) continue;
      kept.push(row);
      places[group] = before + kept.length;
    }
    if (kept.length === 0) return;
    this.#parts.push(gatherColumn(column!, Uint32Array.from(kept)));
    this.#total += kept.length;
    if (this.#total > groupCount * 2 + STALE) this.#compact();
  }

  #compact(): void {
    const rows: number[] = [];
    for (let g = 0; g < this.#groupCount; g++) {
      const place = this.#places[g]!;
      if (place > 0) this.#places[g] = rows.push(place - 1);
    }
    this.#parts = [gatherColumn(concatColumns(this.#parts), Uint32Array.from(rows))];
    this.#total = rows.length;
  }

  finish(groupCount: number): TypedColumn {
    if (this.#parts.length === 0) return nullColumn(this.#type, groupCount);
    const rows = new Uint32Array(groupCount).fill(NO_ROW);
    for (let g = 0; g < groupCount; g++) if (this.#places[g]! > 0) rows[g] = this.#places[g]! - 1;
    return gatherColumn(concatColumns(this.#parts), rows);
  }
}

/** All values of a group, nulls too, in the order of the rows. */
export class Lists implements Accumulator {
  readonly bytesPerGroup = 8;
  readonly type: DataType & { kind: 'list' };
  readonly #name: string;
  readonly #mostBytes: number;
  #heldBytes = 0;
  #counts = new Float64Array(64);
  readonly #groups: Uint32Array[] = [];
  readonly #parts: TypedColumn[] = [];

  /** `name`: of the column, for the error of lists that are more than `mostBytes`. */
  constructor(item: DataType, name: string, mostBytes: number) {
    this.type = { kind: 'list', item };
    this.#name = name;
    this.#mostBytes = mostBytes;
  }

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#counts = withRoom(this.#counts, groupCount);
    for (let i = 0; i < count; i++) this.#counts[groups[i]!]!++;
    this.#groups.push(groups.slice(0, count));
    const part = gatherColumn(column!, rows.subarray(0, count));
    this.#parts.push(part);
    this.#heldBytes += bytesOf(part) + count * 4;
    if (this.#heldBytes > this.#mostBytes)
      throw new ExportError('aggregate.too-large', {
        column: shorten(this.#name),
        limit: this.#mostBytes,
      });
  }

  finish(groupCount: number): TypedColumn {
    const offsets = new Int32Array(groupCount + 1);
    for (let g = 0; g < groupCount; g++) offsets[g + 1] = offsets[g]! + (this.#counts[g] ?? 0);
    const next = offsets.slice();
    const order = new Uint32Array(offsets[groupCount]!);
    let row = 0;
    for (const groups of this.#groups) for (const group of groups) order[next[group]!++] = row++;
    const all =
      this.#parts.length === 0 ? nullColumn(this.type.item, 0) : concatColumns(this.#parts);
    const shell = columnOf(this.type, groupCount, null, (g) => (this.#counts[g] ?? 0) > 0);
    return { ...shell, offsets, children: [gatherColumn(all, order)] };
  }
}

function bytesOf({ validity, values, offsets, bytes, children }: TypedColumn): number {
  return [validity, values, offsets, bytes].reduce(
    (sum, part) => sum + (part?.byteLength ?? 0),
    children.reduce((sum, child) => sum + bytesOf(child), 0),
  );
}
