// Sums the rows of a pivot table up while they are written, for readers that never refresh it: bounded, in the rows' order.
import { resolveColumn } from '../../../contract/columns.ts';
import type { ColumnRef } from '../../../contract/filter.ts';
import { type Batch, selectedRow } from '../../../table/batch.ts';
import { createContentReader } from '../../../table/cell-content.ts';
import type { Schema } from '../../../table/data-type.ts';
import { createKeyTable, type KeyTable } from '../../../table/key-table.ts';
import { isMeasurable } from '../chart/cached-points.ts';
import type { PivotFunction } from './model.ts';
import type { PivotOptions } from './options.ts';

/** Combinations of values that are summed up; a pivot table of more is left to the program that opens it. */
const MOST_GROUPS = 20_000;
/** Bytes of all values of one field. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A value of a field. */
export interface PivotItem {
  /** Null for null. */
  text: string | null;
  /** Of numbers. */
  number: number | null;
}

/** What is known of one measured column in one group. */
export interface Measured {
  count: number;
  sum: number;
  /** What rounding took from the sum. */
  rest: number;
  least: number;
  most: number;
}

/** All groups of a pivot table. */
export interface Tallied {
  /** Values of each field of rows and then of columns, in the order they came. */
  items: readonly (readonly PivotItem[])[];
  /** Numbers of the items of each field, and what was measured. */
  groups: readonly { items: readonly number[]; measured: readonly Measured[] }[];
}

export interface PivotTally {
  /** The first `rowCount` of the batch's selected rows. */
  add(batch: Batch, rowCount: number): void;
  /** Null where there were too many groups. */
  take(): Tallied | null;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const NULL_KEY = Uint8Array.of(0);

/** Field values by their first appearance. */
class Items {
  readonly #keys: KeyTable = createKeyTable();
  readonly #isNumber: boolean;
  readonly list: PivotItem[] = [];
  #key = new Uint8Array(64);

  constructor(isNumber: boolean) {
    this.#isNumber = isNumber;
  }

  get isTooLarge(): boolean {
    return this.#keys.memoryBytes > MOST_BYTES;
  }

  numberOf(content: Uint8Array | null): number {
    if (content === null) return this.#add(NULL_KEY, 1, null);
    // A byte in front tells an empty text from null.
    const length = content.length + 1;
    if (this.#key.length < length) this.#key = new Uint8Array(length * 2);
    this.#key[0] = 1;
    this.#key.set(content, 1);
    return this.#add(this.#key, length, content);
  }

  #add(key: Uint8Array, length: number, content: Uint8Array | null): number {
    const found = this.#keys.findOrAdd(key, 0, length);
    if (found === this.list.length) {
      const text = content === null ? null : decoder.decode(content);
      const number = this.#isNumber && text !== null ? Number(text) : Number.NaN;
      this.list.push({ text, number: Number.isFinite(number) ? number : null });
    }
    return found;
  }
}

export function emptyMeasured(): Measured {
  return { count: 0, sum: 0, rest: 0, least: Infinity, most: -Infinity };
}

/** Adds without losing what rounding takes (Neumaier). */
function addNumber(to: Measured, value: number): void {
  const sum = to.sum + value;
  to.rest += Math.abs(to.sum) >= Math.abs(value) ? to.sum - sum + value : value - sum + to.sum;
  to.sum = sum;
}

/** Adds one group to another that holds it. */
export function merge(into: Measured, { count, sum, rest, least, most }: Measured): void {
  into.count += count;
  addNumber(into, sum);
  into.rest += rest;
  into.least = Math.min(into.least, least);
  into.most = Math.max(into.most, most);
}

/** The value of a function; null where there is none to show. */
export function resultOf(called: PivotFunction, measured: Measured): number | null {
  const { count, sum, rest, least, most } = measured;
  if (called === 'count') return count;
  if (count === 0) return null;
  switch (called) {
    case 'sum':
      return sum + rest;
    case 'average':
      return (sum + rest) / count;
    case 'min':
      return least;
    case 'max':
      return most;
  }
}

export function createTally(
  options: Pick<PivotOptions, 'rows' | 'columns'> & { values: readonly ColumnRef[] },
  schema: Schema,
): PivotTally {
  const position = (ref: ColumnRef): number => resolveColumn(schema, ref);
  const fields = [...options.rows, ...options.columns].map(position);
  const values = options.values.map(position);
  const isNumber = (column: number): boolean => isMeasurable(schema.fields[column]!.type);
  const items = fields.map((field) => new Items(isNumber(field)));
  const numbers = new Int32Array(fields.length);
  let groups: Map<string, { items: number[]; measured: Measured[] }> | null = new Map();

  return {
    add(batch, rowCount) {
      if (groups === null) return;
      const fieldReaders = fields.map((field) => createContentReader(batch, field));
      const readers = values.map((value) => createContentReader(batch, value));
      const isMeasured = values.map(isNumber);
      for (let i = 0; i < rowCount; i++) {
        const row = selectedRow(batch, i);
        for (const [f, read] of fieldReaders.entries()) numbers[f] = items[f]!.numberOf(read(row));
        const key = numbers.join();
        let group = groups.get(key);
        if (group === undefined) {
          if (groups.size === MOST_GROUPS || items.some((one) => one.isTooLarge)) {
            groups = null;
            return;
          }
          group = { items: [...numbers], measured: values.map(emptyMeasured) };
          groups.set(key, group);
        }
        for (const [v, read] of readers.entries()) {
          const content = read(row);
          if (content === null) continue;
          const measured = group.measured[v]!;
          if (!isMeasured[v]) {
            measured.count++;
            continue;
          }
          const number = Number(decoder.decode(content));
          if (content.length === 0 || !Number.isFinite(number)) continue;
          measured.count++;
          addNumber(measured, number);
          measured.least = Math.min(measured.least, number);
          measured.most = Math.max(measured.most, number);
        }
      }
    },
    take: () =>
      groups === null
        ? null
        : { items: items.map(({ list }) => list), groups: [...groups.values()] },
  };
}
